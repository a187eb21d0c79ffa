"""What became of one coder's work, whoever did it, and what they did besides, from the log. Nobody sees another's."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Select, or_, select

from survey_app.actions import history_acts, history_marks
from survey_app.actions.adjudicating import VERBS as SETTLING
from survey_app.actions.history_names import Names
from survey_app.actions.rights import needs
from survey_app.store import schema, undo
from survey_app.store.log import Row, Store, rows
from survey_app.store.sight import ADJUDICATED
from survey_app.store.team import Role
from transcripts.messages import Message

NEWEST = 500


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done: when, at which source (its key, or ""), in what words; `kind` is do, undo or redo.

    `by` is the key of the person who did it, where that was not the coder.
    """

    at: str
    kind: str
    source_key: str
    said: Message
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a history is narrowed to; `place` is the statement as it is now."""

    code_id: str
    statement_id: str
    place: Row | None


@needs(Role.CODER)
def history_of(
    store: Store, study_id: str, coder: Row, *, source_id: str = "", code_id: str = "", statement_id: str = "",
    language: str = "en",
) -> list[Deed]:  # fmt: skip
    """The newest deeds of a coder first, at most `NEWEST`; with ids those about one source, code or statement.

    Theirs are all changes of their own codings, marks, memos, summaries and queries, and what they themselves did to
    the codebook, to texts and to recordings. `language` is that of the codes' names.
    """
    deeds: list[Deed] = []
    with store.reading() as connection:
        names = Names(connection, study_id, language)
        asked = _Asked(code_id, statement_id, _statement(connection, study_id, statement_id))
        told: set[int] = set()
        for row in connection.execute(_events(study_id, coder, source_id)).mappings():
            if len(deeds) >= NEWEST:
                break
            mine = row["person"] == coder["key"]
            if mine and row["verb"] in history_acts.VERBS and row["change_id"] not in told:
                told.add(row["change_id"])
                deeds += _act(connection, names, dict(row), asked)
            if row["entity"] in history_marks.ENTITIES and _whose(row) == coder["id"]:
                deeds += _mark(names, dict(row), asked, "" if mine else row["person"])
    return deeds[:NEWEST]


@needs(Role.CODER)
def statement_words(store: Store, study_id: str, statement_id: str) -> str:
    """The words of a statement of the study; "" where it is no longer there."""
    with store.reading() as connection:
        place = _statement(connection, study_id, statement_id)
        if place is None:
            return ""
        text = connection.scalar(select(schema.source.c.text).where(schema.source.c.id == place["source_id"]))
        return str(text)[place["start"] : place["end"]]


def _events(study_id: str, coder: Row, source_id: str) -> Select[tuple[object, ...]]:
    event, change = schema.event, schema.change
    own = event.c.entity.in_(history_marks.ENTITIES) & or_(
        event.c.after["coder_id"].as_string() == coder["id"], event.c.before["coder_id"].as_string() == coder["id"]
    )
    acts = (change.c.person == coder["key"]) & change.c.verb.in_(history_acts.VERBS)
    query = (
        select(event, change.c.at, change.c.kind, change.c.scope, change.c.person, change.c.verb)
        .join(change, change.c.id == event.c.change_id)
        .where(change.c.study_id == study_id, change.c.verb != "create_study", or_(own, acts))
        .order_by(event.c.id.desc())
    )
    if source_id:
        about = event.c.after["about_id"].as_string()
        query = query.where(or_(change.c.scope == source_id, event.c.source_id == source_id, about == source_id))
    return query


def _statement(connection: Connection, study_id: str, statement_id: str) -> Row | None:
    """Where a statement of the study is now."""
    if not statement_id:
        return None
    statement, source = schema.statement, schema.source
    query = select(statement).join(source, source.c.id == statement.c.source_id)
    found = rows(connection, query.where(statement.c.id == statement_id, source.c.study_id == study_id))
    return found[0] if found else None


def _act(connection: Connection, names: Names, row: Row, asked: _Asked) -> list[Deed]:
    """What the coder did with a change as a whole, if it is what is asked for."""
    events = undo.events_of(connection, row["change_id"])
    if asked.code_id and not any(asked.code_id in _codes_of(event) for event in events):
        return []
    if asked.statement_id and not any(_is_about(names, event, asked) for event in events):
        return []
    said = history_acts.said(names, row["verb"], row["kind"], events)
    return [Deed(row["at"], row["kind"], names.source_key(row["source_id"] or row["scope"]), said)]


def _codes_of(event: Row) -> set[str]:
    """Ids of the codes that an event made, changed or gave."""
    if event["entity"] == "code":
        return {event["entity_id"]}
    return {row["code_id"] for row in (event["before"], event["after"]) if row and event["entity"] == "coding"}


def _is_about(names: Names, event: Row, asked: _Asked) -> bool:
    """Whether an event cut, joined, corrected or settled the statement that is asked for."""
    if event["entity"] == "decision":
        return bool((event["after"] or event["before"])["statement_id"] == asked.statement_id)
    if event["entity"] == "statement":
        return bool(event["entity_id"] == asked.statement_id)
    if event["entity"] != "revision" or asked.place is None or asked.place["source_id"] != event["source_id"]:
        return False
    return any(_meets(place, asked.place) for place in names.edited(event["after"] or event["before"]))


def _mark(names: Names, row: Row, asked: _Asked, by: str) -> list[Deed]:
    """What became of one thing of the coder's, if it is what is asked for."""
    was, now = (names.present(row, side) for side in ("before", "after"))
    there = now or was or {}
    if there.get("layer") == ADJUDICATED and row["verb"] in SETTLING:
        return []  # told as the decision that it belongs to
    if asked.code_id and asked.code_id not in history_marks.codes_of(names, row["entity"], was, now):
        return []
    if asked.statement_id and not _hangs_on(row["entity"], there, asked):
        return []
    said = history_marks.said(names, row["entity"], row["verb"], was, now)
    return [Deed(row["at"], row["kind"], names.source_key(row["source_id"] or row["scope"]), said, by)]


def _hangs_on(entity: str, there: Row, asked: _Asked) -> bool:
    if entity == "coding":
        place = asked.place
        return place is not None and place["source_id"] == there["source_id"] and _meets(there, place)
    return asked.statement_id in {there.get("statement_id"), there.get("about_id")}


def _meets(one: Row, other: Row) -> bool:
    return bool(one["start"] < other["end"] and one["end"] > other["start"])


def _whose(row: object) -> str:
    return str((row["after"] or row["before"])["coder_id"])  # type: ignore[index]
