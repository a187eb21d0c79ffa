"""What each column says of itself: «Question [line]», a key for a header, or a question."""

from __future__ import annotations

import re

from survey_app.questionnaires.export import Export, Head
from survey_app.questionnaires.guide_items import split_header

_MACHINE_KEY = re.compile(r"(?!q\d)[A-Za-z][A-Za-z0-9_-]{0,39}")
"""A header that may be a key: none that looks like one of ours (q01), and no dots, which stand before lines."""


def heads_of(export: Export) -> dict[str, Head]:
    """A head for every column: the platform's own, or what the header itself tells."""
    asked: dict[str, list[str]] = {}
    for name in export.table.columns:
        asked.setdefault(split_header(name)[0], []).append(name)
    found = {}
    for number, name in enumerate(export.table.columns, 1):
        question, line = split_header(name)
        if name in export.heads:
            found[name] = export.heads[name]
        elif line and len(asked[question]) > 1:
            first = export.table.columns.index(asked[question][0]) + 1
            found[name] = Head(f"q{first:02d}", question, str(asked[question].index(name) + 1), line)
        else:
            found[name] = Head(name if _MACHINE_KEY.fullmatch(name) else f"q{number:02d}", name)
    return found
