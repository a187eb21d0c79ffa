"""An instrument as the rows of a form: the way back from `form_items`, for a workbook or for YAML.

What a form cannot say: words of an item that has none in either language (its key stands for them), a page that goes
on after another one (it becomes two), an item that is required in a matrix whose other lines are not, and the order
within `languages`, which are those that are written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from survey_app.questionnaires.bounds import OF_CHOICES, OF_NUMBERS, Bounds, plain_number, with_bounds
from survey_app.questionnaires.form_rows import CHOICES, OWN, SETTINGS, SURVEY
from survey_app.questionnaires.instrument import (
    DATE,
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
from survey_app.questionnaires.rules import renamed
from survey_app.questionnaires.scales import says_nothing

LANGUAGES = ("English (en)", "Русский (ru)")
Cells = dict[tuple[str, str], str]
"""Filled cells by column and language ("" without one)."""

_TYPES = {LIKERT: "select_one", SINGLE: "select_one", MULTI: "select_multiple", RANK: "rank", NUMERIC: "decimal",
          DATE: "date", NOTE: "note"}  # fmt: skip
_NAME = re.compile(r"[^\W\d][\w.-]{0,99}")


@dataclass(frozen=True)
class Sheets:
    """Rows of the three sheets; those of the choices by list."""

    survey: list[Cells]
    choices: dict[str, list[Cells]]
    settings: Cells


def sheets_of(instrument: Instrument) -> Sheets:
    """The rows of a form."""
    writing = _Writing(instrument, _names(instrument))
    writing.write()
    default = LANGUAGES[0] if "en" in instrument.languages else LANGUAGES[1]
    settings = _filled(
        {("form_title", ""): instrument.title[0] or instrument.title[1], ("form_id", ""): instrument.key,
         ("version", ""): instrument.version, ("default_language", ""): default}
        | _words(OWN + "title", instrument.title) | _words(OWN + "consent", instrument.consent)
    )  # fmt: skip
    return Sheets(writing.survey, writing.choices, settings)


def columns_of(sheet: str) -> list[tuple[str, str]]:
    """Every column that a sheet may have, in the order in which a person reads them."""
    own = {SURVEY: ("code", "kind", "reverse", "cannot_say", "fewest", "most", "beside"),
           CHOICES: ("value", "cannot_say", "other", "code"), SETTINGS: ()}  # fmt: skip
    both = {SURVEY: ("label", "hint", OWN + "unit"), CHOICES: ("label",), SETTINGS: (OWN + "title", OWN + "consent")}
    first = {
        SURVEY: ("type", "name"),
        CHOICES: ("list_name", "name"),
        SETTINGS: ("form_title", "form_id", "version", "default_language"),
    }
    rules = ("required", "relevant", "constraint") if sheet == SURVEY else ()
    last = ("appearance", "parameters") if sheet == SURVEY else ()
    columns = [(name, "") for name in first[sheet]]
    columns += [(name, language) for name in both[sheet] for language in LANGUAGES]
    columns += [(name, "") for name in rules]
    columns += [("constraint_message", language) for language in LANGUAGES] if rules else []
    return columns + [(name, "") for name in last] + [(OWN + name, "") for name in own[sheet]]


@dataclass
class _Writing:
    instrument: Instrument
    names: Mapping[str, str]
    survey: list[Cells] = field(default_factory=list)
    choices: dict[str, list[Cells]] = field(default_factory=dict)
    lists: dict[tuple[Option, ...], str] = field(default_factory=dict)

    def write(self) -> None:
        sections = {section.key: section for section in self.instrument.sections}
        begun: set[str] = set()
        here = ""
        for item in self.instrument.questions():
            if item.section != here:
                self.end(here)
                here = item.section
                if here:
                    section = sections.get(here)
                    name = _free(_as_name(here), begun)
                    begun.add(name)
                    self.add({("type", ""): "begin_group", ("name", ""): name, ("appearance", ""): "field-list",
                              ("relevant", ""): self.rule(section.relevant) if section else ""}
                             | _words("label", section.title if section else ("", "")))  # fmt: skip
            self.question(item)
        self.end(here)

    def end(self, section: str) -> None:
        if section:
            self.add({("type", ""): "end_group"})

    def add(self, cells: Cells) -> None:
        self.survey.append(_filled(cells))

    def rule(self, text: str) -> str:
        return renamed(text, self.names)

    def question(self, item: Item) -> None:
        """The rows of a question: its own, or a group with its lines, and one for words beside an option."""
        lines = self.instrument.lines(item.key)
        if not lines:
            self.add(self.row(item, item.options))
            self.beside(item)
            return
        head = self.row(item, ()) | {("type", ""): "begin_group", ("appearance", ""): "table-list"}
        self.add(
            {column: cell for column, cell in head.items() if column[0] not in {"required", "constraint", "parameters"}}
        )
        for line in lines:
            if line.lowest is None and line.highest is None:
                line = replace(line, lowest=item.lowest, highest=item.highest)
            self.add(self.row(replace(line, kind=item.kind, required=line.required or item.required), item.options))
        self.end(item.key)

    def row(self, item: Item, options: tuple[Option, ...]) -> Cells:
        kind = _TYPES.get(item.kind, "text")
        listed = item.kind in {LIKERT, SINGLE, MULTI, RANK} and bool(options)
        silent = next((option.value for option in options if option.cannot_say), None) if item.kind == NUMERIC else None
        stepped = item.kind == NUMERIC and None not in (item.step, item.lowest, item.highest)
        plain = {
            "type": f"{kind} {self.listed(item, options)}" if listed else "range" if stepped else kind,
            "name": self.names[item.key], "parameters": _parameters(item) if stepped else "",
            "required": "yes" if item.required else "", "relevant": self.rule(item.relevant),
            "constraint": self.rule(item.constraint if stepped else _constraint(item)),
            "appearance": "multiline" if item.long else "",
            OWN + "code": item.code, OWN + "reverse": "yes" if item.reverse else "",
            OWN + "kind": item.kind if item.kind in {LIKERT, SINGLE} else "",
            OWN + "cannot_say": "" if silent is None else plain_number(silent),
            OWN + "fewest": str(item.fewest) if item.kind == RANK and item.fewest else "",
            OWN + "most": str(item.most) if item.kind == RANK and item.most else "",
        }  # fmt: skip
        words = {
            "label": item.label, "hint": item.hint, "constraint_message": item.constraint_words,
            OWN + "unit": item.unit,
        }  # fmt: skip
        cells: Cells = {(name, ""): cell for name, cell in plain.items()}
        for name, pair in words.items():
            cells |= _words(name, pair)
        return cells

    def beside(self, item: Item) -> None:
        """A question for the words beside an option: other programs do not ask for them on their own."""
        for option in item.options:
            name = f"{self.names[item.key]}_{option.key}"
            if option.other and name not in self.names.values() and _NAME.fullmatch(name):
                self.add({("type", ""): "text", ("name", ""): name,
                          ("relevant", ""): f"selected(${{{self.names[item.key]}}}, '{option.key}')",
                          (OWN + "beside", ""): self.names[item.key]} | _words("label", option.label))  # fmt: skip

    def listed(self, item: Item, options: tuple[Option, ...]) -> str:
        """The name of the list with these options, written once."""
        if options not in self.lists:
            name = _free(re.sub(r"\W", "_", self.names[item.parent or item.key]), set(self.choices))
            self.lists[options] = name
            self.choices[name] = [_filled(row) for row in _choice_rows(options, item.kind)]
        return self.lists[options]


def _choice_rows(options: tuple[Option, ...], kind: str) -> list[Cells]:
    points = [option for option in options if not option.cannot_say]
    numbered = [option.value for option in points] == [float(place) for place in range(1, len(points) + 1)]
    valued = kind == LIKERT or not numbered
    rows = []
    for option in options:
        said = any(label and says_nothing(label) for label in option.label)
        plain = {
            "name": option.key, OWN + "value": plain_number(option.value) if valued or option.cannot_say else "",
            OWN + "cannot_say": "yes" if option.cannot_say else "no" if said else "",
            OWN + "other": "yes" if option.other else "", OWN + "code": option.code,
        }  # fmt: skip
        rows.append({(name, ""): cell for name, cell in plain.items()} | _words("label", option.label))
    return rows


def _constraint(item: Item) -> str:
    if item.kind == NUMERIC:
        return with_bounds(Bounds(item.lowest, item.highest, item.constraint), OF_NUMBERS)
    if item.kind == MULTI:
        return with_bounds(Bounds(item.fewest or None, item.most or None, item.constraint), OF_CHOICES)
    return item.constraint


def _parameters(item: Item) -> str:
    told = {"start": item.lowest, "end": item.highest, "step": item.step}
    return " ".join(f"{name}={plain_number(value)}" for name, value in told.items() if value is not None)


def _words(name: str, words: Words) -> Cells:
    return {(name, language): text.strip() for language, text in zip(LANGUAGES, words, strict=True)}


def _filled(cells: Cells) -> Cells:
    return {column: cell for column, cell in cells.items() if cell}


def _names(instrument: Instrument) -> dict[str, str]:
    """A name for every key: the key itself, wherever a form can have it."""
    found: dict[str, str] = {}
    for item in instrument.items:
        found[item.key] = _free(_as_name(item.key), set(found.values()))
    return found


def _as_name(key: str) -> str:
    return key if _NAME.fullmatch(key) else "q_" + re.sub(r"[^\w.-]", "_", key)[:90]


def _free(name: str, taken: set[str]) -> str:
    number = 2
    unique = name
    while unique in taken:
        unique, number = f"{name}_{number}", number + 1
    return unique
