"""One group's answers against those of all others: medians, Cliff's delta with an interval, an exact test."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.stats import norm

from coding.item_statistics import quantile
from transcripts.messages import Message, sentence

MOST_FOR_EXACT = 50
"""Answers on both sides together up to which the test is exact."""
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Contrast:
    """A group of n answers against rest_n others; everything is None with a `reason` where a side is empty.

    `difference` is of medians. `delta` is Cliff's: how much more often a member of the group answers higher than one
    of the rest than lower, from -1 to 1; `interval` is its (95 %). `p` is two-sided, `exact` or by the normal law.
    """

    n: int
    rest_n: int
    difference: float | None = None
    delta: float | None = None
    interval: tuple[float, float] | None = None
    p: float | None = None
    exact: bool = False
    reason: Message | None = None


def contrasts(levels: np.ndarray, counts: np.ndarray, everyone: np.ndarray) -> list[Contrast]:
    """Each segment against everyone else, from values `levels` (l, ascending), counts (s x l) and those of all (l)."""
    rest = everyone[None, :] - counts
    n, rest_n = counts.sum(axis=1), rest.sum(axis=1)
    theta = mann_whitney_share(counts, rest)
    low, high = newcombe_interval(theta, n, rest_n)
    difference = quantile(levels, counts, 0.5) - quantile(levels, rest, 0.5)
    found = []
    for number in range(len(counts)):
        sizes = int(n[number]), int(rest_n[number])
        if not all(sizes):
            found.append(Contrast(*sizes, reason=_empty(sizes[0])))
            continue
        exact = sum(sizes) <= MOST_FOR_EXACT
        p = exact_p(counts[number], everyone) if exact else normal_p(counts[number], everyone)
        between = (2 * float(low[number]) - 1, 2 * float(high[number]) - 1)
        found.append(Contrast(*sizes, float(difference[number]), 2 * float(theta[number]) - 1, between, p, exact))
    return found


def mann_whitney_share(counts: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """U / (n m) of each row (s x l) against the other (s x l): the share of pairs in which the first is higher, ties
    half (Mann and Whitney 1947). Cliff's delta (1993) is twice this less 1. NaN where a side is empty.
    """
    below = np.cumsum(rest, axis=1) - rest
    higher = (counts * (below + rest / 2)).sum(axis=1)
    pairs = counts.sum(axis=1) * rest.sum(axis=1)
    return np.where(pairs > 0, higher / np.maximum(pairs, 1), np.nan)


def newcombe_interval(
    theta: np.ndarray, n: np.ndarray, rest_n: np.ndarray, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Interval of U / (n m) by the fifth method of Newcombe (2006, part 2), which holds for few and for extremes.

    Both ends solve (theta - t)^2 = z^2 V(t), where V(t) = t (1 - t) (1 + (N - 1) ((1 - t) / (2 - t) + t / (1 + t))) /
    (n m) and N = (n + m) / 2. Arrays of s; NaN where theta is.
    """
    z = norm.ppf((1 + level) / 2)
    half, pairs = (n + rest_n) / 2 - 1, np.maximum(n * rest_n, 1)

    def outside(at: np.ndarray) -> np.ndarray:
        variance = at * (1 - at) * (1 + half * ((1 - at) / (2 - at) + at / (1 + at))) / pairs
        return np.asarray((theta - at) ** 2 > z**2 * variance)

    ends = []
    for edge in (0.0, 1.0):
        far, near = np.full(theta.shape, edge), theta.astype(float)
        for _step in range(_STEPS):
            middle = (far + near) / 2
            beyond = outside(middle)
            far, near = np.where(beyond, middle, far), np.where(beyond, near, middle)
        ends.append(np.where(np.isnan(theta), np.nan, near))
    return ends[0], ends[1]


def exact_p(counts: np.ndarray, everyone: np.ndarray) -> float:
    """Two-sided p of the rank sum of `counts` (l) among `everyone` (l), over all ways to choose as many of them.

    Ties keep their mean ranks; the distribution is built value by value (Streitberg and Röhmel 1986). What lies as
    far from the mean as the sum that was found, or farther, counts.
    """
    if 2 * counts.sum() > everyone.sum():
        counts = everyone - counts
    scores = _twice_mean_ranks(everyone)
    n, size = int(everyone.sum()), int(counts.sum())
    ways = _ways(tuple(everyone.tolist()), size)
    mean = size * (n + 1)  # of twice the ranks
    far = np.abs(np.arange(len(ways)) - mean) >= abs(int(scores @ counts) - mean)
    return float(min(ways[far].sum() / ways.sum(), 1.0))


def normal_p(counts: np.ndarray, everyone: np.ndarray) -> float:
    """The same by the normal law, with the variance that ties leave and a correction for continuity; 1 if all are tied.

    Lehmann (1975, chapter 1).
    """
    n, size = int(everyone.sum()), int(counts.sum())
    ranks = np.cumsum(everyone) - everyone + (everyone + 1) / 2
    apart = abs(float(ranks @ counts) - size * (n + 1) / 2)
    ties = float((everyone.astype(float) ** 3 - everyone).sum())
    variance = size * (n - size) / 12 * (n + 1 - ties / (n * (n - 1)))
    return float(min(2 * norm.sf(max(apart - 0.5, 0) / np.sqrt(variance)), 1.0)) if variance > 0 else 1.0


def _twice_mean_ranks(everyone: np.ndarray) -> np.ndarray:
    return 2 * (np.cumsum(everyone) - everyone) + everyone + 1


@lru_cache(maxsize=512)
def _ways(everyone: tuple[int, ...], size: int) -> np.ndarray:
    """In how many ways `size` of everyone have each sum of twice their mean ranks; shared, nobody writes into it."""
    counts = np.array(everyone)
    scores = _twice_mean_ranks(counts)
    ways = np.zeros((size + 1, int(scores @ counts) + 1))
    ways[0, 0] = 1
    for score in np.repeat(scores, counts).tolist():
        ways[1:, score:] += ways[:-1, : ways.shape[1] - score].copy()
    return np.asarray(ways[size])


def _empty(n: int) -> Message:
    if n == 0:
        return sentence("Nobody of the group gave an answer that counts.")
    return sentence("Nobody outside the group gave an answer that counts.")
