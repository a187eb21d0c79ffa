"""Take what a query found out of Rakurs: each file is made when it is asked for."""

from __future__ import annotations

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
from survey_app.components.downloads import CSV, DOCX, XLSX, download
from survey_app.language import _
from survey_app.store import sources
from survey_app.store.log import Row


def found_files(study: Row, found: Found, said: str) -> None:
    """Buttons for statements, and for experts by codes."""
    with session.store().reading() as connection:
        keys = {row["id"]: row["key"] for row in sources.sources(connection, study["id"])}
    report = Report(found, said, session.title_of(study), keys)
    st.caption(_("Statements, each with how many experts of its group said what was found"))
    with st.container(horizontal=True):
        download("Word", f"{study['slug']}-statements.docx", DOCX, partial(statements_docx, report))
        download("Excel", f"{study['slug']}-statements.xlsx", XLSX, partial(statements_xlsx, report))
        download("CSV", f"{study['slug']}-statements.csv", CSV, partial(statements_csv, report))
    st.caption(_("Experts and codes as 0 and 1, for statistics programs"))
    with st.container(horizontal=True):
        download("Excel", f"{study['slug']}-experts-codes.xlsx", XLSX, partial(presence_xlsx, report))
        download("CSV", f"{study['slug']}-experts-codes.csv", CSV, partial(presence_csv, report))
