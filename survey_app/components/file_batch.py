"""A batch of dropped files: what each was recognised as, before anything is stored."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from survey_app import session
from survey_app.actions.bringing_in import Recognised, mark_doubles, recognise_file
from survey_app.actions.storing import bring_in_files
from survey_app.components.plain import plain
from survey_app.components.source_words import kind_names, shape_name
from survey_app.components.telling import tell
from survey_app.language import _, language_name, ngettext, translate
from survey_app.settings import settings
from survey_app.store.log import Row
from transcripts.reading import LARGEST_TEXT

KEPT = 60
"""Recognised files that a tab remembers."""


def drop_files(study: Row) -> None:
    """The uploader, the table of what was recognised, and the button that stores it."""
    _show_failures(study)
    batch = st.session_state.setdefault("batch", 0)
    limit = min(settings().upload_megabytes, LARGEST_TEXT // 1_000_000)
    dropped = st.file_uploader(
        _("Transcripts and chats"), accept_multiple_files=True, key=f"files-{batch}", max_upload_size=limit,
        help=_("Drop several files at once; nothing is stored before you have seen what was recognised."),
    )  # fmt: skip
    st.caption(
        _(
            "Zoom transcripts (.vtt), captions and chats (.txt); Teams, Meet, Otter, Whisper; “Speaker: words” as "
            ".txt, .md, .docx, .odt, .rtf or .pdf; tables of turns (.csv, .xlsx). At most {limit} MB a file.",
            limit=limit,
        )
    )
    if not dropped:
        return
    keep_private = st.checkbox(
        _("Keep private chat messages"), help=_("By default, private messages are left out and only counted.")
    )
    found = mark_doubles([_recognise(study, file, keep_private) for file in dropped])
    new = [entry for entry in found if entry.new]
    st.header(_("Recognised"), anchor=False)
    readable = [entry for entry in found if entry.transcript is not None]
    if readable:
        _show(readable)
    for entry in found:
        _show_notices(entry)
    if new and st.button(
        ngettext("Store {count} file", "Store {count} files", len(new)), type="primary", icon=":material/save:"
    ):
        _store(study, new)


def _store(study: Row, new: list[Recognised]) -> None:
    done = bring_in_files(session.store(), session.current_person(study), study, new)
    failures = [(became.file, became.problem) for became in done if became.problem is not None]
    stored = len(done) - len(failures)
    st.session_state["failures"] = (study["id"], failures)
    st.session_state["batch"] += 1
    if stored:
        tell(ngettext("{count} file was stored.", "{count} files were stored.", stored))
    st.rerun()


def _show_failures(study: Row) -> None:
    """What could not be stored at the last press of the button, once."""
    owner, failures = st.session_state.pop("failures", ("", []))
    for file, problem in failures if owner == study["id"] else ():
        st.error(f"**{plain(file)}**: {plain(translate(problem))}", icon=":material/error:")


def _recognise(study: Row, file: UploadedFile, keep_private: bool) -> Recognised:
    """Recognise once per upload: a rerun of the page reads no file again."""
    kept: dict[tuple[str, str, bool], Recognised] = st.session_state.setdefault("recognised", {})
    key = (study["id"], file.file_id, keep_private)
    if key not in kept:
        if len(kept) > KEPT:
            kept.clear()
        kept[key] = recognise_file(
            session.store(), study["id"], file.name, file.getvalue(), keep_private=keep_private
        )  # fmt: skip
    return kept[key]


def _show(readable: list[Recognised]) -> None:
    kinds = kind_names()
    columns = {
        _("File"): [entry.file for entry in readable],
        _("Recognised as"): [shape_name(entry.transcript.shape) for entry in readable if entry.transcript],
        _("Kind"): [kinds[entry.kind] for entry in readable],
        _("Language"): [language_name(entry.transcript.language) for entry in readable if entry.transcript],
        _("Speakers"): [len(entry.transcript.speakers) for entry in readable if entry.transcript],
        _("Turns"): [len(entry.transcript.turns) for entry in readable if entry.transcript],
        _("Statements"): [len(entry.transcript.statements) for entry in readable if entry.transcript],
        _("Names on the screen"): [list(entry.transcript.speakers) for entry in readable if entry.transcript],
    }
    st.dataframe(
        pd.DataFrame(columns), hide_index=True, alt=_("Files and what was recognised in them"),
        column_config={
            _("File"): st.column_config.TextColumn(width="medium"),
            _("Names on the screen"): st.column_config.ListColumn(width="large"),
        },
    )  # fmt: skip


def _show_notices(entry: Recognised) -> None:
    name = f"**{plain(entry.file)}**: "
    if entry.problem is not None:
        st.error(plain(translate(entry.problem)), icon=":material/error:")
        return
    if entry.known_as:
        text = _("This very file is in the study already, as {key}; it will not be stored again.", key=entry.known_as)
        st.info(name + plain(text), icon=":material/content_copy:")
    elif entry.same_as:
        text = _("It says the very same as {file}; it will not be stored twice.", file=entry.same_as)
        st.info(name + plain(text), icon=":material/content_copy:")
    assert entry.transcript is not None
    if entry.transcript.private_messages_dropped:
        text = ngettext(
            "{count} private message was left out.", "{count} private messages were left out.",
            entry.transcript.private_messages_dropped,
        )  # fmt: skip
        st.info(name + plain(text), icon=":material/lock:")
    for warning in entry.transcript.warnings:
        st.warning(name + plain(translate(warning)), icon=":material/info:")
