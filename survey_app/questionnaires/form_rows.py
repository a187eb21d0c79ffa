"""The rows of a form as somebody wrote them (XLSForm): cells by column and language, each with its sheet and row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from survey_app.questionnaires.instrument import Words
from survey_app.questionnaires.wording import pair, script
from survey_app.rosters.tables import UnreadableTable
from transcripts.messages import Message, sentence

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
MOST_ROWS = 5000
LONGEST_CELL = 20_000
"""Letters."""
OWN = "rakurs_"
"""Begins columns of ours, which other programs do not read; `rakurs::` is understood as well, but stops pyxform."""

_ALIASES = {
    "caption": "label", "relevance": "relevant", "constraint message": "constraint_message",
    "constraining message": "constraint_message", "list name": "list_name", "command": "type", "tag": "name",
    "bind::relevant": "relevant", "bind::required": "required", "bind::constraint": "constraint",
    "bind::jr:constraintmsg": "constraint_message", "control::appearance": "appearance",
    "body::appearance": "appearance",
    "set form title": "form_title", "title": "form_title", "set form id": "form_id", "id_string": "form_id",
}  # fmt: skip
_OWN_OF_ITEMS = ("code", "reverse", "kind", "cannot_say", "fewest", "most", "beside", "unit")
_READ = {
    SURVEY: {"type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "appearance",
             "parameters", "choice_filter", "disabled", *(OWN + name for name in _OWN_OF_ITEMS)},
    CHOICES: {"list_name", "name", "label", *(OWN + name for name in ("value", "cannot_say", "code", "other"))},
    SETTINGS: {"form_title", "form_id", "version", "default_language", OWN + "title", OWN + "consent"},
}  # fmt: skip
_LANGUAGES = {"english": "en", "en": "en", "английский": "en", "russian": "ru", "русский": "ru", "ru": "ru"}
_CODE = re.compile(r"\(\s*([A-Za-z]{2,3})(?:-[A-Za-z]+)?\s*\)\s*$")
_OLD_STYLE = re.compile(r"(label|hint|constraint_message|caption):([^:].*)", re.IGNORECASE)
_YES, _NO = {"yes", "true", "true()", "1", "да"}, {"no", "false", "false()", "0", "нет"}

Column = tuple[str, str]
"""Name and language of a column: en, ru, "" without one, or the name of another language."""


@dataclass(frozen=True)
class Row:
    """A row with what is filled in it. `place` is its number in the sheet, or in the list of a YAML file."""

    sheet: str
    place: int
    cells: Mapping[Column, str]
    default: str = ""
    """Language of columns without one: en, ru, "" where the form does not say."""

    @property
    def where(self) -> dict[str, Any]:
        """Row, sheet and name, to fill a sentence with."""
        return {"row": self.place, "sheet": self.sheet, "name": self.text("name")[:60]}

    def text(self, name: str) -> str:
        """A cell that has no language, or ""."""
        return self.cells.get((name, ""), "")

    def yes(self, name: str) -> bool | None:
        """What a cell with yes or no says; None where it is blank. Raises UnreadableTable for anything else."""
        cell = self.text(name).casefold()
        if cell and cell not in _YES | _NO:
            raise UnreadableTable(
                sentence(
                    "Row {row} of “{sheet}”: “{cell}” stands in the column {column}. Write yes or no.",
                    **self.where, cell=cell[:60], column=name,
                )
            )  # fmt: skip
        return cell in _YES if cell else None

    def number(self, name: str) -> float | None:
        """The number in a cell, None where it is blank. Raises UnreadableTable for anything else."""
        cell = self.text(name)
        if cell and not re.fullmatch(r"-?[0-9]{1,12}([.,][0-9]{1,6})?", cell):
            raise UnreadableTable(
                sentence(
                    "Row {row} of “{sheet}”: “{cell}” stands in the column {column}. Write a number.",
                    **self.where, cell=cell[:60], column=name,
                )
            )  # fmt: skip
        return float(cell.replace(",", ".")) if cell else None

    def words(self, name: str) -> Words:
        """English and Russian of a cell; one without a language goes to the form's own, or to that of its letters."""
        en, ru, plain = (self.cells.get((name, language), "") for language in ("en", "ru", ""))
        if not plain and not en and not ru:
            plain = next((cell for (column, _language), cell in self.cells.items() if column == name), "")
        if not plain:
            return en, ru
        if self.default:
            return (en or plain, ru) if self.default == "en" else (en, ru or plain)
        if not en and not ru:
            return pair(plain)
        return (en, ru or plain) if en and script(plain) == "ru" else (en or plain, ru)


@dataclass(frozen=True)
class Form:
    """A form's rows: of the survey, of the choices by list, and its settings."""

    survey: tuple[Row, ...]
    choices: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    settings: Row = Row(SETTINGS, 2, {})
    warnings: tuple[Message, ...] = ()


def make_form(
    survey: Iterable[tuple[int, Mapping[str, str]]],
    choices: Iterable[tuple[int, Mapping[str, str]]],
    settings: tuple[int, Mapping[str, str]],
) -> Form:
    """A form of cells by their header, every row with its number. Raises UnreadableTable."""
    plain = _row(SETTINGS, *settings, "")
    language = language_of(plain.text("default_language"))
    default = language if language in {"en", "ru"} else ""
    of_settings = _row(SETTINGS, *settings, default)
    rows = tuple(_row(SURVEY, place, cells, default) for place, cells in survey)
    listed = [_row(CHOICES, place, cells, default) for place, cells in choices]
    if len(rows) > MOST_ROWS or len(listed) > MOST_ROWS:
        raise UnreadableTable(
            sentence("A form has at most {limit} rows and as many choices. Cut it down.", limit=MOST_ROWS)
        )
    lists: dict[str, list[Row]] = {}
    for row in listed:
        lists.setdefault(row.text("list_name"), []).append(row)
    filled = {SURVEY: rows, CHOICES: tuple(listed), SETTINGS: (of_settings,)}
    return Form(rows, {name: tuple(each) for name, each in lists.items()}, of_settings, tuple(_left_out(filled)))


@lru_cache(maxsize=4096)
def column_of(header: str) -> Column:
    """Name and language of a header, as `label::Русский (ru)` or `rakurs_consent::English (en)`."""
    parts = [part.strip() for part in header.strip().split("::")]
    old = _OLD_STYLE.fullmatch(header.strip())
    if old:
        parts = [old[1], old[2].strip()]
    whole = "::".join(parts).lower()
    if whole in _ALIASES:
        return _ALIASES[whole], ""
    if parts[0].lower() == OWN.rstrip("_") and len(parts) > 1:
        parts = [OWN + parts[1].lower(), *parts[2:]]
    name = _ALIASES.get(parts[0].lower(), parts[0].lower())
    return name, language_of("::".join(parts[1:]))


def language_of(text: str) -> str:
    """en, ru, or what is written where it is neither."""
    code = _CODE.search(text)
    known = _LANGUAGES.get(code[1].lower()) if code else None
    return known or _LANGUAGES.get(text.strip().casefold(), text.strip())


def _row(sheet: str, place: int, cells: Mapping[str, str], default: str) -> Row:
    found: dict[Column, str] = {}
    for header, cell in cells.items():
        column = column_of(header)
        if sheet == CHOICES and column == ("value", ""):
            column = "name", ""
        if len(cell) > LONGEST_CELL:
            raise UnreadableTable(
                sentence(
                    "Row {row} of “{sheet}”: the text in the column {column} is longer than {limit} characters. "
                    "Shorten it.",
                    row=place, sheet=sheet, column=header[:60], limit=LONGEST_CELL,
                )
            )  # fmt: skip
        if cell:
            found.setdefault(column, cell)
    return Row(sheet, place, found, default)


def _left_out(sheets: Mapping[str, Sequence[Row]]) -> Iterable[Message]:
    """What stands in columns and languages that are not read."""
    for sheet, rows in sheets.items():
        columns = dict.fromkeys(column for row in rows for column in row.cells)
        unread = [name for name, _language in columns if name not in _READ[sheet]]
        if unread and sheet != SETTINGS:
            yield sentence(
                "“{sheet}”: these columns are not read here: {columns}.",
                sheet=sheet, columns=", ".join(dict.fromkeys(unread))[:300],
            )  # fmt: skip
        languages = [language for name, language in columns if name in _READ[sheet] and language]
        others = dict.fromkeys(language for language in languages if language not in {"en", "ru"})
        if others:
            yield sentence(
                "“{sheet}”: only English and Russian are read; {languages} was left out where one of them is there.",
                sheet=sheet, languages=", ".join(others)[:200],
            )  # fmt: skip
