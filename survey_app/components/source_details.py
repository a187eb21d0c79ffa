"""One source: the revisions of its text, a corrected file in its place, its recording, its meeting, taking it out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from survey_app import session
from survey_app.actions.bringing_in import recognise_file, take_out_source
from survey_app.actions.correcting import replace_file, restore_revision
from survey_app.actions.meetings import Gathering, move_source
from survey_app.actions.placing import words_changed
from survey_app.actions.storing import note_on
from survey_app.actions.text_history import difference, revisions, waiting_for_a_look
from survey_app.components.memo_here import memo_here
from survey_app.components.moments import moment
from survey_app.components.plain import plain
from survey_app.components.source_recording import source_recording
from survey_app.components.telling import tell, telling_problems
from survey_app.components.word_difference import word_difference
from survey_app.language import _, ngettext, translate
from survey_app.settings import settings
from survey_app.store import sources
from survey_app.store.log import Row
from transcripts.reading import LARGEST_TEXT

MOST_TURNS_SHOWN = 40


def source_details(study: Row, rows: Sequence[Row], found: Sequence[Gathering] = ()) -> None:
    """Choose a source and work on it. `found` are the meetings that it can be moved to."""
    names = {row["id"]: f"{row['key']} · {row['title']}" for row in rows}
    chosen = st.selectbox(
        _("Work on a source"), list(names), index=None, format_func=lambda each: names[each],
        placeholder=_("Choose a source"), key=f"source-{study['id']}",
    )  # fmt: skip
    if chosen is None:
        return
    row = next(each for each in rows if each["id"] == chosen)
    memo_here(study, "source", chosen)
    waiting = waiting_for_a_look(session.store(), study["id"]).get(chosen, 0)
    if waiting:
        text = ngettext(
            "{count} coding needs a look: a correction has cut its words. Its coder sees it on the desk.",
            "{count} codings need a look: a correction has cut their words. Their coders see them on the desk.",
            waiting,
        )  # fmt: skip
        st.warning(text, icon=":material/visibility:")
    recorded = row["kind"] == "session"
    titles = [
        _("Revisions"), _("Replace by a corrected file"), *([_("Recording")] if recorded else []),
        *([_("Meeting")] if found else []), _("Take out"),
    ]  # fmt: skip
    tabs = dict(zip(titles, st.tabs(titles), strict=True))
    with tabs[_("Revisions")]:
        _revisions(study, row)
    with tabs[_("Replace by a corrected file")]:
        _replace(study, row)
    if recorded:
        with tabs[_("Recording")]:
            source_recording(study, row)
    if found:
        with tabs[_("Meeting")]:
            _move(study, row, found)
    with tabs[_("Take out")]:
        _take_out(study, row)


def reason_names() -> dict[str, str]:
    """Why there is a revision."""
    return {
        "file": _("as it was brought in"), "turn": _("a turn was corrected"), "replaced": _("replaced by a file"),
        "restored": _("an older text was brought back"),
    }  # fmt: skip


def _revisions(study: Row, row: Row) -> None:
    told = revisions(session.store(), study["id"], row["id"])
    st.caption(_("Every correction of the text is kept. Codes stay on their words, or say that they need a look."))
    for each in told:
        with st.container(border=True):
            _revision(study, row, each, newest=each is told[0])


def _revision(study: Row, row: Row, each: Row, *, newest: bool) -> None:
    words = ngettext("{count} word differs", "{count} words differ", each["words"]) if each["number"] else ""
    facts = [moment(each["at"]) if each["at"] else "", each["person"], each["file_name"], words]
    title = _("Revision {number}", number=each["number"])
    now = f" :gray-badge[{_('now')}]" if newest else ""
    st.markdown(
        f"**{title}**{now} · {reason_names()[each['reason']]}  \n"
        + ":small[" + " · ".join(plain(fact) for fact in facts if fact) + "]"
    )  # fmt: skip
    if each["number"] and st.toggle(
        _("Show what differs from the one before"), key=f"diff-{row['id']}-{each['number']}"
    ):
        found = difference(session.store(), study["id"], row["id"], each["number"] - 1)
        for _index, before, after in found[:MOST_TURNS_SHOWN]:
            st.markdown(word_difference(before, after))
        if len(found) > MOST_TURNS_SHOWN:
            more = len(found) - MOST_TURNS_SHOWN
            st.caption(ngettext("and {count} turn more", "and {count} turns more", more))
    if not newest and st.button(_("Bring this text back"), key=f"restore-{row['id']}-{each['number']}"):
        with telling_problems():
            person = session.current_person(study)
            done = restore_revision(session.store(), person, study["id"], row["id"], each["number"])
            tell(translate(note_on(done, row["key"])))
            st.rerun()


def _replace(study: Row, row: Row) -> None:
    if row["kind"] == "document":
        st.caption(_("Bring the newer document in as one of its own; the older one stays or is taken out."))
        return
    st.caption(
        _("The file takes the place of the text. Statements and codes follow their words; the old text is kept.")
    )
    limit = min(settings().upload_megabytes, LARGEST_TEXT // 1_000_000)
    file = st.file_uploader(
        _("Corrected file"), key=f"replace-{row['id']}-{row['revision']}", max_upload_size=limit,
        label_visibility="collapsed",
    )  # fmt: skip
    if file is None:
        return
    found = recognise_file(session.store(), study["id"], file.name, file.getvalue())
    if found.problem is not None:
        st.error(plain(translate(found.problem)), icon=":material/error:")
        return
    assert found.transcript is not None
    with session.store().reading() as connection:
        before = sources.source(connection, row["id"])["text"]
    words = words_changed(before, found.transcript.text)
    facts = [
        ngettext("{count} turn", "{count} turns", len(found.transcript.turns)),
        ngettext("{count} word differs", "{count} words differ", words),
        plain(", ".join(found.transcript.speakers[:12])),
    ]
    st.markdown(" · ".join(fact for fact in facts if fact))
    if st.button(
        _("Replace the text of {key}", key=row["key"]), type="primary", icon=":material/published_with_changes:"
    ):
        with telling_problems(), st.spinner(_("Statements and codes follow their words…")):
            done = replace_file(session.store(), session.current_person(study), study, row["id"], found)
            tell(translate(note_on(done, row["key"])))
            st.rerun()


def _move(study: Row, row: Row, found: Sequence[Gathering]) -> None:
    meetings = {
        each.meeting["id"]: " · ".join(part for part in (each.meeting["title"], each.meeting["date"]) if part)
        or each.meeting["key"]
        for each in found
        if each.meeting is not None
    }
    options = ["", *meetings]
    chosen = st.selectbox(
        _("Meeting"), options, index=options.index(row["meeting_id"] or ""), key=f"move-{row['id']}",
        format_func=lambda each: meetings.get(each, _("a meeting of its own")),
    )  # fmt: skip
    if st.button(_("Move"), disabled=chosen == (row["meeting_id"] or "")):
        with telling_problems():
            move_source(session.store(), session.current_person(study), study["id"], row["id"], chosen or None)
            tell(_("{key} belongs to another meeting now.", key=row["key"]))
            st.rerun()


def _take_out(study: Row, row: Row) -> None:
    st.caption(_("Only a source without codings can be taken out; the file on your disk stays where it is."))
    if st.button(_("Take {key} out", key=row["key"]), icon=":material/delete:"):
        with telling_problems():
            take_out_source(session.store(), session.current_person(study), study["id"], row["id"])
            st.session_state.pop("recognised", None)
            tell(_("The source was taken out."))
            st.rerun()
