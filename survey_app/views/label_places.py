"""Where labels of a chart can stand without lying over each other."""

from collections.abc import Sequence

import numpy as np

_ROUNDS = 400
_ACROSS, _UP = (0.0, 0.3, 0.6, 0.9), (0.0, 0.6, 1.2, 1.8, 2.4, 3.0)
"""How far from its middle a label may stand, in widths and heights of its own."""
_OVER_A_LABEL, _AWAY = 40.0, 0.8
"""What it costs to lie over a whole label, or a label's height away from the middle; to cover a mark costs 1."""


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


def beside(
    middles: Sequence[Sequence[float]], boxes: Sequence[tuple[float, float]], marks: np.ndarray, edge: float = 1.04
) -> list[tuple[float, float]]:
    """The middles of boxes (width, height) beside the `middles` that they name, where they cover few of the `marks`
    (n, 2), one after the other; none lies over another if `apart` finds room for all."""
    placed: list[np.ndarray] = []
    for number, middle in enumerate(middles):
        size = np.array(boxes[number], dtype=float)
        moves = np.array([(x * across, y * up) for across in _ACROSS for up in _UP for x in (1, -1) for y in (1, -1)])
        moves = moves * size
        room = np.maximum(edge - size / 2, 0)
        tried = np.clip(np.asarray(middle, dtype=float) + moves, -room, room)
        covered = (np.abs(marks[None] - tried[:, None]) < size / 2).all(axis=2).sum(axis=1).astype(float)
        cost = covered + _AWAY * np.hypot(*moves.T) / size[1]
        for other, at in enumerate(placed):
            inside = np.clip((size + boxes[other]) / 2 - np.abs(tried - at), 0, None)
            cost += _OVER_A_LABEL * inside.prod(axis=1) / size.prod()
        placed.append(tried[int(np.argmin(cost))])
    return apart([at.tolist() for at in placed], boxes, edge)


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
