"""Columns of one question seen together: a grid, a ranking, the options of a choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from survey_app.questionnaires.export import Head
from survey_app.questionnaires.rankings import is_ranking, places
from survey_app.rosters.tables import Table


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns of one question, every different value in them, and what they rank: places, or options by place."""

    names: tuple[str, ...]
    said: tuple[str, ...]
    ranking: bool
    places: dict[str, int]


def grids_of(table: Table, heads: Mapping[str, Head]) -> dict[str, Grid]:
    """The grid of every column, by name; a column without a line stands alone, one that continues another has none."""
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in table.columns:
        head = heads[name]
        if head.continues:
            continue
        shared[head.question, "" if head.line else name].append(name)
    found: dict[str, Grid] = {}
    for names in shared.values():
        grid = Grid(
            tuple(names), tuple(filter(None, dict.fromkeys(chain.from_iterable(map(table.distinct, names))))),
            len(names) > 1 and is_ranking(table, names), places(table, names),
        )  # fmt: skip
        found |= dict.fromkeys(names, grid)
    return found
