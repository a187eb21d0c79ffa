"""What a coder has said besides codes: flags and values of statements, memos. Nobody else's, ever.

A mark is {kind, about, name, text}: a flag of statement `about`; the value `text` of its attribute `name`; a memo on
the row `about`, which is a `name` (study, source, expert, code, statement, coding).
"""

from sqlalchemy import Connection, or_, select

from survey_app.store import schema
from survey_app.store.log import Row, rows

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


def as_mark(table: str, row: Row) -> Row:
    """A row of one of the three tables as a mark."""
    if table == "memo":
        return {"kind": "memo", "about": row["about_id"], "name": row["about"], "text": row["text"]}
    if table == "flag":
        return {"kind": "flag", "about": row["statement_id"], "name": "", "text": "1"}
    return {"kind": "value", "about": row["statement_id"], "name": row["attribute"], "text": row["value"]}
