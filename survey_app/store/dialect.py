"""What SQLite needs and other databases do not; beside `bulk` the only place with SQL of one dialect."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError

from transcripts.messages import MessageError, sentence

_encode = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode


class UnusableDatabase(MessageError):
    """The database that was named cannot be opened from here."""


def open_engine(url: str) -> Engine:
    """An engine for `url`. SQLite: write-ahead log, every commit on disk, foreign keys, one writer at a time.

    What is deleted is overwritten with zeros.
    """
    try:
        if make_url(url).get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True)
    except (ArgumentError, ModuleNotFoundError) as problem:
        raise UnusableDatabase(
            sentence("DATABASE_URL names no database that can be used: {problem}", problem=str(problem))
        ) from problem
    path = make_url(url).database
    if path and path != ":memory:":
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise UnusableDatabase(
                sentence(
                    "The data folder {folder} cannot be made. Name another with RAKURS_DATA.",
                    folder=str(Path(path).parent),
                )
            ) from problem
    engine = create_engine(
        url, connect_args={"timeout": 30, "isolation_level": None}, pool_size=8, max_overflow=24,
        json_serializer=_to_json, json_deserializer=_from_json,
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA busy_timeout=30000")
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that will write takes the lock at once: no upgrade from reader to writer can fail later.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _to_json(value: Any) -> str:
    """Every event has a side on which there is nothing: that costs nothing."""
    return "null" if value is None else _encode(value)


def _from_json(text: str) -> Any:
    return None if text == "null" else json.loads(text)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection for reading that sees the database as it is at one moment, however much is written meanwhile."""
    with engine.connect() as connection:
        if engine.url.get_backend_name() != "sqlite":  # there a transaction that reads sees one moment anyhow
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def back_up(engine: Engine, name: str) -> Path | None:
    """Copy an SQLite file beside itself before a migration; None for a new file or another database."""
    path = engine.url.database
    if engine.url.get_backend_name() != "sqlite" or not path or path == ":memory:" or not Path(path).exists():
        return None
    folder = Path(path).parent / "backups"
    folder.mkdir(exist_ok=True)
    copy = folder / f"{name}.db"
    with closing(sqlite3.connect(path)) as original, closing(sqlite3.connect(copy)) as backup:
        original.backup(backup)
    return copy


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """A writing transaction for migrations; raises IntegrityError instead of leaving references without a target.

    SQLite alters a table by making it anew: with foreign keys on, dropping the old one would take its children along.
    """
    with engine.connect().execution_options(writes=True) as connection:
        if engine.url.get_backend_name() != "sqlite":
            with connection.begin():
                yield connection
            return
        plain = connection.connection.dbapi_connection
        assert plain is not None
        plain.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise IntegrityError(f"{broken[0]} refers to what is not there", None, ValueError(broken[0]))
        finally:
            plain.execute("PRAGMA foreign_keys=ON")


def forget_deleted(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, which still holds pages as they were before a deletion."""
    if engine.url.get_backend_name() == "sqlite":
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def is_sound(engine: Engine) -> bool:
    """Whether SQLite finds its file whole and every reference with a target; other databases see to that themselves."""
    if engine.url.get_backend_name() != "sqlite":
        return True
    with engine.connect() as connection:
        whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        return whole and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
