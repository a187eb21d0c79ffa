"""Dates and times as forms write them."""

import re
from datetime import date
from functools import lru_cache

EITHER, DAY_FIRST, MONTH_FIRST, MIXED = "", "day", "month", "mixed"
"""What slashes mean: month first unless the first number cannot be one, one order alone, or nothing for sure."""

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap])\.?m)?", re.IGNORECASE)

_LONGEST = 40


def iso_moment(text: str, order: str = EITHER) -> str:
    """The day with the time that stands behind it, in ISO 8601; the day alone without one, "" without a day."""
    day, found = iso_date(text, order), _CLOCK.search(text)
    if not day or not found:
        return day
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        return day
    return f"{day}T{hour:02d}:{found[2]}" + (f":{found[3]}" if found[3] else "")


def slashed(text: str) -> tuple[int, int] | None:
    """The first two numbers of a date with slashes and the year at its end; None for anything else."""
    found = _SLASHED.match(text.strip()) if len(text) <= _LONGEST else None
    return (int(found[1]), int(found[2])) if found else None


@lru_cache(maxsize=16384)
def iso_date(text: str, order: str = EITHER) -> str:
    """The day that a text begins with, as in "11.10.2022 11:58:31" or "12/15/2025 10:18 GMT+7"; "" for none.

    `order` says what slashes mean; of MIXED ones nothing is read.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    if found := _ISO.match(text):
        year, month, day = map(int, found.groups())
    elif found := _DOTTED.match(text):
        day, month, year = map(int, found.groups())
    elif found := _SLASHED.match(text):
        month, day, year = map(int, found.groups())
        if order == MIXED:
            return ""
        if order == DAY_FIRST or (order == EITHER and month > 12):
            day, month = month, day
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
