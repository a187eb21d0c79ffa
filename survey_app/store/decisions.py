"""Who has looked at which statements, and what was decided of them."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from survey_app.store import schema
from survey_app.store.log import Row, rows
from survey_app.store.sight import ADJUDICATED

AGREED, DECIDED = "agreed", "decided"
"""How a decision came about: nobody differed, or somebody weighed what the coders gave."""


def decisions(connection: Connection, study_id: str) -> list[Row]:
    """Decisions of a study, each with `source_id` and who decided: `coder_key` and `coder_name`."""
    table, statement, source, coder = schema.decision, schema.statement, schema.source, schema.coder
    query = (
        select(
            table, statement.c.source_id, coder.c.key.label("coder_key"), coder.c.name.label("coder_name"),
        )
        .join(statement, statement.c.id == table.c.statement_id)
        .join(source, source.c.id == statement.c.source_id)
        .join(coder, coder.c.id == table.c.coder_id)
        .where(source.c.study_id == study_id)
    )  # fmt: skip
    return rows(connection, query)


def decision_on(connection: Connection, statement_id: str) -> Row | None:
    """The decision on a statement with who decided: `coder_key`; None where nothing is decided."""
    table, coder = schema.decision, schema.coder
    query = select(table, coder.c.key.label("coder_key")).join(coder, coder.c.id == table.c.coder_id)
    return next(iter(rows(connection, query.where(table.c.statement_id == statement_id))), None)


def change_that_made(connection: Connection, decision_id: str) -> Row | None:
    """The change of which a decision is the outcome, unless it has been undone."""
    change, event = schema.change, schema.event
    query = select(change).join(event, event.c.change_id == change.c.id)
    query = query.where(event.c.entity == "decision", event.c.entity_id == decision_id, change.c.kind == "do")
    made = [row for row in rows(connection, query.order_by(change.c.id)) if not row["undone"]]
    return made[-1] if made else None


def sources_of(connection: Connection, change: Row) -> set[str]:
    """Ids of the texts at which a change decided something; of statements that are gone nothing is known."""
    event, statement = schema.event, schema.statement
    about = func.coalesce(event.c.after["statement_id"].as_string(), event.c.before["statement_id"].as_string())
    made = event.c.change_id == change["id"]
    decided = (
        select(statement.c.source_id).join(event, about == statement.c.id).where(made, event.c.entity == "decision")
    )
    coded = select(event.c.source_id).where(made, event.c.entity == "coding")
    found = {change["scope"], *connection.scalars(decided), *connection.scalars(coded)}
    return found - {"", None}


CODING = ["coding_id", "source_id", "start", "end", "code_id", "coder_id", "layer", "origin"]


def settled_codings(connection: Connection, study_id: str, statement_ids: Iterable[str]) -> list[Row]:
    """The adjudicated codings that lie on these statements: the columns of CODINGS."""
    coding, code, coder, statement = schema.coding, schema.code, schema.coder, schema.statement
    lying = (
        (coding.c.source_id == statement.c.source_id)
        & (coding.c.start < statement.c.end)
        & (coding.c.end > statement.c.start)
    )
    query = (
        select(
            coding.c.id.label("coding_id"), coding.c.source_id, coding.c.start, coding.c.end,
            code.c.key.label("code_id"), coder.c.key.label("coder_id"), coding.c.layer, coding.c.origin,
        )
        .select_from(statement.join(coding, lying))
        .join(code, code.c.id == coding.c.code_id)
        .join(coder, coder.c.id == coding.c.coder_id)
        .where(code.c.study_id == study_id, coding.c.layer == ADJUDICATED, statement.c.id.in_(list(statement_ids)))
        .distinct()
    )  # fmt: skip
    return rows(connection, query)
