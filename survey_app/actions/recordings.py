"""The recording of a session: attach it, replace it, say by how much it is shifted, take it away.

Each is a change that can be undone. A recording that was removed or replaced therefore leaves its file in the data
folder; only with the whole study does it go.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection

from survey_app.actions.rights import needs
from survey_app.media import shelf
from survey_app.settings import settings
from survey_app.store import recordings, schema, undo
from survey_app.store.log import Row, Store, fetch, new_id, now, open_change
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

ATTACH, SHIFT, REMOVE = "attach_recording", "shift_recording", "remove_recording"
FURTHEST_S = 86_400.0
"""Seconds, either way: a transcript whose clock is the wall's needs up to a day."""
LONGEST_NAME = 200


class RecordingRefused(MessageError):
    """A recording that cannot be attached, moved or removed as it was asked; nothing has changed."""


@needs(Role.CODER)
def recording_of(store: Store, study_id: str, source_id: str) -> Row | None:
    """The recording of a source of this study, with `there`: whether its file is; or None."""
    with store.reading() as connection:
        fetch(connection, schema.source, source_id, study_id)
        row = recordings.recording_of(connection, source_id)
    return row and row | {"there": shelf.place_of(settings().recordings_folder, row["id"]).is_file()}


def inbox() -> list[shelf.Waiting]:
    """Files that can be attached without an upload: whatever a person has put into the inbox."""
    return shelf.inbox(settings().recordings_folder)


def inbox_folder() -> Path:
    """Where to put such files; made if it can be."""
    try:
        return shelf.prepare_inbox(settings().recordings_folder)
    except OSError:
        return settings().recordings_folder / shelf.INBOX


@needs(Role.RESEARCHER)
def attach_recording(store: Store, person: str, study_id: str, source_id: str, file_name: str, stream: BinaryIO) -> str:
    """Keep a copy of a file as the recording of a session, in place of the one it had; returns the recording's id.

    The shift of the one before stays in force. Raises RecordingRefused or UnusableRecording.
    """
    name = Path(file_name.replace("\\", "/")).name[-LONGEST_NAME:] or "recording"
    with store.reading() as connection:
        _need_session(connection, study_id, source_id)
    folder = settings().recordings_folder
    copied = shelf.copy_in(folder, name, stream)
    recording_id = new_id()
    try:
        with store.change(study_id, person, ATTACH, scope=source_id) as change:
            _need_session(change.connection, study_id, source_id)
            before = recordings.recording_of(change.connection, source_id)
            if before is not None:
                if before["sha256"] == copied.sha256 and shelf.place_of(folder, before["id"]).is_file():
                    raise RecordingRefused(sentence("{file} is the recording that is there already.", file=name))
                change.delete(schema.recording, before["id"])
            change.insert(
                schema.recording,
                {"id": recording_id, "source_id": source_id, "file_name": name, "media_type": copied.media_type,
                 "sha256": copied.sha256, "bytes": copied.bytes, "shift_s": before["shift_s"] if before else 0.0,
                 "created_at": now()},
            )  # fmt: skip
            shelf.give_name(folder, copied, recording_id)
    except BaseException:
        copied.path.unlink(missing_ok=True)
        shelf.throw_away(folder, [recording_id])
        raise
    return recording_id


@needs(Role.RESEARCHER)
def attach_from_inbox(store: Store, person: str, study_id: str, source_id: str, name: str) -> str:
    """The same with a file of the inbox, which stays there. Raises RecordingRefused where it has gone."""
    if name not in {each.name for each in inbox()}:
        raise RecordingRefused(sentence("{file} is no longer in the inbox.", file=name))
    with (settings().recordings_folder / shelf.INBOX / name).open("rb") as stream:
        return attach_recording(store, person, study_id, source_id, name, stream)


@needs(Role.RESEARCHER)
def shift_recording(store: Store, person: str, study_id: str, source_id: str, seconds: float) -> None:
    """Say how many seconds into the recording the transcript's clock begins; less than nothing: that many before it.

    What the transcript has at 60 s is then heard at 60 s + `seconds`.
    """
    with store.writing() as connection:
        if _need_recording(connection, study_id, source_id)["shift_s"] != seconds:
            shift_within(connection, person, study_id, source_id, seconds)


def shift_within(
    connection: Connection, person: str, study_id: str, source_id: str, seconds: float, **client: Any
) -> None:
    """The same inside a writing transaction; `client` and `seq` name the change."""
    if not math.isfinite(seconds) or abs(seconds) > FURTHEST_S:
        raise RecordingRefused(
            sentence("A recording can be shifted by at most {limit} seconds either way.", limit=int(FURTHEST_S))
        )
    row = _need_recording(connection, study_id, source_id)
    change = open_change(connection, study_id, person, SHIFT, scope=source_id, **client)
    change.update(schema.recording, row["id"], shift_s=float(seconds))


@needs(Role.RESEARCHER)
def remove_recording(store: Store, person: str, study_id: str, source_id: str) -> None:
    """Take the recording off a source. Its file stays in the data folder, so that undo brings it back."""
    with store.change(study_id, person, REMOVE, scope=source_id) as change:
        change.delete(schema.recording, _need_recording(change.connection, study_id, source_id)["id"])


@needs(Role.CODER)
def last_recording_change(store: Store, study_id: str, source_id: str) -> str:
    """The verb that `undo_recording` would turn back, or ""."""
    with store.reading() as connection:
        done = undo.last_done(connection, study_id, None, source_id, (ATTACH, SHIFT, REMOVE))
    return str(done["verb"]) if done else ""


@needs(Role.RESEARCHER)
def undo_recording(store: Store, person: str, study_id: str, source_id: str) -> bool:
    """Turn back the last of these acts on a source, whoever did it. False: there is none. Raises UndoRefused."""
    with store.writing() as connection:
        done = undo.last_done(connection, study_id, None, source_id, (ATTACH, SHIFT, REMOVE))
        if done is None:
            return False
        undo.turn_back(connection, done, person)
    return True


def _need_session(connection: Connection, study_id: str, source_id: str) -> None:
    source = fetch(connection, schema.source, source_id, study_id)
    if source["kind"] != "session":
        raise RecordingRefused(sentence("Only a session has a recording; {key} is none.", key=source["key"]))


def _need_recording(connection: Connection, study_id: str, source_id: str) -> Row:
    fetch(connection, schema.source, source_id, study_id)
    row = recordings.recording_of(connection, source_id)
    if row is None:
        raise RecordingRefused(sentence("This session has no recording any more. Load the page again."))
    return row
