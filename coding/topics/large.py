"""Many statements: runs are made on a sample of them, all others are placed among its topics, all words count."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from coding.topics import models, partition
from coding.topics.embeddings import BackendChoice
from coding.topics.part import Part, Told
from coding.topics.result import TooLittleMemory
from coding.topics.texts import Text
from coding.topics.tree import Tree
from transcripts.messages import Message, counted, sentence

LIMIT = 4_000
"""Different statements of one language that are modelled; where there are more, a sample of as many is."""

FEWEST_OF_GROUP = 50
"""Statements of each group in the sample, as far as it has them."""

NEIGHBOURS = 5
"""Statements of the sample by which it is told how well another is placed."""

PORTION = 20_000
"""Statements whose vectors are in memory at a time."""

COMPARED = 1_024
"""Statements that are compared with the whole sample at a time."""

LIBRARIES_MB, UNKNOWN_MB, STATEMENT_KB, UNKNOWN_DIMENSIONS = 900, 500, 3, 400
FIXED_S, FRESH_S, MODELLED_S, PLACED_S, EMBEDDING_S = 2.0, 25.0, 0.007, 0.000_65, 0.007
"""Seconds of a run, of loading and compiling before the first, of a statement in the sample, of one beside it, and of
a new one's vector in a model that reads whole sentences."""
UNPACKED_MB = {models.RUSSIAN: 300, models.LETTERS: 50}
"""Models that take another room in memory than as files."""

CONTAINER = Path("/sys/fs/cgroup")
"""Where Linux says how much memory a container may have."""


def sampled(texts: Sequence[Text], seed: int, *, coded_first: bool = False) -> list[Text]:
    """All texts, those that are modelled first. Each group has its share of the sample, and at least 50 texts.

    A text belongs to the group of the first who said it. `coded_first`: within a group those that coders have coded
    come before others, so that topics that grow around codes have their examples.
    """
    if len(texts) <= LIMIT:
        return list(texts)
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)  # noqa: S311 - a sample, no secret
    if coded_first:
        order.sort(key=lambda row: not any(said.codes for said in texts[row].statements))
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row in order:
        rows[texts[row].statements[0].group].append(row)
    chosen = {row for group, size in _sizes({each: len(own) for each, own in rows.items()}).items()
              for row in rows[group][:size]}  # fmt: skip
    return [texts[row] for row in sorted(chosen)] + [each for row, each in enumerate(texts) if row not in chosen]


def with_all_placed(part: Part, told: Told) -> Part:
    """The part with the texts that were in no run: each in the topic whose mean is nearest, there in the nearest leaf.

    On the map each lies where its nearest neighbour in the sample does. Texts of which the model knows no word go.
    """
    known = len(part.vectors.words)
    waiting = part.texts[known:]
    if not waiting:
        return part
    placing = sentence("Placing the other statements among these topics")
    told(0.0, placing)
    kept, leaves, near = [np.arange(known)], [part.tree.leaves], []
    for start in range(0, len(waiting), PORTION):
        some = waiting[start : start + PORTION]
        begun, width = start / len(waiting), len(some) / len(waiting)
        vectors = part.vectors.placed(some, partial(_tell, told, begun, 0.8 * width, placing))
        there = np.flatnonzero(np.abs(vectors).sum(axis=1))
        kept.append(known + start + there)
        leaves.append(_leaves(part, vectors[there]))
        near.append(_nearest(vectors[there], part.vectors.words))
        told(begun + width, placing)
    rows, neighbours = np.concatenate(kept), np.concatenate(near)
    vectors_of_all = replace(
        part.vectors, texts=tuple(part.texts[row] for row in rows), counts=part.vectors.counts[rows]
    )
    return replace(
        part, vectors=vectors_of_all, tree=Tree(np.concatenate(leaves), part.tree.merges), near=neighbours,
        places=np.concatenate([part.places, part.places[neighbours[:, 0]]]),
    )  # fmt: skip


def needed_megabytes(n: int, model: str) -> int:
    """What topics of `n` short statements take at most, in MB: measured, see docs/measurements.md.

    Libraries and the language model; the sample with its vectors, neighbours and runs; one portion of vectors; and of
    every statement its text, its words and its place in the answer.
    """
    row = models.known(model)
    dimensions = (row and row.dimensions) or UNKNOWN_DIMENSIONS
    unpacked = UNPACKED_MB.get(model) or (row and row.megabytes) or UNKNOWN_MB
    sample = min(n, LIMIT) * (6 * (dimensions + 100) + 2 * min(n, LIMIT)) * 4 / 1e6
    portion = min(n, PORTION) * (dimensions + 100) * 4 * 3 / 1e6
    return round(LIBRARIES_MB + unpacked + sample + portion + n * STATEMENT_KB / 1e3)


def needed_seconds(n: int, model: str, *, fresh: bool) -> float:
    """What topics of `n` short statements take about; see docs/measurements.md. `fresh`: in a process that has found
    none before. Other work on the machine may double it."""
    row = models.known(model)
    embedded = 0.0 if row is not None and (row.static or model == models.LETTERS) else EMBEDDING_S * n
    modelled = min(n, LIMIT)
    return FIXED_S + FRESH_S * fresh + MODELLED_S * modelled + PLACED_S * (n - modelled) + embedded


def need_memory(n: int, choice: BackendChoice) -> None:
    """Raises TooLittleMemory where `n` statements would take more than is free and than this process has already."""
    import psutil

    needed = needed_megabytes(n, choice.name)
    free = available_megabytes() + psutil.Process().memory_info().rss // 1_000_000
    if needed > free:
        raise TooLittleMemory(
            counted(
                "Topics of {count} statement take about {needed} MB of memory, and {free} MB are free. Close what is "
                "not needed, or take fewer statements.",
                "Topics of {count} statements take about {needed} MB of memory, and {free} MB are free. Close what is "
                "not needed, or take fewer statements.",
                n, needed=needed, free=free,
            )
        )  # fmt: skip


def available_megabytes() -> int:
    """Memory that this machine, or the container in which this runs, has free or can free at once."""
    import psutil  # comes with distributed

    free = int(psutil.virtual_memory().available)
    with suppress(OSError, ValueError):
        most = int((CONTAINER / "memory.max").read_text("ascii"))  # "max" where there is no limit
        used = int((CONTAINER / "memory.current").read_text("ascii"))
        counts = dict(line.split() for line in (CONTAINER / "memory.stat").read_text("ascii").splitlines())
        free = min(free, most - used + int(counts.get("inactive_file", 0)))
    return max(0, free) // 1_000_000


def _sizes(there: dict[str, int]) -> dict[str, int]:
    """How many texts of each group are in the sample: in proportion, but the fewest of a group first."""
    least = {group: min(count, FEWEST_OF_GROUP, LIMIT // len(there)) for group, count in there.items()}
    left = {group: count - least[group] for group, count in there.items()}
    share = (LIMIT - sum(least.values())) / max(1, sum(left.values()))
    return {group: least[group] + int(share * left[group]) for group in there}


def _tell(told: Told, begun: float, width: float, message: Message, share: float) -> None:
    told(begun + width * share, message)


def _leaves(part: Part, vectors: np.ndarray) -> np.ndarray:
    """The leaf of each row of `vectors`: of the nearest topic, among those that were chosen, the nearest leaf."""
    words = part.vectors.words
    leaf_of, topic_of = part.tree.leaves, part.tree.labels(part.number)
    topics = partition.nearest(vectors, partition.means_of(words, topic_of))
    found = np.zeros(len(vectors), dtype=int)
    for topic in np.unique(topics):
        own = np.unique(leaf_of[topic_of == topic])
        here = np.flatnonzero(topics == topic)
        rows = np.flatnonzero(topic_of == topic)
        found[here] = own[partition.nearest(vectors[here], partition.means_of(words[rows], leaf_of[rows]))]
    return found


def _nearest(vectors: np.ndarray, sample: np.ndarray) -> np.ndarray:
    """The rows of `sample` most alike each row of `vectors`, the most alike first: int32 (n, NEIGHBOURS)."""
    found = np.zeros((len(vectors), NEIGHBOURS), dtype=np.int32)
    for start in range(0, len(vectors), COMPARED):
        alike = vectors[start : start + COMPARED] @ sample.T
        best = np.argpartition(-alike, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        order = np.argsort(-np.take_along_axis(alike, best, axis=1), axis=1, kind="stable")
        found[start : start + COMPARED] = np.take_along_axis(best, order, axis=1)
    return found
