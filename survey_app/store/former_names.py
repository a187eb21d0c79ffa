"""Names that a study once knew, read from the log: of experts who were renamed or removed, and of texts taken out.

Whoever was told a name may still say it, and so it must not go out. What an undo has taken back was never so.
"""

from collections import defaultdict

from sqlalchemy import Connection, or_, select

from survey_app.store import schema
from survey_app.store.log import Row, rows

REMOVING = ("remove_expert", "take_out_source")
"""Verbs of changes by which experts or display names leave a study."""
NOBODY = ""


def former_names(connection: Connection, study_id: str) -> dict[str, set[str]]:
    """Former names by the id of the expert whose they were, `NOBODY` for those of anybody else.

    Names that somebody bears now are not among them.
    """
    borne = _borne(connection, study_id) | {""}
    found = names_once_borne(connection, study_id)
    return {key: names - borne for key, names in found.items() if names - borne}


def names_once_borne(connection: Connection, study_id: str) -> dict[str, set[str]]:
    """The same with names that somebody bears now, be it another, and with empty ones."""
    found = defaultdict[str, set[str]](set)
    for event in _events(connection, study_id):
        row = event["before"]
        if event["entity"] == schema.expert.name:
            found[row["id"]] |= {row.get("name") or "", *(row.get("other_names") or ())}
        elif event["entity"] == schema.speaker.name:
            found[row.get("expert_id") or NOBODY].add(row.get("display_name") or "")
        elif event["entity"] == schema.study.name:
            found[NOBODY] |= set((row.get("choices") or {}).get("other_people", {}))
    return dict(found)


def _events(connection: Connection, study_id: str) -> list[Row]:
    """What rows with names were before; only those rows that may have been are asked for, since a log is long."""
    change, event, expert = schema.change, schema.event, schema.expert
    query = (
        select(event.c.entity, event.c.before)
        .join(change, change.c.id == event.c.change_id)
        .where(change.c.study_id == study_id, change.c.kind != "undo", change.c.undone.is_(False))
    )
    ids = [study_id, *connection.scalars(select(expert.c.id).where(expert.c.study_id == study_id))]
    removing = select(change.c.id).where(change.c.study_id == study_id, change.c.verb.in_(REMOVING))
    query = query.where(or_(event.c.entity_id.in_(ids), event.c.change_id.in_(removing)))
    return [row for row in rows(connection, query) if row["before"]]


def _borne(connection: Connection, study_id: str) -> set[str]:
    """Names of the roster as it is."""
    expert = schema.expert
    query = select(expert.c.name, expert.c.other_names).where(expert.c.study_id == study_id)
    choices = connection.scalar(select(schema.study.c.choices).where(schema.study.c.id == study_id)) or {}
    return {name for first, others in connection.execute(query) for name in (first, *others)} | set(
        choices.get("other_people", {})
    )
