"""The questionnaire in three steps: the file and who is named in it, the columns, the respondents; then stored."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.questionnaire import (
    Present,
    import_questionnaire,
    present_questionnaire,
    take_out_questionnaire,
)
from survey_app.actions.survey_files import known_people, study_guide
from survey_app.components.empty import empty_state
from survey_app.components.plain import plain
from survey_app.components.questionnaire_columns import bilingual, confirm_columns
from survey_app.components.telling import show_messages, tell, telling_problems
from survey_app.language import _, language_name, ngettext
from survey_app.questionnaires.column import Column
from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.readers import LIMITS
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.respondents import Respondent, propose_respondent_column, respondents
from survey_app.questionnaires.survey import Survey, make_survey
from survey_app.rosters.tables import Table
from survey_app.settings import settings
from survey_app.store import experts
from survey_app.store.log import Row
from transcripts.people import KnownPerson

STORED = "questionnaires stored"
"""Counts what this tab has stored: the uploader is emptied after each."""


def questionnaire_import(study: Row) -> None:
    """What is there; then upload, say who is named, confirm columns and respondents, store with the last button."""
    present = present_questionnaire(session.store(), study["id"])
    if present is not None:
        _show_present(study, present)
    if present is not None and present.codings:
        text = ngettext(
            "{count} coding hangs on its open answers: remove it first if the questionnaire shall be replaced or taken "
            "out.",
            "{count} codings hang on its open answers: remove them first if the questionnaire shall be replaced or "
            "taken out.",
            present.codings,
        )
        st.info(plain(text), icon=":material/lock:")
        return
    people = known_people(session.store(), study["id"])
    if not people:
        empty_state(
            "groups", _("No experts yet"), _("Import the roster first: each row of a questionnaire is an expert's."),
            page="pages/people.py", label=_("Experts"),
        )  # fmt: skip
        return
    st.header(_("1. File"), anchor=False)
    limit = min(LIMITS.file // 1_000_000, settings().upload_megabytes)
    dropped = st.file_uploader(
        _("Questionnaire"), type=["csv", "xlsx"], label_visibility="collapsed",
        key=f"questionnaire-{study['id']}-{st.session_state.get(STORED, 0)}",
        max_upload_size=limit,
    )  # fmt: skip
    st.caption(
        _(
            "CSV or XLSX as Google Forms and others export it, one row an expert, at most {rows} rows and {limit} MB. "
            "Nothing is stored before the last step.", rows=LIMITS.rows, limit=limit,
        )
    )  # fmt: skip
    if dropped is None:
        return
    with telling_problems():
        table, proposed, likely = _recognise(study, dropped.name, dropped.getvalue(), dropped.file_id, people)
        show_messages(table.warnings)
        respondent = _respondent_column(table, likely, dropped.file_id)
        st.header(_("2. Columns"), anchor=False)
        keep = _language_to_keep(study, table, list(proposed), dropped.file_id)
        columns = confirm_columns(table, proposed, respondent, dropped.file_id, keep)
        st.header(_("3. Respondents"), anchor=False)
        whose = _confirm_respondents(study, table, respondent, proposed, people, dropped.file_id)
        survey = make_survey(table, columns, whose, keep)
        show_messages(survey.warnings)
        _store(study, survey, dropped.name, replaces=present is not None)


def _show_present(study: Row, present: Present) -> None:
    facts = [
        ngettext("{count} question", "{count} questions", present.questions),
        ngettext("{count} expert answered", "{count} experts answered", present.experts),
        ngettext("{count} closed answer", "{count} closed answers", present.answers),
        ngettext("{count} open answer", "{count} open answers", present.open_answers),
    ]
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(" · ".join(["**" + _("In the study") + "**", *facts]), width="content")
        with st.popover(_("Take out"), icon=":material/delete:", disabled=present.codings > 0):
            st.markdown(_("All answers of the questionnaire leave the study. The file stays where it is."))
            if st.button(_("Take the questionnaire out"), type="primary"):
                with telling_problems():
                    take_out_questionnaire(session.store(), session.current_person(study), study)
                    tell(_("The questionnaire was taken out."))
                    st.rerun()


def _recognise(
    study: Row, name: str, content: bytes, file_id: str, people: list[KnownPerson]
) -> tuple[Table, tuple[Column, ...], str | None]:
    """Read and propose once per upload: a rerun of the page reads no file again."""
    kept = st.session_state.setdefault("questionnaire", {})
    key = (study["id"], file_id, tuple(people))
    if key not in kept:
        export = read_questionnaire(name, content)
        kept.clear()
        columns = propose_columns(export, study_guide())
        kept[key] = export.table, columns, propose_respondent_column(export.table, people)
    return kept[key]


def _respondent_column(table: Table, likely: str | None, file_id: str) -> str | None:
    columns = [None, *table.columns]
    found = st.selectbox(
        _("Which column names the expert?"), columns, index=columns.index(likely), key=f"respondent-{file_id}",
        format_func=lambda name: _("none: whose a row is will be said in step 3") if name is None
        else " ".join(name.split())[:160],
        help=_("By an id or a name of the roster. It is not stored."),
    )  # fmt: skip
    if found is None:
        st.warning(
            _("No column names the expert. Choose one, or say row by row in step 3 whose it is."),
            icon=":material/person_search:",
        )
    return found


def _language_to_keep(study: Row, table: Table, columns: list[Column], file_id: str) -> str:
    """Of answers in two languages, the half that is kept; the study's own unless the person says otherwise."""
    here = str(study["language"])
    if not bilingual(table, columns):
        return here
    other = "ru" if here == "en" else "en"
    names = {here: language_name(here), other: language_name(other), "": _("both")}
    found = st.segmented_control(
        _("Open answers stand in two languages. Keep:"), list(names), default=here, required=True,
        format_func=lambda language: names[language], key=f"halves-{file_id}",
    )  # fmt: skip
    return here if found is None else str(found)


def _confirm_respondents(
    study: Row, table: Table, column: str | None, columns: Sequence[Column], people: list[KnownPerson], file_id: str
) -> dict[int, str]:
    """Whose each row is, strangers first; returns expert ids by the row's place. Rows of nobody are left out."""
    with session.store().reading() as connection:
        names = {row["key"]: f"{row['key']} · {row['name']}" for row in experts.experts(connection, study["id"])}
    found = sorted(respondents(table, column, people, columns), key=lambda row: (bool(row.expert_id), row.place))
    nobody = _("(leave out)")
    frame = pd.DataFrame(
        {
            "row": [row.place + 2 for row in found],
            "written": [" ".join(row.written.split())[:160] for row in found],
            "expert": [names.get(row.expert_id, nobody) for row in found],
            "how": [_how(row) for row in found],
        },
    )
    said = st.container()
    edited = st.data_editor(
        frame, key=f"whose-{file_id}-{column}", hide_index=True, disabled=["row", "written", "how"],
        height="content" if len(frame) < 10 else 330,
        column_config={
            "row": st.column_config.NumberColumn(_("Row"), width=70),
            "written": st.column_config.TextColumn(_("In the file"), width="medium"),
            "expert": st.column_config.SelectboxColumn(
                _("Expert"), options=[nobody, *names.values()], required=True, width="medium"
            ),
            "how": st.column_config.TextColumn(_("The proposal rests on"), width="medium"),
        },
        alt=_("Rows of the questionnaire and whose they are"),
    )  # fmt: skip
    back = {text: key for key, text in names.items()}
    said_to_be = zip(found, edited["expert"], strict=True)
    whose = {row.place: back[text] for row, text in said_to_be if text in back}
    with said:
        _say_who(found, whose, list(names))
    return dict(sorted(whose.items()))


def _say_who(rows: Sequence[Respondent], whose: dict[int, str], keys: list[str]) -> None:
    st.caption(_("{k} of {n} rows belong to an expert of the roster.", k=len(whose), n=len(rows)))
    left = [plain(f"{row.place + 2} {row.written}".strip()) for row in rows if row.place not in whose]
    if left:
        st.warning(
            _("Left out unless you say whose they are: row {rows}.", rows=", ".join(left[:12])),
            icon=":material/person_search:",
        )
    silent = [key for key in keys if key not in whose.values()]
    if silent:
        st.caption(_("Experts without a row: {keys}.", keys=plain(", ".join(silent))))


def _how(row: Respondent) -> str:
    return {
        "key": _("the id"), "name": _("the name"), "likeness": _("a similar name"),
        "tie": _("two experts fit: choose"), "refused": _("said no to the question of consent"),
    }.get(row.how, _("nobody on the roster"))  # fmt: skip


def _store(study: Row, survey: Survey, file_name: str, *, replaces: bool) -> None:
    closed = ngettext("{count} closed answer", "{count} closed answers", len(survey.answers))
    open_ = ngettext("{count} open answer", "{count} open answers", len(survey.open_answers))
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(" · ".join(["**" + _("To be stored") + "**", closed, open_]), width="content")
        text = _("Replace the questionnaire") if replaces else _("Store the questionnaire")
        if st.button(text, type="primary", icon=":material/save:"):
            with telling_problems():
                stored = import_questionnaire(
                    session.store(), session.current_person(study), study, survey.items, survey.answers,
                    survey.open_answers, file_name=file_name,
                )  # fmt: skip
                st.session_state[STORED] = st.session_state.get(STORED, 0) + 1
                tell(ngettext("{count} answer was stored.", "{count} answers were stored.", stored))
                st.rerun()
