"""The rows of a chart of answers: the lines of a question for one segment, or the segments for one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from coding.segments import ALL
from survey_app.language import label
from survey_app.views.answer_counts import ANSWER, CANNOT_SAY, MISSING, OFF_SCALE, UNFIT, Spread, spread, upper
from survey_app.views.segment_names import records, segment_name


@dataclass(frozen=True)
class Strip:
    """One row: a line of the question as one segment answered it. `rows` are the prepared rows that it rests on."""

    name: str
    item_id: str
    segment: str
    rows: list[dict[str, Any]]

    @cached_property
    def line(self) -> str:
        """What the line is called."""
        return label(self.rows[0])

    @cached_property
    def answers(self) -> list[dict[str, Any]]:
        """The answers that say something, in the scale's order."""
        return [row for row in self.rows if row["state"] == ANSWER]

    @property
    def n(self) -> int:
        """Experts of the segment."""
        return int(self.rows[0]["n"])

    @property
    def answered(self) -> int:
        """Experts who answered and could say."""
        return int(self.rows[0]["answered"])

    @property
    def cannot_say(self) -> int:
        """Experts who answered that they cannot say."""
        return self._count(CANNOT_SAY)

    @property
    def off_scale(self) -> int:
        """Experts whose number is no point of the scale."""
        return self._count(OFF_SCALE)

    @property
    def unfit(self) -> int:
        """Experts whose answer could not be read."""
        return self._count(UNFIT)

    @property
    def missing(self) -> int:
        """Experts who did not answer."""
        return self._count(MISSING)

    @cached_property
    def spread(self) -> Spread:
        """Median, mean and range of the answers."""
        return spread(self.rows)

    @property
    def upper(self) -> int:
        """Experts above the middle of the scale."""
        return upper(self.rows)

    def chose(self, value: float) -> int:
        """Experts who gave this answer."""
        return int(sum(row["k"] for row in self.answers if row["value"] == value))

    def _count(self, state: str) -> int:
        return int(sum(row["k"] for row in self.rows if row["state"] == state))


def strips(prepared: pd.DataFrame, *, segment: str = ALL, line: str = "") -> list[Strip]:
    """The lines as `segment` answered them, strongest first; or `line` (a question's only line always) by segments."""
    if by_segments(prepared, line):
        rows = prepared[prepared["item_id"] == (line or prepared["item_id"].iloc[0])]
        everyone = [_strip(part, of_segment=True) for part in _parts(rows, "segment")]
        return sorted(everyone, key=lambda strip: strip.segment != ALL)
    rows = prepared[prepared["segment"] == segment]
    return sorted((_strip(part) for part in _parts(rows, "item_id")), key=_strength, reverse=True)


def points(rows: list[Strip]) -> list[dict[str, Any]]:
    """The points of the scales of all rows, ascending; in the words of the first row that has them."""
    found: dict[float, dict[str, Any]] = {}
    for strip in rows:
        for point in strip.answers:
            found.setdefault(point["value"], point)
    return [found[value] for value in sorted(found)]


def by_segments(prepared: pd.DataFrame, line: str) -> bool:
    """Whether rows are segments: a line was chosen, or the question has no other."""
    return bool(line) or prepared["item_id"].nunique() == 1


def _parts(rows: pd.DataFrame, column: str) -> Iterable[list[dict[str, Any]]]:
    """The rows that have the same in a column, in the order in which each comes first."""
    found = dict[str, list[dict[str, Any]]]()
    for row in records(rows):
        found.setdefault(row[column], []).append(row)
    return found.values()


def _strip(told: list[dict[str, Any]], *, of_segment: bool = False) -> Strip:
    name = segment_name(told[0]) if of_segment else label(told[0])
    return Strip(name, str(told[0]["item_id"]), str(told[0]["segment"]), told)


def _strength(strip: Strip) -> tuple[float, ...]:
    """What puts a line above another."""
    kind = strip.rows[0]["kind"]
    if kind == "rank":
        return strip.chose(1), sum(row["k"] for row in strip.answers)
    if kind == "multi":
        return (strip.chose(1),)
    found = strip.spread
    if not found.answered:
        return (float("-inf"),)
    return (found.median, found.mean) if kind == "numeric" else (strip.upper / found.answered, found.mean)
