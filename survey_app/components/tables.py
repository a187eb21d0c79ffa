"""What tables have in common: how tall they are, so that they end with their last row, and how a day is written."""

from typing import Any

import streamlit as st

from survey_app.language import _

ROW = 33
"""Pixels of a row and of the header."""
TALL_ROW = 66
"""Pixels of a row in which words may run over three lines."""


def table_height(rows: int, most: int, row: int = ROW) -> int:
    """Pixels for so many rows, never more than `most`."""
    return min(row * rows + ROW + 3, most)


def date_column() -> Any:
    """A day as text: a column of dates would show an English “None” where there is none."""
    return st.column_config.TextColumn(
        _("Date"), width=120, validate=r"^(\d{4}-\d{2}-\d{2})?$", help=_("Year-month-day, for example 2024-01-31.")
    )
