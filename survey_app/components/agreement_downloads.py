"""The report on agreement to take away, in the language that it is wanted in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from survey_app import session
from survey_app.actions.agreement_files import agreement_csv, agreement_docx, agreement_html, agreement_xlsx
from survey_app.actions.agreement_material import Asked
from survey_app.actions.agreement_report import Report, agreement_report
from survey_app.components.downloads import CSV, DOCX, XLSX, download
from survey_app.language import LANGUAGES, _, current, language_name, use
from survey_app.store.log import Row, Store

HTML = "text/html"


def agreement_downloads(study: Row, asked: Asked) -> None:
    """Four files of what is on the screen."""
    with st.popover(_("Report for an article"), icon=":material/description:"):
        st.caption(
            _("All figures with methods and literature, for the supplement of an article. Coders stand by their keys; "
              "no names and no words of experts are in it.")
        )  # fmt: skip
        language = str(
            st.segmented_control(
                _("Language of the report"), list(LANGUAGES), default=current(), format_func=language_name,
                required=True, key=f"agreement-report-{study['id']}",
            )
        )  # fmt: skip
        ordered = tuple(st.session_state.get(f"agreement-ordered-{study['id']}", ()))
        name = f"{study['slug']}-agreement-{language}"
        kinds: tuple[tuple[str, str, str, Callable[[Report], bytes]], ...] = (
            ("Word", "docx", DOCX, agreement_docx), ("HTML", "html", HTML, agreement_html),
            ("Excel", "xlsx", XLSX, agreement_xlsx), ("CSV", "csv", CSV, agreement_csv),
        )  # fmt: skip
        with st.container(horizontal=True):
            for title, ending, kind, write in kinds:
                made = partial(_made, session.store(), study, asked, ordered, language, write)
                download(title, f"{name}.{ending}", kind, made)


def _made(
    store: Store, study: Row, asked: Asked, ordered: tuple[str, ...], language: str, write: Callable[[Report], bytes]
) -> bytes:
    with use(language):
        return write(agreement_report(store, study, asked, ordered=ordered))
