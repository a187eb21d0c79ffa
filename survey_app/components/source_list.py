"""The sessions and chats of a study by meeting, and what can be done with one of them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from survey_app import session
from survey_app.actions.meetings import Gathering, Present, describe_meeting, forget_participants, gatherings
from survey_app.components.source_details import source_details
from survey_app.components.source_words import kind_names, shape_name
from survey_app.components.tables import date_column, table_height
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _, language_name, ngettext
from survey_app.store import sources
from survey_app.store.log import Row


def source_list(study: Row) -> None:
    """What is in the study already."""
    found = gatherings(session.store(), study["id"])
    with session.store().reading() as connection:
        answers = sources.sources(connection, study["id"], "answer")
    if not found and not answers:
        return
    st.header(_("In the study"), anchor=False)
    listed, meetings = st.tabs([_("Sessions and chats"), _("Meetings")])
    rows = [
        row | {"meeting": (each.meeting["title"] or each.meeting["key"]) if each.meeting else row["title"]}
        for each in found
        for row in each.sources
    ]
    with listed:
        _sources(rows + [row | {"meeting": row["title"]} for row in answers])
        if rows:
            source_details(study, rows, found)
    with meetings:
        _meetings(study, [each for each in found if each.meeting is not None])


def _sources(rows: list[Row]) -> None:
    kinds = kind_names()
    table = pd.DataFrame(
        {
            _("Source"): [row["key"] for row in rows],
            _("Kind"): [kinds[row["kind"]] for row in rows],
            _("Title"): [row["meeting"] for row in rows],
            _("Date"): [row["date"] for row in rows],
            _("Speakers"): [row["speakers"] for row in rows],
            _("Turns"): [row["turns"] for row in rows],
            _("Statements"): [row["statements"] for row in rows],
            _("Revision"): [row["revision"] for row in rows],
            _("Language"): [language_name(row["language"]) for row in rows],
            _("File"): [row["file_name"] for row in rows],
            _("Recognised as"): [shape_name(row["shape"]) for row in rows],
        }
    )
    st.dataframe(
        table, hide_index=True, height=table_height(len(table), 420), alt=_("Sources of the study"),
        column_config={
            _("Source"): st.column_config.TextColumn(width=90), _("Title"): st.column_config.TextColumn(width=302),
        },
    )  # fmt: skip


def _meetings(study: Row, found: list[Gathering]) -> None:
    if not found:
        st.caption(_("No meeting yet: bring in the files of one."))
        return
    rows = [each.meeting for each in found if each.meeting is not None]
    table = pd.DataFrame(
        {
            "title": [row["title"] for row in rows],
            "date": [row["date"] for row in rows],
            "sources": [", ".join(row["key"] for row in each.sources) for each in found],
            "present": [str(len(each.present) or "") for each in found],
        },
        index=[row["id"] for row in rows],
    )
    edited = st.data_editor(
        table, key=f"meetings-{study['id']}", hide_index=True, disabled=["sources", "present"],
        height=table_height(len(table), 420), alt=_("Meetings of the study"),
        column_config={
            "title": st.column_config.TextColumn(_("Title"), width="large", max_chars=200),
            "date": date_column(),
            "sources": st.column_config.TextColumn(_("Sources"), width="medium"),
            "present": st.column_config.TextColumn(_("Who was there"), width=120),
        },
    )  # fmt: skip
    changed = [row_id for row_id in table.index if not _same(table.loc[row_id], edited.loc[row_id])]
    if st.button(_("Save meetings"), icon=":material/save:", disabled=not changed):
        with telling_problems():
            for row_id in changed:
                title, day = edited.loc[row_id, "title"], edited.loc[row_id, "date"]
                describe_meeting(
                    session.store(), session.current_person(study), study["id"], str(row_id),
                    title=str(title or ""), date=str(day or ""),
                )  # fmt: skip
            tell(ngettext("{count} meeting was saved.", "{count} meetings were saved.", len(changed)))
            st.rerun()
    for each in found:
        if each.present:
            _who_was_there(study, each)


def _who_was_there(study: Row, each: Gathering) -> None:
    assert each.meeting is not None
    silent = sum(not one.spoke and not one.wrote for one in each.present) if each.names_speakers else 0
    title = " · ".join(
        part
        for part in (
            _name(each), ngettext("{count} was there", "{count} were there", len(each.present)),
            ngettext("{count} said nothing", "{count} said nothing", silent) if silent else "",
        )
        if part
    )  # fmt: skip
    with st.expander(title):
        st.caption(_("Consent to the recording is not consent to be quoted: that is asked on the page “Experts”."))
        table = pd.DataFrame([_present(one, each.names_speakers) for one in each.present])
        st.dataframe(
            table.loc[:, (table != "").any()], hide_index=True, height=table_height(len(table), 420),
            alt=_("Who was there"),
        )  # fmt: skip
        if st.button(_("Forget this list"), key=f"forget-{each.meeting['id']}", icon=":material/delete:"):
            with telling_problems():
                forget_participants(session.store(), session.current_person(study), study["id"], each.meeting["id"])
                st.session_state.pop("recognised", None)
                tell(_("The list of those present was removed."))
                st.rerun()


def _present(one: Present, names_speakers: bool) -> dict[str, str]:
    silent = _("said nothing") if names_speakers else ""
    said = _("spoke") if one.spoke else _("wrote in the chat") if one.wrote else silent
    minutes = "" if one.minutes is None else f"{one.minutes:.0f}"
    return {
        _("Display name"): one.name, _("Other name"): one.other_name, _("Organisation"): one.organisation,
        _("Position"): one.position, _("Minutes"): minutes, _("In the meeting"): said,
        _("Consent to the recording"): one.recording_consent,
    }  # fmt: skip


def _name(each: Gathering) -> str:
    if each.meeting is None:
        return ""
    return " · ".join(part for part in (each.meeting["title"], each.meeting["date"]) if part) or each.meeting["key"]


def _same(one: pd.Series, other: pd.Series) -> bool:
    return all((one[name] or "") == (other[name] or "") for name in ("title", "date"))
