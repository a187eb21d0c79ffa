"""The matrix of confusions on the screen, with the statements behind each cell."""

from __future__ import annotations

import streamlit as st

from survey_app.components.chart import chart, picked, words_panel
from survey_app.components.comparison import Chosen
from survey_app.components.comparison_rows import statement_list
from survey_app.components.filters import addressed_select
from survey_app.language import _
from survey_app.store.log import Row
from survey_app.views import confusions as view
from survey_app.views import style
from survey_app.views.segment_names import records


def confusion_matrix(study: Row, chosen: Chosen) -> None:
    """One coder against the reference; a cell opens the statements behind it."""
    others = [coder for coder in chosen.coders if coder != chosen.reference]
    coder = addressed_select("confused-by", _("Coder"), others, lambda key: chosen.names.get(key, key), width=260)
    cells = chosen.comparison.confusions(chosen.reference, coder)
    prepared = view.prepare(cells, chosen.comparison.frames.codes)
    dark = st.context.theme.type == "dark"
    finding = view.finding(prepared)
    figure = view.figure(prepared, dark=dark)
    key = f"confusions-{chosen.reference}-{coder}"
    chart(
        key, finding, figure, view.table(prepared), alt=f"{view.title()} {finding}",
        reading=view.reading(chosen.names[chosen.reference], chosen.names[coder]), light=lambda: view.figure(prepared),
    )  # fmt: skip
    mark = picked(key)
    behind = (
        records(prepared[(prepared["code_id"] == mark[0]) & (prepared["other_code_id"] == mark[1])]) if mark else []
    )
    if behind:
        [cell] = behind
        words_panel(
            key, f"{cell['name']} → {cell['other_name']}", style.statements(cell["n"]),
            lambda: statement_list(study, chosen, list(cell["statement_ids"])),
        )  # fmt: skip
