"""What may be concluded from few experts: exact intervals, exact tests, and the correction for many of them.

Tests compare experts, never statements, and a group with the rest or merged groups: between a group of two and one
of three the smallest p that Fisher's test can give is 0.10.
"""

import math
from collections.abc import Collection, Iterable

import pandas as pd
from scipy.stats import binomtest, false_discovery_control, fisher_exact

from coding.counts import SESSIONS, presence
from coding.frames import Frames


def wilson_interval(k: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Interval for the share k of n (Wilson 1927; Newcombe 1998, method 3), (0, 1) if n is 0."""
    if n == 0:
        return 0.0, 1.0
    interval = binomtest(k, n).proportion_ci(level, method="wilson")
    return float(interval.low), float(interval.high)


def fisher_p(k: int, n: int, other_k: int, other_n: int) -> float:
    """Two-sided p of Fisher's exact test of k of n against other_k of other_n; 1 if one side is empty."""
    return float(fisher_exact([[k, n - k], [other_k, other_n - other_k]]).pvalue)


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
    """These groups against all others, or against `rest_ids`, one row a code: code_id, k, n, rest_k, rest_n,
    difference (of shares), log_odds_ratio, p, adjusted_p (over the rows).
    """
    said = presence(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id)
    group = frames.experts["group_id"]
    inside = group.isin(list(group_ids)).to_numpy()
    rest = ~inside if rest_ids is None else group.isin(list(rest_ids)).to_numpy() & ~inside
    n, rest_n = int(inside.sum()), int(rest.sum())
    rows = []
    for code_id in code_ids:
        k, rest_k = int(said.loc[inside, code_id].sum()), int(said.loc[rest, code_id].sum())
        cells = (k, n, rest_k, rest_n)
        difference = k / n - rest_k / rest_n if n and rest_n else float("nan")
        rows.append((code_id, *cells, difference, log_odds_ratio(*cells), fisher_p(*cells)))
    names = ["code_id", "k", "n", "rest_k", "rest_n", "difference", "log_odds_ratio", "p"]
    found = pd.DataFrame(rows, columns=names)
    return found.assign(adjusted_p=benjamini_hochberg(found["p"]))
