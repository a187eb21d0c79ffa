"""How a column writes its dates and numbers: decided once from all its cells, not cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.questionnaires.dates import DAY_FIRST, EITHER, MIXED, MONTH_FIRST, slashed
from survey_app.questionnaires.scales import comma_in

_AMERICAN = re.compile(r"\b(?:GMT|UTC)\b|\d\s?[ap]\.?m\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Habit:
    """`order` of the numbers in slashed dates, EITHER without such dates; `guessed` where no cell tells it. `comma` is
    what one before three digits is: DECIMAL, THOUSANDS, or "" where no other cell tells it.
    """

    order: str = EITHER
    guessed: bool = False
    comma: str = ""


def habit_of(cells: Iterable[str], language: str = "") -> Habit:
    """The habit of a column, in a study in `language`."""
    distinct = [cell for cell in dict.fromkeys(cells) if cell]
    order, guessed = _order(distinct, language)
    return Habit(order, guessed, comma_in(distinct))


def _order(cells: list[str], language: str) -> tuple[str, bool]:
    """A number above 12 is a day; where there is none, zones, AM/PM and English stand for the month first."""
    pairs = [pair for cell in cells if (pair := slashed(cell))]
    if not pairs:
        return EITHER, False
    day, month = any(first > 12 for first, _second in pairs), any(second > 12 for _first, second in pairs)
    if day or month:
        return (MIXED if day and month else DAY_FIRST if day else MONTH_FIRST), False
    american = language == "en" or any(_AMERICAN.search(cell) for cell in cells if slashed(cell))
    return (MONTH_FIRST if american else DAY_FIRST), any(first != second for first, second in pairs)
