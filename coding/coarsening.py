"""The merging of small segments that leaves the most of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

_EXACT = 10
"""So many segments are merged in the best way; more of them step by step."""


@dataclass(frozen=True, slots=True)
class Mergeable:
    """A segment with its experts, and the sectors and levels of its groups."""

    size: int
    sectors: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()


def least_coarse(segments: Sequence[Mergeable], minimum: int) -> list[tuple[int, ...]]:
    """Which segments (by their place) go together so that each has at least `minimum` experts: the most that can be.

    Among equals the likest are merged: of one sector, then of one level, then the nearest. Segments that
    hold nobody are left alone. [] where all experts together are too few.
    """
    held = [at for at, each in enumerate(segments) if each.size]
    if sum(segments[at].size for at in held) < minimum:
        return []
    merged = _best(segments, held, minimum) if len(held) <= _EXACT else _step_by_step(segments, held, minimum)
    return sorted(merged)


def _best(segments: Sequence[Mergeable], held: Sequence[int], minimum: int) -> list[tuple[int, ...]]:
    places = range(len(held))

    @cache
    def best(left: int) -> tuple[tuple[int, int, int], tuple[tuple[int, ...], ...]] | None:
        """Cost (fewer segments, unlikeness, distance) and segments for those left, a bit each."""
        if not left:
            return (0, 0, 0), ()
        first = left & -left
        rest, found = left ^ first, None
        part = rest
        while True:
            block = tuple(held[at] for at in places if (first | part) >> at & 1)
            if sum(segments[at].size for at in block) >= minimum and (after := best(rest ^ part)) is not None:
                unlike, apart = _cost(segments, block)
                cost = (after[0][0] - 1, after[0][1] + unlike, after[0][2] + apart)
                candidate = (cost, (block, *after[1]))
                found = candidate if found is None else min(found, candidate)
            if not part:
                return found
            part = (part - 1) & rest

    answer = best((1 << len(held)) - 1)
    return list(answer[1]) if answer else []


def _step_by_step(segments: Sequence[Mergeable], held: Sequence[int], minimum: int) -> list[tuple[int, ...]]:
    blocks: list[tuple[int, ...]] = [(at,) for at in held]

    def size(block: tuple[int, ...]) -> int:
        return sum(segments[at].size for at in block)

    while len(blocks) > 1 and min(map(size, blocks)) < minimum:
        least = min(blocks, key=size)
        others = [block for block in blocks if block != least]
        other = min(
            others, key=lambda block: (size(block) >= minimum, _cost(segments, tuple(sorted((*least, *block)))))
        )
        blocks = [block for block in others if block != other] + [tuple(sorted((*least, *other)))]
    return blocks


def _cost(segments: Sequence[Mergeable], block: Sequence[int]) -> tuple[int, int]:
    """How unlike the segments of a block are, pair by pair, and how far apart they stand."""
    unlike = apart = 0
    for n, one in enumerate(block):
        for other in block[n + 1 :]:
            first, second = segments[one], segments[other]
            if not first.sectors & second.sectors:
                unlike += 1 if first.levels & second.levels else 2
            apart += other - one
    return unlike, apart
