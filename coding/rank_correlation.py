"""Spearman's correlation of two rows of numbers, with an interval for few, or why there is none."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, rankdata

from transcripts.messages import Message, counted, sentence

FEWEST = 4
"""Pairs below which nothing is computed: the interval divides by three less."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """`rho` of n pairs and its interval (95 %); `reason` says why either is missing."""

    n: int
    rho: float | None = None
    interval: tuple[float, float] | None = None
    reason: Message | None = None


def spearman(first: np.ndarray, second: np.ndarray, level: float = 0.95) -> Correlation:
    """Pearson's correlation of the mean ranks (Spearman 1904; ties: Kendall 1945) of two arrays of n, without NaN.

    The interval is Fisher's, with the variance (1 + rho^2 / 2) / (n - 3) that Bonett and Wright (2000) found to
    hold for few pairs; it is none where the ranks agree to the last, since a bound of 1 would be no bound.
    """
    n = len(first)
    if n < FEWEST:
        return Correlation(n, reason=_too_few(n))
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return Correlation(n, reason=sentence("One of the two is the same for everybody."))
    ranks = rankdata(np.vstack([first, second]), axis=1)
    apart = ranks - (n + 1) / 2
    rho = float(np.clip(apart[0] @ apart[1] / math.sqrt((apart[0] @ apart[0]) * (apart[1] @ apart[1])), -1, 1))
    if abs(rho) > 1 - 1e-12:
        return Correlation(
            n, rho, reason=sentence("The order is the same throughout, so that chance cannot be judged.")
        )
    reach = float(norm.ppf((1 + level) / 2)) * math.sqrt((1 + rho**2 / 2) / (n - 3))
    return Correlation(n, rho, (math.tanh(math.atanh(rho) - reach), math.tanh(math.atanh(rho) + reach)))


def _too_few(n: int) -> Message:
    return counted(
        "A correlation needs {fewest} experts; here is {count}.",
        "A correlation needs {fewest} experts; here are {count}.",
        n,
        fewest=FEWEST,
    )
