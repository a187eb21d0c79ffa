"""Which few experts a reader could single out by adding and subtracting segments that are shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

_WEIGHT = 50.0
"""No computation that a reader makes takes a segment more often."""


def singled_out(
    sizes: Sequence[int], shown: NDArray[np.bool_], minimum: int, most: int = 5
) -> list[tuple[NDArray[np.bool_], list[int]]]:
    """Sets of parts with fewer than `minimum` experts whose counts follow from those of shown sets, the smallest first.

    sizes (parts,): experts of each part; shown (sets, parts). With each: the shown sets that it is computed from. None
    of those found holds another, and at most `most` are looked for.
    """
    sets, parts = shown.shape
    people = np.array(sizes, dtype=float)
    found: list[tuple[NDArray[np.bool_], list[int]]] = []
    rows = [np.hstack([np.eye(parts), -shown.T.astype(float)])]  # chosen parts are a sum of weighted sets
    low, high = [np.zeros(parts)], [np.zeros(parts)]
    rows.append(np.hstack([people, np.zeros(sets)])[None])
    low.append(np.array([1.0]))
    high.append(np.array([minimum - 1.0]))
    whole = np.hstack([np.ones(parts), np.zeros(sets)])
    bounds = Bounds(
        np.hstack([np.zeros(parts), np.full(sets, -_WEIGHT)]), np.hstack([np.ones(parts), np.full(sets, _WEIGHT)])
    )
    while len(found) < most and parts and sets:
        constraint = LinearConstraint(np.vstack(rows), np.concatenate(low), np.concatenate(high))
        answer = milp(np.hstack([people, np.zeros(sets)]), constraints=constraint, integrality=whole, bounds=bounds)
        if answer.x is None:
            break
        chosen = answer.x[:parts] > 0.5
        found.append((chosen, [int(at) for at in np.flatnonzero(np.abs(answer.x[parts:]) > 1e-6)]))
        rows.append(np.hstack([chosen.astype(float), np.zeros(sets)])[None])  # not all of these together again
        low.append(np.array([-np.inf]))
        high.append(np.array([chosen.sum() - 1.0]))
    return found
