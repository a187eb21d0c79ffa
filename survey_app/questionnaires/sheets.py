"""Which sheet of a workbook holds the answers, where none is of a platform that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from survey_app.questionnaires.titles import below_title
from transcripts.messages import Message, sentence

_OF_REPEATS = {"_parent_index", "_parent_table_name", "_submission__id", "PARENT_KEY"}
"""Columns of a sheet whose rows are parts of the submissions on another one."""
_OF_FORMS = ({"type", "name"}, {"list_name", "name"}, {"list name", "name"})
"""Columns of sheets that ask and do not answer (XLSForm)."""
_DESCRIBED = 0.5
"""Least share of another sheet's columns that a sheet names in one of its own, if it describes them."""


def sheet_of_answers(sheets: Mapping[str, Sequence[list[str]]]) -> str:
    """The name of the sheet with most rows that looks like answers; of the first one where none does.

    `sheets` are filled lines by name, at least one sheet. A sheet of repeats, of a form, or one that describes the
    columns of another is none.
    """
    bodies = {title: below_title(lines)[0] for title, lines in sheets.items()}
    counts = {title: _rows(title, bodies) for title in bodies}
    return max(counts, key=lambda title: counts[title])


def chosen_sheet(title: str, sheets: Mapping[str, Sequence[list[str]]]) -> tuple[Message, ...]:
    """What is said where another sheet than the first filled one is read."""
    first = next(iter(sheets))
    if title == first:
        return ()
    return (
        sentence(
            "The answers were read from the sheet “{sheet}”, not from “{first}”. If they stand elsewhere, save their "
            "sheet as a file of its own.", sheet=title, first=first,
        ),
    )  # fmt: skip


def _rows(title: str, bodies: Mapping[str, list[list[str]]]) -> int:
    """How many rows of answers a sheet has; 0 where it holds something else."""
    header, *below = bodies[title]
    named = {cell for cell in header if cell}
    if len(named) < 2 or named & _OF_REPEATS or any(form <= named for form in _OF_FORMS):
        return 0
    others = [body[0] for other, body in bodies.items() if other != title]
    if any(_describes(below, other) for other in others):
        return 0
    return sum(sum(map(bool, line)) > 1 for line in below)


def _describes(below: Sequence[list[str]], header: Sequence[str]) -> bool:
    """Whether one of the first columns names the columns of another sheet."""
    names = {cell for cell in header if cell}
    if len(names) < 2:
        return False
    return any(
        len(names & {line[place] for line in below if len(line) > place}) >= _DESCRIBED * len(names)
        for place in range(2)
    )
