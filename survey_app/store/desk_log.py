"""What the log tells one desk: what its coder has done, and those whose codings it shows. No other coder's row leaves
the database."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from survey_app.store import schema
from survey_app.store.log import Row, rows
from survey_app.store.marks import as_mark

_MARKS = ("flag", "statement_value", "memo")


def codings_since(connection: Connection, source_id: str, coder_ids: Collection[str], number: int) -> list[Row]:
    """What happened to these coders' own codings of a source after change `number`, in order: rows of the log."""
    found = rows(connection, _after(number).where(_codings(source_id, coder_ids)))
    return [row for row in found if (row["after"] or row["before"])["layer"] == "coder"]


def marks_since(connection: Connection, study_id: str, coder_id: str, number: int) -> list[Row]:
    """A coder's marks that came, changed or went (then with an empty `text`) after change `number`, in order.

    Each with the `number` of its change.
    """
    found = []
    for row in rows(connection, _of_study(number, study_id).where(_theirs(_MARKS, coder_id))):
        mark = as_mark(row["entity"], row["after"] or row["before"])
        found.append(mark | {"number": row["change_id"], "text": mark["text"] if row["after"] else ""})
    return found


def looks_since(connection: Connection, study_id: str, coder_id: str, number: int) -> list[Row]:
    """Statements that a coder has looked at, or taken back, after change `number`: {number, ids, there}, in order."""
    found: list[Row] = []
    for row in rows(connection, _of_study(number, study_id).where(_theirs(("review",), coder_id))):
        there = row["after"] is not None
        if not found or (found[-1]["number"], found[-1]["there"]) != (row["change_id"], there):
            found.append({"number": row["change_id"], "there": there, "ids": []})
        found[-1]["ids"].append((row["after"] or row["before"])["statement_id"])
    return found


def anything_since(
    connection: Connection, study_id: str, source_id: str, coder_id: str, others: Collection[str], number: int
) -> bool:
    """Whether any of that happened after change `number`; `others` are the coders whose codings are seen too."""
    seen = or_(_codings(source_id, [coder_id, *others]), _theirs((*_MARKS, "review"), coder_id))
    return rows(connection, _of_study(number, study_id).where(seen).limit(1)) != []


def _after(number: int) -> Select[tuple[object, ...]]:
    return select(schema.event).where(schema.event.c.change_id > number).order_by(schema.event.c.id)


def _of_study(number: int, study_id: str) -> Select[tuple[object, ...]]:
    change = schema.change
    return _after(number).join(change, change.c.id == schema.event.c.change_id).where(change.c.study_id == study_id)


def _codings(source_id: str, coder_ids: Collection[str]) -> ColumnElement[bool]:
    """The source is asked for in a way that no index serves: the newest rows are few, those of a source many."""
    here = func.coalesce(schema.event.c.source_id, "") == source_id
    return here & (schema.event.c.entity == "coding") & _whose().in_(coder_ids)


def _theirs(tables: Collection[str], coder_id: str) -> ColumnElement[bool]:
    return schema.event.c.entity.in_(tables) & (_whose() == coder_id)


def _whose() -> ColumnElement[str]:
    after, before = schema.event.c.after, schema.event.c.before
    return func.coalesce(after["coder_id"].as_string(), before["coder_id"].as_string())
