"""Rankings as grids: places under the options, or options under the places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from survey_app.questionnaires.guide_items import split_header
from survey_app.questionnaires.scales import number_in
from survey_app.rosters.tables import Table

_RANKING = re.compile(r"\brank|ранж|по важности|in order of|по порядку|место", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\s*(\d{1,2})(?:st|nd|rd|th|-?(?:е|й|ое|ый))?\b\s*(?:место|place|choice|выбор)?\s*", re.IGNORECASE
)


def is_ranking(table: Table, grid: Sequence[str]) -> bool:
    """Whether the columns hold places: in every row 1, 2, 3, … once each."""
    rows = [[place_in(row[name]) for name in grid if row[name]] for row in table.rows]
    rows = [row for row in rows if len(row) > 1]
    several = len(grid) > 2 or _RANKING.search(grid[0]) is not None
    return several and len(rows) > 1 and all(
        sorted(place or 0 for place in row) == list(range(1, len(row) + 1)) for row in rows
    )  # fmt: skip


def places(table: Table, grid: Sequence[str]) -> dict[str, int]:
    """The place that each column stands for («Question [1 место]»), where options stand under places; else {}."""
    found = {name: place_in(split_header(name)[1]) or 0 for name in grid}
    if len(grid) < 2 or sorted(found.values()) != list(range(1, len(grid) + 1)) or not _RANKING.search(grid[0]):
        return {}
    worded = all(number_in(value) is None for name in grid for value in table.values(name) if value)
    return found if worded else {}


def place_in(text: str) -> int | None:
    """1 for "1", "1st", «1 место»; None for anything else."""
    found = _ORDINAL.fullmatch(text)
    return int(found[1]) if found else None
