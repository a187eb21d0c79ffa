"""Experts: the cases of a study."""

from sqlalchemy import Connection, select

from survey_app.store import schema
from survey_app.store.former_names import former_names
from survey_app.store.log import Row, rows


def experts(connection: Connection, study_id: str) -> list[Row]:
    """The roster in its order, each with `group_key`; those who have withdrawn (`withdrawn_at`) among them."""
    table, group = schema.expert, schema.stakeholder_group
    query = (
        select(table, group.c.key.label("group_key"))
        .join(group, group.c.id == table.c.group_id, isouter=True)
        .where(table.c.study_id == study_id)
        .order_by(table.c.position, table.c.key)
    )
    return rows(connection, query)


def taking_part(connection: Connection, study_id: str) -> list[Row]:
    """The roster without experts who have withdrawn: whoever is counted."""
    return [row for row in experts(connection, study_id) if not row["withdrawn_at"]]


def names(connection: Connection, study_id: str) -> list[str]:
    """Every name that could betray a person: of the roster and of the screen, as they are and as they were."""
    found: set[str] = set()
    for expert in experts(connection, study_id):
        found.update([expert["name"], *expert["other_names"]])
    found.update(other_people(connection, study_id))
    query = select(schema.speaker.c.display_name).join(schema.source).where(schema.source.c.study_id == study_id)
    found.update(connection.scalars(query))
    found.update(*former_names(connection, study_id).values())
    return sorted(name for name in found if name)


def other_people(connection: Connection, study_id: str) -> dict[str, str]:
    """Names of the roster's people who are no experts, with their role: moderator, assistant, ..."""
    choices = connection.scalar(select(schema.study.c.choices).where(schema.study.c.id == study_id)) or {}
    return dict(choices.get("other_people", {}))
