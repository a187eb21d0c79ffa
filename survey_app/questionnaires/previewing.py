"""What becomes of a column's answers, counted before anything is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.questionnaires.column import BESIDE, Column
from survey_app.questionnaires.habits import Habit, habit_of
from survey_app.questionnaires.survey import DoesNotFit, Said, in_both_languages, line_ids, says
from survey_app.questionnaires.wording import in_language

CANNOT_SAY, UNFIT, LEFT, WORDS, VALUES = "cannot_say", "unfit", "left", "words", "values"


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as it stands in the file, how often, and what becomes of it: `outcome` is CANNOT_SAY, UNFIT (it does
    not fit), LEFT (the column is left out), WORDS (`text` is stored) or VALUES (`said` is)."""

    cell: str
    count: int
    outcome: str
    said: tuple[Said, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a value is stored. `place` is that of the point or option it belongs to, None for a plain value."""

    value: float | str
    place: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A column before it is stored. `answered` counts cells that hold an answer, those for "cannot say" aside."""

    written: tuple[Written, ...]
    tallies: tuple[Tally, ...]
    answered: int
    cannot_say: int
    blank: int
    unfit: int


def preview(column: Column, cells: Mapping[str, int], language: str = "") -> Preview:
    """What becomes of the `cells` of a column, each with how often it is there; "" counts those that are blank.

    `language` is the half that is kept of an answer in two languages, "" for both.
    """
    filled = {cell: count for cell, count in cells.items() if cell}
    half = language if column.kind in {"open", BESIDE} and in_both_languages(Counter(filled).elements()) else ""
    habit = habit_of(filled, language)
    written = tuple(
        _written(column, cell, count, half, language, habit)
        for cell, count in sorted(filled.items(), key=lambda pair: -pair[1])
    )
    tally = Counter[str]()
    for row in written:
        tally[row.outcome] += row.count
    return Preview(
        written, _tallies(column, written), answered=tally[WORDS] + tally[VALUES] + tally[LEFT],
        cannot_say=tally[CANNOT_SAY], blank=cells.get("", 0), unfit=tally[UNFIT],
    )  # fmt: skip


def _written(column: Column, cell: str, count: int, half: str, language: str, habit: Habit) -> Written:
    if not column.kept:
        return Written(cell, count, LEFT)
    if column.kind in {"open", BESIDE}:
        return Written(cell, count, WORDS, text=in_language(cell, half))
    try:
        said = says(column, cell, language, habit)
    except DoesNotFit:
        return Written(cell, count, UNFIT)
    return Written(cell, count, CANNOT_SAY if said[0].cannot_say else VALUES, tuple(said))


def _tallies(column: Column, written: tuple[Written, ...]) -> tuple[Tally, ...]:
    """Points and options in order, each with its count, also those that nobody chose; other values lowest first."""
    places = {item_id: place for place, item_id in enumerate(line_ids(column))}
    by_option = len(places) > 1
    counts: Counter[float | str] = Counter()
    for row in written:
        for one in row.said:
            if row.outcome == VALUES:
                if by_option and (column.kind == "rank" or one.value):
                    counts[one.item_id] += row.count
                elif not by_option:
                    counts[one.text if one.value is None else one.value] += row.count
    if by_option:
        return tuple(Tally(item_id, place, counts[item_id]) for item_id, place in places.items())
    points = {point["value"]: place for place, point in enumerate(column.points)}
    known = [Tally(value, place, counts[value]) for value, place in points.items()]
    rest = sorted((value for value in counts if value not in points), key=lambda value: (isinstance(value, str), value))
    return tuple(known + [Tally(value, None, counts[value]) for value in rest])
