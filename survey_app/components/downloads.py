"""Files to take away: each is made when it is asked for, in the language of the screen."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from survey_app.language import current, use

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv"


def download(text: str, name: str, media_type: str, make: Callable[[], bytes]) -> None:
    """A button that makes a file and hands it over; the page stays as it is."""
    language = current()

    def made() -> bytes:
        with use(language):  # the file is made on a thread that knows no session
            return make()

    st.download_button(
        text, made, name, media_type, icon=":material/download:", key=f"take {name}", on_click="ignore"
    )  # fmt: skip
