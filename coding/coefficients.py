"""Coefficients of agreement between coders, after the formulas of their authors. Arrays in, numbers out.

Everything rests on `counts` (units x categories): how many coders put the unit into the category; a coder who did
not see a unit is simply not counted. Many codes at once are counts of (units x codes x categories), and every result
then has one value a code; who saw a unit saw it for all codes. `weights` (rows x units, or `resampling.Draws`) says
how often each unit counts; the result then has one row of values a row. NaN where a coefficient is not defined:
nothing to compare, or no variation at all.
"""

import math

import numpy as np

from coding.resampling import Draws

Weights = np.ndarray | Draws


def count_categories(ratings: np.ndarray, n_categories: int) -> np.ndarray:
    """Counts of `ratings` (units x coders, category numbers, -1 where a coder did not see the unit)."""
    return np.stack([(ratings == category).sum(axis=1) for category in range(n_categories)], axis=-1).astype(float)


def percent_agreement(
    counts: np.ndarray, weights: Weights | None = None, similarity: np.ndarray | None = None
) -> np.ndarray:
    """Share of agreeing pairs of coders, as the mean over the units that two or more coders saw.

    With `similarity` (categories x categories, 1 on the diagonal) a pair agrees in part (Gwet 2014, ch. 5).
    """
    coders = _coders(counts)
    pairable = coders >= 2
    alike = counts if similarity is None else counts @ similarity
    of_unit = (counts * (alike - 1)).sum(axis=-1) / np.where(pairable, coders * (coders - 1), np.inf)
    return mean_over_units(of_unit, pairable.astype(float), weights)


def category_shares(counts: np.ndarray, weights: Weights | None = None) -> np.ndarray:
    """Mean share of each category over the units that somebody saw (Gwet 2014, ch. 2)."""
    coders = _coders(counts)
    of_unit = counts / np.maximum(coders, 1)[..., None]
    return _ratio(_over(weights, of_unit), _over(weights, (coders > 0).astype(float))[..., None])


def cohen_kappa(ratings: np.ndarray, n_categories: int, weights: Weights | None = None) -> np.ndarray:
    """Cohen (1960) for `ratings` of two coders (units x 2, or units x codes x 2).

    Units that one of the two did not see are left out.
    """
    seen = (ratings >= 0).all(axis=-1)
    total = _over(weights, seen.astype(float))
    agreed = seen & (ratings[..., 0] == ratings[..., 1])
    chosen = (ratings[..., None] == np.arange(n_categories)) & np.asarray(seen)[..., None, None]
    first = _ratio(_over(weights, chosen[..., 0, :].astype(float)), total[..., None])
    second = _ratio(_over(weights, chosen[..., 1, :].astype(float)), total[..., None])
    return _chance_corrected(_ratio(_over(weights, agreed.astype(float)), total), (first * second).sum(axis=-1))


def fleiss_kappa(counts: np.ndarray, weights: Weights | None = None) -> np.ndarray:
    """Fleiss (1971); with two coders Scott's pi. Unequal numbers of coders as in Gwet (2014, ch. 2)."""
    return fleiss_of(percent_agreement(counts, weights), category_shares(counts, weights))


def fleiss_of(percent: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Fleiss' kappa from percent agreement and the shares of categories."""
    return _chance_corrected(percent, (shares**2).sum(axis=-1))


def gwet_ac1(counts: np.ndarray, weights: Weights | None = None) -> np.ndarray:
    """AC1 (Gwet 2008), which a very rare or very common category does not distort."""
    return gwet_of(percent_agreement(counts, weights), category_shares(counts, weights))


def gwet_ac2(counts: np.ndarray, similarity: np.ndarray, weights: Weights | None = None) -> np.ndarray:
    """AC2 (Gwet 2014, ch. 5): AC1 for categories that are alike in part (`similarity`: categories x categories)."""
    return gwet_of(percent_agreement(counts, weights, similarity), category_shares(counts, weights), similarity)


def gwet_of(percent: np.ndarray, shares: np.ndarray, similarity: np.ndarray | None = None) -> np.ndarray:
    """AC1, or AC2 with `similarity`, from percent agreement with it and the shares of categories."""
    n = shares.shape[-1]
    alike = n if similarity is None else similarity.sum()
    return _chance_corrected(percent, _ratio(alike * (shares * (1 - shares)).sum(axis=-1), np.array(n * (n - 1))))


def brennan_prediger(
    counts: np.ndarray, weights: Weights | None = None, similarity: np.ndarray | None = None
) -> np.ndarray:
    """Brennan and Prediger (1981), free-marginal kappa, S: chance as if all categories were equally likely.

    With `similarity` as in Gwet (2014, ch. 5).
    """
    return brennan_prediger_of(percent_agreement(counts, weights, similarity), counts.shape[-1], similarity)


def brennan_prediger_of(percent: np.ndarray, n_categories: int, similarity: np.ndarray | None = None) -> np.ndarray:
    """Brennan and Prediger's coefficient from percent agreement."""
    alike = n_categories if similarity is None else similarity.sum()
    return _chance_corrected(percent, np.full_like(percent, alike / n_categories**2))


def krippendorff_alpha(
    counts: np.ndarray, distance: np.ndarray | None = None, weights: Weights | None = None
) -> np.ndarray:
    """Krippendorff's alpha (2004, ch. 11). `distance` (categories x categories, 0 on the diagonal) is nominal if None.

    Krippendorff's squared differences are meant: `distances.interval_distance` and its neighbours give them.
    """
    of_unit = _coders(counts)
    pairable = of_unit >= 2
    used = np.where(pairable[..., None], counts, 0)
    within = _pairs(used, distance) / np.maximum(of_unit - 1, 1)
    total = _over(weights, np.where(pairable, of_unit, 0))
    return alpha_of_sums(_over(weights, within), _pairs(_over(weights, used), distance), total)


def alpha_of_sums(within: np.ndarray, pairs: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Alpha from three sums over units: `within` of the distances between the judgements of a unit, each divided by
    the unit's judgements less one; `pairs` of the distances between all judgements; `total` the judgements.
    """
    return 1 - _ratio(_ratio(within, total), _ratio(pairs, total * (total - 1)))


def mean_over_units(values: np.ndarray, counts: np.ndarray, weights: Weights | None = None) -> np.ndarray:
    """Weighted mean of `values` over the units that count (`counts` is 1 or 0)."""
    return _ratio(_over(weights, values), _over(weights, counts))


def _pairs(counts: np.ndarray, distance: np.ndarray | None) -> np.ndarray:
    """Sum of the distances over all ordered pairs of judgements that `counts` holds along its last axis."""
    if distance is None:
        return counts.sum(axis=-1) ** 2 - (counts**2).sum(axis=-1)
    return ((counts @ distance) * counts).sum(axis=-1)


def _coders(counts: np.ndarray) -> np.ndarray:
    """Coders of each unit: (units), or (units x 1) for many codes, for all of which they are the same."""
    return counts.sum(axis=-1) if counts.ndim == 2 else counts[:, :1].sum(axis=-1)


def _over(weights: Weights | None, values: np.ndarray) -> np.ndarray:
    """Sum over units (the first axis), weighted by how often each counts."""
    if weights is None:
        return np.asarray(values.sum(axis=0))
    summed = np.asarray(weights @ values.reshape(len(values), math.prod(values.shape[1:])))
    return summed.reshape(len(summed), *values.shape[1:])


def _chance_corrected(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return _ratio(observed - expected, 1 - expected)


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Quotient, NaN where the denominator is zero (up to rounding)."""
    part, whole = np.broadcast_arrays(np.asarray(part, dtype=float), np.asarray(whole, dtype=float))
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=np.abs(whole) > 1e-12)
