"""What each column says of itself: «Question [line]», a key for a header, or a question."""

from __future__ import annotations

import re

from survey_app.questionnaires.export import Export, Head
from survey_app.questionnaires.guide_items import split_header
from survey_app.questionnaires.headings import asked_again

_MACHINE_KEY = re.compile(r"(?!q\d)[A-Za-z][A-Za-z0-9_-]{0,39}")
"""A header that may be a key: none that looks like one of ours (q01), and no dots, which stand before lines."""


def heads_of(export: Export) -> dict[str, Head]:
    """A head for every column: the platform's own, or what the header itself tells.

    A question that is asked twice in the same words is two questions.
    """
    numbers = {name: number for number, name in enumerate(export.table.columns, 1)}
    headings: dict[str, tuple[str, str, int]] = {}
    asked: dict[tuple[str, int], list[str]] = {}
    for name in numbers:
        heading, again = asked_again(name, numbers)
        question, line = split_header(heading)
        headings[name] = question, line, again
        asked.setdefault((question, again), []).append(name)
    found = {}
    for name, (question, line, again) in headings.items():
        grid = asked[question, again]
        if name in export.heads:
            found[name] = export.heads[name]
        elif line and len(grid) > 1:
            found[name] = Head(f"q{numbers[grid[0]]:02d}", question, str(grid.index(name) + 1), line)
        else:
            key = name if _MACHINE_KEY.fullmatch(name) else f"q{numbers[name]:02d}"
            found[name] = Head(key, f"{question} [{line}]" if line else question)
    return found
