"""Statements follow a corrected text: each keeps the words that it had, and new words go where they belong."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from transcripts.edits import Edit
from transcripts.model import Statement, Turn
from transcripts.statements import USUAL_LENGTH, make_statements

_WORD = re.compile(r"\S+")
_NEW, _GAP = -1, -2


@dataclass(frozen=True, slots=True)
class Followed:
    """A statement of the new text. `old` is the place, in the old list, of the one that it is, or -1 for a new one;
    `after` is that of the last old one before it in the text, or -1."""

    statement: Statement
    old: int
    after: int


def follow_statements(
    spans: Sequence[tuple[int, int]], edits: Sequence[Edit], turns: Sequence[Turn], language: str
) -> list[Followed]:
    """Statements of `turns`, which are of the new text, from those of the old one (`spans`, in order, disjoint).

    Words that replace others belong where these belonged, words put in to the statement before them; a long stretch
    of new words, and what a statement says in another turn than most of it, become statements of their own. Words
    that were in no statement stay so. A statement without a word left is not in the answer.
    """
    origin = _Origin(spans, edits)
    runs = [run for turn in turns if not turn.folded for run in _runs(turn, origin)]
    longest: dict[int, tuple[int, int]] = {}
    for number, (_turn, owner, start, end) in enumerate(runs):
        if owner >= 0:
            longest[owner] = max(longest.get(owner, (0, 0)), (end - start, -number))
    found: list[Followed] = []
    after = -1
    for number, (turn, owner, start, end) in enumerate(runs):
        if owner == _GAP:
            continue
        if owner >= 0 and -longest[owner][1] == number:
            found.append(Followed(_stretch(turn, start, end), owner, after))
        else:
            piece = replace(
                turn, text=turn.text[start - turn.start : end - turn.start], start=start, end=end,
                start_s=_time(turn, start), end_s=_time(turn, end), units=(),
            )  # fmt: skip
            found += [Followed(made, -1, after) for made in make_statements([piece], language)]
        after = max(after, owner)
    return found


class _Origin:
    """Which statement of the old text a word of the new one comes from."""

    def __init__(self, spans: Sequence[tuple[int, int]], edits: Sequence[Edit]) -> None:
        self._spans, self._edits = spans, edits
        self._starts = [start for start, _end in spans]
        self._shifts = [0, *accumulate(edit.length - (edit.end - edit.start) for edit in edits)]
        self._begins = [edit.start + shift for edit, shift in zip(edits, self._shifts, strict=False)]
        self._finishes = [begin + edit.length for begin, edit in zip(self._begins, edits, strict=True)]

    def of(self, start: int, end: int) -> int:
        """Place of the statement in the old list, `_GAP` where its words were in none, `_NEW` where they were not."""
        number = bisect_right(self._finishes, start)
        if number == len(self._edits) or self._begins[number] >= end:
            return self._at(start - self._shifts[number])
        if self._begins[number] > start:
            return self._at(start - self._shifts[number])
        if self._finishes[number] < end:
            return self._at(self._finishes[number] - self._shifts[number + 1])
        edit = self._edits[number]
        if not edit.old.strip():
            return _NEW
        lead = len(edit.old) - len(edit.old.lstrip())
        return self._at(edit.start + lead)

    def _at(self, place: int) -> int:
        owner = bisect_right(self._starts, place) - 1
        return owner if owner >= 0 and place < self._spans[owner][1] else _GAP


def _runs(turn: Turn, origin: _Origin) -> Iterator[tuple[Turn, int, int, int]]:
    """(turn, owner, start, end) of neighbouring words of one origin; short new ones have joined their neighbours."""
    words = [(turn.start + word.start(), turn.start + word.end()) for word in _WORD.finditer(turn.text)]
    owned = groupby(words, key=lambda word: origin.of(*word))
    runs = [(owner, several[0][0], several[-1][1]) for owner, group in owned if (several := list(group))]
    joined: list[tuple[int, int, int]] = []
    for owner, start, end in runs:
        short = owner == _NEW and end - start <= USUAL_LENGTH
        if joined and (joined[-1][0] == owner or (short and joined[-1][0] != _GAP)):
            joined[-1] = (joined[-1][0], joined[-1][1], end)
        elif joined and joined[-1][0] == _NEW and joined[-1][2] - joined[-1][1] <= USUAL_LENGTH and owner >= 0:
            joined[-1] = (owner, joined[-1][1], end)
        else:
            joined.append((owner, start, end))
    return ((turn, *run) for run in joined)


def _stretch(turn: Turn, start: int, end: int) -> Statement:
    text = turn.text[start - turn.start : end - turn.start]
    return Statement(turn.index, start, end, text, _time(turn, start), _time(turn, end))


def _time(turn: Turn, place: int) -> float | None:
    """Seconds in proportion to the place within the turn."""
    if turn.start_s is None or turn.end_s is None or not turn.text:
        return turn.start_s
    return turn.start_s + (turn.end_s - turn.start_s) * (place - turn.start) / len(turn.text)
