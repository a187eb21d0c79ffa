"""Do the segments differ at all? A permutation test over experts, for many codes at once, exact where that is quick."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import comb

PERMUTATIONS = 9_999
"""How often experts change segments where not every way to do so is looked at."""
_TIE = 1e-9  # sums of fractions that differ by less, as a share, are equal


@dataclass(frozen=True, slots=True, eq=False)
class Omnibus:
    """`p` of each code, and whether it is `exact` or from permutations."""

    p: np.ndarray
    exact: np.ndarray


def omnibus(said: np.ndarray, home: np.ndarray, *, permutations: int = PERMUTATIONS, seed: int = 0) -> Omnibus:
    """`omnibus_of_counts` of who mentioned what: `said` (experts x codes, bool), `home` (experts) the number of each
    expert's segment, -1 in none. These experts are left out, since no segment is theirs.
    """
    _numbers, place, sizes = np.unique(home[home >= 0], return_inverse=True, return_counts=True)
    inside = place[:, None] == np.arange(len(sizes))
    mentions = inside.T.astype(np.int64) @ np.asarray(said[home >= 0], dtype=np.int64)
    return omnibus_of_counts(mentions, sizes, permutations=permutations, seed=seed)


def omnibus_of_counts(
    mentions: np.ndarray, sizes: np.ndarray, *, permutations: int = PERMUTATIONS, seed: int = 0
) -> Omnibus:
    """Whether some segment mentions a code more or less than another, code by code.

    `mentions` (segments x codes) are the experts of each segment who mention it, of `sizes` (segments). The statistic
    is the sum over segments of mentions^2 / experts, which for given sizes orders tables as Pearson's chi-square does;
    what is as large as the one that was found, or larger, counts. Where the mentions of a code can lie in the segments
    in fewer ways than there are permutations, all ways count, each with its probability. Elsewhere experts change
    segments at random, in the same way for all codes, and p is (1 + hits) / (1 + permutations) (Phipson and Smyth
    2010). A code that nobody or everybody mentions has 1.
    """
    mentions, sizes = mentions[sizes > 0], sizes[sizes > 0]
    experts, totals = int(sizes.sum()), mentions.sum(axis=0)
    found = (mentions**2 / sizes[:, None]).sum(axis=0)
    p, exact = np.ones(len(totals)), np.ones(len(totals), dtype=bool)
    varies = (totals > 0) & (totals < experts) & (len(sizes) > 1)
    few = _number_of_tables(sizes)[totals] < permutations
    for total in np.unique(totals[varies & few]).tolist():
        codes = np.flatnonzero(totals == total)
        statistics, shares = _tables(tuple(sizes.tolist()), total)
        p[codes] = [min(1.0, float(shares[_reaches(statistics, found[code])].sum())) for code in codes]
    drawn = varies & ~few
    if drawn.any():
        numbers, which = np.unique(totals[drawn], return_inverse=True)
        statistics = _drawn(sizes, numbers, permutations, seed)
        hits = [_reaches(statistics[:, at], value).sum() for at, value in zip(which, found[drawn], strict=True)]
        p[drawn], exact[drawn] = (1 + np.array(hits)) / (1 + permutations), False
    return Omnibus(p, exact)


def _drawn(sizes: np.ndarray, totals: np.ndarray, permutations: int, seed: int) -> np.ndarray:
    """Statistics (permutations x totals) where experts change segments at random.

    Since everybody is as likely to come to lie anywhere, the first so many experts stand for all who mention a code.
    """
    place = np.repeat(np.arange(len(sizes), dtype=np.int16), sizes)
    homes = place[np.random.default_rng(seed).random((permutations, len(place)), np.float32).argsort(axis=1)]
    first = (np.arange(len(place))[:, None] < totals).astype(np.float32)
    statistics = np.zeros((permutations, len(totals)))
    for segment, size in enumerate(sizes.tolist()):
        mentions = (homes == segment).astype(np.float32) @ first  # whole numbers, exact in 32 bits
        statistics += mentions * mentions / np.float64(size)
    return statistics


def _reaches(statistics: np.ndarray, found: float) -> np.ndarray:
    return np.asarray(statistics >= found - _TIE * abs(found))


def _number_of_tables(sizes: np.ndarray) -> np.ndarray:
    """For 0, 1, ... mentions: in how many ways these many can lie in segments of these sizes."""
    numbers = np.ones(1)
    for size in sizes.tolist():
        numbers = np.convolve(numbers, np.ones(size + 1))
    return numbers


@lru_cache(maxsize=64)
def _tables(sizes: tuple[int, ...], total: int) -> tuple[np.ndarray, np.ndarray]:
    """Each way in which `total` mentions can lie in segments: its statistic, and its probability by chance alone.

    The probabilities are those of the multivariate hypergeometric distribution. Shared, nobody writes into it.
    """
    left, statistics, ways = np.array([total]), np.zeros(1), np.ones(1)
    room = sum(sizes)
    for size in sizes:
        room -= size
        here = np.arange(size + 1)
        after = left[:, None] - here
        fits = (after >= 0) & (after <= room)
        statistics = (statistics[:, None] + here**2 / size)[fits]
        ways = (ways[:, None] * comb(size, here))[fits]
        left = after[fits]
    return statistics, ways / ways.sum()
