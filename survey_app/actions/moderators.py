"""Who moderates each session: proposed by names and by the manner of speaking, confirmed by a person."""

from __future__ import annotations

from dataclasses import dataclass

from survey_app.actions.following import as_turns
from survey_app.actions.rights import needs
from survey_app.store import schema, sources
from survey_app.store.log import Row, Store, fetch
from survey_app.store.team import Role
from transcripts.model import Transcript, Unit
from transcripts.moderator import Manner, manners, propose_moderator, says_moderator


@dataclass(frozen=True, slots=True)
class Proposed:
    """A session that has no confirmed moderator. `manner` is how the proposed one speaks, None where a name tells.

    `speakers` are rows of the display names, the likeliest first; the first one is proposed where `sure`.
    """

    source: Row
    speakers: tuple[Row, ...]
    sure: bool
    manner: Manner | None


@needs(Role.RESEARCHER)
def moderators_to_confirm(store: Store, study_id: str) -> list[Proposed]:
    """Sessions with named speakers in which nobody has been confirmed as the moderator."""
    with store.reading() as connection:
        names = [row for row in sources.speakers(connection, study_id, "session") if row["turns"]]
        settled = {row["source_id"] for row in names if row["confirmed"] and row["role"] == "moderator"}
        waiting = [row for row in sources.sources(connection, study_id, "session") if row["id"] not in settled]
        found = []
        for row in waiting:
            here = {each["display_name"]: each for each in names if each["source_id"] == row["id"]}
            if here:
                text = fetch(connection, schema.source, row["id"])["text"]
                turns = as_turns(text, sources.turns(connection, row["id"]))
                talk = Transcript(
                    row["file_name"], row["shape"], row["clock"], row["language"],
                    tuple(Unit(turn.text, turn.speaker) for turn in turns), tuple(turns), (),
                )  # fmt: skip
                found.append(_proposed(row, here, talk))
    return found


def _proposed(source: Row, speakers: dict[str, Row], talk: Transcript) -> Proposed:
    ranked = [(name, score) for name, score in propose_moderator(talk) if name in speakers]
    order = {name: number for number, (name, _score) in enumerate(ranked)}
    listed = sorted(
        speakers.values(), key=lambda row: (order.get(row["display_name"], len(order)), row["display_name"])
    )
    sure = bool(ranked) and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
    first = ranked[0][0] if ranked else ""
    manner = manners(talk).get(first) if sure and not says_moderator(first) else None
    return Proposed(source, tuple(listed), sure, manner)
