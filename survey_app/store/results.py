"""What the study has yielded: topic runs, decisions on quotes, releases."""

from sqlalchemy import Connection, select

from survey_app.store import schema
from survey_app.store.log import Row, rows


def last_topic_run(connection: Connection, study_id: str) -> Row | None:
    """The newest topic run with its result, or None."""
    table = schema.topic_run
    query = select(table).where(table.c.study_id == study_id).order_by(table.c.created_at.desc()).limit(1)
    found = rows(connection, query)
    return found[0] if found else None


def quote_decisions(connection: Connection, study_id: str) -> dict[str, Row]:
    """Decisions by statement id."""
    table, statement, source = schema.quote_decision, schema.statement, schema.source
    query = (
        select(table)
        .join(statement, statement.c.id == table.c.statement_id)
        .join(source, source.c.id == statement.c.source_id)
        .where(source.c.study_id == study_id)
    )
    return {row["statement_id"]: row for row in rows(connection, query)}


def releases(connection: Connection, study_id: str) -> list[Row]:
    """Releases, newest first."""
    table = schema.release
    query = select(table).where(table.c.study_id == study_id)
    return rows(connection, query.order_by(table.c.created_at.desc(), table.c.version.desc()))


def versions_of(connection: Connection, slug: str) -> list[Row]:
    """All releases under one public name, whichever study they came from, newest first."""
    table = schema.release
    return rows(connection, select(table).where(table.c.slug == slug).order_by(table.c.version.desc()))
