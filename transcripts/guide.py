"""The moderator's questions and the guide: which question of the interview guide is asked where."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz

from transcripts.model import Turn, Unit

ENOUGH = 0.55
"""Least likeness, 0 to 1, of what is asked and a question of the guide. Paraphrases have 0.62 and more, questions
that are not of the guide 0.44 and less."""
_SURELY = 0.7
"""The same where nobody has said who moderates."""
_BACKWARDS = 0.25
"""How much likelier a question must be when it comes after a later one of the guide."""
_AGAIN = 0.05
_SHORT_WORD, _LIGHT = 3, 0.3
_MARKS = 4
_WINDOW = 6
"""Cues over which a question may be cut."""

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"(?<=[.?!…])\s+")
_NEW_TOPIC = re.compile(
    r"\b(?:next|another|last|final|one more|different)\s+(?:question|topic|block|matter)\b|\bmov(?:e|ing)\s+on\b|"
    r"\b(?:следующ|друг|последн|ещ[её] один|нов)\w*\s+(?:вопрос|тем|блок)|\b(?:перейд[её]м|переходим|ид[её]м дальше)\b",
    re.IGNORECASE,
)

SectionKind = Literal["question", "follow_up", "intro", "off_guide"]


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """A question of the interview guide: its key, and its wording in each language that is known."""

    key: str
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What is talked about from a turn of the moderator on, until the next section.

    `turn` is its index; `question_key` is "" in the introduction and off the guide. `score` and `runner_up`, 0 to 1,
    are the likeness of this question (of a follow-up: of the likeliest) and of the next one.
    """

    turn: int
    question_key: str
    kind: SectionKind
    score: float = 0.0
    runner_up: float = 0.0


def align(turns: Sequence[Turn], roles: Mapping[str, str], questions: Sequence[GuideQuestion]) -> tuple[Section, ...]:
    """One section for each turn of a moderator (`roles` by display name), in order; () where nobody moderates.

    Questions come in the order of the guide: one that comes after a later one must be much likelier. Questions may
    be left out; what is no question of the guide is a follow-up of the one before, or off the guide where the
    moderator says that another matter begins. What comes before the first question is the introduction.
    """
    asked = [turn for turn in turns if roles.get(turn.speaker) == "moderator"]
    if not asked or not questions:
        return ()
    prepared = [_prepare(question) for question in questions]
    scores = [[_likeness(question, turn.text) for question in prepared] for turn in asked]
    found = [Section(0, "", "intro")] if asked[0].index > turns[0].index else []
    current, off_guide = -1, False
    for turn, row, choice in zip(asked, scores, _likeliest_order(scores), strict=True):
        ranked = sorted(row, reverse=True)
        best, second = ranked[0], ranked[1] if len(ranked) > 1 else 0.0
        if choice is not None:
            kind: SectionKind = "follow_up" if choice == current and not off_guide else "question"
            current, off_guide = choice, False
            others = [score for number, score in enumerate(row) if number != choice]
            found.append(Section(turn.index, questions[choice].key, kind, row[choice], max(others, default=0.0)))
            continue
        off_guide = off_guide or (current >= 0 and "?" in turn.text and bool(_NEW_TOPIC.search(turn.text)))
        kind = "intro" if current < 0 else "off_guide" if off_guide else "follow_up"
        key = questions[current].key if kind == "follow_up" else ""
        found.append(Section(turn.index, key, kind, best, second))
    return tuple(found)


def keys_by_turn(sections: Sequence[Section], count: int) -> list[str]:
    """For each of `count` turns what its statements carry: a question's key, `intro` or `off_guide`; "" before all."""
    keys, current = [], ""
    begins = {section.turn: section.question_key or section.kind for section in sections}
    for index in range(count):
        current = begins.get(index, current)
        keys.append(current)
    return keys


def units_that_ask(units: Sequence[Unit], questions: Sequence[GuideQuestion]) -> frozenset[int]:
    """Indices of units before which a turn ends, because a question of the guide begins there.

    That is so where nobody is named, and where the same person has asked another question already: what a moderator
    says before the first question of a turn belongs to it.
    """
    if not questions:
        return frozenset()
    prepared = [_prepare(question) for question in questions]
    texts = [unit.text.lower().replace("ё", "е") for unit in units]
    hits = [(index, likely) for index in range(len(texts)) if (likely := _marked(texts, index, prepared))]
    found: set[int] = set()
    asked: tuple[int, int] | None = None
    for index, likely in hits:
        question = _asked_from(units, index, likely, prepared)
        if question is None:
            continue
        same_run = asked is not None and all(
            units[between].speaker == units[index].speaker for between in range(asked[0], index)
        )
        if asked is not None and same_run and asked[1] == question and index - asked[0] < _WINDOW:
            continue
        if not units[index].speaker or (asked is not None and same_run and asked[1] != question):
            found.add(index)
        asked = (index, question)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Sentence:
    stems: tuple[str, ...]
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A question's sentences that ask, taken apart; `marks` are the longest stems of each, to find it quickly."""

    sentences: tuple[_Sentence, ...]
    marks: tuple[tuple[str, ...], ...]


def _prepare(question: GuideQuestion) -> _Prepared:
    sentences: list[_Sentence] = []
    for wording in question.wordings:
        parts = _SENTENCE.split(wording.strip())
        asking = [part for part in parts if "?" in part] or parts
        sentences += [sentence for part in asking if (sentence := _sentence(part)).stems]
    marks = tuple(tuple(sorted(dict.fromkeys(each.stems), key=len, reverse=True)[:_MARKS]) for each in sentences)
    return _Prepared(tuple(sentences), marks)


def _likeness(question: _Prepared, text: str) -> float:
    """The best likeness, 0 to 1, of one sentence of the text, or two, with one that asks."""
    said = [each for part in _SENTENCE.split(text) if (each := _sentence(part)).stems]
    said += [_Sentence((*a.stems, *b.stems), 0.0, f"{a.text} {b.text}") for a, b in pairwise(said)]
    return max((_alike(asks, each) for asks in question.sentences for each in said), default=0.0)


def _alike(asks: _Sentence, said: _Sentence) -> float:
    """Half by the share of the question's words that are said, half by the likeness of the letters in their order."""
    there = set(said.stems)
    share = sum(_weight(stem) for stem in asks.stems if stem in there) / asks.weight
    long_enough = len(said.text) >= 0.6 * len(asks.text)
    return (share + (fuzz.partial_ratio(asks.text, said.text) / 100 if long_enough else 0.0)) / 2


def _likeliest_order(scores: Sequence[Sequence[float]]) -> list[int | None]:
    """For each turn the number of the question that it asks, or None: the best way through by dynamic programming."""
    states = range(-1, len(scores[0]))
    gains = {state: 0.0 if state < 0 else float("-inf") for state in states}
    back: list[dict[int, tuple[int, int | None]]] = []
    for row in scores:
        came: dict[int, tuple[int, int | None]] = {state: (state, None) for state in states}
        best = dict(gains)
        for number, score in enumerate(row):
            if score < ENOUGH:
                continue
            for before in states:
                lead = score - ENOUGH
                gain = min(lead, _AGAIN) if before == number else lead - (_BACKWARDS if before > number else 0.0)
                if gain >= 0 and gains[before] + gain > best[number]:
                    best[number], came[number] = gains[before] + gain, (before, number)
        gains = best
        back.append(came)
    state = max(states, key=lambda each: gains[each])
    chosen: list[int | None] = []
    for came in reversed(back):
        state, choice = came[state]
        chosen.append(choice)
    return chosen[::-1]


def _marked(texts: Sequence[str], index: int, prepared: Sequence[_Prepared]) -> list[int]:
    """Numbers of the questions most of whose longest words stand in a unit and the next, and one in the unit."""
    here = texts[index]
    both = f"{here} {texts[index + 1]}" if index + 1 < len(texts) else here
    return [
        number
        for number, question in enumerate(prepared)
        if any(
            any(mark in here for mark in marks) and 4 * sum(mark in both for mark in marks) >= 3 * len(marks)
            for marks in question.marks
        )
    ]


def _asked_from(units: Sequence[Unit], index: int, likely: Sequence[int], prepared: Sequence[_Prepared]) -> int | None:
    """Which of the likely questions begins in a unit, be it cut over the next ones."""
    members = [index]
    while members[-1] + 1 < len(units) and len(members) < _WINDOW and "?" not in units[members[-1]].text:
        if units[members[-1] + 1].speaker != units[index].speaker:
            break
        members.append(members[-1] + 1)
    text = " ".join(units[member].text for member in members)
    score, number = max((_likeness(prepared[number], text), number) for number in likely)
    return number if score >= _SURELY else None


@lru_cache(maxsize=4096)
def _sentence(text: str) -> _Sentence:
    stems = tuple(_stem(word) for word in _WORD.findall(text.lower().replace("ё", "е")))
    return _Sentence(stems, sum(_weight(stem) for stem in stems), " ".join(stems))


def _stem(word: str) -> str:
    """The beginning of a word: as good as lemmas here, in any language, and a hundred times as fast."""
    return word if len(word) <= 4 else word[: max(4, min(6, len(word) - 2))]


def _weight(stem: str) -> float:
    return _LIGHT if len(stem) <= _SHORT_WORD else 1.0
