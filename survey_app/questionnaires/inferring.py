"""The kind of a column from its answers alone: a scale, a date, a number, a ranking, a choice, or words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from survey_app.questionnaires import choices
from survey_app.questionnaires.column import Column
from survey_app.questionnaires.dates import iso_date
from survey_app.questionnaires.disguised import is_disguised
from survey_app.questionnaires.grids import Grid
from survey_app.questionnaires.headings import unmarked
from survey_app.questionnaires.scales import (
    CANNOT_SAY_NUMBERS,
    MOST_WORDINGS,
    Scale,
    cannot_say_in,
    comma_in,
    is_error,
    leading_number,
    number_in,
    propose_scale,
    range_in,
    says_nothing,
)
from survey_app.questionnaires.units import is_number

_LONGEST_NUMBER = 25
_MOSTLY = 0.8
"""Least share of a column's numbers that keep to the range its header names, and of its cells that are numbers."""


def infer(column: Column, values: Mapping[str, int], grid: Grid, known: Sequence[Scale]) -> Column:
    """The column with the kind that its `values` have, each counted, and the points or options in them.

    What joins choices in a cell is the column's separator, or is found in the cells.
    """
    header, sign = unmarked(column.name), column.separator
    declared = cannot_say_in(header)
    said = _undisguised(
        {value: times for value, times in values.items() if not says_nothing(value, declared) and not is_error(value)}
    )
    column = replace(column, cannot_say=declared)
    if grid.ranking:
        return replace(column, kind="rank")
    if place := grid.places.get(column.name, 0):
        return replace(
            column, kind="rank", place=place, points=choices.points(grid.said), item_id=column.parent_id,
            parent_id="", label=column.parent_label, parent_label=("", ""),
        )  # fmt: skip
    if not said:
        return replace(column, kind="open")
    in_grid = len(grid.names) > 1
    for together in (grid.said, said):
        scale, numbers = _scale_of(header, _within(header, said, together), declared, known, in_grid=in_grid)
        if scale:
            return replace(column, kind="likert", points=scale, cannot_say=numbers)
        if in_grid and together is grid.said and (ticked := choices.ticked(grid.said, sign)):
            return replace(column, kind="multi", points=choices.with_other(choices.points(ticked), grid.said, sign))
    dates = [iso_date(value) for value in said]
    if all(dates):
        return replace(column, kind="date")
    numeric = all(len(value) <= _LONGEST_NUMBER and number_in(value) is not None for value in said)
    if not any(dates) and numeric and _mostly_plain(said):
        comma = comma_in(list(said))
        counted: Counter[float] = Counter()
        for value, times in said.items():
            if (number := number_in(value, comma)) is not None:
                counted[number] += times
        return _as_numeric(column, header, counted)
    if ranked := choices.ranked(said, sign):
        return replace(column, kind="rank", points=choices.points(ranked))
    if ticked := choices.ticked(said, sign):
        return replace(column, kind="multi", points=choices.with_other(choices.points(ticked), said, sign))
    if chosen := choices.chosen(said):
        return replace(column, kind="single", points=choices.points(chosen))
    return replace(column, kind="open")


def _mostly_plain(said: Mapping[str, int]) -> bool:
    """Whether most answers are numbers without words, or with their unit alone."""
    return sum(times for value, times in said.items() if is_number(value)) >= _MOSTLY * sum(said.values())


def _undisguised(said: dict[str, int]) -> dict[str, int]:
    """Without dates among answers of which most are none: a spreadsheet has made them of ranges and numbers."""
    plain = {value: times for value, times in said.items() if not is_disguised(value)}
    return plain if sum(plain.values()) > sum(said.values()) / 2 else said


def _as_numeric(column: Column, header: str, numbers: Mapping[float, int]) -> Column:
    """With the range that the header names, if most numbers keep to it; -1 among positive ones alone says nothing."""
    declared = column.cannot_say or ((-1.0,) if {number for number in numbers if number < 0} == {-1.0} else ())
    low, high = range_in(header) or (None, None)
    if (
        low is None
        or high is None
        or not _keep_to(low, high, {number: times for number, times in numbers.items() if number not in declared})
    ):
        low, high = None, None
    return replace(column, kind="numeric", cannot_say=declared, lowest=low, highest=high)


def _keep_to(low: float, high: float, numbers: Mapping[float, int]) -> bool:
    inside = sum(times for number, times in numbers.items() if low <= number <= high)
    return inside >= _MOSTLY * sum(numbers.values())


def _within(header: str, said: Mapping[str, int], together: Collection[str]) -> Collection[str]:
    """The answers of a grid without numbers outside the range that the header names, where most of `said` keep to it;
    numbers that say nothing by custom stay."""
    named = range_in(header)
    if named is None:
        return together
    numbers = {value: leading_number(value)[0] for value in {*said, *together}}
    numbers |= {value: number_in(value) for value, number in numbers.items() if number is None}
    told: Counter[float] = Counter()
    for value, times in said.items():
        if (n := numbers[value]) is not None and n not in CANNOT_SAY_NUMBERS:
            told[n] += times
    if not told or not _keep_to(*named, told):
        return together
    return [
        value for value in together
        if (n := numbers[value]) is None or named[0] <= n <= named[1] or n in CANNOT_SAY_NUMBERS
    ]  # fmt: skip


def _scale_of(
    header: str, said: Collection[str], declared: tuple[float, ...], known: Sequence[Scale], *, in_grid: bool
) -> tuple[Scale, tuple[float, ...]]:
    """A scale, and the numbers that stand beside it for "cannot say"; plain numbers need a grid or a named range."""
    if len(said) > MOST_WORDINGS:
        return (), declared
    for numbers in (declared, tuple(dict.fromkeys((*declared, *CANNOT_SAY_NUMBERS)))):
        rest = [value for value in said if not says_nothing(value, numbers)]
        scale = propose_scale(rest, known, header)
        plain = all(value.strip().lstrip("-−").isdigit() for value in rest)
        if scale and (not plain or in_grid or range_in(header) is not None):
            return scale, numbers
    return (), declared
