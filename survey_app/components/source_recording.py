"""The recording of a session: what there is, bring one in, say by how much it is shifted, take it away, undo."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from survey_app import session
from survey_app.actions.recordings import (
    FURTHEST_S,
    attach_from_inbox,
    attach_recording,
    inbox,
    inbox_folder,
    last_recording_change,
    recording_of,
    remove_recording,
    shift_recording,
    undo_recording,
)
from survey_app.components.desk.sheet import clock
from survey_app.components.plain import plain
from survey_app.components.telling import tell, telling_problems
from survey_app.language import _
from survey_app.media.kinds import KINDS, is_picture
from survey_app.store.log import Row

UPLOAD_MEGABYTES = 200
"""An upload lies in the memory until it is stored; what is longer comes from the inbox."""


def source_recording(study: Row, row: Row) -> None:
    """Everything about the recording of one session."""
    present = recording_of(session.store(), study["id"], row["id"])
    st.caption(
        _("The coding desk plays it from the statement under the cursor (Alt+P). It stays on this machine and is "
          "never published.")
    )  # fmt: skip
    if present is None:
        st.markdown(_("This session has no recording yet."))
    else:
        _what_there_is(present)
        if row["clock"] == "none":
            st.caption(_("This transcript has no times: the desk plays the recording from where it is."))
        else:
            _shift(study, row, present)
    _bring_in(study, row, present)
    with st.container(horizontal=True):
        if present is not None and st.button(
            _("Remove the recording"), icon=":material/delete:", key=f"unrecord-{row['id']}",
            help=_("Its file stays in the data folder, so that this can be undone, until the study is deleted."),
        ):  # fmt: skip
            _do(
                lambda person: remove_recording(session.store(), person, study["id"], row["id"]),
                study,
                _("The recording was removed."),
            )
        if last_recording_change(session.store(), study["id"], row["id"]) and st.button(
            _("Undo the last change of the recording"), icon=":material/undo:", key=f"undo-recording-{row['id']}"
        ):
            _do(
                lambda person: undo_recording(session.store(), person, study["id"], row["id"]),
                study,
                _("The last change was undone."),
            )


def size(count: int) -> str:
    """A file's size for reading."""
    if count < 1_000_000:
        return _("{count} kB", count=max(1, round(count / 1000)))
    return _("{count} MB", count=f"{count / 1e6:.0f}" if count >= 10_000_000 else f"{count / 1e6:.1f}")


def _what_there_is(present: Row) -> None:
    kind = _("sound and picture") if is_picture(present["media_type"]) else _("sound")
    facts = [f"{kind} ({KINDS.get(present['media_type'], '').upper()})", size(present["bytes"])]
    st.markdown(f"**{plain(present['file_name'])}** · {' · '.join(plain(fact) for fact in facts)}")
    if not present["there"]:
        st.warning(
            _("The file of this recording is no longer in the data folder. Bring it in again."),
            icon=":material/error:",
        )


def _shift(study: Row, row: Row, present: Row) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seconds = st.number_input(
            _("Shift in seconds"), -FURTHEST_S, FURTHEST_S, present["shift_s"], step=1.0, format="%.1f", width=220,
            key=f"shift-{present['id']}-{present['shift_s']}",
            help=_("Added to every time of the transcript. More than nothing: the recording begins earlier than the "
                   "transcript's clock."),
        )  # fmt: skip
        if st.button(_("Save the shift"), icon=":material/save:", disabled=seconds == present["shift_s"]):
            _do(
                lambda person: shift_recording(session.store(), person, study["id"], row["id"], seconds),
                study,
                _("The shift was saved."),
            )
    st.caption(_what_it_means(seconds, row["clock"]))


def _what_it_means(shift: float, kind: str) -> str:
    if kind == "wall":
        return _("The recording begins when the clock of the transcript says {time}.", time=clock(-shift, kind))
    if shift < 0:
        return _("The recording begins when the transcript is at {time}.", time=clock(-shift, kind))
    return _("The transcript's 0:00 is heard at {time} of the recording.", time=clock(shift, kind))


def _bring_in(study: Row, row: Row, present: Row | None) -> None:
    name = "" if present is None else present["id"]
    file = st.file_uploader(
        _("MP3, M4A, MP4, WAV, OGG, WebM or FLAC, at most {limit} MB", limit=UPLOAD_MEGABYTES),
        key=f"recording-{row['id']}-{name}", max_upload_size=UPLOAD_MEGABYTES,
    )  # fmt: skip
    if file is not None and st.button(
        _attach(file.name, present), type="primary", icon=":material/attach_file:", key=f"attach-{row['id']}"
    ):
        _do(
            lambda person: attach_recording(session.store(), person, study["id"], row["id"], file.name, file),
            study,
            _attached(),
        )
    folder = inbox_folder()
    waiting = {each.name: each for each in inbox()}
    st.caption(
        _("Longer ones need no upload: put the file into the folder {folder} of this machine and choose it here. "
          "It is copied from there.", folder=f"`{folder}`")
    )  # fmt: skip
    if not waiting:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            _("In the folder"), list(waiting), index=None, placeholder=_("Choose a file"), width=420,
            format_func=lambda each: f"{each} · {size(waiting[each].bytes)}", key=f"inbox-{row['id']}-{name}",
        )  # fmt: skip
        if st.button(_("Attach"), icon=":material/attach_file:", disabled=chosen is None, key=f"take-{row['id']}"):
            assert chosen is not None
            _do(
                lambda person: attach_from_inbox(session.store(), person, study["id"], row["id"], chosen),
                study,
                _attached(),
            )


def _attach(name: str, present: Row | None) -> str:
    return _("Attach {file}", file=plain(name)) if present is None else _("Put {file} in its place", file=plain(name))


def _attached() -> str:
    return _("The recording was attached. The coding desk plays it.")


def _do(act: Callable[[str], object], study: Row, done: str) -> None:
    """Do an act as whoever is here, tell about it and show what there is now."""
    with telling_problems(), st.spinner(_("One moment…")):
        act(session.current_person(study))
        tell(done)
        st.rerun()
