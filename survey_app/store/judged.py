"""What coders have judged in some sources: who looked at what, values of statements, and how it came about.

Everything here is of all coders: whoever asks names the sources at which these may be seen.
"""

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from survey_app.store import schema
from survey_app.store.log import Row, rows


def looks(connection: Connection, source_ids: Collection[str]) -> list[Row]:
    """Who has looked at what: rows of {statement_id, source_id, coder_id: the coder's key}."""
    review, statement, coder = schema.review, schema.statement, schema.coder
    query = (
        select(review.c.statement_id, statement.c.source_id, coder.c.key.label("coder_id"))
        .join(statement, statement.c.id == review.c.statement_id)
        .join(coder, coder.c.id == review.c.coder_id)
        .where(statement.c.source_id.in_(list(source_ids)))
    )
    return rows(connection, query)


def values(connection: Connection, source_ids: Collection[str]) -> list[Row]:
    """Values of statements: rows of {statement_id, source_id, coder_id: the coder's key, attribute, value}."""
    value, statement, coder = schema.statement_value, schema.statement, schema.coder
    query = (
        select(
            value.c.statement_id, statement.c.source_id, coder.c.key.label("coder_id"), value.c.attribute,
            value.c.value,
        )
        .join(statement, statement.c.id == value.c.statement_id)
        .join(coder, coder.c.id == value.c.coder_id)
        .where(statement.c.source_id.in_(list(source_ids)))
        .order_by(value.c.attribute, coder.c.key)
    )  # fmt: skip
    return rows(connection, query)


def changed_after_opening(
    connection: Connection, source_ids: Collection[str], besides: Collection[str] = ()
) -> dict[str, int]:
    """By coder's key: how often their own codings were added, changed or removed since the comparison of the source
    was opened for the first time, whether it was closed again or not; `besides` changes by these verbs."""
    event, change, coder = schema.event, schema.change, schema.coder
    here = event.c.source_id.in_(list(source_ids))
    first = (
        select(event.c.source_id, func.min(event.c.change_id).label("number"))
        .where(here, event.c.entity == "opening")
        .group_by(event.c.source_id)
        .subquery()
    )
    whose, layer = (func.coalesce(event.c.after[name].as_string(), event.c.before[name].as_string())
                    for name in ("coder_id", "layer"))  # fmt: skip
    query = (
        select(coder.c.key, func.count())
        .select_from(event)
        .join(first, (first.c.source_id == event.c.source_id) & (event.c.change_id > first.c.number))
        .join(change, change.c.id == event.c.change_id)
        .join(coder, coder.c.id == whose)
        .where(here, event.c.entity == "coding", layer == "coder", change.c.verb.not_in(list(besides)))
        .group_by(coder.c.key)
    )
    return {key: int(count) for key, count in connection.execute(query)}


def drawn(connection: Connection, study_id: str, source_ids: Collection[str]) -> list[Row]:
    """Samples that somebody was given at these sources, oldest first, each with `statements`: how many it has there."""
    sample, sampled, statement, given = schema.sample, schema.sampled, schema.statement, schema.assignment
    query = (
        select(sample, func.count(sampled.c.id).label("statements"))
        .join(sampled, sampled.c.sample_id == sample.c.id)
        .join(statement, statement.c.id == sampled.c.statement_id)
        .where(sample.c.study_id == study_id, statement.c.source_id.in_(list(source_ids)))
        .where(sample.c.id.in_(select(given.c.sample_id).where(given.c.source_id.in_(list(source_ids)))))
        .group_by(sample.c.id)
        .order_by(sample.c.created_at, sample.c.name)
    )
    return rows(connection, query)
