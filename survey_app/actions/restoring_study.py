"""Put a study back from its copy: beside whatever is in the store, all of it or nothing."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from survey_app.actions.backup_format import SLUG, BackupProblem, damaged
from survey_app.actions.backup_reading import Backup, open_backup
from survey_app.actions.checking import problems_in
from survey_app.actions.deidentifying import take_out_betraying_labels
from survey_app.actions.older_backups import brought_up_to_date
from survey_app.actions.rights import needs_admin
from survey_app.actions.studies import need_study
from survey_app.store import schema, studies, team
from survey_app.store.belonging import tables_of_study
from survey_app.store.copying import ids_taken, rows_in
from survey_app.store.log import Row, Store
from survey_app.store.renewing import Renewal
from survey_app.store.team import Role
from transcripts.messages import Message, counted, sentence

CHUNK = 2**20
Progress = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Restored:
    """A study that is there again, when its copy was made, and what a person should know of it."""

    study: Row
    at: str
    notices: tuple[Message, ...] = ()


@needs_admin
def restore(
    store: Store, file: Path, *, slug: str = "", recordings: Path | None = None,
    progress: Progress = lambda _share: None,
) -> Restored:  # fmt: skip
    """Bring the study in `file` into the store under its own name or as `slug`.

    Ids stay while none of them is or was in use here; otherwise all are renewed, so that the study shares nothing with
    the one it was copied from. Whoever has signed in becomes its owner. Files of recordings go to the folder
    `recordings`. Raises BackupProblem, with nothing changed.
    """
    with open_backup(file) as given, brought_up_to_date(given, file.name) as backup:
        contents = backup.look_through()
        name = slug or contents.study["slug"]
        if not SLUG.fullmatch(name):
            raise BackupProblem(
                sentence(
                    "“{slug}” cannot be the name of a study: use small Latin letters, digits and hyphens, at most 80. "
                    "Give it one with --as.",
                    slug=name[:80],
                )
            )
        notices: list[Message] = []
        try:
            with ExitStack() as later, store.writing() as connection:
                _need_free(connection, name)
                taken = ids_taken(connection, contents.ids, contents.operations)
                renewal = Renewal(contents.ids, name, own=taken)
                notices += _put_rows(connection, backup, renewal, progress)
                if store.account:
                    study_id = renewal.id(contents.study["id"])
                    free = team.free_coders(connection, study_id)
                    team.add_member(connection, study_id, store.account, Role.OWNER, free[0]["id"] if free else None)
                notices += take_out_betraying_labels(connection, renewal.id(contents.study["id"]))
                notices += problems_in(connection, renewal.id(contents.study["id"]))
                if recordings is not None:
                    later.enter_context(_recordings(given, renewal, recordings))
        except (IntegrityError, DataError) as problem:
            raise damaged(file.name) from problem
        except DatabaseError as problem:
            raise BackupProblem(
                sentence(
                    "The database could not take the study in just now; nothing was changed. Make room on the disk, or "
                    "try again when fewer people are at work."
                )
            ) from problem
        progress(1.0)
        return Restored(need_study(store, name), backup.manifest.at, tuple(notices))


def _need_free(connection: Connection, name: str) -> None:
    if name in studies.slugs(connection):
        raise BackupProblem(
            sentence(
                "There is a study named {slug} already, and it stays as it is. Restore the copy under another name: "
                "--as {slug}-restored.",
                slug=name,
            )
        )


def _put_rows(connection: Connection, backup: Backup, renewal: Renewal, progress: Progress) -> list[Message]:
    """All tables; returns what was left out."""
    notices: list[Message] = []
    total = sum(backup.manifest.tables.values())
    done = 0

    def told(count: int) -> None:
        nonlocal done
        done += count
        progress(0.99 * done / total)

    for table in tables_of_study():
        coming: Iterator[Row] = backup.rows(table, seen=True)
        if table is schema.release:
            kept, notices = _releases(connection, list(coming))
            coming = iter(kept)
        rows_in(connection, table, coming, renewal, told)
    return notices


def _releases(connection: Connection, found: list[Row]) -> tuple[list[Row], list[Message]]:
    """A name in the address belongs to one study: releases stay with the study that has published under it here."""
    names = set(connection.scalars(select(schema.release.c.slug)))
    kept = [row for row in found if row["slug"] not in names]
    left = len(found) - len(kept)
    if not left:
        return kept, []
    return kept, [
        counted(
            "{count} release was left out: its name in the address belongs to another study here.",
            "{count} releases were left out: their names in the address belong to another study here.",
            left,
        )
    ]


@contextmanager
def _recordings(backup: Backup, renewal: Renewal, folder: Path) -> Iterator[None]:
    """Put the files in their places now, and take them away again should the rows not stand in the end."""
    placed: list[Path] = []
    try:
        for recording_id in backup.recordings():
            folder.mkdir(parents=True, exist_ok=True)
            final = folder / renewal.id(recording_id)
            part = final.with_name(f".{final.name}.part")
            placed.append(part)
            with backup.recording(recording_id) as there, open(part, "wb", opener=_private) as out:
                shutil.copyfileobj(there, out, CHUNK)
                out.flush()
                os.fsync(out.fileno())
            os.replace(part, final)
            placed.append(final)
        yield
    except BaseException as problem:
        for file in placed:
            file.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            raise BackupProblem(
                sentence(
                    "The recordings cannot be written to {folder}: {reason}. Nothing was restored.",
                    folder=str(folder), reason=problem.strerror or type(problem).__name__,
                )
            ) from problem  # fmt: skip
        raise


def _private(path: str, flags: int) -> int:
    """Opens a file that its owner alone may read: people speak in it."""
    return os.open(path, flags, 0o600)
