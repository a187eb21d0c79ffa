"""Agreement over everything: four figures, each with its interval and what it means in one sentence."""

from __future__ import annotations

import streamlit as st

from coding.agreement_words import definition, meaning
from survey_app.actions.agreeing import Agreed
from survey_app.components.plain import plain
from survey_app.components.ways import way_to
from survey_app.language import _, ngettext, translate
from survey_app.store.log import Row
from survey_app.views import measures

OVERALL = ("percent", "alpha_masi", "alpha_jaccard", "alpha_nominal")
DEFINED = (*OVERALL, "alpha", "cohen", "fleiss", "ac1", "brennan_prediger")


def agreement_head(study: Row, agreed: Agreed) -> None:
    """What was compared, the figures over everything, and what is left out."""
    result = agreed.result
    if result is None:
        return
    st.caption(plain(what_was_compared(agreed)))
    for column, name in zip(st.columns(len(OVERALL)), OVERALL, strict=True):
        with column.container(border=True, height="stretch"):
            _figure(name, getattr(result.overall, name), result.overall.ci.get(name))
    if result.overall.reason is not None:
        st.info(plain(_("Not computable: {reason}", reason=translate(result.overall.reason))), icon=":material/info:")
    else:
        st.caption(plain(how_drawn(agreed)))
    _closed(study, agreed)
    with st.expander(_("What these figures are"), icon=":material/help:"):
        for name in DEFINED:
            st.markdown(plain(translate(definition(name))))


def what_was_compared(agreed: Agreed) -> str:
    """Coders, texts, and how many statements two or more of them have looked at."""
    result, material = agreed.result, agreed.material
    assert result is not None
    keys = {text.source_id: text.key for text in material.texts}
    units = ngettext(
        "{compared} of {count} statement was looked at by two coders or more",
        "{compared} of {count} statements were looked at by two coders or more",
        result.n_units, compared=measures.whole(result.n_units_compared),
    )  # fmt: skip
    return _(
        "Coders {coders} · {texts} · {units}", coders=measures.listed(material.coders),
        texts=measures.listed([keys[source_id] for source_id in material.compared]), units=units,
    )  # fmt: skip


def how_drawn(agreed: Agreed) -> str:
    """What the intervals rest on, or why there are none."""
    assert agreed.result is not None
    overall = agreed.result.overall
    if overall.ci_reason is not None:
        return translate(overall.ci_reason)
    drawn = (
        ngettext("drawn from {count} expert", "drawn from {count} experts", agreed.clusters_drawn)
        if agreed.of_experts
        else ngettext("drawn from {count} unit", "drawn from {count} units", agreed.clusters_drawn)
    )
    used = measures.resampled(overall.n_resamples - overall.degenerate, overall.degenerate)
    return _("Intervals (95 %) by bootstrap, {drawn}: {used}.", drawn=drawn, used=used)


def _figure(name: str, value: float | None, ci: tuple[float, float] | None) -> None:
    st.metric(measures.name(name), measures.percent(value) if name == "percent" else measures.coefficient(value))
    if ci is not None:
        st.caption(plain(measures.interval(ci, name)))
    if value is not None:
        st.markdown(f":small[{plain(translate(meaning(name, value)))}]")


def _closed(study: Row, agreed: Agreed) -> None:
    closed = [text.key for text in agreed.material.texts if not text.opened]
    if closed:
        said = ngettext(
            "Left out, since its comparison is not open to you: {texts}",
            "Left out, since their comparison is not open to you: {texts}",
            len(closed), texts=measures.listed(closed),
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(plain(said), width="content")
            way_to(study, "assignments", _("Assignments"), "assignment_ind")
