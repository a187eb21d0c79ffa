"""Workbooks of several sheets: headers that stay in sight, wrapped words, links between cells, nothing that runs."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from survey_app.rosters.cells import write_text


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


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx file."""
    book = Workbook()
    looks: dict[str, StyleArray] = {}
    for number, sheet in enumerate(sheets):
        _fill(book.active if number == 0 else book.create_sheet(), sheet, looks)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(into: Worksheet, sheet: Sheet, looks: dict[str, StyleArray]) -> None:
    into.title = sheet.title[:31]
    into.freeze_panes = "A2"
    bold = Font(bold=True)
    for at, name in enumerate(sheet.header, start=1):
        _write(into.cell(1, at), name, looks)
        into.cell(1, at).font = bold
    for down, row in enumerate(sheet.rows, start=2):
        for at, value in enumerate(row, start=1):
            _write(into.cell(down, at), value, looks)
    for at, width in enumerate(sheet.widths, start=1):
        into.column_dimensions[get_column_letter(at)].width = width


def _write(cell: Cell, value: Value, looks: dict[str, StyleArray]) -> None:
    """A cell's look is made once a workbook and then shared: to make it for each cell takes longer than all else."""
    text = value.text if isinstance(value, Link) else value
    look = "link" if isinstance(value, Link) else "text" if isinstance(text, str) else "number"
    if look not in looks:
        cell.alignment = Alignment(wrap_text=look != "number", vertical="top")
        if look == "link":
            cell.font = Font(color="0563C1", underline="single")
        looks[look] = copy(cell._style)
    cell._style = copy(looks[look])
    if isinstance(text, str):
        write_text(cell, text)
    else:
        cell.value = text
    if isinstance(value, Link):
        sheet = value.sheet[:31].replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{value.cell}")
