"""The statements of one language: their vectors, many runs over them, and the tree on which the runs agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from coding.topics import embeddings, guided, partition, topic_words, tree, vocabulary
from coding.topics.guided import Guide
from coding.topics.result import NoTopics
from coding.topics.terms import Wording, terms
from coding.topics.texts import Text
from coding.topics.tree import Tree
from coding.topics.wording import WordSpace
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
class Asked:
    """What was asked for beside the number: which words count, whether topics grow around the statements' codes, and
    texts that describe a code, by code."""

    words: Wording
    guided: bool = False
    seed_topics: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vectors:
    """Texts that the model knows, their terms and how often each says each: `counts` (n, terms).

    `words` (m, d), of length 1: the first m texts' meaning and words, of which runs are made; all unless there are
    too many.
    """

    model: str
    texts: tuple[Text, ...]
    words: np.ndarray
    terms: tuple[str, ...]
    counts: csr_matrix
    read: embeddings.Reader
    space: WordSpace
    guide: Guide | None

    def placed(self, texts: Sequence[Text], heard: Callable[[float], None]) -> np.ndarray:
        """Where other texts lie among `words`, (n, d); zeros for one of which the model knows no word."""
        meaning = self.read(_plain(texts), heard)
        rows = self.space.beside(meaning, [each.terms for each in texts])
        rows[np.abs(meaning).sum(axis=1) == 0] = 0
        return rows


@dataclass(frozen=True, slots=True)
class Part:
    """`runs`: labels (runs, m) by the number of groups; `tree`: what they agree on; `places` (n, 2) on a map.

    `without_experts`: adjusted Rand index with runs that lack a fifth of the experts; None where too few are known.
    `near`: (n - m, k) rows of the nearest of the m texts for each of those that were in no run.
    """

    vectors: Vectors
    number: int
    tree: Tree
    runs: dict[int, np.ndarray]
    places: np.ndarray
    without_experts: float | None
    near: np.ndarray | None = None

    @property
    def texts(self) -> tuple[Text, ...]:
        """The texts, a row each."""
        return self.vectors.texts

    def runs_near(self, number: int) -> np.ndarray:
        """The runs whose number of groups comes nearest."""
        return self.runs[min(self.runs, key=lambda each: (abs(each - number), each))]

    def votes(self, number: int) -> list[np.ndarray]:
        """The runs that vote on `number` groups; where codes guided the runs with that number, these alone."""
        if self.vectors.guide is not None and number == self.number:
            return [self.runs[number]]
        return tree.near(self.runs, number)

    def togetherness(self, number: int) -> np.ndarray:
        """How far each text stays with its topic among `number`, (n,) in 0..1, as `Assignment.probability` says."""
        labels = self.tree.labels(number)
        if number < 2:
            return np.ones(len(labels))
        known = len(self.vectors.words)
        stays = tree.togetherness(labels[:known], self.runs_near(number))
        if self.near is None:
            return stays
        mates = labels[self.near] == labels[known:, None]
        return np.concatenate([stays, (stays[self.near] * mates).mean(axis=1)])

    def grown_around(self, number: int) -> dict[int, tuple[str, ...]]:
        """The codes around which each of `number` topics grew."""
        if self.vectors.guide is None:
            return {}
        labels = self.tree.labels(number)[: len(self.vectors.words)]
        return guided.grown_around(labels, self.runs[self.number], self.vectors.guide.codes)


def turned_into_vectors(
    name: str, texts: Sequence[Text], modelled: int, asked: Asked, folder: Path, told: Told
) -> Vectors:
    """Vectors of the first `modelled` texts. Raises NoTopics where the model knows too few of the words,
    UnusableModel."""
    told(0.0, sentence("Loading the language model; the first time takes longest"))
    turning = sentence("Turning statements into vectors")
    plain = _plain(texts[:modelled])
    read = embeddings.reader(name, plain, folder)
    meaning = read(plain, lambda share: told(share, turning))
    known = np.flatnonzero(np.abs(meaning).sum(axis=1))
    if len(known) < partition.FEWEST:
        raise NoTopics(sentence("The model {model} knows too few of the words. Name another model.", model=name))
    kept = (*(texts[int(index)] for index in known), *texts[modelled:])
    documents = [each.terms for each in kept]
    named = vocabulary.vocabulary(
        documents, 1 if len(kept) < partition.FEW else 2, [each.experts for each in kept], asked.words.fewest_experts
    )
    with partition.one_thread():
        space = WordSpace(documents[: len(known)], named)
        words = space.beside(meaning[known], documents[: len(known)])
    counts = topic_words.count_terms(documents, named)
    codes = [_codes(each) if asked.guided else () for each in kept[: len(known)]]
    guide = guided.guide(words, codes, _described(name, asked, read, space))
    return Vectors(name, kept, words, tuple(named), counts, read, space, guide)


def grouped(vectors: Vectors, numbers: Sequence[int], number: int, seed: int, told: Told) -> Part:
    """Many runs with each of the `numbers` of topics, and the tree through the `number` of them that was chosen."""
    alike = sentence("Grouping statements that are alike, again and again, to see what stays together")
    if vectors.guide is None:
        free = sorted({*numbers, *partition.voters(number, len(vectors.words))})
    else:
        free = [each for each in numbers if each != number]
    runs = partition.runs(vectors.words, free, seed, heard=lambda share: told(0.7 * share, alike))
    if vectors.guide is not None:
        runs[number] = guided.runs(
            vectors.words, number, seed, vectors.guide, count=partition.number_of_runs(len(vectors.words))
        )
    told(0.7, sentence("Looking for what all runs agree on"))
    agreed = tree.tree(runs, number, seed, alone=vectors.guide is not None)
    labels = agreed.labels(number)
    less = sentence("Grouping again without some of the experts")
    without = _without_experts(vectors, labels, number, seed, lambda share: told(0.75 + 0.2 * share, less))
    told(0.95, sentence("Drawing the map"))
    return Part(vectors, number, agreed, runs, partition.on_a_plane(vectors.words, seed), without)


def _plain(texts: Sequence[Text]) -> list[str]:
    return [without_references(each.text) for each in texts]


def _codes(text: Text) -> list[str]:
    return sorted({code for said in text.statements for code in said.codes})


def _described(name: str, asked: Asked, read: embeddings.Reader, space: WordSpace) -> dict[str, np.ndarray]:
    """Vectors of the texts that describe codes, as far as the model can read them."""
    found = {}
    for code, texts in sorted(asked.seed_topics.items()):
        readable = [each for each in texts if each.strip() and embeddings.can_read(name, each)]
        meaning = read(readable, lambda _share: None) if readable else np.zeros((0, 1))
        known = np.abs(meaning).sum(axis=1) > 0
        if known.any():
            found[code] = space.beside(meaning, terms(readable, asked.words))[known]
    return found


def _without_experts(
    vectors: Vectors, labels: np.ndarray, number: int, seed: int, heard: Callable[[float], None]
) -> float | None:
    """How much of the topics is found again where a random fifth of the experts have said nothing."""
    from sklearn.metrics import adjusted_rand_score

    texts = vectors.texts[: len(vectors.words)]
    experts = sorted(frozenset().union(*(each.experts for each in texts)))
    if len(experts) < FEWEST_KNOWN:
        return None
    found = []
    for run in range(WITHOUT_EXPERTS):
        heard(run / WITHOUT_EXPERTS)
        order = np.random.default_rng([seed, run]).permutation(len(experts))
        heard_now = {experts[index] for index in order[: len(experts) - max(1, len(experts) // 5)]}
        rows = np.array([i for i, each in enumerate(texts) if not each.experts or each.experts & heard_now])
        if len(rows) < partition.FEWEST:
            continue
        fewer, guide = min(number, len(rows)), vectors.guide and vectors.guide.among(rows)
        if guide:
            again = guided.runs(vectors.words[rows], fewer, seed, guide, count=1)[0]
        else:
            again = partition.runs(vectors.words[rows], [fewer], seed, count=1)[fewer][0]
        found.append(adjusted_rand_score(labels[rows], again))
    return float(np.mean(found)) if found else None
