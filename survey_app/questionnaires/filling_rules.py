"""What holds while a form is filled in: which items are asked, what is wrong with an answer, how far one has come.

`assets/checking.js` of the form says the same in the browser, from `spec`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.questionnaires.filling import Answer, Filled, asked, day_of, options_of, section_of
from survey_app.questionnaires.instrument import DATE, LIKERT, MULTI, NUMERIC, RANK, SINGLE, Instrument, Item, Section
from survey_app.questionnaires.rules import Rule, holds, parse
from transcripts.messages import Message, counted, sentence

MOST_ROUNDS = 10
"""How often relevance is asked anew when what is no longer asked makes other questions come and go."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the form: a section with the questions that stand in it."""

    section: Section
    questions: tuple[Item, ...]


def sheets(instrument: Instrument) -> tuple[Sheet, ...]:
    """The pages in order; what names no section of the instrument's stands on a page of its own."""
    known = {section.key: section for section in instrument.sections}
    found: dict[str, list[Item]] = {key: [] for key in known}
    for item in instrument.questions():
        found.setdefault(item.section, []).append(item)
    return tuple(Sheet(known.get(key, Section(key)), tuple(items)) for key, items in found.items() if items)


def conditions(instrument: Instrument, item: Item) -> tuple[Rule, ...]:
    """All that must hold for an item to be asked: of its section, of its matrix, its own."""
    parent = instrument.item(item.parent) if item.parent else None
    within = section_of(instrument, item)
    section = next((each.relevant for each in instrument.sections if each.key == within), "")
    texts = (section, parent.relevant if parent else "", item.relevant)
    return tuple(parse(text) for text in texts if text.strip())


def relevant(instrument: Instrument, filled: Filled) -> frozenset[str]:
    """Keys of the items that are asked now. What is not asked has no answer on which others could depend."""
    keys = {item.key: conditions(instrument, item) for item in instrument.items}
    now = frozenset(keys)
    for _round in range(MOST_ROUNDS):
        given = _for_rules(instrument, _given(filled, now))
        after = frozenset(key for key, rules in keys.items() if all(holds(rule, given) for rule in rules))
        if after == now:
            break
        now = after
    return now


def only_relevant(instrument: Instrument, filled: Filled) -> Filled:
    """What would be handed in: nothing that is not asked."""
    now = relevant(instrument, filled)
    return Filled(_given(filled, now), {key: words for key, words in filled.words.items() if key in now})


def required(instrument: Instrument, item: Item) -> bool:
    """Whether an answer is needed: of a line also where its matrix says so."""
    parent = instrument.item(item.parent) if item.parent else None
    return item.required or bool(parent and parent.required)


def troubles(instrument: Instrument, filled: Filled) -> dict[str, str]:
    """What stands in the way of handing in, by item: required, number, low, high, date, fewest, most, constraint."""
    now = relevant(instrument, filled)
    given = _given(filled, now)
    found = {
        item.key: trouble(instrument, item, given) for item in asked(instrument) if item.key in now
    }  # fmt: skip
    return {key: kind for key, kind in found.items() if kind}


def trouble(instrument: Instrument, item: Item, given: Mapping[str, Answer]) -> str:
    """What is wrong with the answer to one item, or ""."""
    answer = given.get(item.key)
    if answer is None:
        return "required" if required(instrument, item) else ""
    kind = ""
    if item.kind == NUMERIC:
        kind = _bounds(item, answer)
    elif item.kind == DATE and day_of(answer) is None:
        kind = "date"
    elif item.kind in {MULTI, RANK} and isinstance(answer, list):
        kind = _amount(instrument, item, answer)
    if not kind and item.constraint.strip():
        known = _for_rules(instrument, given)
        kind = "" if holds(parse(item.constraint), known, known[item.key]) else "constraint"
    return kind


def trouble_words(item: Item, kind: str, options: int) -> Message:
    """The sentence that says what to do about it; of a constraint only where the instrument has no words."""
    if kind == "low":
        return sentence("The number must be at least {least}.", least=plain_number(item.lowest))
    if kind == "high":
        return sentence("The number must be at most {most}.", most=plain_number(item.highest))
    if kind == "fewest":
        least = min(item.fewest, options) if options else item.fewest
        if item.kind == RANK:
            return counted("Put at least {count} in order.", "Put at least {count} in order.", least)
        return counted("Choose at least {count}.", "Choose at least {count}.", least)
    if kind == "most":
        if item.kind == RANK:
            return counted("Put at most {count} in order.", "Put at most {count} in order.", item.most)
        return counted("Choose at most {count}.", "Choose at most {count}.", item.most)
    return {
        "required": sentence("An answer is needed here."),
        "number": sentence(
            "This is not a plain number. Write digits alone, such as 12, 3.5 or 1200, with no comma for thousands."
        ),
        "date": sentence("This is no date. Write year, month and day, such as 2026-11-30."),
        "constraint": sentence("This answer is not possible here. Check it."),
    }[kind]


def progress(instrument: Instrument, filled: Filled) -> tuple[int, int]:
    """(k, n): questions that are answered, and asked. A matrix is answered when all its lines are."""
    now = relevant(instrument, filled)
    lines: dict[str, list[bool]] = {}
    for item in asked(instrument):
        if item.key in now:
            lines.setdefault(item.parent or item.key, []).append(item.key in filled.answers)
    return sum(all(each) for each in lines.values()), len(lines)


def plain_number(value: float | None) -> str:
    """A number as people write it."""
    return "" if value is None else f"{value:.15g}"


def _given(filled: Filled, now: frozenset[str]) -> dict[str, Answer]:
    return {key: answer for key, answer in filled.answers.items() if key in now}


def _for_rules(instrument: Instrument, given: Mapping[str, Answer]) -> dict[str, Answer]:
    """Answers as rules know them: what was chosen is a list of keys, also where it is one."""
    chosen = {item.key for item in instrument.items if item.kind in {SINGLE, LIKERT}}
    return {key: [answer] if key in chosen and isinstance(answer, str) else answer for key, answer in given.items()}


def _bounds(item: Item, answer: Answer) -> str:
    if not isinstance(answer, float):
        return "number"
    if item.lowest is not None and answer < item.lowest:
        return "low"
    return "high" if item.highest is not None and answer > item.highest else ""


def _amount(instrument: Instrument, item: Item, answer: list[str]) -> str:
    options = options_of(instrument, item)
    aside = {option.key for option in options if option.cannot_say}
    if answer[0] in aside:
        return ""
    if item.fewest and len(answer) < min(item.fewest, len(options) - len(aside)):
        return "fewest"
    return "most" if item.most and len(answer) > item.most else ""
