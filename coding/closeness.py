"""How codes join into ever larger groups by how close they are: average linkage (Sokal and Michener 1958)."""

from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, leaves_list, linkage
from scipy.spatial.distance import squareform


@dataclass(frozen=True, slots=True)
class Joining:
    """Two groups of places that become one at this mean distance between their members."""

    one: tuple[int, ...]
    other: tuple[int, ...]
    distance: float


def unshared(said: np.ndarray) -> np.ndarray:
    """1 - Jaccard between every two columns of experts by codes (bool): 0 the same experts, 1 none in common.

    Two codes that nobody says have nothing in common; a code is the same as itself.
    """
    counts = said.astype(float)
    both = counts.T @ counts
    either = np.add.outer(both.diagonal(), both.diagonal()) - both
    found = 1 - np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    np.fill_diagonal(found, 0)
    return found


def joinings(distances: np.ndarray) -> list[Joining]:
    """What joins what, the closest first, from symmetric distances (n, n); none for fewer than two."""
    size = len(distances)
    if size < 2:
        return []
    held: dict[int, tuple[int, ...]] = {place: (place,) for place in range(size)}
    found = []
    for step, (one, other, distance, _count) in enumerate(_linked(distances).tolist()):
        found.append(Joining(held[int(one)], held[int(other)], distance))
        held[size + step] = (*held[int(one)], *held[int(other)])
    return found


def side_by_side(distances: np.ndarray) -> list[int]:
    """The places in the order of the tree in which neighbours are closest (Bar-Joseph et al. 2001)."""
    return (
        [int(place) for place in leaves_list(_linked(distances))] if len(distances) > 1 else list(range(len(distances)))
    )


def clusters(distances: np.ndarray, most: float) -> np.ndarray:
    """The number of each place's cluster: what joins at a mean distance of at most `most`."""
    return fcluster(_linked(distances), most, "distance") if len(distances) > 1 else np.ones(len(distances), dtype=int)


def _linked(distances: np.ndarray) -> np.ndarray:
    return linkage(squareform(distances, checks=False), "average", optimal_ordering=True)
