"""Dates and times as forms write them."""

import re
from datetime import date
from functools import lru_cache

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap])\.?m)?", re.IGNORECASE)


def iso_moment(text: str) -> str:
    """The day with the time that stands behind it, in ISO 8601; the day alone without one, "" without a day."""
    day, found = iso_date(text), _CLOCK.search(text)
    if not day or not found:
        return day
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        return day
    return f"{day}T{hour:02d}:{found[2]}" + (f":{found[3]}" if found[3] else "")


@lru_cache(maxsize=16384)
def iso_date(text: str) -> str:
    """The day that a text begins with, as in "11.10.2022 11:58:31" or "12/15/2025 10:18 GMT+7"; "" for none.

    Slashes mean month first, unless the first number cannot be a month.
    """
    text = text.strip()
    if len(text) > 40:
        return ""
    if found := _ISO.match(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.match(text):
        day, month, year = map(int, found.groups())
    elif found := _SLASHED.match(text):
        month, day, year = map(int, found.groups())
        if month > 12:
            day, month = month, day
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
