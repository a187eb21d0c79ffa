"""A chart's table as a file: CSV and a workbook in which nothing runs."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from survey_app.actions.exporting import as_csv
from survey_app.actions.workbooks import Sheet, Value, workbook

_NARROWEST, _WIDEST = 8, 60


def table_csv(table: pd.DataFrame) -> bytes:
    """One line a row under the headers of the screen; UTF-8 with a mark, text that might run is defused."""
    return as_csv(header_of(table), cells_of(table))


def table_xlsx(title: str, table: pd.DataFrame) -> bytes:
    """A workbook of one sheet."""
    return workbook([table_sheet(title, table)])


def table_sheet(title: str, table: pd.DataFrame) -> Sheet:
    """A sheet with columns as wide as their words."""
    header, rows = header_of(table), cells_of(table)
    longest = [max([len(name), *(len(str(row[at])) for row in rows)]) for at, name in enumerate(header)]
    widths = [min(max(length + 2, _NARROWEST), _WIDEST) for length in longest]
    return Sheet(sheet_title(title), header, rows, widths)


def sheet_title(title: str) -> str:
    """A title that a workbook takes: at most 31 characters, none of []:*?/\\."""
    return "".join(" " if each in "[]:*?/\\" else each for each in title).strip(" '")[:31].strip(" '") or "1"


def header_of(table: pd.DataFrame) -> list[str]:
    """The names of the columns."""
    return [str(name) for name in table.columns]


def cells_of(table: pd.DataFrame) -> list[list[Value]]:
    """The rows, numbers as numbers; a number that is not there is an empty cell."""
    columns: list[list[Any]] = [table.iloc[:, at].tolist() for at in range(len(table.columns))]
    return [[_cell(value) for value in row] for row in zip(*columns, strict=True)]


def _cell(value: object) -> Value:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    return value if isinstance(value, int | float) else str(value)
