"""One question of an uploaded questionnaire: its type, what becomes of its answers, and what can be changed of it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from survey_app.components.plain import plain
from survey_app.components.questionnaire_draft import Draft
from survey_app.components.questionnaire_names import edit_names
from survey_app.components.questionnaire_points import edit_points, has_points
from survey_app.components.questionnaire_words import (
    becomes,
    kind_names,
    line_of,
    point_words,
    question_of,
    source_name,
    title_of,
)
from survey_app.components.tables import table_height
from survey_app.language import _
from survey_app.questionnaires.column import KINDS, LEAVE_OUT, Column
from survey_app.questionnaires.confirming import Question, as_kind
from survey_app.questionnaires.previewing import Preview, Tally
from survey_app.store.log import Row

MOST_WRITTEN = 500
"""Most different answers that are listed."""
MOST_TALLIES = 60


def look_at(draft: Draft, said: list[Column], language: str, codes: list[Row]) -> None:
    """The question that is chosen, with what a person may change of it."""
    look = draft.key("look")
    st.session_state.setdefault(look, draft.look)
    st.selectbox(
        _("A closer look at"), range(len(draft.questions)), key=look, on_change=_chosen, args=(draft,),
        format_func=lambda at: f"{at + 1}. " + _title(said, draft.questions[at]),
    )  # fmt: skip
    question = draft.questions[draft.look]
    place = _line(draft, question, said)
    column = said[place]
    if column.why == "respondent" and not column.kept:
        st.caption(_("This column names the expert. It is not stored."))
    else:
        _type(draft, question)
        _told(draft, place, column)
    what, points, names = st.tabs([_("Preview"), _("Scale and options"), _("Key and words")])
    with what:
        _preview(column, draft.preview(column, language))
    with points:
        edit_points(draft, question, place, column)
    with names:
        edit_names(draft, question, place, column, codes)


def _title(said: list[Column], question: Question) -> str:
    return question_of(said[question.first], len(question.places))


def _chosen(draft: Draft) -> None:
    draft.look_at(st.session_state[draft.key("look")])


def _line(draft: Draft, question: Question, said: list[Column]) -> int:
    """The place of the line that is looked at."""
    if len(question.places) == 1:
        return question.first
    return st.selectbox(
        _("Line"), question.places, key=draft.key("line", question.first),
        format_func=lambda place: line_of(said[place]),
    )  # fmt: skip


def _type(draft: Draft, question: Question) -> None:
    """The type of the question; a line that is left out alone does not change it."""
    names = kind_names()
    kinds = [draft.columns[place].kind for place in question.places]
    here = next((kind for kind in kinds if kind != LEAVE_OUT), LEAVE_OUT)
    key = draft.key("type", question.first, here)

    def change() -> None:
        kind = st.session_state[key]
        for place in question.places:
            was = draft.proposed[place]
            values = draft.export.table.values(was.name)
            draft.change([place], lambda now, was=was, values=values: was if kind == was.kind  # type: ignore[misc]
                         else as_kind(now, values, kind))  # fmt: skip

    st.selectbox(
        _("Type"), KINDS, index=KINDS.index(here), key=key, format_func=lambda kind: names[kind],
        on_change=change,
    )  # fmt: skip


def _told(draft: Draft, place: int, column: Column) -> None:
    """Where the type comes from; of a line, whether it is left out alone."""
    st.caption(
        _("According to: {source}.", source=plain(source_name(draft.source(place), draft.export.platform)))
        + (" " + _("It measures the code {code}.", code=plain(column.code_id)) if column.code_id else "")
    )
    first = draft.proposed[place].continues
    if first and column.kept:
        key = draft.key("continues", place, bool(column.continues))
        st.checkbox(
            _("It is one question with “{question}”", question=plain(" ".join(first.split())[:90])),
            bool(column.continues), key=key, on_change=draft.change,
            args=([place], lambda now: replace(now, continues="" if now.continues else first)),
            help=_("Its answers stand where that question has none. Without the tick it is a question of its own."),
        )  # fmt: skip
    question = next(each for each in draft.questions if place in each.places)
    siblings = [draft.columns[other].kind for other in question.places if other != place]
    kind = next((kind for kind in siblings if kind != LEAVE_OUT), "")
    if kind:
        key = draft.key("leave", place, column.kept)
        st.checkbox(
            _("Leave this line out"), not column.kept, key=key, on_change=draft.change,
            args=([place], lambda now: replace(now, kind=LEAVE_OUT if now.kept else kind, why="")),
        )  # fmt: skip


def _preview(column: Column, seen: Preview) -> None:
    facts = [
        _("answered: {count}", count=seen.answered),
        _("cannot say: {count}", count=seen.cannot_say),
        _("blank: {count}", count=seen.blank),
    ]
    unfit = _("does not fit: {count}", count=seen.unfit)
    st.markdown(" · ".join([*facts, f":red[**{unfit}**]" if seen.unfit else unfit]))
    if column.kept and seen.tallies:
        _distribution(column, seen.tallies)
    st.caption(_("Every answer as it is written, and what becomes of it"))
    shown = seen.written[:MOST_WRITTEN]
    frame = pd.DataFrame(
        {
            "written": [row.cell for row in shown],
            "count": [row.count for row in shown],
            "becomes": [becomes(column, row) for row in shown],
        }
    )
    st.dataframe(
        frame, hide_index=True, height=table_height(len(frame), 330),
        alt=_("Answers of “{column}” and what becomes of them", column=title_of(column)),
        column_config={
            "written": st.column_config.TextColumn(_("As written"), width=155),
            "count": st.column_config.NumberColumn(_("Times"), width=60),
            "becomes": st.column_config.TextColumn(_("What is stored"), width=135),
        },
    )  # fmt: skip
    if len(seen.written) > len(shown):
        st.caption(_("The {shown} most frequent of {all} different answers.", shown=len(shown), all=len(seen.written)))


def _distribution(column: Column, tallies: tuple[Tally, ...]) -> None:
    shown = tallies[:MOST_TALLIES]
    most = max(1, *(tally.count for tally in shown))
    frame = pd.DataFrame(
        {
            "value": [_value(column, tally) for tally in shown],
            "words": [point_words(column.points[tally.place]) if tally.place is not None else "" for tally in shown],
            "count": [tally.count for tally in shown],
        }
    )
    st.dataframe(
        frame if has_points(column) else frame.drop(columns="words"), hide_index=True,
        height=table_height(len(frame), 330),
        alt=_("How often each value of “{column}” is stored", column=title_of(column)),
        column_config={
            "value": st.column_config.TextColumn(_("Value"), width=80),
            "words": st.column_config.TextColumn(_("In words"), width=125),
            "count": st.column_config.ProgressColumn(
                _("Times"), format="%d", min_value=0, max_value=most, width=130
            ),
        },
    )  # fmt: skip


def _value(column: Column, tally: Tally) -> str:
    if tally.place is not None and column.kind != "likert":
        return str(tally.place + 1)
    if column.kind == "multi" and not column.points:
        return _("ticked") if tally.value else _("not ticked")
    return f"{tally.value:g}" if isinstance(tally.value, float) else tally.value
