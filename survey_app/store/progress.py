"""How far each coder is in each source."""

from sqlalchemy import Connection, func, or_, select

from survey_app.store import schema
from survey_app.store.log import Row, rows

NOT_CODED = ("moderator", "assistant", "interpreter", "observer")
"""Roles whose words are never coded and never counted."""


def progress(connection: Connection, study_id: str) -> list[Row]:
    """For each source of a study and each coder: how many of its `total` statements they have `looked` at.

    Rows of {source_id, coder_id, looked, total}; words of a moderator and folded turns have no statements to code.
    """
    statement, turn, speaker = schema.statement, schema.turn, schema.speaker
    source, coder, review = schema.source, schema.coder, schema.review
    joined = (
        statement.join(source, source.c.id == statement.c.source_id)
        .join(turn, (turn.c.source_id == statement.c.source_id) & (turn.c.index == statement.c.turn))
        .outerjoin(speaker, (speaker.c.source_id == statement.c.source_id) & (speaker.c.display_name == turn.c.speaker))
        .join(coder, coder.c.study_id == source.c.study_id)
        .outerjoin(review, (review.c.statement_id == statement.c.id) & (review.c.coder_id == coder.c.id))
    )
    query = (
        select(
            statement.c.source_id, coder.c.id.label("coder_id"), func.count(review.c.id).label("looked"),
            func.count(statement.c.id).label("total"),
        )
        .select_from(joined)
        .where(source.c.study_id == study_id, turn.c.folded.is_(False))
        .where(or_(speaker.c.role.is_(None), speaker.c.role.not_in(NOT_CODED)))
        .group_by(statement.c.source_id, coder.c.id)
    )  # fmt: skip
    return rows(connection, query)
