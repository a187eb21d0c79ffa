"""Turn back the last change of a codebook, whoever made it, and do it again. Both make a version of their own.

What coders have done to their codings since stays: the rest is turned back around it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from survey_app.actions.adjudicating import ANCHOR
from survey_app.actions.rights import needs
from survey_app.store import schema, undo
from survey_app.store.codebooks import rise_version
from survey_app.store.log import Change, Row, Store
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

VERBS = (
    "add_code", "change_code", "move_code", "archive_code", "merge_codes", "split_code", "assign_codings",
    "import_codebook", "change_rules", "change_attributes", "change_literature", ANCHOR,
)  # fmt: skip
ANCHORS = (ANCHOR,)
"""Verbs of changes of the codebook that were made at a text."""


class NothingToTurn(MessageError):
    """There is no change to undo, or none to do again."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What was turned back or done again: its verb, and how many codings stay as they were changed since."""

    verb: str
    left: int = 0


def last_codebook_change(connection: Connection, study_id: str) -> Row | None:
    """The change that `undo_codebook` would turn back, or None."""
    return undo.last_done(connection, study_id, None, "", VERBS, anywhere=ANCHORS)


def last_codebook_undone(connection: Connection, study_id: str) -> Row | None:
    """The change that `redo_codebook` would do again, or None."""
    return undo.last_undone(connection, study_id, None, "", VERBS, anywhere=ANCHORS)


@needs(Role.RESEARCHER)
def undo_codebook(store: Store, person: str, study_id: str) -> Turned:
    """Turn back the last change; codings that were changed since stay as they are.

    Raises UndoRefused where codes have been changed since, or a coding would be left without its code.
    """
    with store.writing() as connection:
        done = last_codebook_change(connection, study_id)
        if done is None:
            raise NothingToTurn(sentence("There is nothing more to undo in the codebook."))
        return _turn(connection, done, person, "undo")


@needs(Role.RESEARCHER)
def redo_codebook(store: Store, person: str, study_id: str) -> Turned:
    """Do the change again that was undone last, if nothing new was done since; the twin of `undo_codebook`."""
    with store.writing() as connection:
        undone = last_codebook_undone(connection, study_id)
        if undone is None:
            raise NothingToTurn(sentence("There is nothing to do again in the codebook."))
        return _turn(connection, undone, person, "redo")


def _turn(connection: Connection, change: Row, person: str, kind: str) -> Turned:
    events = undo.events_of(connection, change["id"])
    units, changed = _units(events), undo.changed_since(connection, events, kind)
    homeless = _without_source(connection, events)
    left = {unit for place, unit in units.items() if place in changed | homeless}
    without = {place for place, unit in units.items() if unit in left}
    turned = [event for event in events if (event["entity"], event["entity_id"]) not in without]
    _need_codes(connection, turned, kind)
    turn = undo.turn_back if kind == "undo" else undo.do_again
    number = turn(connection, change, person, without=without)
    rise_version(Change(connection, number), change["study_id"])
    others = {unit for (table, _row_id), unit in units.items() if table == "summary"}
    return Turned(change["verb"], len(left - others - {row_id for _table, row_id in homeless}))


def _without_source(connection: Connection, events: list[Row]) -> set[undo.Place]:
    """Codings on a text that is no longer in the study."""
    codings = [event for event in events if event["entity"] == "coding"]
    source = schema.source.c.id
    there = set(connection.scalars(select(source).where(source.in_({event["source_id"] for event in codings}))))
    return {("coding", event["entity_id"]) for event in codings if event["source_id"] not in there}


def _units(events: list[Row]) -> dict[undo.Place, str]:
    """Codings, their memos and summaries, by place, each with a name for what it is turned together with.

    Codings that went into another are turned with that one, and so are the memos of them all.
    """
    codings = [event for event in events if event["entity"] == "coding"]
    stayed: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for event in codings:
        if event["before"] and event["after"]:
            stayed[_lane(event["after"])].append(event["after"])
    unit_of: dict[str, str] = {}
    for event in codings:
        unit_of[event["entity_id"]] = event["entity_id"]
        if event["after"] is None:
            gone = event["before"]
            around = (row for row in stayed[_lane(gone)] if row["start"] <= gone["start"] and gone["end"] <= row["end"])
            unit_of[event["entity_id"]] = next((row["id"] for row in around), event["entity_id"])
    units = {("coding", row_id): unit for row_id, unit in unit_of.items()}
    for event in events:
        if event["entity"] == "memo":
            about = [row["about_id"] for row in (event["before"], event["after"]) if row]
            known = [unit_of[row_id] for row_id in about if row_id in unit_of]
            units["memo", event["entity_id"]] = known[0] if known else about[-1]
        elif event["entity"] == "summary":  # two of them may have become one
            row = event["before"] or event["after"]
            units["summary", event["entity_id"]] = f"{row['coder_id']} {row['expert_id']}"
    return units


def _lane(coding: Row) -> tuple[str, ...]:
    return coding["source_id"], coding["coder_id"], coding["layer"]


def _need_codes(connection: Connection, turned: list[Row], kind: str) -> None:
    """Raise UndoRefused where a coding or a code would be left without the code that it has or hangs under.

    A code that is merged away once more must not keep codings either: nobody would find them under it.
    """
    back = "before" if kind == "undo" else "after"
    codes = [event for event in turned if event["entity"] == "code"]
    gone = {event["entity_id"] for event in codes if event[back] is None}
    merged = {event["entity_id"] for event in codes if event[back] and event[back]["merged_into_id"]}
    moving = {event["entity_id"] for event in turned}
    coding, code = schema.coding, schema.code
    held = select(coding.c.id).where(coding.c.code_id.in_(gone | merged if kind == "redo" else gone))
    below = select(code.c.id).where(or_(code.c.parent_id.in_(gone), code.c.merged_into_id.in_(gone)))
    for query in (held, below):
        if set(connection.scalars(query)) - moving:
            raise undo.UndoRefused(_HELD if kind == "undo" else _HELD_AGAIN)


_HELD = sentence("This cannot be turned back: a code that would go has got codings or other codes since.")
_HELD_AGAIN = sentence("This cannot be done again: a code that would go has got codings since. Merge the two anew.")
