"""A page with nothing to show yet says what to do first."""

import streamlit as st

from survey_app import session
from survey_app.language import _
from survey_app.store.log import Row


def empty_state(icon: str, title: str, text: str, *, page: str = "", label: str = "") -> None:
    """A calm box in the middle: an icon, what is missing, and the way there."""
    _left, middle, _right = st.columns([1, 3, 1])
    with middle, st.container(border=True, horizontal_alignment="center"):
        st.markdown(f"### :material/{icon}: {title}", text_alignment="center")
        st.markdown(text, text_alignment="center")
        if page:
            st.page_link(page, label=label, icon=":material/arrow_forward:")


def need_study() -> Row:
    """The study that is open; a page about a study says so and stops when none is."""
    study = session.current_study()
    if study is None:
        empty_state(
            "folder_open", _("No study is open"), _("Open a study first, or create one."),
            page="pages/studies.py", label=_("Studies"),
        )  # fmt: skip
        st.stop()
    return study
