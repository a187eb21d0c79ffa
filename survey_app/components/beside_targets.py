"""The board of targets and the ladder from today to three years on, with what stands behind a mark."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from coding.codebook import Indicator
from coding.segments import ALL
from survey_app.components.beside import Asked
from survey_app.components.chart import picked, quotes_list, words_panel
from survey_app.components.drawing import Drawn, drawn, look, prepared, show
from survey_app.components.filters import addressed_select
from survey_app.components.take_along import table_alone
from survey_app.language import _, label
from survey_app.views import answers, ladder, style, targets
from survey_app.views.answer_figures import choice_name
from survey_app.views.segment_names import records


@st.fragment
def reaching_targets(asked: Asked, indicators: Mapping[str, Indicator]) -> None:
    """What is declared, who speaks of it, and how likely it is held."""
    view, choice = targets, asked.choice
    st.header(view.title(), anchor=False)
    if not view.targets(choice.frames, indicators):
        st.caption(_("No code has a declared figure. Give a target its figure in the codebook file (“indicator”)."))
        return
    key = tuple((code, one.value, one.comparator, one.unit, one.year) for code, one in indicators.items())
    rows = prepared(
        ("targets", asked.stamp, key),
        lambda: view.prepare(
            choice.frames, choice.segmentation, indicators, source_kinds=asked.source_kinds, **choice.counted_by
        ),
    )
    made = drawn(
        ("targets", asked.stamp, key, *look()),
        lambda dark: Drawn(view.finding(rows), view.figure(rows, dark=dark), view.table(rows)),
    )
    show("targets", view.title(), made, view.reading())
    mark = picked("targets")
    found = records(rows[(rows["code_id"] == mark[0]) & (rows["segment"] == mark[1])]) if mark else []
    if not mark or not found:
        return
    row, groups = found[0], choice.groups_in(mark[1])

    def tell() -> None:
        if asked.experts and row["item_id"]:
            table_alone("targets-given", answers.given(choice.frames, row["item_id"], groups), alt=label(row))
        quotes_list(asked.quotes(row["code_id"], groups))

    facts = [choice.name_of(mark[1]), view.declared(row), style.k_of_n_experts(row["k"], row["n"])]
    words_panel("targets", label(row), " · ".join(facts), tell)


@st.fragment
def stepping_up(asked: Asked) -> None:
    """Two answers on one scale, by segment."""
    view, choice = ladder, asked.choice
    found = view.candidates(choice.frames)
    if not found:
        return
    names = {row["item_id"]: label(row) for row in records(choice.frames.items)}
    st.header(view.title(), anchor=False)
    left, right = st.columns(2)
    with left:
        first = addressed_select("ladder", _("From"), list(found), lambda key: names[key])
    with right:
        second = addressed_select("ladder-to", _("To"), list(found[first]), lambda key: names[key])
    rows = prepared(
        ("ladder", asked.stamp, first, second),
        lambda: view.prepare(choice.frames, choice.segmentation, first, second),
    )
    made = drawn(
        ("ladder", asked.stamp, first, second, *look()),
        lambda dark: Drawn(view.finding(rows), view.figure(rows, dark=dark), view.table(rows)),
    )
    show("ladder", view.title(), made, view.reading(asked.experts))
    mark = picked("ladder")
    if asked.experts and mark and mark[0] == first and mark[1] in choice.segments:
        words_panel("ladder", choice.name_of(mark[1]), "", lambda: _steps(asked, first, second, mark[1]))


def _steps(asked: Asked, first: str, second: str, segment: str) -> None:
    """Who stepped from where to where."""
    choice = asked.choice
    groups = choice.groups_in(segment)
    found = ladder.stepped(choice.frames, first, second)
    found = found if segment == ALL or groups is None else found[found["group_id"].isin(list(groups))]
    words = {
        float(point["value"]): choice_name(
            {"value": point["value"], "value_en": point.get("en", ""), "value_ru": point.get("ru", "")}
        )
        for row in records(choice.frames.items) if row["item_id"] == first for point in row["scale"]
    }  # fmt: skip
    shown = {_("Expert"): found["expert_id"].tolist()} | {
        heading: [words.get(value, _("no answer")) for value in found[name]]
        for heading, name in ((_("From"), "before"), (_("To"), "after"))
    }
    table_alone("ladder-given", pd.DataFrame(shown), alt=choice.name_of(segment))
