"""What the study has yielded: topic runs, decisions on quotes, releases."""

from sqlalchemy import Connection, func, select

from survey_app.store import schema
from survey_app.store.log import Row, fetch, rows


def last_topic_run(connection: Connection, study_id: str) -> Row | None:
    """The newest topic run with its result, or None."""
    table = schema.topic_run
    query = select(table).where(table.c.study_id == study_id)
    found = rows(connection, query.order_by(table.c.created_at.desc(), table.c.id.desc()).limit(1))
    return found[0] if found else None


def topic_runs(connection: Connection, study_id: str) -> list[Row]:
    """All topic runs, newest first, without their results but with the number of `topics` that each shows, as a person
    has arranged them."""
    table = schema.topic_run
    columns = (each for each in table.c if each is not table.c.result)
    topics = func.json_array_length(table.c.result["topics"]).label("topics")
    query = select(*columns, topics).where(table.c.study_id == study_id)
    found = rows(connection, query.order_by(table.c.created_at.desc(), table.c.id.desc()))
    by_hand = _arranged_topics(connection, study_id)
    return [row | {"topics": by_hand.get(row["id"], row["topics"])} for row in found]


def _arranged_topics(connection: Connection, study_id: str) -> dict[str, int]:
    """How many topics each run has that a person has arranged."""
    run, arranged = schema.topic_run, schema.topic_arrangement
    found = {}
    for row in rows(connection, select(arranged).where(arranged.c.study_id == study_id)):
        at_level = func.json_array_length(run.c.result[("levels", row["level"], "topics")])
        counted = select(at_level).where(run.c.id == row["topic_run_id"])
        count = len(row["groups"]) or connection.scalar(counted)
        if count:  # none: a run of an earlier version, without levels
            found[row["topic_run_id"]] = count
    return found


def guided_runs(connection: Connection, study_id: str) -> list[Row]:
    """`id` and `guided_by` of the topic runs that grew around codes; None where an earlier version has not kept it."""
    table = schema.topic_run
    guided = table.c.result[("record", "guided")].as_boolean()
    query = select(table.c.id, table.c.result["guided_by"].label("guided_by"))
    return rows(connection, query.where(table.c.study_id == study_id, guided))


def topic_run(connection: Connection, study_id: str, run_id: str) -> Row:
    """One topic run with its result. Raises Gone."""
    return fetch(connection, schema.topic_run, run_id, study_id)


def arrangement(connection: Connection, run_id: str) -> Row | None:
    """How a person has arranged the topics of a run, or None."""
    table = schema.topic_arrangement
    found = rows(connection, select(table).where(table.c.topic_run_id == run_id))
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


def released_cells(connection: Connection, study_id: str) -> list[Row]:
    """Cells of all n experts of a segment that were released by hand."""
    table = schema.released_cell
    return rows(connection, select(table).where(table.c.study_id == study_id))


def releases(connection: Connection, study_id: str) -> list[Row]:
    """Releases, newest first."""
    table = schema.release
    query = select(table).where(table.c.study_id == study_id)
    return rows(connection, query.order_by(table.c.created_at.desc(), table.c.version.desc()))


def versions_of(connection: Connection, slug: str) -> list[Row]:
    """All releases under one public name, whichever study they came from, newest first."""
    table = schema.release
    return rows(connection, select(table).where(table.c.slug == slug).order_by(table.c.version.desc()))


def handed_out(connection: Connection, study_id: str) -> list[Row]:
    """What readers may have besides releases, newest first, without what nobody can read any more."""
    table = schema.handed_out
    query = select(table).where(table.c.study_id == study_id, table.c.over_at == "")
    return rows(connection, query.order_by(table.c.at.desc(), table.c.id.desc()))
