"""What many runs agree on: groups, and a tree of them that can be cut as coarse or as fine as one likes."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from coding.topics import partition

SMALLEST_LEAF = 3
"""Statements of a topic into which another is split, at least."""

TRIES = 50
"""Starts of k-means over the votes. With ten the best partition is often missed, and two ensembles differ for that."""

DIRECTIONS = 60


@dataclass(frozen=True, slots=True)
class Tree:
    """`leaves`: the finest group of each statement, int (n,); `merges`: two nodes each, which become the next one.

    Nodes 0 to L - 1 are the leaves, L + i is what merge i makes. The last merge leaves one node.
    """

    leaves: np.ndarray
    merges: tuple[tuple[int, int], ...]

    @property
    def finest(self) -> int:
        """How many leaves there are."""
        return len(self.merges) + 1

    def cut(self, number: int) -> list[frozenset[int]]:
        """The leaves of each of `number` topics; of as many as there are leaves, if more are asked for."""
        nodes = {leaf: frozenset([leaf]) for leaf in range(self.finest)}
        for index, (one, other) in enumerate(self.merges[: max(0, self.finest - max(1, number))]):
            nodes[self.finest + index] = nodes.pop(one) | nodes.pop(other)
        return list(nodes.values())

    def labels(self, number: int) -> np.ndarray:
        """The topic of each statement among `number` topics, int (n,), in the order of `cut`."""
        of_leaf = np.zeros(self.finest, dtype=int)
        for topic, leaves in enumerate(self.cut(number)):
            of_leaf[list(leaves)] = topic
        return of_leaf[self.leaves]

    def children(self, leaves: frozenset[int]) -> tuple[frozenset[int], frozenset[int]] | None:
        """The two topics that one node is made of; None for a leaf and for what is no node of the tree."""
        nodes = {leaf: frozenset([leaf]) for leaf in range(self.finest)}
        for index, (one, other) in enumerate(self.merges):
            nodes[self.finest + index] = nodes[one] | nodes[other]
            if nodes[self.finest + index] == leaves:
                return nodes[one], nodes[other]
        return None


def near(runs: Mapping[int, np.ndarray], number: int) -> list[np.ndarray]:
    """The runs that vote on `number` groups (`partition.voters`): those with just that number and its neighbours."""
    found = [labels for wanted, labels in sorted(runs.items()) if partition.votes(wanted, number)]
    return found or [runs[min(runs, key=lambda each: (abs(each - number), each))]]


def agreed(votes: Sequence[np.ndarray], number: int, seed: int, tries: int = TRIES) -> np.ndarray:
    """`number` groups on which runs agree, int (n,); each of the `votes` is int (runs, n).

    k-means of the rows' memberships, which maximises the mean agreement with the runs (Wu, Liu, Xiong, Cao, Chen 2015,
    "K-means-based consensus clustering"), along the directions in which they vary most: of many starts the best one.
    """
    return partition.groups(_shrunk(_memberships(votes)), number, seed, tries=tries)


def tree(runs: Mapping[int, np.ndarray], number: int, seed: int, *, alone: bool = False) -> Tree:
    """A tree with the `number` groups on which the runs near that number agree as one of its levels; `alone`: only the
    runs with just that number, which know more than the others.

    Below, each of them is split by Ward's method over the memberships in all runs (two statements are the nearer the
    more often they share a group: evidence accumulation, Fred and Jain 2005); above, they are merged in the same way.
    """
    rows = _memberships(runs.values())
    anchors = agreed([runs[number]] if alone else near(runs, number), number, seed)
    leaves, splits = _split(rows, anchors, max(runs))
    merges = _merged(rows, leaves, splits)
    return Tree(leaves, merges)


def stability(votes: Sequence[np.ndarray], number: int) -> float:
    """Adjusted Rand index (Hubert, Arabie 1985) of what the even runs and what the odd runs agree on: 1 the same
    groups, 0 chance. Each of the `votes` is int (runs, n)."""
    from sklearn.metrics import adjusted_rand_score

    halves = [agreed([labels[half::2] for labels in votes], number, 0, tries=10) for half in (0, 1)]
    return float(adjusted_rand_score(*halves))


def togetherness(main: np.ndarray, runs: np.ndarray) -> np.ndarray:
    """For each statement the share of its group's other members that stay with it, mean over `runs` (runs, n); (n,) in
    0..1. 1 for one that is alone in its group."""
    shares = np.zeros(len(main))
    mates = np.bincount(main)[main] - 1
    for other in runs:
        width = int(other.max()) + 1
        both = main * width + other
        together = np.bincount(both, minlength=(int(main.max()) + 1) * width)[both] - 1
        shares += np.where(mates > 0, together / np.maximum(mates, 1), 1.0)
    return shares / len(runs)


def _memberships(runs: Iterable[np.ndarray]) -> np.ndarray:
    """A column a group of each run, 1 for its members, scaled to squared distances of 0 to 2: (n, groups), float32."""
    each = [labels for some in runs for labels in some]
    parts = [np.eye(int(labels.max()) + 1, dtype=np.float32)[labels] for labels in each]
    return np.hstack(parts) / np.float32(np.sqrt(len(parts)))


def _shrunk(rows: np.ndarray) -> np.ndarray:
    """The rows along the directions in which they vary most: (n, at most `DIRECTIONS`), float32."""
    from sklearn.utils.extmath import randomized_svd

    if min(rows.shape) <= DIRECTIONS:
        return rows
    left, sizes, _directions = randomized_svd(rows - rows.mean(axis=0), DIRECTIONS, random_state=0)
    return np.ascontiguousarray(left * sizes, dtype=np.float32)


def _split(rows: np.ndarray, anchors: np.ndarray, finest: int) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """The finest groups below the anchors, and which of them each split has parted: (the one that stayed, the new)."""
    leaves, count = anchors.copy(), int(anchors.max()) + 1
    waiting: list[tuple[float, int, np.ndarray, np.ndarray]] = []
    for group in range(count):
        _offer(waiting, rows, group, np.flatnonzero(leaves == group))
    splits: list[tuple[int, int]] = []
    while waiting and count < finest:
        _height, group, stays, goes = heapq.heappop(waiting)
        leaves[goes] = count
        splits.append((group, count))
        _offer(waiting, rows, group, stays)
        _offer(waiting, rows, count, goes)
        count += 1
    return leaves, splits


def _offer(
    waiting: list[tuple[float, int, np.ndarray, np.ndarray]], rows: np.ndarray, group: int, members: np.ndarray
) -> None:
    """Put the best split of a group into the queue, if both halves are large enough."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(members) < 2 * SMALLEST_LEAF:
        return
    joined = linkage(rows[members], "ward")
    halves = fcluster(joined, 2, "maxclust")
    stays, goes = members[halves == 1], members[halves == 2]
    if min(len(stays), len(goes)) >= SMALLEST_LEAF:
        heapq.heappush(waiting, (-float(joined[-1, 2]), group, stays, goes))


def _merged(rows: np.ndarray, leaves: np.ndarray, splits: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """First the splits backwards, then the nearest two by Ward's criterion, until one is left."""
    count = int(leaves.max()) + 1
    node = dict(enumerate(range(count)))
    merges: list[tuple[int, int]] = []
    for one, other in reversed(splits):
        merges.append((node[one], node.pop(other)))
        node[one] = count + len(merges) - 1
    label = np.zeros(count, dtype=int)
    for group, leaf in _leaves_of(splits, count).items():
        label[leaf] = group
    groups = label[leaves]
    sizes = {group: int((groups == group).sum()) for group in node}
    means = {group: rows[groups == group].mean(axis=0, dtype=np.float64) for group in node}
    while len(node) > 1:
        one, other = min(combinations(sorted(node), 2), key=lambda pair: _cost(pair, sizes, means))
        merges.append((node[one], node.pop(other)))
        node[one] = count + len(merges) - 1
        both = sizes[one] + sizes[other]
        means[one] = (means[one] * sizes[one] + means[other] * sizes[other]) / both
        sizes[one] = both
    return tuple(merges)


def _leaves_of(splits: Sequence[tuple[int, int]], count: int) -> dict[int, list[int]]:
    """The leaves below each anchor."""
    came_from = {new: old for old, new in splits}
    found: dict[int, list[int]] = {}
    for leaf in range(count):
        group = leaf
        while group in came_from:
            group = came_from[group]
        found.setdefault(group, []).append(leaf)
    return found


def _cost(pair: tuple[int, int], sizes: Mapping[int, int], means: Mapping[int, np.ndarray]) -> float:
    """How much the sum of squares within groups grows if two become one (Ward 1963)."""
    one, other = (sizes[group] for group in pair)
    return one * other / (one + other) * float(((means[pair[0]] - means[pair[1]]) ** 2).sum())
