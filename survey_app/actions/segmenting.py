"""Split a statement in two, or merge it with the next one of the turn. Codings lie on the text and do not move."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, select

from survey_app.actions.following import hanging, remove_statements, withdraw_quotes
from survey_app.actions.rights import needs
from survey_app.actions.summaries_follow import relink
from survey_app.store import schema, sources, undo
from survey_app.store.log import Change, Row, Store, new_id, open_change, rows
from survey_app.store.revisions import History, open_source, rise
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

SPLIT, MERGE = "split_statement", "merge_statements"


class SegmentingRefused(MessageError):
    """Statements that cannot be cut or joined as it was asked; nothing has changed."""


@needs(Role.RESEARCHER)
def split_statement(store: Store, person: str, study_id: str, source_id: str, statement_id: str, at: int) -> None:
    """Cut a statement at a code point of the source's text. Both halves keep who looked at it, flags and values."""
    with store.writing() as connection:
        split_within(connection, person, study_id, source_id, statement_id, at)


@needs(Role.RESEARCHER)
def merge_statements(store: Store, person: str, study_id: str, source_id: str, statement_id: str) -> None:
    """Join a statement with the next one of its turn. Only who looked at both has looked at it; a value of the
    first goes before one of the second."""
    with store.writing() as connection:
        merge_within(connection, person, study_id, source_id, statement_id)


def split_within(
    connection: Connection, person: str, study_id: str, source_id: str, statement_id: str, at: int,
    revision: int | None = None, **client: Any,
) -> None:  # fmt: skip
    """The same inside a writing transaction; `revision` is that of the text which `at` refers to."""
    source, row = _statement(connection, study_id, source_id, statement_id)
    if revision is not None and revision != source["revision"]:
        at = History(connection, source_id).carry(at, at + 1, revision).start
    text: str = source["text"]
    left, right = text[row["start"] : at], text[at : row["end"]]
    if not (row["start"] < at < row["end"] and left.strip() and right.strip()):
        raise SegmentingRefused(sentence("A statement is cut between two of its words. Nothing was changed."))
    end, start = row["start"] + len(left.rstrip()), at + len(right) - len(right.lstrip())
    time = _time(row, at)
    change = open_change(connection, study_id, person, SPLIT, scope=source_id, **client)
    withdraw_quotes(change, source_id, {statement_id})
    marks = hanging(change, schema.review, source_id, {statement_id})
    change.update(schema.statement, statement_id, end=end, end_s=time)
    kept = {name: value for name, value in row.items() if name != "id"}
    second = change.insert(schema.statement, kept | {"label": "", "start": start, "start_s": time})[0]
    change.insert(schema.review, [{"statement_id": second, "coder_id": mark["coder_id"]} for mark in marks])
    for table in (schema.flag, schema.statement_value, schema.sampled):
        _give(change, table, hanging(change, table, source_id, {statement_id}), second)
    _reopen(change, source_id, {statement_id})
    rise(connection, source_id)


def merge_within(
    connection: Connection, person: str, study_id: str, source_id: str, statement_id: str, **client: Any
) -> None:
    """The same inside a writing transaction."""
    _source, first = _statement(connection, study_id, source_id, statement_id)
    table = schema.statement
    after = select(table).where(
        table.c.source_id == source_id, table.c.turn == first["turn"], table.c.start >= first["end"]
    )
    found = rows(connection, after.order_by(table.c.start).limit(1))
    if not found:
        raise SegmentingRefused(
            sentence("This is the last statement of its turn. Statements are joined within a turn only.")
        )
    second = found[0]
    relink(connection, person, study_id, second["id"], first["id"])
    change = open_change(connection, study_id, person, MERGE, scope=source_id, **client)
    withdraw_quotes(change, source_id, {first["id"], second["id"]})
    seen = {mark["coder_id"] for mark in hanging(change, schema.review, source_id, {second["id"]})}
    marks = hanging(change, schema.review, source_id, {first["id"]})
    change.delete(schema.review, [mark["id"] for mark in marks if mark["coder_id"] not in seen])
    _reopen(change, source_id, {first["id"], second["id"]})
    for kind in (schema.flag, schema.statement_value, schema.sampled, schema.finding_quote):
        there = {_whose(mark) for mark in hanging(change, kind, source_id, {first["id"]})}
        marks = hanging(change, kind, source_id, {second["id"]})
        _give(change, kind, [mark for mark in marks if _whose(mark) not in there], first["id"])
    remove_statements(change, source_id, [second["id"]])
    change.update(table, first["id"], end=second["end"], end_s=second["end_s"])
    rise(connection, source_id)


def turn_back_segmenting(connection: Connection, done: Row, person: str, kind: str, **client: Any) -> None:
    """Undo (or, with `kind` "redo", do again) a split or a merge. Quotes released since then are taken back first."""
    event = schema.event
    query = select(event.c.entity_id).where(event.c.change_id == done["id"], event.c.entity == "statement")
    touched = set(connection.scalars(query))
    change = open_change(connection, done["study_id"], person, "withdraw_quotes")
    withdraw_quotes(change, done["scope"], touched)
    turn = undo.turn_back if kind == "undo" else undo.do_again
    turn(connection, done, person, **client)
    rise(connection, done["scope"])


def _statement(connection: Connection, study_id: str, source_id: str, statement_id: str) -> tuple[Row, Row]:
    source = open_source(connection, study_id, source_id)
    found = {row["id"]: row for row in sources.statements(connection, source_id)}
    if statement_id not in found:
        raise SegmentingRefused(sentence("This statement is no longer there. Nothing was changed."))
    return source, found[statement_id]


def _give(change: Change, table: Table, marks: list[Row], statement_id: str) -> None:
    """Copy what coders have set on one statement to another."""
    change.insert(table, [mark | {"id": new_id(), "statement_id": statement_id} for mark in marks])


def _reopen(change: Change, source_id: str, statements: set[str]) -> None:
    """What was settled of statements that are no longer the same is to be settled anew; the codings stay."""
    change.delete(schema.decision, [row["id"] for row in hanging(change, schema.decision, source_id, statements)])


def _whose(mark: Row) -> tuple[str, str]:
    """Whose mark it is (or which sample's, or which finding's), and of what."""
    owner = next(mark[name] for name in ("coder_id", "sample_id", "finding_sentence_id") if mark.get(name))
    return owner, mark.get("attribute", "")


def _time(row: Row, at: int) -> float | None:
    """Seconds in proportion to the place within the statement."""
    if row["start_s"] is None or row["end_s"] is None:
        return row["start_s"]
    share = (at - row["start"]) / (row["end"] - row["start"])
    return float(row["start_s"] + (row["end_s"] - row["start_s"]) * share)
