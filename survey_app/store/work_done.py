"""How much work a study has seen: counts for the note on how it was done."""

from sqlalchemy import Connection, func, select

from survey_app.store import schema


def counts(connection: Connection, study_id: str) -> dict[str, int]:
    """`memos`, `findings`, `recordings`, `settled` statements and sessions whose words were `corrected`."""
    source, recording, statement, decision = schema.source, schema.recording, schema.statement, schema.decision
    of_study = source.c.study_id == study_id
    queries = {
        name: select(func.count()).select_from(table).where(table.c.study_id == study_id)
        for name, table in (("memos", schema.memo), ("findings", schema.finding))
    } | {
        "recordings": select(func.count()).select_from(source.join(recording)).where(of_study),
        "settled": select(func.count()).select_from(source.join(statement).join(decision)).where(of_study),
        "corrected": select(func.count()).where(of_study, source.c.kind == "session", source.c.revision > 0),
    }
    return {name: int(connection.scalar(query) or 0) for name, query in queries.items()}


def codes_after_texts(connection: Connection, study_id: str) -> int:
    """How many of the codes in use were made after the first session was brought in; the log knows."""
    change, event, code, source = schema.change, schema.event, schema.code, schema.source
    first = connection.scalar(
        select(func.min(source.c.created_at)).where(source.c.study_id == study_id, source.c.kind == "session")
    )
    if not first:
        return 0
    made = (
        select(func.min(change.c.at))
        .join(event, event.c.change_id == change.c.id)
        .where(event.c.entity == "code", event.c.entity_id == code.c.id)
        .scalar_subquery()
    )
    query = select(func.count()).where(code.c.study_id == study_id, code.c.archived.is_(False), made > first)
    return int(connection.scalar(query) or 0)
