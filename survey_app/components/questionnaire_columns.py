"""The questions of an uploaded questionnaire: what each is taken for, and beside them the one that is looked at."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from survey_app.components.plain import plain
from survey_app.components.questionnaire_draft import Draft
from survey_app.components.questionnaire_look import look_at
from survey_app.components.questionnaire_words import (
    LONGEST_TITLE,
    becomes_in_short,
    kind_names,
    question_of,
    source_name,
    title_of,
)
from survey_app.components.tables import table_height
from survey_app.language import _, ngettext
from survey_app.questionnaires.column import Column
from survey_app.questionnaires.confirming import Question, double_keys
from survey_app.questionnaires.survey import UnusableQuestionnaire, in_both_languages
from survey_app.store.log import Row
from transcripts.messages import sentence

TALLEST = 760
"""Pixels."""


def confirm_columns(draft: Draft, respondent: str | None, language: str, codes: list[Row]) -> list[Column]:
    """The table of questions and a look at one; returns the columns as the person has them now.

    `language` is the half of an answer in two languages that will be kept, or "" for both. Raises
    UnusableQuestionnaire when two columns have one key.
    """
    said = draft.said(respondent)
    kept = sum(column.kept for column in said)
    st.caption(
        ngettext("{count} column is kept", "{count} columns are kept", kept)
        + ", "
        + ngettext("{count} is left out", "{count} are left out", len(said) - kept)
        + ". "
        + _("The types are proposals: choose a question to see what becomes of its answers, and change what is wrong.")
    )
    _personal(draft, said)
    table, beside = st.columns([11, 10], gap="medium")
    with table:
        _questions(draft, said)
    with beside, st.container(border=True):
        look_at(draft, said, language, codes)
    for key, names in double_keys(said).items():
        raise UnusableQuestionnaire(
            sentence(
                "Two columns have the key “{key}”: “{first}” and “{second}”. Give one of them another key.", key=key,
                first=" ".join(names[0].split())[:90], second=" ".join(names[1].split())[:90],
            )
        )  # fmt: skip
    return said


def bilingual(draft: Draft) -> bool:
    """Whether some open question was answered in two languages at once."""
    opens = [column.name for column in draft.columns if column.kind == "open"]
    found: bool = draft.once(
        "bilingual", opens, lambda: any(in_both_languages(draft.export.table.values(name)) for name in opens)
    )
    return found


def _questions(draft: Draft, said: list[Column]) -> None:
    names = kind_names()
    rows = [_row(draft, question, said, names) for question in draft.questions]
    frame = pd.DataFrame(rows, columns=["question", "kind", "answers", "becomes", "from", "example", "key"])
    key = draft.key("questions")

    def chosen() -> None:
        picked = st.session_state[key]["selection"]
        draft.look_at(picked["cells"][0][0] if picked["cells"] else picked["rows"][0])

    st.dataframe(
        frame, key=key, on_select=chosen, selection_mode=["single-row-required", "single-cell"], hide_index=True,
        selection_default={"selection": {"rows": [draft.look], "columns": [], "cells": []}},
        height=table_height(len(frame), TALLEST),
        column_order=["kind", "question", "answers", "becomes", "from", "example", "key"],  # a phone shows two of them
        column_config={
            "question": st.column_config.TextColumn(_("Question"), width=262),
            "kind": st.column_config.TextColumn(_("Type"), width=125),
            "answers": st.column_config.NumberColumn(_("Answers"), width=75),
            "becomes": st.column_config.TextColumn(_("What is stored"), width=230),
            "example": st.column_config.TextColumn(_("For example"), width=200),
            "from": st.column_config.TextColumn(_("According to"), width=130),
            "key": st.column_config.TextColumn(_("Key"), width=120),
        },
        alt=_("Questions of the file with the type of each"),
    )  # fmt: skip


def _row(draft: Draft, question: Question, said: list[Column], names: dict[str, str]) -> tuple[object, ...]:
    columns = [said[place] for place in question.places]
    kinds = list(dict.fromkeys(names[column.kind] for column in columns))
    first = columns[0]
    cells = [draft.cells(column.name) for column in columns]
    example = next((cell for cell in cells[0] if cell), "")
    return (
        question_of(first, len(columns)), (f"{len(columns)} × " if len(columns) > 1 else "") + " / ".join(kinds),
        max(sum(count.values()) - count[""] for count in cells), becomes_in_short(first),
        source_name(draft.source(question.first), draft.export.platform), " ".join(example.split())[:LONGEST_TITLE],
        (first.parent_id if len(columns) > 1 and first.parent_id else first.item_id) if first.kept else "",
    )  # fmt: skip


def _personal(draft: Draft, said: list[Column]) -> None:
    """What is left out as personal data, each with a way to look at it."""
    places = [place for place, column in enumerate(said) if column.why == "personal" and not column.kept]
    if not places:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(":material/visibility_off: **" + _("Left out as personal data:") + "**", width="content")
        for place in places:
            st.button(
                plain(title_of(said[place])[:60]), key=draft.key("review", place), icon=":material/search:",
                help=_("Look at this column"), on_click=_look, args=(draft, place),
            )  # fmt: skip


def _look(draft: Draft, place: int) -> None:
    draft.look_at(next(at for at, question in enumerate(draft.questions) if place in question.places))
