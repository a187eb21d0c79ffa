"""What one expert has filled in so far: plain values by the keys of items, read without trust.

Of a single choice or a point of a scale the option's key, of several the keys in order, of a number the number, of a
date the day in ISO 8601, of an open question the words. A number or a date that is none stays as it was typed, so that
its writer can see what is wrong with it; it is never handed in.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from survey_app.questionnaires.instrument import (
    DATE,
    LIKERT,
    MULTI,
    NOTE,
    NUMERIC,
    OPEN,
    RANK,
    SINGLE,
    Instrument,
    Item,
    Option,
)

Answer = str | float | list[str]
LONG, SHORT, TYPED = 10_000, 1_000, 40
"""Most characters of a long answer, of a short one and of words beside an option, and of a number or a date."""
_NUMBER = re.compile(r"[+\-−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)")
_GROUPED = re.compile(r"[+\-−]?[1-9]\d{0,2},\d{3}")
"""A thousand and more, or a fraction: its writer has to say."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNSEEN = {ord(sign): None for sign in map(chr, range(32)) if sign not in "\n\t"} | {127: None}


@dataclass(frozen=True)
class Filled:
    """Answers by the keys of items; `words`: those beside options, by item and option."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def with_answer(self, item: Item, options: tuple[Option, ...], raw: Any, words: Any = None) -> Filled:
        """The same with another answer; with what cannot be one, without."""
        answer = read_answer(item, options, raw)
        answers = {key: value for key, value in self.answers.items() if key != item.key}
        beside = {key: value for key, value in self.words.items() if key != item.key}
        if answer is not None:
            answers[item.key] = answer
        if kept := _words(options, answer, words):
            beside[item.key] = kept
        return Filled(answers, beside)

    def said(self, key: str) -> tuple[Answer | None, Mapping[str, str]]:
        """The answer to an item with the words beside its options."""
        return self.answers.get(key), self.words.get(key, {})

    def to_json(self) -> dict[str, Any]:
        """As plain values, for the store."""
        return {"answers": dict(self.answers), "words": {key: dict(value) for key, value in self.words.items()}}


def read_filled(instrument: Instrument, plain: Any) -> Filled:
    """What still fits the instrument of values that were kept, perhaps under another version, or sent."""
    kept = plain if isinstance(plain, dict) else {}
    answers, words = kept.get("answers"), kept.get("words")
    found = Filled()
    for item in asked(instrument):
        raw = answers.get(item.key) if isinstance(answers, dict) else None
        beside = words.get(item.key) if isinstance(words, dict) else None
        if raw is not None:
            found = found.with_answer(item, options_of(instrument, item), raw, beside)
    return found


def asked(instrument: Instrument) -> tuple[Item, ...]:
    """The items that are answered: no notes, and of a matrix its lines."""
    parents = {item.parent for item in instrument.items if item.parent}
    return tuple(item for item in instrument.items if item.kind != NOTE and item.key not in parents)


def options_of(instrument: Instrument, item: Item) -> tuple[Option, ...]:
    """What can be chosen: of a line what stands with its matrix."""
    parent = instrument.item(item.parent) if item.parent else None
    return item.options or (parent.options if parent else ())


def section_of(instrument: Instrument, item: Item) -> str:
    """The key of the section in which an item stands: of a line where its matrix does."""
    parent = instrument.item(item.parent) if item.parent else None
    return item.section or (parent.section if parent else "")


def read_answer(item: Item, options: tuple[Option, ...], raw: Any) -> Answer | None:
    """A value as an answer to an item; None for nothing, and for what the item does not offer."""
    keys = {option.key for option in options}
    if item.kind in {SINGLE, LIKERT}:
        return raw if isinstance(raw, str) and raw in keys else None
    if item.kind in {MULTI, RANK}:
        given = [raw] if isinstance(raw, str) else raw if isinstance(raw, list) else []
        chosen = list(dict.fromkeys(key for key in given if isinstance(key, str) and key in keys))
        if item.kind == MULTI:
            chosen = [option.key for option in options if option.key in chosen]
        return _alone(options, chosen) or None
    if item.kind == NUMERIC:
        return _number(raw)
    if item.kind == DATE:
        return text_of(raw, TYPED) or None
    return (text_of(raw, LONG if item.long else SHORT) or None) if item.kind == OPEN else None


def text_of(raw: Any, most: int) -> str:
    """Words as a source may hold them: NFC, line feeds, nothing invisible, at most so many characters."""
    if not isinstance(raw, str):
        return ""
    whole = raw[: 2 * most].replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "ignore").decode("utf-8")
    return unicodedata.normalize("NFC", whole.translate(_UNSEEN)).strip()[:most]


def day_of(answer: Answer | None) -> date | None:
    """The day of an answer to a date, YYYY-MM-DD and nothing else; None for what names none."""
    if not isinstance(answer, str) or not _DAY.fullmatch(answer):
        return None
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None


def _number(raw: Any) -> Answer | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return float(raw) if abs(raw) < 1e15 and math.isfinite(raw) else None
    typed = text_of(raw, TYPED)
    plain = re.sub(r"[\s\u00a0\u202f]", "", typed)
    if not _NUMBER.fullmatch(plain) or _GROUPED.fullmatch(plain):
        return typed or None
    value = float(plain.replace(",", ".").replace("−", "-"))
    return value if abs(value) < 1e15 else typed


def _alone(options: tuple[Option, ...], chosen: list[str]) -> list[str]:
    """That one cannot say stands beside no choice; what was chosen goes before it."""
    aside = {option.key for option in options if option.cannot_say}
    proper = [key for key in chosen if key not in aside]
    return proper or chosen[:1]


def _words(options: tuple[Option, ...], answer: Answer | None, raw: Any) -> dict[str, str]:
    """Words beside the options that ask for them and are chosen."""
    chosen = {answer} if isinstance(answer, str) else set(answer) if isinstance(answer, list) else set()
    given = raw if isinstance(raw, dict) else {}
    found = {option.key: text_of(given.get(option.key), SHORT) for option in options if option.other}
    return {key: words for key, words in found.items() if words and key in chosen}
