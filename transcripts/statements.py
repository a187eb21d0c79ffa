"""Turns become statements: groups of sentences that make one thought. Never across turns."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from razdel import sentenize

from transcripts.messages import MessageError, sentence
from transcripts.model import Statement, Turn

MOST_SENTENCES = 5
ENOUGH_WORDS = 38
"""Words after which a statement ends with its sentence: the hand-made statements of the demo have 33 at the median."""
_ABBREVIATIONS = {
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "vs", "etc", "eg", "e.g", "ie", "i.e", "cf", "no", "nos", "vol",
    "fig", "dept", "gov", "sen", "rep", "gen", "col", "inc", "ltd", "co", "corp", "approx", "est", "u.s", "u.k", "p.m",
    "a.m", "ph.d", "art", "sec", "pp", "ed", "al",
}  # fmt: skip
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[A-Z0-9À-ÞА-ЯЁ])")
_CJK_END = re.compile(r"(?<=[。！？])")


class SegmentationNotFound(MessageError):
    """A saved segmentation does not lie in this text."""


def make_statements(turns: Sequence[Turn], language: str) -> tuple[Statement, ...]:
    """One to five sentences each; a turn that is folded has none."""
    found: list[Statement] = []
    for turn in turns:
        if turn.folded:
            continue
        for start, end in _group(turn.text, sentence_spans(turn.text, language)):
            found.append(_statement(turn, start, end))
    return tuple(found)


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Places of the sentences in `text`, without the white space around them."""
    if language == "ru":
        return [(found.start, found.stop) for found in sentenize(text) if found.text.strip()]
    cuts = [0]
    for found in _END.finditer(text):
        if not _is_abbreviation(text, found.start()):
            cuts.append(found.end())
    cuts += [found.start() for found in _CJK_END.finditer(text) if found.start() < len(text)]
    cuts = [*sorted(set(cuts)), len(text)]
    return [span for start, end in pairwise(cuts) if (span := _trim(text, start, end))]


def locate_statements(turns: Sequence[Turn], saved: Iterable[tuple[str, str]]) -> tuple[Statement, ...]:
    """Find a saved segmentation, (display name, text) in order, left to right within the turns.

    Raises SegmentationNotFound with the first text that is not where it should be.
    """
    found: list[Statement] = []
    index, place = 0, 0
    for speaker, text in saved:
        while index < len(turns):
            turn = turns[index]
            start = turn.text.find(text, place) if turn.speaker == speaker else -1
            if start >= 0:
                found.append(_statement(turn, start, start + len(text)))
                place = start + len(text)
                break
            index, place = index + 1, 0
        else:
            raise SegmentationNotFound(
                sentence("“{text}” is not in the transcript after the statement before it.", text=text[:60])
            )
    return tuple(found)


def _statement(turn: Turn, start: int, end: int) -> Statement:
    """Times are in proportion to the place within the turn."""
    begin, finish = turn.start_s, turn.end_s
    if begin is not None and finish is not None and turn.text:
        span = finish - begin
        begin, finish = begin + span * start / len(turn.text), begin + span * end / len(turn.text)
    text = turn.text[start:end]
    return Statement(turn.index, turn.start + start, turn.start + end, text, begin, finish)


def _group(text: str, sentences: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    groups: list[list[tuple[int, int]]] = []
    words = 0
    for start, end in sentences:
        count = len(text[start:end].split())
        full = words >= ENOUGH_WORDS or (groups and len(groups[-1]) >= MOST_SENTENCES)
        if not groups or (full and count > 2):
            groups.append([])
            words = 0
        groups[-1].append((start, end))
        words += count
    if len(groups) > 1 and len(groups[-1]) == 1 and words <= 4 and len(groups[-2]) < MOST_SENTENCES:
        last = groups.pop()
        groups[-1] += last
    return [(group[0][0], group[-1][1]) for group in groups]


def _is_abbreviation(text: str, dot: int) -> bool:
    """Whether the full stop at `dot` belongs to a title, an initial or a short form."""
    if text[dot] != ".":
        return False
    word = text[:dot].rsplit(None, 1)[-1].lstrip("\"'“‘«([").lower() if text[:dot].split() else ""
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i")


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = text[start:end]
    left, right = len(part) - len(part.lstrip()), len(part.rstrip())
    return (start + left, start + right) if right > left else None
