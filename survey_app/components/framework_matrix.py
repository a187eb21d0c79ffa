"""The framework matrix on screen: choose its columns, see it whole, open a cell, take it out as a file."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from coding.framework import CODE, QUESTION
from coding.queries import ADJUDICATED, OWN
from survey_app import session
from survey_app.actions.framework import Matrix, codes_to_sum_up, matrix_of
from survey_app.actions.framework_files import Charted, framework_docx, framework_xlsx
from survey_app.actions.results import frames_of
from survey_app.components.codebook_names import code_name
from survey_app.components.downloads import DOCX, XLSX, download
from survey_app.components.empty import empty_state
from survey_app.components.framework_cell import framework_cell
from survey_app.components.query_where import choose_layer, question_name
from survey_app.components.tables import TALL_ROW, table_height
from survey_app.language import _, label
from survey_app.store import sources
from survey_app.store.log import Row

SHOWN = 80
"""Characters of a summary in the table; the whole stands in the open cell."""


def framework_matrix(study: Row, coder: Row) -> None:
    """The whole page below its title."""
    store = session.store()
    with store.reading() as connection:
        keys = {row["id"]: row["key"] for row in sources.sources(connection, study["id"])}
    kind, layer, chosen = _choose(study, coder)
    matrix = matrix_of(store, study["id"], coder["id"], kind, layer, chosen)
    if not matrix.experts:
        empty_state(
            "groups", _("No experts yet"), _("The rows of the matrix are the experts of the roster."),
            page="pages/people.py", label=_("Experts"),
        )  # fmt: skip
        return
    if not matrix.columns:
        _say_what_lacks(kind)
        return
    columns = {key: question_name(row) if kind == QUESTION else code_name(row) for key, row in matrix.columns.items()}
    _table(study, matrix, columns)
    framework_cell(study, coder, matrix, columns, keys)
    charted = Charted(matrix, f"{session.title_of(study)}: {_('framework matrix')}", columns, keys)
    with st.container(horizontal=True):
        download("Word", f"{study['slug']}-framework.docx", DOCX, partial(framework_docx, charted))
        download("Excel", f"{study['slug']}-framework.xlsx", XLSX, partial(framework_xlsx, charted))


def _choose(study: Row, coder: Row) -> tuple[str, str, list[str]]:
    """Questions or codes, and which codes: at first those for which something is written."""
    listed, written = codes_to_sum_up(session.store(), study["id"], coder["id"])
    book = {row["key"]: code_name(row) for row in listed}
    kinds = {QUESTION: _("Questions of the guide"), CODE: _("Codes")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = str(
            st.segmented_control(
                _("Columns"), list(kinds), default=QUESTION, format_func=kinds.__getitem__, required=True,
                key=f"framework-kind-{study['id']}", persist_state="session",
            )
        )  # fmt: skip
        if kind == QUESTION:
            return kind, OWN, []
        chosen = st.multiselect(
            _("Codes"), list(book), written, format_func=book.__getitem__, key=f"framework-codes-{study['id']}",
            placeholder=_("choose codes or whole branches"), width="stretch", persist_state="session",
        )  # fmt: skip
        held = frames_of(session.store(), study["id"]).codings["layer"] == "adjudicated"
        layer = choose_layer(ADJUDICATED if held.any() else OWN, f"framework-{study['id']}")
    return kind, layer, [str(key) for key in chosen]


def _say_what_lacks(kind: str) -> None:
    if kind == CODE:
        st.info(_("Choose the codes that are to be columns."), icon=":material/view_column:")
        return
    empty_state(
        "contact_support", _("No questions yet"),
        _("The columns of the matrix are the questions of the interview guide."),
        page="pages/guide.py", label=_("Interview guide"),
    )  # fmt: skip


def _table(study: Row, matrix: Matrix, columns: dict[str, str]) -> None:
    """Every cell: its summary, else how many statements wait for one. A click opens the cell."""
    groups = {row["group_id"]: row for row in matrix.frames.groups.to_dict("records")}
    names = dict(zip(columns, _each_once(columns), strict=True))
    lines = []
    for expert in matrix.experts:
        group = label(groups[expert["group_key"]], "short") if expert["group_key"] in groups else ""
        line = {_("Expert"): " · ".join(part for part in (expert["key"], group) if part)}
        for column, name in names.items():
            cell = matrix.cell(expert["key"], column)
            waiting = f"({len(cell.statements)})" if cell.statements else ""
            line[name] = (cell.text[:SHOWN] + "…" if len(cell.text) > SHOWN else cell.text) or waiting
        lines.append(line)
    table = pd.DataFrame(lines)
    widths = {name: st.column_config.TextColumn(width=210, help=columns[column]) for column, name in names.items()}
    first = {_("Expert"): st.column_config.TextColumn(width=130, pinned=True)}
    key = f"framework-table-{study['id']}"
    st.caption(
        _("Each cell holds your summary; a number in brackets says how many statements wait for one. Click a cell.")
    )
    st.dataframe(
        table, hide_index=True, row_height=TALL_ROW, height=table_height(len(table), 420, TALL_ROW), key=key,
        column_config=first | widths, selection_mode="single-cell", on_select=partial(_open, study, matrix, names, key),
    )  # fmt: skip


def _open(study: Row, matrix: Matrix, names: dict[str, str], key: str) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if not cells:
        return
    row, name = cells[0]
    column = next((column for column, shown in names.items() if shown == name), None)
    st.session_state[f"framework-expert-{study['id']}"] = matrix.experts[row]["key"]
    if column:
        st.session_state[f"framework-column-{study['id']}"] = column


def _each_once(columns: dict[str, str]) -> list[str]:
    """Heads of columns, short and each once: the question's or code's key says which it is."""
    heads = [text if len(text) <= 48 else f"{text[:47]}…" for text in columns.values()]
    return [head if heads.count(head) == 1 else f"{head} ({at + 1})" for at, head in enumerate(heads)]
