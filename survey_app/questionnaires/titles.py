"""Lines above the header of a table: its title, a date, who made it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from survey_app.rosters.tables import number_of
from transcripts.messages import Message, counted

MOST_ABOVE = 10
"""Most filled lines above a header."""
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


def below_title(lines: Sequence[list[str]]) -> tuple[list[list[str]], tuple[Message, ...]]:
    """The lines from the header on, and which row was taken for it where others stand above.

    A title is one text, in one cell or the same in all that were merged. What follows is a header only if it has words
    in every cell, as many as the rows below it, and most of these say more than one thing.
    """
    above = 0
    while above < min(MOST_ABOVE + 1, len(lines)) and _texts(lines[above]) < 2:
        above += 1
    if not 0 < above < len(lines) - 1 or above > MOST_ABOVE or not _is_header(lines[above], lines[above + 1 :]):
        return list(lines), ()
    warning = counted(
        "Row {row} was taken for the header; {count} row above it was left out: {title}.",
        "Row {row} was taken for the header; {count} rows above it were left out: {title}.",
        above, row=number_of(lines[above], above + 1), title=_short(next(filter(None, lines[0]))),
    )  # fmt: skip
    return list(lines[above:]), (warning,)


def _is_header(header: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    named = [cell for cell in header if cell]
    widths = [sum(map(bool, line)) for line in below]
    several = sum(_texts(line) > 1 for line in below)
    return (
        not any(_NUMBER.fullmatch(cell) for cell in named) and len(named) >= median(widths)
        and 2 * several >= len(below)
    )  # fmt: skip


def _texts(line: Sequence[str]) -> int:
    """How many different things a line says."""
    return len({cell for cell in line if cell})


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:90]}…”" if len(words) > 90 else f"“{words}”"
