"""Excel's .xlsx: each sheet a grid of what its cells show."""

import io
import zipfile
from datetime import datetime, time, timedelta

import openpyxl

from transcripts.containers import Grid, Opened, as_text
from transcripts.decoding import UnreadableTranscript
from transcripts.limits import MOST_UNITS
from transcripts.messages import sentence
from transcripts.zipped import check_zip, damaged, names_of, part

_MOST_COLUMNS = 60


def fits(content: bytes, name: str) -> bool:
    """By the parts inside, or by the name of a zip file."""
    if not content.startswith(b"PK"):
        return False
    return "xl/workbook.xml" in names_of(content) or name.lower().endswith(".xlsx")


def unpack(name: str, content: bytes) -> Opened:
    """Rows that hold anything. Raises UnreadableTranscript."""
    check_zip(name, content)
    for inner in sorted(names_of(content)):
        if inner.endswith(".xml"):
            part(name, content, inner)  # a DOCTYPE in any part is refused
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        grids = tuple(_grid(name, sheet) for sheet in book.worksheets)
    except UnreadableTranscript:
        raise
    except (KeyError, ValueError, TypeError, OSError, zipfile.BadZipFile, AttributeError, IndexError) as problem:
        raise damaged(name) from problem
    blocks = tuple(grid for grid in grids if grid.rows)
    if not blocks:
        raise UnreadableTranscript(sentence("{file} has no words in it. Check that it is the right file.", file=name))
    return Opened(name, "xlsx", as_text(blocks), blocks)


def _grid(name: str, sheet: openpyxl.worksheet.worksheet.Worksheet) -> Grid:
    rows = []
    for row in sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True):
        cells = tuple(_shown(cell) for cell in row)
        if any(cells):
            rows.append(cells)
        if len(rows) > MOST_UNITS:
            raise UnreadableTranscript(
                sentence("{file} has more than {limit} rows. Cut it into several files.", file=name, limit=MOST_UNITS)
            )
    return Grid(tuple(rows))


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, timedelta):
        whole = int(cell.total_seconds())
        return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, time) else str(cell)
