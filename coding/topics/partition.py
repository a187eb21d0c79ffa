"""Vectors of statements -> groups of alike statements, found again and again with other seeds."""

import math
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np

FEWEST = 10
"""Below this many different statements nothing is modelled."""

FEW = 60
"""Below this many, groups are built up pairwise from the vectors: UMAP breaks or shows one cloud."""

RUNS = 8
"""Runs whose agreement counts. Two disjoint eights give the same seven topics of 1,004 sentences with an adjusted Rand
index of 0.95 (single runs: 0.81); every further run costs as much as the first."""

MORE_OF_FEW = 8
"""As many times more runs of few statements: each takes a millisecond, and eight of them agree by chance."""

MOST_RUNS = 32
"""Of fewer than 600 statements. Of a hundred eight runs with one seed and with another agree to 0.83, 32 to 0.99."""

EPOCHS = 100
"""Of UMAP. Its default for small data, 500, takes four times as long and finds no more: of 1,004 sentences with 200 and
with 100 NMI is 0.53 and 0.52 in English, 0.40 and 0.40 in Russian, and two ensembles agree as much."""

COARSEST, FINEST = 2, 40
STEP = math.sqrt(2)
MOST_VOTERS = 12
SMALLEST = 3
"""Statements that a topic has on average at least."""
Heard = Callable[[float], None]


def proposed_number(n: int, codes: int = 0, experts: int = 0) -> int:
    """A starting point for `n` statements: as many as the codebook has codes in use, between √n / 2 and √n; without
    codes √n / 2 (half of it is the mean size of a topic in statements times four). At most twice as many as experts.

    No method can say how many topics there are: on four corpora with known topics the silhouette picked far too many
    and stability far too few.
    """
    root = math.sqrt(n)
    carried = min(max(codes, root / 2), root)
    if experts:
        carried = min(carried, 2 * experts)
    return max(COARSEST, min(FINEST, round(carried)))


def possible_number(n: int, wished: int) -> int:
    """`wished` topics, or as many as leave three statements each on average."""
    return max(COARSEST, min(wished, n // SMALLEST))


def ladder(number: int, n: int) -> list[int]:
    """Numbers of topics from coarse to fine, each about √2 times the one before, with `number` among them."""
    finest = max(number, possible_number(n, FINEST))
    found = {number}
    for direction in (STEP, 1 / STEP):
        step = 1
        while COARSEST <= (rung := round(number * direction**step)) <= finest:
            found.add(rung)
            step += 1
            if step > 20:
                break
    return sorted(found)


def voters(number: int, n: int) -> list[int]:
    """Numbers of groups with which runs vote on `number` groups of `n` statements, up to a dozen of them.

    Runs with that number alone often stand undecided between two partitions that are equally good, and another
    ensemble then chooses the other one: two ensembles of eight agreed on seven topics of 1,004 sentences to 0.69
    (Russian) and 0.89 (English), with their neighbours' votes to 0.86 and 0.96, and were as true.
    """
    every = [each for each in range(COARSEST, possible_number(n, FINEST) + 1) if votes(each, number)]
    thinned = every[:: math.ceil(len(every) / MOST_VOTERS)] if every else []
    return sorted({number, *thinned})


def votes(wanted: int, number: int) -> bool:
    """Whether runs with `wanted` groups vote on `number` groups: from seven tenths to twice as many."""
    return 7 * number <= 10 * wanted and wanted <= 2 * number


def number_of_runs(n: int) -> int:
    """Runs over `n` statements: `RUNS` of 600 and more, up to `MOST_RUNS` of fewer, which take as long."""
    return max(RUNS, min(MOST_RUNS, RUNS * 600 // n))


def runs(
    vectors: np.ndarray, numbers: Sequence[int], seed: int, *, count: int = 0, heard: Heard = lambda _share: None
) -> dict[int, np.ndarray]:
    """The groups of each row of `vectors` (n, d) in `count` runs, for each of the numbers: int (count, n); as many as
    `number_of_runs` says unless told, and of few rows `MORE_OF_FEW` times as many as told.

    `heard` hears the share that is done.
    """
    found: dict[int, list[np.ndarray]] = {number: [] for number in numbers}
    if len(vectors) < FEW:
        many = (count or RUNS) * MORE_OF_FEW
        for run in range(many):  # without the seed: Ward's method has none, and topics stay the same
            heard(run / many)
            for number in numbers:
                found[number].append(disturbed(vectors, number, run))
    else:
        count = count or number_of_runs(len(vectors))
        for run, points in enumerate(reductions(vectors, range(seed * count, (seed + 1) * count))):
            heard((run + 1) / count)
            for number in numbers:
                found[number].append(groups(points, number, seed * count + run))
    return {number: np.vstack(labels) for number, labels in found.items()}


def reductions(vectors: np.ndarray, seeds: Sequence[int], dimensions: int = 5) -> Iterator[np.ndarray]:
    """UMAP (McInnes, Healy, Melville 2018) of `vectors` (n, d), once a seed: (n, dimensions), float32.

    Exact neighbours are computed here and once: UMAP's own search costs a minute of compilation in each new process.
    """
    from sklearn.neighbors import NearestNeighbors
    from umap import UMAP

    neighbours = min(15, max(5, len(vectors) // 50))
    search = NearestNeighbors(n_neighbors=neighbours, metric="cosine", algorithm="brute").fit(vectors)
    distances, indices = search.kneighbors(vectors)
    for seed in seeds:
        reduction = UMAP(
            n_neighbors=neighbours, n_components=dimensions, min_dist=0.0 if dimensions > 2 else 0.1, metric="cosine",
            random_state=seed, n_jobs=1, n_epochs=EPOCHS, force_approximation_algorithm=True,
            precomputed_knn=(indices, distances.astype(np.float32)),
        )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # new statements cannot be placed later: none will be
            yield np.asarray(reduction.fit_transform(vectors), dtype=np.float32)


def on_a_plane(vectors: np.ndarray, seed: int) -> np.ndarray:
    """Where each row of `vectors` (n, d) lies on a map: (n, 2), each axis within -1..1."""
    if len(vectors) < FEW:
        _left, _sizes, axes = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
        points = (vectors - vectors.mean(axis=0)) @ axes[:2].T
        points = np.pad(points, ((0, 0), (0, 2 - points.shape[1])))
    else:
        points = next(reductions(vectors, [seed], 2))
    points = points - points.mean(axis=0)
    widest = np.abs(points).max(axis=0)
    return points / np.where(widest > 0, widest, 1)


def groups(points: np.ndarray, number: int, seed: int, tries: int = 3) -> np.ndarray:
    """k-means: the group of each row of `points` (n, d), int (n,)."""
    from sklearn.cluster import KMeans

    exact = np.asarray(points, dtype=float)  # distances are counted in it anyway, and turning them each time costs more
    with one_thread():
        found = KMeans(min(number, len(points)), random_state=seed, n_init=tries).fit(exact)
    return np.asarray(found.labels_)


def one_thread() -> Any:
    """Within it sums do not depend on the number of threads; so little work is slower in several, too."""
    return _libraries().limit(limits=1)


@cache
def _libraries() -> Any:
    """The numeric libraries of this process, looked for once: that takes a tenth of a run."""
    from sklearn.cluster import KMeans  # noqa: F401 - loads them
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def disturbed(vectors: np.ndarray, number: int, seed: int) -> np.ndarray:
    """Groups built up pairwise (Ward 1963) without a random fifth of the statements: int (n,).

    What was left out goes to the nearest group's mean. No seed plays in Ward's method itself.
    """
    from sklearn.cluster import AgglomerativeClustering

    n = len(vectors)
    kept = np.sort(np.random.default_rng(seed).permutation(n)[: n - n // 5])
    found = AgglomerativeClustering(min(number, len(kept))).fit(vectors[kept]).labels_
    return nearest(vectors, means_of(vectors[kept], found)) if len(kept) < n else np.asarray(found)


def means_of(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The mean of each group, in the order of their numbers: (groups, d)."""
    return np.vstack([vectors[labels == group].mean(axis=0) for group in np.unique(labels)])


def nearest(vectors: np.ndarray, means: np.ndarray) -> np.ndarray:
    """The index of the nearest mean to each row of `vectors`, int (n,)."""
    squares = (means**2).sum(axis=1)
    return np.asarray(np.argmin(squares - 2 * (vectors @ means.T), axis=1))


def as_bertopic_clusterer(labels: np.ndarray) -> Any:
    """What BERTopic takes for its clustering step: it finds these groups."""
    from sklearn.base import BaseEstimator, ClusterMixin

    class Found(ClusterMixin, BaseEstimator):
        def fit(self, _points: Any, _y: Any = None) -> "Found":
            self.labels_ = labels
            return self

    return Found()
