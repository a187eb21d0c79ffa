"""Options of a written question: whether they are a scale, what each counts, and which stand beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.questionnaires.instrument import LIKERT, SINGLE, Option, Words
from survey_app.questionnaires.scales import (
    CANNOT_SAY_NUMBERS,
    leading_number,
    number_in,
    point_of,
    propose_scale,
    says_nothing,
)

FEWEST_POINTS = 3
"""Fewest options of a matrix that are read as a scale."""
_WHOLE = re.compile(r"-?[0-9]{1,9}")
YES_OR_NO: tuple[Words, Words] = (("Yes", "Да"), ("No", "Нет"))


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as a platform has it; `value` where it says what the option counts."""

    key: str
    label: Words
    value: float | None = None
    other: bool = False


def as_options(choices: Sequence[Choice], *, ordered: bool = False) -> tuple[str, tuple[Option, ...]]:
    """Kind and options, as they were written: a scale for a known family of words or `ordered` choices, else a
    single choice."""
    choices = list({choice.key: choice for choice in choices}.values())
    beside = [choice for choice in choices if _beside(choice)]
    points = [choice for choice in choices if not _beside(choice)]
    by_family = _by_family(points)
    scale = not any(choice.other for choice in choices) and (
        by_family is not None or (ordered and len(points) >= FEWEST_POINTS)
    )
    values = _given(points) or by_family or _numbers(points) or _in_order(points)
    counted = dict(zip((choice.key for choice in points), values, strict=True))
    taken = set(values)
    for choice in beside:
        counted[choice.key] = _number_beside(choice, taken)
        taken.add(counted[choice.key])
    aside = {choice.key for choice in beside}
    options = tuple(
        Option(choice.key, choice.label, counted[choice.key], other=choice.other, cannot_say=choice.key in aside)
        for choice in choices
    )
    return (LIKERT if scale else SINGLE), options


def ticks(choices: Sequence[Choice]) -> tuple[Option, ...]:
    """Options of a multiple choice or a ranking, in their order."""
    return tuple(
        Option(choice.key, choice.label, float(place), other=choice.other) for place, choice in enumerate(choices, 1)
    )


def numbered(lowest: int, highest: int) -> tuple[Option, ...]:
    """A scale of plain numbers."""
    return tuple(Option(str(n), (str(n), str(n)), float(n)) for n in range(lowest, highest + 1))


def _beside(choice: Choice) -> bool:
    return not choice.other and any(says_nothing(words) for words in choice.label if words)


def _given(points: Sequence[Choice]) -> list[float] | None:
    """What the platform counts, unless it counts two options alike."""
    values = [choice.value for choice in points if choice.value is not None]
    return values if len(set(values)) == len(points) else None


def _by_family(points: Sequence[Choice]) -> list[float] | None:
    """1 to the number of options, from the lowest of a known family; None for words of none."""
    for language in (0, 1):
        words = [leading_number(choice.label[language])[1] for choice in points]
        scale = propose_scale(words, alike=True) if len(words) >= FEWEST_POINTS and all(words) else ()
        found = [point_of(scale, word) for word in words] if scale else []
        levels = [level for level in found if level is not None]
        if levels and len(levels) == len(points):
            places = sorted(range(len(levels)), key=lambda at: (levels[at], at))
            if len(set(levels)) < len(levels):
                places = list(range(len(levels)) if levels[0] < levels[-1] else reversed(range(len(levels))))
            return [places.index(at) + 1.0 for at in range(len(levels))]
    return None


def _numbers(points: Sequence[Choice]) -> list[float] | None:
    """Numbers that stand before the words, or those of the keys."""
    for found in (
        [leading_number(choice.label[0] or choice.label[1])[0] for choice in points],
        [number_in(choice.key) if _WHOLE.fullmatch(choice.key) else None for choice in points],
    ):
        values = [value for value in found if value is not None]
        if len(set(values)) == len(points):
            return values
    return None


def _in_order(points: Sequence[Choice]) -> list[float]:
    return [float(place) for place, _choice in enumerate(points, 1)]


def _number_beside(choice: Choice, taken: set[float]) -> float:
    own = number_in(choice.key) if _WHOLE.fullmatch(choice.key) else None
    if own is not None and own not in taken:
        return own
    free = (*CANNOT_SAY_NUMBERS, *(float(number) for number in range(100, 1000)))
    return next((number for number in free if number not in taken), max(taken) + 1)
