"""Sources with their turns, statements and speakers, read from the store."""

from sqlalchemy import Column, ColumnElement, Connection, func, or_, select

from survey_app.store import schema
from survey_app.store.log import Row, fetch, rows


def source(connection: Connection, source_id: str) -> Row:
    """One source with its text. Raises KeyError."""
    return fetch(connection, schema.source, source_id)


def sources(connection: Connection, study_id: str, *kinds: str) -> list[Row]:
    """The study's sources without their text, with the number of speakers, turns and statements."""
    table, turn, statement, speaker = schema.source, schema.turn, schema.statement, schema.speaker
    turns = select(func.count()).where(turn.c.source_id == table.c.id).scalar_subquery()
    statements = select(func.count()).where(statement.c.source_id == table.c.id).scalar_subquery()
    speakers = select(func.count()).where(speaker.c.source_id == table.c.id).scalar_subquery()
    columns = [column for column in table.c if column.name != "text"]
    query = (
        select(*columns, turns.label("turns"), statements.label("statements"), speakers.label("speakers"))
        .where(table.c.study_id == study_id)
        .order_by(table.c.position, table.c.key)
    )
    return rows(connection, query.where(table.c.kind.in_(kinds)) if kinds else query)


def turns(connection: Connection, source_id: str) -> list[Row]:
    """Turns in order."""
    table = schema.turn
    return rows(connection, select(table).where(table.c.source_id == source_id).order_by(table.c.index))


def statements(connection: Connection, source_id: str) -> list[Row]:
    """Statements in order."""
    table = schema.statement
    return rows(connection, select(table).where(table.c.source_id == source_id).order_by(table.c.start))


def speakers(connection: Connection, study_id: str, *kinds: str) -> list[Row]:
    """Display names as they stand in each source, with the number of turns said under each."""
    table, source, turn = schema.speaker, schema.source, schema.turn
    said = (
        select(func.count())
        .where(turn.c.source_id == table.c.source_id, turn.c.speaker == table.c.display_name)
        .scalar_subquery()
    )
    query = (
        select(table, source.c.key.label("source_key"), source.c.title.label("source_title"), said.label("turns"))
        .join(source, source.c.id == table.c.source_id)
        .where(source.c.study_id == study_id)
        .order_by(source.c.position, source.c.key, table.c.display_name)
    )
    return rows(connection, query.where(source.c.kind.in_(kinds)) if kinds else query)


def by_sha256(connection: Connection, study_id: str, sha256: str) -> Row | None:
    """The source that was made from a file with this content, now or in an earlier revision, or None.

    An interview out of a file of several (`<sha256>#<number>`) is also known by the file as a whole, and the other
    way round.
    """
    table, revision = schema.source, schema.revision
    whole = sha256.partition("#")[0]
    parts = [sha256, whole] if "#" in sha256 else None

    def same(column: Column[str]) -> ColumnElement[bool]:
        return column.in_(parts) if parts else or_(column == whole, column.startswith(f"{whole}#", autoescape=True))

    before = select(revision.c.source_id).where(same(revision.c.sha256))
    query = select(table).where(table.c.study_id == study_id, or_(same(table.c.sha256), table.c.id.in_(before)))
    found = rows(connection, query.order_by(table.c.position))
    return found[0] if found else None
