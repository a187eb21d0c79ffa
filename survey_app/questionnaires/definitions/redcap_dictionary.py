"""REDCap: the data dictionary, a CSV with one row a field, under the titles of the web page or the names of the API."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from survey_app.questionnaires.borrowed_rules import borrowed, compared, named, warnings_of
from survey_app.questionnaires.choice_scales import YES_OR_NO, Choice, as_options, ticks
from survey_app.questionnaires.instrument import (
    DATE,
    MULTI,
    NOTE,
    NUMERIC,
    OPEN,
    RANK,
    Instrument,
    Item,
    Option,
    Section,
    Words,
)
from survey_app.questionnaires.markup import plain_text
from survey_app.questionnaires.readers import Brought
from survey_app.questionnaires.redcap_fields import Field, fields_of, is_dictionary
from survey_app.questionnaires.scales import number_in
from survey_app.questionnaires.wording import pair
from survey_app.rosters.tables import UnreadableTable
from transcripts.messages import Message, counted, sentence

PLATFORM = "REDCap"
_TRUE_OR_FALSE: tuple[Words, Words] = (("True", "Верно"), ("False", "Неверно"))
_PERSONAL = {"email", "phone", "phone_australia", "ssn", "mrn_10d", "mrn_generic"}
_CHOICES, _SILENT, _WORDS = {"radio", "dropdown"}, {"calc", "file"}, {"text", "notes", "descriptive", "slider"}
_KNOWN = {"checkbox", "yesno", "truefalse", *_CHOICES, *_SILENT, *_WORDS}
_NAME = re.compile(r"\[([A-Za-z0-9_]+)(?:\((-?\w+)\))?\]")


def sniff(brought: Brought) -> float:
    """Certain of a table with the columns of a dictionary."""
    return 1.0 if is_dictionary(brought.header) else 0.0


def read(brought: Brought) -> Instrument:
    """The dictionary in the one model. Its first field numbers the records and is not asked. Raises UnreadableTable."""
    fields = fields_of(brought.table())[1:]
    if not fields:
        raise UnreadableTable(
            sentence("{file} holds no fields to be asked. Download the data dictionary again.", file=brought.name)
        )
    by_name = {field.name: field for field in fields}
    sections: dict[str, Section] = {}
    items: dict[str, Item] = {}
    dropped: list[str] = []
    for field, section in _in_sections(fields):
        sections.setdefault(section.key, section)
        condition = _relevance(field, by_name)
        if condition is None:
            dropped.append(field.name)
        for item in _items(field, section.key, condition or "", by_name):
            items.setdefault(item.key, item)
    return Instrument(
        fields[0].form or "redcap", _title(fields[0].form), tuple(items.values()), languages=_languages(items.values()),
        sections=tuple(sections.values()), warnings=tuple(_warnings(fields, dropped)),
    )  # fmt: skip


def _in_sections(fields: list[Field]) -> Iterator[tuple[Field, Section]]:
    """Each field with its section: a form, or the part of it below a heading; a matrix keeps its heading to itself."""
    form, section = "", Section("")
    for number, field in enumerate(fields, 1):
        if field.form != form:
            form = field.form
            section = Section(form, _title(form))
        if field.header and not field.matrix:
            section = Section(f"{form}.{number}", pair(plain_text(field.header)))
        yield field, section


def _items(field: Field, section: str, condition: str, fields: dict[str, Field]) -> Iterator[Item]:
    label, required = pair(plain_text(field.label)), field.required.lower() == "y"
    if field.matrix and field.type in _CHOICES:
        kind, options = as_options(field.options(), ordered=True)
        if field.ranking.lower() == "y":
            kind, options = RANK, ()
        key = f"{field.matrix}_matrix" if field.matrix in fields else field.matrix
        yield Item(key, kind, pair(plain_text(field.header)), section=section, options=options)
        yield Item(
            field.name, kind, label, section=section, parent=key, required=required, relevant=condition
        )  # fmt: skip
        return
    kind, options = _kind(field)
    lowest, highest = _range(field) if kind == NUMERIC else (None, None)
    yield Item(
        field.name, kind, label, _hint(field), section, options=options, lowest=lowest, highest=highest,
        required=required and kind != NOTE, relevant=condition, long=field.type == "notes",
    )  # fmt: skip


def _kind(field: Field) -> tuple[str, tuple[Option, ...]]:
    if _identifies(field) or field.type in _SILENT or field.type == "descriptive":
        return NOTE, ()
    if field.type == "checkbox":
        return MULTI, ticks(field.options())
    if field.type in {"yesno", "truefalse"}:
        yes, no = YES_OR_NO if field.type == "yesno" else _TRUE_OR_FALSE
        return as_options([Choice("1", yes), Choice("0", no)])
    if field.type in _CHOICES:
        return as_options(field.options())
    if field.type == "slider" or field.validation in {"integer", "vas"} or field.validation.startswith("number"):
        return NUMERIC, ()
    return (DATE if field.validation.startswith("date") else OPEN), ()


def _identifies(field: Field) -> bool:
    """Whether a field says who somebody is; such a field is not imported."""
    return field.identifier.lower() == "y" or field.validation in _PERSONAL


def _range(field: Field) -> tuple[float | None, float | None]:
    slider = (0.0, 100.0) if field.type == "slider" else (None, None)
    low, high = number_in(field.low), number_in(field.high)
    return (slider[0] if low is None else low), (slider[1] if high is None else high)


def _hint(field: Field) -> Words:
    """The note, and the words along a slider."""
    along = [plain_text(part) for part in field.choices.split("|")] if field.type == "slider" else []
    return pair("; ".join(part for part in (plain_text(field.note), " … ".join(filter(None, along))) if part))


def _relevance(field: Field, fields: dict[str, Field]) -> str | None:
    """The branching logic in our rules, "" where there is none, None for what they cannot say."""

    def atom(name: str, operator: str, literal: str) -> str | None:
        found = _NAME.fullmatch(name)
        other = fields.get(found[1]) if found else None
        if found is None or other is None:
            return None
        if other.type != "checkbox":
            return None if found[2] else compared(other.name, operator, literal)
        if not found[2] or operator not in {"=", "!="} or literal not in {"0", "1"}:
            return None
        chosen = f"selected(${{{other.name}}}, '{found[2].lower()}')"
        return chosen if (operator == "=") == (literal == "1") else f"not({chosen})"

    return borrowed(field.branching, atom) if field.branching else ""


def _title(form: str) -> Words:
    return pair(form.replace("_", " ").capitalize())


def _languages(items: Iterable[Item]) -> tuple[str, ...]:
    labels = [item.label for item in items]
    return tuple(code for place, code in enumerate(("en", "ru")) if any(label[place] for label in labels)) or ("en",)


def _warnings(fields: list[Field], dropped: list[str]) -> list[Message]:
    found = warnings_of(
        dropped, [field.name for field in fields if field.type in _SILENT],
        [field.name for field in fields if field.type not in _KNOWN],
    )  # fmt: skip
    personal = [field.name for field in fields if _identifies(field)]
    if personal:
        found.append(
            counted(
                "{count} field says who somebody is ({questions}). Its answers are left out.",
                "{count} fields say who somebody is ({questions}). Their answers are left out.", len(personal),
                questions=named(personal),
            )
        )  # fmt: skip
    return found
