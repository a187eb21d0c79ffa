"""Meetings of a study and who was there, read from the store."""

from sqlalchemy import Connection, select

from survey_app.store import schema
from survey_app.store.log import Row, rows


def meetings(connection: Connection, study_id: str) -> list[Row]:
    """By day, those without one last; within a day by title."""
    table = schema.meeting
    found = rows(connection, select(table).where(table.c.study_id == study_id))
    return sorted(found, key=lambda row: (not row["date"], row["date"], row["title"], row["key"]))


def participants(connection: Connection, study_id: str) -> list[Row]:
    """Everybody whom a list of those present names, in the order of the lists; one who came twice has two rows."""
    table, meeting = schema.participant, schema.meeting
    query = select(table).join(meeting, meeting.c.id == table.c.meeting_id).where(meeting.c.study_id == study_id)
    return rows(connection, query.order_by(table.c.meeting_id, table.c.joined, table.c.display_name))
