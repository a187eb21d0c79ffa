"""Every coefficient of every code at once, in as many rows of draws as wanted: whether the code applies to a unit."""

import numpy as np

from coding.coded import Coded
from coding.coefficients import (
    Weights,
    brennan_prediger_of,
    category_shares,
    cohen_kappa,
    fleiss_of,
    gwet_of,
    krippendorff_alpha,
    percent_agreement,
)
from coding.resampling import Draws

COEFFICIENTS = ("percent", "cohen", "fleiss", "alpha", "ac1", "brennan_prediger")

_BLOCK = 2_000_000
"""Judgements on single codes held at a time."""


def code_coefficients(coded: Coded, rows: list[Draws]) -> dict[str, np.ndarray]:
    """`COEFFICIENTS` (rows x codes); cohen for two coders alone. `rows` are taken together in their order."""
    step = max(1, _BLOCK // max(coded.seen.size, 1))
    blocks = [
        _of_block(coded.seen, coded.applied[:, :, start : start + step], rows)
        for start in range(0, len(coded.codes), step)
    ]
    names = blocks[0] if blocks else {}
    return {name: np.concatenate([block[name] for block in blocks], axis=1) for name in names}


def cell_coefficients(tables: np.ndarray) -> dict[str, np.ndarray]:
    """`COEFFICIENTS` of two coders from 2x2 tables (tables x both, only the first, only the second, neither)."""
    ratings = np.array([[1, 1], [1, 0], [0, 1], [0, 0]])
    counts = np.array([[0, 2], [1, 1], [1, 1], [2, 0]], dtype=float)  # of 0 and 1
    return _all_of(counts, ratings, tables.astype(float))


def two_by_two(coded: Coded) -> np.ndarray:
    """Weights of units that both, only the first, only the second, neither of two coders gave each code (codes x 4),
    summed over all pairs of coders, of whom the first comes first by name.
    """
    before = np.cumsum(coded.seen, axis=1) - coded.seen
    cells = np.empty((len(coded.codes), 4))
    compared = (before * coded.seen).sum(axis=1) @ coded.sizes
    for code in range(len(coded.codes)):
        given = coded.applied[:, :, code]
        given_before = np.cumsum(given, axis=1) - given
        both = (given_before * given).sum(axis=1) @ coded.sizes
        first = (given_before * (coded.seen & ~given)).sum(axis=1) @ coded.sizes
        second = ((before - given_before) * given).sum(axis=1) @ coded.sizes
        cells[code] = both, first, second, compared - both - first - second
    return cells


def prevalence(coded: Coded) -> np.ndarray:
    """Share of the judgements that apply each code, NaN if there are none."""
    judged = coded.coders_of_unit @ coded.sizes
    return np.asarray((coded.applied.sum(axis=1).T @ coded.sizes) / (judged or np.nan))


def _of_block(seen: np.ndarray, applied: np.ndarray, rows: list[Draws]) -> dict[str, np.ndarray]:
    given = applied.sum(axis=1).astype(float)
    counts = np.stack([seen.sum(axis=1)[:, None] - given, given], axis=-1)
    ratings = None
    if seen.shape[1] == 2:
        ratings = np.moveaxis(np.where(seen[:, :, None], applied, -1), 1, 2)
    parts = [_all_of(counts, ratings, draws) for draws in rows]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _all_of(counts: np.ndarray, ratings: np.ndarray | None, weights: Weights) -> dict[str, np.ndarray]:
    percent, shares = percent_agreement(counts, weights), category_shares(counts, weights)
    found = {
        "percent": percent,
        "fleiss": fleiss_of(percent, shares),
        "alpha": krippendorff_alpha(counts, None, weights),
        "ac1": gwet_of(percent, shares),
        "brennan_prediger": brennan_prediger_of(percent, 2),
    }
    return found if ratings is None else {**found, "cohen": cohen_kappa(ratings, 2, weights)}
