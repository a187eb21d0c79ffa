"""Put a study back from its copy: beside whatever is in the store, all of it or nothing."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError

from survey_app.actions.backup_format import SLUG, BackupProblem, damaged
from survey_app.actions.backup_reading import Backup, open_backup
from survey_app.actions.checking import problems_in
from survey_app.actions.deidentifying import take_out_betraying_labels
from survey_app.actions.handed_out import COPY
from survey_app.actions.older_backups import brought_up_to_date
from survey_app.actions.rights import needs_admin
from survey_app.actions.standing import is_standing
from survey_app.actions.studies import need_study
from survey_app.publishing.methods import date_in_words
from survey_app.store import results, schema, studies, team
from survey_app.store.belonging import tables_of_study
from survey_app.store.copying import ids_taken, rows_in
from survey_app.store.log import Row, Store, new_id
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
    """All tables; returns what a person should know of it."""
    total = sum(backup.manifest.tables.values())
    done = 0

    def told(count: int) -> None:
        nonlocal done
        done += count
        progress(0.99 * done / total)

    names = set(connection.scalars(select(schema.release.c.slug)))
    releases = list(backup.rows(schema.release, seen=True))
    left = [row for row in releases if row["slug"] in names]
    for table in tables_of_study():
        coming: Iterable[Row] = backup.rows(table, seen=True)
        if table is schema.release:
            coming = [row for row in releases if row["slug"] not in names]
        elif table is schema.handed_out:
            there = list(coming)
            coming = [*there, *_out_already(connection, backup.manifest.study["id"], releases, left, there)]
        rows_in(connection, table, coming, renewal, told)
    return [*_left_out(len(left)), *_withdrawn_since(backup)]


def _left_out(count: int) -> list[Message]:
    """A name in the address belongs to one study: releases stay with the study that has published under it here."""
    if not count:
        return []
    return [
        counted(
            "{count} release was left out: its name in the address belongs to another study here. What readers can "
            "open of it binds what is published of this copy.",
            "{count} releases were left out: their names in the address belong to another study here. What readers "
            "can open of them binds what is published of this copy.",
            count,
        )
    ]


def _out_already(
    connection: Connection, study_id: str, releases: list[Row], left: list[Row], there: list[Row]
) -> Iterator[Row]:
    """What readers have of the same experts: releases of the copy that stay with another study here, and what the study
    that was copied has published or given out since, if it is here."""
    known = {(row["slug"], row["version"]) for row in releases}
    since = [row for row in results.releases(connection, study_id) if (row["slug"], row["version"]) not in known]
    yield from map(_as_handed_out, filter(is_standing, [*left, *since]))
    noted = {row["id"] for row in there}
    for row in results.handed_out(connection, study_id):
        if row["id"] not in noted:
            yield row | {"id": new_id()}


def _as_handed_out(release: Row) -> Row:
    return {
        "id": new_id(), "study_id": release["study_id"], "kind": COPY,
        "name": f"{release['slug']} v{release['version']}", "at": release["created_at"], "person": "",
        "kept": release["manifest"].get("kept") or {}, "over_at": "",
    }  # fmt: skip


def _withdrawn_since(backup: Backup) -> list[Message]:
    """A copy knows nothing of what experts have withdrawn later."""
    if not any(backup.manifest.tables.get(name) for name in ("check_answer", "kept_back", "release", "handed_out")):
        return []
    return [
        sentence(
            "This copy is of {date}: what experts have withdrawn since then is not in it. Write it down again before "
            "anything is published or given out.",
            date=date_in_words(backup.manifest.at),
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
