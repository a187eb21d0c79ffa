"""Undo and redo from the log: the last change of a person is turned back, row by row, and that is a change too.

A new change after an undo closes the way to redo, as in every editor. Nothing is ever taken out of the log.
"""

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from survey_app.store import schema
from survey_app.store.log import AT_ONCE, PLACED, Gone, Row, open_change, rows
from survey_app.store.revisions import History
from transcripts.messages import MessageError, sentence

PASSED = "passed"
"""The kind of a change that says of another that its undo was refused and stepped over."""
MOST_TRIED_AGAIN = 20
"""So many of those are tried once more at each undo: what was in the way may have gone."""


FINAL = ("withdraw_form_consent", "answer_own_check")
"""Verbs of changes that nobody can undo: what a person has taken back, or said of their words, is theirs."""
CHANGED_SINCE = sentence("This cannot be undone: the same place has been changed since.")


Place = tuple[str, str]
"""A row wherever it is: its table and its id."""


class UndoRefused(MessageError):
    """Somebody or something has changed the same rows since."""


def last_done(
    connection: Connection, study_id: str, person: str | None, scope: str | None, verbs: Iterable[str], *,
    anywhere: Collection[str] = (),
) -> Row | None:  # fmt: skip
    """The change that an undo would turn back, or None. `person` None: of anybody. Those of the verbs that are
    `anywhere` count in whatever scope."""
    return next(iter(done_by(connection, study_id, person, scope, verbs, 1, anywhere=anywhere)), None)


def done_by(
    connection: Connection, study_id: str, person: str | None, scope: str | None, verbs: Iterable[str], limit: int, *,
    passed: bool = False, anywhere: Collection[str] = (),
) -> list[Row]:  # fmt: skip
    """Changes that an undo could turn back, newest first. A person's own undo steps over what was passed over, which
    `passed` asks for instead."""
    change, here = schema.change, list(verbs)
    query = _of_person(select(change), study_id, person, scope, here, ["do"], anywhere)
    query = query.where(change.c.undone.is_(False), change.c.verb.not_in(FINAL))
    if person is not None:
        targets = select(change.c.target).where(change.c.target.is_not(None))
        over = change.c.id.in_(_of_person(targets, study_id, person, scope, here, [PASSED], anywhere))
        query = query.where(over if passed else ~over)
    return rows(connection, query.order_by(change.c.id.desc()).limit(limit))


def still_done(connection: Connection, study_id: str, verbs: Iterable[str], limit: int | None = 20) -> list[Row]:
    """Changes of anybody that an undo could turn back, newest first, each with its `events`."""
    change = schema.change
    query = select(change).where(
        change.c.study_id == study_id, change.c.kind == "do", change.c.undone.is_(False), change.c.verb.in_(list(verbs))
    )
    found = rows(connection, query.order_by(change.c.id.desc()).limit(limit))
    return [row | {"events": events_of(connection, row["id"])} for row in found]


def last_in_scope(connection: Connection, study_id: str, verb: str, scope: str) -> Row | None:
    """The newest change of anybody by that verb in that scope which an undo could turn back, or None."""
    change = schema.change
    query = select(change).where(
        change.c.study_id == study_id, change.c.kind == "do", change.c.undone.is_(False), change.c.verb == verb,
        change.c.scope == scope,
    )  # fmt: skip
    found = rows(connection, query.order_by(change.c.id.desc()).limit(1))
    return found[0] if found else None


def last_undone(
    connection: Connection, study_id: str, person: str | None, scope: str | None, verbs: Iterable[str], *,
    anywhere: Collection[str] = (),
) -> Row | None:  # fmt: skip
    """The change that a redo would do again, or None: the last one undone since anything new was done."""
    return next(iter(undone_by(connection, study_id, person, scope, verbs, 1, anywhere=anywhere)), None)


def undone_by(
    connection: Connection, study_id: str, person: str | None, scope: str | None, verbs: Iterable[str], limit: int, *,
    anywhere: Collection[str] = (),
) -> list[Row]:  # fmt: skip
    """Changes that were undone since anything new was done, the one that was undone last first."""
    change = schema.change
    here = list(verbs)
    newest = connection.scalar(
        _of_person(select(func.max(change.c.id)), study_id, person, scope, here, ["do"], anywhere)
    )
    query = _of_person(select(change), study_id, person, scope, here, ["undo", "redo", PASSED], anywhere)
    stack: list[int] = []
    for row in rows(connection, query.where(change.c.id > (newest or 0)).order_by(change.c.id)):
        if row["kind"] == "undo":
            stack.append(row["target"])
        elif row["target"] in stack:
            stack.remove(row["target"])
    wanted = stack[: -limit - 1 : -1]
    found = {row["id"]: row for row in rows(connection, select(change).where(change.c.id.in_(wanted)))}
    return [found[number] for number in wanted]


def pass_over(connection: Connection, refused: Row, person: str) -> None:
    """Note that a change can no longer be turned: this person's undo and redo go on with the next one."""
    open_change(
        connection, refused["study_id"], person, refused["verb"], scope=refused["scope"], kind=PASSED,
        target=refused["id"],
    )  # fmt: skip


def turn_back(
    connection: Connection, done: Row, person: str, *, without: Collection[Place] = (), **client: object
) -> int:
    """Undo one change inside a writing transaction; returns the number of the new change.

    Raises UndoRefused, before anything is written, when a row is no longer as the change left it. That its words have
    been corrected since is no hindrance: places are carried to the text as it is now. Rows of `without` are left as
    they are.
    """
    return _replay(connection, done, person, "undo", without, client)


def do_again(
    connection: Connection, undone: Row, person: str, *, without: Collection[Place] = (), **client: object
) -> int:
    """Redo one change that was undone; the twin of `turn_back`."""
    return _replay(connection, undone, person, "redo", without, client)


def events_of(connection: Connection, number: int) -> list[Row]:
    """What a change did, in order."""
    event = schema.event
    return rows(connection, select(event).where(event.c.change_id == number).order_by(event.c.id))


def changed_since(connection: Connection, events: list[Row], kind: str) -> set[Place]:
    """Rows that are no longer as the events left them (with `kind` "redo": as they were before these)."""
    side, histories = ("after" if kind == "undo" else "before"), _Histories(connection)
    expected: dict[Place, Row] = {}
    for event in events if kind == "undo" else reversed(events):
        expected[event["entity"], event["entity_id"]] = event
    found: set[Place] = set()
    for entity in {entity for entity, _row_id in expected}:
        wanted = {row_id: event for (table, row_id), event in expected.items() if table == entity}
        there = _present(connection, entity, list(wanted))
        found |= {
            (entity, row_id)
            for row_id, event in wanted.items()
            if not _is_as(there.get(row_id), event, side, histories)
        }
    return found


def mark(connection: Connection, turned: Row, kind: str) -> None:
    """Note of a change that an undo or redo (`kind`) has turned it."""
    change = schema.change
    connection.execute(update(change).where(change.c.id == turned["id"]).values(undone=kind == "undo"))


def _replay(
    connection: Connection, turned: Row, person: str, kind: str, without: Collection[Place], client: dict[str, object]
) -> int:
    if turned["verb"] in FINAL:
        raise UndoRefused(sentence("An expert has said so: that cannot be undone here."))
    away, back = ("after", "before") if kind == "undo" else ("before", "after")
    events = events_of(connection, turned["id"])
    events = [event for event in events if (event["entity"], event["entity_id"]) not in without]
    histories = _Histories(connection)
    if changed_since(connection, events, kind):
        raise UndoRefused(CHANGED_SINCE)
    new = open_change(
        connection, turned["study_id"], person, turned["verb"], scope=turned["scope"], kind=kind,
        target=turned["id"], **client,  # type: ignore[arg-type]
    )  # fmt: skip
    in_order = reversed(events) if kind == "undo" else events
    for (entity, gone, came), alike in groupby(in_order, lambda each: _kind_of(each, away, back)):
        table, some = schema.metadata.tables[entity], list(alike)
        if gone:
            new.delete(table, [event["entity_id"] for event in some])
        elif came:
            new.insert(table, [histories.present(event, back)[0] for event in some])
        else:
            for event in some:
                new.update(table, event["entity_id"], **_differing(event, histories.present(event, back)[0]))
    mark(connection, turned, kind)
    return new.number


def _kind_of(event: Row, away: str, back: str) -> tuple[str, bool, bool]:
    """The table of an event, and whether turning it takes its row away or brings it."""
    return event["entity"], event[back] is None, event[away] is None


def _differing(event: Row, there: Row) -> Row:
    """What the change had altered, as it shall be now. A place is altered as a whole."""
    names = {name for name, value in event["before"].items() if event["after"].get(name) != value}
    if event["entity"] in PLACED and names & {"start", "end"}:
        names |= {"start", "end"} & set(there)
    return {name: there[name] for name in names}


class _Histories:
    """The histories of the sources that a change touched, each read when it is needed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._found: dict[str, History] = {}

    def of(self, event: Row) -> History | None:
        """The history of the source that the event's places refer to; None where it has no places, or no source."""
        if event["entity"] not in PLACED:
            return None
        source_id = event["source_id"]
        if source_id not in self._found:
            try:
                self._found[source_id] = History(self._connection, source_id)
            except Gone:
                return None
        return self._found[source_id]

    def present(self, event: Row, side: str) -> tuple[Row, bool]:
        """One side of the event as it is true now, and whether its words were cut since."""
        history = self.of(event)
        if history is None:
            return event[side], False
        return history.present(event["entity"], event[side], event["revision"])


def _of_person(
    query: Select[Any], study_id: str, person: str | None, scope: str | None, verbs: list[str], kinds: list[str],
    anywhere: Collection[str],
) -> Select[Any]:  # fmt: skip
    change = schema.change.c
    query = query.where(change.study_id == study_id, change.kind.in_(kinds))
    if person is not None:
        query = query.where(change.person == person)
    if scope is not None:
        query = query.where((change.scope == scope) | change.verb.in_(list(anywhere)))
    return query.where(change.verb.in_(verbs)) if verbs else query


def _present(connection: Connection, entity: str, ids: list[str]) -> dict[str, Row]:
    """Rows of a table by id, as they are now."""
    table = schema.metadata.tables[entity]
    found: dict[str, Row] = {}
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        found |= {row["id"]: row for row in rows(connection, select(table).where(table.c.id.in_(some)))}
    return found


def _is_as(there: Row | None, event: Row, side: str, histories: _Histories) -> bool:
    """Whether a row is as the event left it, or as corrections of the text alone have left it since."""
    wanted, history = event[side], histories.of(event)
    if there is not None and wanted is not None:
        there = {name: value for name, value in there.items() if name in wanted}  # columns may have come since
    if there is None or wanted is None or history is None or (event["revision"] or 0) == history.newest:
        return bool(there == wanted)
    carried, cut = history.present(event["entity"], wanted, event["revision"])
    moving = {"start", "end", "needs_look"} if event["entity"] in {"coding", "turn"} else set()
    same = all(there.get(name) == value for name, value in carried.items() if name not in moving)
    return same and (event["entity"] == "coding" or not cut)
