"""Dates and times as forms write them."""

import re
from datetime import date

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


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
