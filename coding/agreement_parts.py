"""Agreement in parts: for each pair of coders, within each stakeholder group, and unit by unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd

from coding.agreement import Agreement, Table, as_table, bootstrap_of, compare, number
from coding.agreement_words import why_not, why_not_codes
from coding.code_coefficients import cell_coefficients, two_by_two
from coding.coded import Coded, coded_of
from coding.coefficients import cohen_kappa
from coding.resampling import Bootstrap
from coding.set_agreement import DISTANCES, set_coefficients, within_units
from transcripts.messages import Message

PULLING_COLUMNS = ["unit", "disagreement", "share", "given"]


@dataclass(frozen=True, slots=True)
class PairOnCode:
    """What two coders agree on for one code; `table` is both, only the first, only the second, neither."""

    percent: float | None
    cohen: float | None
    alpha: float | None
    table: Table
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two coders on the `n_units` that both have seen; `cohen` only where every unit has one code a coder."""

    first: str
    second: str
    n_units: int
    percent: float | None
    cohen: float | None
    alpha_nominal: float | None
    alpha_jaccard: float | None
    alpha_masi: float | None
    reason: Message | None = None
    per_code: dict[str, PairOnCode] = field(default_factory=dict)


def per_pair(
    judgements: pd.DataFrame, *, codes: Sequence[str] | None = None, by_code: bool = False
) -> list[PairAgreement]:
    """Every pair of coders, in the order of their names; with `by_code` on each code, too."""
    return pairs_of(coded_of(judgements, codes), by_code=by_code)


def pairs_of(coded: Coded, *, by_code: bool = False) -> list[PairAgreement]:
    """The same for what is coded already, statements or stretches of text."""
    return [_pair(_of_two(coded, pair), by_code) for pair in combinations(range(len(coded.coders)), 2)]


def per_segment(
    judgements: pd.DataFrame,
    segments: Mapping[str, str],
    *,
    codes: Sequence[str] | None = None,
    resamples: int = 0,
    seed: int = 0,
    clusters: Mapping[str, str] | None = None,
) -> dict[str, Agreement]:
    """Agreement within each segment (unit -> stakeholder group), in the order of its name.

    Every segment knows the same codes. Where a segment is too small, its figures are None with the reason. A unit
    without a segment is left out.
    """
    coded = coded_of(judgements, codes)
    of_unit = np.array([segments.get(unit) or "" for unit in coded.units], dtype=object)
    found = {}
    for name in sorted(set(of_unit) - {""}):
        inside = coded.only(of_unit == name)
        found[name] = compare(inside, bootstrap_of(inside, resamples, seed, clusters))
    return found


def pulling_down(judgements: pd.DataFrame, code: str | None = None) -> pd.DataFrame:
    """Units on which coders differ, those first that lower alpha the most: columns `PULLING_COLUMNS`.

    `disagreement` is the mean distance between the judgements of two coders of the unit, from 0 to 1: whether `code`
    applies, or MASI between whole sets of codes. `share` is the unit's part in all observed disagreement; the shares
    sum to 1. `given` says who gave what: a tuple of (coder, codes) for those who saw the unit.
    """
    coded = coded_of(judgements)
    if code is not None and code not in coded.codes:
        return pd.DataFrame(columns=PULLING_COLUMNS)
    if code is None:
        within = within_units(coded)[:, DISTANCES.index("alpha_masi")]
    else:
        within = within_units(_of_code(coded, coded.codes.index(code)))[:, DISTANCES.index("alpha_nominal")]
    differing = np.flatnonzero(within > 1e-12)
    order = differing[np.argsort(-within[differing], kind="stable")]
    rows = [
        (coded.units[unit], within[unit] / coded.coders_of_unit[unit], within[unit] / within.sum(), _given(coded, unit))
        for unit in order
    ]
    return pd.DataFrame(rows, columns=PULLING_COLUMNS)


def _pair(two: Coded, by_code: bool) -> PairAgreement:
    reason = why_not(two)
    everything = Bootstrap(len(two.units), 0, sizes=two.sizes).everything()
    values = set_coefficients(two, [everything])
    if two.one_code_each and two.codes:
        ratings = np.where(two.seen, two.applied.argmax(axis=2), -1)
        values["cohen"] = cohen_kappa(ratings, len(two.codes), everything)
    known = {name: number(value[0]) for name, value in values.items()}
    return PairAgreement(
        *two.coders,
        n_units=two.n_compared,
        percent=known["percent"],
        **{name: None if reason else known.get(name) for name in ("cohen", *DISTANCES)},
        reason=reason,
        per_code=_on_codes(two) if by_code else {},
    )


def _on_codes(two: Coded) -> dict[str, PairOnCode]:
    cells = two_by_two(two)
    values = cell_coefficients(cells)
    return {
        code: PairOnCode(
            percent=number(values["percent"][place]),
            cohen=None if reason else number(values["cohen"][place]),
            alpha=None if reason else number(values["alpha"][place]),
            table=as_table(cells[place]),
            reason=reason,
        )
        for place, (code, reason) in enumerate(zip(two.codes, why_not_codes(two), strict=True))
    }


def _of_two(coded: Coded, pair: tuple[int, int]) -> Coded:
    """Two coders on the units that both have seen."""
    columns = list(pair)
    both = coded.only(coded.seen[:, columns].all(axis=1))
    names = [coded.coders[column] for column in columns]
    return Coded(
        both.units, names, coded.codes, both.seen[:, columns], both.applied[:, columns], both.sizes, both.pieces
    )


def _of_code(coded: Coded, place: int) -> Coded:
    one = coded.applied[:, :, place : place + 1]
    return Coded(coded.units, coded.coders, [coded.codes[place]], coded.seen, one, coded.sizes, coded.pieces)


def _given(coded: Coded, unit: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (coded.coders[coder], tuple(coded.codes[code] for code in np.flatnonzero(coded.applied[unit, coder])))
        for coder in np.flatnonzero(coded.seen[unit])
    )
