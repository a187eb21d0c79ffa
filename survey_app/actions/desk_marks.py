"""What a coder says besides codes: flags and values of statements, memos on whatever a memo may be about."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from survey_app.actions.desk_codings import need_own
from survey_app.actions.desk_operations import Operation, open_operation
from survey_app.actions.desk_paper import CodingRefused, Desk
from survey_app.actions.words_kept import merged
from survey_app.store import codebooks, schema
from survey_app.store.log import Change, Row, now, rows
from transcripts.messages import sentence

MARKS = ("set_flag", "set_value", "write_memo")
LONGEST_VALUE = 200


def flag(connection: Connection, desk: Desk, operation: Operation) -> None:
    """Flag a statement to come back to it, or take the flag away."""
    _need_statement(connection, desk, operation.about)
    change = open_operation(connection, desk, operation, "set_flag")
    _set(change, schema.flag, desk, {"statement_id": operation.about}, {} if operation.text else None)


def value(connection: Connection, desk: Desk, operation: Operation) -> None:
    """Say one attribute of a statement: one of its values, or any words where its list is open."""
    _need_statement(connection, desk, operation.about)
    book = codebooks.codebook_of(connection, desk.study_id)
    attribute = next((one for one in book["attributes"] if one["key"] == operation.label), None)
    said = operation.text.strip()
    if attribute is None:
        raise CodingRefused(sentence("This attribute is no longer in the codebook. Load the page again."))
    listed = {one["key"] for one in attribute["values"]}
    if len(said) > LONGEST_VALUE or (said and listed and said not in listed):
        raise CodingRefused(sentence("“{value}” is not a value of this attribute.", value=said[:LONGEST_VALUE]))
    change = open_operation(connection, desk, operation, "set_value")
    place = {"statement_id": operation.about, "attribute": operation.label}
    _set(change, schema.statement_value, desk, place, {"value": said} if said else None)


def memo(connection: Connection, desk: Desk, operation: Operation) -> None:
    """Write a memo, change it, or take it away; each coder has one of their own on each thing.

    What the coder has written in another tab meanwhile stays above it.
    """
    _need_thing(connection, desk, operation)
    change = open_operation(connection, desk, operation, "write_memo")
    place = {"study_id": desk.study_id, "about": operation.label, "about_id": operation.about}
    text = operation.text.strip()
    if operation.seen is not None:
        there = [row["text"] for row in _here(connection, schema.memo, desk, place)]
        text = merged(there[0] if there else "", operation.seen, text).strip()
    _set(change, schema.memo, desk, place, {"text": text, "changed_at": now()} if text else None)


def _set(change: Change, table: Table, desk: Desk, place: dict[str, str], values: dict[str, Any] | None) -> None:
    """Let the coder's row at a place hold these values; None: let there be none."""
    found = _here(change.connection, table, desk, place)
    if values is None:
        change.delete(table, [row["id"] for row in found])
    elif found:
        change.update(table, found[0]["id"], **values)
    else:
        made = {"created_at": now()} if table is schema.memo else {}
        change.insert(table, place | {"coder_id": desk.coder_id} | made | values)


def _here(connection: Connection, table: Table, desk: Desk, place: dict[str, str]) -> list[Row]:
    """The coder's row at a place, if there is one."""
    here: list[ColumnElement[bool]] = [table.c[name] == one for name, one in place.items()]
    return rows(connection, select(table).where(table.c.coder_id == desk.coder_id, *here))


def _need_statement(connection: Connection, desk: Desk, statement_id: str) -> None:
    statement = schema.statement
    query = select(statement.c.id).where(statement.c.id == statement_id, statement.c.source_id == desk.source_id)
    if connection.scalar(query) is None:
        raise CodingRefused(sentence("This statement is no longer there. Nothing was changed."))


def _need_thing(connection: Connection, desk: Desk, operation: Operation) -> None:
    """Raise CodingRefused unless what the memo is about is of this desk's study."""
    about = operation.label
    gone = sentence("What this memo is about is no longer there. Nothing was written.")
    if about == "statement":
        _need_statement(connection, desk, operation.about)
    elif about == "coding":
        need_own(connection, desk, operation.about, gone)
    elif about == "study":
        if operation.about != desk.study_id:
            raise CodingRefused(gone)
    else:
        tables = {"source": schema.source, "expert": schema.expert, "code": schema.code}
        table = tables.get(about)
        if table is None:
            raise CodingRefused(gone)
        query = select(table.c.id).where(table.c.id == operation.about, table.c.study_id == desk.study_id)
        if connection.scalar(query) is None:
            raise CodingRefused(gone)
