"""Topics at one level of the tree: their words, their statements, how far each holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from coding.topics import quality, topic_words, tree
from coding.topics.part import Part
from coding.topics.result import LEFT_OUT, Leaves, Level, StatementText, Topic
from coding.topics.terms import readable

WORDS = 10
REPRESENTATIVE = 3


@dataclass(frozen=True, slots=True)
class Ground:
    """What all levels share: the parts, the finest groups that come before each part's own, and written forms."""

    parts: tuple[Part, ...]
    first_leaf: tuple[int, ...]
    forms: tuple[Mapping[str, str], ...]


def ground(parts: Sequence[Part]) -> Ground:
    """The parts side by side."""
    before = np.cumsum([0, *(part.tree.finest for part in parts)])[:-1]
    return Ground(
        tuple(parts), tuple(before.tolist()),
        tuple(readable(each.reading for each in part.texts) for part in parts),
    )  # fmt: skip


def level(here: Ground, numbers: Sequence[int], ids: Sequence[str], digits: int = 4) -> Level:
    """The topics where each part is cut into its number of them; `ids` are those of all statements, in order. How far
    each stays with its topic is said with as many `digits`."""
    topics: list[tuple[Topic, list[str]]] = []
    together: dict[str, float] = {}
    stable, weights = [], []
    for index, (part, number) in enumerate(zip(here.parts, numbers, strict=True)):
        labels, stays = part.tree.labels(number), part.togetherness(number)
        if number > 1:
            stable.append(tree.stability(part.votes(number), number))
            weights.append(len(part.texts))
        topics += _topics(here, index, number, labels, stays)
        together |= {
            said.id: share
            for text, share in zip(part.texts, stays.round(digits).tolist(), strict=True) for said in text.statements
        }  # fmt: skip
    order = sorted(range(len(topics)), key=lambda each: (-topics[each][0].size, each))
    numbered = [_numbered(topics[each][0], number) for number, each in enumerate(order)]
    terms = [topics[each][1] for each in order]
    return Level(
        topics=tuple(numbered),
        stability=float(np.average(stable, weights=weights)) if stable else 1.0,
        npmi=quality.npmi(terms, [each.terms for part in here.parts for each in part.texts]),
        diversity=quality.diversity(terms),
        together=tuple(together.get(each, 0.0) for each in ids),
    )


def leaves(here: Ground, ids: Sequence[str]) -> Leaves:
    """The finest groups of all parts together."""
    of_statement: dict[str, int] = {}
    merges: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    terms: dict[str, int] = {}
    forms: dict[str, str] = {}
    counts: list[dict[int, int]] = []
    for part, first, written in zip(here.parts, here.first_leaf, here.forms, strict=True):
        for text, leaf in zip(part.texts, part.tree.leaves.tolist(), strict=True):
            of_statement |= {said.id: first + leaf for said in text.statements}
        nodes: dict[int, tuple[int, ...]] = {leaf: (first + leaf,) for leaf in range(part.tree.finest)}
        for number, (one, other) in enumerate(part.tree.merges):
            merges.append((nodes[one], nodes[other]))
            nodes[part.tree.finest + number] = tuple(sorted(nodes[one] + nodes[other]))
        own = [terms.setdefault(term, len(terms)) for term in part.vectors.terms]
        forms |= {term: written[term] for term in part.vectors.terms if written.get(term, term) != term}
        table = topic_words.topic_counts(part.tree.leaves, part.vectors.counts, _times(part)).tocsr()
        counts += [
            {own[column]: int(count) for column, count in zip(row.indices, row.data, strict=True)} for row in table
        ]
    return Leaves(tuple(of_statement.get(each, LEFT_OUT) for each in ids), tuple(merges), tuple(terms), forms,
                  tuple(counts))  # fmt: skip


def _topics(
    here: Ground, index: int, number: int, labels: np.ndarray, stays: np.ndarray
) -> list[tuple[Topic, list[str]]]:  # fmt: skip
    """Topics of one part with their terms as lemmas."""
    part, forms, first = here.parts[index], here.forms[index], here.first_leaf[index]
    table = topic_words.weights(topic_words.topic_counts(labels, part.vectors.counts, _times(part)))
    weighty = topic_words.top_words(table, part.vectors.terms, WORDS, forms)
    around = part.grown_around(number)
    found = []
    for label, leaves_of in enumerate(part.tree.cut(number)):
        rows = np.flatnonzero(labels == label)
        terms = _filled_up(weighty[label], part, rows)
        size = sum(len(part.texts[row].statements) for row in rows)
        words = tuple(dict.fromkeys(forms.get(each, each) for each in terms))
        topic = Topic(
            label, size, words, _representative(part, rows), round(float(stays[rows].mean()), 4),
            tuple(sorted(first + leaf for leaf in leaves_of)), around.get(label, ()),
        )  # fmt: skip
        found.append((topic, terms))
    return found


def _numbered(topic: Topic, number: int) -> Topic:
    return replace(topic, number=number)


def _times(part: Part) -> list[int]:
    return [len(each.statements) for each in part.texts]


def _filled_up(weighty: Sequence[str], part: Part, rows: np.ndarray) -> list[str]:
    """A topic without words that count for the whole has at least those that are said most often in it."""
    if weighty:
        return list(weighty)
    said: dict[str, int] = {}
    for row in rows:
        for term in set(part.texts[row].terms):
            said[term] = said.get(term, 0) + 1
    return sorted(said, key=lambda each: (-said[each], each))[:WORDS]


def _representative(part: Part, rows: np.ndarray) -> tuple[str, ...]:
    """Of the texts that were in the runs."""
    rows = rows[rows < len(part.vectors.words)]
    here = part.vectors.words[rows]
    nearness = here @ here.mean(axis=0)
    nearest = [part.texts[rows[index]].statements[0] for index in np.argsort(-nearness, kind="stable")]
    heard: set[str] = set()
    first: list[StatementText] = []
    later: list[StatementText] = []
    for each in nearest:
        (later if (each.expert or each.id) in heard else first).append(each)
        heard.add(each.expert or each.id)
    return tuple(each.id for each in [*first, *later][:REPRESENTATIVE])
