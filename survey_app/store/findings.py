"""Findings of a study with their sentences and the statements that these rest on."""

from sqlalchemy import Connection, select

from survey_app.store import schema
from survey_app.store.log import Gone, Row, rows


def findings(connection: Connection, study_id: str) -> list[Row]:
    """The findings of a study in their order."""
    table = schema.finding
    query = select(table).where(table.c.study_id == study_id)
    return rows(connection, query.order_by(table.c.position, table.c.created_at, table.c.id))


def sentences(connection: Connection, study_id: str) -> list[Row]:
    """The sentences of all findings of a study, those of one finding in their order."""
    table, finding = schema.finding_sentence, schema.finding
    query = select(table).join(finding, finding.c.id == table.c.finding_id).where(finding.c.study_id == study_id)
    return rows(connection, query.order_by(finding.c.position, table.c.position, table.c.id))


def sentence_of(connection: Connection, study_id: str, sentence_id: str) -> Row:
    """One sentence. Raises Gone, also for one of another study."""
    found = next((row for row in sentences(connection, study_id) if row["id"] == sentence_id), None)
    if found is None:
        raise Gone("finding_sentence", sentence_id)
    return found


def quotes(connection: Connection, study_id: str) -> list[Row]:
    """Which statements speak for and against which sentences of a study, in the order of texts and of talk."""
    table, part, finding = schema.finding_quote, schema.finding_sentence, schema.finding
    statement, source = schema.statement, schema.source
    query = (
        select(table)
        .join(part, part.c.id == table.c.finding_sentence_id)
        .join(finding, finding.c.id == part.c.finding_id)
        .join(statement, statement.c.id == table.c.statement_id)
        .join(source, source.c.id == statement.c.source_id)
        .where(finding.c.study_id == study_id)
        .order_by(source.c.position, source.c.key, statement.c.start)
    )
    return rows(connection, query)
