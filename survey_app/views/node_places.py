"""Where the nodes of a network lie: the nearer they are to each other, the closer."""

import numpy as np
from scipy.sparse.csgraph import shortest_path

_ROUNDS = 300
_FAR = 1.6  # times the longest way: between nodes that no way joins


def spread(lengths: np.ndarray) -> np.ndarray:
    """Places (n, 2) from -1 to 1, such that distances follow the shortest ways along links of these lengths (n, n;
    infinite where there is none).

    Stress majorization (Gansner, Koren and North 2004) from a circle in the order given: no chance is in it.
    """
    size = len(lengths)
    if size < 2:
        return np.zeros((size, 2))
    wanted = shortest_path(np.where(np.isfinite(lengths), lengths, 0), directed=False)
    joined = np.isfinite(wanted)
    wanted = np.where(joined, wanted, _FAR * wanted[joined].max(initial=1))
    np.fill_diagonal(wanted, 1)
    weights = wanted**-2.0
    np.fill_diagonal(weights, 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    angle = 2 * np.pi * np.arange(size) / size
    at = np.column_stack([np.cos(angle), np.sin(angle)])
    for _round in range(_ROUNDS):
        apart = np.hypot(*(at[:, None] - at).transpose(2, 0, 1))
        pull = np.divide(weights * wanted, apart, out=np.zeros_like(apart), where=apart > 1e-9)
        at = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ at)
    low, high = at.min(axis=0), at.max(axis=0)
    reach = np.where(high - low > 1e-9, high - low, 1)
    return np.where(high - low > 1e-9, 2 * (at - low) / reach - 1, 0)
