"""Recordings of sessions, read from the store and from its log."""

from sqlalchemy import Connection, select

from survey_app.store import schema
from survey_app.store.log import Row, rows


def recording_of(connection: Connection, source_id: str) -> Row | None:
    """The recording of a source, or None."""
    table = schema.recording
    found = rows(connection, select(table).where(table.c.source_id == source_id))
    return found[0] if found else None


def recording(connection: Connection, recording_id: str) -> Row | None:
    """One recording that is attached to a source now, or None."""
    table = schema.recording
    found = rows(connection, select(table).where(table.c.id == recording_id))
    return found[0] if found else None


def ever_kept(connection: Connection, study_id: str) -> list[str]:
    """Ids of all recordings that a study has or had: of those whose files lie in the data folder."""
    event, change, table, source = schema.event, schema.change, schema.recording, schema.source
    logged = (
        select(event.c.entity_id)
        .join(change, change.c.id == event.c.change_id)
        .where(change.c.study_id == study_id, event.c.entity == table.name)
    )
    present = select(table.c.id).join(source, source.c.id == table.c.source_id).where(source.c.study_id == study_id)
    return sorted({*connection.scalars(logged), *connection.scalars(present)})
