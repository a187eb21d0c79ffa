"""Speech that goes on without the end of a sentence is cut where the speaker paused or a clause begins."""

import re
from collections.abc import Sequence
from itertools import pairwise

from transcripts.model import Unit

LONGEST_SENTENCE = 80
"""Words of a sentence that stays whole; a longer one is most likely a machine's that heard no full stop."""
_FEWEST, _MOST = 25, 60
"""Words of a piece."""
_LONG_PAUSE_S = 0.7
_WORD = re.compile(r"\S+")
_CLAUSE = re.compile(
    r"(?:and|but|so|because|then|well|okay|which|while|although|if|when|и|а|но|потому|поэтому|так|значит|ну|вот|если|"
    r"когда|чтобы|который|которая|которые|то)\b",
    re.IGNORECASE,
)


def cut_run_on(text: str, start: int, end: int, units: Sequence[Unit] = ()) -> list[tuple[int, int]]:
    """The span itself, or its pieces of 25 to 60 words where it has more than 80 words.

    `units` are those whose texts, joined by one space, are the text: between them lie the pauses.
    """
    if end - start <= 2 * LONGEST_SENTENCE:
        return [(start, end)]
    words = [found.span() for found in _WORD.finditer(text, start, end)]
    if len(words) <= LONGEST_SENTENCE:
        return [(start, end)]
    worth = _worth(text, words, _pauses(text, units))
    pieces: list[tuple[int, int]] = []
    first = 0
    while len(words) - first > _MOST:
        stop = min(first + _MOST, len(words) - _FEWEST)
        cut = max(range(first + _FEWEST, stop + 1), key=lambda place: (worth[place], place))
        pieces.append((words[first][0], words[cut - 1][1]))
        first = cut
    pieces.append((words[first][0], words[-1][1]))
    return pieces


def _worth(text: str, words: Sequence[tuple[int, int]], pauses: dict[int, float]) -> list[float]:
    """How good a cut before each word is."""
    found = [0.0]
    for (_start, before), (start, _end) in pairwise(words):
        worth = 0.5 if start in pauses else 0.0
        worth += 3.0 if pauses.get(start, 0.0) >= _LONG_PAUSE_S else 0.0
        worth += 2.0 if text[before - 1] in ",;:—–" else 0.0
        worth += 1.0 if _CLAUSE.match(text, start) else 0.0
        found.append(worth)
    return found


def _pauses(text: str, units: Sequence[Unit]) -> dict[int, float]:
    """Seconds of silence before the place at which each unit but the first begins."""
    if not units or sum(len(unit.text) for unit in units) + len(units) - 1 != len(text):
        return {}
    found: dict[int, float] = {}
    place = 0
    before: Unit | None = None
    for unit in units:
        if before is not None:
            known = unit.start_s is not None and before.end_s is not None
            found[place] = (unit.start_s or 0.0) - (before.end_s or 0.0) if known else 0.0
        place += len(unit.text) + 1
        before = unit
    return found
