"""The questionnaires of a study with their items and who answered them, read from the store."""

from sqlalchemy import Connection, select

from survey_app.store import schema
from survey_app.store.log import Row, rows


def instruments(connection: Connection, study_id: str) -> list[Row]:
    """The questionnaires in their order."""
    table = schema.instrument
    return rows(connection, select(table).where(table.c.study_id == study_id).order_by(table.c.position, table.c.key))


def instrument(connection: Connection, study_id: str, key: str) -> Row | None:
    """The questionnaire of that key, or None."""
    table = schema.instrument
    found = rows(connection, select(table).where(table.c.study_id == study_id, table.c.key == key))
    return found[0] if found else None


def items(connection: Connection, study_id: str, instrument_id: str | None = None) -> list[Row]:
    """Items in their order, of one questionnaire or of all."""
    table = schema.item
    query = select(table).where(table.c.study_id == study_id).order_by(table.c.position, table.c.key)
    return rows(connection, query if instrument_id is None else query.where(table.c.instrument_id == instrument_id))


def response_heads(connection: Connection, study_id: str) -> list[Row]:
    """Who answered which questionnaire, and when, in the roster's order; the answers themselves are left out."""
    table, expert = schema.response, schema.expert
    columns = [column for column in table.c if column.name != "answers"]
    query = (
        select(*columns, expert.c.key.label("expert_key"))
        .join(expert, expert.c.id == table.c.expert_id)
        .where(table.c.study_id == study_id)
        .order_by(expert.c.position, expert.c.key)
    )
    return rows(connection, query)


def open_sources(connection: Connection, study_id: str, item_keys: list[str]) -> dict[str, Row]:
    """The texts that hold the answers to open items, without their words, by the item's key."""
    table = schema.source
    columns = [column for column in table.c if column.name != "text"]
    found = rows(connection, select(*columns).where(table.c.study_id == study_id, table.c.kind == "answer"))
    by_key = {row["key"]: row for row in found}
    return {key: by_key[source_key(key)] for key in item_keys if source_key(key) in by_key}


def source_key(item_key: str) -> str:
    """The key of the text that holds the answers to an open item."""
    return f"Q-{item_key}"
