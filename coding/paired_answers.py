"""The same scale answered twice by the same experts, as today and in three years: who steps up, down, or stays."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Of each of s segments and of everyone (arrays of s + 1, everyone last), those who gave both answers (n).

    Means and medians are NaN where n is 0. `up`, `down` and `same` count experts.
    """

    n: np.ndarray
    first_mean: np.ndarray
    second_mean: np.ndarray
    first_median: np.ndarray
    second_median: np.ndarray
    up: np.ndarray
    down: np.ndarray
    same: np.ndarray


def steps(first: np.ndarray, second: np.ndarray, segments: np.ndarray, n_segments: int) -> Steps:
    """From values (n, NaN where none) and the place of each expert's segment (n, -1 for none)."""
    both = ~np.isnan(first) & ~np.isnan(second)
    before, after, where = first[both], second[both], segments[both]
    masks = [where == number for number in range(n_segments)] + [np.ones(len(where), dtype=bool)]

    def of_each(values: np.ndarray, middle: Callable[[np.ndarray], float]) -> np.ndarray:
        return np.array([float(middle(values[mask])) if mask.any() else np.nan for mask in masks])

    def counted(stepped: np.ndarray) -> np.ndarray:
        return np.array([int((stepped & mask).sum()) for mask in masks])

    return Steps(
        np.array([int(mask.sum()) for mask in masks]), of_each(before, np.mean), of_each(after, np.mean),
        of_each(before, np.median), of_each(after, np.median),
        counted(after > before), counted(after < before), counted(after == before),
    )  # fmt: skip


def moves(first: np.ndarray, second: np.ndarray, points: np.ndarray) -> np.ndarray:
    """How many went from each point of the scale (k, ascending) to each (k x k); other values are left out."""
    rows, columns = (np.searchsorted(points, values) for values in (first, second))
    last = len(points) - 1
    known = (points[np.minimum(rows, last)] == first) & (points[np.minimum(columns, last)] == second)
    found = np.bincount(rows[known] * len(points) + columns[known], minlength=len(points) ** 2)
    return np.asarray(found.reshape(len(points), len(points)))
