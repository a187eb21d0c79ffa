"""Turns become statements: groups of sentences that make one thought. Never across turns."""

import re
from collections.abc import Iterable, Sequence

from transcripts.messages import MessageError, sentence
from transcripts.model import Statement, Turn, Unit
from transcripts.run_on import cut_run_on
from transcripts.sentences import sentence_spans

MOST_SENTENCES = 5
USUAL_LENGTH = 205
"""Code points of a statement: the hand-made ones of the demo have 189 at the median and 250 at most."""
_MOST_LENGTH = 250
_TOO_LONG, _LONGER, _NEW_THOUGHT = 5.0, 2.0, 0.1
"""What it costs to join sentences beyond the greatest length, how much worse longer is than shorter, and what is
gained where a word announces another thought."""
_ANNOUNCES = re.compile(
    r"(?:and |but |а |и |но )?(?:then|besides|separately|as for|next|also|another|second|secondly|third|thirdly|"
    r"finally|however|meanwhile|now|yet|moreover|in addition|on the other|apart from|there is another|"
    r"кроме|помимо|отдельно|теперь|ещё|еще|во-первых|во-вторых|в-третьих|второе|третье|потом|затем|наконец|что до|"
    r"что касается|кстати|впрочем|однако|зато|дальше|далее|с другой)\b",
    re.IGNORECASE,
)


class SegmentationNotFound(MessageError):
    """A saved segmentation does not lie in this text."""


def make_statements(turns: Sequence[Turn], language: str, units: Sequence[Unit] = ()) -> tuple[Statement, ...]:
    """One to five sentences each; a turn that is folded has none.

    Each turn is cut by the rules of the script that it is written in; `language` counts where no letter tells. Where
    a sentence has no end for too long, as in captions without full stops, it is cut at a pause between `units`.
    """
    found: list[Statement] = []
    for turn in turns:
        if turn.folded:
            continue
        own = [units[number] for number in turn.units] if units else []
        pieces = [
            piece
            for start, end in sentence_spans(turn.text, language)
            for piece in cut_run_on(turn.text, start, end, own)
        ]
        found += [_statement(turn, start, end) for start, end in _group(turn.text, pieces)]
    return tuple(found)


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


def _group(text: str, sentences: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbouring sentences together, by dynamic programming: every group as near to the usual length as it can be."""
    if not sentences:
        return []
    if len(sentences) <= MOST_SENTENCES and sentences[-1][1] - sentences[0][0] <= USUAL_LENGTH:
        return [(sentences[0][0], sentences[-1][1])]
    gains = [_NEW_THOUGHT if _ANNOUNCES.match(text, start) else 0.0 for start, _end in sentences]
    costs, back = [0.0], [0]
    for last in range(1, len(sentences) + 1):
        end = sentences[last - 1][1]
        options = []
        for first in range(max(0, last - MOST_SENTENCES), last):
            off = (end - sentences[first][0] - USUAL_LENGTH) / USUAL_LENGTH
            cost = off * off * (_LONGER if off > 0 else 1.0) - (gains[first] if first else 0.0)
            if last - first > 1 and end - sentences[first][0] > _MOST_LENGTH:
                cost += _TOO_LONG
            options.append((costs[first] + cost, first))
        best = min(options)
        costs.append(best[0])
        back.append(best[1])
    groups: list[tuple[int, int]] = []
    last = len(sentences)
    while last:
        groups.append((sentences[back[last]][0], sentences[last - 1][1]))
        last = back[last]
    return groups[::-1]
