"""Take what a query found out of Rakurs: each file is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from survey_app import session
from survey_app.actions.found_files import (
    Report,
    presence_csv,
    presence_xlsx,
    statements_csv,
    statements_docx,
    statements_xlsx,
)
from survey_app.actions.retrieving import Found
from survey_app.language import _, current, use
from survey_app.store import sources
from survey_app.store.log import Row

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def found_files(study: Row, found: Found, said: str) -> None:
    """Buttons for statements, and for experts by codes."""
    with session.store().reading() as connection:
        keys = {row["id"]: row["key"] for row in sources.sources(connection, study["id"])}
    report = Report(found, said, session.title_of(study), keys)
    st.caption(_("Statements, each with how many experts of its group said what was found"))
    with st.container(horizontal=True):
        _button("Word", f"{study['slug']}-statements.docx", DOCX, partial(statements_docx, report))
        _button("Excel", f"{study['slug']}-statements.xlsx", XLSX, partial(statements_xlsx, report))
        _button("CSV", f"{study['slug']}-statements.csv", "text/csv", partial(statements_csv, report))
    st.caption(_("Experts and codes as 0 and 1, for statistics programs"))
    with st.container(horizontal=True):
        _button("Excel", f"{study['slug']}-experts-codes.xlsx", XLSX, partial(presence_xlsx, report))
        _button("CSV", f"{study['slug']}-experts-codes.csv", "text/csv", partial(presence_csv, report))


def _button(text: str, name: str, media_type: str, make: Callable[[], bytes]) -> None:
    language = current()

    def made() -> bytes:
        with use(language):  # the file is made on a thread that knows no session
            return make()

    st.download_button(
        text, made, name, media_type, icon=":material/download:", key=f"take {name}", on_click="ignore"
    )  # fmt: skip
