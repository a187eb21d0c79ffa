"""What a reader could work out of hidden cells: every value that agrees with all that is shown, by integer programming.

Cox, L. H. (1995), Network models for complementary cell suppression, JASA 90, 1453–1462, has the idea; here codes are a
tree, segments of several segmentations overlap, and statements are counted beside experts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from coding.whole_numbers import Matrix, Whole, least

Marks = NDArray[np.bool_]
Tables = tuple[bool, bool]
"""Whether experts, and whether statements, of a code change."""
_BOTH, _EXPERTS, _STATEMENTS, _NONE = (True, True), (True, False), (False, True), (False, False)
_MOVES: list[tuple[Tables, Tables]] = [
    *((_BOTH, up) for up in (_NONE, _BOTH, _EXPERTS, _STATEMENTS)),
    *((here, up) for here in (_EXPERTS, _STATEMENTS) for up in (_NONE, here)),
]
"""Of a code, and of the code above it along with it."""
_GLANCES = 2
"""Directions in which other values are looked for, before each cell is asked by itself."""
_MOVED = 4


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What was counted, in the finest parts of the experts that a reader could tell apart.

    sizes (parts,); said and statements (parts, codes): experts who said it, and their statements. sets (sets, parts)
    are the segments that are shown, each with its parts; cells are (sets, codes). parent (codes,) is a position or -1;
    own (codes,) says whether a code is also applied by itself and not only with those under it. quoted (parts, codes):
    statements whose words are shown. A reader is taken to know all of it but what was said by whom.
    """

    sizes: Whole
    said: Whole
    statements: Whole
    sets: Marks
    parent: Whole
    own: Marks
    quoted: Whole

    @property
    def k(self) -> Whole:
        """Experts of each set who said it."""
        return self.sets.astype(np.int64) @ self.said

    @property
    def spoken(self) -> Whole:
        """Statements of each set."""
        return self.sets.astype(np.int64) @ self.statements

    @property
    def n(self) -> Whole:
        """Experts of each set."""
        return self.sets.astype(np.int64) @ self.sizes


@dataclass(frozen=True, slots=True, eq=False)
class Ranges:
    """The least and the greatest value of each cell that agrees with what is shown; both are its value where shown."""

    least: Whole
    greatest: Whole
    least_statements: Whole
    greatest_statements: Whole


def recoverable(counts: Counts, hidden: Marks) -> Marks:
    """The hidden cells of which a reader could work out experts or statements: only one value is possible."""
    found = np.zeros_like(hidden)
    for family in families(counts):
        found[:, family.codes] = family.known(hidden[:, family.codes])
    return found


def ranges(counts: Counts, hidden: Marks) -> Ranges:
    """What a reader could work out of each cell."""
    found = [counts.k.copy(), counts.k.copy(), counts.spoken.copy(), counts.spoken.copy()]
    for family in families(counts):
        concealed = hidden[:, family.codes]
        for at, column in zip(*np.nonzero(concealed), strict=True):
            for place, (table, sign) in enumerate(((0, 1), (0, -1), (1, 1), (1, -1))):
                wish = np.zeros((2, *concealed.shape))
                wish[table, at, column] = sign
                found[place][at, family.codes[column]] = family.point(concealed, wish)[table, at, column]
    return Ranges(*found)


def families(counts: Counts) -> list[Family]:
    """The codes under each root together: what one tells, no other root's code changes."""
    roots: dict[int, list[int]] = {}
    for code in range(len(counts.parent)):
        root = code
        while counts.parent[root] >= 0:
            root = int(counts.parent[root])
        roots.setdefault(root, []).append(code)
    return [Family(counts, np.array(codes)) for codes in roots.values()]


@dataclass(slots=True, eq=False)
class Family:
    """The codes of one tree as a system of linear inequalities in whole numbers.

    Unknowns are experts, then statements, of each part and code (2, parts, codes).
    """

    counts: Counts
    codes: Whole
    k: Whole = field(init=False)
    n: Whole = field(init=False)
    _parents: list[int] = field(init=False)
    _rows: Matrix = field(init=False)
    _sums: Matrix = field(init=False)
    _lower: Matrix = field(init=False)
    _upper: Matrix = field(init=False)
    _unknowns: Whole = field(init=False)
    _cells: Whole = field(init=False)
    _reach: tuple[Whole, Marks] = field(init=False)
    _others: list[Whole] = field(init=False, default_factory=list)
    _found: dict[int, list[tuple[Tables, Tables, Marks]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Write down what holds whatever is hidden, and what a shown cell adds to it."""
        counts, parts, codes = self.counts, len(self.counts.sizes), len(self.codes)
        place = {int(code): n for n, code in enumerate(self.codes)}
        self._parents = [place.get(int(counts.parent[code]), -1) for code in self.codes]
        self._unknowns = np.stack([counts.said[:, self.codes], counts.statements[:, self.codes]])
        self._cells = np.stack([counts.k[:, self.codes], counts.spoken[:, self.codes]])
        self.k, self.n = self._cells[0], counts.n
        most = self._unknowns[1].sum(axis=0) + counts.sizes.sum()
        quoted = counts.quoted[:, self.codes]
        self._lower = np.stack([np.minimum(quoted, 1), quoted]).astype(float)
        self._upper = np.stack([np.tile(counts.sizes[:, None], codes), np.tile(most, (parts, 1))]).astype(float)
        self._rows = self._rules(most)
        steps = _steps(parts)
        self._reach = steps, (steps @ counts.sets.T.astype(np.int64)) != 0
        sets = counts.sets.astype(float)
        self._sums = np.einsum("sp,tu,cd->tscupd", sets, np.eye(2), np.eye(codes))
        self._sums = self._sums.reshape(-1, self._unknowns.size)

    @property
    def parents(self) -> list[int]:
        """The place of the code above each, or -1."""
        return self._parents

    def known(self, hidden: Marks, among: Marks | None = None) -> Marks:
        """The hidden cells (sets, codes of the family) that have one value; among some, the first of each code."""
        still = np.stack([hidden if among is None else hidden & among] * 2)
        still &= np.stack([self.fixed(hidden, code) for code in range(hidden.shape[1])], axis=2)
        for other in self._others:
            if (hidden | (other == self._cells)).all():
                still &= other == self._cells
        chance = np.random.default_rng(0)
        for _glance in range(_GLANCES):
            if still.any():
                wish = np.where(still, chance.choice([-1.0, 1.0], still.shape) * chance.uniform(0.5, 1, still.shape), 0)
                still &= self.point(hidden, wish) == self._cells
        found = np.zeros_like(hidden)
        for code, at, table in np.argwhere(still.T).tolist():
            if among is not None and found[:at, code].any():
                continue
            for sign in self._directions(table, at, code):
                if still[table, at, code]:
                    wish = np.zeros(still.shape)
                    wish[table, at, code] = sign
                    still &= self.point(hidden, wish) == self._cells
            found[at, code] |= still[table, at, code]
        return found

    def _directions(self, table: int, at: int, code: int) -> list[float]:
        """Whether a cell could be less (1), more (-1) or both, by the bounds of its parts alone."""
        parts, value = self.counts.sets[at], self._cells[table, at, code]
        rooms = self._lower[table, parts, code].sum() < value, value < self._upper[table, parts, code].sum()
        return [sign for sign, room in zip((1.0, -1.0), rooms, strict=True) if room]

    def fixed(self, hidden: Marks, code: int) -> Marks:
        """The hidden cells (experts and statements, sets) of a code that no small exchange between parts changes, alone
        or together with a code above or below. What is changed has another possible value; the rest may still have.
        """
        moved, found = self._reach[1], np.zeros((2, len(self._reach[0])), dtype=bool)
        pairs = [(n, above) for n, above in enumerate(self._parents) if code in (n, above)]
        for below, above in pairs:
            unseen = ~moved[:, ~hidden[:, below]].any(axis=1)
            unseen_above = ~moved[:, ~hidden[:, above]].any(axis=1) if above >= 0 else unseen
            for here, up, fits in self._exchanges(below):
                passes = fits & unseen & unseen_above if any(up) else fits & unseen
                found[np.array(here if below == code else up)] |= passes
        return np.stack([hidden[:, code]] * 2) & ~np.stack([moved[ways].any(axis=0) for ways in found])

    def _exchanges(self, code: int) -> list[tuple[Tables, Tables, Marks]]:
        """Tables in which a code changes, tables in which the code above changes likewise, and by which ways of
        `_steps` that leaves a table that could be."""
        if code not in self._found:
            above = self._parents[code]
            self._found[code] = [
                (here, up, self._agree({code: here, above: up} if any(up) else {code: here}))
                for here, up in _MOVES
                if above >= 0 or not any(up)
            ]
        return self._found[code]

    def _agree(self, moved: dict[int, Tables]) -> Marks:
        """Which ways of `_steps` leave a table that could be where codes move by them in some tables.

        Each part must be right by itself, whatever the others are.
        """
        present, step = self._unknowns[:, None], np.array([0, 1, -1])  # a step is its own position
        values = {
            code: present[..., code] + np.multiply.outer(np.array(here), step)[..., None]
            for code, here in moved.items()
        }
        fits = np.ones((len(step), len(self.counts.sizes)), dtype=bool)
        for code in {*moved, *(self._parents[each] for each in moved)} - {-1}:
            now = values.get(code, present[..., code])
            low, high = self._lower[:, None, :, code], self._upper[:, None, :, code]
            well = (now >= low) & (now <= high) & (now[1] >= now[0]) & ((now[0] > 0) == (now[1] > 0))
            under = [values.get(n, present[..., n]) for n, above in enumerate(self._parents) if above == code]
            for each in under:
                well = well & (now >= each)
            if under and not self.counts.own[self.codes[code]]:
                well = well & (sum(under) >= now)
            if self._parents[code] >= 0:
                above = self._parents[code]
                well = well & (values.get(above, present[..., above]) >= now)
            fits &= well.all(axis=0)
        steps = self._reach[0]
        return np.asarray(fits[steps, np.arange(steps.shape[1])].all(axis=1))

    def point(self, hidden: Marks, wish: Matrix) -> Whole:
        """Cells (experts and statements, sets, codes) that agree with all that is shown and make the wish least."""
        lower, upper = self._lower.copy(), self._upper.copy()
        for at, part in self._alone:
            told = ~hidden[at]
            lower[:, part, told] = upper[:, part, told] = self._cells[:, at, told]
        shown = ~np.stack([hidden, hidden]).ravel()
        goal = np.einsum("sp,tsc->tpc", self.counts.sets.astype(float), wish)
        solved = least(
            goal.ravel(), self._rows, self._sums[shown], self._cells.ravel()[shown].astype(float), lower.ravel(),
            upper.ravel(),
        )  # fmt: skip
        self._others.append(np.einsum("sp,tpc->tsc", self.counts.sets.astype(np.int64), solved.reshape(lower.shape)))
        return self._others[-1]

    @property
    def _alone(self) -> list[tuple[int, int]]:
        """Sets of one part, with it."""
        one = np.flatnonzero(self.counts.sets.sum(axis=1) == 1)
        return [(int(at), int(np.flatnonzero(self.counts.sets[at])[0])) for at in one]

    def _rules(self, most: Whole) -> Matrix:
        """Rows that are at least 0: statements and experts of a cell, a code and the one above it."""
        place = np.arange(self._unknowns.size).reshape(self._unknowns.shape)
        rows: list[list[tuple[int, float]]] = []
        for said, spoken in zip(place[0], place[1], strict=True):
            for code in range(len(self.codes)):
                rows += [[(spoken[code], 1), (said[code], -1)], [(said[code], most[code]), (spoken[code], -1)]]
        for code, above in enumerate(self._parents):
            under = [n for n, each in enumerate(self._parents) if each == code]
            for unknowns in place.reshape(-1, len(self.codes)):
                if above >= 0:
                    rows.append([(unknowns[above], 1), (unknowns[code], -1)])
                if under and not self.counts.own[self.codes[code]]:
                    rows.append([*((unknowns[each], 1.0) for each in under), (unknowns[code], -1)])
        found = np.zeros((len(rows), place.size))
        for at, terms in enumerate(rows):
            for column, weight in terms:
                found[at, column] = weight
        return found


@cache
def _steps(parts: int) -> Whole:
    """Every way (ways, parts) in which one expert more or less in up to four parts makes a difference."""
    found = []
    for moved in range(1, min(parts, _MOVED) + 1):
        for places in combinations(range(parts), moved):
            signs = np.array(list(product((-1, 1), repeat=moved)))
            steps = np.zeros((len(signs), parts), dtype=np.int64)
            steps[:, places] = signs
            found.append(steps)
    return np.vstack(found)
