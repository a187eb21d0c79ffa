"""Which rows of which tables belong to a study: read off the foreign keys, so that a table added later is included."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, MetaData, Select, String, Table, select

from survey_app.store import schema

MACHINE = frozenset({"account", "sign_in", "membership", "invitation", "form_link", "check_link"})
"""Tables of the installation and not of any study: no copy of a study holds them. Links of experts and what these have
not handed in are among them."""

LATE = {"change": ("target",)}
"""References to rows of the same table that no foreign key declares."""


def tables_of_study(metadata: MetaData = schema.metadata) -> list[Table]:
    """Every table whose rows belong to a study, a table after all those to which its rows refer."""
    found: list[Table] = []
    for table in metadata.sorted_tables:
        if table.name not in MACHINE and (table.name == "study" or owner(table, found) is not None):
            found.append(table)
    return found


def owner(table: Table, among: list[Table] | None = None) -> Column[str] | None:
    """The reference by which a row belongs to its study: one that must be there, else one that dies with its target."""
    keys = [key for key in references(table) if among is None or key.column.table in among]
    keys.sort(key=lambda key: (key.parent.nullable, key.ondelete != "CASCADE"))
    first = keys[0] if keys else None
    return None if first is None or (first.parent.nullable and first.ondelete != "CASCADE") else first.parent


def references(table: Table) -> list[ForeignKey]:
    """Foreign keys to other tables, in the order of their columns."""
    return [key for column in table.columns for key in column.foreign_keys if key.column.table is not table]


def references_within(table: Table) -> tuple[str, ...]:
    """Columns that refer to rows of the table itself: they are filled when all its rows stand."""
    declared = tuple(
        column.name for column in table.columns for key in column.foreign_keys if key.column.table is table
    )
    return declared + LATE.get(table.name, ())


def of_study(table: Table, study_id: str, *columns: Column[object]) -> Select[tuple[object, ...]]:
    """Asks for the rows of a table that belong to a study; numbered ones in their order."""
    query = select(*(columns or (table,)))
    column = owner(table)
    if table.name == "study" or column is None:
        return query.where(table.c.id == study_id)
    parent = next(key.column.table for key in column.foreign_keys)
    if parent.name == "study":
        query = query.where(column == study_id)
    else:
        query = query.where(column.in_(of_study(parent, study_id, parent.c.id)))
    return query.order_by(table.c.id) if is_numbered(table) and not columns else query


def is_numbered(table: Table) -> bool:
    """Whether the database numbers the rows itself; all others have a UUID."""
    return isinstance(table.c.id.type, Integer)


def holds_id(column: Column[object]) -> bool:
    """Whether a column of text holds the id of some row."""
    return isinstance(column.type, String) and column.type.length == 36


def may_lack(column: Column[object]) -> bool:
    """Whether a JSON column knows, besides null, a value that is not there at all."""
    return isinstance(column.type, JSON) and bool(column.nullable)
