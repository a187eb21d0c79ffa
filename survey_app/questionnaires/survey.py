"""A questionnaire as the tables that everything speaks: confirmed columns and rows to items, answers, open answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from coding.frames import ITEMS
from survey_app.questionnaires.column import BESIDE, Column
from survey_app.questionnaires.continuing import rejoined
from survey_app.questionnaires.dates import MONTH_FIRST, iso_moment
from survey_app.questionnaires.gathering import Gathered, answer_of, stored
from survey_app.questionnaires.habits import Habit, habit_of
from survey_app.questionnaires.rankings import with_last_places
from survey_app.questionnaires.saying import Cell, DoesNotFit, Said, line_ids, says
from survey_app.questionnaires.wording import halves, in_language
from survey_app.rosters.tables import Table
from transcripts.messages import Message, MessageError, sentence

__all__ = [
    "Cell", "DoesNotFit", "FilledIn", "Survey", "UnusableQuestionnaire", "in_both_languages", "line_ids", "make_survey",
    "says",
]  # fmt: skip
MOSTLY = 0.8
FIRST, LAST = "first", "last"
"""Which of two rows of one expert counts, in the order of time where the file tells it."""


class UnusableQuestionnaire(MessageError):
    """A questionnaire that does not say who answered what."""


@dataclass(frozen=True, slots=True)
class FilledIn:
    """In which row of the file an expert answered, when (ISO 8601, or "") and in which language, or ""."""

    expert_id: str
    row: int
    at: str = ""
    language: str = ""


@dataclass(frozen=True)
class Survey:
    """`items` and `answers` keep their contracts (ITEMS, ANSWERS); `open_answers` has expert_id, item_id, text.

    `report` are cells that somebody should look at: what does not fit is kept as it was written and does not count.
    """

    items: pd.DataFrame
    answers: pd.DataFrame
    open_answers: pd.DataFrame
    warnings: tuple[Message, ...] = ()
    filled: tuple[FilledIn, ...] = ()
    report: tuple[Cell, ...] = ()


def make_survey(
    table: Table, columns: Sequence[Column], experts: Mapping[int, str], language: str = "", *, double: str = ""
) -> Survey:  # fmt: skip
    """The answers of a table. `experts` says whose row it is, by the row's place from 0; other rows are left out.

    Of an answer in two languages («да / yes») the half in `language` is kept; "" keeps both. Of two rows of one expert
    the FIRST or LAST counts, as `double` says. Raises UnusableQuestionnaire for such rows where it says nothing, and
    for no answers at all.
    """
    moments, orders = _moments(table, columns, language)
    experts, doubles = _one_row_each(table, experts, moments, double)
    table, columns, both_answered = rejoined(table, columns, experts)
    kept = with_last_places([column for column in columns if column.kept and column.kind != BESIDE], columns)
    besides = [replace(column, kind="multi") for column in columns if column.kind == BESIDE]
    places = list(experts)
    gathered = Gathered(list(experts.values()), list(map(table.row_number, places)))
    open_answers: list[tuple[str, str, str]] = []
    for column in kept:
        cells = table.values(column.name)
        if column.kind == "open":
            half = language if in_both_languages(cells) else ""
            open_answers += [(expert_id, column.item_id, in_language(stored(cells[place]), half))
                             for place, expert_id in experts.items() if cells[place]]  # fmt: skip
        else:
            habit = habit_of(cells, language)
            orders += _order_taken(column.name, habit) if column.kind == "date" else []
            gathered.take(column, [cells[place] for place in places], language, habit)
    gathered.settle_doubles()
    for column in besides:
        _words_beside(gathered, column, [stored(table.values(column.name)[place]) for place in places], language)
    answers = gathered.answers()
    if answers.empty and not open_answers:
        raise UnusableQuestionnaire(
            sentence("There are no answers to store: no column is kept, or no row belongs to an expert.")
        )
    return Survey(
        ITEMS.validate(pd.DataFrame(_items([*kept, *besides]))), answers,
        pd.DataFrame(open_answers, columns=["expert_id", "item_id", "text"]),
        (*both_answered, *orders, *_warnings(table, kept, experts)),
        tuple(
            FilledIn(expert_id, table.row_number(place), moments[place], language)
            for place, expert_id in experts.items()
        ),
        (*doubles, *gathered.report, *_beyond(table)),
    )  # fmt: skip


def _words_beside(gathered: Gathered, column: Column, cells: Sequence[str], language: str) -> None:
    """Put words beside an option into the answer that they explain, or let them stand alone."""
    own, above = answer_of(gathered, (column.item_id, column.parent_id))
    for person, cell in enumerate(cells):
        if not cell:
            continue
        words = in_language(cell, language if halves(column.name) else "")
        if person not in own and person not in above:
            gathered.add(column, person, Said(column.item_id, 1.0, words))
            continue
        chunk, place = own[person] if person in own else above[person]
        both = "; ".join(part for part in (gathered.words.all[chunk.text[place]], words) if part)
        chunk.text[place] = gathered.words.number(both)
        if person in own and chunk.value[place] == 0:
            chunk.value[place] = 1.0


def in_both_languages(cells: Iterable[str]) -> bool:
    """Whether nearly every answer stands in two languages («да / yes»)."""
    said = [cell for cell in cells if cell]
    return bool(said) and sum(halves(cell) is not None for cell in said) >= MOSTLY * len(said)


def _items(columns: Iterable[Column]) -> list[dict[str, Any]]:
    """Rows of the ITEMS contract in the order of the columns; a question stands before its lines."""
    rows: dict[str, dict[str, Any]] = {}

    def add(
        item_id: str,
        parent_id: str,
        kind: str,
        label: tuple[str, str],
        scale: list[Any],
        code_id: str,
        reverse: bool = False,
    ) -> None:
        row = {
            "item_id": item_id, "parent_id": parent_id, "type": kind, "label_en": label[0], "label_ru": label[1],
            "scale": scale, "code_id": code_id, "order": len(rows),
            "reverse": reverse,
        }  # fmt: skip
        rows.setdefault(item_id, row)

    for column in columns:
        lines = line_ids(column)
        scale = [{name: point[name] for name in ("value", "en", "ru")} for point in column.points]
        own = [] if lines != [column.item_id] else scale
        if column.parent_id:
            add(column.parent_id, "", column.kind, column.parent_label, own, column.parent_code_id)
        add(column.item_id, column.parent_id, column.kind, column.label, own, column.code_id, column.reverse)
        if lines != [column.item_id]:
            for item_id, point in zip(lines, column.points, strict=True):
                label = (str(point["en"]), str(point["ru"]))
                add(item_id, column.item_id, column.kind, label, [], str(point.get("code_id", "")))
    return list(rows.values())


def _moments(table: Table, columns: Sequence[Column], language: str) -> tuple[list[str], list[Message]]:
    """When each row was filled in, by the first column of times, "" where the file does not tell; and the order of
    day and month that was taken where it had to be guessed."""
    time = next((column.name for column in columns if column.why == "time"), None)
    if time is None or time not in table.columns:
        return [""] * len(table.rows), []
    habit = habit_of(table.values(time), language)
    return [iso_moment(cell, habit.order) for cell in table.values(time)], _order_taken(time, habit)


def _order_taken(name: str, habit: Habit) -> list[Message]:
    if not habit.guessed:
        return []
    if habit.order == MONTH_FIRST:
        return [sentence("Dates in “{column}” were read with the month first: no cell tells.", column=_short(name))]
    return [sentence("Dates in “{column}” were read with the day first: no cell tells.", column=_short(name))]


def _one_row_each(
    table: Table, experts: Mapping[int, str], moments: Sequence[str], double: str
) -> tuple[dict[int, str], list[Cell]]:
    """The rows that count, and those of whoever has several: UnusableQuestionnaire unless `double` says which."""
    rows: dict[str, list[int]] = {}
    for place, expert_id in experts.items():
        rows.setdefault(expert_id, []).append(place)
    left: set[int] = set()
    report = []
    for expert_id, places in rows.items():
        if len(places) < 2:
            continue
        if double not in {FIRST, LAST}:
            raise UnusableQuestionnaire(
                sentence(
                    "Rows {first} and {second} are both of {expert}. Leave one of them out, or say whose it is.",
                    first=table.row_number(places[0]), second=table.row_number(places[1]), expert=expert_id,
                )
            )  # fmt: skip
        told = all(moments[place] for place in places)
        in_order = sorted(places, key=lambda place: (moments[place] if told else "", place))
        counts = in_order[0] if double == FIRST else in_order[-1]
        left |= {place for place in places if place != counts}
        problem = sentence("has answered in several rows: row {row} counts.", row=table.row_number(counts))
        report += [Cell(table.row_number(place), "", expert_id, problem) for place in places]
    return {place: expert_id for place, expert_id in experts.items() if place not in left}, report


def _beyond(table: Table) -> list[Cell]:
    """Cells under no column."""
    problem = sentence("stands beyond the last column of the header and was left out.")
    return [Cell(row, "", cell, problem) for row, cells in table.beyond for cell in cells if cell]


def _short(name: str) -> str:
    return " ".join(name.split())[:90]


def _warnings(table: Table, columns: Sequence[Column], experts: Mapping[int, str]) -> list[Message]:
    """Rows whose ranks repeat: stored as they are, but somebody should know."""
    grids: dict[str, list[Column]] = {}
    for column in columns:
        if column.kind == "rank" and column.parent_id:
            grids.setdefault(column.parent_id, []).append(column)
    found = []
    for grid in grids.values():
        cells = [table.values(column.name) for column in grid]
        for place in experts:
            ranks = [column[place] for column in cells if column[place]]
            if len(set(ranks)) < len(ranks):
                found.append(
                    sentence(
                        "Row {row} gives the same place twice in “{question}”.", row=table.row_number(place),
                        question=_short(grid[0].parent_label[0] or grid[0].parent_label[1]),
                    )
                )  # fmt: skip
    return found
