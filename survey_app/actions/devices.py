"""Who speaks in a turn, where the display name does not tell: several people on one device, turns without a name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from survey_app.actions.rights import needs
from survey_app.actions.undoing import undo_last
from survey_app.store import experts as expert_rows
from survey_app.store import schema, sources
from survey_app.store.log import Change, Row, Store, rows
from survey_app.store.revisions import open_source, rise
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence
from transcripts.people import several_people
from transcripts.revise import Carrier

ASSIGN = "assign_turns"
BETWEEN = " · "
"""Between the name of a device and that of the person who speaks from it."""


class AssignmentRefused(MessageError):
    """Turns that cannot be given to somebody; nothing has changed."""


@dataclass(frozen=True, slots=True)
class Device:
    """A display name of a source ("" for turns without one) whose turns a person may have to tell apart.

    `shared`: the name itself speaks of several people, or its turns have been told apart already.
    """

    source: Row
    name: str
    shared: bool
    turns: int


@needs(Role.RESEARCHER)
def devices(store: Store, study_id: str) -> list[Device]:
    """Names with several people, and turns without a name, of all sessions and chats; then every other name."""
    turn = schema.turn
    with store.reading() as connection:
        kept = sources.sources(connection, study_id, "session", "chat")
        named = sources.speakers(connection, study_id, "session", "chat")
        query = select(turn.c.source_id, func.count().label("turns")).where(turn.c.speaker == "")
        nameless = {row["source_id"]: row["turns"] for row in rows(connection, query.group_by(turn.c.source_id))}
    found: list[Device] = []
    for source in kept:
        here = [row for row in named if row["source_id"] == source["id"] and row["turns"]]
        counts: dict[str, int] = {}
        for row in here:
            name = device_of(row["display_name"])
            counts[name] = counts.get(name, 0) + row["turns"]
        told_apart = {device_of(row["display_name"]) for row in here} - {row["display_name"] for row in here}
        if here and nameless.get(source["id"]):  # captions without any name say nothing about who spoke
            found.append(Device(source, "", True, nameless[source["id"]]))
        found += [
            Device(source, name, bool(several_people(name)) or name in told_apart, count)
            for name, count in counts.items()
        ]
    return sorted(found, key=lambda each: not each.shared)


@needs(Role.RESEARCHER)
def turns_of(store: Store, study_id: str, device: Device) -> list[Row]:
    """The turns of a device in order, each with its `text`; `speaker` is the name that it has now."""
    with store.reading() as connection:
        text = sources.source(connection, device.source["id"])["text"]
        found = sources.turns(connection, device.source["id"])
    return [
        turn | {"text": text[turn["start"] : turn["end"]]}
        for turn in found
        if device_of(turn["speaker"]) == device.name
    ]


def device_of(name: str) -> str:
    """The display name of the file that a turn came with: what stands before the person who was told apart."""
    before, between, _person = name.partition(BETWEEN)
    return before if between and several_people(before) else name


@needs(Role.RESEARCHER)
def assign_turns(store: Store, person: str, study_id: str, source_id: str, wanted: Mapping[int, str | None]) -> int:
    """Say who speaks in turns: by index the key of an expert, the display name of another speaker after "=", or None
    for the device itself again. Returns how many turns changed. One act, one undo; names of the file stay readable.
    """
    with store.change(study_id, person, ASSIGN, scope=source_id) as change:
        connection = change.connection
        open_source(connection, study_id, source_id)
        experts = {row["key"]: row for row in expert_rows.experts(connection, study_id)}
        turns = {row["index"]: row for row in sources.turns(connection, source_id)}
        changed = 0
        for index, who in wanted.items():
            if index not in turns:
                raise AssignmentRefused(sentence("This turn is no longer there. Load the page again."))
            turn = turns[index]
            name = _name_for(change, source_id, device_of(turn["speaker"]), who, experts)
            if name != turn["speaker"]:
                change.update(schema.turn, turn["id"], speaker=name)
                changed += 1
        rise(connection, source_id)
        return changed


def same_as_before(turns: Iterable[Row]) -> dict[int, str]:
    """For turns without a name: the speaker of the turn before, as `assign_turns` takes it."""
    found: dict[int, str] = {}
    last = ""
    for turn in turns:
        if turn["speaker"]:
            last = turn["speaker"]
        elif last:
            found[turn["index"]] = f"={last}"
    return found


def keep_told_apart(before: Iterable[Row], turns: Iterable[Row], carrier: Carrier) -> list[Row]:
    """Turns of a corrected file, with the speakers that a person had told apart in the same words before."""
    named = [dict(row) for row in turns]
    starts = [row["start"] for row in named]
    for row in before:
        device = device_of(row["speaker"])
        place = carrier.carry(row["start"], row["end"])
        now = named[max(0, bisect_right(starts, place.start) - 1)]
        told = row["speaker"] != device and now["speaker"] == device
        if not place.cut and (told or (not now["speaker"] and row["speaker"])):
            now["speaker"] = row["speaker"]
    return named


@needs(Role.RESEARCHER)
def undo_assignment(store: Store, person: str, study_id: str, source_id: str) -> bool:
    """Turn back the last assignment in a source. False: there is nothing to undo."""
    with store.writing() as connection:
        return undo_last(connection, person, study_id, ASSIGN, source_id)


def _name_for(change: Change, source_id: str, device: str, who: str | None, experts: Mapping[str, Row]) -> str:
    """The display name under which the turn is kept, with its row among the speakers."""
    if who is None:
        return device
    if who.startswith("="):
        return who[1:]
    if who not in experts:
        raise AssignmentRefused(sentence("There is no expert {key} any more. Load the page again.", key=who))
    expert = experts[who]
    called = expert["name"] or expert["key"]
    name = f"{device}{BETWEEN}{called}" if device else called
    table = schema.speaker
    query = select(table).where(table.c.source_id == source_id, table.c.display_name == name)
    there = rows(change.connection, query)
    values = {"role": "expert", "expert_id": expert["id"], "confirmed": True}
    if not there:
        change.insert(table, {"source_id": source_id, "display_name": name} | values)
    elif there[0]["expert_id"] != expert["id"]:
        change.update(table, there[0]["id"], **values)
    return name
