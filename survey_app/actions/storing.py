"""Store a batch as it was decided: each file by itself, in its meeting, no talk twice unless a person says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from survey_app.actions.bringing_in import Recognised, bring_in_file
from survey_app.actions.correcting import Corrected, replace_file
from survey_app.actions.meetings import add_meeting, add_participants, leave_meeting
from survey_app.actions.placing import Act, Meeting, Plan, Twin, propose_places
from survey_app.actions.rights import needs
from survey_app.store import schema, sources
from survey_app.store.log import Row, Store, fetch
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, counted, sentence


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one file: the key of its source (or of the meeting, for a list of participants), or a problem.

    `note` tells what else happened: left out as the same talk, or put in the place of an earlier text.
    """

    file: str
    key: str = ""
    stored: bool = False
    problem: Message | None = None
    note: Message | None = None


@needs(Role.RESEARCHER)
def bring_in_files(
    store: Store, person: str, study: Row, batch: Sequence[Recognised], told: Callable[[int], None] | None = None
) -> list[Stored]:
    """Store what is new of a batch as proposed, with nobody to ask: a talk that is there already is left out."""
    plan = propose_places(store, study["id"], batch)
    acts: dict[int, Act] = {place: "leave" if place in plan.twins else "store" for place in range(len(batch))}
    return bring_in_placed(store, person, study, batch, plan, acts, told)


@needs(Role.RESEARCHER)
def bring_in_placed(
    store: Store, person: str, study: Row, batch: Sequence[Recognised], plan: Plan, acts: Mapping[int, Act],
    told: Callable[[int], None] | None = None,
) -> list[Stored]:  # fmt: skip
    """Do with each file what was decided, each by itself: one that cannot be stored takes no other with it.

    `told` hears the place of each file before it is stored.
    """
    homes: dict[str, str] = {}
    done = []
    for place, found in enumerate(batch):
        if told is not None:
            told(place)
        done.append(_one(store, person, study, found, place, plan, acts.get(place, "store"), homes))
    if homes:
        with store.change(study["id"], person, "leave_meeting") as change:
            for meeting_id in homes.values():
                leave_meeting(change, meeting_id)
    return done


def note_on(corrected: Corrected, key: str) -> Message:
    """What a new revision has meant for the codings of the source `key`."""
    if corrected.cut:
        return counted(
            "{key} has its text in revision {revision}; {count} coding needs a look, since its words have changed.",
            "{key} has its text in revision {revision}; {count} codings need a look, since their words have changed.",
            len(corrected.cut), key=key, revision=corrected.revision,
        )  # fmt: skip
    return sentence(
        "{key} has its text in revision {revision}; every coding kept its words.", key=key, revision=corrected.revision
    )


def _one(
    store: Store, person: str, study: Row, found: Recognised, place: int, plan: Plan, act: Act, homes: dict[str, str]
) -> Stored:
    if not found.new:
        return Stored(found.file, found.known_as, problem=found.problem)
    twin = plan.twins.get(place)
    try:
        if act == "leave":
            return Stored(found.file, twin.key if twin else "", note=_left_out(found.file, twin))
        if act == "replace" and twin is not None and twin.source_id:
            corrected = replace_file(store, person, study, twin.source_id, found)
            return Stored(found.file, twin.key, stored=True, note=note_on(corrected, twin.key))
        return _store(store, person, study, found, plan, plan.slots[place], homes)
    except MessageError as problem:
        return Stored(found.file, problem=problem.message)


def _store(
    store: Store, person: str, study: Row, found: Recognised, plan: Plan, slot: str, homes: dict[str, str]
) -> Stored:
    meeting = plan.meetings[slot]
    meeting_id = homes.get(slot) or _home(store, person, study["id"], meeting)
    homes[slot] = meeting_id
    key = ""
    if found.kind != "participants":
        source_id = bring_in_file(
            store, person, study, found, title=meeting.title, date=meeting.date, meeting_id=meeting_id
        )
        with store.reading() as connection:
            key = str(sources.source(connection, source_id)["key"])
    with store.change(study["id"], person, "add_participants") as change:
        added = add_participants(change, meeting_id, found.transcript.attendees if found.transcript else ())
        key = key or str(fetch(change.connection, schema.meeting, meeting_id)["key"])
    if found.kind == "participants" and not added:
        note = sentence("{file}: everybody on this list is noted already.", file=found.file)
        return Stored(found.file, key, note=note)
    return Stored(found.file, key, stored=True)


def _home(store: Store, person: str, study_id: str, meeting: Meeting) -> str:
    """The id of a meeting, made where it is a new one, with the sources that join it."""
    if meeting.id:
        return meeting.id
    with store.change(study_id, person, "new_meeting") as change:
        meeting_id = add_meeting(change, study_id, meeting.title, meeting.date)
        for source_id in meeting.joins:
            change.update(schema.source, source_id, meeting_id=meeting_id)
    return meeting_id


def _left_out(file: str, twin: Twin | None) -> Message | None:
    if twin is None:
        return None
    other = twin.key or twin.file
    return sentence("{file} holds the same talk as {other} and was not stored.", file=file, other=other)
