"""Which cells of published counts are hidden besides those that must be, so that nobody can work these out."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from coding.recovering import Counts, Family, Marks, families

Cell = tuple[int, int]
_NOTHING = 1e-6


def suppress(counts: Counts, primary: Marks, untold: Marks | None = None) -> Marks:
    """The primary cells (sets, codes) and few others, small counts first, until no hidden cell is recoverable.

    A set of everyone is hidden only where nothing else helps. `untold` cells stand nowhere and need no protection.
    """
    spare = np.zeros_like(primary) if untold is None else untold & ~primary
    hidden = primary | spare
    for family in families(counts):
        if primary[:, family.codes].any():
            hidden[:, family.codes] = _of_family(family, primary[:, family.codes], spare[:, family.codes])
    return hidden


def _of_family(family: Family, primary: Marks, spare: Marks) -> Marks:
    """Code by code from below with quick proofs; cells for which there is none are asked exactly.

    What is known whatever is hidden, as by the quote of a segment's only expert, is helped by nothing.
    """
    needed, helped = primary | spare, None
    while True:
        hidden, proven = needed.copy(), True
        for code in sorted(range(hidden.shape[1]), key=lambda each: -_depth(family, each)):
            proven &= _of_code(family, hidden, needed, spare, code, pairs=False) or _of_code(
                family, hidden, needed, spare, code, pairs=True
            )
        if proven:
            return hidden
        known = family.known(hidden, ~spare if helped is None else helped)
        if known.any() and helped is None:
            helped = ~family.known(np.ones_like(hidden)) & ~spare
            known = family.known(hidden, helped)
        if not known.any():
            return hidden
        for code in np.flatnonzero(known.any(axis=0)).tolist():
            needed[_next(family, hidden, (int(np.flatnonzero(known[:, code])[0]), code))] = True


def _next(family: Family, hidden: Marks, cell: Cell) -> Cell:
    """What to hide against a cell that is known: of its code as long as something is shown there."""
    row = _takes_part(family, hidden, cell) or [(int(at), int(code)) for at, code in np.argwhere(~hidden)]
    return min(row, key=lambda other: (other[0] != cell[0], _order(family, hidden, cell, other)))


def _takes_part(family: Family, hidden: Marks, cell: Cell) -> list[Cell]:
    """The shown cells of a code out of which this one can be computed; all that are shown if it cannot."""
    shown = np.flatnonzero(~hidden[:, cell[1]])
    return [(at, cell[1]) for at in _derivation(family.counts.sets, shown, cell[0]) or shown.tolist()]


def _of_code(
    family: Family, hidden: Marks, needed: Marks, spare: Marks, code: int, *, pairs: bool
) -> bool:  # fmt: skip
    """Hide more of one code, in place, until no cell of it is fixed, then show again what was hidden in vain.

    With `pairs` each cell together with that of the code above, which then stays hidden. False, with nothing more
    hidden, where that is not enough.
    """
    above = family.parents[code]
    if pairs and above < 0:
        return False
    before = hidden.copy()
    while (fixed := family.fixed(hidden, code).any(axis=0) & ~spare[:, code]).any():
        at = int(np.flatnonzero(fixed)[0])
        if hidden[:, code].all() and (not pairs or hidden[:, above].all()):
            hidden[:] = before
            return False
        row = _takes_part(family, hidden, (at, code)) or [
            (int(each), code) for each in np.flatnonzero(~hidden[:, above])
        ]
        chosen = min(row, key=lambda cell: _order(family, hidden, (at, code), cell))
        hidden[chosen] = True
        if pairs:
            hidden[chosen[0], above] = True
    columns = [code, above] if pairs else [code]
    complements: list[int] = np.flatnonzero(hidden[:, code] & ~before[:, code]).tolist()
    for each in sorted(complements, key=lambda at: _cost(family, (at, code)), reverse=True):
        kept = hidden[each, columns]
        hidden[each, columns] = before[each, columns]
        if (family.fixed(hidden, code) & ~spare[:, code]).any():
            hidden[each, columns] = kept
    needed[:, above] |= hidden[:, above] if pairs else False
    return True


def _order(family: Family, hidden: Marks, cell: Cell, other: Cell) -> tuple[bool, bool, tuple[bool, int, int]]:
    """Which other cell is hidden first: where the code above is hidden too, and where it hides why."""
    above = family.parents[cell[1]]
    apart = above >= 0 and bool(hidden[cell[0], above]) and not hidden[other[0], above]
    return apart, not _hides_why(family, cell, other), _cost(family, other)


def _depth(family: Family, code: int) -> int:
    depth = 0
    while family.parents[code] >= 0:
        code, depth = family.parents[code], depth + 1
    return depth


def _derivation(sets: Marks, shown: NDArray[np.intp], at: int) -> list[int]:
    """The shown sets out of which this one can be added and subtracted, few of them; [] if it cannot."""
    rows = _sum_of(tuple(map(tuple, sets[shown].tolist())), tuple(sets[at].tolist()))
    return [int(each) for each in shown[list(rows)]]


@lru_cache(maxsize=10_000)
def _sum_of(shown: tuple[tuple[bool, ...], ...], wanted: tuple[bool, ...]) -> tuple[int, ...]:
    """The rows that add up to another, with few of them added or subtracted; () where none do."""
    if not shown:
        return ()
    matrix, goal = np.array(shown, dtype=float).T, np.array(wanted, dtype=float)
    if np.abs(matrix @ np.linalg.lstsq(matrix, goal)[0] - goal).max() > _NOTHING:
        return ()
    answer = linprog(np.ones(2 * len(shown)), A_eq=np.hstack([matrix, -matrix]), b_eq=goal, bounds=(0, None))
    if answer.x is None:
        return ()
    weights = answer.x[: len(shown)] - answer.x[len(shown) :]
    return tuple(np.flatnonzero(np.abs(weights) > _NOTHING).tolist())


def _hides_why(family: Family, cell: Cell, other: Cell) -> bool:
    """Whether the other cell could as well be the one that says “all”: who knows the rule learns nothing then."""
    missing = family.n[other[0]] - family.k[other[0], cell[1]]
    return bool(0 < missing <= family.k[cell[0], cell[1]])


def _cost(family: Family, cell: Cell) -> tuple[bool, int, int]:
    everyone = bool(family.counts.sets[cell[0]].all())
    return everyone, int(family.k[cell]), int(family.n[cell[0]])
