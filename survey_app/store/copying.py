"""The rows of one study, out of the database as it is at one moment, and into another."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, insert, null, select, update

from survey_app.store import schema
from survey_app.store.belonging import (
    is_numbered,
    may_lack,
    of_study,
    references_within,
    tables_of_study,
)
from survey_app.store.log import Row
from survey_app.store.renewing import Renewal

BATCH = 1_000
"""Rows that are in memory at once."""


def row_counts(connection: Connection, study_id: str) -> dict[str, int]:
    """How many rows of each table belong to a study, in the order in which they can be inserted."""
    counts = {}
    for table in tables_of_study():
        query = of_study(table, study_id, table.c.id).subquery()
        counts[table.name] = int(connection.scalar(select(func.count()).select_from(query)) or 0)
    return counts


def newest_change(connection: Connection, study_id: str) -> int:
    """The number of the last change of a study; 0 before the first."""
    change = schema.change.c
    return int(connection.scalar(select(func.max(change.id)).where(change.study_id == study_id)) or 0)


def rows_out(connection: Connection, table: Table, study_id: str) -> Iterator[Row]:
    """A study's rows of one table, read in batches. A JSON value that is not there at all has no name in the row."""
    lacking = [column for column in table.columns if may_lack(column)]
    signs = {column.name: f"no {column.name}" for column in lacking}
    query = of_study(table, study_id).add_columns(*(column.is_(null()).label(signs[column.name]) for column in lacking))
    for found in connection.execution_options(yield_per=BATCH).execute(query).mappings():
        row = dict(found)
        for name, sign in signs.items():
            if row.pop(sign):
                del row[name]
        yield row


def ids_taken(connection: Connection, known: set[str], pairs: set[tuple[str, int]]) -> bool:
    """Whether any of these ids, or of these operations of a desk, is in the store, or was and is in the log."""
    columns = [table.c.id for table in schema.metadata.sorted_tables if not is_numbered(table)]
    for query in (*(select(column) for column in columns), select(schema.event.c.entity_id).distinct()):
        if any(one in known for one in connection.execution_options(yield_per=BATCH).scalars(query)):
            return True
    change = schema.change.c
    desks = select(change.client, change.seq).where(change.client.is_not(None))
    return any((client, seq) in pairs for client, seq in connection.execute(desks))


def rows_in(
    connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]], renewal: Renewal,
    told: Callable[[int], None] = lambda _count: None,
) -> None:  # fmt: skip
    """Insert rows of a study as `renewal` has them; references within the table are filled at the end."""
    late: list[Row] = []
    within = references_within(table)
    coming = iter(rows)
    while batch := list(islice(coming, BATCH)):
        new = [_complete(table, renewal.row(table, row)) for row in batch]
        waiting = [{f"new_{name}": row[name] for name in within} for row in new]
        for row in new:
            row.update(dict.fromkeys(within))
        if is_numbered(table):
            query = insert(table).returning(table.c.id, sort_by_parameter_order=True)
            numbers = connection.scalars(query, new).all()
            renewal.numbers.setdefault(table.name, {}).update(zip((row["id"] for row in batch), numbers, strict=True))
        else:
            numbers = [row["id"] for row in new]
            connection.execute(insert(table), new)
        late += [
            values | {"row_id": number}
            for number, values in zip(numbers, waiting, strict=True)
            if any(value is not None for value in values.values())
        ]
        told(len(batch))
    _fill(connection, table, within, late, renewal)


def _complete(table: Table, row: Row) -> Row:
    return {column.name: null() for column in table.columns if may_lack(column)} | row


def _fill(connection: Connection, table: Table, within: tuple[str, ...], late: list[Row], renewal: Renewal) -> None:
    if is_numbered(table):
        for values in late:
            for name in within:
                old = values[f"new_{name}"]
                values[f"new_{name}"] = None if old is None else renewal.number(table, old)
    if late:
        query = update(table).where(table.c.id == bindparam("row_id"))
        connection.execute(query.values({name: bindparam(f"new_{name}") for name in within}), late)
