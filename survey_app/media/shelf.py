"""Where files of recordings lie: `recordings/<id>` in the data folder, and `recordings/inbox` for long ones.

A file is copied in pieces under another name and gets its own only when it is whole.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO
from uuid import UUID

from survey_app.media.kinds import media_type_of
from transcripts.messages import MessageError, sentence

LARGEST = 2_000_000_000
"""Bytes; some eight hours of what Zoom records."""
INBOX = "inbox"
_PIECE = 1 << 20
_COMING = ".coming-"
_FORGOTTEN_S = 24 * 3600.0


class UnusableRecording(MessageError):
    """A file that cannot be kept as a recording; nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file in the inbox."""

    name: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Copied:
    """A whole copy that has no name of its own yet."""

    path: Path
    media_type: str
    sha256: str
    bytes: int


def place_of(folder: Path, recording_id: str) -> Path:
    """Where the file of a recording lies. Raises ValueError for what is no id."""
    return folder / str(UUID(recording_id))


def inbox(folder: Path) -> list[Waiting]:
    """What lies in the inbox, by name. Links, folders and hidden files are passed over."""
    try:
        found = [each for each in os.scandir(folder / INBOX) if not each.name.startswith(".")]
        kept = [Waiting(each.name, each.stat().st_size) for each in found if each.is_file(follow_symlinks=False)]
    except FileNotFoundError:
        return []
    return sorted(kept, key=lambda each: each.name.casefold())


def prepare_inbox(folder: Path) -> Path:
    """The inbox, made where it is missing."""
    (folder / INBOX).mkdir(parents=True, exist_ok=True)
    return folder / INBOX


def copy_in(folder: Path, name: str, stream: BinaryIO) -> Copied:
    """Recognise a file and copy it, readable by its owner alone. Raises UnusableRecording, before anything is written
    where the beginning or the length of the file says enough."""
    size = stream.seek(0, os.SEEK_END)
    if not size:
        raise UnusableRecording(sentence("{file} is empty. Download it again.", file=name))
    if size > LARGEST:
        raise _too_large(name, size)
    media_type = media_type_of(stream)
    if not media_type:
        raise UnusableRecording(
            sentence(
                "{file} is not a recording that a browser can play. Bring an MP3, M4A, MP4, WAV, OGG, WebM or FLAC.",
                file=name,
            )
        )
    stream.seek(0)
    try:
        return _copy(folder, name, stream, media_type)
    except OSError as problem:
        raise UnusableRecording(
            sentence("{file} could not be copied: the data folder is full or cannot be written to.", file=name)
        ) from problem


def give_name(folder: Path, copied: Copied, recording_id: str) -> None:
    """Put a whole copy where the recording's file belongs."""
    copied.path.replace(place_of(folder, recording_id))


def throw_away(folder: Path, recording_ids: Iterable[str]) -> None:
    """Delete the files of recordings for good; those that are gone already are no matter."""
    for recording_id in recording_ids:
        place_of(folder, recording_id).unlink(missing_ok=True)


def _copy(folder: Path, name: str, stream: BinaryIO, media_type: str) -> Copied:
    folder.mkdir(parents=True, exist_ok=True)
    _clear_away(folder)
    handle, path = mkstemp(prefix=_COMING, dir=folder)
    digest, size = sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > LARGEST:  # it has grown since it was measured
                    raise _too_large(name, size)
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(path).unlink(missing_ok=True)
        raise
    return Copied(Path(path), media_type, digest.hexdigest(), size)


def _clear_away(folder: Path) -> None:
    """Remove what a copy that broke off with the whole program has left."""
    for each in folder.glob(f"{_COMING}*"):
        if each.stat().st_mtime < time.time() - _FORGOTTEN_S:
            each.unlink(missing_ok=True)


def _too_large(name: str, size: int) -> UnusableRecording:
    return UnusableRecording(
        sentence(
            "{file} is too large for a recording ({size} MB; at most {limit} MB). Bring its sound alone, or a part.",
            file=name, size=size // 1_000_000, limit=LARGEST // 1_000_000,
        )
    )  # fmt: skip
