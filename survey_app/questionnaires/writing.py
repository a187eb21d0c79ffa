"""An instrument as a file that other programs read: XLSForm, the same as YAML; and an example of both to begin with."""

from __future__ import annotations

from io import BytesIO

import yaml
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from survey_app.questionnaires.example import EXAMPLE
from survey_app.questionnaires.form_out import LANGUAGES, Cells, columns_of, sheets_of
from survey_app.questionnaires.form_rows import CHOICES, SETTINGS, SURVEY
from survey_app.questionnaires.instrument import Instrument
from survey_app.rosters.cells import write_text

_WIDE = {
    "label": 44,
    "hint": 30,
    "relevant": 30,
    "constraint": 30,
    "constraint_message": 30,
    "rakurs_title": 44,
    "rakurs_consent": 44,
}


def to_xlsform(instrument: Instrument) -> bytes:
    """An .xlsx file with the sheets survey, choices and settings. Every cell is text."""
    form = sheets_of(instrument)
    choices = [{("list_name", ""): name} | row for name, rows in form.choices.items() for row in rows]
    book, out = Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for title, rows in ((SURVEY, form.survey), (CHOICES, choices), (SETTINGS, [form.settings])):
        _sheet(book, title, rows)
    book.save(out)
    return out.getvalue()


def to_yaml(instrument: Instrument) -> str:
    """The same rows as text."""
    form = sheets_of(instrument)
    written = {
        SETTINGS: _plain(SETTINGS, form.settings), SURVEY: [_plain(SURVEY, row) for row in form.survey],
        CHOICES: {name: [_plain(CHOICES, row) for row in rows] for name, rows in form.choices.items()},
    }  # fmt: skip
    return yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=110)


def template() -> bytes:
    """A small form in both languages with a question of each kind, as a workbook."""
    return to_xlsform(EXAMPLE)


def template_yaml() -> str:
    """The same as text."""
    return to_yaml(EXAMPLE)


def _sheet(book: Workbook, title: str, rows: list[Cells]) -> None:
    sheet = book.create_sheet(title)
    used = {column for row in rows for column in row}
    needed = {"type", "list_name", "name", "label", "form_title", "form_id", "version"}
    columns = [column for column in columns_of(title) if column in used or column[0] in needed]
    for number, (name, language) in enumerate(columns, 1):
        cell = sheet.cell(1, number)
        write_text(cell, f"{name}::{language}" if language else name)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE.get(name, 20)
    for place, row in enumerate(rows, 2):
        for number, column in enumerate(columns, 1):
            if column in row:
                cell = sheet.cell(place, number)
                write_text(cell, row[column])
                cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "A2"


def _plain(title: str, row: Cells) -> dict[str, str | dict[str, str]]:
    """Cells with those of both languages under one name, as {en: …, ru: …}."""
    short = dict(zip(LANGUAGES, ("en", "ru"), strict=True))
    found: dict[str, str | dict[str, str]] = {}
    for name, language in (column for column in columns_of(title) if column in row):
        cell = row[name, language]
        if not language:
            found[name] = cell
            continue
        both = found.setdefault(name, {})
        if isinstance(both, dict):
            both[short[language]] = cell
    return found
