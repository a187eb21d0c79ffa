"""The last step of importing a questionnaire: cells that do not fit, which questionnaire it is, storing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.exporting import as_csv
from survey_app.actions.instruments import free_key
from survey_app.actions.mapping_profiles import keep_mapping
from survey_app.actions.questionnaire import Present, import_questionnaire, like_questionnaire, wordings
from survey_app.components.downloads import CSV, download
from survey_app.components.questionnaire_draft import Draft
from survey_app.components.questionnaire_file import STORED
from survey_app.components.questionnaire_words import LONGEST_TITLE, title_of_questionnaire
from survey_app.components.tables import table_height
from survey_app.components.telling import show_messages, tell, telling_problems
from survey_app.language import _, ngettext, translate
from survey_app.questionnaires.column import Column
from survey_app.questionnaires.profiles import LONGEST_NAME, Mapped
from survey_app.questionnaires.survey import Cell, Survey, make_survey
from survey_app.questionnaires.wording import pair
from survey_app.store.log import Row
from survey_app.views.segment_names import records

LIVE = 150_000
"""Most cells that are read again at every change; of a larger file when a person asks for it."""
MOST_SHOWN = 500
NEW, ADD, REPLACE = "new", "add", "replace"


@dataclass(frozen=True, slots=True)
class Which:
    """Which questionnaire of the study the file is: a NEW one with a title, or one that is there, which it replaces or
    to which it adds respondents."""

    how: str
    key: str
    title: tuple[str, str] = ("", "")


def look_and_store(
    study: Row, draft: Draft, columns: Sequence[Column], whose: Mapping[int, str] | None, language: str, *,
    respondent: str | None, file_name: str, present: Sequence[Present],
) -> None:  # fmt: skip
    """Read the answers as mapped, show what does not fit, store. Raises UnusableQuestionnaire."""
    if whose is None:
        st.caption(_("Say in step 3 first which row of a person counts."))
        return
    survey = _survey(draft, columns, whose, language)
    if survey is None:
        return
    show_messages(survey.warnings)
    _cells(survey)
    which = _which(draft, present, file_name, wordings(records(survey.items)))
    name = st.text_input(
        _("Keep this mapping as"), draft.profile or file_name.rpartition(".")[0][:LONGEST_NAME],
        key=draft.key("keep"), max_chars=LONGEST_NAME,
        help=_("It is proposed by itself for the next file with the same columns. Empty: it is not kept."),
    )  # fmt: skip
    group = st.session_state.get(draft.key("group")) or ""
    mapped = Mapped(
        {column.name: column for column in draft.columns}, respondent or "", group, draft.export.platform, name
    )
    _store(study, survey, file_name, which, mapped)


def _survey(draft: Draft, columns: Sequence[Column], whose: Mapping[int, str], language: str) -> Survey | None:
    """The answers; of a large file None until a person has asked for them."""
    given = (list(columns), dict(whose), language)
    many = len(whose) * sum(column.kept for column in columns)
    if many > LIVE and not draft.has("survey", given):
        st.caption(_("The file is large: its answers are read when you ask for it, and again after each change."))
        if not st.button(_("Read all answers as mapped"), icon=":material/rule:", type="primary"):
            return None
    with st.spinner(_("Reading the answers…")) if many > LIVE else nullcontext():
        found: Survey = draft.once("survey", given, lambda: make_survey(draft.export.table, columns, whose, language))
    return found


def _cells(survey: Survey) -> None:
    """The cells that somebody should look at: which, and what happens to them."""
    cells = survey.report
    if not cells:
        return
    text = ngettext(
        "{count} cell wants a look. What does not fit is kept as it was written and counted nowhere.",
        "{count} cells want a look. What does not fit is kept as it was written and counted nowhere.", len(cells),
    )  # fmt: skip
    st.warning(text, icon=":material/rule:")
    header = [_("Row"), _("Column"), _("As written"), _("What happens")]

    def lines(shown: Sequence[Cell]) -> list[list[object]]:
        return [[cell.row, cell.column, cell.written, translate(cell.problem)] for cell in shown]

    with st.expander(_("Cells that want a look"), expanded=len(cells) <= 20):
        frame = pd.DataFrame(lines(cells[:MOST_SHOWN]), columns=["row", "column", "written", "problem"])
        st.dataframe(
            frame, hide_index=True, height=table_height(len(frame), 330), alt=_("Cells that want a look"),
            column_config={
                "row": st.column_config.NumberColumn(header[0], width=70),
                "column": st.column_config.TextColumn(header[1], width=300),
                "written": st.column_config.TextColumn(header[2], width=180),
                "problem": st.column_config.TextColumn(header[3], width="large"),
            },
        )  # fmt: skip
        download(_("All of them (CSV)"), "cells-that-want-a-look.csv", CSV, lambda: as_csv(header, lines(cells)))


def _which(draft: Draft, present: Sequence[Present], file_name: str, asks: frozenset[str]) -> Which:
    """Which questionnaire of the study it is: a new one, unless a file that asks the same came before."""
    there = {each.key: each for each in present}
    key = ""
    if there:
        names = {each.key: title_of_questionnaire(each) for each in present} | {"": _("a new one")}
        like = like_questionnaire(present, file_name, asks)
        keys = [*there, ""]
        key = st.selectbox(
            _("Which questionnaire is it?"), keys, keys.index(like), format_func=lambda each: names[each],
            key=draft.key("which"),
        )  # fmt: skip
    if not key:
        title = st.text_input(
            _("Title of the questionnaire"), file_name.rpartition(".")[0][:LONGEST_TITLE], max_chars=LONGEST_TITLE,
            key=draft.key("title"),
        )  # fmt: skip
        return Which(NEW, free_key(there), pair(title.strip()))
    if there[key].filled_in_here:
        st.caption(_("Experts fill it in here: respondents can be added, it cannot be replaced."))
        return Which(ADD, key)
    if there[key].codings:
        st.caption(_("Its open answers carry codings: respondents can be added, it cannot be replaced."))
        return Which(ADD, key)
    ways = {ADD: _("Add its respondents"), REPLACE: _("Replace questions and answers")}
    how = st.segmented_control(
        _("What of the questionnaire that is there?"), list(ways), default=ADD, required=True,
        format_func=lambda each: ways[each], key=draft.key("how"),
        help=_("Who has answered already is renewed where the file has them again."),
    )  # fmt: skip
    return Which(str(how or ADD), key)


def _store(study: Row, survey: Survey, file_name: str, which: Which, mapped: Mapped) -> None:
    closed = ngettext("{count} closed answer", "{count} closed answers", len(survey.answers))
    open_ = ngettext("{count} open answer", "{count} open answers", len(survey.open_answers))
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(" · ".join(["**" + _("To be stored") + "**", closed, open_]), width="content")
        text = {ADD: _("Add to the questionnaire"), REPLACE: _("Replace the questionnaire")}.get(
            which.how, _("Store the questionnaire")
        )
        if st.button(text, type="primary", icon=":material/save:"):
            with telling_problems():
                store, person = session.store(), session.current_person(study)
                stored = import_questionnaire(
                    store, person, study, survey.items, survey.answers, survey.open_answers, file_name=file_name,
                    key=which.key, title=which.title, filled=survey.filled, adding=which.how == ADD,
                )  # fmt: skip
                if mapped.name.strip():
                    keep_mapping(store, person, study["id"], mapped.name, mapped)
                st.session_state[STORED] = st.session_state.get(STORED, 0) + 1
                tell(ngettext("{count} answer was stored.", "{count} answers were stored.", stored))
                st.rerun()
