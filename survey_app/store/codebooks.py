"""What a codebook says besides its codes, and the versions that it has had."""

from sqlalchemy import Connection, delete, func, insert, select

from survey_app.store import schema
from survey_app.store.log import Change, Row, new_id, rows


def codebook_of(connection: Connection, study_id: str) -> Row:
    """Rules, attributes of statements, periods and literature of a study's codebook."""
    table = schema.codebook
    return rows(connection, select(table).where(table.c.study_id == study_id))[0]


def version_of(connection: Connection, study_id: str) -> int:
    """The number of the present version; 0 before the first."""
    table = schema.codebook_version
    return int(connection.scalar(select(func.max(table.c.number)).where(table.c.study_id == study_id)) or 0)


def rise_version(change: Change, study_id: str) -> int:
    """Note that a change makes a new version of the codebook; returns its number.

    No undo takes a version back: turning a change back makes a further one.
    """
    return _rise(change.connection, study_id, change.number)


def rise_version_after(connection: Connection, study_id: str) -> int:
    """The same for the newest change of all, once an undo or a redo has made it."""
    return _rise(connection, study_id, int(connection.scalar(select(func.max(schema.change.c.id))) or 0))


def _rise(connection: Connection, study_id: str, change_number: int) -> int:
    number = version_of(connection, study_id) + 1
    row = {"id": new_id(), "study_id": study_id, "number": number, "change_id": change_number}
    connection.execute(insert(schema.codebook_version).values(row))
    return number


def rise_if_changed(change: Change, study_id: str) -> int | None:
    """The same where anything was written; a change that altered nothing leaves no trace."""
    event = schema.event
    if change.connection.scalar(select(event.c.id).where(event.c.change_id == change.number).limit(1)) is None:
        change.connection.execute(delete(schema.change).where(schema.change.c.id == change.number))
        return None
    return rise_version(change, study_id)
