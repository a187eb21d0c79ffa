"""Coefficients of agreement between coders, after the formulas of their authors. Arrays in, numbers out.

Everything rests on `counts` (units x categories): how many coders put the unit into the category; a coder who did
not see a unit is simply not counted. `weights` (resamples x units) says how often each unit is drawn; the result
then has one value a resample. NaN where a coefficient is not defined: nothing to compare, or no variation at all.
"""

from collections.abc import Collection, Iterator, Sequence

import numpy as np

_BLOCK = 4_000_000
"""Weights held at a time, so that a bootstrap of many units stays small."""


def count_categories(ratings: np.ndarray, n_categories: int) -> np.ndarray:
    """Counts of `ratings` (units x coders, category numbers, -1 where a coder did not see the unit)."""
    return (ratings[:, :, None] == np.arange(n_categories)).sum(axis=1).astype(float)


def percent_agreement(counts: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Share of agreeing pairs of coders, as the mean over the units that two or more coders saw."""
    pairable = counts.sum(axis=1) >= 2
    return _ratio(_over(weights, _agreement_of_units(counts)), _over(weights, pairable.astype(float)))


def cohen_kappa(ratings: np.ndarray, n_categories: int, weights: np.ndarray | None = None) -> np.ndarray:
    """Cohen (1960) for `ratings` of two coders (units x 2); units that one of them did not see are left out."""
    seen = (ratings >= 0).all(axis=1)
    total = _over(weights, seen.astype(float))
    agreed = seen & (ratings[:, 0] == ratings[:, 1])
    chosen = (ratings[:, :, None] == np.arange(n_categories)) & np.asarray(seen)[:, None, None]
    first = _ratio(_over(weights, chosen[:, 0].astype(float)), total[..., None])
    second = _ratio(_over(weights, chosen[:, 1].astype(float)), total[..., None])
    return _chance_corrected(_ratio(_over(weights, agreed.astype(float)), total), (first * second).sum(axis=-1))


def fleiss_kappa(counts: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Fleiss (1971); with two coders Scott's pi. Unequal numbers of coders as in Gwet (2014, ch. 2)."""
    shares = _shares(counts, weights)
    return _chance_corrected(percent_agreement(counts, weights), (shares**2).sum(axis=-1))


def gwet_ac1(counts: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """AC1 (Gwet 2008), which a very rare or very common category does not distort."""
    shares = _shares(counts, weights)
    expected = _ratio((shares * (1 - shares)).sum(axis=-1), np.array(counts.shape[1] - 1))
    return _chance_corrected(percent_agreement(counts, weights), expected)


def brennan_prediger(counts: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """Brennan and Prediger (1981), free-marginal kappa, S: chance as if all categories were equally likely."""
    observed = percent_agreement(counts, weights)
    return _chance_corrected(observed, np.full_like(observed, 1 / counts.shape[1]))


def krippendorff_alpha(
    counts: np.ndarray, distance: np.ndarray | None = None, weights: np.ndarray | None = None
) -> np.ndarray:
    """Krippendorff's alpha (2004, ch. 11). `distance` (categories x categories, 0 on the diagonal) is nominal if None.

    Krippendorff's squared differences are meant: `interval_distance` and its neighbours give them.
    """
    if distance is None:
        distance = 1 - np.eye(counts.shape[1])
    of_unit = counts.sum(axis=1)
    pairable = of_unit >= 2
    used = np.where(pairable[:, None], counts, 0)
    within = np.einsum("uc,ck,uk->u", used, distance, used, optimize=True) / np.maximum(of_unit - 1, 1)
    total = _over(weights, np.where(pairable, of_unit, 0))
    of_category = _over(weights, used)
    observed = _ratio(_over(weights, within), total)
    pairs = np.einsum("...c,ck,...k->...", of_category, distance, of_category, optimize=True)
    expected = _ratio(pairs, total * (total - 1))
    return 1 - _ratio(observed, expected)


def interval_distance(values: Sequence[float]) -> np.ndarray:
    """Squared differences of the categories' values."""
    points = np.asarray(values, dtype=float)
    return (points[:, None] - points) ** 2


def ratio_distance(values: Sequence[float]) -> np.ndarray:
    """Squared differences relative to the sums of the categories' values (which are not negative)."""
    points = np.asarray(values, dtype=float)
    sums = points[:, None] + points
    return np.divide(points[:, None] - points, sums, out=np.zeros_like(sums), where=sums != 0) ** 2


def ordinal_distance(counts: np.ndarray) -> np.ndarray:
    """Krippendorff's ordinal metric: squared numbers of values between two ranks (columns in ascending order)."""
    of_category = counts[counts.sum(axis=1) >= 2].sum(axis=0)
    middle = np.cumsum(of_category) - of_category / 2
    return (middle[:, None] - middle) ** 2


def jaccard_distance(sets: Sequence[Collection[str]]) -> np.ndarray:
    """One minus the shared part of two sets of codes; two empty sets are equal."""
    return np.array([[1 - _jaccard(set(a), set(b)) for b in sets] for a in sets])


def masi_distance(sets: Sequence[Collection[str]]) -> np.ndarray:
    """MASI (Passonneau 2006): 1 - J * M, M being 1 for equal sets, 2/3 for a subset, 1/3 for an overlap, 0 for none."""

    def monotonicity(a: set[str], b: set[str]) -> float:
        if a == b:
            return 1
        if a <= b or b <= a:
            return 2 / 3
        return 1 / 3 if a & b else 0

    return np.array([[1 - _jaccard(set(a), set(b)) * monotonicity(set(a), set(b)) for b in sets] for a in sets])


def draws(
    n_units: int, resamples: int, generator: np.random.Generator, clusters: np.ndarray | None = None
) -> Iterator[np.ndarray]:
    """Weights of a bootstrap over units, in blocks (resamples x units).

    With `clusters` (a number for each unit) whole clusters are drawn: the statements of one expert belong together.
    """
    groups = np.arange(n_units) if clusters is None else clusters
    n_groups = int(groups.max()) + 1
    size = max(1, _BLOCK // max(n_units, 1))
    for start in range(0, resamples, size):
        drawn = generator.multinomial(n_groups, [1 / n_groups] * n_groups, size=min(size, resamples - start))
        yield drawn[:, groups].astype(float)


def percentile_interval(values: np.ndarray, level: float = 0.95) -> tuple[float, float] | None:
    """The middle `level` of the resamples that are defined; None if there are none or all are equal."""
    defined = values[~np.isnan(values)]
    if not len(defined) or np.ptp(defined) < 1e-12:
        return None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _agreement_of_units(counts: np.ndarray) -> np.ndarray:
    coders = counts.sum(axis=1)
    return (counts * (counts - 1)).sum(axis=1) / np.where(coders >= 2, coders * (coders - 1), np.inf)


def _shares(counts: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    """Mean share of each category over the units that somebody saw."""
    coders = counts.sum(axis=1)
    of_unit = counts / np.maximum(coders, 1)[:, None]
    return _ratio(_over(weights, of_unit), _over(weights, (coders > 0).astype(float))[..., None])


def _over(weights: np.ndarray | None, values: np.ndarray) -> np.ndarray:
    """Sum over units, weighted by how often each was drawn."""
    return values.sum(axis=0) if weights is None else weights @ values


def _chance_corrected(observed: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return _ratio(observed - expected, 1 - expected)


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Quotient, NaN where the denominator is zero (up to rounding)."""
    part, whole = np.broadcast_arrays(np.asarray(part, dtype=float), np.asarray(whole, dtype=float))
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=np.abs(whole) > 1e-12)


def _jaccard(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0
