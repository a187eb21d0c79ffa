"""Judgements as arrays: who saw which unit and gave it which codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csr_array


@dataclass(frozen=True, eq=False)
class Coded:
    """`seen` (units x coders) and `applied` (units x coders x codes), both bool; `sizes` what each unit weighs.

    A unit is a statement, which weighs one, or a stretch of text, which weighs its characters; `pieces` then is the
    number of the statement in which the stretch lies.
    """

    units: list[str]
    coders: list[str]
    codes: list[str]
    seen: np.ndarray
    applied: np.ndarray
    sizes: np.ndarray
    pieces: np.ndarray | None = None

    @cached_property
    def coders_of_unit(self) -> np.ndarray:
        """How many coders saw each unit."""
        return self.seen.sum(axis=1)

    @cached_property
    def pairable(self) -> np.ndarray:
        """Whether two coders or more saw the unit (bool a unit)."""
        return self.coders_of_unit >= 2

    @cached_property
    def n_compared(self) -> int:
        """What the units that two coders saw weigh together: statements, or characters."""
        return int(self.sizes[self.pairable].sum())

    @cached_property
    def n_observed(self) -> int:
        """How many statements two coders saw, in whole or in part."""
        return int(self.pairable.sum()) if self.pieces is None else len(np.unique(self.pieces[self.pairable]))

    @cached_property
    def one_code_each(self) -> bool:
        """Whether every coder gave every unit exactly one code, so that the code is a category."""
        return bool(self.seen.any() and (self.applied.sum(axis=2)[self.seen] == 1).all())

    @cached_property
    def sets(self) -> tuple[np.ndarray, np.ndarray]:
        """The different sets of codes (sets x codes, bool) on units that two coders saw, and which of them each coder
        gave each unit (units x coders), -1 where not seen or by one coder alone.
        """
        compared = self.seen & self.pairable[:, None]
        numbers = np.full(self.seen.shape, -1)
        rows = self.applied[compared]
        if not self.codes or not len(rows):
            numbers[compared] = 0
            return np.zeros((1, len(self.codes)), dtype=bool), numbers
        packed = np.ascontiguousarray(np.packbits(rows, axis=1))
        keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
        _, first, number = np.unique(keys, return_index=True, return_inverse=True)
        numbers[compared] = number.ravel()
        return rows[first], numbers

    def set_counts(self) -> csr_array:
        """How many coders gave each unit each of the `sets` (units x sets)."""
        sets, numbers = self.sets
        unit, coder = np.nonzero(numbers >= 0)
        counts = csr_array((np.ones(len(unit)), (unit, numbers[unit, coder])), shape=(len(self.units), len(sets)))
        counts.sum_duplicates()
        return counts

    def only(self, units: np.ndarray) -> "Coded":
        """The units of a mask or of numbers."""
        names = [self.units[place] for place in np.arange(len(self.units))[units]]
        pieces = None if self.pieces is None else self.pieces[units]
        return Coded(names, self.coders, self.codes, self.seen[units], self.applied[units], self.sizes[units], pieces)


def coded_of(judgements: pd.DataFrame, codes: Sequence[str] | None = None) -> Coded:
    """Arrays from unit, coder, code; an empty code says: looked at, nothing applied.

    Units stand in order of appearance, coders by name, codes as in `codes` and then by name.
    """
    unit, units = pd.factorize(judgements["unit"])
    coder, coders = pd.factorize(judgements["coder"], sort=True)
    used = sorted(set(judgements["code"].unique()) - {""})
    named = list(dict.fromkeys([*(codes or []), *used]))
    code = pd.Index(named, dtype=object).get_indexer(pd.Index(judgements["code"], dtype=object))
    seen = np.zeros((len(units), len(coders)), dtype=bool)
    seen[unit, coder] = True
    applied = np.zeros((*seen.shape, len(named)), dtype=bool)
    given = code >= 0
    applied[unit[given], coder[given], code[given]] = True
    return Coded(list(units), list(coders), named, seen, applied, np.ones(len(units)))


def clusters_of(units: Sequence[str], clusters: Mapping[str, str]) -> np.ndarray:
    """The number of each unit's cluster; a unit that belongs to nobody is a cluster of its own."""
    owners = [("of", clusters[unit]) if clusters.get(unit) else ("alone", unit) for unit in units]
    return np.asarray(pd.factorize(pd.Series(owners, dtype=object))[0])
