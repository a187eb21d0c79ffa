"""The rows of an XLSForm as YAML, for those who write text: `survey`, `choices` and `settings`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from coding.study_files import LARGEST, UnusableStudyFile, read_yaml
from survey_app.questionnaires.form_items import instrument_of
from survey_app.questionnaires.form_rows import CHOICES, SETTINGS, SURVEY, make_form
from survey_app.questionnaires.instrument import Instrument
from survey_app.questionnaires.readers import Brought
from survey_app.rosters.tables import UnreadableTable
from transcripts.messages import sentence

PLATFORM = "YAML"


def sniff(brought: Brought) -> float:
    """Text with a line that begins the survey."""
    if len(brought.content) > 4 * LARGEST or not brought.name.lower().endswith((".yaml", ".yml")):
        return 0.0
    try:
        lines = brought.text.split("\n")
    except UnreadableTable:
        return 0.0
    return 0.9 if any(line.startswith(f"{SURVEY}:") for line in lines) else 0.0


def read(brought: Brought) -> Instrument:
    """The questionnaire of a file. Raises UnreadableTable naming section and entry."""
    try:
        written = read_yaml(brought.text)
    except UnusableStudyFile as problem:
        raise UnreadableTable(problem.message) from problem
    survey, settings = written.get(SURVEY), written.get(SETTINGS) or {}
    lists = written.get(CHOICES) or {}
    if not isinstance(survey, list) or not isinstance(settings, dict) or not isinstance(lists, dict):
        raise UnreadableTable(
            sentence(
                "{file} is not a form: “survey” is a list of rows, “choices” has a list under each name, and "
                "“settings” has named values.",
                file=brought.name,
            )
        )
    choices = []
    for name, rows in lists.items():
        choices += [
            (place, {"list_name": str(name), **_cells(CHOICES, place, row)}) for place, row in _numbered(CHOICES, rows)
        ]
    return instrument_of(
        make_form(
            [(place, _cells(SURVEY, place, row)) for place, row in _numbered(SURVEY, survey)], choices,
            (1, _cells(SETTINGS, 1, settings)),
        )
    )  # fmt: skip


def _numbered(section: str, rows: Any) -> list[tuple[int, Any]]:
    if not isinstance(rows, list):
        raise UnreadableTable(sentence("“{section}” is not a list of rows. Begin each row with “- ”.", section=section))
    return list(enumerate(rows, 1))


def _cells(section: str, place: int, row: Any) -> dict[str, str]:
    """A row as cells by header; what has languages becomes a cell a language."""
    if not isinstance(row, dict):
        raise _unfit(section, place, str(row))
    cells: dict[str, str] = {}
    for name, value in row.items():
        each = value if isinstance(value, dict) else {"": value}
        for language, part in each.items():
            header = f"{name}::{_cell(section, place, language)}" if isinstance(value, Mapping) else str(name)
            cells[header] = _cell(section, place, part)
    return {name: cell for name, cell in cells.items() if cell}


def _cell(section: str, place: int, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int | float | date):
        return str(value).strip()
    raise _unfit(section, place, str(value))


def _unfit(section: str, place: int, written: str) -> UnreadableTable:
    return UnreadableTable(
        sentence(
            "Row {row} of “{sheet}”: “{cell}” stands where a word or a number is expected.",
            row=place, sheet=section, cell=written[:60],
        )
    )  # fmt: skip
