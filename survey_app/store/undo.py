"""Undo and redo from the log: the last change of a person is turned back, row by row, and that is a change too.

A new change after an undo closes the way to redo, as in every editor. Nothing is ever taken out of the log.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from survey_app.store import schema
from survey_app.store.log import Row, fetch, open_change, rows
from transcripts.messages import MessageError, sentence


class UndoRefused(MessageError):
    """Somebody or something has changed the same rows since."""


def last_done(
    connection: Connection, study_id: str, person: str, scope: str | None, verbs: Iterable[str]
) -> Row | None:
    """The change that an undo would turn back, or None."""
    change = schema.change
    query = _of_person(select(change), study_id, person, scope, list(verbs), ["do"])
    found = rows(connection, query.where(change.c.undone.is_(False)).order_by(change.c.id.desc()).limit(1))
    return found[0] if found else None


def still_done(connection: Connection, study_id: str, verbs: Iterable[str], limit: int = 20) -> list[Row]:
    """Changes of anybody that an undo could turn back, newest first, each with its `events`."""
    change = schema.change
    query = select(change).where(
        change.c.study_id == study_id, change.c.kind == "do", change.c.undone.is_(False), change.c.verb.in_(list(verbs))
    )
    found = rows(connection, query.order_by(change.c.id.desc()).limit(limit))
    return [row | {"events": _events(connection, row["id"])} for row in found]


def last_undone(
    connection: Connection, study_id: str, person: str, scope: str | None, verbs: Iterable[str]
) -> Row | None:
    """The change that a redo would do again, or None: the last one undone since anything new was done."""
    change = schema.change
    here = list(verbs)
    newest = connection.scalar(_of_person(select(func.max(change.c.id)), study_id, person, scope, here, ["do"]))
    query = _of_person(select(change), study_id, person, scope, here, ["undo", "redo"])
    stack: list[int] = []
    for row in rows(connection, query.where(change.c.id > (newest or 0)).order_by(change.c.id)):
        if row["kind"] == "undo":
            stack.append(row["target"])
        else:
            stack.remove(row["target"])
    return rows(connection, select(change).where(change.c.id == stack[-1]))[0] if stack else None


def turn_back(connection: Connection, done: Row, person: str, **client: object) -> int:
    """Undo one change inside a writing transaction; returns the number of the new change.

    Raises UndoRefused, before anything is written, when a row is no longer as the change left it.
    """
    events = _events(connection, done["id"])
    _check(connection, events, "after")
    new = open_change(
        connection, done["study_id"], person, done["verb"], scope=done["scope"], kind="undo", target=done["id"],
        **client,  # type: ignore[arg-type]
    )  # fmt: skip
    for event in reversed(events):
        table = schema.metadata.tables[event["entity"]]
        if event["before"] is None:
            new.delete(table, event["entity_id"])
        elif event["after"] is None:
            new.insert(table, event["before"])
        else:
            new.update(table, event["entity_id"], **event["before"])
    connection.execute(update(schema.change).where(schema.change.c.id == done["id"]).values(undone=True))
    return new.number


def do_again(connection: Connection, undone: Row, person: str, **client: object) -> int:
    """Redo one change that was undone; the twin of `turn_back`."""
    events = _events(connection, undone["id"])
    _check(connection, events, "before")
    new = open_change(
        connection, undone["study_id"], person, undone["verb"], scope=undone["scope"], kind="redo",
        target=undone["id"], **client,  # type: ignore[arg-type]
    )  # fmt: skip
    for event in events:
        table = schema.metadata.tables[event["entity"]]
        if event["after"] is None:
            new.delete(table, event["entity_id"])
        elif event["before"] is None:
            new.insert(table, event["after"])
        else:
            new.update(table, event["entity_id"], **event["after"])
    connection.execute(update(schema.change).where(schema.change.c.id == undone["id"]).values(undone=False))
    return new.number


def _of_person(
    query: Select[Any], study_id: str, person: str, scope: str | None, verbs: list[str], kinds: list[str]
) -> Select[Any]:
    change = schema.change.c
    query = query.where(change.study_id == study_id, change.person == person, change.kind.in_(kinds))
    if scope is not None:
        query = query.where(change.scope == scope)
    return query.where(change.verb.in_(verbs)) if verbs else query


def _events(connection: Connection, number: int) -> list[Row]:
    event = schema.event
    return rows(connection, select(event).where(event.c.change_id == number).order_by(event.c.id))


def _check(connection: Connection, events: list[Row], side: str) -> None:
    """Every row must be as `side` of its last event says (for redo: of its first)."""
    expected: dict[tuple[str, str], Row | None] = {}
    for event in events if side == "after" else reversed(events):
        expected[event["entity"], event["entity_id"]] = event[side]
    for (entity, row_id), row in expected.items():
        try:
            present: Row | None = fetch(connection, schema.metadata.tables[entity], row_id)
        except KeyError:
            present = None
        if present != row:
            raise UndoRefused(sentence("This cannot be undone: the same place has been changed since."))
