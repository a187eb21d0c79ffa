"""Vectors of statements -> groups of alike statements, and whether another run would find them again."""

import math
import warnings
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

FEWEST = 10
"""Below this many different statements nothing is modelled."""

FEW = 60
"""Below this many, groups are built up pairwise from the vectors: UMAP breaks or shows one cloud."""

RUNS = 3
COARSEST, FINEST = 2, 40
SAME_WAY = 20_000
"""Above this many, k-means works in batches."""


def proposed_number(n: int) -> int:
    """A starting point, the square root of n / 2 (rule of thumb: Mardia, Kent, Bibby 1979, p. 365), 2 to 40."""
    return max(COARSEST, min(FINEST, round(math.sqrt(n / 2))))


def possible_number(n: int, wished: int) -> int:
    """`wished` topics, or as many as leave three statements each on average."""
    return max(COARSEST, min(wished, n // 3))


def reducer(vectors: np.ndarray, seed: int) -> Any:
    """An unfitted UMAP to five dimensions for `vectors` (n, d); None for few of them, which stay as they are.

    Exact neighbours are computed here: UMAP's own search costs a minute of compilation in each new process.
    """
    if len(vectors) < FEW:
        return None
    from sklearn.neighbors import NearestNeighbors
    from umap import UMAP

    neighbours = min(15, max(5, len(vectors) // 50))
    search = NearestNeighbors(n_neighbors=neighbours, metric="cosine", algorithm="brute").fit(vectors)
    distances, indices = search.kneighbors(vectors)
    return UMAP(
        n_neighbors=neighbours, n_components=5, min_dist=0.0, metric="cosine", random_state=seed, n_jobs=1,
        precomputed_knn=(indices, distances.astype(np.float32)), force_approximation_algorithm=True,
    )  # fmt: skip


def clusterer(n: int, k: int, seed: int) -> Any:
    """An unfitted method that finds `k` groups among `n` points."""
    from sklearn.cluster import AgglomerativeClustering, KMeans, MiniBatchKMeans

    if n < FEW:
        return AgglomerativeClustering(k)
    return MiniBatchKMeans(k, random_state=seed, n_init=10) if n > SAME_WAY else KMeans(k, random_state=seed, n_init=10)


def partition(vectors: np.ndarray, k: int, seed: int) -> np.ndarray:
    """One run: the group of each row of `vectors`, int (n,)."""
    reduction = reducer(vectors, seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # new statements cannot be placed later: none will be
        reduced = vectors if reduction is None else reduction.fit_transform(vectors)
    return np.asarray(clusterer(len(vectors), k, seed).fit(reduced).labels_)


def disturbed(vectors: np.ndarray, k: int, seed: int) -> np.ndarray:
    """Another run to compare with: another seed; for few statements, where no seed plays, without a random fifth.

    What was left out goes to the nearest group's mean.
    """
    n = len(vectors)
    if n >= FEW:
        return partition(vectors, k, seed)
    kept = np.sort(np.random.default_rng(seed).permutation(n)[: n - n // 5])
    found = partition(vectors[kept], min(k, len(kept)), seed)
    means = np.vstack([vectors[kept][found == group].mean(axis=0) for group in np.unique(found)])
    labels = np.argmin(((vectors[:, None, :] - means[None]) ** 2).sum(axis=2), axis=1)
    labels[kept] = np.searchsorted(np.unique(found), found)
    return labels


def stability(runs: Sequence[np.ndarray]) -> float:
    """Mean adjusted Rand index over all pairs of runs (Hubert, Arabie 1985): 1 the same groups, 0 chance."""
    from sklearn.metrics import adjusted_rand_score

    return float(np.mean([adjusted_rand_score(one, other) for one, other in combinations(runs, 2)]))


def togetherness(main: np.ndarray, others: Sequence[np.ndarray]) -> np.ndarray:
    """For each statement the share of its group's other members that stay with it, mean over `others`; (n,) in 0..1.

    1 for one that is alone in its group.
    """
    shares = np.zeros((len(others), len(main)))
    sizes = Counter(main.tolist())
    for row, other in enumerate(others):
        both = Counter(zip(main.tolist(), other.tolist(), strict=True))
        for index, pair in enumerate(zip(main.tolist(), other.tolist(), strict=True)):
            mates = sizes[pair[0]] - 1
            shares[row, index] = (both[pair] - 1) / mates if mates else 1.0
    return shares.mean(axis=0)
