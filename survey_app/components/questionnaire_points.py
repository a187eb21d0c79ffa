"""The points of a scale or the options of a choice: order, words, which answers mean "cannot say", the range."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from zlib import crc32

import streamlit as st

from survey_app.components.plain import plain
from survey_app.components.questionnaire_draft import Draft
from survey_app.components.questionnaire_words import point_words
from survey_app.language import _
from survey_app.questionnaires.column import Column
from survey_app.questionnaires.confirming import Question, lines_of, moved, saying_nothing, turned, with_points

MOST_MOVED = 12
"""Most points that are moved one by one."""
MOST_ANSWERS = 60
_WITH_POINTS = {"likert", "single", "multi", "rank"}
_CLOSED = _WITH_POINTS | {"numeric", "date"}


def has_points(column: Column) -> bool:
    """Whether a column has points or options of its own; an option that has a column of its own has none."""
    return column.kind in _WITH_POINTS and (bool(column.points) or column.kind in {"likert", "single"})


def edit_points(draft: Draft, question: Question, place: int, column: Column) -> None:
    """What can be changed of the answers to a question; it holds for all its lines."""
    if column.kind not in _CLOSED:
        st.caption(_("Open answers and what is left out have no scale and no options."))
        return
    if has_points(column):
        if len(column.points) <= MOST_MOVED:
            _order(draft, question, column)
        _lines(draft, question, column)
    if column.kind == "likert":
        st.checkbox(
            _("Count this line from the other end") if len(question.places) > 1
            else _("Count it from the other end"), column.reverse, key=draft.key("reverse", place, column.reverse),
            on_change=draft.change, args=([place], lambda now: replace(now, reverse=not now.reverse)),
            help=_("For a statement that says the opposite: the highest point is stored as the lowest."),
        )  # fmt: skip
    if column.kind == "numeric":
        _range(draft, question, column)
    _nothing(draft, question, column)


def _order(draft: Draft, question: Question, column: Column) -> None:
    """The points with arrows, and a button that turns them all round."""
    st.caption(_("Move a point, and its words take the value of the place"))
    for at, point in enumerate(column.points):
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            value = f"{point['value']:g}" if column.kind == "likert" else str(at + 1)
            st.markdown(f"**{plain(value)}** {plain(point_words(point))}", width="stretch")
            for by, sign, words in ((-1, "arrow_upward", _("Move up")), (1, "arrow_downward", _("Move down"))):
                st.button(
                    words, key=draft.key("move", question.first, at, by), type="tertiary",
                    icon=f":material/{sign}:", disabled=not 0 <= at + by < len(column.points),
                    on_click=draft.change, help=words,
                    args=(question.places, lambda now, at=at, by=by: replace(now, points=moved(now.points, at, by))),
                )  # fmt: skip
    st.button(
        _("Turn the order round"), key=draft.key("turn", question.first), icon=":material/swap_vert:",
        disabled=len(column.points) < 2, on_click=draft.change,
        args=(question.places, lambda now: replace(now, points=turned(now.points))),
    )  # fmt: skip


def _lines(draft: Draft, question: Question, column: Column) -> None:
    scale, lines = column.kind == "likert", lines_of(column)
    key = draft.key("points", question.first, column.kind, crc32("\n".join(lines).encode()))

    def change() -> None:
        written = str(st.session_state[key]).split("\n")
        draft.change(question.places, lambda now: with_points(now, written))

    st.text_area(
        _("Points of the scale, one a line") if scale else _("Options, one a line"), "\n".join(lines), key=key,
        height=170, on_change=change,
        help=_("“5 = strongly agree”. “Cannot say” stands beside the scale and is no point of it.") if scale
        else _("An option named “other” takes answers in words of one's own."),
    )  # fmt: skip


def _nothing(draft: Draft, question: Question, column: Column) -> None:
    """Which of the answers in the file mean "cannot say"."""
    cells = dict.fromkeys(
        cell
        for place in question.places
        for cell, _count in draft.cells(draft.columns[place].name).most_common(MOST_ANSWERS)
        if cell and len(cell) <= 120
    )
    saying = [cell for cell in cells if column.cannot_be_said(cell)]
    written = list(dict.fromkeys([*saying, *islice(cells, MOST_ANSWERS)]))
    key = draft.key("nothing", question.first, column.kind, crc32("\n".join(saying).encode()))

    def change() -> None:
        answers = list(st.session_state[key])
        draft.change(question.places, lambda now: saying_nothing(now, answers, written))

    st.multiselect(
        _("Answers that mean “cannot say”"), written, saying, key=key, on_change=change, placeholder=_("none"),
        help=_("They are counted apart: they are no point of the scale, and no gap either."),
    )  # fmt: skip


def _range(draft: Draft, question: Question, column: Column) -> None:
    sides = {"lowest": _("Lowest number that fits"), "highest": _("Highest number that fits")}
    for (field, words), side in zip(sides.items(), st.columns(2), strict=True):
        key = draft.key(field, question.first, column.kind, getattr(column, field))

        def change(field: str = field, key: str = key) -> None:
            value = st.session_state[key]
            draft.change(question.places, lambda now: replace(now, **{field: value}))

        side.number_input(words, value=getattr(column, field), key=key, on_change=change, placeholder=_("any"))
