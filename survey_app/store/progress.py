"""How far each coder is in each source."""

from sqlalchemy import ColumnElement, Connection, func, or_, select

from survey_app.store import schema
from survey_app.store.log import Row, rows

NOT_CODED = ("moderator", "assistant", "interpreter", "observer")
"""Roles whose words are never coded and never counted."""


def progress(connection: Connection, study_id: str) -> list[Row]:
    """For each source of a study and each coder: how many of its `total` statements they have `looked` at.

    Rows of {source_id, coder_id, looked, total}; words of a moderator and folded turns have no statements to code.
    Whoever was given a sample of a source has its statements alone to code there.
    """
    statement, turn, speaker = schema.statement, schema.turn, schema.speaker
    given, sampled = schema.assignment, schema.sampled
    source, coder, review = schema.source, schema.coder, schema.review
    joined = (
        statement.join(source, source.c.id == statement.c.source_id)
        .join(turn, (turn.c.source_id == statement.c.source_id) & (turn.c.index == statement.c.turn))
        .outerjoin(speaker, (speaker.c.source_id == statement.c.source_id) & (speaker.c.display_name == turn.c.speaker))
        .join(coder, coder.c.study_id == source.c.study_id)
        .outerjoin(review, (review.c.statement_id == statement.c.id) & (review.c.coder_id == coder.c.id))
        .outerjoin(given, (given.c.source_id == statement.c.source_id) & (given.c.coder_id == coder.c.id))
        .outerjoin(sampled, (sampled.c.sample_id == given.c.sample_id) & (sampled.c.statement_id == statement.c.id))
    )
    query = (
        select(
            statement.c.source_id, coder.c.id.label("coder_id"), func.count(review.c.id).label("looked"),
            func.count(statement.c.id).label("total"),
        )
        .select_from(joined)
        .where(*_to_code(study_id))
        .where(or_(given.c.sample_id.is_(None), sampled.c.id.is_not(None)))
        .group_by(statement.c.source_id, coder.c.id)
    )  # fmt: skip
    return rows(connection, query)


def codable(connection: Connection, study_id: str) -> set[str]:
    """Ids of the statements that there are to code: nobody's who only asks, and none of a folded turn."""
    statement, turn, speaker, source = schema.statement, schema.turn, schema.speaker, schema.source
    joined = (
        statement.join(source, source.c.id == statement.c.source_id)
        .join(turn, (turn.c.source_id == statement.c.source_id) & (turn.c.index == statement.c.turn))
        .outerjoin(speaker, (speaker.c.source_id == statement.c.source_id) & (speaker.c.display_name == turn.c.speaker))
    )
    return set(connection.scalars(select(statement.c.id).select_from(joined).where(*_to_code(study_id))))


def worked_at(connection: Connection, study_id: str) -> set[tuple[str, str]]:
    """(source_id, coder_id) where a coder has left anything: a look, a mark, a coding."""
    statement, source, coding = schema.statement, schema.source, schema.coding
    queries = [
        select(coding.c.source_id, coding.c.coder_id)
        .join(source, source.c.id == coding.c.source_id)
        .where(coding.c.layer == "coder"),
        *(
            select(statement.c.source_id, mark.c.coder_id)
            .join(statement, statement.c.id == mark.c.statement_id)
            .join(source, source.c.id == statement.c.source_id)
            for mark in (schema.review, schema.flag, schema.statement_value)
        ),
    ]
    return {
        (source_id, coder_id)
        for query in queries
        for source_id, coder_id in connection.execute(query.where(source.c.study_id == study_id).distinct())
    }


def _to_code(study_id: str) -> list[ColumnElement[bool]]:
    return [
        schema.source.c.study_id == study_id,
        schema.turn.c.folded.is_(False),
        or_(schema.speaker.c.role.is_(None), schema.speaker.c.role.not_in(NOT_CODED)),
    ]
