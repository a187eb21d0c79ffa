"""The day that a text or a file's name speaks of, in the ways that English and Russian write it."""

import re
from datetime import date

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12, "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9,
    "окт": 10, "ноя": 11, "дек": 12,
}  # fmt: skip
_NUMBERS = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./]?(0[1-9]|1[0-2])[-_./]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)([0-3]?\d)[-_./]([01]?\d)[-_./]((?:19|20)\d\d)(?!\d)")
_WORDS = re.compile(r"(?<!\d)([0-3]?\d)[-\s]([^\W\d_]{3,9})[.,]?[-\s]((?:19|20)\d\d)(?!\d)")
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,9})\.?\s([0-3]?\d),?\s((?:19|20)\d\d)(?!\d)")


def date_in(text: str) -> str:
    """The first day that is written in `text` as an ISO date, or "". Numbers with the day first are read as such."""
    found: list[tuple[int, str]] = []
    for match in _NUMBERS.finditer(text):
        found.append((match.start(), _iso(match[1], match[2], match[3])))
    for match in _DAY_FIRST.finditer(text):
        found.append((match.start(), _iso(match[3], match[2], match[1])))
    for match in _WORDS.finditer(text):
        found.append((match.start(), _iso(match[3], _month(match[2]), match[1])))
    for match in _MONTH_FIRST.finditer(text):
        found.append((match.start(), _iso(match[3], _month(match[1]), match[2])))
    return next((day for _place, day in sorted(found) if day), "")


def _month(word: str) -> str:
    return str(_MONTHS.get(word[:3].lower(), 0))


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
