"""The statements of one language: their vectors, many runs over them, and the tree on which the runs agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coding.topics import embeddings, partition, topic_words, tree, vocabulary, wording
from coding.topics.result import NoTopics
from coding.topics.texts import Text
from coding.topics.tree import Tree
from transcripts.messages import Message, sentence
from transcripts.references import without_references

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Told = Callable[[float, Message], None]
WITHOUT_EXPERTS = 4
"""Runs without a random fifth of the experts."""
FEWEST_KNOWN = 5
"""Experts below which leaving some of them out says nothing."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """Texts that the model knows, and their vectors of length 1: `meaning` (n, d), and with their `words` beside it."""

    model: str
    texts: tuple[Text, ...]
    meaning: np.ndarray
    words: np.ndarray
    terms: tuple[str, ...]
    counts: csr_matrix


@dataclass(frozen=True, slots=True)
class Part:
    """`runs`: labels (runs, n) by the number of groups; `tree`: what they agree on; `places` (n, 2) on a map.

    `without_experts`: adjusted Rand index with runs that lack a fifth of the experts; None where too few are known.
    """

    vectors: Vectors
    tree: Tree
    runs: dict[int, np.ndarray]
    places: np.ndarray
    without_experts: float | None

    @property
    def texts(self) -> tuple[Text, ...]:
        """The texts, a row each."""
        return self.vectors.texts

    def runs_near(self, number: int) -> np.ndarray:
        """The runs whose number of groups comes nearest."""
        return self.runs[min(self.runs, key=lambda each: (abs(each - number), each))]


def turned_into_vectors(name: str, texts: Sequence[Text], fewest_experts: int, folder: Path, told: Told) -> Vectors:
    """Raises NoTopics where the model knows too few of the words, UnusableModel."""
    told(0.0, sentence("Loading the language model; the first time takes longest"))
    turning = sentence("Turning statements into vectors")
    vectors = embeddings.embed(
        [without_references(each.text) for each in texts], name, folder, lambda share: told(share, turning)
    )
    known = np.flatnonzero(np.abs(vectors).sum(axis=1))
    kept = tuple(texts[int(index)] for index in known)
    if len(kept) < partition.FEWEST:
        raise NoTopics(sentence("The model {model} knows too few of the words. Name another model.", model=name))
    named = vocabulary.vocabulary(
        [each.terms for each in kept], 1 if len(kept) < partition.FEW else 2,
        [each.experts for each in kept], fewest_experts,
    )  # fmt: skip
    with_words = wording.with_words(vectors[known], [each.terms for each in kept], named)
    counts = topic_words.count_terms([each.terms for each in kept], named)
    return Vectors(name, kept, vectors[known], with_words, tuple(named), counts)


def grouped(vectors: Vectors, numbers: Sequence[int], number: int, seed: int, told: Told) -> Part:
    """Many runs with each of the `numbers` of topics, and the tree through the `number` of them that was chosen."""
    alike = sentence("Grouping statements that are alike, again and again, to see what stays together")
    runs = partition.runs(vectors.words, numbers, seed, heard=lambda share: told(0.7 * share, alike))
    told(0.7, sentence("Looking for what all runs agree on"))
    agreed = tree.tree(runs, number, seed)
    labels = agreed.labels(number)
    less = sentence("Grouping again without some of the experts")
    without = _without_experts(vectors, labels, number, seed, lambda share: told(0.75 + 0.2 * share, less))
    told(0.95, sentence("Drawing the map"))
    return Part(vectors, agreed, runs, partition.on_a_plane(vectors.words, seed), without)


def _without_experts(
    vectors: Vectors, labels: np.ndarray, number: int, seed: int, heard: Callable[[float], None]
) -> float | None:
    """How much of the topics is found again where a random fifth of the experts have said nothing."""
    from sklearn.metrics import adjusted_rand_score

    experts = sorted(frozenset().union(*(each.experts for each in vectors.texts)))
    if len(experts) < FEWEST_KNOWN:
        return None
    found = []
    for run in range(WITHOUT_EXPERTS):
        heard(run / WITHOUT_EXPERTS)
        order = np.random.default_rng([seed, run]).permutation(len(experts))
        heard_now = {experts[index] for index in order[: len(experts) - max(1, len(experts) // 5)]}
        rows = np.array([i for i, each in enumerate(vectors.texts) if not each.experts or each.experts & heard_now])
        if len(rows) < partition.FEWEST:
            continue
        again = partition.runs(vectors.words[rows], [min(number, len(rows))], seed, count=1)
        found.append(adjusted_rand_score(labels[rows], next(iter(again.values()))[0]))
    return float(np.mean(found)) if found else None
