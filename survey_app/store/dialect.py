"""What SQLite needs and other databases do not: the only place with SQL of one dialect."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url


def open_engine(url: str) -> Engine:
    """An engine for `url`. SQLite: write-ahead log, every commit on disk, foreign keys, one writer at a time."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": 30, "isolation_level": None}, pool_size=8, max_overflow=24)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that will write takes the lock at once: no upgrade from reader to writer can fail later.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


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
