"""How far apart two categories are (distances, for alpha), and how alike (similarities, for Gwet's coefficients)."""

from collections.abc import Callable, Collection, Sequence
from typing import Literal

import numpy as np

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")


def interval_distance(values: Sequence[float]) -> np.ndarray:
    """Squared differences of the categories' values."""
    points = np.asarray(values, dtype=float)
    return (points[:, None] - points) ** 2


def ratio_distance(values: Sequence[float]) -> np.ndarray:
    """Squared differences relative to the sums of the categories' values (which are not negative)."""
    points = np.asarray(values, dtype=float)
    sums = points[:, None] + points
    return np.divide(points[:, None] - points, sums, out=np.zeros_like(sums), where=sums != 0) ** 2


def ordinal_distance(counts: np.ndarray) -> np.ndarray:
    """Krippendorff's ordinal metric: squared numbers of values between two ranks (columns in ascending order)."""
    of_category = counts[counts.sum(axis=1) >= 2].sum(axis=0)
    middle = np.cumsum(of_category) - of_category / 2
    return (middle[:, None] - middle) ** 2


def jaccard_distance(sets: Sequence[Collection[str]]) -> np.ndarray:
    """One minus the shared part of two sets of codes; two empty sets are equal."""
    return 1 - set_similarities(*_overlaps(sets))[0]


def masi_distance(sets: Sequence[Collection[str]]) -> np.ndarray:
    """MASI (Passonneau 2006): 1 - J * M, M being 1 for equal sets, 2/3 for a subset, 1/3 for an overlap, 0 for none."""
    return 1 - set_similarities(*_overlaps(sets))[1]


def set_similarities(shared: np.ndarray, first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Jaccard's J and Passonneau's J * M from how many codes two sets share and how many each has."""
    together = first + second - shared
    jaccard = np.divide(shared, together, out=np.ones(shared.shape), where=together > 0)
    third = np.sign(shared) + (shared == np.minimum(first, second)) + (shared == together)
    return jaccard, jaccard * np.where(together > 0, third / 3, 1)


def linear_similarity(values: Sequence[float]) -> np.ndarray:
    """One minus the difference of two values, as a share of the range (Gwet 2014, ch. 3)."""
    points = np.asarray(values, dtype=float)
    return 1 - _as_share(np.abs(points[:, None] - points))


def quadratic_similarity(values: Sequence[float]) -> np.ndarray:
    """One minus the squared difference of two values, as a share of the squared range (Gwet 2014, ch. 3)."""
    return 1 - _as_share(interval_distance(values))


def ordinal_similarity(n_categories: int) -> np.ndarray:
    """Gwet's ordinal weights (2014, ch. 3): one minus the pairs of ranks from one to the other, of all pairs of ranks.

    They know ranks alone; Krippendorff's ordinal distance also weighs how often each rank was given.
    """
    apart = np.abs(np.subtract.outer(np.arange(n_categories), np.arange(n_categories)))
    return 1 - _as_share(apart * (apart + 1) / 2)


def ratio_similarity(values: Sequence[float]) -> np.ndarray:
    """One minus Krippendorff's ratio distance, as a share of the largest (Gwet 2014, ch. 3)."""
    return 1 - _as_share(ratio_distance(values))


def similarity_of(level: Level, values: Sequence[float]) -> np.ndarray:
    """The similarity that goes with a level of measurement; `values` ascend, for nominal they only count."""
    made: dict[Level, Callable[[], np.ndarray]] = {
        "nominal": lambda: np.eye(len(values)),
        "ordinal": lambda: ordinal_similarity(len(values)),
        "interval": lambda: quadratic_similarity(values),
        "ratio": lambda: ratio_similarity(values),
    }
    return made[level]()


def distance_of(level: Level, values: Sequence[float], counts: np.ndarray) -> np.ndarray | None:
    """Krippendorff's distance of a level of measurement; None stands for nominal."""
    made: dict[Level, Callable[[], np.ndarray | None]] = {
        "nominal": lambda: None,
        "ordinal": lambda: ordinal_distance(counts),
        "interval": lambda: interval_distance(values),
        "ratio": lambda: ratio_distance(values),
    }
    return made[level]()


def _as_share(distances: np.ndarray) -> np.ndarray:
    largest = distances.max(initial=0)
    return distances / largest if largest > 0 else distances


def _overlaps(sets: Sequence[Collection[str]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    names = sorted({name for value in sets for name in value})
    has = np.array([[name in value for name in names] for value in sets], dtype=float).reshape(len(sets), len(names))
    sizes = has.sum(axis=1)
    return has @ has.T, sizes[:, None], sizes[None, :]
