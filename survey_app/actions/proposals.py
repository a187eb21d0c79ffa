"""Who is probably behind a display name: what was said before, what the roster says, what names have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from survey_app.actions.rights import needs
from survey_app.store import experts as expert_rows
from survey_app.store import meetings, sources
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.people import KnownPerson, name_key, propose

COUNTED = "expert"


@dataclass(frozen=True, slots=True)
class Guess:
    """A role, the expert's row id where the role is expert, and on what the guess rests."""

    role: str
    expert_id: str | None
    reason: str
    """memory, roster, same name, transcript, likeness, tie, several, nobody"""
    score: float = 100
    """Likeness of the names, 0 to 100."""
    runner_up: float = 0
    """That of the next expert."""
    candidates: tuple[str, ...] = ()
    """Keys of the experts to choose from: those that fit equally well, or those on one device."""


def guess(
    connection: Connection, study_id: str, names: Sequence[str], told: Mapping[str, str], leave_out: str = ""
) -> dict[str, Guess]:
    """A guess for each display name. `told` holds the roles that a transcript itself tells, by name.

    Original names and initials that lists of those present tell are compared too.

    What a person has confirmed for the same name elsewhere goes first (not in the source `leave_out`), then the
    roster, then the transcript; likeness comes last, so that a moderator is not taken for an expert.
    """
    people = expert_rows.experts(connection, study_id)
    ids = {row["key"]: row["id"] for row in people}
    known = [KnownPerson(row["key"], (row["name"], *row["other_names"])) for row in people]
    confirmed = {
        row["display_name"]: row
        for row in sources.speakers(connection, study_id)
        if row["confirmed"] and row["source_id"] != leave_out
    }
    others = {name_key(name): role for name, role in expert_rows.other_people(connection, study_id).items()}
    others.pop("", None)
    proposals = propose(names, known, {}, _original_names(connection, study_id))
    found: dict[str, Guess] = {}
    for name in names:
        proposal = proposals[name]
        expert_id = ids.get(proposal.expert_id or "")
        if name in confirmed:
            found[name] = Guess(confirmed[name]["role"], confirmed[name]["expert_id"], "memory")
        elif name_key(name) in others:
            found[name] = Guess(others[name_key(name)], None, "roster")
        elif expert_id and proposal.reason == "same name":
            found[name] = Guess(COUNTED, expert_id, "same name")
        elif name in told:
            found[name] = Guess(told[name], None, "transcript")
        elif expert_id:
            found[name] = Guess(COUNTED, expert_id, "likeness", proposal.score, proposal.runner_up)
        else:
            found[name] = Guess(
                "unknown", None, proposal.reason, proposal.score, proposal.runner_up, proposal.candidates
            )
    return found


def _original_names(connection: Connection, study_id: str) -> dict[str, list[str]]:
    """What else a display name is called on the lists of those present."""
    found: dict[str, list[str]] = {}
    for row in meetings.participants(connection, study_id):
        if row["other_name"] and row["other_name"] not in found.setdefault(row["display_name"], []):
            found[row["display_name"]].append(row["other_name"])
    return found


def guesses_for_waiting(connection: Connection, study_id: str) -> dict[str, Guess]:
    """A fresh guess, by row id, for every display name that nobody has confirmed yet."""
    waiting = [row for row in sources.speakers(connection, study_id) if not row["confirmed"]]
    told = {row["display_name"]: row["role"] for row in waiting if row["role"] not in {COUNTED, "unknown"}}
    found = guess(connection, study_id, list(dict.fromkeys(row["display_name"] for row in waiting)), told)
    return {row["id"]: found[row["display_name"]] for row in waiting}


@needs(Role.RESEARCHER)
def waiting_speakers(store: Store, study_id: str) -> dict[str, Guess]:
    """The same for a screen: row id of each unconfirmed display name, and on what its proposal rests."""
    with store.reading() as connection:
        return guesses_for_waiting(connection, study_id)


def as_speaker(source_id: str, name: str, found: Guess) -> Row:
    """The row to store for a display name that nobody has confirmed yet."""
    return {
        "source_id": source_id, "display_name": name, "role": found.role, "expert_id": found.expert_id,
        "confirmed": False,
    }  # fmt: skip
