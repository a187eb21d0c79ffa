"""What a coder has said besides codes: flags and values of statements, memos. Nobody else's, ever.

A mark is {kind, about, name, text}: a flag of statement `about`; the value `text` of its attribute `name`; a memo on
the row `about`, which is a `name` (study, source, expert, code, statement, coding).
"""

from sqlalchemy import Connection, or_, select

from survey_app.store import schema
from survey_app.store.log import Row, rows

_TABLES = ("flag", "statement_value", "memo")
_OF_THE_STUDY = ("study", "source", "expert", "code")


def marks_of(connection: Connection, study_id: str, source_id: str, coder_id: str) -> list[Row]:
    """A coder's marks that belong on the desk of one source, with the memos that belong to the whole study."""
    statement, memo = schema.statement, schema.memo
    here = select(statement.c.id).where(statement.c.source_id == source_id)
    found = []
    for table in (schema.flag, schema.statement_value):
        query = select(table).where(table.c.coder_id == coder_id, table.c.statement_id.in_(here))
        found += [as_mark(table.name, row) for row in rows(connection, query)]
    codings = select(schema.coding.c.id).where(schema.coding.c.source_id == source_id)
    near = or_(memo.c.about.in_(_OF_THE_STUDY), memo.c.about_id.in_(here), memo.c.about_id.in_(codings))
    query = select(memo).where(memo.c.study_id == study_id, memo.c.coder_id == coder_id, near)
    return found + [as_mark("memo", row) for row in rows(connection, query)]


def mark_changes_since(connection: Connection, study_id: str, coder_id: str, number: int) -> list[Row]:
    """A coder's marks that came, changed or went (then with an empty `text`) after change `number`, in order.

    Each with the `number` of its change.
    """
    event, change = schema.event, schema.change
    query = (
        select(event)
        .join(change, change.c.id == event.c.change_id)
        .where(change.c.id > number, change.c.study_id == study_id, event.c.entity.in_(_TABLES))
        .order_by(event.c.id)
    )
    found = []
    for row in rows(connection, query):
        there = row["after"] or row["before"]
        if there["coder_id"] == coder_id:
            mark = as_mark(row["entity"], there)
            found.append(mark | {"number": row["change_id"], "text": mark["text"] if row["after"] else ""})
    return found


def as_mark(table: str, row: Row) -> Row:
    """A row of one of the three tables as a mark."""
    if table == "memo":
        return {"kind": "memo", "about": row["about_id"], "name": row["about"], "text": row["text"]}
    if table == "flag":
        return {"kind": "flag", "about": row["statement_id"], "name": "", "text": "1"}
    return {"kind": "value", "about": row["statement_id"], "name": row["attribute"], "text": row["value"]}
