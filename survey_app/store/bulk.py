"""Many rows at once: made ready column by column, and logged by SQLite itself from what it has just stored."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    Integer,
    Table,
    case,
    column,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
)

from survey_app.store import schema

MANY = 50
"""Rows that are worth being made ready column by column."""
Columns = dict[str, list[Any]]


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows that all name the same columns into a table."""
    if len(rows) < MANY or connection.dialect.name != "sqlite":
        connection.execute(insert(table), rows)
        return
    _insert(connection, table, {name: [row[name] for row in rows] for name in rows[0]})


def can_log(connection: Connection, columns: Columns, table: Table) -> bool:
    """Whether `insert_logged` takes these rows: its log would round a number that is not whole."""
    numbers = [columns[each.name] for each in table.columns if isinstance(each.type, Float)]
    return (
        connection.dialect.name == "sqlite"
        and len(columns["id"]) >= MANY
        and not any(each is not None for each in chain.from_iterable(numbers))
    )


def insert_logged(
    connection: Connection, table: Table, columns: Columns, change_id: int, *, placed: bool
) -> None:  # fmt: skip
    """Complete rows, given by column, with an event of the change for each; the same events as if made one by one.

    `placed`: places in the rows refer to the text of their source as it is in its present revision.
    """
    rowid: ColumnElement[int] = column("rowid", Integer)
    last = connection.scalar(select(func.coalesce(func.max(rowid), 0)).select_from(table))
    _insert(connection, table, columns)
    event = schema.event.c
    told: dict[Column[Any], ColumnElement[Any]] = {
        event.change_id: literal(change_id), event.entity: literal(table.name), event.entity_id: table.c.id,
        event.source_id: _source_of(table), event.before: literal_column("'null'"), event.after: _as_json(table),
        event.revision: _revision_of(table) if placed else null(),
    }  # fmt: skip
    stored = select(*told.values()).where(rowid > last).order_by(rowid)
    connection.execute(insert(schema.event).from_select(list(told), stored, include_defaults=False))


def _insert(connection: Connection, table: Table, columns: Columns) -> None:
    ready: list[Any] = []
    for name, cells in columns.items():
        prepare = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        ready.append(cells if prepare is None else map(prepare, cells))
    command = insert(table).inline().compile(dialect=connection.dialect, column_keys=list(columns))
    assert command.positiontup == list(columns)
    connection.exec_driver_sql(str(command), list(zip(*ready, strict=True)))


def _source_of(table: Table) -> ColumnElement[Any]:
    if table is schema.source:
        return table.c.id
    return table.c.source_id if "source_id" in table.c else null()


def _revision_of(table: Table) -> ColumnElement[Any]:
    source = schema.source
    return select(source.c.revision).where(source.c.id == table.c.source_id).scalar_subquery()


def _as_json(table: Table) -> ColumnElement[Any]:
    """A whole row as an object, as Python would write it."""
    parts: list[ColumnElement[Any]] = []
    for each in table.columns:
        parts += [literal_column(f"'{each.name}'"), _cell_as_json(each)]
    return func.json_object(*parts)


def _cell_as_json(cell: Column[Any]) -> ColumnElement[Any]:
    if isinstance(cell.type, Boolean):
        return case((cell.is_(True), func.json("true")), (cell.is_(False), func.json("false")))
    return func.json(cell) if isinstance(cell.type, JSON) else cell
