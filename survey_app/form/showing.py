"""What the templates and the script need of an instrument and of what was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from survey_app.language import _, current, translate
from survey_app.questionnaires.filling import Answer, Filled, options_of
from survey_app.questionnaires.filling_rules import (
    Sheet,
    conditions,
    plain_number,
    relevant,
    required,
    sheets,
    trouble_words,
)
from survey_app.questionnaires.instrument import (
    LIKERT,
    MULTI,
    NOTE,
    NUMERIC,
    RANK,
    SINGLE,
    Instrument,
    Item,
    Option,
    Words,
)
from survey_app.questionnaires.rules import parse

KINDS_OF_TROUBLE = ("required", "number", "low", "high", "date", "fewest", "most", "constraint")


@dataclass(frozen=True)
class Shown:
    """A question or a line as a page shows it. `id` is that of its element; `error`: what is wrong, in words."""

    id: str
    item: Item
    options: tuple[Option, ...]
    answer: Answer | None
    words: Mapping[str, str]
    required: bool
    bounds: str
    error: str
    here: bool
    lines: tuple[Shown, ...] = ()

    @property
    def scale(self) -> list[Option]:
        """The options that stand in a row; those beside it are in `aside`."""
        return [option for option in self.options if not option.cannot_say]

    @property
    def aside(self) -> list[Option]:
        """The options that say that one cannot say."""
        return [option for option in self.options if option.cannot_say]

    @property
    def grid(self) -> bool:
        """Whether it is a matrix whose lines choose among its options."""
        return bool(self.lines) and all(line.item.kind in {SINGLE, LIKERT, MULTI} for line in self.lines)

    def has(self, option: Option) -> bool:
        """Whether an option is chosen."""
        return option.key in self.answer if isinstance(self.answer, list) else option.key == self.answer

    def place(self, option: Option) -> int:
        """The place of an option in the order, from 1; 0: none."""
        return self.answer.index(option.key) + 1 if isinstance(self.answer, list) and self.has(option) else 0

    @property
    def has_unit(self) -> bool:
        """Whether it says what its number counts."""
        return self.item.kind == NUMERIC and any(self.item.unit)

    @property
    def text(self) -> str:
        """What stands in a field."""
        return plain_number(self.answer) if isinstance(self.answer, float) else str(self.answer or "")


def say(words: Words) -> Markup:
    """A text of the instrument; in its other language, marked as such, where it has none in this."""
    here, other = (1, 0) if current() == "ru" else (0, 1)
    if words[here].strip():
        return escape(words[here].strip())
    return Markup('<span lang="{}">{}</span>').format(("en", "ru")[other], words[other].strip())


def plain(words: Words) -> str:
    """The same as mere text."""
    here, other = (1, 0) if current() == "ru" else (0, 1)
    return words[here].strip() or words[other].strip()


def ids(instrument: Instrument) -> dict[str, str]:
    """Ids of elements by the keys of items, which may hold anything."""
    return {item.key: f"q{place}" for place, item in enumerate(instrument.items, 1)}


def shown_sheet(instrument: Instrument, sheet: Sheet, filled: Filled, troubles: Mapping[str, str]) -> list[Shown]:
    """The questions of a page; `troubles`: what is wrong, of those items that shall show it."""
    now, named = relevant(instrument, filled), ids(instrument)

    def shown(item: Item) -> Shown:
        kind = troubles.get(item.key, "")
        return Shown(
            named[item.key], item, options_of(instrument, item), filled.answers.get(item.key),
            filled.words.get(item.key, {}), required(instrument, item), _bounds(item),
            trouble_text(instrument, item, kind) if kind else "", item.key in now,
            tuple(shown(line) for line in instrument.lines(item.key)),
        )  # fmt: skip

    return [shown(item) for item in sheet.questions]


def trouble_text(instrument: Instrument, item: Item, kind: str) -> str:
    """What is wrong with an answer, in the language in force; of a constraint in the instrument's words."""
    if kind == "constraint" and any(item.constraint_words):
        return plain(item.constraint_words)
    proper = sum(not option.cannot_say for option in options_of(instrument, item))
    return translate(trouble_words(item, kind, proper))


def sheets_here(instrument: Instrument, filled: Filled) -> list[Sheet]:
    """The pages on which something is asked or said now."""
    now = relevant(instrument, filled)
    return [sheet for sheet in sheets(instrument) if any(item.key in now for item in sheet.questions)]


def sheet_title(sheet: Sheet, number: int) -> Markup:
    """The name of a page: of its section, else its number."""
    return say(sheet.section.title) if any(sheet.section.title) else escape(_("Part {number}", number=number))


def answer_text(shown: Shown) -> str:
    """An answer in words, "" for none."""
    if shown.item.kind in {SINGLE, LIKERT, MULTI} or isinstance(shown.answer, list):
        chosen = sorted((option for option in shown.options if shown.has(option)), key=shown.place)
        told = [": ".join(filter(None, (plain(option.label), shown.words.get(option.key, "")))) for option in chosen]
        ranked = shown.item.kind not in {SINGLE, LIKERT, MULTI}
        return "; ".join(f"{place}. {one}" if ranked else one for place, one in enumerate(told, 1))
    return f"{shown.text} {plain(shown.item.unit)}".strip() if shown.text else ""


def spec(instrument: Instrument, filled: Filled) -> dict[str, Any]:
    """All items, for the script: it must know the answers of every page to say what is asked on this one."""
    named = ids(instrument)

    def one(item: Item) -> dict[str, Any]:
        options = options_of(instrument, item)
        kinds = KINDS_OF_TROUBLE if item.kind != NOTE else ()
        return {
            "key": item.key, "id": named[item.key], "kind": item.kind,
            "asked": item.kind != NOTE and not instrument.lines(item.key),
            "options": [option.key for option in options],
            "aside": [option.key for option in options if option.cannot_say],
            "required": required(instrument, item), "fewest": item.fewest, "most": item.most,
            "lowest": item.lowest, "highest": item.highest,
            "conditions": [rule.to_json() for rule in conditions(instrument, item)],
            "constraint": parse(item.constraint).to_json() if item.constraint.strip() else None,
            "troubles": {kind: trouble_text(instrument, item, kind) for kind in kinds},
        }  # fmt: skip

    return {"items": [one(item) for item in instrument.items], **filled.to_json()}


def _bounds(item: Item) -> str:
    low, high = plain_number(item.lowest), plain_number(item.highest)
    if item.kind == NUMERIC and low and high and item.step:
        return _("A number from {least} to {most}, in steps of {step}.", least=low, most=high,
                 step=plain_number(item.step))  # fmt: skip
    if item.kind == NUMERIC and low and high:
        return _("A number from {least} to {most}.", least=low, most=high)
    if item.kind == NUMERIC and (low or high):
        return _("At least {least}.", least=low) if low else _("At most {most}.", most=high)
    if item.kind in {MULTI, RANK} and (item.fewest or item.most):
        return _amount(item.fewest, item.most, ranked=item.kind == RANK)
    return ""


def _amount(fewest: int, most: int, *, ranked: bool) -> str:
    if fewest and most and fewest == most:
        told = _("Put {count} in order.", count=most) if ranked else _("Choose {count}.", count=most)
    elif fewest and most:
        told = (
            _("Put {least} to {most} in order.", least=fewest, most=most) if ranked
            else _("Choose {least} to {most}.", least=fewest, most=most)
        )  # fmt: skip
    else:
        kind = "fewest" if fewest else "most"
        item = Item("", RANK if ranked else MULTI, ("", ""), fewest=fewest, most=most)
        told = translate(trouble_words(item, kind, 0))
    return told
