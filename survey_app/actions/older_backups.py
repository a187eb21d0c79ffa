"""A copy that an earlier version made: filled into tables of that time, which then go the way of every update."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import MetaData
from sqlalchemy.exc import DatabaseError

from survey_app.actions.backing_up import back_up
from survey_app.actions.backup_format import damaged
from survey_app.actions.backup_reading import Backup, open_backup
from survey_app.store import schema
from survey_app.store.copying import rows_in
from survey_app.store.log import Store, fetch
from survey_app.store.migrate import migrate
from survey_app.store.renewing import Renewal


@contextmanager
def brought_up_to_date(backup: Backup, file: str) -> Iterator[Backup]:
    """The same copy with the tables of this version; the files of recordings are in the given one alone."""
    if not backup.is_older:
        yield backup
        return
    with TemporaryDirectory(prefix="rakurs-") as folder:
        store = Store(f"sqlite:///{Path(folder) / 'older.db'}")
        try:
            migrate(store, to=backup.manifest.schema)
            tables = backup.read_as(_tables_of(store))
            contents = backup.look_through()
            renewal = Renewal(contents.ids, contents.study["slug"])
            with store.writing() as connection:
                for table in tables:
                    rows_in(connection, table, backup.rows(table, seen=True), renewal)
            migrate(store)
            with store.reading() as connection:
                study = fetch(connection, schema.study, contents.study["id"])
            newer = back_up(store, study, Path(folder) / f"{file}.zip", at=backup.manifest.at)
        except DatabaseError as problem:
            raise damaged(file) from problem
        finally:
            store.engine.dispose()
        with open_backup(newer) as opened:
            yield opened


def _tables_of(store: Store) -> MetaData:
    """The tables as they are in the database, without those of the migrations themselves."""
    there = MetaData()
    there.reflect(store.engine, only=_is_ours)
    return there


def _is_ours(name: str, _metadata: MetaData) -> bool:
    return name != "alembic_version"
