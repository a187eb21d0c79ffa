"""Samples of a study: statements drawn by chance, to be coded by two or more."""

from sqlalchemy import Connection, func, select

from survey_app.store import schema
from survey_app.store.log import Row, rows


def samples(connection: Connection, study_id: str) -> list[Row]:
    """Samples of a study with `size`, the number of their statements; oldest first."""
    table, sampled = schema.sample, schema.sampled
    query = (
        select(table, func.count(sampled.c.id).label("size"))
        .outerjoin(sampled, sampled.c.sample_id == table.c.id)
        .where(table.c.study_id == study_id)
        .group_by(table.c.id)
        .order_by(table.c.created_at, table.c.name)
    )
    return rows(connection, query)


def statements_of(connection: Connection, sample_id: str, source_id: str | None = None) -> set[str]:
    """Ids of a sample's statements, in one source or in all."""
    sampled, statement = schema.sampled, schema.statement
    query = select(sampled.c.statement_id).where(sampled.c.sample_id == sample_id)
    if source_id is not None:
        query = query.join(statement, statement.c.id == sampled.c.statement_id)
        query = query.where(statement.c.source_id == source_id)
    return set(connection.scalars(query))


def sources_of(connection: Connection, sample_id: str) -> list[str]:
    """Ids of the sources with statements of a sample."""
    sampled, statement = schema.sampled, schema.statement
    query = select(statement.c.source_id).join(sampled, statement.c.id == sampled.c.statement_id).distinct()
    return sorted(connection.scalars(query.where(sampled.c.sample_id == sample_id)))


def row_ids(connection: Connection, sample_id: str) -> list[str]:
    """Ids of the rows that say which statements are in a sample."""
    sampled = schema.sampled
    return list(connection.scalars(select(sampled.c.id).where(sampled.c.sample_id == sample_id)))
