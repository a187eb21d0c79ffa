"""Comparisons that are opened, for tests of agreement."""

from survey_app.actions.studies import need_study
from survey_app.store import schema, sources

OPENED_AT = "2026-01-01T00:00:00+00:00"


def opened(store, slug="demo-en", keys=("S-A", "S-B", "S-C")):
    """The study, once the comparison of these texts is open; nothing has been assigned there."""
    study = need_study(store, slug)
    with store.reading() as connection:
        found = {row["key"]: row["id"] for row in sources.sources(connection, study["id"])}
    opening = schema.opening
    with store.writing() as connection:
        connection.execute(schema.assignment.delete())
    with store.change(study["id"], "A", "open_comparison") as change:
        query = opening.select().where(opening.c.source_id.in_(list(found.values())))
        change.delete(opening, [row.id for row in change.connection.execute(query)])
        change.insert(schema.opening, [{"source_id": found[key], "at": OPENED_AT, "person": "A"} for key in keys])
    return study


def source_id(store, study, key):
    with store.reading() as connection:
        return next(row["id"] for row in sources.sources(connection, study["id"]) if row["key"] == key)
