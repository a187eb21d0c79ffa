"""Every change is a row of the log, written in the same transaction as the change itself.

A `Change` offers three verbs (insert, update, delete) that write state and event together; undo needs no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, insert, select, update

from survey_app.store import schema
from survey_app.store.bulk import Columns, can_log, insert_logged, insert_many
from survey_app.store.dialect import forget_deleted, open_engine, snapshot
from survey_app.store.shown import as_kept
from transcripts.messages import MessageError, sentence

Row = dict[str, Any]
_VARIANTS = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}
AT_ONCE = 500
"""Ids that one question to the database names at most."""
PLACED = frozenset({"turn", "statement", "section", "coding", "identifying"})
"""Tables with places in a source's text: what the log says of them is true of one revision of it."""


class Gone(MessageError, KeyError):
    """A row that somebody has removed since the screen was drawn."""

    def __init__(self, table: str, row_id: str) -> None:
        super().__init__(sentence("This is no longer there: it has been removed. Load the page again."))
        self.table = table
        self.row_id = row_id

    def __str__(self) -> str:
        return f"{self.message} ({self.table} {self.row_id})"


def now() -> str:
    """This moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_id() -> str:
    """A fresh row id."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[str]:
    """So many fresh row ids (UUID 4) in their order, so that an index takes them page by page."""
    digits = token_hex(16 * count)
    some = sorted(digits[first : first + 32] for first in range(0, 32 * count, 32))
    return [f"{d[:8]}-{d[8:12]}-4{d[13:16]}-{_VARIANTS[d[16]]}{d[17:20]}-{d[20:]}" for d in some]


@dataclass(frozen=True, slots=True)
class Change:
    """An open change: one act of one person, all of it or nothing. `number` is its revision."""

    connection: Connection
    number: int

    def insert(self, table: Table, rows: Mapping[str, Any] | Iterable[Mapping[str, Any]]) -> list[str]:
        """Add one row or many; missing ids are made. Returns the ids in order."""
        given = [rows] if isinstance(rows, Mapping) else list(rows)
        if not given:
            return []
        columns = _columns(table, given)
        if can_log(self.connection, columns, table):
            insert_logged(self.connection, table, columns, self.number, placed=table.name in PLACED)
        else:
            complete = _rows(columns)
            insert_many(self.connection, table, complete)
            self._record(table, [(None, row) for row in complete])
        return columns["id"]

    def update(self, table: Table, row_id: str, **values: Any) -> None:
        """Change columns of one row. Raises Gone when there is no such row."""
        before = fetch(self.connection, table, row_id)
        values = {name: as_kept(table, name, value) for name, value in values.items()}
        after = before | values
        if after == before:
            return
        self.connection.execute(update(table).where(table.c.id == row_id).values(**values))
        self._record(table, [(before, after)])

    def delete(self, table: Table, row_ids: str | Iterable[str]) -> None:
        """Remove rows by id; their dependants must be gone already, or be of no interest to an undo."""
        ids = [row_ids] if isinstance(row_ids, str) else list(row_ids)
        gone = fetch_all(self.connection, table, ids)
        if gone:
            self.connection.execute(table.delete().where(table.c.id == bindparam("gone")), [{"gone": i} for i in ids])
            self._record(table, [(row, None) for row in gone])

    def adopt(self, study_id: str) -> None:
        """Say whose change this is, now that the study which it has made stands."""
        self.connection.execute(
            update(schema.change).where(schema.change.c.id == self.number).values(study_id=study_id)
        )

    def _record(self, table: Table, pairs: list[tuple[Row | None, Row | None]]) -> None:
        events = []
        revisions: dict[str, int] = {}
        if table.name in PLACED:
            of = {(after or before or {})["source_id"] for before, after in pairs}
            source = schema.source.c
            found = rows(self.connection, select(source.id, source.revision).where(source.id.in_(of)))
            revisions = {row["id"]: row["revision"] for row in found}
        for before, after in pairs:
            row = after or before or {}
            events.append(
                {
                    "change_id": self.number,
                    "entity": table.name,
                    "entity_id": row["id"],
                    "source_id": row["id"] if table is schema.source else row.get("source_id"),
                    "before": before,
                    "after": after,
                    "revision": revisions.get(row.get("source_id", "")),
                }
            )
        insert_many(self.connection, schema.event, events)


class Store:
    """The database of one installation. Thread-safe: each block takes a connection of its own.

    `account` is who acts through it: None is whoever sits at the machine, "" somebody who has not signed in.
    """

    def __init__(self, url: str) -> None:
        self.engine: Engine = open_engine(url)
        self.account: str | None = None

    def acting(self, account: str | None) -> Store:
        """The same database, in the hands of a person who has signed in; None: of the machine."""
        other = copy(self)
        other.account = account
        return other

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading; what it sees does not move inside the block."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def moment(self) -> Iterator[Connection]:
        """The same for long reading on any database: all of it is of one moment, whatever is written meanwhile."""
        with snapshot(self.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; everything inside happens or nothing does."""
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def change(
        self,
        study_id: str | None,
        person: str,
        verb: str,
        *,
        scope: str = "",
        client: str | None = None,
        seq: int | None = None,
    ) -> Iterator[Change]:
        """One act: `person` (a coder's key or "") does `verb`. `client` and `seq` make it happen once only:
        a repetition raises IntegrityError before anything is written. Raises Gone for a study that is no more."""
        with self.writing() as connection:
            yield open_change(connection, study_id, person, verb, scope=scope, client=client, seq=seq)

    def forget_deleted(self) -> None:
        """Leave nothing of what was deleted in the files of the database."""
        forget_deleted(self.engine)


def open_change(
    connection: Connection, study_id: str | None, person: str, verb: str, *, scope: str = "", kind: str = "do",
    target: int | None = None, client: str | None = None, seq: int | None = None,
) -> Change:  # fmt: skip
    """Begin a change inside a transaction that writes already."""
    if study_id is not None:
        fetch(connection, schema.study, study_id)
    head = {
        "study_id": study_id, "at": now(), "person": person, "verb": verb, "scope": scope, "kind": kind,
        "target": target, "client": client, "seq": seq,
    }  # fmt: skip
    number = connection.execute(insert(schema.change).values(head)).inserted_primary_key
    assert number is not None
    return Change(connection, int(number[0]))


def fetch(connection: Connection, table: Table, row_id: str, study_id: str | None = None) -> Row:
    """One row by id. Raises Gone, also when it is not of the study that is named."""
    row = connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
    if row is None or (study_id is not None and row["study_id"] != study_id):
        raise Gone(table.name, row_id)
    return dict(row)


def fetch_all(connection: Connection, table: Table, row_ids: list[str]) -> list[Row]:
    """Rows by id, in that order. Raises Gone for the first that is not there."""
    found: dict[str, Row] = {}
    for first in range(0, len(row_ids), AT_ONCE):
        some = row_ids[first : first + AT_ONCE]
        found |= {row["id"]: row for row in rows(connection, select(table).where(table.c.id.in_(some)))}
    missing = next((row_id for row_id in row_ids if row_id not in found), None)
    if missing is not None:
        raise Gone(table.name, missing)
    return [found[row_id] for row_id in row_ids]


def rows(connection: Connection, query: Any) -> list[Row]:
    """All rows of a query as plain dicts."""
    found = connection.execute(query)
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found.all()]


def _columns(table: Table, given: Sequence[Mapping[str, Any]]) -> Columns:
    """Rows as they will stand in the table, by column: with ids and with the columns' plain defaults."""
    if unknown := set().union(*given) - set(table.c.keys()):
        raise KeyError(f"{table.name} has no column {sorted(unknown)}")
    ids = iter(new_ids(sum("id" not in row for row in given)))
    columns: Columns = {}
    for column in table.columns:
        name, default = column.name, getattr(column.default, "arg", None)
        if name == "id":
            columns[name] = [row["id"] if "id" in row else next(ids) for row in given]
        elif callable(default):
            columns[name] = [as_kept(table, name, row[name]) if name in row else default(None) for row in given]
        else:
            columns[name] = [as_kept(table, name, row.get(name, default)) for row in given]
    return columns


def _rows(columns: Columns) -> list[Row]:
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
