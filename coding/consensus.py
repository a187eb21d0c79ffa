"""How far answers on an ordered scale agree: three measures, each from counts of the scale's points.

`points` (k, ascending) are the values of the scale, `counts` (s x k) how often each was given in s segments. A result
is an array of s, NaN for a segment without answers.
"""

import numpy as np

CONSENSUS_SHARE = 0.75
"""The share on one side of the scale from which Delphi studies most often speak of consensus (Diamond et al. 2014)."""
CONSENSUS_IQR = 1.0
"""The interquartile range up to which answers on a scale of five are called a consensus (von der Gracht 2012)."""


def tastle_wierman(points: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Cns = 1 + sum p_i log2(1 - |x_i - mean| / (x_max - x_min)) (Tastle and Wierman 2007).

    1 if all answers are alike, 0 if half stand at either end. NaN for a scale of fewer than two points.
    """
    n = counts.sum(axis=1)
    if len(points) < 2:
        return np.full(len(counts), np.nan)
    shares = counts / np.maximum(n, 1)[:, None]
    distance = np.abs(points - (shares @ points)[:, None]) / (points[-1] - points[0])
    near = np.where(shares > 0, 1 - distance, 1.0)
    return np.where(n > 0, np.clip(1 + (shares * np.log2(near)).sum(axis=1), 0, 1), np.nan)


def van_der_eijk(counts: np.ndarray) -> np.ndarray:
    """Agreement A (van der Eijk 2001): 1 if all answers are alike, 0 if even, -1 if half at either end.

    The counts are peeled into layers of equal height; each layer has A = U (1 - (s - 1) / (k - 1)) for s of k points
    in use, and weighs as much as it holds answers. NaN for a scale of fewer than three points.
    """
    k = counts.shape[1]
    if k < 3:
        return np.full(len(counts), np.nan)
    n = counts.sum(axis=1)
    left = counts.astype(float)
    found = np.zeros(len(counts))
    for _layer in range(k):
        used = left > 0
        height = np.min(np.where(used, left, np.inf), axis=1, initial=np.inf)
        height = np.where(np.isfinite(height), height, 0.0)
        in_use = used.sum(axis=1)
        layer = _unimodality(used) * (1 - (np.maximum(in_use, 1) - 1) / (k - 1))
        found += layer * height * in_use
        left = np.where(used, left - height[:, None], 0.0)
    return np.where(n > 0, found / np.maximum(n, 1), np.nan)


def sides(points: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Answers below and above the middle of the scale (two arrays of s)."""
    middle = (points[0] + points[-1]) / 2 if len(points) else 0.0
    return counts[:, points < middle].sum(axis=1), counts[:, points > middle].sum(axis=1)


def _unimodality(used: np.ndarray) -> np.ndarray:
    """U = ((k - 2) TU - (k - 1) TDU) / ((k - 2) (TU + TDU)) of each row (s x k, bool); 1 where both are 0.

    TU are triples of points, in order, that are used as 110 or 011; TDU those as 101.
    """
    k = used.shape[1]
    on = used.astype(np.int64)
    before = np.cumsum(on, axis=1) - on
    after = on.sum(axis=1, keepdims=True) - before - on
    pairs = before * (before - 1) // 2 + after * (after - 1) // 2
    unimodal, bimodal = (pairs * ~used).sum(axis=1), (before * after * ~used).sum(axis=1)
    both = unimodal + bimodal
    value = ((k - 2) * unimodal - (k - 1) * bimodal) / ((k - 2) * np.maximum(both, 1))
    return np.where(both > 0, value, 1.0)
