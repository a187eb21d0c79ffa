"""What the questions of a LimeSurvey survey are in the one model: a kind for each of its types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from survey_app.questionnaires.choice_scales import YES_OR_NO, Choice, as_options, numbered, ticks
from survey_app.questionnaires.instrument import (
    DATE,
    LIKERT,
    MULTI,
    NOTE,
    NUMERIC,
    OPEN,
    RANK,
    Item,
    Option,
    Words,
)
from survey_app.questionnaires.lime_structure import Answer, Asked
from survey_app.questionnaires.scales import number_in

OTHER = "-oth-"
"""The code of an answer in words of one's own to a list."""
LISTS, MATRICES = "L!O", "ABCEFH"
KNOWN = frozenset("L!OMPRFABCEH1:;5NKSTUQYGD|X*I")
READ_ONLY = frozenset("X*|I")
"""Texts, computed values, files and the choice of a language: none is an answer that is counted."""
_OTHER_WORDS: Words = ("Other", "Другое")
_FIXED: dict[str, tuple[tuple[str, Words, float], ...]] = {
    "Y": (("Y", YES_OR_NO[0], 1), ("N", YES_OR_NO[1], 2)),
    "G": (("F", ("Female", "Женский"), 1), ("M", ("Male", "Мужской"), 2)),
    "C": (("N", YES_OR_NO[1], 1), ("U", ("Uncertain", "Не уверен(а)"), 2), ("Y", YES_OR_NO[0], 3)),
    "E": (("D", ("Decrease", "Уменьшилось"), 1), ("S", ("Same", "Без изменений"), 2),
          ("I", ("Increase", "Увеличилось"), 3)),
}  # fmt: skip


def items_of(asked: Asked, key: str, section: str) -> Iterator[Item]:
    """The items that a question becomes: itself and its lines."""
    start = Item(key, OPEN, asked.label, asked.hint, section, required=asked.mandatory)
    if asked.letter == "1":
        yield from _dual(asked, start)
    elif asked.letter in {":", ";"}:
        yield from _crossed(asked, start)
    elif asked.letter in MATRICES:
        kind, options = _options(asked)
        yield from _matrix(replace(start, kind=kind, options=options), asked.lines)
    elif asked.letter in {"K", "Q"}:
        yield from _matrix(_bounded(replace(start, kind=NUMERIC), asked) if asked.letter == "K" else start, asked.lines)
    else:
        yield _alone(asked, start)


def keys_of(questions: Sequence[Asked]) -> dict[str, str]:
    """The key of each question, by its id: its code, and its id too where another question has the same code."""
    taken: set[str] = set()
    found = {}
    for asked in questions:
        found[asked.qid] = f"{asked.code}_{asked.qid}" if asked.code in taken else asked.code
        taken.add(found[asked.qid])
    return found


def ranked(asked: Asked) -> list[tuple[str, Words]]:
    """What there is to rank: the answers, or the subquestions of a survey that keeps it there."""
    return [(row.code, row.label) for row in asked.answers or asked.lines]


def crossings(asked: Asked) -> list[tuple[str, Words]]:
    """Every cell of a table of numbers or texts: code and label of its row and its column."""
    across = [line for line in asked.lines if line.scale == 1]
    return [
        (f"{down.code}_{over.code}", _joined(down.label, over.label, ": "))
        for down in asked.lines if down.scale == 0 for over in across
    ]  # fmt: skip


def _alone(asked: Asked, start: Item) -> Item:
    of_letter: dict[str, Callable[[], Item]] = {
        "5": lambda: replace(start, kind=LIKERT, options=numbered(1, 5)),
        "N": lambda: _bounded(replace(start, kind=NUMERIC), asked),
        "D": lambda: replace(start, kind=DATE),
        "R": lambda: _limited(replace(start, kind=RANK, options=ticks([Choice(*row) for row in ranked(asked)])), asked),
    }
    if asked.letter in of_letter:
        return of_letter[asked.letter]()
    if asked.letter in READ_ONLY:
        return replace(start, kind=NOTE, required=False)
    if asked.letter in {"M", "P"}:
        return _limited(replace(start, kind=MULTI, options=ticks(_ticked(asked))), asked)
    if asked.letter in {*LISTS, "Y", "G"}:
        kind, options = _options(asked)
        return replace(start, kind=kind, options=options)
    return replace(start, long=asked.letter in {"T", "U"})


def _options(asked: Asked) -> tuple[str, tuple[Option, ...]]:
    if asked.letter in {"A", "B"}:
        return LIKERT, numbered(1, 5 if asked.letter == "A" else 10)
    if asked.letter in _FIXED:
        return as_options([Choice(*row) for row in _FIXED[asked.letter]], ordered=asked.letter in "CE")
    choices = [_choice(answer) for answer in asked.answers if answer.scale == 0]
    return as_options([*choices, *_other(asked, OTHER)], ordered=asked.letter in MATRICES)


def _choice(answer: Answer) -> Choice:
    return Choice(answer.code, answer.label, answer.value)


def _ticked(asked: Asked) -> list[Choice]:
    return [*(Choice(line.code, line.label) for line in asked.lines), *_other(asked, "other")]


def _other(asked: Asked, code: str) -> list[Choice]:
    """The option for words of one's own, in the words of the survey where it has some."""
    own = asked.settings.get("other_replace_text", ("", ""))
    return [Choice(code, own if any(own) else _OTHER_WORDS, other=True)] if asked.other else []


def _matrix(parent: Item, lines: Sequence[Asked]) -> Iterator[Item]:
    yield parent
    for line in lines:
        yield _line(parent, line.code, line.label)


def _line(parent: Item, code: str, label: Words) -> Item:
    return Item(
        f"{parent.key}.{code}", parent.kind, label, section=parent.section, parent=parent.key, lowest=parent.lowest,
        highest=parent.highest, required=parent.required,
    )  # fmt: skip


def _dual(asked: Asked, start: Item) -> Iterator[Item]:
    """Two matrices with the same lines, each with a scale of its own."""
    for number, letter in enumerate("AB"):
        choices = [_choice(answer) for answer in asked.answers if answer.scale == number]
        kind, options = as_options(choices, ordered=True)
        head = asked.settings.get(f"dualscale_header{letter}", ("", ""))
        label = _joined(start.label, head, " — ")
        yield from _matrix(
            replace(start, key=f"{start.key}_{number + 1}", kind=kind, options=options, label=label), asked.lines
        )


def _crossed(asked: Asked, start: Item) -> Iterator[Item]:
    parent = start
    if asked.letter == ":":
        ticked = asked.setting("multiflexible_checkbox") == "1"
        lowest, highest = number_in(asked.setting("multiflexible_min")), number_in(asked.setting("multiflexible_max"))
        parent = replace(
            start, kind=NUMERIC, lowest=0.0 if ticked else lowest, highest=1.0 if ticked else highest
        )  # fmt: skip
    yield parent
    for code, label in crossings(asked):
        yield _line(parent, code, label)


def _bounded(item: Item, asked: Asked) -> Item:
    """With the range of a number, where it is a number and no expression."""
    low, high = (_plain_number(asked.setting(f"{end}_num_value_n")) for end in ("min", "max"))
    return replace(item, lowest=low, highest=high)


def _limited(item: Item, asked: Asked) -> Item:
    """With how many options may be chosen."""
    fewest, most = (_plain_number(asked.setting(name)) or 0.0 for name in ("min_answers", "max_answers"))
    return replace(item, fewest=int(fewest), most=int(most))


def _plain_number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,9})?", text) else None


def _joined(first: Words, second: Words, sign: str) -> Words:
    """Two texts as one, in each language that has either."""
    return (
        sign.join(part for part in (first[0], second[0]) if part),
        sign.join(part for part in (first[1], second[1]) if part),
    )
