"""Where labels of a chart can stand without lying over each other."""

from collections.abc import Sequence

import numpy as np

_ROUNDS = 400


def apart(
    wished: Sequence[Sequence[float]], boxes: Sequence[tuple[float, float]], edge: float = 1.04
) -> list[tuple[float, float]]:
    """The middles of boxes (width, height), as near to the wished places as room allows, in a field of -edge to edge.

    Boxes that overlap push each other away along the side on which they overlap least, the same way each time, until
    none does; a field that is too full for all keeps the best it has come to.
    """
    if not len(wished):
        return []
    at = np.array(wished, dtype=float)
    half = np.array(boxes, dtype=float) / 2
    room = np.maximum(edge - half, 0)
    at = np.clip(at, -room, room)
    best, least = at.copy(), np.inf
    for _round in range(_ROUNDS):
        push, overlapped = _pushes(at, half)
        if overlapped < least:
            best, least = at.copy(), overlapped
        if overlapped == 0:
            break
        at = np.clip(at + push, -room, room)
    return [(float(x), float(y)) for x, y in best]


def _pushes(at: np.ndarray, half: np.ndarray) -> tuple[np.ndarray, float]:
    """How far each box is pushed in this round, and the area on which boxes overlap."""
    one, other = np.triu_indices(len(at), 1)
    away = at[one] - at[other]
    inside = half[one] + half[other] - np.abs(away)
    meet = (inside > 1e-9).all(axis=1)
    one, other, away, inside = one[meet], other[meet], away[meet], inside[meet]
    rows, side = np.arange(len(one)), inside.argmin(axis=1)
    shift = np.where(away[rows, side] >= 0, 1.0, -1.0) * (inside[rows, side] / 2 + 1e-3)
    push = np.zeros_like(at)
    np.add.at(push, (one, side), shift)
    np.subtract.at(push, (other, side), shift)
    return push, float(inside.prod(axis=1).sum())
