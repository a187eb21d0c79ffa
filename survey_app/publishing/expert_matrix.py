"""Experts by codes as they may leave the house: no row stands alone, and no row leads to a segment.

Experts are put together in groups of alike ones, at least as many as a segment needs, and every group holds experts of
several segments of each grouping. All rows of a group are the same: 1 where all of it spoke of a code, 0 where nobody
did, nothing where some did (k-anonymity by local suppression: Samarati 2001, Sweeney 2002, on groups that are alike:
Domingo-Ferrer and Mateo-Sanz 2002). A 1 stands only where enough others spoke of it as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_ROUNDS = 20
"""So often it is tried whether experts are better in other groups."""
_BLANK = -1

Bits = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ExpertMatrix:
    """Rows of `codes`, each with the number of its group of alike experts: 1, 0, or None where some of it said so."""

    codes: tuple[str, ...]
    rows: tuple[tuple[int, tuple[int | None, ...]], ...]


def expert_matrix(
    said: pd.DataFrame, codes: pd.DataFrame, experts: Sequence[str], homes: Sequence[Sequence[str]], *,
    minimum: int, closed: Collection[str] = (), quoted: Sequence[Collection[str]] = (),
) -> ExpertMatrix | None:  # fmt: skip
    """None where so few experts cannot be grouped, or no code is left.

    said: expert_id, code_id, with a row for every code above too. codes: code_id, parent_id. homes: for each grouping
    the segments of the experts, in their order. `closed` are codes with a cell that is hidden from readers: neither
    they nor codes above or below them have a column, so that nothing here says anything of what is hidden. `quoted` are
    the codes of each quote that readers see: who said it remains possible in two groups at least.
    """
    kin = _kin(codes)
    shut = {name for code in closed for name in kin.get(code, {code})}
    open_codes = [code for code in codes["code_id"] if code not in shut]
    if len(experts) < 2 * minimum or not open_codes:
        return None
    bits = _bits(said, experts, open_codes)
    groups = _alike(bits, [np.unique(np.array(home, dtype=str), return_inverse=True)[1] for home in homes], minimum)
    if len(groups) < 2:
        return None
    told = np.array([_told(bits, group, minimum) for group in groups])
    places = {code: place for place, code in enumerate(open_codes)}
    for quote in quoted:
        above = {name for code in quote for name in _above(codes, code)}
        _leave_open(told, sorted(places[name] for name in above if name in places))
    order = sorted(range(len(groups)), key=lambda number: (told[number].tolist(), len(groups[number])), reverse=True)
    return ExpertMatrix(
        tuple(open_codes),
        tuple(
            (place, tuple(None if value == _BLANK else int(value) for value in told[number]))
            for place, number in enumerate(order, start=1)
            for _expert in groups[number]
        ),
    )


def _bits(said: pd.DataFrame, experts: Sequence[str], codes: Sequence[str]) -> Bits:
    rows = pd.Index(experts).get_indexer(pd.Index(said["expert_id"]))
    columns = pd.Index(codes).get_indexer(pd.Index(said["code_id"]))
    there = (rows >= 0) & (columns >= 0)
    found = np.zeros((len(experts), len(codes)), dtype=bool)
    found[rows[there], columns[there]] = True
    return found


def _told(bits: Bits, group: Sequence[int], minimum: int) -> Numbers:
    """What every row of a group tells: a 1 only where enough experts outside said so as well."""
    inside = bits[group].sum(axis=0)
    common = bits.sum(axis=0) - inside >= minimum
    return np.where(inside == 0, 0, np.where((inside == len(group)) & common, 1, _BLANK))


def _leave_open(told: Numbers, places: Sequence[int]) -> None:
    """Blank what says that a quote with these codes can be of one group alone: in the group where least is lost."""
    denying = (told[:, places] == 0).sum(axis=1)
    if (denying == 0).sum() < 2:
        number = int(np.argmin(np.where(denying > 0, denying, told.shape[1] + 1)))
        row = told[number]
        row[places] = np.where(row[places] == 0, _BLANK, row[places])


def _alike(bits: Bits, homes: Sequence[Numbers], least: int) -> list[list[int]]:
    """Groups of at least `least` experts, alike in what they said and of several segments of each grouping.

    The order of the roster makes no difference but among experts who said the very same.
    """
    left = np.lexsort(bits.T[::-1]).tolist()
    groups: list[list[int]] = []
    while len(left) >= 2 * least:
        middle = bits[left].mean(axis=0)
        group = [left.pop(int(np.abs(bits[left] - middle).sum(axis=1).argmax()))]
        while len(group) < least:
            last = len(group) == least - 1
            fit = [one for one in left if not last or _mixed([*group, one], homes)] or left
            nearest = min(fit, key=lambda one: _lost(bits, [*group, one]))
            left.remove(nearest)
            group.append(nearest)
        groups.append(group)
    groups.append(left)
    _change_places(bits, groups, homes, least)
    return _joined(bits, groups, homes)


def _change_places(bits: Bits, groups: list[list[int]], homes: Sequence[Numbers], least: int) -> None:
    """Experts go over or change places as long as fewer cells are lost then, or groups become mixed that were not."""

    def worth(here: list[int], there: list[int]) -> tuple[int, int]:
        mixed = _mixed(here, homes) + _mixed(there, homes)
        return -mixed, _lost(bits, here) + _lost(bits, there)

    for _round in range(_ROUNDS):
        moved = False
        for one in range(len(groups)):
            for other in range(one):
                best = worth(groups[one], groups[other])
                for here, there in _parted_anew(groups[one], groups[other], least):
                    if (found := worth(here, there)) < best:
                        best, groups[one], groups[other], moved = found, here, there, True
        if not moved:
            return


def _parted_anew(here: list[int], there: list[int], least: int) -> Iterator[tuple[list[int], list[int]]]:
    """Every way in which one goes over or two change places."""
    for mine in here:
        without = [each for each in here if each != mine]
        if len(without) >= least:
            yield without, [*there, mine]
        for theirs in there:
            yield [*without, theirs], [mine, *(each for each in there if each != theirs)]
    if len(there) > least:
        for theirs in there:
            yield [*here, theirs], [each for each in there if each != theirs]


def _joined(bits: Bits, groups: list[list[int]], homes: Sequence[Numbers]) -> list[list[int]]:
    """A group that is of one segment is joined with another."""
    groups = [*groups]
    while len(groups) > 1:
        alone = next((group for group in groups if not _mixed(group, homes)), None)
        if alone is None:
            return groups
        groups.remove(alone)
        nearest = min(groups, key=lambda each: _lost(bits, [*each, *alone]) - _lost(bits, each))
        groups[groups.index(nearest)] = [*nearest, *alone]
    return groups


def _lost(bits: Bits, group: Sequence[int]) -> int:
    """How many cells of a group's rows cannot be told."""
    inside = bits[group].sum(axis=0)
    return int(((inside > 0) & (inside < len(group))).sum()) * len(group)


def _mixed(group: Sequence[int], homes: Sequence[Numbers]) -> bool:
    return all(len(set(home[list(group)].tolist())) > 1 for home in homes if len(set(home.tolist())) > 1)


def _kin(codes: pd.DataFrame) -> dict[str, set[str]]:
    """Each code with those above and below it."""
    above = {code: set(_above(codes, code)) for code in codes["code_id"]}
    found = {code: set(names) for code, names in above.items()}
    for code, names in above.items():
        for name in names:
            found.setdefault(name, {name}).add(code)
    return found


def _above(codes: pd.DataFrame, code: str) -> list[str]:
    """A code and those above it."""
    parents = dict(zip(codes["code_id"], codes["parent_id"], strict=True))
    found: list[str] = []
    while code and code not in found:
        found.append(code)
        code = parents.get(code, "")
    return found
