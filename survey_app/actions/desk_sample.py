"""A coder who was given a sample codes its statements alone: the rest of the text is there to be read."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from survey_app.actions.desk_codings import place_of
from survey_app.actions.desk_operations import Operation
from survey_app.actions.desk_paper import CodingRefused, Desk
from survey_app.actions.may_code import sampled_statements
from survey_app.store import schema
from transcripts.messages import sentence


def need_sampled(connection: Connection, desk: Desk, operation: Operation, sampled: Collection[str]) -> None:
    """Raise CodingRefused where an operation would code words, or say a value, outside the sample."""
    outside = sentence("Only the statements of your sample are coded here; this one is there to be read.")
    if operation.do == "value" and operation.about not in sampled:
        raise CodingRefused(outside)
    if operation.do not in {"add", "resize"}:
        return
    place, statement = place_of(connection, desk, operation), schema.statement
    touched = set(
        connection.scalars(
            select(statement.c.id).where(
                statement.c.source_id == desk.source_id, statement.c.start < place.end, statement.c.end > place.start
            )
        )
    )
    if not touched & set(sampled):
        raise CodingRefused(outside)
    if not touched <= set(sampled):
        raise CodingRefused(
            sentence("These words reach beyond the statements of your sample. Nothing was coded; choose fewer of them.")
        )


def of_the_sample(connection: Connection, desk: Desk) -> set[str]:
    """Ids of the statements of the text that the coder may be said to have looked at."""
    sampled = sampled_statements(connection, desk.study_id, desk.source_id, desk.coder_id)
    if sampled is not None:
        return sampled
    statement = schema.statement
    return set(connection.scalars(select(statement.c.id).where(statement.c.source_id == desk.source_id)))
