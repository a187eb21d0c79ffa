"""Rankings as grids: places under the options, or options under the places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from survey_app.questionnaires.column import Column
from survey_app.questionnaires.guide_items import split_header
from survey_app.questionnaires.scales import number_in
from survey_app.rosters.tables import Table

_RANKING = re.compile(r"\brank|ранж|по важности|in order of|по порядку|место", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\s*(\d{1,2})(?:st|nd|rd|th|-?(?:е|й|ое|ый))?\b\s*(?:место|place|choice|выбор)?\s*", re.IGNORECASE
)


def is_ranking(table: Table, grid: Sequence[str]) -> bool:
    """Whether the columns hold places: in every row 1, 2, 3, … once each."""
    if len(grid) < 3 and _RANKING.search(grid[0]) is None:
        return False
    rows = 0
    for cells in zip(*(table.values(name) for name in grid), strict=True):
        places = [place_in(cell) or 0 for cell in cells if cell]
        if len(places) > 1:
            rows += 1
            if sorted(places) != list(range(1, len(places) + 1)):
                return False
    return rows > 1


def places(table: Table, grid: Sequence[str]) -> dict[str, int]:
    """The place that each column stands for («Question [1 место]»), where options stand under places; else {}."""
    found = {name: place_in(split_header(name)[1]) or 0 for name in grid}
    if len(grid) < 2 or sorted(found.values()) != list(range(1, len(grid) + 1)) or not _RANKING.search(grid[0]):
        return {}
    worded = all(number_in(value) is None for name in grid for value in table.values(name) if value)
    return found if worded else {}


def with_last_places(kept: Iterable[Column], columns: Iterable[Column]) -> list[Column]:
    """The columns, those of a ranking with as many places as it has lines in the file, left out or not, or more where
    it is known to have more."""
    lines = Counter(column.parent_id for column in columns if column.parent_id)
    return [
        replace(column, highest=max(float(lines[column.parent_id]), column.highest or 0.0))
        if column.kind == "rank" and not column.points and column.parent_id else column
        for column in kept
    ]  # fmt: skip


@lru_cache(maxsize=4096)
def place_in(text: str) -> int | None:
    """1 for "1", "1st", «1 место»; None for anything else."""
    found = _ORDINAL.fullmatch(text)
    return int(found[1]) if found else None
