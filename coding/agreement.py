"""How far coders agree: per code, over whole sets of codes, with intervals; from a table of judgements."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from coding.coefficients import (
    brennan_prediger,
    cohen_kappa,
    count_categories,
    draws,
    fleiss_kappa,
    gwet_ac1,
    jaccard_distance,
    krippendorff_alpha,
    masi_distance,
    percent_agreement,
    percentile_interval,
)
from coding.judgements import UnusableCodings
from transcripts.messages import sentence

RESAMPLES = 2000
FEWEST_FOR_INTERVAL = 10
"""Units (or clusters) below which an interval is not given."""

_Problem = tuple[np.ndarray, np.ndarray | None]
"""Counts and distance of one alpha."""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement on whether one code applies. None where a coefficient is not defined, as when nobody used it.

    `percent` is the mean over units; `prevalence` the share of judgements that apply the code; `ci` the bootstrap
    interval of alpha, from the `resamples` in which it is defined; `table` the units that both, only the first, only
    the second, neither of two coders gave the code (None above two coders).
    """

    percent: float | None
    cohen: float | None
    fleiss: float | None
    alpha: float | None
    ac1: float | None
    brennan_prediger: float | None
    prevalence: float | None
    ci: tuple[float, float] | None
    resamples: int
    table: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class OverallAgreement:
    """Agreement on everything said of a unit. Where a coder may give several codes or none, sets are compared:
    then `cohen`, `fleiss` and `ac1` are None and `alpha_nominal` asks for equal sets.
    """

    percent: float | None
    cohen: float | None
    fleiss: float | None
    ac1: float | None
    alpha_nominal: float | None
    alpha_jaccard: float | None
    alpha_masi: float | None
    n_resamples: int
    ci: dict[str, tuple[float, float] | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agreement:
    """`n_units` were seen by somebody, `n_units_compared` by two coders or more."""

    n_units: int
    n_units_compared: int
    n_coders: int
    per_code: dict[str, CodeAgreement]
    overall: OverallAgreement


def agreement(
    judgements: pd.DataFrame,
    *,
    codes: Sequence[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
    clusters: Mapping[str, str] | None = None,
) -> Agreement:
    """Compare coders. `judgements` has unit, coder, code; an empty code says: looked at, nothing applied.

    A unit without a row of a coder was not seen by that coder. `codes` also brings in codes that nobody used.
    `clusters` (unit -> the expert who said it) makes the bootstrap draw experts instead of units.
    Raises UnusableCodings where fewer than two coders saw the same unit.
    """
    units, coders, sets, seen = _sets(judgements)
    compared = int((seen.sum(axis=1) >= 2).sum())
    if not compared:
        raise UnusableCodings(
            sentence("No unit was seen by two coders. Agreement needs the same units coded by two or more people.")
        )
    used = sorted({code for value in sets[seen] for code in value})
    applied = {name: _applied(sets, seen, name) for name in dict.fromkeys([*(codes or []), *used])}
    distinct = sorted(set(sets[seen]), key=sorted)
    ratings = np.full(sets.shape, -1)
    number = {value: place for place, value in enumerate(distinct)}
    ratings[seen] = [number[value] for value in sets[seen]]
    distances = {
        "alpha_nominal": None,
        "alpha_jaccard": jaccard_distance(distinct),
        "alpha_masi": masi_distance(distinct),
    }
    whole = count_categories(ratings, len(distinct))
    problems: list[_Problem] = [(count_categories(ratings_of, 2), None) for ratings_of in applied.values()]
    problems += [(whole, distance) for distance in distances.values()]
    alphas = _resampled(problems, units, resamples, seed, clusters)
    return Agreement(
        n_units=len(units),
        n_units_compared=compared,
        n_coders=len(coders),
        per_code={name: _of_code(applied[name], alphas[place]) for place, name in enumerate(applied)},
        overall=_overall(ratings, whole, distances, alphas[len(applied) :], all(len(value) == 1 for value in distinct)),
    )


def _sets(judgements: pd.DataFrame) -> tuple[list[str], list[str], np.ndarray, np.ndarray]:
    """Units, coders, what each coder gave each unit (units x coders, frozensets), and whether they saw it."""
    units = list(dict.fromkeys(judgements["unit"]))
    coders = sorted(set(judgements["coder"]))
    row, column = ({key: place for place, key in enumerate(keys)} for keys in (units, coders))
    given = dict[tuple[int, int], set[str]]()
    for unit, coder, code in zip(judgements["unit"], judgements["coder"], judgements["code"], strict=True):
        given.setdefault((row[unit], column[coder]), set()).update([code] if code else [])
    sets = np.full((len(units), len(coders)), None, dtype=object)
    seen = np.zeros(sets.shape, dtype=bool)
    for place, codes in given.items():
        sets[place], seen[place] = frozenset(codes), True
    return units, coders, sets, seen


def _resampled(
    problems: list[_Problem], units: list[str], resamples: int, seed: int, clusters: Mapping[str, str] | None
) -> list[np.ndarray]:
    """Alpha of every resample for each problem, all on the same draws; empty where an interval would mislead."""
    numbers = None if clusters is None else pd.factorize(pd.Series([clusters[unit] for unit in units]))[0]
    size = len(units) if numbers is None else int(numbers.max()) + 1
    if size < FEWEST_FOR_INTERVAL or resamples <= 0:
        return [np.empty(0) for _ in problems]
    blocks = [
        [krippendorff_alpha(counts, distance, weights) for counts, distance in problems]
        for weights in draws(len(units), resamples, np.random.default_rng(seed), numbers)
    ]
    return [np.concatenate(of_problem) for of_problem in zip(*blocks, strict=True)]


def _applied(sets: np.ndarray, seen: np.ndarray, code: str) -> np.ndarray:
    """Ratings of one code (units x coders): 1 applied, 0 not, -1 not seen."""
    applied = np.full(sets.shape, -1)
    applied[seen] = [code in value for value in sets[seen]]
    return applied


def _of_code(applied: np.ndarray, alphas: np.ndarray) -> CodeAgreement:
    counts = count_categories(applied, 2)
    return CodeAgreement(
        percent=_number(percent_agreement(counts)),
        cohen=_number(cohen_kappa(applied, 2)) if applied.shape[1] == 2 else None,
        fleiss=_number(fleiss_kappa(counts)),
        alpha=_number(krippendorff_alpha(counts)),
        ac1=_number(gwet_ac1(counts)),
        brennan_prediger=_number(brennan_prediger(counts)),
        prevalence=float(counts[:, 1].sum() / counts.sum()),
        ci=percentile_interval(alphas),
        resamples=int((~np.isnan(alphas)).sum()),
        table=_two_by_two(applied) if applied.shape[1] == 2 else None,
    )


def _overall(
    ratings: np.ndarray,
    counts: np.ndarray,
    distances: dict[str, np.ndarray | None],
    alphas: list[np.ndarray],
    one_code_each: bool,
) -> OverallAgreement:
    two = ratings.shape[1] == 2
    estimates = {name: _number(krippendorff_alpha(counts, distance)) for name, distance in distances.items()}
    return OverallAgreement(
        percent=_number(percent_agreement(counts)),
        cohen=_number(cohen_kappa(ratings, counts.shape[1])) if one_code_each and two else None,
        fleiss=_number(fleiss_kappa(counts)) if one_code_each else None,
        ac1=_number(gwet_ac1(counts)) if one_code_each else None,
        n_resamples=len(alphas[0]),
        ci={name: percentile_interval(resampled) for name, resampled in zip(distances, alphas, strict=True)},
        **estimates,
    )


def _two_by_two(applied: np.ndarray) -> tuple[int, int, int, int]:
    first, second = (applied[(applied >= 0).all(axis=1), coder] == 1 for coder in (0, 1))
    cells = (first & second, first & ~second, ~first & second, ~first & ~second)
    both, only_first, only_second, neither = (int(cell.sum()) for cell in cells)
    return both, only_first, only_second, neither


def _number(value: np.ndarray) -> float | None:
    return None if math.isnan(float(value)) else float(value)
