"""With which open answers researchers have worked: these stay, whatever their experts send or take back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from survey_app.store import schema
from survey_app.store.log import Row

MARKS = (
    schema.flag, schema.review, schema.statement_value, schema.quote_decision, schema.decision, schema.finding_quote,
)  # fmt: skip
"""What else than codings and memos is work of a person on a statement."""


def worked_turns(connection: Connection, source_id: str, turns: Sequence[Row]) -> set[str]:
    """Ids of those turns of a text on whose words a coding, a mark or a memo lies."""
    if not turns:
        return set()
    coding, statement = schema.coding, schema.statement
    lying = connection.execute(select(coding.c.start, coding.c.end).where(coding.c.source_id == source_id)).all()
    here = connection.execute(select(statement.c.id, statement.c.turn).where(statement.c.source_id == source_id)).all()
    touched = _marked(connection, source_id)
    marked = {row.turn for row in here if row.id in touched}
    return {
        turn["id"] for turn in turns
        if turn["index"] in marked or any(start < turn["end"] and end > turn["start"] for start, end in lying)
    }  # fmt: skip


def _marked(connection: Connection, source_id: str) -> set[str]:
    """Ids of the statements of a text on which a mark or a memo lies."""
    statement, memo = schema.statement, schema.memo
    here = select(statement.c.id).where(statement.c.source_id == source_id)
    found: set[str] = set()
    for table in MARKS:
        found |= set(connection.scalars(select(table.c.statement_id).where(table.c.statement_id.in_(here))))
    about = select(memo.c.about_id).where(memo.c.about == "statement", memo.c.about_id.in_(here))
    return found | set(connection.scalars(about))
