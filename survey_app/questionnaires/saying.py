"""What one cell says of the items that its column answers, and what a person should know of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from survey_app.questionnaires import choices
from survey_app.questionnaires.column import Column
from survey_app.questionnaires.dates import MIXED, iso_date, slashed
from survey_app.questionnaires.disguised import is_disguised, is_range
from survey_app.questionnaires.habits import Habit
from survey_app.questionnaires.rankings import place_in
from survey_app.questionnaires.scales import is_ambiguous, is_error, number_in, point_of
from survey_app.questionnaires.units import is_number
from survey_app.questionnaires.wording import forms, halves, in_language, plain_key
from transcripts.messages import Message, counted, sentence

_TICKS = {1.0: {"1", "yes", "y", "true", "да", "x", "+"}, 0.0: {"0", "no", "n", "false", "нет"}}
_PLAIN_NUMBER = re.compile(r"[-−+]?[\d\s]+(?:[.,]\d+)*(?:[eE][-+]?\d+)?\s*%?")
_AS_WRITTEN = Habit()


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell says of one item. `value` is None where words, or nothing that can be said, stand for it.

    `raw` is the cell as it was written where it says more than value and text; an `unfit` cell is nothing else.
    """

    item_id: str
    value: float | None = None
    text: str = ""
    cannot_say: bool = False
    raw: str = ""
    unfit: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that somebody should look at: where it stands in the file, what is written there and what of it."""

    row: int
    column: str
    written: str
    problem: Message


class DoesNotFit(Exception):
    """A cell that is no answer of its column's kind."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_cell(
    column: Column, cell: str, language: str = "", habit: Habit = _AS_WRITTEN
) -> tuple[list[Said], Message | None]:
    """What a cell that is not blank says, and what a person should know: it does not fit, or says more than counts."""
    try:
        said = says(column, cell, language, habit)
    except DoesNotFit as unfit:
        ids = [column.item_id] if column.place else line_ids(column)
        return [Said(item_id, raw=cell, unfit=True) for item_id in ids], unfit.problem
    return said, _remark(column, said)


def says(column: Column, cell: str, language: str = "", habit: Habit = _AS_WRITTEN) -> list[Said]:
    """What a cell that is not blank says, item by item. Raises DoesNotFit; `open` is not asked here.

    `habit` is how its column writes dates and numbers.
    """
    lines = line_ids(column)
    if is_error(cell):
        raise DoesNotFit(sentence("is an error of the spreadsheet and no answer."))
    if column.cannot_be_said(cell):
        return [Said(item_id, cannot_say=True) for item_id in lines]
    if _in_disguise(column, cell):
        raise DoesNotFit(
            sentence("looks like a range or a number that a spreadsheet has turned into a date, as 10-12 into 10 Dec.")
        )
    half = language if halves(column.name) else ""
    if column.kind in {"likert", "single"}:
        return [_point(column, cell, half)]
    if column.kind == "numeric":
        return [_number(column, cell, habit.comma)]
    if column.kind == "date":
        return [Said(column.item_id, text=_day(cell, habit.order))]
    if column.kind == "rank" and not column.points:
        rank = place_in(cell) or number_in(cell)
        if rank is None or rank < 1 or rank % 1:
            raise DoesNotFit(sentence("is no place in a ranking."))
        if column.highest is not None and rank > column.highest:
            raise DoesNotFit(
                counted("is a place beyond the {count} line of the ranking.",
                        "is a place beyond the {count} lines of the ranking.", int(column.highest))
            )  # fmt: skip
        return [Said(column.item_id, float(rank))]
    if not column.points:
        return [Said(column.item_id, _yes_or_no(cell))]
    picked, beside = choices.pick(cell, column.points, column.separator)
    if column.kind == "rank":
        return _ranked(column, lines, cell, picked, beside)
    return _ticked(column, lines, cell, picked, in_language(beside, half))


def line_ids(column: Column) -> list[str]:
    """Ids of the items that a column answers: its own, or those of its options with one for other answers."""
    if column.kind not in {"multi", "rank"} or not column.points:
        return [column.item_id]
    return [str(point.get("item_id") or f"{column.item_id}.{place}") for place, point in enumerate(column.points, 1)]


def _in_disguise(column: Column, cell: str) -> bool:
    """A date where numbers, places, points of a scale or ranges are asked for."""
    if column.kind in {"date", "multi"} or (column.kind == "rank" and column.points) or not is_disguised(cell):
        return False
    if column.kind == "single":
        return any(is_range(str(point[name])) for point in column.points for name in ("en", "ru"))
    keys = forms(cell)
    return not any(keys & forms(str(point[name])) for point in column.points for name in ("en", "ru"))


def _point(column: Column, cell: str, half: str) -> Said:
    value = point_of(column.points, cell)
    if value is None and column.kind == "likert":
        raise DoesNotFit(sentence("is no point of the scale."))
    if value is not None and column.reverse:
        value = column.points[0]["value"] + column.points[-1]["value"] - value
    return Said(column.item_id, value, "" if value is not None else in_language(cell, half))


def _day(cell: str, order: str) -> str:
    if day := iso_date(cell, order):
        return day
    if order == MIXED and slashed(cell):
        raise DoesNotFit(
            sentence("has slashes, and the column has dates with the day first and others with the month first.")
        )
    raise DoesNotFit(sentence("is no date."))


def _number(column: Column, cell: str, comma: str) -> Said:
    value = number_in(cell, comma)
    if value is None and not comma and is_ambiguous(cell):
        raise DoesNotFit(sentence("may be a thousand or a fraction: no other cell tells what the comma is."))
    if value is None:
        either = {number for half in halves(cell) or () if (number := number_in(half, comma)) is not None}
        value = either.pop() if len(either) == 1 else None
    low, high = column.lowest, column.highest
    if value is None:
        raise DoesNotFit(sentence("is not one number."))
    if (low is not None and value < low) or (high is not None and value > high):
        raise DoesNotFit(
            sentence("lies outside {low} to {high}.", low="…" if low is None else f"{low:g}",
                     high="…" if high is None else f"{high:g}")
        )  # fmt: skip
    return Said(column.item_id, value, "" if _PLAIN_NUMBER.fullmatch(cell) else cell)


def _yes_or_no(cell: str) -> float:
    """1 or 0 of an option that has a column of its own."""
    value = next((value for value, words in _TICKS.items() if forms(cell) & words), None)
    if value is None:
        raise DoesNotFit(sentence("says neither yes nor no."))
    return value


def _ranked(column: Column, lines: list[str], cell: str, picked: list[int], beside: str) -> list[Said]:
    """Places from the first on, or the place that the column is for."""
    if beside or not picked or (column.place and len(picked) > 1):
        raise DoesNotFit(sentence("names something that is not to be ranked."))
    parts = [plain_key(part) for part in choices.atoms(cell, column.separator or choices.separator([cell]))]
    if len(picked) < len(parts) == len([part for part in parts if part]) and len(set(parts)) < len(parts):
        raise DoesNotFit(sentence("ranks the same option twice."))
    return [Said(lines[option], float(rank)) for rank, option in enumerate(picked, column.place or 1)]


def _ticked(column: Column, lines: list[str], cell: str, picked: list[int], beside: str) -> list[Said]:
    """1 for what was picked and 0 for the rest; words of one's own stand with the option for them, or as they are."""
    words = {lines[place]: beside for place, point in enumerate(column.points) if beside and choices.is_other(point)}
    if beside and not words and not picked:
        raise DoesNotFit(sentence("is none of the options."))
    ticks = {lines[place] for place in picked} | set(words)
    raw = cell if beside and not words else ""
    return [Said(item_id, float(item_id in ticks), words.get(item_id, ""), raw=raw) for item_id in lines]


def _remark(column: Column, said: list[Said]) -> Message | None:
    """What is kept although it does not count."""
    first = said[0]
    if column.kind == "numeric" and first.text and not is_number(first.text):
        return sentence("is a number with words: {number} counts, the words are kept.", number=f"{first.value:g}")
    if column.kind == "single" and column.points and first.text:
        return sentence("is none of the options: it is kept in its own words.")
    if first.raw:
        return sentence("says more than the options: what is one of them counts, the rest is kept as it is written.")
    return None
