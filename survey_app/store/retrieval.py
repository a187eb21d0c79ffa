"""What one coder keeps for finding and summing up: values of statements, saved queries, summaries."""

from sqlalchemy import Connection, func, select

from survey_app.store import schema
from survey_app.store.log import Row, rows


def values_of(connection: Connection, study_id: str, coder_id: str) -> list[Row]:
    """What one coder says of statements besides their codes: statement_id, attribute, value. Nobody else's."""
    value, statement, source = schema.statement_value, schema.statement, schema.source
    query = (
        select(value.c.statement_id, value.c.attribute, value.c.value)
        .select_from(value)
        .join(statement, statement.c.id == value.c.statement_id)
        .join(source, source.c.id == statement.c.source_id)
        .where(source.c.study_id == study_id, value.c.coder_id == coder_id)
    )
    return rows(connection, query)


def days_of(connection: Connection, study_id: str) -> dict[str, str]:
    """The day of every source: its own, else its meeting's, else ""."""
    source, meeting = schema.source, schema.meeting
    day = func.coalesce(func.nullif(source.c.date, ""), meeting.c.date, "")
    query = (
        select(source.c.id, day)
        .join(meeting, meeting.c.id == source.c.meeting_id, isouter=True)
        .where(source.c.study_id == study_id)
    )
    return {source_id: str(date) for source_id, date in connection.execute(query)}


def merged_codes(connection: Connection, study_id: str) -> dict[str, str]:
    """For the key of each code that was merged away the key of the code that its codings went to in the end."""
    table = schema.code
    query = select(table.c.id, table.c.key, table.c.merged_into_id).where(table.c.study_id == study_id)
    found = {row["id"]: row for row in rows(connection, query)}
    merged = {}
    for row in found.values():
        seen, at = {row["id"]}, row
        while at["merged_into_id"] in found and at["merged_into_id"] not in seen:
            at = found[at["merged_into_id"]]
            seen.add(at["id"])
        if at is not row:
            merged[row["key"]] = at["key"]
    return merged


def saved_queries(connection: Connection, study_id: str, coder_id: str) -> list[Row]:
    """A coder's own saved queries, by name."""
    table = schema.saved_query
    query = select(table).where(table.c.study_id == study_id, table.c.coder_id == coder_id)
    return rows(connection, query.order_by(table.c.name))


def summaries(connection: Connection, study_id: str, coder_id: str) -> list[Row]:
    """A coder's own cells of the framework matrix, each with the expert's key as `expert_key`."""
    table, expert = schema.summary, schema.expert
    query = (
        select(table, expert.c.key.label("expert_key"))
        .join(expert, expert.c.id == table.c.expert_id)
        .where(table.c.study_id == study_id, table.c.coder_id == coder_id)
    )
    return rows(connection, query)


def statements_of(connection: Connection, study_id: str, expert_id: str) -> set[str]:
    """The ids of everything that an expert said, wrote or answered."""
    source, statement, turn, speaker = schema.source, schema.statement, schema.turn, schema.speaker
    query = (
        select(statement.c.id)
        .join(source, source.c.id == statement.c.source_id)
        .join(turn, (turn.c.source_id == statement.c.source_id) & (turn.c.index == statement.c.turn))
        .join(speaker, (speaker.c.source_id == turn.c.source_id) & (speaker.c.display_name == turn.c.speaker))
        .where(source.c.study_id == study_id, speaker.c.expert_id == expert_id, speaker.c.role == "expert")
    )
    return set(connection.scalars(query))


def expert_of(connection: Connection, statement: Row) -> str | None:
    """The id of the expert who said a statement, or None."""
    turn, speaker = schema.turn, schema.speaker
    query = (
        select(speaker.c.expert_id)
        .join(turn, (turn.c.source_id == speaker.c.source_id) & (turn.c.speaker == speaker.c.display_name))
        .where(
            turn.c.source_id == statement["source_id"], turn.c.index == statement["turn"], speaker.c.role == "expert"
        )
    )
    found: str | None = connection.scalar(query)
    return found
