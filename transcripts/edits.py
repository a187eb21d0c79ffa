"""A corrected text against the one before: where the words changed, turn by turn, word by word, letter by letter.

Places are code points, half-open. Turns are lines of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

_WORD = re.compile(r"\S+")
_LARGEST_TABLE = 25_000_000
"""Most pairs of items that are compared each with each; longer texts are cut at what is unique in both."""
_RUN = 3
"""How many items in a row make a mark that long texts are cut at."""
_STRAY = 5
"""Letters of an agreement between two changes that may be chance."""


class Edit(NamedTuple):
    """`old`, which stood at [start, end) of the old text, gave way to `length` code points of the new."""

    start: int
    end: int
    length: int
    old: str


def edits_between(old: str, new: str) -> tuple[Edit, ...]:
    """Edits in order that make `old` into `new`: turn by turn, word by word, and letter by letter within a word."""
    edits: list[Edit] = []
    for old_start, old_end, new_start, new_end in _unlike_lines(old, new):
        edits += _edits_of_words(old, old_start, old_end, new, new_start, new_end)
    return tuple(edits)


def text_before(new: str, edits: Sequence[Edit]) -> str:
    """The old text again."""
    pieces, at, shift = [], 0, 0
    for edit in edits:
        place = edit.start + shift
        pieces += [new[at:place], edit.old]
        at = place + edit.length
        shift += edit.length - len(edit.old)
    return "".join((*pieces, new[at:]))


def _unlike_lines(old: str, new: str) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of lines that are not the same, as places in both texts; each begins and ends with a line."""
    if old == new:
        return
    old_lines, new_lines = old.split("\n"), new.split("\n")
    old_at, new_at = ([0, *accumulate(len(line) + 1 for line in lines)] for lines in (old_lines, new_lines))
    at, place = 0, 0
    for i, j, size in (*_agreements(old_lines, new_lines), (len(old_lines), len(new_lines), 0)):
        if i > at or j > place:
            # A line feed belongs to the line before it, and so does that of the last line that stays.
            yield max(0, old_at[at] - 1), min(len(old), old_at[i]), max(0, new_at[place] - 1), min(len(new), new_at[j])
        at, place = i + size, j + size


def _edits_of_words(old: str, old_start: int, old_end: int, new: str, new_start: int, new_end: int) -> Iterator[Edit]:
    mine = [word.span() for word in _WORD.finditer(old, old_start, old_end)]
    other = [word.span() for word in _WORD.finditer(new, new_start, new_end)]
    matched = _agreements([old[a:b] for a, b in mine], [new[a:b] for a, b in other])
    matched = _without_strays(matched, mine, other)
    at, place, i, j = old_start, new_start, 0, 0
    for first, second, size in (*matched, (len(mine), len(other), 0)):
        ends = (mine[first][0] if first < len(mine) else old_end, other[second][0] if second < len(other) else new_end)
        yield from _gap(old, at, ends[0], mine[i:first], new, place, ends[1], other[j:second])
        for step in range(size - 1):
            a, b = mine[first + step][1], mine[first + step + 1][0]
            yield from _blank(old, a, b, new, other[second + step][1], other[second + step + 1][0])
        i, j = first + size, second + size
        if size:
            at, place = mine[i - 1][1], other[j - 1][1]


def _gap(
    old: str, start: int, end: int, mine: list[tuple[int, int]],
    new: str, begin: int, finish: int, other: list[tuple[int, int]],
) -> Iterator[Edit]:  # fmt: skip
    """Edits between two words that agree: `mine` went, `other` came."""
    if not mine and not other:
        yield from _blank(old, start, end, new, begin, finish)
    elif not other:
        # The words go, and the white space on one side of them.
        before, after, now = old[start : mine[0][0]], old[mine[-1][1] : end], new[begin:finish]
        yield from _made(old, start, mine[0][0], len(now)) if before != now else ()
        yield from _made(old, mine[0][0], mine[-1][1], 0)
        yield from _made(old, mine[-1][1], end, 0) if after else ()
    elif not mine:
        blank, now = old[start:end], new[begin:finish]
        if now.startswith(blank) and "\n" in blank[-1:] + now[-1:] and not now.endswith(blank):
            yield Edit(end, end, len(now) - len(blank), "")
        elif now.endswith(blank):
            yield Edit(start, start, len(now) - len(blank), "")
        elif now.startswith(blank):
            yield Edit(end, end, len(now) - len(blank), "")
        else:
            yield from _made(old, start, end, finish - begin)
    else:
        yield from _blank(old, start, mine[0][0], new, begin, other[0][0])
        pairs = list(_paired(old, mine, new, other))
        for number, (a, b, from_, to) in enumerate(pairs):
            yield from _letters(old, a, b, new, from_, to)
            if number + 1 < len(pairs):
                yield from _blank(old, b, pairs[number + 1][0], new, to, pairs[number + 1][2])
        yield from _blank(old, mine[-1][1], end, new, other[-1][1], finish)


def _paired(
    old: str, mine: list[tuple[int, int]], new: str, other: list[tuple[int, int]]
) -> Iterator[tuple[int, int, int, int]]:
    """Which words gave way to which: one by one where they are as many, else from both ends as long as they are alike,
    and the rest as a whole."""
    if len(mine) == len(other):
        for one, there in zip(mine, other, strict=True):
            yield (*one, *there)
        return
    shorter = min(len(mine), len(other)) - 1  # at least one word on each side is left for the rest
    head = next((n for n in range(shorter) if not _alike(old, mine[n], new, other[n])), shorter)
    tail = next((n for n in range(shorter - head) if not _alike(old, mine[-1 - n], new, other[-1 - n])), shorter - head)
    for one, there in zip(mine[:head], other[:head], strict=True):
        yield (*one, *there)
    last, final = len(mine) - tail, len(other) - tail
    yield mine[head][0], mine[last - 1][1], other[head][0], other[final - 1][1]
    for one, there in zip(mine[last:], other[final:], strict=True):
        yield (*one, *there)


def _alike(old: str, mine: tuple[int, int], new: str, other: tuple[int, int]) -> bool:
    head, tail, shorter = _common(old[mine[0] : mine[1]], new[other[0] : other[1]])
    return 2 * (head + tail) >= shorter


def _common(before: str, after: str) -> tuple[int, int, int]:
    """How many letters two words share at the beginning and at the end, and the length of the shorter one."""
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    tail = next((n for n in range(shorter - head) if before[-1 - n] != after[-1 - n]), shorter - head)
    return head, tail, shorter


def _blank(old: str, start: int, end: int, new: str, begin: int, finish: int) -> Iterator[Edit]:
    if old[start:end] != new[begin:finish]:
        yield from _made(old, start, end, finish - begin)


def _letters(old: str, start: int, end: int, new: str, begin: int, finish: int) -> Iterator[Edit]:
    """A word against a word: only the letters that differ, where at least half of them are the same."""
    before, after = old[start:end], new[begin:finish]
    if before == after:
        return
    head, tail, shorter = _common(before, after)
    if 2 * (head + tail) < shorter:
        head = tail = 0
    yield from _made(old, start + head, end - tail, len(after) - head - tail)


def _made(old: str, start: int, end: int, length: int) -> Iterator[Edit]:
    yield Edit(start, end, length, old[start:end])


def _without_strays(
    matched: list[tuple[int, int, int]], mine: list[tuple[int, int]], other: list[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """Agreements without a few letters alone between two changes: they are chance more often than not."""
    kept: list[tuple[int, int, int]] = []
    for number, (i, j, size) in enumerate(matched):
        before = kept[-1] if kept else (0, 0, 0)
        gap_i, gap_j = i - before[0] - before[2], j - before[1] - before[2]
        after = matched[number + 1] if number + 1 < len(matched) else (len(mine), len(other), 0)
        changed = min(gap_i, gap_j, after[0] - i - size, after[1] - j - size) > 0
        if not (changed and mine[i + size - 1][1] - mine[i][0] < _STRAY):
            kept.append((i, j, size))
    return kept


def _agreements(mine: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of items that agree, (place, place, number) in order, by the longest common subsequence."""
    if len(mine) * len(other) <= _LARGEST_TABLE:
        return _by_table(mine, other)
    anchors = _anchors(mine, other)
    found: list[tuple[int, int, int]] = []
    at, place = 0, 0
    for i, j in (*anchors, (len(mine), len(other))):
        if i > at and j > place and (i - at) * (j - place) <= _LARGEST_TABLE:
            found += [(at + a, place + b, size) for a, b, size in _by_table(mine[at:i], other[place:j])]
        if i < len(mine):
            found.append((i, j, 1))
        at, place = i + 1, j + 1
    return _joined(found)


def _by_table(mine: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    return [
        (each.src_start, each.dest_start, each.src_end - each.src_start)
        for each in LCSseq.opcodes(mine, other)
        if each.tag == "equal"
    ]


def _anchors(mine: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Where the same run of items, which is unique in both, stands in the same order: the longest such row
    (patience sorting)."""
    here, there = _once(mine), _once(other)
    pairs = [(i, there[run]) for run, i in here.items() if run in there]
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for number, (_i, j) in enumerate(pairs):
        height = bisect_left(tails, j)
        back.append(ends[height - 1] if height else -1)
        tails[height : height + 1] = [j]
        ends[height : height + 1] = [number]
    row: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        row.append(pairs[number])
        number = back[number]
    return row[::-1]


def _once(items: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Runs of items that come once, with their places in order."""
    runs = list(zip(*(items[shift:] for shift in range(_RUN)), strict=False))
    counts = Counter(runs)
    return {run: place for place, run in enumerate(runs) if counts[run] == 1}


def _joined(found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    joined: list[tuple[int, int, int]] = []
    for i, j, size in found:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            i, j, size = joined[-1][0], joined[-1][1], joined.pop()[2] + size
        joined.append((i, j, size))
    return joined
