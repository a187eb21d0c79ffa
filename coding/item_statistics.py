"""Where the answers to an item lie: median, quartiles and mean of each segment, from counts of values."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Of each of s segments (arrays of s): answers n; median, quartiles and mean, NaN where nobody answered."""

    n: np.ndarray
    median: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    mean: np.ndarray

    @property
    def iqr(self) -> np.ndarray:
        """The range of the middle half."""
        return np.asarray(self.upper - self.lower)


def quantile(levels: np.ndarray, counts: np.ndarray, share: float) -> np.ndarray:
    """The quantile at `share` of values `levels` (l, ascending) that came `counts` (s x l) times; s numbers.

    Type 7 of Hyndman and Fan (1996), the one of R and numpy: between the values at floor(h) and floor(h) + 1, where
    h = (n - 1) share counts from 0. NaN for a row without values.
    """
    n = counts.sum(axis=1)
    if not len(levels):
        return np.full(len(counts), np.nan)
    position = np.maximum(n - 1, 0) * share
    low = np.floor(position).astype(np.int64)
    until = np.cumsum(counts, axis=1)
    last = len(levels) - 1
    first = levels[np.minimum((until <= low[:, None]).sum(axis=1), last)]
    second = levels[np.minimum((until <= np.minimum(low + 1, np.maximum(n - 1, 0))[:, None]).sum(axis=1), last)]
    return np.where(n > 0, first + (position - low) * (second - first), np.nan)


def spread(levels: np.ndarray, counts: np.ndarray) -> Spread:
    """Median, quartiles and mean of values `levels` (l, ascending) that came `counts` (s x l) times."""
    n = counts.sum(axis=1)
    mean = np.where(n > 0, counts @ levels / np.maximum(n, 1), np.nan)
    lower, median, upper = (quantile(levels, counts, share) for share in (0.25, 0.5, 0.75))
    return Spread(n, median, lower, upper, mean)
