"""Copy a study to one file while coders work: all its rows as they are at one moment, its log and its recordings."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Connection, Table

from survey_app.actions.backup_format import (
    LONGEST_ROW,
    LONGEST_TABLES,
    MANIFEST,
    MOST_ROWS,
    SLUG,
    UUID,
    BackupProblem,
    Manifest,
    Member,
    file_name,
    recording_member,
    table_member,
)
from survey_app.actions.rights import needs
from survey_app.store import schema
from survey_app.store.belonging import tables_of_study
from survey_app.store.copying import newest_change, row_counts, rows_out
from survey_app.store.log import Row, Store, fetch, now
from survey_app.store.migrate import revisions
from survey_app.store.team import Role
from transcripts.messages import Message, counted, sentence

CHUNK = 2**20
Progress = Callable[[float], object]


@needs(Role.OWNER)
def back_up(
    store: Store, study: Row, target: Path, *, recordings: Path | None = None, at: str = "",
    progress: Progress = lambda _share: None,
) -> Path:  # fmt: skip
    """Write a copy of the study to `target`, a file that ends with .zip or a folder; returns the file.

    `recordings` is the folder in which the files of recordings lie; without it they are left out. What is there under
    that name stays until the new copy is whole. Raises BackupProblem, and Gone for a study that is no more.
    """
    at = at or now()
    to_file = target.suffix == ".zip" and not target.is_dir()
    file = target if to_file else target / file_name(_slug(study), at)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(prefix=".making-", suffix=".part", dir=file.parent)
        written = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                with store.moment() as connection, ZipFile(out, "w", ZIP_DEFLATED) as archive:
                    _Copy(connection, archive, study["id"], at, recordings, progress).write()
                out.flush()
                os.fsync(out.fileno())
            written.chmod(0o600)
            os.replace(written, file)
        finally:
            with suppress(FileNotFoundError):
                written.unlink()
    except OSError as problem:
        raise BackupProblem(
            sentence(
                "The copy cannot be written to {file}: {reason}. Choose another place, or make room there.",
                file=str(file), reason=problem.strerror or type(problem).__name__,
            )
        ) from problem  # fmt: skip
    return file


@needs(Role.OWNER)
def missing_recordings(store: Store, study: Row, folder: Path) -> list[Message]:
    """A sentence that names the recordings whose files are gone, so that no copy can hold them; [] if all are there."""
    with store.reading() as connection:
        found = list(rows_out(connection, schema.recording, study["id"]))
    gone = [row for row in found if not _is_there(folder, row["id"])]
    if not gone:
        return []
    return [
        counted(
            "{count} recording is in no copy, because its file is gone from {folder}: {files}. Attach it again.",
            "{count} recordings are in no copy, because their files are gone from {folder}: {files}. "
            "Attach them again.",
            len(gone), folder=str(folder), files=", ".join(sorted(row["file_name"] or row["id"] for row in gone)),
        )
    ]  # fmt: skip


class _Copy:
    """One copy in the making."""

    def __init__(
        self, connection: Connection, archive: ZipFile, study_id: str, at: str, recordings: Path | None,
        progress: Progress,
    ) -> None:  # fmt: skip
        self._connection = connection
        self._archive = archive
        self._at = at
        self._recordings = recordings
        self._progress = progress
        self._study = fetch(connection, schema.study, study_id)
        self._counts = row_counts(connection, study_id)
        self._members: dict[str, Member] = {}
        self._done = self._bytes = 0

    def write(self) -> None:
        """Everything, the manifest last."""
        if sum(self._counts.values()) > MOST_ROWS:
            raise _too_large()
        for table in tables_of_study():
            self._table(table)
        if self._recordings is not None:
            self._files(self._recordings)
        names = ("id", "slug", "title_en", "title_ru")
        manifest = Manifest(
            {name: self._study[name] for name in names}, self._at, revisions()[0],
            newest_change(self._connection, self._study["id"]), self._counts, self._members,
            self._recordings is not None,
        )  # fmt: skip
        self._archive.writestr(_entry(MANIFEST), manifest.text())
        self._progress(1.0)

    def _table(self, table: Table) -> None:
        total = sum(self._counts.values())
        with _Member(self._archive, _entry(table_member(table.name))) as member:
            for number, row in enumerate(rows_out(self._connection, table, self._study["id"])):
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                self._bytes += len(line)
                if len(line) > LONGEST_ROW or self._bytes > LONGEST_TABLES:
                    raise _too_large()
                member.write(line)
                if number % 500 == 0:
                    self._progress(0.99 * (self._done + number) / total)
        self._done += self._counts[table.name]
        self._members[table_member(table.name)] = member.told()

    def _files(self, folder: Path) -> None:
        for row in rows_out(self._connection, schema.recording, self._study["id"]):
            if not _is_there(folder, row["id"]):
                continue
            name = recording_member(row["id"])
            with (folder / row["id"]).open("rb") as there, _Member(self._archive, _entry(name, ZIP_STORED)) as member:
                shutil.copyfileobj(there, member, CHUNK)
            self._members[name] = member.told()


class _Member:
    """A file in the archive that is written piece by piece and knows its length and SHA-256."""

    def __init__(self, archive: ZipFile, entry: ZipInfo) -> None:
        self._out: IO[bytes] = archive.open(entry, "w", force_zip64=True)
        self._hash = hashlib.sha256()
        self._bytes = 0

    def __enter__(self) -> "_Member":
        return self

    def __exit__(self, *_what: object) -> None:
        self._out.close()

    def write(self, piece: bytes) -> int:
        """Add bytes."""
        self._hash.update(piece)
        self._bytes += len(piece)
        return self._out.write(piece)

    def told(self) -> Member:
        """What the manifest says of it."""
        return Member(self._bytes, self._hash.hexdigest())


def _entry(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    entry = ZipInfo(name)
    entry.compress_type = compression
    entry.external_attr = 0o600 << 16
    return entry


def _is_there(folder: Path, recording_id: str) -> bool:
    return UUID.fullmatch(recording_id) is not None and (folder / recording_id).is_file()


def _too_large() -> BackupProblem:
    """What is larger could not be restored either."""
    return BackupProblem(
        sentence("This study is too large for a copy in one file. Copy the whole data folder while Rakurs is stopped.")
    )


def _slug(study: Row) -> str:
    return str(study["slug"]) if SLUG.fullmatch(study["slug"]) else "study"
