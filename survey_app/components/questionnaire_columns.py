"""The columns of a questionnaire: a type to confirm for each, and a closer look at what its values become."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd
import streamlit as st

from survey_app.components.plain import plain
from survey_app.language import _, current, label, ngettext
from survey_app.questionnaires.column import BESIDE, KINDS, LEAVE_OUT, Column
from survey_app.questionnaires.confirming import as_kind, lines_of, with_points
from survey_app.questionnaires.scales import Point
from survey_app.questionnaires.survey import DoesNotFit, in_both_languages, line_ids, says
from survey_app.questionnaires.wording import in_language
from survey_app.rosters.tables import Table

LONGEST_TITLE = 160
_WITH_POINTS = {"likert", "single", "multi", "rank"}


def kind_names() -> dict[str, str]:
    """Types of columns in the language of the screen."""
    return {
        "likert": _("scale"), "single": _("one choice"), "multi": _("several choices"), "numeric": _("number"),
        "rank": _("ranking"), "date": _("date"), "open": _("open answer"), BESIDE: _("words beside"),
        LEAVE_OUT: _("leave out"),
    }  # fmt: skip


def title_of(column: Column) -> str:
    """The question in the language of the screen, on one line; of a grid the line, its question in brackets."""
    question, line = " ".join(_one(column.parent_label).split()), " ".join(_one(column.label).split())
    return f"{line} ({question})" if question and line else line or question or column.name


def confirm_columns(
    table: Table, proposed: tuple[Column, ...], respondent: str | None, file_id: str, language: str
) -> list[Column]:
    """The table of types, with a closer look at one column below; returns the columns as the person has them now.

    `language` is that of the study: the half of an answer in two languages that will be kept, or "" for both.
    """
    key = f"columns-{file_id}"
    typed = [
        replace(column, kind=LEAVE_OUT, why="respondent") if column.name == respondent
        else as_kind(column, table.values(column.name), _edited_kind(key, place, column))
        for place, column in enumerate(proposed)
    ]  # fmt: skip
    keys = [f"points-{file_id}-{place}-{column.kind}" for place, column in enumerate(typed)]
    said = [
        with_points(column, str(st.session_state[points]).split("\n")) if points in st.session_state else column
        for column, points in zip(typed, keys, strict=True)
    ]
    kept = sum(column.kept for column in said)
    st.caption(
        ngettext("{count} column is kept", "{count} columns are kept", kept)
        + ", "
        + ngettext("{count} is left out", "{count} are left out", len(said) - kept)
        + ". "
        + _("The types are proposals: change them where they are wrong.")
    )
    _editor(table, proposed, said, respondent, key)
    with st.container(border=True):
        place = _look_at([place for place, column in enumerate(said) if column.name != respondent], said, file_id)
        if place is not None:
            _closer_look(table, said[place], typed[place], keys[place], language)
    return said


def bilingual(table: Table, columns: list[Column]) -> bool:
    """Whether some open question was answered in two languages at once."""
    return any(column.kind == "open" and in_both_languages(table.values(column.name)) for column in columns)


def _edited_kind(key: str, place: int, column: Column) -> str:
    rows = st.session_state.get(key, {}).get("edited_rows", {})
    return str(rows.get(place, {}).get("kind") or column.kind)


def _editor(table: Table, proposed: tuple[Column, ...], said: list[Column], respondent: str | None, key: str) -> None:
    values = [[value for value in table.values(column.name) if value] for column in proposed]
    frame = pd.DataFrame(
        {
            "question": [title_of(column)[:LONGEST_TITLE] for column in said],
            "kind": [LEAVE_OUT if column.name == respondent else column.kind for column in proposed],
            "becomes": [becomes_in_short(column) for column in said],
            "answers": [len(cells) for cells in values],
            "example": [" ".join(cells[0].split())[:LONGEST_TITLE] if cells else "" for cells in values],
            "key": [column.item_id if column.kept else "" for column in said],
        }
    )
    names = kind_names()
    st.data_editor(
        frame,
        key=key,
        hide_index=True,
        height="content" if len(frame) < 14 else 470,
        disabled=["question", "becomes", "answers", "example", "key"],
        column_config={
            "question": st.column_config.TextColumn(_("Question"), width=310),
            "kind": st.column_config.SelectboxColumn(
                _("Type"), options=list(KINDS), format_func=lambda kind: names[str(kind)], required=True, width=150
            ),
            "becomes": st.column_config.TextColumn(_("What is stored"), width=230),
            "answers": st.column_config.NumberColumn(_("Answers"), width=80),
            "example": st.column_config.TextColumn(_("For example"), width=200),
            "key": st.column_config.TextColumn(_("Key"), width=120),
        },
        alt=_("Columns of the questionnaire with the type of each"),
    )


def becomes_in_short(column: Column) -> str:
    """What a column is stored as, in a few words."""
    if not column.kept:
        return _why(column)
    if column.continues:
        return _("goes on with “{question}”", question=" ".join(column.continues.split())[:LONGEST_TITLE])
    words = [_point(point) for point in column.points]
    if column.kind == "likert" and words:
        return f"{column.points[0]['value']:g} {words[0]} … {column.points[-1]['value']:g} {words[-1]}"
    if column.kind in {"single", "multi"} or (column.kind == "rank" and words):
        return ngettext("{count} option", "{count} options", len(words)) + ": " + ", ".join(words)
    if column.kind == "numeric" and column.lowest is not None and column.highest is not None:
        return _("a number from {low} to {high}", low=f"{column.lowest:g}", high=f"{column.highest:g}")
    return {
        "rank": _("a place: 1, 2, 3, …"), "numeric": _("a number"), "date": _("a day"),
        "open": _("statements, one an answer"),
    }.get(column.kind, "")  # fmt: skip


def _why(column: Column) -> str:
    return {
        "time": _("when it was filled in"), "consent": _("consent"), "personal": _("personal data"),
        "group": _("the roster says the group"), "empty": _("nobody answered"), "respondent": _("names the expert"),
    }.get(column.why, "")  # fmt: skip


def _look_at(places: list[int], said: list[Column], file_id: str) -> int | None:
    first = next((place for place in places if said[place].kind in _WITH_POINTS), None)
    return st.selectbox(
        _("A closer look at"), places, index=places.index(first) if first is not None else 0, key=f"look-{file_id}",
        format_func=lambda place: f"{place + 1}. {title_of(said[place])[:LONGEST_TITLE]}",
    )  # fmt: skip


def _closer_look(table: Table, column: Column, typed: Column, key: str, language: str) -> None:
    """Its values and what becomes of them; beside, its points as proposed for its type (`typed`), to be edited."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _values(table, column, language)
    with right:
        _points(typed, key)
        if column.from_guide:
            st.caption(_("The interview guide asks this question; its key, words and scale are taken."))
        elif column.kept:
            st.caption(_("The interview guide does not know this question; key and words are the file's."))
        if column.code_id:
            st.caption(_("It measures the code {code}.", code=plain(column.code_id)))


def _values(table: Table, column: Column, language: str) -> None:
    counts = Counter(cell for cell in table.values(column.name) if cell)
    both = language if column.kind == "open" and in_both_languages(table.values(column.name)) else ""
    frame = pd.DataFrame(
        {
            "written": list(counts),
            "count": list(counts.values()),
            "becomes": [_becomes(column, cell, both, language) for cell in counts],
        }
    )
    st.dataframe(
        frame, hide_index=True, height="content" if len(frame) < 9 else 300, alt=_("Values of the column"),
        column_config={
            "written": st.column_config.TextColumn(_("As written"), width="medium"),
            "count": st.column_config.NumberColumn(_("Times"), width=70),
            "becomes": st.column_config.TextColumn(_("What is stored"), width="medium"),
        },
    )  # fmt: skip


def _becomes(column: Column, cell: str, both: str, language: str) -> str:
    """What a cell is stored as, in words."""
    if not column.kept:
        return _("left out")
    if column.kind == "open":
        return in_language(cell, both)
    try:
        found = says(column, cell, language)
    except DoesNotFit:
        return "⚠ " + _("does not fit")
    if found[0].cannot_say:
        return _("cannot say")
    names = dict(zip(line_ids(column), (_point(point) for point in column.points), strict=False))
    if column.kind == "multi":
        return "; ".join(names[one.item_id] + (f": {one.text}" if one.text else "") for one in found if one.value)
    if column.kind == "rank" and column.points:
        return "; ".join(f"{one.value:g} {names[one.item_id]}" for one in found)
    (one,) = found
    if one.value is None:
        return one.text
    words = next((_point(point) for point in column.points if point["value"] == one.value), "")
    return words if column.kind == "single" else f"{one.value:g} {words}".strip()


def _points(column: Column, key: str) -> None:
    if column.kind not in _WITH_POINTS or (column.kind == "rank" and not column.points):
        return
    scale = column.kind == "likert"
    st.text_area(
        _("Points of the scale, one a line") if scale else _("Options, one a line"), "\n".join(lines_of(column)),
        key=key, height=200, persist_state="page",
        help=_("“5 = strongly agree”. “Cannot say” stands beside the scale and is no point of it.") if scale
        else _("An option named “other” takes answers in words of one's own."),
    )  # fmt: skip


def _one(words: tuple[str, str]) -> str:
    return label({"label_en": words[0], "label_ru": words[1]})


def _point(point: Point) -> str:
    return str(point["ru"] or point["en"]) if current() == "ru" else str(point["en"] or point["ru"])
