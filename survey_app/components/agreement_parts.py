"""Agreement in parts: pair by pair, group by group, on attributes, on characters and passages."""

from __future__ import annotations

import streamlit as st

from coding.agreement_words import meaning
from survey_app import session
from survey_app.actions.agreeing import Agreed, agreement_in_groups, agreement_on_passages
from survey_app.actions.agreeing_values import AttributeAgreement, agreement_on_attributes, may_be_ordered
from survey_app.actions.agreement_material import Asked
from survey_app.actions.agreement_tables import group_rows, pair_rows, passage_rows
from survey_app.components.agreement_rows import rows_table
from survey_app.components.empty import empty_state
from survey_app.components.plain import plain
from survey_app.language import _, label, ngettext, translate
from survey_app.store.log import Row
from survey_app.views import measures


def agreement_pairs(agreed: Agreed) -> None:
    """Every pair of coders over everything."""
    st.header(_("Who agrees with whom?"), anchor=False)
    rows_table(pair_rows(agreed))
    st.caption(_("Each pair on the statements that both looked at, over whole sets of codes."))


def agreement_groups(study: Row, asked: Asked, agreed: Agreed) -> None:
    """The statements of each stakeholder group by themselves."""
    st.header(_("Of whose words do coders disagree?"), anchor=False)
    rows_table(group_rows(agreement_in_groups(session.store(), study["id"], asked), agreed))
    st.caption(
        _("Each group's statements by themselves. Groups are small: an interval needs ten experts, and a difference "
          "between groups of two or three experts proves nothing.")
    )  # fmt: skip


def agreement_attributes(study: Row, asked: Asked) -> None:
    """Values of statements, attribute by attribute."""
    place = f"agreement-ordered-{study['id']}"
    ordered = tuple(st.session_state.get(place, ()))
    found = agreement_on_attributes(session.store(), study["id"], asked, ordered=ordered)
    st.header(_("Do coders agree on attributes of statements?"), anchor=False)
    if not found:
        empty_state(
            "sell", _("No values yet"),
            _("Coders can say more of a statement than its codes, such as its modality; what they say is compared "
              "here."),
        )  # fmt: skip
        return
    alone = [one for one in found if one.result is not None and not one.result.n_units_compared]
    if alone:
        st.caption(
            plain(_("Nothing is compared where only one coder gave a value: {attributes}.",
                    attributes=measures.listed([label(one.attribute) for one in alone])))
        )  # fmt: skip
    for one in found:
        if one not in alone:
            with st.container(border=True):
                _attribute(one, place, ordered)


def agreement_passages(study: Row, asked: Asked) -> None:
    """By the character, and where passages begin and end."""
    found = agreement_on_passages(session.store(), study["id"], asked)
    st.header(_("Do coders mark the same words?"), anchor=False)
    result = found.characters.result
    if result is None:
        return
    overall = result.overall
    columns = st.columns(4)
    for column, name in zip(columns, ("percent", "alpha_masi", "alpha_jaccard"), strict=False):
        figure = getattr(overall, name)
        column.metric(
            measures.name(name), measures.percent(figure) if name == "percent" else measures.coefficient(figure),
            border=True,
        )  # fmt: skip
        column.caption(plain(measures.interval(overall.ci.get(name), name)))
    unitizing = found.unitizing.overall if found.unitizing else None
    columns[3].metric(
        measures.name("alpha_unitizing"), measures.coefficient(unitizing.alpha if unitizing else None), border=True
    )
    if unitizing is not None and unitizing.alpha is not None:
        st.markdown(plain(translate(meaning("alpha_unitizing", unitizing.alpha))))
    elif unitizing is not None and unitizing.reason is not None:
        st.caption(plain(_("Not computable: {reason}", reason=translate(unitizing.reason))))
    else:
        st.caption(_("No statement was read by all of these coders: choose fewer of them for unitizing alpha."))
    st.caption(plain(what_characters_are(found.length, result.n_units_compared)))
    rows_table(passage_rows(found))


def what_characters_are(length: int, compared: int) -> str:
    """On how many characters the figures rest."""
    return " ".join(
        [
            ngettext(
                "By the character: {shown} character in statements that two coders or more have looked at.",
                "By the character: {shown} characters in statements that two coders or more have looked at.",
                compared, shown=measures.whole(compared),
            ),
            ngettext(
                "Unitizing alpha: {shown} character in statements that all of them have looked at.",
                "Unitizing alpha: {shown} characters in statements that all of them have looked at.",
                length, shown=measures.whole(length),
            ),
        ]
    )  # fmt: skip


def _attribute(one: AttributeAgreement, place: str, ordered: tuple[str, ...]) -> None:
    key = str(one.attribute["key"])
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**{plain(label(one.attribute))}**")
        if may_be_ordered(one.attribute):
            st.toggle(
                _("Its values are in order"), one.ordered, key=f"{place}-{key}", on_change=_order, args=(place, key),
                help=measures.listed([label(value) or str(value["key"]) for value in one.attribute["values"]]),
            )  # fmt: skip
    result = one.result
    if result is None:
        st.caption(plain(_("Not computable: {reason}", reason=translate(one.problem))) if one.problem else "")
        return
    figures = ("alpha", "ac2" if one.ordered else "ac1", "brennan_prediger", "percent")
    for column, name in zip(st.columns(4), figures, strict=True):
        field = "ac2" if name == "ac1" else name
        value = getattr(result, field)
        shown = measures.percent(value) if name == "percent" else measures.coefficient(value)
        column.metric(measures.name("alpha_ordinal" if name == "alpha" and one.ordered else name), shown)
        column.caption(plain(measures.interval(result.ci.get(field), name)))
    if result.reason is not None:
        st.markdown(plain(_("Not computable: {reason}", reason=translate(result.reason))))
    elif result.alpha is not None:
        st.markdown(plain(translate(meaning("alpha_ordinal" if one.ordered else "alpha", result.alpha))))
    st.caption(plain(values_compared(one)))


def values_compared(one: AttributeAgreement) -> str:
    """How many statements have values of two coders, of one alone, and what the interval rests on."""
    assert one.result is not None
    compared = ngettext(
        "{count} statement with values of two coders or more", "{count} statements with values of two coders or more",
        one.result.n_units_compared,
    )  # fmt: skip
    alone = ngettext(
        "{count} to which only one coder gave a value, not compared",
        "{count} to which only one coder gave a value, not compared", one.alone,
    )  # fmt: skip
    rests = (
        translate(one.result.ci_reason)
        if one.result.ci_reason
        else measures.resampled(one.result.resamples, one.result.degenerate)
    )
    return f"{compared}; {alone}. {rests}"


def _order(place: str, key: str) -> None:
    chosen = set(st.session_state.get(place, ()))
    st.session_state[place] = tuple(sorted(chosen ^ {key}))
