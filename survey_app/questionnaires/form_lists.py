"""A list of choices as options: which of them are points of a scale, and which says that one cannot say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from survey_app.questionnaires.form_rows import OWN, Row
from survey_app.questionnaires.instrument import Option
from survey_app.questionnaires.scales import (
    CANNOT_SAY_NUMBERS,
    LARGEST_POINT,
    point_of,
    propose_scale,
    says_nothing,
)
from survey_app.rosters.tables import UnreadableTable
from transcripts.messages import sentence

FEWEST_POINTS = 3
"""Fewer choices are a scale only where their values are written."""
OTHER = Option("other", ("Other", "Другое"), 0.0, other=True)
_NUMBER = re.compile(r"-?[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """The options of a list. `scale`: they are points; `by_names`: nothing but numbers as names says so."""

    options: tuple[Option, ...]
    scale: bool
    by_names: bool = False


def choice_list(rows: Sequence[Row]) -> ChoiceList:
    """The options of the rows of one list. Raises UnreadableTable naming the row that does not fit."""
    _check_names(rows)
    silent = [_says_nothing(row) for row in rows]
    points = [row for row, is_silent in zip(rows, silent, strict=True) if not is_silent]
    written = [row.number(OWN + "value") for row in points]
    names = [row.text("name") for row in points]
    by_names = False
    values: list[float] | None
    if any(value is not None for value in written):
        missing = next((row for row, value in zip(points, written, strict=True) if value is None), None)
        if missing is not None:
            raise UnreadableTable(
                sentence(
                    "Row {row} of “{sheet}”: the choice “{name}” has no value, and others of its list have one. "
                    "Fill in the column {column}.",
                    **missing.where, column=OWN + "value",
                )
            )  # fmt: skip
        values = [value for value in written if value is not None]
    else:
        values = _in_order(names)
        by_names = values is not None
        values = values or _by_words(points)
    scale = values is not None
    numbers = iter(values or [float(place) for place in range(1, len(points) + 1)])
    taken = set(values or ())
    options = []
    for row, is_silent in zip(rows, silent, strict=True):
        value = _silent_value(row, taken) if is_silent else next(numbers)
        taken.add(value)
        label = row.words("label")
        options.append(
            Option(
                row.text("name"), label if any(label) else (row.text("name"), ""), value, row.text(OWN + "code"),
                row.yes(OWN + "other") is True, is_silent,
            )
        )  # fmt: skip
    return ChoiceList(tuple(options), scale, by_names)


def with_other(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options with one that asks for words of one's own, as or_other adds it."""
    if any(option.key == OTHER.key for option in options):
        return tuple(replace(option, other=option.other or option.key == OTHER.key) for option in options)
    last = max((option.value for option in options if not option.cannot_say), default=0.0)
    return (*options, replace(OTHER, value=last + 1))


def _check_names(rows: Sequence[Row]) -> None:
    seen: set[str] = set()
    for row in rows:
        name = row.text("name")
        if not name or re.search(r"\s", name):
            raise UnreadableTable(
                sentence(
                    "Row {row} of “{sheet}”: “{name}” is no name of a choice. Write one without spaces.",
                    **row.where,
                )
            )  # fmt: skip
        if name in seen:
            raise UnreadableTable(
                sentence(
                    "Row {row} of “{sheet}”: the choice “{name}” stands in its list twice. Give each its own name.",
                    **row.where,
                )
            )  # fmt: skip
        seen.add(name)


def _says_nothing(row: Row) -> bool:
    said = row.yes(OWN + "cannot_say")
    return any(label and says_nothing(label) for label in row.words("label")) if said is None else said


def _in_order(names: Sequence[str]) -> list[float] | None:
    """Names that are numbers from 0 to 10, each one more (or one less) than the one before; else None."""
    if len(names) < FEWEST_POINTS or not all(_NUMBER.fullmatch(name) for name in names):
        return None
    numbers = [float(name) for name in names]
    steps = {after - before for before, after in pairwise(numbers)}
    fits = steps in ({1.0}, {-1.0}) and min(numbers) >= 0 and max(numbers) <= LARGEST_POINT
    return numbers if fits else None


def _by_words(points: Sequence[Row]) -> list[float] | None:
    """Values by the usual words of a scale, in whichever language has them; else None."""
    for language in (0, 1):
        labels = [row.words("label")[language] for row in points]
        if len(labels) < FEWEST_POINTS or not all(labels):
            continue
        scale = propose_scale(labels)
        values = [value for label in labels if (value := point_of(scale, label)) is not None]
        if len(set(values)) == len(labels):
            return values
    return None


def _silent_value(row: Row, taken: set[float]) -> float:
    """The number of a choice that is no point: as written, as its name, or one that stands for it by custom."""
    written = row.number(OWN + "value")
    if written is not None:
        return written
    if _NUMBER.fullmatch(row.text("name")):
        return float(row.text("name"))
    return next(number for number in (*CANNOT_SAY_NUMBERS, *map(float, range(100, 20_000))) if number not in taken)
