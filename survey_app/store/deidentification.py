"""What could identify somebody in a study's texts, read from the store: the key, places, how far the reviews are."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from survey_app.store import schema
from survey_app.store.log import AT_ONCE, Row, rows
from transcripts.pseudonyms import GENERAL, KEPT, PSEUDONYM

LEVELS = (PSEUDONYM, GENERAL, KEPT)
"""What can be decided of a place."""
UNSURE = "unsure"
"""The own level of a place whose words were corrected: whatever was decided, somebody has to look."""


def pseudonyms(connection: Connection, study_id: str) -> list[Row]:
    """Every row of the key, also of what became one with another."""
    table = schema.pseudonym
    return rows(connection, select(table).where(table.c.study_id == study_id).order_by(table.c.kind, table.c.number))


def places(connection: Connection, study_id: str, source_ids: Sequence[str] | None = None) -> list[Row]:
    """Places in order, of the named sources or of all; each with `level` as it is decided and its pseudonym's
    `expert_id`, `number`, `label_en`, `label_ru` and `label_kind`."""
    table, source, key = schema.identifying, schema.source, schema.pseudonym
    query = (
        select(
            table, key.c.level, key.c.expert_id, key.c.number, key.c.label_en, key.c.label_ru,
            key.c.kind.label("label_kind"),
        )
        .join(key, key.c.id == table.c.pseudonym_id)
        .join(source, source.c.id == table.c.source_id)
        .where(source.c.study_id == study_id)
        .order_by(source.c.position, source.c.key, table.c.start)
    )  # fmt: skip
    if source_ids is None:
        found = rows(connection, query)
    else:
        found = []
        for first in range(0, len(source_ids), AT_ONCE):
            found += rows(connection, query.where(table.c.source_id.in_(source_ids[first : first + AT_ONCE])))
    for row in found:
        row["level"] = level_of(row["own_level"], row["level"])
    return found


def level_of(own_level: str, level: str) -> str:
    """What holds for a place: its own level, else that of its pseudonym; "" as long as nobody has decided."""
    return "" if own_level == UNSURE else own_level or level


def places_in(connection: Connection, source_id: str) -> list[Row]:
    """The rows of one text's places, in order."""
    table = schema.identifying
    return rows(connection, select(table).where(table.c.source_id == source_id).order_by(table.c.start))


def places_of(connection: Connection, pseudonym_ids: Sequence[str]) -> list[Row]:
    """The rows of every place that stands for one of these pseudonyms."""
    table = schema.identifying
    found = []
    for first in range(0, len(pseudonym_ids), AT_ONCE):
        some = pseudonym_ids[first : first + AT_ONCE]
        found += rows(connection, select(table).where(table.c.pseudonym_id.in_(some)))
    return found


def reviews(connection: Connection, study_id: str) -> dict[str, Row]:
    """How far the review of each text is that was looked through, by the id of its source."""
    table, source = schema.deidentification, schema.source
    query = select(table).join(source, source.c.id == table.c.source_id).where(source.c.study_id == study_id)
    return {row["source_id"]: row for row in rows(connection, query)}


def review_of(connection: Connection, source_id: str) -> Row | None:
    """How far the review of one text is; None: nobody has looked through it."""
    table = schema.deidentification
    found = rows(connection, select(table).where(table.c.source_id == source_id))
    return found[0] if found else None
