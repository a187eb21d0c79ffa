"""How far topics can be trusted, in numbers that are computed the same way for every model."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

TOP = 10
"""Words of a topic that are looked at."""


def diversity(topics: Sequence[Sequence[str]]) -> float:
    """Share of different words among the first ten of all topics (Dieng, Ruiz, Blei 2020); 1: none is repeated."""
    listed = [word for words in topics for word in words[:TOP]]
    return len(set(listed)) / len(listed) if listed else 0.0


def npmi(topics: Sequence[Sequence[str]], documents: Sequence[Sequence[str]]) -> float | None:
    """Mean normalised pointwise mutual information of the first ten words' pairs, -1 to 1; None without a pair.

    Probabilities are shares of `documents` (here: statements, as lemmas without stop words) that contain a word or
    both; NPMI = ln(p(a,b) / (p(a) p(b))) / -ln p(a,b), -1 for a pair that never meets, 1 for one that is in every
    document (Bouma 2009; Lau, Newman, Baldwin 2014, who take windows of a reference corpus instead). Mean over the
    pairs of a topic, then over topics. Short statements give low values: compare, do not judge by it alone.
    """
    wanted = {word for words in topics for word in words[:TOP]}
    rows: dict[str, np.ndarray] = {word: np.zeros(len(documents), dtype=bool) for word in wanted}
    for index, document in enumerate(documents):
        for word in wanted.intersection(document):
            rows[word][index] = True
    means = [
        np.mean([_pair(rows[one], rows[other]) for one, other in combinations(dict.fromkeys(words[:TOP]), 2)])
        for words in topics
        if len(set(words[:TOP])) > 1
    ]
    return float(np.mean(means)) if means else None


def _pair(one: np.ndarray, other: np.ndarray) -> float:
    both = float((one & other).mean())
    if both == 0:
        return -1.0
    if both == 1:
        return 1.0
    return float(np.log(both / (one.mean() * other.mean())) / -np.log(both))
