"""Open the comparison of texts: from then on their coders see each other's work. Who still codes stays blind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from survey_app.actions.assigning import WORK, how_far
from survey_app.actions.rights import needs
from survey_app.store import samples, schema, sources, studies
from survey_app.store.log import Row, Store, now
from survey_app.store.sight import assignments, openings
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

OPEN, CLOSE = "open_comparison", "close_comparison"


class OpeningRefused(MessageError):
    """A comparison that cannot be opened or closed as it was asked; nothing has changed."""


class StillCoding(OpeningRefused):
    """Some have not handed in yet: `rows` of assignments."""

    def __init__(self, waiting: list[Row]) -> None:
        named = ", ".join(f"{row['coder_key']} ({row['source_key']})" for row in waiting)
        super().__init__(
            sentence("Not handed in yet: {names}. They stay blind and see the comparison once they have.", names=named)
        )
        self.rows = waiting


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment with how far it is: numbers of statements looked at, nobody's codes."""

    row: Row
    looked: int
    total: int
    sample: str
    """Name of the sample, "" for the whole text."""

    @property
    def handed_in(self) -> bool:
        """Whether its coder has closed it."""
        return bool(self.row["finished_at"])


@dataclass(frozen=True, slots=True)
class Plan:
    """Who codes what: texts, coders, assignments by (source_id, coder_id), when comparisons were opened."""

    texts: list[Row]
    coders: list[Row]
    assigned: dict[tuple[str, str], Assigned]
    opened: dict[str, str]


@needs(Role.RESEARCHER)
def plan_of(store: Store, study_id: str) -> Plan:
    """The whole plan of a study, for those who make it."""
    with store.reading() as connection:
        return Plan(
            texts=[row for row in sources.sources(connection, study_id) if row["statements"]],
            coders=studies.coders(connection, study_id),
            assigned={
                (each.row["source_id"], each.row["coder_id"]): each
                for each in _with_progress(connection, study_id, assignments(connection, study_id))
            },
            opened={row["source_id"]: row["at"] for row in openings(connection, study_id)},
        )


@needs(Role.CODER)
def own_texts(store: Store, study_id: str, coder_id: str) -> list[Assigned]:
    """What a coder was given, with how far they are: those to be coded first."""
    with store.reading() as connection:
        own = [row for row in assignments(connection, study_id) if row["coder_id"] == coder_id]
        found = _with_progress(connection, study_id, own)
    return sorted(found, key=lambda each: each.handed_in)


@needs(Role.RESEARCHER)
def open_comparison(
    store: Store, person: str, study_id: str, source_ids: Collection[str], *, early: bool = False
) -> int:
    """Let those who are done with these texts see each other's codings; returns how many texts were opened.

    Raises StillCoding where some have not handed in, unless that is meant (`early`).
    """
    with store.change(study_id, person, OPEN) as change:
        connection = change.connection
        known = {row["id"] for row in sources.sources(connection, study_id)}
        chosen = (set(source_ids) & known) - {row["source_id"] for row in openings(connection, study_id)}
        if not chosen:
            raise OpeningRefused(sentence("The comparison of these texts is open already."))
        waiting = [
            row
            for row in assignments(connection, study_id)
            if row["source_id"] in chosen and row["purpose"] == WORK and not row["finished_at"]
        ]
        if waiting and not early:
            raise StillCoding(waiting)
        change.insert(schema.opening, [{"source_id": one, "at": now(), "person": person} for one in sorted(chosen)])
    return len(chosen)


@needs(Role.RESEARCHER)
def close_comparison(store: Store, person: str, study_id: str, source_ids: Collection[str]) -> int:
    """Hide the coders of these texts from each other again; what they have seen meanwhile they have seen."""
    with store.change(study_id, person, CLOSE) as change:
        open_now = [row["id"] for row in openings(change.connection, study_id) if row["source_id"] in set(source_ids)]
        if not open_now:
            raise OpeningRefused(sentence("The comparison of these texts is not open."))
        change.delete(schema.opening, open_now)
    return len(open_now)


def _with_progress(connection: Connection, study_id: str, given: list[Row]) -> list[Assigned]:
    far = how_far(connection, study_id, given)
    names = {row["id"]: row["name"] for row in samples.samples(connection, study_id)}
    return [Assigned(row, *far[row["id"]], names.get(row["sample_id"], "")) for row in given]
