"""A batch of dropped files: what each was recognised as and where it goes, before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from survey_app import session
from survey_app.actions.bringing_in import Recognised, interviews, is_first, mark_doubles, recognise_file
from survey_app.actions.placing import Plan, Twin, propose_places
from survey_app.actions.results import stamp_of
from survey_app.actions.storing import Stored, bring_in_placed
from survey_app.components.batch_look import Reading, ask_about_encodings, look_inside, reading_of
from survey_app.components.batch_table import Placed, place_files
from survey_app.components.plain import plain
from survey_app.components.telling import tell
from survey_app.components.unstorable import show_failure, show_unstorable
from survey_app.language import _, ngettext, translate
from survey_app.settings import settings
from survey_app.store.log import Row
from transcripts.reading import LARGEST_TEXT

KEPT = 60
"""Recognised files that a tab remembers."""
Looked = tuple[str, Recognised]
"""A file's id in this tab, and the file as understood."""


def drop_files(study: Row) -> None:
    """The uploader, what was recognised, where it goes, and the button that stores it."""
    _show_outcome(study)
    batch = st.session_state.setdefault("batch", 0)
    limit = min(settings().upload_megabytes, LARGEST_TEXT // 1_000_000)
    dropped = st.file_uploader(
        _("Transcripts and chats"), accept_multiple_files=True, key=f"files-{batch}", max_upload_size=limit,
        help=_("Drop several files at once; nothing is stored before you have seen what was recognised."),
    )  # fmt: skip
    st.caption(
        _(
            "Zoom transcripts (.vtt), captions, chats (.txt) and lists of those present (.csv); Teams, Meet, Otter, "
            "Whisper; “Speaker: words” as .txt, .md, .docx, .odt, .rtf or .pdf; tables of turns (.csv, .xlsx). At most "
            "{limit} MB a file.",
            limit=limit,
        )
    )
    if not dropped:
        return
    keep_private = st.checkbox(
        _("Keep private chat messages"), help=_("By default, private messages are left out and only counted.")
    )
    looked = _recognise_all(study, dropped, keep_private)
    found = [each for _id, each in looked]
    plan = _plan(study, found)
    st.header(_("Recognised"), anchor=False)
    ask_about_encodings(looked)
    placed = place_files(found, plan, f"{batch}-{len(found)}-{hash(tuple(each.sha256 for each in found))}")
    look_inside(looked)
    for place, each in enumerate(found):
        _show_notices(each, plan.twins.get(place), found, left_out=placed.acts.get(place) == "leave")
    count = placed.storing(found)
    if count and st.button(
        ngettext("Store {count} file", "Store {count} files", count), type="primary", icon=":material/save:"
    ):
        _store(study, found, placed)


def _plan(study: Row, found: list[Recognised]) -> Plan:
    """What is proposed, thought out anew only where files, choices or the study have changed."""
    basis = (stamp_of(session.store(), study["id"]), found)
    if st.session_state.get("plan", (None,))[0] != basis:
        st.session_state["plan"] = (basis, propose_places(session.store(), study["id"], found))
    plan: Plan = st.session_state["plan"][1]
    return plan


def _store(study: Row, found: Sequence[Recognised], placed: Placed) -> None:
    bar = st.progress(0.0)

    def told(place: int) -> None:
        bar.progress((place + 1) / len(found), text=plain(found[place].file))

    done = bring_in_placed(session.store(), session.current_person(study), study, found, placed.plan, placed.acts, told)
    st.session_state["outcome"] = (study["id"], done)
    st.session_state.pop("plan", None)
    st.session_state["batch"] += 1
    stored = sum(each.stored for each in done)
    if stored:
        tell(ngettext("{count} file was stored.", "{count} files were stored.", stored))
    st.rerun()


def _show_outcome(study: Row) -> None:
    """What could not be stored at the last press of the button, and what else happened; once."""
    owner, done = st.session_state.pop("outcome", ("", []))
    outcome: Sequence[Stored] = done if owner == study["id"] else ()
    for each in outcome:
        if each.problem is not None and not each.stored:
            show_failure(each.file, each.problem)
        elif each.note is not None:
            st.info(plain(translate(each.note)), icon=":material/info:")


def _recognise_all(study: Row, dropped: Sequence[UploadedFile], keep_private: bool) -> list[Looked]:
    """Every file, and every interview of those that hold several."""
    bar = st.progress(0.0) if sum(file.size for file in dropped) > 2_000_000 else None
    read = []
    for number, file in enumerate(dropped):
        if bar is not None:
            bar.progress(number / len(dropped), text=plain(file.name))
        read.append(_recognise(study, file, keep_private, reading_of(file.file_id)))
    if bar is not None:
        bar.empty()
    marked = mark_doubles(read)
    return [
        (file.file_id, part)
        for file, each in zip(dropped, marked, strict=True)
        for part in (interviews(session.store(), study["id"], each) if each.new else [each])
    ]


def _recognise(study: Row, file: UploadedFile, keep_private: bool, reading: Reading) -> Recognised:
    """Recognise once per upload and choice: a rerun of the page reads no file again."""
    kept: dict[tuple[str, str, bool, Reading], Recognised] = st.session_state.setdefault("recognised", {})
    key = (study["id"], file.file_id, keep_private, reading)
    if key not in kept:
        if len(kept) > KEPT:
            kept.clear()
        kept[key] = recognise_file(
            session.store(), study["id"], file.name, file.getvalue(), keep_private=keep_private,
            language=reading.language or None, encoding=reading.encoding or None,
        )  # fmt: skip
    return kept[key]


def _show_notices(entry: Recognised, twin: Twin | None, batch: Sequence[Recognised], *, left_out: bool) -> None:
    """What a person should know of a file; of one that is left out, only why."""
    name = f"**{plain(entry.file)}**: "
    if show_unstorable(entry.file, entry.problem, entry.known_as, entry.same_as):
        return
    if twin is not None:
        other = twin.key or (batch[twin.place].file if twin.place is not None else twin.file)
        text = ngettext(
            "It is the same talk as {other}, with {count} word different. The table says what to do.",
            "It is the same talk as {other}, with {count} words different. The table says what to do.",
            twin.changed, other=other,
        )  # fmt: skip
        st.info(name + plain(text), icon=":material/content_copy:")
    assert entry.transcript is not None
    if left_out:
        return
    if entry.transcript.private_messages_dropped:
        text = ngettext(
            "{count} private message was left out.", "{count} private messages were left out.",
            entry.transcript.private_messages_dropped,
        )  # fmt: skip
        st.info(name + plain(text), icon=":material/lock:")
    if entry.transcript.warnings and not entry.transcript.encoding and is_first(entry):
        told = [plain(translate(warning)) for warning in entry.transcript.warnings]
        st.warning(f"**{plain(entry.transcript.file)}**: " + "  \n".join(told), icon=":material/info:")
