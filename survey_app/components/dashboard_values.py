"""What statements say besides their codes: stage, state, direction, level, who benefits."""

import streamlit as st

from coding.codebook import StatementAttribute
from coding.counts import quotes_of
from coding.segments import ALL
from coding.statement_values import chosen_values
from survey_app import session
from survey_app.actions.statement_attributes import attributes_of
from survey_app.components.chart import picked, quotes_list, words_panel
from survey_app.components.drawing import with_groups
from survey_app.components.filters import Choice, addressed_select
from survey_app.components.section import choose_root, choose_segment, rows_of, section
from survey_app.language import _, label
from survey_app.views import codes_by_value, style
from survey_app.views.code_rows import roots
from survey_app.views.segment_names import records, segment_name

FIRST = ("status", "stage", "direction", "level_meant", "beneficiary", "life_situation")
"""Attributes that the field asks about; others follow."""


def used_attributes(choice: Choice) -> list[StatementAttribute]:
    """Attributes of which somebody has given a value, those of `FIRST` before the others."""
    used = set(choice.frames.values["attribute"])
    found = [one for one in attributes_of(session.store(), choice.study_id) if one.key in used]
    return sorted(found, key=lambda one: FIRST.index(one.key) if one.key in FIRST else len(FIRST))


@st.fragment
def saying_besides(choice: Choice) -> None:
    """Codes by the values of one attribute."""
    listed = {one.key: one for one in used_attributes(choice)}
    if not listed:
        return
    st.header(codes_by_value.title(), anchor=False)
    left, middle, right = st.columns(3)
    with left:
        key = addressed_select("attribute", _("By"), list(listed), lambda each: label(listed[each]) or each)
    with middle:
        root = choose_root("valued", choice, roots(choice.frames))
    with right:
        segment = choose_segment("valued-by", _("Whose words"), choice)
    by_value("valued", choice, listed[key], root, segment)


def by_value(key: str, choice: Choice, attribute: StatementAttribute, root: str, segment: str = ALL) -> None:
    """The chart of one attribute and the words behind a tile."""
    view, groups = codes_by_value, choice.groups_in(segment)
    rows = rows_of(
        key, choice, attribute.key, root, segment,
        make=lambda: view.prepare(choice.frames, attribute, root=root, group_ids=groups, **choice.counted_by),
    )  # fmt: skip
    section(
        key, view, choice, rows, attribute.key, root, segment, title=view.title(attribute), reading=view.reading(rows)
    )
    mark = picked(key)
    found = records(rows[(rows["code_id"] == mark[0]) & (rows["segment"] == mark[1])]) if mark else []
    if not mark or not found:
        return
    quotes = quotes_of(choice.frames, mark[0], groups, **choice.counted_by)
    if mark[1] != ALL:
        given = chosen_values(choice.frames, attribute.key, **choice.counted_by)
        quotes = quotes[quotes["statement_id"].map(given) == mark[1]]
    facts = [
        *([] if mark[1] == ALL else [segment_name(found[0])]), choice.name_of(segment),
        style.k_of_n_experts(found[0]["k"], found[0]["n"]),
    ]  # fmt: skip
    words_panel(key, label(found[0]), " · ".join(facts), lambda: quotes_list(with_groups(quotes, choice)))
