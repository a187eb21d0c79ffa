"""A table of figures with what is to be remarked below it, where it can be read without scrolling or hovering."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from survey_app.actions.agreement_tables import Rows
from survey_app.components.plain import plain
from survey_app.components.tables import table_height
from survey_app.language import _
from survey_app.views import measures

TALLEST = 520
FIRST, COUNT, FIGURE = 170, 80, 122
"""Widths in pixels: seven figures with their intervals stand beside the menu of a small screen."""


def rows_table(rows: Rows) -> None:
    """The rows without their last column, the remarks; these stand below, each with those that it concerns."""
    header, listed = rows
    shown = [[cell if isinstance(cell, int) else str(cell) for cell in row[:-1]] for row in listed]
    table = pd.DataFrame(shown, columns=header[:-1])
    counts = [all(isinstance(row[number], int) for row in shown) for number in range(len(header) - 1)]
    widths = [FIRST if number == 0 else COUNT if counts[number] else FIGURE for number in range(len(header) - 1)]
    st.dataframe(
        table, hide_index=True, height=table_height(len(table), TALLEST),
        column_config={name: st.column_config.Column(width=width) for name, width in zip(header, widths, strict=False)},
    )  # fmt: skip
    about: dict[str, list[str]] = {}
    for row in listed:
        if row[-1]:
            about.setdefault(str(row[-1]), []).append(str(row[0]))
    for remark, names in about.items():
        text = _("{reason} This concerns: {codes}.", reason=remark, codes=measures.listed(names))
        st.caption(plain(text))
