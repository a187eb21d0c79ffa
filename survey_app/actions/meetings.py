"""Meetings: their titles and days, which source belongs to which, and who was there."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from survey_app.actions.rights import needs
from survey_app.store import meetings as meeting_rows
from survey_app.store import schema, sources
from survey_app.store.log import Change, Row, Store, fetch, rows
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence
from transcripts.model import Attendee
from transcripts.people import name_key


class MeetingProblem(MessageError):
    """A meeting cannot be described so, or not be taken out."""


@dataclass(frozen=True, slots=True)
class Present:
    """One name on the list of those present. `minutes` over all visits; `spoke` in a session, `wrote` in a chat.

    `recording_consent` is what the list says about the recording; it is never consent to being quoted.
    """

    name: str
    other_name: str
    organisation: str
    position: str
    minutes: float | None
    recording_consent: str
    spoke: bool
    wrote: bool


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting as it is shown: its row (None: sources that belong to none), its sources, who was there."""

    meeting: Row | None
    sources: tuple[Row, ...]
    present: tuple[Present, ...]

    @property
    def names_speakers(self) -> bool:
        """Whether its sessions say who spoke: where none does, nobody can be said to have been silent."""
        return any(row["kind"] == "session" and row["speakers"] for row in self.sources)


@needs(Role.RESEARCHER)
def gatherings(store: Store, study_id: str) -> list[Gathering]:
    """Every meeting of the study by day, then the sessions and chats that belong to none."""
    with store.reading() as connection:
        found = meeting_rows.meetings(connection, study_id)
        there = meeting_rows.participants(connection, study_id)
        kept = sources.sources(connection, study_id, "session", "chat")
        names = sources.speakers(connection, study_id, "session", "chat")
    kind_of = {row["id"]: row["kind"] for row in kept}
    listed = []
    for meeting in found:
        ours = tuple(row for row in kept if row["meeting_id"] == meeting["id"])
        ids = {row["id"] for row in ours}
        here = [row for row in names if row["source_id"] in ids and row["turns"]]
        spoke = {name_key(row["display_name"]) for row in here if kind_of[row["source_id"]] == "session"}
        wrote = {name_key(row["display_name"]) for row in here if kind_of[row["source_id"]] == "chat"}
        present = _present([row for row in there if row["meeting_id"] == meeting["id"]], spoke, wrote)
        listed.append(Gathering(meeting, ours, present))
    homeless = tuple(row for row in kept if row["meeting_id"] is None)
    return [*listed, Gathering(None, homeless, ())] if homeless else listed


def add_meeting(change: Change, study_id: str, title: str, date: str) -> str:
    """Make a meeting within a change; returns its id."""
    taken = {row["key"] for row in meeting_rows.meetings(change.connection, study_id)}
    key = next(key for key in (f"M-{number}" for number in range(1, 100_000)) if key not in taken)
    values = {"study_id": study_id, "key": key, "title": title.strip(), "date": iso_day(date)}
    return change.insert(schema.meeting, values)[0]


@needs(Role.RESEARCHER)
def describe_meeting(store: Store, person: str, study_id: str, meeting_id: str, *, title: str, date: str) -> None:
    """Change title and day (ISO or ""). Raises MeetingProblem for what is no day.

    Sources take a changed day over, and the title where they had the meeting's before.
    """
    table = schema.source
    with store.change(study_id, person, "describe_meeting") as change:
        before = fetch(change.connection, schema.meeting, meeting_id, study_id)
        name, day = title.strip(), iso_day(date)
        change.update(schema.meeting, meeting_id, title=name, date=day)
        for source in rows(change.connection, select(table).where(table.c.meeting_id == meeting_id)):
            taken = {"date": day} if day != before["date"] else {}
            if name and source["title"] == before["title"]:
                taken["title"] = name
            change.update(table, source["id"], **taken)


@needs(Role.RESEARCHER)
def move_source(store: Store, person: str, study_id: str, source_id: str, meeting_id: str | None) -> None:
    """Let a source belong to another meeting, or (None) to a new one of its own."""
    with store.change(study_id, person, "move_source") as change:
        source = fetch(change.connection, schema.source, source_id, study_id)
        target = meeting_id or add_meeting(change, study_id, source["title"], source["date"])
        day = fetch(change.connection, schema.meeting, target, study_id)["date"]
        change.update(schema.source, source_id, meeting_id=target, date=day or source["date"])
        leave_meeting(change, source["meeting_id"])


def add_participants(change: Change, meeting_id: str, people: Iterable[Attendee]) -> int:
    """Note who was there; whoever is noted with the same times already is not noted twice. Returns how many are new."""
    table = schema.participant
    known = {
        (row["display_name"], row["joined"], row["left"])
        for row in rows(change.connection, select(table).where(table.c.meeting_id == meeting_id))
    }
    new = [
        {"meeting_id": meeting_id, "display_name": each.name, "other_name": each.other_name,
         "organisation": each.organisation, "position": each.position, "minutes": each.minutes,
         "joined": each.joined, "left": each.left, "recording_consent": each.recording_consent}
        for each in people
        if each.name and (each.name, each.joined, each.left) not in known
    ]  # fmt: skip
    return len(change.insert(table, new))


@needs(Role.RESEARCHER)
def forget_participants(store: Store, person: str, study_id: str, meeting_id: str) -> None:
    """Take the list of those present out; a meeting that has nothing else goes with it."""
    with store.change(study_id, person, "forget_participants") as change:
        fetch(change.connection, schema.meeting, meeting_id, study_id)
        table = schema.participant
        found = rows(change.connection, select(table).where(table.c.meeting_id == meeting_id))
        change.delete(table, [row["id"] for row in found])
        leave_meeting(change, meeting_id)


def leave_meeting(change: Change, meeting_id: str | None) -> None:
    """Let a meeting go when its last source and its list of those present are gone."""
    if meeting_id is None or _source_ids(change, meeting_id):
        return
    table = schema.participant
    if not rows(change.connection, select(table.c.id).where(table.c.meeting_id == meeting_id)):
        change.delete(schema.meeting, meeting_id)


def iso_day(date: str) -> str:
    """The day as ISO, or "" for none. Raises MeetingProblem for what is no day."""
    try:
        return datetime.date.fromisoformat(date).isoformat() if date.strip() else ""
    except ValueError:
        raise MeetingProblem(
            sentence("“{date}” is not a day. Write it as year-month-day, for example 2024-01-31.", date=date)
        ) from None


def _source_ids(change: Change, meeting_id: str) -> list[str]:
    table = schema.source
    return list(change.connection.scalars(select(table.c.id).where(table.c.meeting_id == meeting_id)))


def _present(found: list[Row], spoke: set[str], wrote: set[str]) -> tuple[Present, ...]:
    """A name each, its visits added up."""
    visits: dict[str, list[Row]] = {}
    for row in found:
        visits.setdefault(row["display_name"], []).append(row)
    listed = []
    for name, several in visits.items():
        others = [row["other_name"] for row in several if row["other_name"]]
        keys = {name_key(each) for each in (name, *others, *(f"{name} ({other})" for other in others))} - {""}
        minutes = [row["minutes"] for row in several if row["minutes"] is not None]
        first = {
            column: next((row[column] for row in several if row[column]), "")
            for column in ("other_name", "organisation", "position", "recording_consent")
        }
        listed.append(
            Present(name, first["other_name"], first["organisation"], first["position"],
                    sum(minutes) if minutes else None, first["recording_consent"],
                    not keys.isdisjoint(spoke), not keys.isdisjoint(wrote))
        )  # fmt: skip
    return tuple(listed)
