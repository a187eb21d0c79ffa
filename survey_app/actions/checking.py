"""Look through the store for anything that does not fit together; changes nothing."""

from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from survey_app.actions.rights import needs_admin
from survey_app.store import schema
from survey_app.store.codes import in_circles
from survey_app.store.dialect import is_sound
from survey_app.store.log import Store
from transcripts.messages import Message, counted, sentence


@needs_admin
def check_store(store: Store) -> list[Message]:
    """One sentence for each kind of damage and source: a broken file, misplaced rows, circles of codes."""
    found: list[Message] = []
    if not is_sound(store.engine):
        found.append(sentence("The database's file is damaged. Bring back the newest backup."))
    with store.reading() as connection:
        return found + problems_in(connection)


def problems_in(connection: Connection, study_id: str | None = None) -> list[Message]:
    """The same for the rows alone, of one study or of all."""
    source, turn, statement = schema.source, schema.turn, schema.statement
    found: list[Message] = []
    for table in (turn, statement, schema.coding):
        outside = or_(table.c.start < 0, table.c.end > func.length(source.c.text), table.c.start >= table.c.end)
        query = _by_source(study_id).join(table, table.c.source_id == source.c.id).where(outside)
        found += [_outside_text(table.name, key, count) for key, count in connection.execute(query)]
    homeless = (
        _by_source(study_id)
        .join(statement, statement.c.source_id == source.c.id)
        .join(turn, (turn.c.source_id == source.c.id) & (turn.c.index == statement.c.turn), isouter=True)
        .where(or_(turn.c.id.is_(None), statement.c.start < turn.c.start, statement.c.end > turn.c.end))
    )
    for key, count in connection.execute(homeless):
        found.append(
            counted(
                "{source}: {count} statement lies outside its turn.",
                "{source}: {count} statements lie outside their turns.", count, source=key,
            )
        )  # fmt: skip
    return found + _circles(connection, study_id)


def _circles(connection: Connection, study_id: str | None) -> list[Message]:
    code, study = schema.code, schema.study
    query = select(code.c.id, code.c.key, code.c.parent_id, study.c.slug).join(study, study.c.id == code.c.study_id)
    if study_id is not None:
        query = query.where(study.c.id == study_id)
    codes = {row.id: row for row in connection.execute(query.order_by(study.c.slug, code.c.position))}
    round_about = in_circles({row.id: row.parent_id for row in codes.values()})
    by_study: dict[str, list[str]] = {}
    for row in codes.values():
        if row.id in round_about:
            by_study.setdefault(row.slug, []).append(row.key)
    return [
        sentence(
            "{study}: the codes {codes} lie above one another in a circle. Bring back an older copy.",
            study=slug, codes=", ".join(keys),
        )
        for slug, keys in by_study.items()
    ]  # fmt: skip


def _by_source(study_id: str | None) -> Select[Any]:
    query = select(schema.source.c.key, func.count()).select_from(schema.source).group_by(schema.source.c.key)
    return query if study_id is None else query.where(schema.source.c.study_id == study_id)


def _outside_text(table: str, key: str, count: int) -> Message:
    if table == "turn":
        return counted(
            "{source}: {count} turn lies outside the text.", "{source}: {count} turns lie outside the text.",
            count, source=key,
        )  # fmt: skip
    if table == "statement":
        return counted(
            "{source}: {count} statement lies outside the text.",
            "{source}: {count} statements lie outside the text.", count, source=key,
        )  # fmt: skip
    return counted(
        "{source}: {count} coding lies outside the text.", "{source}: {count} codings lie outside the text.",
        count, source=key,
    )  # fmt: skip
