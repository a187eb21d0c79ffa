"""How far the numbers carry: whether more experts would say more, and whether one voice carries a code."""

import pandas as pd
import streamlit as st

from coding.counts import expert_statements, quotes_of
from survey_app import session
from survey_app.components.chart import picked, quotes_list, words_panel
from survey_app.components.drawing import with_groups
from survey_app.components.filters import Choice
from survey_app.components.section import choose_segment, heading, rows_of, section
from survey_app.language import _, label
from survey_app.store.team import Role
from survey_app.views import dominance, saturation, style
from survey_app.views.segment_names import records


@st.fragment
def saying_anything_new(choice: Choice) -> None:
    """New codes in the order of speaking."""
    view, told = saturation, session.may(Role.RESEARCHER)
    heading(view)
    segment = choose_segment("new-from", _("Whose words"), choice)
    names = dict(zip(choice.frames.sources["source_id"], choice.frames.sources["key"], strict=True))
    rows = rows_of(
        "saturation", choice, told,
        make=lambda: view.prepare(
            choice.frames, choice.segmentation, names=names, experts=told, **choice.counted_by
        ),
    )  # fmt: skip
    section("saturation", view, choice, rows, told, segment=segment)
    mark = picked("saturation")
    if mark and told and mark[0] in set(choice.frames.experts["expert_id"]):
        words_panel("saturation", mark[0], "", lambda: quotes_list(_of_expert(choice, mark[0])))


@st.fragment
def carrying_alone(choice: Choice) -> None:
    """Codes by experts beside codes by statements."""
    view, told = dominance, session.may(Role.RESEARCHER)
    heading(view)
    rows = rows_of(
        "dominance", choice, told,
        make=lambda: view.prepare(choice.frames, choice.segmentation, experts=told, **choice.counted_by),
    )  # fmt: skip
    section("dominance", view, choice, rows, told)
    mark = picked("dominance")
    found = records(rows[rows["code_id"] == mark[0]]) if mark else []
    if mark and found:
        facts = [style.k_of_n_experts(found[0]["k"], found[0]["n"]), style.statements(found[0]["statements"])]
        quotes = quotes_of(choice.frames, mark[0], None, **choice.counted_by)
        words_panel("dominance", label(found[0]), " · ".join(facts), lambda: quotes_list(with_groups(quotes, choice)))


def _of_expert(choice: Choice, expert_id: str) -> pd.DataFrame:
    said = expert_statements(choice.frames)
    said = said[said["expert_id"] == expert_id].merge(choice.frames.experts[["expert_id", "group_id"]], on="expert_id")
    return with_groups(said, choice)
