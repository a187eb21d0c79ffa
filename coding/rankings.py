"""Rankings by several experts: mean ranks, points, and how far the rankings agree (Kendall's W)."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2, rankdata

from transcripts.messages import Message, sentence


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W of `judges` rankings of `objects`, with its chi-square test; `reason` says why there is none."""

    judges: int
    objects: int
    w: float | None = None
    chi_square: float | None = None
    degrees: int = 0
    p: float | None = None
    reason: Message | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Of each of i objects (arrays of i): how many placed it, how many first, its points and its mean rank.

    `judges` is how many placed anything at all, `depth` how many places there were.
    """

    judges: int
    depth: int
    placed: np.ndarray
    first: np.ndarray
    points: np.ndarray
    mean_rank: np.ndarray


def full_ranks(places: np.ndarray) -> np.ndarray:
    """Ranks (j x i) from places (n x i, NaN where an object got none), of the j judges who placed anything.

    Who places only the first few of many is read as holding the rest for equal: these share the mean of the ranks
    that are left. Equal places share the mean of theirs (Kendall 1945).
    """
    given = places[~np.isnan(places).all(axis=1)] if places.size else places[:0]
    return np.asarray(rankdata(np.where(np.isnan(given), np.inf, given), method="average", axis=1))


def kendall_w(places: np.ndarray) -> Concordance:
    """W of places or ratings (n x i; NaN where an object got no place, see `full_ranks`).

    W = 12 S / (m^2 (i^3 - i) - m sum T), where S is the sum of squared deviations of the rank sums and T = sum of
    t^3 - t over the ties of one judge (Kendall and Babington Smith 1939; ties: Kendall 1945); chi-square =
    m (i - 1) W with i - 1 degrees of freedom (Friedman 1937). It is rough where judges and objects are few.
    """
    ranks = full_ranks(places)
    judges, objects = ranks.shape
    if judges < 2:
        return Concordance(judges, objects, reason=sentence("Fewer than two experts ranked."))
    if objects < 2:
        return Concordance(judges, objects, reason=sentence("There is only one thing to rank."))
    sums = ranks.sum(axis=0)
    deviation = float(((sums - sums.mean()) ** 2).sum())
    highest = judges**2 * (objects**3 - objects) - judges * _ties(ranks)
    if highest <= 0:
        return Concordance(judges, objects, reason=sentence("Every expert holds all of them for equal."))
    w = min(12 * deviation / highest, 1.0)
    statistic = judges * (objects - 1) * w
    return Concordance(judges, objects, w, statistic, objects - 1, float(chi2.sf(statistic, objects - 1)))


def placed(places: np.ndarray) -> Placed:
    """Counts of places (n x i): a first place is worth as many points as there are places (Borda's count).

    A place beyond the objects is worth nothing, and there are never more places than objects.
    """
    given = ~np.isnan(places)
    depth = int(min(np.nanmax(places), places.shape[1])) if given.any() else 0
    ranks = full_ranks(places)
    mean = ranks.mean(axis=0) if len(ranks) else np.full(places.shape[1], np.nan)
    points = np.where(given, np.maximum(depth + 1 - np.nan_to_num(places), 0), 0).sum(axis=0)
    return Placed(
        len(ranks), depth, given.sum(axis=0), (places == 1).sum(axis=0), points.astype(np.int64), np.asarray(mean)
    )


def _ties(ranks: np.ndarray) -> float:
    """The sum over judges of t^3 - t for each set of t equal ranks."""
    ordered = np.sort(ranks, axis=1)
    starts = np.ones(ordered.shape, dtype=bool)
    starts[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    sizes = np.diff(np.flatnonzero(starts.ravel()), append=ordered.size).astype(float)
    return float((sizes**3 - sizes).sum())
