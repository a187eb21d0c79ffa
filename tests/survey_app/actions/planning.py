"""Names of the demo's texts and coders as ids, and a coder's look at statements, for tests of the plan of coding."""

from types import SimpleNamespace

from survey_app.store import schema, sources, studies
from survey_app.store.progress import codable


def ids_of(store, study):
    """Ids of sources and coders by their keys."""
    with store.reading() as connection:
        return SimpleNamespace(
            source={row["key"]: row["id"] for row in sources.sources(connection, study["id"])},
            coder={row["key"]: row["id"] for row in studies.coders(connection, study["id"])},
        )


def looks_at_all(store, study, coder_id, source_id):
    """Let a coder have looked at whatever there is to code in a text."""
    with store.change(study["id"], "", "look") as change:
        there = [row["id"] for row in sources.statements(change.connection, source_id)]
        seen = {
            row.statement_id
            for row in change.connection.execute(schema.review.select().where(schema.review.c.coder_id == coder_id))
        }
        new = [one for one in there if one in codable(change.connection, study["id"]) and one not in seen]
        change.insert(schema.review, [{"statement_id": one, "coder_id": coder_id} for one in new])
    return len(new)


def forgets(store, coder_id, source_id):
    """Take away everything that a coder has left at a text."""
    with store.writing() as connection:
        statements = [row["id"] for row in sources.statements(connection, source_id)]
        for table in (schema.review, schema.flag, schema.statement_value):
            connection.execute(table.delete().where(table.c.coder_id == coder_id, table.c.statement_id.in_(statements)))
        coding = schema.coding
        connection.execute(
            coding.delete().where(
                coding.c.coder_id == coder_id, coding.c.source_id == source_id, coding.c.layer == "coder"
            )
        )
