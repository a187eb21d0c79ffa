"""Where a place in the old text is in the corrected one. It never leaves its words as long as one is left.

Places are code points, half-open. Turns are lines of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from transcripts.edits import Edit, edits_between

_WORD = re.compile(r"\S+")


class Carried(NamedTuple):
    """A place in the new text. `cut`: some of its words went together with words outside it, or all of them went."""

    start: int
    end: int
    cut: bool


class Carrier:
    """Carries places of the old text into the new one, `text`. One that no edit touches keeps every code point."""

    def __init__(self, edits: Sequence[Edit], text: str) -> None:
        self._edits = edits
        self._text = text
        self._starts = [edit.start for edit in edits]
        self._ends = [edit.end for edit in edits]
        self._shifts = [0, *accumulate(edit.length - (edit.end - edit.start) for edit in edits)]

    def carry(self, start: int, end: int) -> Carried:
        """Where [start, end), not empty, is now. Words that were put in at its edges are not in it."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        if first >= last:
            return Carried(start + self._shifts[first], end + self._shifts[first], False)
        before, after = self._edits[first], self._edits[last - 1]
        kept = list(self._kept(start, end, first, last))
        if not any(self._text[from_:to].strip() for from_, to in kept):
            inside = [
                number for number in range(first, last) if start <= self._starts[number] < self._ends[number] <= end
            ]
            whole = inside or list(range(first, last))
            begin, finish = self._new_place(whole[0])[0], self._new_place(whole[-1])[1]
            return Carried(*self._words(begin, finish), True)
        cut_before, cut_after = before.start < start, after.end > end
        begin = self._new_place(first)[1] if cut_before else start + self._shifts[first]
        finish = self._new_place(last - 1)[0] if cut_after else end + self._shifts[last]
        return Carried(*self._words(begin, finish), cut_before or cut_after)

    def left(self, start: int, end: int) -> tuple[int, int] | None:
        """Where [start, end) is now; None where nothing is left of it and nothing stands in its place."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        inside = [
            *self._kept(start, end, first, last),
            *(
                self._new_place(number)
                for number in range(first, last)
                if start <= self._starts[number] < self._ends[number] <= end
            ),
        ]
        return self.carry(start, end)[:2] if any(self._text[at:to].strip() for at, to in inside) else None

    def start_before(self, place: int) -> int:
        """Where the turn that begins at `place` of the new text began in the old; no edit may lie across turns."""
        count = sum(1 for number in range(len(self._edits)) if self._new_place(number)[0] < place)
        return place - self._shifts[count]

    def end_before(self, place: int) -> int:
        """The same for where a turn ends."""
        count = sum(1 for number in range(len(self._edits)) if self._new_place(number)[1] <= place)
        return place - self._shifts[count]

    def _new_place(self, number: int) -> tuple[int, int]:
        start = self._starts[number] + self._shifts[number]
        return start, start + self._edits[number].length

    def _kept(self, start: int, end: int, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The stretches of [start, end) that no edit touches, in the new text."""
        at = start
        for number in range(first, last):
            if self._starts[number] > at:
                yield at + self._shifts[number], self._starts[number] + self._shifts[number]
            at = max(at, self._ends[number])
        if end > at:
            yield at + self._shifts[last], end + self._shifts[last]

    def _words(self, start: int, end: int) -> tuple[int, int]:
        """The place without white space at its edges; if nothing is left, the nearest word, of the same turn first."""
        part = self._text[start:end]
        if part.strip():
            return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
        line_start = self._text.rfind("\n", 0, start) + 1
        line_end = self._text.find("\n", start)
        line_end = len(self._text) if line_end < 0 else line_end
        for low, high in ((line_start, line_end), (0, len(self._text))):
            words = list(_WORD.finditer(self._text, low, high))
            if words:
                nearest = min(words, key=lambda word: max(word.start() - start, start - word.end(), 0))
                return nearest.span()
        raise ValueError("a text without words")


@lru_cache(maxsize=16)
def carrier_between(old: str, new: str) -> Carrier:
    """Carries places of one text into another one by comparing them; kept, since long texts take long."""
    return Carrier(edits_between(old, new), new)
