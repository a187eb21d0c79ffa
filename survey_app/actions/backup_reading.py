"""Read a copy of a study without trust: every member, every row and every reference, before anything is written."""

import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from sqlalchemy import MetaData, Table

from survey_app.actions.backup_format import (
    ID,
    LONGEST_MANIFEST,
    LONGEST_ROW,
    LONGEST_TABLES,
    MANIFEST,
    MOST_MEMBERS,
    MOST_ROWS,
    UUID,
    BackupProblem,
    damaged,
    not_a_copy,
    read_manifest,
    recording_member,
    table_member,
)
from survey_app.actions.backup_soundness import Soundness
from survey_app.store.belonging import is_numbered, references, references_within, tables_of_study
from survey_app.store.fitting import row_fits, values_fit
from survey_app.store.log import Row
from survey_app.store.migrate import revisions
from survey_app.store.renewing import IMAGES, ids_in
from transcripts.messages import sentence

CHUNK = 2**20
BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, OverflowError)
"""What zipfile raises for a file that is not as it says."""


@dataclass(slots=True)
class Contents:
    """What a copy that has been looked through holds: its ids, and the operations of desks that its log knows."""

    study: Row = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    operations: set[tuple[str, int]] = field(default_factory=set)


class Backup:
    """A copy that is open. `manifest` is believed only as far as the members bear it out."""

    def __init__(self, archive: ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._tables = tables_of_study()
        self._entries = _entries(archive, file)
        with archive.open(self._entries[MANIFEST]) as opened:
            self.manifest = read_manifest(opened.read(LONGEST_MANIFEST), file)
        if self.manifest.schema not in revisions():
            raise BackupProblem(
                sentence("{file} was made by a newer Rakurs. Update Rakurs first, then restore it.", file=file)
            )

    @property
    def is_older(self) -> bool:
        """Whether its tables are those of an earlier version."""
        return self.manifest.schema != revisions()[0]

    def read_as(self, metadata: MetaData) -> list[Table]:
        """Read it by the tables of an earlier version; returns them in the order in which they can be filled."""
        self._tables = tables_of_study(metadata)
        return self._tables

    def look_through(self) -> Contents:
        """Check all of it. Raises BackupProblem at the first thing that is not as it must be."""
        self._need_members()
        contents = Contents()
        keys: dict[str, set[Any]] = {}
        soundness = Soundness()
        for table in self._tables:
            keys[table.name] = self._look_through(table, keys, contents, soundness)
        if soundness.has_circles() or len(keys["study"]) != 1 or contents.study["id"] != self.manifest.study["id"]:
            raise damaged(self._file)
        for recording_id in self.recordings():
            if recording_id not in keys.get("recording", ()):
                raise damaged(self._file)
            with self.recording(recording_id) as opened:
                while opened.read(CHUNK):
                    pass
        return contents

    def rows(self, table: Table, *, seen: bool = False) -> Iterator[Row]:
        """The rows of a table, one after another, as they stand in the copy; its seal is compared at the end.

        With `seen` they are not checked again: the seal says that they are those which were looked through.
        """
        with self._sealed(table_member(table.name)) as opened:
            while line := opened.readline(LONGEST_ROW + 1):
                if len(line) > LONGEST_ROW:
                    raise damaged(self._file)
                row = json.loads(line)
                if not seen and not row_fits(table, row):
                    raise damaged(self._file)
                yield row

    def recordings(self) -> list[str]:
        """Ids of the recordings whose files are in the copy."""
        head = recording_member("")
        return [name.removeprefix(head) for name in self._entries if name.startswith(head)]

    @contextmanager
    def recording(self, recording_id: str) -> Iterator["_Sealed"]:
        """The file of a recording, to read in pieces to its end."""
        with self._sealed(recording_member(recording_id)) as opened:
            yield opened

    @contextmanager
    def _sealed(self, name: str) -> Iterator["_Sealed"]:
        with self._archive.open(self._entries[name]) as opened:
            sealed = _Sealed(opened)
            yield sealed
            if sealed.bytes != self.manifest.members[name].bytes or sealed.sha256 != self.manifest.members[name].sha256:
                raise damaged(self._file)

    def _need_members(self) -> None:
        tables = {table.name for table in self._tables}
        wanted = {table_member(name) for name in tables} | {recording_member(each) for each in self.recordings()}
        there = set(self._entries) - {MANIFEST}
        if there != wanted or there != set(self.manifest.members) or set(self.manifest.tables) != tables:
            raise damaged(self._file)
        if sum(self.manifest.tables.values()) > MOST_ROWS:
            raise damaged(self._file)

    def _look_through(
        self, table: Table, keys: dict[str, set[Any]], contents: Contents, soundness: Soundness
    ) -> set[Any]:
        """Check the rows of a table against those of the tables before it; returns their keys."""
        own: set[Any] = set()
        within: set[Any] = set()
        own_references = references_within(table)
        targets = [(key.parent.name, keys[key.column.table.name]) for key in references(table)]
        for row in self.rows(table):
            if row["id"] in own or (not is_numbered(table) and not ID.fullmatch(row["id"])):
                raise damaged(self._file)
            own.add(row["id"])
            if len(own) > self.manifest.tables[table.name]:
                raise damaged(self._file)
            for name, there in targets:
                if row[name] is not None and row[name] not in there:
                    raise damaged(self._file)
            if not soundness.bears(table.name, row):
                raise damaged(self._file)
            within.update(row[name] for name in own_references)
            ids_in(table, row, contents.ids.add)
            if table.name == "event" and not _event_fits(row, table.metadata):
                raise damaged(self._file)
            if table.name == "change" and row["client"] is not None:
                contents.operations.add((row["client"], row["seq"]))
            if table.name == "study":
                contents.study = row
        if within - own - {None} or len(own) != self.manifest.tables[table.name]:
            raise damaged(self._file)
        return own


class _Sealed:
    """A member that is read piece by piece and adds up what it was."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened = opened
        self._hash = hashlib.sha256()
        self.bytes = 0

    @property
    def sha256(self) -> str:
        """Of what has been read."""
        return self._hash.hexdigest()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        return self._count(self._opened.read(size))

    def readline(self, size: int) -> bytes:
        """The next line, or as much of it as `size` allows."""
        return self._count(self._opened.readline(size))

    def _count(self, piece: bytes) -> bytes:
        self._hash.update(piece)
        self.bytes += len(piece)
        return piece


@contextmanager
def open_backup(path: Path) -> Iterator[Backup]:
    """A copy to read from. Raises BackupProblem for whatever is none, also while it is being read."""
    try:
        with path.open("rb") as opened:
            try:
                with ZipFile(opened) as archive:
                    yield Backup(archive, path.name)
            except (*BROKEN, RecursionError) as problem:
                raise damaged(path.name) from problem
    except OSError as problem:
        raise BackupProblem(sentence("{file} cannot be read. Check that it is there.", file=str(path))) from problem


def _entries(archive: ZipFile, file: str) -> dict[str, ZipInfo]:
    """The members by name, if there are neither too many nor too large ones, nor any of a name that is not ours."""
    found = archive.infolist()
    entries = {entry.filename: entry for entry in found}
    if MANIFEST not in entries:
        raise not_a_copy(file)
    tables = [entry for entry in found if not entry.filename.startswith(recording_member(""))]
    recordings = [entry for entry in found if entry.filename.startswith(recording_member(""))]
    sound = (
        len(entries) == len(found) <= MOST_MEMBERS
        and sum(entry.file_size for entry in tables) <= LONGEST_TABLES
        and entries[MANIFEST].file_size <= LONGEST_MANIFEST
        and all(UUID.fullmatch(entry.filename.removeprefix(recording_member(""))) for entry in recordings)
        and all(entry.compress_type == ZIP_STORED and entry.file_size == entry.compress_size for entry in recordings)
    )
    if not sound:
        raise damaged(file)
    return entries


def _event_fits(event: Row, metadata: MetaData) -> bool:
    """Whether the log could have written it: what an undo would put back fits its table, if that is still there."""
    table = metadata.tables.get(event["entity"])
    if table is None or is_numbered(table):
        return table is None
    for side in IMAGES:
        image = event.get(side)
        if image is not None and not (
            isinstance(image, dict) and image.get("id") == event["entity_id"] and values_fit(table, image)
        ):
            return False
    return True
