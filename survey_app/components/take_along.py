"""What a chart shows, to take along: its table and its figure as files, each made when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from survey_app.actions.figures import Form, browser, no_browser, picture
from survey_app.actions.table_files import table_csv, table_xlsx
from survey_app.components.downloads import CSV, XLSX, download
from survey_app.language import _, translate

PICTURES: dict[Form, str] = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


@st.fragment
def take_along(key: str, table: pd.DataFrame, light: Callable[[], Any] | None = None) -> None:
    """A quiet button that opens on files; `light` draws the figure, where there is one, as it is on paper. What nobody
    has opened yet is no work for the browser."""
    name = file_name(key)
    box = st.popover(
        _("Take along"), icon=":material/download:", type="tertiary", key=f"{key}-take", on_change="rerun"
    )  # fmt: skip
    if not box.open:
        return
    with box:
        st.caption(_("The table"))
        with st.container(horizontal=True):
            download("CSV", f"{name}.csv", CSV, partial(table_csv, table))
            download("XLSX", f"{name}.xlsx", XLSX, partial(table_xlsx, _("Table"), table))
        if light is None:
            return
        st.caption(_("The figure, on white"))
        if browser() is None:
            st.caption(f"{translate(no_browser().message)} {_('The camera above a chart saves a PNG all the same.')}")
            return
        with st.container(horizontal=True):
            for form, media_type in PICTURES.items():
                download(form.upper(), f"{name}.{form}", media_type, partial(_picture, light, form))


def table_alone(key: str, table: pd.DataFrame, **how: Any) -> None:
    """A table without a figure, which can be taken along; `how` goes to Streamlit."""
    take_along(key, table)
    st.dataframe(table, hide_index=True, **how)


def file_name(key: str) -> str:
    """The study and the chart by their keys, which name no person."""
    study = str(st.session_state.get("study") or "rakurs")
    return f"{study}_{re.sub(r'[^A-Za-z0-9._-]+', '-', key)}"


def _picture(light: Callable[[], Any], form: Form) -> bytes:
    return picture(light(), form)
