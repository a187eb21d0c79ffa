"""Agreement in parts: within each stakeholder group, and unit by unit."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from coding.agreement import Agreement, bootstrap_of, compare
from coding.coded import Coded, coded_of
from coding.set_agreement import DISTANCES, within_units

PULLING_COLUMNS = ["unit", "disagreement", "share", "given"]


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


def pulling_down(judgements: pd.DataFrame, code: str | None = None, limit: int | None = None) -> pd.DataFrame:
    """Units on which coders differ, those first that lower alpha the most (`limit` of them): columns `PULLING_COLUMNS`.

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
        for unit in order[:limit]
    ]
    return pd.DataFrame(rows, columns=PULLING_COLUMNS)


def _of_code(coded: Coded, place: int) -> Coded:
    one = coded.applied[:, :, place : place + 1]
    return Coded(coded.units, coded.coders, [coded.codes[place]], coded.seen, one, coded.sizes, coded.pieces)


def _given(coded: Coded, unit: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (coded.coders[coder], tuple(coded.codes[code] for code in np.flatnonzero(coded.applied[unit, coder])))
        for coder in np.flatnonzero(coded.seen[unit])
    )
