"""Rows below the header that are headers themselves: repeated in mid-table, or in the form's other language."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from survey_app.questionnaires.headings import unmarked
from survey_app.questionnaires.wording import forms, plain_key, script
from survey_app.rosters.tables import number_of
from transcripts.messages import Message, counted

MOSTLY = 0.8
"""Least share of a row's filled cells that say what the header says."""
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Body:
    """Lines with one header. `other` is the header in the form's other language, or ()."""

    lines: list[list[str]]
    other: tuple[str, ...] = ()
    warnings: tuple[Message, ...] = ()


def without_header_rows(lines: Sequence[list[str]], known: Collection[str] = ()) -> Body:
    """The lines without rows that repeat the header. `known` are keys that only a header has in its first cell.

    A header in another language directly below the first one is kept for the labels; no other is.
    """
    header = lines[0]
    keys = [plain_key(cell) for cell in header]
    kept, left = [header], []
    other: tuple[str, ...] = ()
    for place, line in enumerate(lines[1:], 2):
        if not _is_header(line, header, keys, known):
            kept.append(line)
        elif place == 2 and _other_language(header, line):
            other = tuple(unmarked(cell) for cell in line)
        else:
            left.append(number_of(line, place))
    if not left:
        return Body(kept, other)
    rows = ", ".join(map(str, left[:MOST_NAMED])) + (", …" if len(left) > MOST_NAMED else "")
    warning = counted(
        "Row {rows} repeats the header and was left out.",
        "{count} rows repeat the header and were left out: {rows}.", len(left), rows=rows,
    )  # fmt: skip
    return Body(kept, other, (warning,))


def _is_header(line: Sequence[str], header: Sequence[str], keys: Sequence[str], known: Collection[str]) -> bool:
    if known and line[0] and forms(line[0]) & set(known):
        return True
    first = islice((place for place, cell in enumerate(line) if cell), 3)
    if not any(line[place] == header[place] for place in first if place < len(header)):
        return False
    filled = [place for place, cell in enumerate(line) if cell]
    same = sum(place < len(keys) and plain_key(line[place]) == keys[place] for place in filled)
    return same >= max(2, MOSTLY * len(filled))


def _other_language(header: Sequence[str], line: Sequence[str]) -> bool:
    one, other = script(" ".join(header[1:])), script(" ".join(line[1:]))
    return bool(one and other) and one != other
