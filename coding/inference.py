"""What may be concluded from few experts: exact intervals, exact tests, and the correction for many of them.

Tests compare experts, never statements, and a group with the rest or merged groups: between a group of two and one
of three the smallest p that Fisher's test can give is 0.10.
"""

import math
from collections.abc import Collection, Iterable
from statistics import NormalDist

import pandas as pd
from scipy.stats import false_discovery_control

from coding.counts import SESSIONS, presence
from coding.frames import Frames

FEWEST_FOR_INTERVAL = 5
"""Experts below which a share has no interval: "2 of 3" says all that is known."""


def interval(k: int, n: int) -> tuple[float, float] | None:
    """The 95 % interval that is shown for the share k of n; None below five experts.

    It is Wilson's: from five experts on it holds the true share in at least 95 % of samples on the average over all
    shares (95.5 % at 5, 95.3 % at 20), with the least width. That is no promise for each share: it falls to 83 % for
    shares very near to 0 or 1 (3.6 % at 5, 0.9 % at 20). Clopper and Pearson's, which never falls below 95 %, is
    wider than what is claimed of it: 99 % on the average at 5, 97.7 % at 20.
    """
    return wilson_interval(k, n) if n >= FEWEST_FOR_INTERVAL else None


def wilson_interval(k: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Interval for the share k of n (Wilson 1927; Newcombe 1998, method 3), (0, 1) if n is 0."""
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = (k + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(k * (n - k) / n + z * z / 4)
    return (middle - half if k else 0.0), (middle + half if k < n else 1.0)


def fisher_p(k: int, n: int, other_k: int, other_n: int) -> float:
    """Two-sided p of Fisher's exact test of k of n against other_k of other_n; 1 if one side is empty.

    All tables with the same sums count that are no likelier than this one, compared as whole numbers.
    """
    said = k + other_k
    ways = [math.comb(n, here) * math.comb(other_n, said - here) for here in range(min(n, said) + 1)]
    found = math.comb(n, k) * math.comb(other_n, other_k)
    return sum(each for each in ways if each <= found) / math.comb(n + other_n, said)


def smallest_p(n: int, other_n: int) -> float:
    """The smallest two-sided p that Fisher's test can give for n against other_n experts, whatever they say.

    It belongs to the table in which all of the smaller side and nobody else said it (or nobody of it and all others):
    each other table is at least as likely.
    """
    ends = 2 if n == other_n else 1
    return min(1.0, ends / math.comb(n + other_n, n))


def log_odds_ratio(k: int, n: int, other_k: int, other_n: int) -> float:
    """Firth's log odds ratio of two shares: half an expert is added to each cell, so that 0 of n has one too."""
    return math.log((k + 0.5) * (other_n - other_k + 0.5) / ((n - k + 0.5) * (other_k + 0.5)))


def benjamini_hochberg(p_values: Iterable[float]) -> list[float]:
    """Adjusted p values (Benjamini and Hochberg 1995) of all tests that are shown together."""
    listed = list(p_values)
    return [float(p) for p in false_discovery_control(listed)] if listed else []


def against_rest(
    frames: Frames,
    code_ids: Iterable[str],
    group_ids: Collection[str],
    rest_ids: Collection[str] | None = None,
    *,
    source_kinds: tuple[str, ...] = SESSIONS,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:
    """These groups against all others, or against `rest_ids`, one row a code: code_id and the columns of `compared`."""
    said = presence(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id)[list(code_ids)]
    group = frames.experts["group_id"]
    inside = group.isin(list(group_ids)).to_numpy()
    rest = ~inside if rest_ids is None else group.isin(list(rest_ids)).to_numpy() & ~inside
    counts = {
        "code_id": said.columns, "k": said[inside].sum().to_numpy(), "n": int(inside.sum()),
        "rest_k": said[rest].sum().to_numpy(), "rest_n": int(rest.sum()),
    }  # fmt: skip
    return compared(pd.DataFrame(counts))


def compared(counts: pd.DataFrame) -> pd.DataFrame:
    """Shares side by side: to k of n and rest_k of rest_n in each row come difference (of shares, NaN if a side is
    empty), log_odds_ratio, p (Fisher's), smallest_p, and adjusted_p over all rows that have two sides.
    """
    cells = list(zip(*(counts[name].tolist() for name in ("k", "n", "rest_k", "rest_n")), strict=True))
    found = counts.assign(
        difference=[k / n - rest_k / rest_n if n and rest_n else float("nan") for k, n, rest_k, rest_n in cells],
        log_odds_ratio=[log_odds_ratio(*each) for each in cells],
        p=[fisher_p(*each) for each in cells],
        smallest_p=[smallest_p(n, rest_n) for _k, n, _rest_k, rest_n in cells],
        adjusted_p=1.0,
    )
    both = found["difference"].notna()
    found.loc[both, "adjusted_p"] = benjamini_hochberg(found.loc[both, "p"])
    return found
