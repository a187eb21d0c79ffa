"""Under which key and in which words a question is stored, and which code of the codebook it measures."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from zlib import crc32

import streamlit as st

from survey_app.components.questionnaire_draft import Draft
from survey_app.components.telling import tell
from survey_app.language import _, label
from survey_app.questionnaires.column import Column
from survey_app.questionnaires.confirming import Question
from survey_app.store.log import Row

_KEY = re.compile(r"[\w.-]{1,100}")


def edit_names(draft: Draft, question: Question, place: int, column: Column, codes: list[Row]) -> None:
    """Key, both labels and the code: of the column, and of the question that it is a line of."""
    if not column.kept:
        st.caption(_("What is left out needs no key and no words."))
        return
    if column.parent_id:
        siblings = [at for at, other in enumerate(draft.columns) if other.parent_id == column.parent_id]
        st.markdown("**" + _("The question") + "**")
        _fields(draft, siblings, column, ("parent_id", "parent_label", "parent_code_id"), codes)
        st.markdown("**" + _("This line") + "**")
    own = list(question.places) if column.place else [place]
    _fields(draft, own, column, ("item_id", "label", "code_id"), codes)
    st.caption(_("In the file: {header}", header=" ".join(column.name.split()).replace("[", r"\[")[:300]))


def _fields(draft: Draft, places: list[int], column: Column, names: tuple[str, str, str], codes: list[Row]) -> None:
    key, words, code = names

    def on(field: str, how: Callable[[Column, Any], Any]) -> tuple[str, Callable[[], None]]:
        name = field.split(" ")[0]
        widget = draft.key(field, places[0], crc32(str(getattr(column, name)).encode()))

        def change() -> None:
            value = st.session_state[widget]
            if field == key and not _KEY.fullmatch(value):
                tell(_("A key has letters, digits, dots and dashes, at most 100. The old one stays."))
                st.session_state[widget] = getattr(column, key)
                return
            draft.change(places, lambda now: replace(now, **{name: how(now, value)}))

        return widget, change

    widget, change = on(key, lambda _now, value: value)
    st.text_input(_("Key"), getattr(column, key), key=widget, on_change=change, max_chars=100)
    for at, title in enumerate((_("In English"), _("In Russian"))):
        widget, change = on(f"{words} {at}", partial(_with, words, at))
        st.text_input(title, getattr(column, words)[at], key=widget, on_change=change, max_chars=2000)
    named = {"": _("none")} | {row["key"]: f"{label(row)} · {row['key']}" for row in codes}
    current = getattr(column, code)
    options = list(named) if current in named else [*named, current]
    widget, change = on(code, lambda _now, value: value)
    st.selectbox(
        _("Code of the codebook that it measures"), options, options.index(current), key=widget, on_change=change,
        format_func=lambda one: named.get(one, one),
    )  # fmt: skip


def _with(field: str, at: int, column: Column, value: str) -> tuple[str, str]:
    words, pair = " ".join(value.split()), getattr(column, field)
    return (words, pair[1]) if at == 0 else (pair[0], words)
