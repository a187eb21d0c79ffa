"""Which topic is which: topics of two runs, or of two levels of one, matched by the statements that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from coding.topics.result import LEFT_OUT

HALF = 0.5
"""Share of the smaller topic's statements from which two topics are the same, or one a part of the other."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs over the `statements` that both have placed; topics are called by their place in the runs' lists.

    `shared`: how many of these statements topic a of one and topic b of the other have both, int (a, b). `pairs`: the
    topics that are the same. `splits`: topics of one that fall into two or more of the other; `merges`: topics of the
    other that two or more of the one have gone into. `nmi` and `ari` are None without two statements.
    """

    statements: int
    shared: np.ndarray
    pairs: tuple[tuple[int, int], ...]
    splits: Mapping[int, tuple[int, ...]]
    merges: Mapping[int, tuple[int, ...]]
    nmi: float | None
    ari: float | None


def compare(one: Mapping[str, Any], other: Mapping[str, Any]) -> Comparison:
    """Which topic of the one run became which of the other; runs are results as JSON holds them."""
    shared = shared_statements(one, other)
    rows, columns = shared.sum(axis=1), shared.sum(axis=0)
    inside = shared >= HALF * np.maximum(columns, 1)  # of topic b at least half lies in topic a
    around = shared >= HALF * np.maximum(rows, 1)[:, None]
    splits = {a: tuple(np.flatnonzero(row).tolist()) for a, row in enumerate(inside) if row.sum() > 1}
    merges = {b: tuple(np.flatnonzero(row).tolist()) for b, row in enumerate(around.T) if row.sum() > 1}
    n = int(shared.sum())
    return Comparison(
        n, shared, tuple(matched(shared, rows, columns)), splits, merges,
        mutual_information(shared) if n > 1 else None, adjusted_rand(shared) if n > 1 else None,
    )  # fmt: skip


def shared_statements(one: Mapping[str, Any], other: Mapping[str, Any]) -> np.ndarray:
    """How many statements the topics of two runs have in common: int (topics of one, topics of the other)."""
    rows = {topic["topic"]: place for place, topic in enumerate(one["topics"])}
    columns = {topic["topic"]: place for place, topic in enumerate(other["topics"])}
    there = {
        each["statement_id"]: columns[each["topic"]]
        for each in other["assignments"]
        if each["topic"] != LEFT_OUT and each["topic"] in columns
    }
    table = np.zeros((len(rows), len(columns)), dtype=np.int64)
    for each in one["assignments"]:
        if each["topic"] in rows and each["statement_id"] in there:
            table[rows[each["topic"]], there[each["statement_id"]]] += 1
    return table


def matched(
    shared: np.ndarray, sizes: Sequence[int] | np.ndarray, others: Sequence[int] | np.ndarray
) -> list[tuple[int, int]]:
    """Pairs of the same topic, each in one pair at most: those with the largest sum of Jaccard indices of statements
    (Kuhn 1955, the Hungarian method), without pairs that share less than half of the smaller topic's statements.

    `shared` is int (a, b); `sizes` and `others` say how many statements each of the a and of the b topics has.
    """
    from scipy.optimize import linear_sum_assignment

    if not shared.size:
        return []
    one, other = np.asarray(sizes)[:, None], np.asarray(others)[None, :]
    enough = (shared > 0) & (shared >= HALF * np.minimum(one, other))
    jaccard = np.where(enough, shared / np.maximum(one + other - shared, 1), 0.0)
    rows, columns = linear_sum_assignment(jaccard, maximize=True)
    return [(int(a), int(b)) for a, b in zip(rows, columns, strict=True) if enough[a, b]]


def adjusted_rand(table: np.ndarray) -> float:
    """Adjusted Rand index (Hubert, Arabie 1985) of a contingency table: 1 the same groups, 0 chance."""
    pairs, rows, columns = (float((each * (each - 1) / 2).sum()) for each in (table, table.sum(1), table.sum(0)))
    n = float(table.sum())
    expected = rows * columns / (n * (n - 1) / 2)
    most = (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def mutual_information(table: np.ndarray) -> float:
    """Mutual information of a contingency table over the mean of both entropies (Strehl, Ghosh 2002, with the
    arithmetic mean): 1 the same groups, 0 nothing in common."""
    joint = table / table.sum()
    rows, columns = joint.sum(axis=1), joint.sum(axis=0)
    own = (_entropy(rows) + _entropy(columns)) / 2
    return 1.0 if own == 0 else (2 * own - _entropy(joint)) / own


def _entropy(shares: np.ndarray) -> float:
    there = shares[shares > 0]
    return float(-(there * np.log(there)).sum())
