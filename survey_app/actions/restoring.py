"""Put back exactly what a correction had moved, once the words are there again: statements, codings, marks."""

from __future__ import annotations

from itertools import pairwise

from sqlalchemy import Connection, select

from survey_app.actions.following import HANGING, hanging, remove_statements
from survey_app.store import schema, sources
from survey_app.store.log import Change, Row, rows
from survey_app.store.revisions import History

CORRECTIONS = frozenset({"correct_turn", "replace_file", "restore_revision"})
"""Verbs that move what lies on a text because its words changed; everything else is what a person did to it."""


def settle_as_before(change: Change, source_id: str, number: int, *, turn: int | None = None) -> tuple[str, ...]:
    """After the words of revision `number` have come back (or those of one `turn`), let what lies on them lie as then.

    Whatever a person has moved, cut or joined since stays as they left it. Returns the codings that still need a look.
    """
    connection = change.connection
    history = History(connection, source_id)
    log = _Log(connection, source_id, number)
    _settle_statements(change, history, log, turn)
    codings = schema.coding
    for row in rows(connection, select(codings).where(codings.c.source_id == source_id)):
        event = log.last_by_a_person.get(row["id"])
        if event is None or event["change_id"] > log.closed or event["after"] is None:
            continue
        there, cut = history.present("coding", event["after"], event["revision"])
        if not cut and any(there[name] != row[name] for name in ("start", "end", "needs_look")):
            change.update(codings, row["id"], start=there["start"], end=there["end"], needs_look=there["needs_look"])
    waiting = select(codings.c.id).where(codings.c.source_id == source_id, codings.c.needs_look.is_(True))
    return tuple(connection.scalars(waiting))


class _Log:
    """What the log says of the statements and codings of a source, and which change ended revision `number` of it."""

    def __init__(self, connection: Connection, source_id: str, number: int) -> None:
        event, change = schema.event, schema.change
        query = (
            select(event, change.c.verb)
            .join(change, change.c.id == event.c.change_id)
            .where(event.c.source_id == source_id, event.c.entity.in_(["statement", "coding", "revision"]))
            .order_by(event.c.id)
        )
        self.statements: list[Row] = []
        self.last_by_a_person: dict[str, Row] = {}
        self.closed = 0
        for row in rows(connection, query):
            if row["entity"] == "revision":
                if row["after"]["number"] == number:
                    self.closed = row["change_id"]
            elif row["entity"] == "statement":
                self.statements.append(row)
            elif row["verb"] not in CORRECTIONS:
                self.last_by_a_person[row["entity_id"]] = row

    def statements_then(self) -> dict[str, Row]:
        """Events that say last, before that revision ended, how each statement of it lay."""
        then: dict[str, Row] = {}
        for event in self.statements:
            if event["change_id"] < self.closed:
                then[event["entity_id"]] = event
        return {row_id: event for row_id, event in then.items() if event["after"] is not None}

    def cut_or_joined_since(self) -> bool:
        """Whether a person has split or merged statements after that revision ended."""
        return any(
            event["change_id"] > self.closed and event["verb"] not in CORRECTIONS
            and _place(event["before"]) != _place(event["after"])
            for event in self.statements
        )  # fmt: skip


def _place(row: Row | None) -> tuple[int, int] | None:
    return (row["start"], row["end"]) if row else None


def _settle_statements(change: Change, history: History, log: _Log, turn: int | None) -> None:
    if log.cut_or_joined_since():
        return
    connection, source_id = change.connection, history.source["id"]
    wanted: list[Row] = []
    for event in log.statements_then().values():
        row, cut = history.present("statement", event["after"], event["revision"])
        if turn is None or row["turn"] == turn:
            if cut:
                return
            wanted.append(row)
    present = {row["id"]: row for row in sources.statements(connection, source_id) if turn in {None, row["turn"]}}
    wanted.sort(key=lambda row: row["start"])
    if any(one["end"] > other["start"] for one, other in pairwise(wanted)):
        return
    keys = {row["id"] for row in wanted}
    remove_statements(change, source_id, [row_id for row_id in present if row_id not in keys])
    for row in wanted:
        if row["id"] in present:
            places = {name: row[name] for name in ("turn", "start", "end", "start_s", "end_s")}
            change.update(schema.statement, row["id"], **places)
    change.insert(schema.statement, [row for row in wanted if row["id"] not in present])
    _put_back_marks(change, source_id, log.closed, keys)


def _put_back_marks(change: Change, source_id: str, since: int, statements: set[str]) -> None:
    """What corrections since then had taken from these statements: who had looked at them, flags, values, quotes."""
    event, verbs = schema.event, schema.change
    for table in HANGING:
        query = (
            select(event.c.before, event.c.after, event.c.entity_id)
            .join(verbs, verbs.c.id == event.c.change_id)
            .where(event.c.entity == table.name, event.c.change_id >= since, event.c.change_id < change.number)
            .where(verbs.c.verb.in_(CORRECTIONS))
            .order_by(event.c.id)
        )
        found = change.connection.execute(query)  # what is not there is a JSON null, which no IS NULL finds
        gone = {row.entity_id: row.before for row in found if row.after is None}
        taken = {_whose(row) for row in hanging(change, table, source_id, statements)}
        back = {_whose(row): row for row in gone.values() if row["statement_id"] in statements}
        change.insert(table, [row for key, row in back.items() if key not in taken])


def _whose(mark: Row) -> tuple[str, str | None, str | None]:
    return mark["statement_id"], mark.get("coder_id"), mark.get("attribute")
