"""A questionnaire as the tables that everything speaks: confirmed columns and rows to items, answers, open answers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd

from coding.frames import ANSWERS, ITEMS
from survey_app.questionnaires import choices
from survey_app.questionnaires.column import BESIDE, Column
from survey_app.questionnaires.continuing import gathered
from survey_app.questionnaires.dates import iso_date, iso_moment
from survey_app.questionnaires.rankings import place_in
from survey_app.questionnaires.scales import number_in, point_of, says_nothing
from survey_app.questionnaires.wording import forms, halves, in_language
from survey_app.rosters.tables import Table
from transcripts.messages import Message, MessageError, counted, sentence

MOST_NAMED = 3
"""Most rows that one sentence names."""
MOSTLY = 0.8
_TICKS = {1.0: {"1", "yes", "y", "true", "да", "x", "+"}, 0.0: {"0", "no", "n", "false", "нет"}}


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
    """`items` and `answers` keep their contracts (ITEMS, ANSWERS); `open_answers` has expert_id, item_id, text."""

    items: pd.DataFrame
    answers: pd.DataFrame
    open_answers: pd.DataFrame
    warnings: tuple[Message, ...] = ()
    filled: tuple[FilledIn, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell says of one item. `value` is None where words, or nothing that can be said, stand for it."""

    item_id: str
    value: float | None = None
    text: str = ""
    cannot_say: bool = False


class DoesNotFit(Exception):
    """A cell that is no answer of its column's kind."""


def make_survey(table: Table, columns: Sequence[Column], experts: Mapping[int, str], language: str = "") -> Survey:
    """The answers of a table. `experts` says whose row it is, by the row's place from 0; other rows are left out.

    Of an answer in two languages («да / yes») the half in `language` is kept; "" keeps both. Raises
    UnusableQuestionnaire for two rows of one expert, an answer that does not fit its column, or no answers at all.
    """
    _refuse_double_rows(experts)
    table, columns, both_answered = gathered(table, columns, experts)
    kept = [column for column in columns if column.kept and column.kind != BESIDE]
    besides = [replace(column, kind="multi") for column in columns if column.kind == BESIDE]
    answers: list[dict[str, Any]] = []
    open_answers: list[dict[str, str]] = []
    for column in kept:
        cells = {place: expert_id for place, expert_id in experts.items() if table.rows[place][column.name]}
        if column.kind == "open":
            half = language if in_both_languages(table.values(column.name)) else ""
            open_answers += [
                {"expert_id": expert_id, "item_id": column.item_id,
                 "text": in_language(_stored(table.rows[place][column.name]), half)}
                for place, expert_id in cells.items()
            ]  # fmt: skip
            continue
        unfit = []
        for place, expert_id in cells.items():
            cell = _stored(table.rows[place][column.name])
            try:
                found = says(column, cell, language)
            except DoesNotFit:
                unfit.append((place, cell))
                continue
            answers += [{"expert_id": expert_id, **asdict(said)} for said in found]
        if unfit:
            raise UnusableQuestionnaire(_unfit(column, unfit))
    _refuse_double_answers(answers, kept, experts)
    answers += _words_beside(table, besides, experts, answers, language)
    if not answers and not open_answers:
        raise UnusableQuestionnaire(
            sentence("There are no answers to store: no column is kept, or no row belongs to an expert.")
        )
    return Survey(
        ITEMS.validate(pd.DataFrame(_items([*kept, *besides]))),
        ANSWERS.validate(pd.DataFrame(answers, columns=list(ANSWERS.columns))),
        pd.DataFrame(open_answers, columns=["expert_id", "item_id", "text"]),
        (*both_answered, *_warnings(table, kept, experts)),
        _filled(table, columns, experts, language),
    )


def _filled(
    table: Table, columns: Sequence[Column], experts: Mapping[int, str], language: str
) -> tuple[FilledIn, ...]:  # fmt: skip
    """Where and when everybody answered, by the first column of times."""
    time = next((column.name for column in columns if column.why == "time"), None)
    moments = table.values(time) if time else [""] * len(table.rows)
    return tuple(FilledIn(expert_id, place + 2, iso_moment(moments[place]), language)
                 for place, expert_id in experts.items())  # fmt: skip


def says(column: Column, cell: str, language: str = "") -> list[Said]:
    """What a cell that is not blank says, item by item. Raises DoesNotFit; `open` is not asked here."""
    lines = line_ids(column)
    if says_nothing(cell, column.cannot_say):
        return [Said(item_id, cannot_say=True) for item_id in lines]
    half = language if halves(column.name) else ""
    if column.kind in {"likert", "single"}:
        value = point_of(column.points, cell)
        if value is None and column.kind == "likert":
            raise DoesNotFit
        if value is not None and column.reverse:
            value = column.points[0]["value"] + column.points[-1]["value"] - value
        return [Said(column.item_id, value, "" if value is not None else in_language(cell, half))]
    if column.kind == "numeric":
        return [_number(column, cell)]
    if column.kind == "date":
        day = iso_date(cell)
        if not day:
            raise DoesNotFit
        return [Said(column.item_id, text=day)]
    if column.kind == "rank" and not column.points:
        rank = place_in(cell) or number_in(cell)
        if rank is None or rank < 1 or rank % 1:
            raise DoesNotFit
        return [Said(column.item_id, float(rank))]
    if not column.points:
        return [Said(column.item_id, _yes_or_no(cell))]
    picked, beside = choices.pick(cell, column.points, column.separator)
    if column.kind == "rank":
        if beside or not picked or (column.place and len(picked) > 1):
            raise DoesNotFit
        return [Said(lines[option], float(rank)) for rank, option in enumerate(picked, column.place or 1)]
    return _ticked(column, lines, picked, in_language(beside, half))


def _words_beside(
    table: Table, columns: Iterable[Column], experts: Mapping[int, str], answers: list[dict[str, Any]], language: str
) -> list[dict[str, Any]]:
    """Put words beside an option into the answer that they explain; returns those whose option was not ticked."""
    by_key = {(answer["expert_id"], answer["item_id"]): answer for answer in answers}
    alone: list[dict[str, Any]] = []
    for column in columns:
        for place, expert_id in experts.items():
            cell = _stored(table.rows[place][column.name])
            if not cell:
                continue
            words = in_language(cell, language if halves(column.name) else "")
            answer = by_key.get((expert_id, column.item_id)) or by_key.get((expert_id, column.parent_id))
            if answer is None:
                alone.append({"expert_id": expert_id, **asdict(Said(column.item_id, 1.0, words))})
                continue
            answer["text"] = "; ".join(part for part in (answer["text"], words) if part)
            if answer["item_id"] == column.item_id and answer["value"] == 0:
                answer["value"] = 1.0
    return alone


def in_both_languages(cells: Iterable[str]) -> bool:
    """Whether nearly every answer stands in two languages («да / yes»)."""
    said = [cell for cell in cells if cell]
    return bool(said) and sum(halves(cell) is not None for cell in said) >= MOSTLY * len(said)


def line_ids(column: Column) -> list[str]:
    """Ids of the items that a column answers: its own, or those of its options with one for other answers."""
    if column.kind not in {"multi", "rank"} or not column.points:
        return [column.item_id]
    return [str(point.get("item_id") or f"{column.item_id}.{place}") for place, point in enumerate(column.points, 1)]


def _number(column: Column, cell: str) -> Said:
    value = number_in(cell)
    if value is None:
        either = {number for half in halves(cell) or () if (number := number_in(half)) is not None}
        value = either.pop() if len(either) == 1 else None
    low, high = column.lowest, column.highest
    if value is None or (low is not None and value < low) or (high is not None and value > high):
        raise DoesNotFit
    plain = re.fullmatch(r"[-−+]?[\d\s]+(?:[.,]\d+)?\s*%?", cell) is not None
    return Said(column.item_id, value, "" if plain else cell)


def _yes_or_no(cell: str) -> float:
    """1 or 0 of an option that has a column of its own."""
    value = next((value for value, words in _TICKS.items() if forms(cell) & words), None)
    if value is None:
        raise DoesNotFit
    return value


def _ticked(column: Column, lines: list[str], picked: list[int], beside: str) -> list[Said]:
    """1 for what was picked and 0 for the rest; words of one's own stand with the option for them."""
    words = {lines[place]: beside for place, point in enumerate(column.points) if beside and choices.is_other(point)}
    if beside and not words:
        raise DoesNotFit
    ticks = {lines[place] for place in picked} | set(words)
    return [Said(item_id, float(item_id in ticks), words.get(item_id, "")) for item_id in lines]


def _items(columns: Iterable[Column]) -> list[dict[str, Any]]:
    """Rows of the ITEMS contract in the order of the columns; a question stands before its lines."""
    rows: dict[str, dict[str, Any]] = {}

    def add(item_id: str, parent_id: str, kind: str, label: tuple[str, str], scale: list[Any], code_id: str) -> None:
        row = {
            "item_id": item_id, "parent_id": parent_id, "type": kind, "label_en": label[0], "label_ru": label[1],
            "scale": scale, "code_id": code_id, "order": len(rows),
        }  # fmt: skip
        rows.setdefault(item_id, row)

    for column in columns:
        lines = line_ids(column)
        scale = [{name: point[name] for name in ("value", "en", "ru")} for point in column.points]
        own = [] if lines != [column.item_id] else scale
        if column.parent_id:
            add(column.parent_id, "", column.kind, column.parent_label, own, column.parent_code_id)
        add(column.item_id, column.parent_id, column.kind, column.label, own, column.code_id)
        if lines != [column.item_id]:
            for item_id, point in zip(lines, column.points, strict=True):
                label = (str(point["en"]), str(point["ru"]))
                add(item_id, column.item_id, column.kind, label, [], str(point.get("code_id", "")))
    return list(rows.values())


def _refuse_double_rows(experts: Mapping[int, str]) -> None:
    first: dict[str, int] = {}
    for place, expert_id in experts.items():
        if expert_id in first:
            raise UnusableQuestionnaire(
                sentence(
                    "Rows {first} and {second} are both of {expert}. Leave one of them out, or say whose it is.",
                    first=first[expert_id] + 2, second=place + 2, expert=expert_id,
                )
            )  # fmt: skip
        first[expert_id] = place


def _refuse_double_answers(
    answers: list[dict[str, Any]], columns: Sequence[Column], experts: Mapping[int, str]
) -> None:
    """An option that one expert ranks at two places has no place."""
    seen: set[tuple[str, str]] = set()
    rows = {expert_id: place + 2 for place, expert_id in experts.items()}
    for answer in answers:
        key = answer["expert_id"], answer["item_id"]
        if key in seen:
            column = next(each for each in columns if answer["item_id"] in line_ids(each))
            raise UnusableQuestionnaire(
                sentence(
                    "Row {row} names one option at two places of “{column}”. Correct it in the file, or leave the "
                    "columns of this question out.", row=rows[key[0]], column=_short(column.name),
                )
            )  # fmt: skip
        seen.add(key)


def _stored(cell: str) -> str:
    """A cell as text that a source may hold: NFC and line feeds."""
    return unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _short(name: str) -> str:
    return " ".join(name.split())[:90]


def _unfit(column: Column, unfit: list[tuple[int, str]]) -> Message:
    where = "; ".join(f"{place + 2}: “{cell[:60]}”" for place, cell in unfit[:MOST_NAMED])
    where += "; …" if len(unfit) > MOST_NAMED else ""
    return counted(
        "Column “{column}”: {count} answer does not fit (row {where}). Correct it in the file, change the type of "
        "the column or leave the column out.",
        "Column “{column}”: {count} answers do not fit (row {where}). Correct them in the file, change the type of "
        "the column or leave the column out.",
        len(unfit), column=_short(column.name), where=where,
    )  # fmt: skip


def _warnings(table: Table, columns: Sequence[Column], experts: Mapping[int, str]) -> list[Message]:
    """Rows whose ranks repeat: stored as they are, but somebody should know."""
    grids: dict[str, list[Column]] = {}
    for column in columns:
        if column.kind == "rank" and column.parent_id:
            grids.setdefault(column.parent_id, []).append(column)
    found = []
    for grid in grids.values():
        for place in experts:
            ranks = [table.rows[place][column.name] for column in grid if table.rows[place][column.name]]
            if len(set(ranks)) < len(ranks):
                found.append(
                    sentence(
                        "Row {row} gives the same place twice in “{question}”.", row=place + 2,
                        question=_short(grid[0].parent_label[0] or grid[0].parent_label[1]),
                    )
                )  # fmt: skip
    return found
