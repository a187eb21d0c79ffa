"""Workbooks of several sheets: headers that stay in sight, wrapped words, links between cells, nothing that runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767
"""Characters that a cell holds."""


@dataclass(frozen=True, slots=True)
class Link:
    """A cell whose words lead to a cell of another sheet of the same workbook."""

    text: str
    sheet: str
    cell: str


Value = str | int | float | Link


@dataclass(frozen=True, slots=True)
class Sheet:
    """A title of at most 31 characters, a header, rows, and how wide the columns are (in characters)."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[int] = field(default=())


def defused(value: str) -> str:
    """Text that a spreadsheet will not take for a formula."""
    return f"'{value}" if value.startswith(_DANGEROUS) else value


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx file; control characters, which no workbook can hold, become the replacement sign."""
    book = Workbook()
    for number, sheet in enumerate(sheets):
        _fill(book.active if number == 0 else book.create_sheet(), sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(into: Worksheet, sheet: Sheet) -> None:
    into.title = sheet.title[:31]
    into.freeze_panes = "A2"
    for at, name in enumerate(sheet.header, start=1):
        _write(into.cell(1, at), name)
        into.cell(1, at).font = Font(bold=True)
    for down, row in enumerate(sheet.rows, start=2):
        for at, value in enumerate(row, start=1):
            _write(into.cell(down, at), value)
    for at, width in enumerate(sheet.widths, start=1):
        into.column_dimensions[get_column_letter(at)].width = width


def _write(cell: Cell, value: Value) -> None:
    text = value.text if isinstance(value, Link) else value
    if isinstance(text, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", defused(text))[:LONGEST_CELL]
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.value = text
        cell.alignment = Alignment(vertical="top")
    if isinstance(value, Link):
        sheet = value.sheet[:31].replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{value.cell}")
        cell.font = Font(color="0563C1", underline="single")
