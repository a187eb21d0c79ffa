"""Studies, their stakeholder groups, segmentations and coders, read from the store."""

from sqlalchemy import Connection, delete, func, select

from survey_app.store import schema
from survey_app.store.log import Row, rows


def all_studies(connection: Connection, *, archived: bool = False) -> list[Row]:
    """Studies, newest first; archived ones only when asked for."""
    query = select(schema.study).order_by(schema.study.c.created_at.desc(), schema.study.c.slug)
    found = rows(connection, query)
    return [row for row in found if bool(row["archived_at"]) == archived]


def by_slug(connection: Connection, slug: str) -> Row | None:
    """The study of that name in addresses and on the command line, or None."""
    found = rows(connection, select(schema.study).where(schema.study.c.slug == slug))
    return found[0] if found else None


def slugs(connection: Connection) -> set[str]:
    """All names taken."""
    return set(connection.scalars(select(schema.study.c.slug)))


def groups(connection: Connection, study_id: str) -> list[Row]:
    """Stakeholder groups in order."""
    table = schema.stakeholder_group
    return rows(connection, select(table).where(table.c.study_id == study_id).order_by(table.c.position))


def segmentations(connection: Connection, study_id: str) -> list[Row]:
    """Ready-made and own ways to merge groups, beside the groups themselves."""
    table = schema.segmentation
    return rows(connection, select(table).where(table.c.study_id == study_id).order_by(table.c.key))


def coders(connection: Connection, study_id: str) -> list[Row]:
    """Who codes here, by key."""
    table = schema.coder
    return rows(connection, select(table).where(table.c.study_id == study_id).order_by(table.c.key))


def sizes(connection: Connection, study_id: str) -> dict[str, int]:
    """How much of everything the study holds: what its home shows."""
    source, statement, coding = schema.source, schema.statement, schema.coding
    of_study = source.c.study_id == study_id

    def number(query: object) -> int:
        return int(connection.scalar(query) or 0)  # type: ignore[call-overload]

    def count(table: object, *conditions: object) -> int:
        return number(select(func.count()).select_from(table).where(*conditions))  # type: ignore[arg-type]

    in_study = source.join(statement)
    speakers = source.join(schema.speaker)
    return {
        "sessions": count(source, of_study, source.c.kind == "session"),
        "chats": count(source, of_study, source.c.kind == "chat"),
        "answer_sources": count(source, of_study, source.c.kind == "answer"),
        "experts": count(schema.expert, schema.expert.c.study_id == study_id, schema.expert.c.withdrawn_at == ""),
        "statements": count(in_study, of_study, source.c.kind == "session"),
        "speakers_unconfirmed": count(
            speakers, of_study, source.c.kind == "session", schema.speaker.c.confirmed.is_(False)
        ),
        "speakers": count(speakers, of_study, source.c.kind == "session"),
        "sessions_aligned": number(
            select(func.count(func.distinct(schema.section.c.source_id)))
            .select_from(source.join(schema.section))
            .where(of_study, source.c.kind == "session")
        ),
        "documents": count(source, of_study, source.c.kind == "document"),
        "items": count(schema.item, schema.item.c.study_id == study_id),
        "responses": count(schema.response, schema.response.c.study_id == study_id),
        "codes": count(schema.code, schema.code.c.study_id == study_id, schema.code.c.archived.is_(False)),
        "codings": count(source.join(coding), of_study),
        "topic_runs": count(schema.topic_run, schema.topic_run.c.study_id == study_id),
        "reviews_finished": count(
            source.join(schema.deidentification), of_study, schema.deidentification.c.finished_at != ""
        ),
        "quotes_released": count(
            in_study.join(schema.quote_decision), of_study, schema.quote_decision.c.decision == "released"
        ),
        "releases": count(schema.release, schema.release.c.study_id == study_id),
    }


def coding_counts(connection: Connection, study_id: str) -> list[Row]:
    """How many codings each coder and the adjudicated layer have in each source: rows of {source_id, coder_key, layer,
    count}."""
    coding, coder, source = schema.coding, schema.coder, schema.source
    query = (
        select(coding.c.source_id, coder.c.key.label("coder_key"), coding.c.layer, func.count().label("count"))
        .join(coder, coder.c.id == coding.c.coder_id)
        .join(source, source.c.id == coding.c.source_id)
        .where(source.c.study_id == study_id)
        .group_by(coding.c.source_id, coder.c.key, coding.c.layer)
    )
    return rows(connection, query)


def erase(connection: Connection, study_id: str) -> None:
    """Delete a study with everything in it, its log included. Nothing brings it back.

    What refers without cascading goes first, so that no row is left pointing at what is gone.
    """
    source, expert = schema.source, schema.expert
    of_study = select(source.c.id).where(source.c.study_id == study_id)
    for table in (schema.coding, schema.speaker):
        connection.execute(delete(table).where(table.c.source_id.in_(of_study)))
    connection.execute(delete(source).where(source.c.study_id == study_id))
    connection.execute(delete(schema.pseudonym).where(schema.pseudonym.c.study_id == study_id))
    experts = select(expert.c.id).where(expert.c.study_id == study_id)
    connection.execute(delete(schema.response).where(schema.response.c.expert_id.in_(experts)))
    connection.execute(delete(schema.item).where(schema.item.c.study_id == study_id))
    connection.execute(delete(expert).where(expert.c.study_id == study_id))
    connection.execute(delete(schema.code).where(schema.code.c.study_id == study_id))
    connection.execute(delete(schema.study).where(schema.study.c.id == study_id))
