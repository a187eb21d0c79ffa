"""XLSForm, as for KoboToolbox and ODK: a workbook with the sheets survey, choices and settings."""

from collections.abc import Iterable, Sequence

from survey_app.questionnaires.form_items import instrument_of
from survey_app.questionnaires.form_rows import CHOICES, MOST_ROWS, SETTINGS, SURVEY, column_of, make_form
from survey_app.questionnaires.instrument import Instrument
from survey_app.questionnaires.readers import Brought
from survey_app.rosters.tables import Limits, UnreadableTable, read_sheets
from transcripts.messages import sentence

PLATFORM = "XLSForm"
LIMITS = Limits(file=10_000_000, unpacked=60_000_000, rows=MOST_ROWS, columns=200)

Sheets = dict[str, list[list[str]]]


def sniff(brought: Brought) -> float:
    """A workbook with a sheet named survey that has types and names."""
    if not brought.content.startswith(b"PK\x03\x04"):
        return 0.0
    try:
        header = {column_of(cell)[0] for cell in _header(_sheets(brought).get(SURVEY, []))}
    except UnreadableTable:
        return 0.0
    return 1.0 if {"type", "name"} <= header else 0.0


def read(brought: Brought) -> Instrument:
    """The questionnaire of a workbook. Raises UnreadableTable naming sheet and row."""
    sheets = _sheets(brought)
    if not _header(sheets.get(SURVEY, [])):
        raise UnreadableTable(
            sentence("{file} has no sheet “{sheet}” with questions. Bring an XLSForm.", file=brought.name, sheet=SURVEY)
        )
    settings = next(iter(_rows(sheets.get(SETTINGS, []))), (2, {}))
    return instrument_of(make_form(_rows(sheets[SURVEY]), _rows(sheets.get(CHOICES, [])), settings))


def _sheets(brought: Brought) -> Sheets:
    return {title.strip().lower(): rows for title, rows in read_sheets(brought.name, brought.content, LIMITS).items()}


def _header(rows: Sequence[Sequence[str]]) -> list[str]:
    return next((list(row) for row in rows if any(row)), [])


def _rows(rows: Sequence[Sequence[str]]) -> Iterable[tuple[int, dict[str, str]]]:
    """Filled rows below the header, with their numbers."""
    header = _header(rows)
    begun = False
    for place, row in enumerate(rows, 1):
        if any(row) and begun:
            yield place, {name: cell for name, cell in zip(header, row, strict=False) if name and cell}
        begun = begun or any(row)
