"""Conditions that can never hold: tried with every answer that could make a difference, and trusted where these are
too many or the condition looks into words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise, product

from survey_app.questionnaires.filling import day_of
from survey_app.questionnaires.instrument import DATE, LIKERT, MULTI, NOTE, NUMERIC, OPEN, RANK, SINGLE, Item, Option
from survey_app.questionnaires.rules import Answer, Node, Rule, holds

MOST_TRIED = 20_000
MOST_CHOICES = 8
"""Most options of which every selection is tried."""


def can_be_relevant(rule: Rule, key: str, known: Mapping[str, Sequence[Option]], items: Mapping[str, Item]) -> bool:
    """Whether something of this key can ever be asked. Its own answer is never there before it is asked.

    `known` are the options of each item, those of its matrix for a line.
    """
    words = _words_in(rule.tree)
    tried = {name: [None, *_answers(items[name], known[name], words)] for name in rule.keys}
    tried |= {name: [None] for name in rule.keys if name == key}
    return _can_hold(rule, tried, [None])


def can_be_answered(rule: Rule, item: Item, known: Mapping[str, Sequence[Option]], items: Mapping[str, Item]) -> bool:
    """Whether any answer to the item keeps its constraint; of a note, which has no answers, nothing is asked."""
    words = _words_in(rule.tree)
    own = list(_answers(item, known[item.key], words))
    if item.key in rule.keys:
        return True
    tried = {name: [None, *_answers(items[name], known[name], words)] for name in rule.keys}
    return item.kind == NOTE or _can_hold(rule, tried, own)


def _can_hold(rule: Rule, tried: Mapping[str, Sequence[Answer]], own: Sequence[Answer]) -> bool:
    if _looks_into_words(rule.tree) or math.prod([len(own), *map(len, tried.values())]) > MOST_TRIED:
        return True
    names = list(tried)
    return any(
        holds(rule, dict(zip(names, given, strict=True)), mine) for mine in own for given in product(*tried.values())
    )


def _answers(item: Item, options: Sequence[Option], words: Sequence[str]) -> Iterator[Answer]:
    """Answers to an item of which one makes a condition with these words and numbers hold, if any does."""
    keys = [option.key for option in options]
    if item.kind in {SINGLE, LIKERT}:
        yield from keys
    elif item.kind in {MULTI, RANK}:
        yield from _selections(item, keys, words)
    elif item.kind == NUMERIC:
        yield from _numbers(item, words)
        yield from keys
    elif item.kind == DATE:
        days = [day for word in words if (day := day_of(word))] or [date(2000, 1, 1)]
        yield from (str(day + timedelta(apart)) for day in days for apart in (-1, 0, 1))
    elif item.kind == OPEN:
        counts = [int(number) for word in words if (number := _number(word)) is not None and 0 <= number <= 2000]
        yield from (*words, "x", *("x" * max(count + more, 1) for count in counts for more in (-1, 0, 1)))


def _selections(item: Item, keys: Sequence[str], words: Sequence[str]) -> Iterator[Answer]:
    """Every selection of a few options; of many those with any of the named ones, however many are chosen."""
    named = [key for key in keys if key in words]
    if len(keys) <= MOST_CHOICES:
        yield from (list(some) for size in range(1, len(keys) + 1) for some in combinations(keys, size))
        return
    others = [key for key in keys if key not in named]
    for size in range(min(len(named), MOST_CHOICES) + 1):
        for some in combinations(named, size):
            yield from ([*some, *others[:more]] for more in range(len(others) + 1) if some or more)


def _numbers(item: Item, words: Sequence[str]) -> Iterator[float]:
    """The numbers of a condition, those between and beyond them, as far as the item allows."""
    low, high = item.lowest, item.highest
    found = sorted({number for word in words if (number := _number(word)) is not None} | {0.0})
    found = sorted({*found, *(end for end in (low, high) if end is not None)})
    between = [(one + other) / 2 for one, other in pairwise(found)]
    for number in (found[0] - 1, *found, *between, found[-1] + 1):
        if (low is None or number >= low) and (high is None or number <= high):
            yield number


def _number(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _words_in(node: Node) -> list[str]:
    """Texts and numbers of a condition, once each."""
    name, *parts = node
    if name in {"text", "number"}:
        return [str(parts[0])]
    return list(dict.fromkeys(word for part in parts if isinstance(part, tuple) for word in _words_in(part)))


def _looks_into_words(node: Node) -> bool:
    return node[0] == "regex" or any(_looks_into_words(part) for part in node[1:] if isinstance(part, tuple))
