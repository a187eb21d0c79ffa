"""How far the review of each text is before its words go out: looked through, decided, finished, signed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Literal

from sqlalchemy import Connection, func, select

from survey_app.actions.deidentified import label_of
from survey_app.actions.identifying import QUOTED
from survey_app.actions.new_names import new_names
from survey_app.actions.rights import needs
from survey_app.store import deidentification, schema, sources
from survey_app.store.log import Row, Store, fetch
from survey_app.store.team import Role
from transcripts.messages import Message, counted, sentence

State = Literal["unseen", "corrected", "new_names", "open", "finished", "signed"]
"""Nobody has looked through it, or not since its words changed, or since names that stand in it came into the roster;
not all is decided, or nobody has said that it is done; done; done and signed."""
_NAMED_ONE_BY_ONE = 5


@dataclass(frozen=True, slots=True)
class TextState:
    """How far the review of one text is. `signed` holds for just what was signed; `released` counts its quotes."""

    source_id: str
    key: str
    title: str
    kind: str
    language: str
    state: State
    places: int
    undecided: int
    released: int
    mostly_lower: bool
    finished_by: str
    signed_by: str
    new_names: tuple[str, ...] = ()
    """Words in it that name people whom the study did not know when it was looked through."""

    def ready(self, *, second_signature: bool) -> bool:
        """Whether words of it may go out."""
        return self.state == "signed" or (self.state == "finished" and not second_signature)


def asks_second_signature(study: Row) -> bool:
    """Whether a second person has to sign each review."""
    return bool(study["choices"].get("second_signature"))


@needs(Role.RESEARCHER)
def text_states(store: Store, study_id: str) -> list[TextState]:
    """Every text in which experts speak, in order."""
    with store.reading() as connection:
        return states_within(connection, study_id)


@needs(Role.RESEARCHER)
def unreviewed(store: Store, study: Row, statement_ids: Collection[str]) -> list[Message]:
    """Why words of these statements may not go out yet: one sentence a text, the first five by name."""
    with store.reading() as connection:
        present = fetch(connection, schema.study, study["id"])
        needed = _sources_of(connection, study["id"], statement_ids)
        states = [each for each in states_within(connection, study["id"]) if each.source_id in needed]
    second = asks_second_signature(present)
    waiting = [each for each in states if not each.ready(second_signature=second)]
    reasons = [_why(each) for each in waiting[:_NAMED_ONE_BY_ONE]]
    more = len(waiting) - _NAMED_ONE_BY_ONE
    if more > 0:
        reasons.append(
            counted(
                "The review of {count} more quoted text is not done.",
                "The reviews of {count} more quoted texts are not done.", more,
            )
        )  # fmt: skip
    return reasons


def states_within(connection: Connection, study_id: str) -> list[TextState]:
    """The same within a reading of the store."""
    of_source = defaultdict[str, list[Row]](list)
    for place in deidentification.places(connection, study_id):
        of_source[place["source_id"]].append(place)
    done = deidentification.reviews(connection, study_id)
    released = _released(connection, study_id)
    quoted = sources.sources(connection, study_id, *QUOTED)
    looked_at = [row["id"] for row in quoted if row["id"] in done and done[row["id"]]["revision"] == row["revision"]]
    unknown = new_names(connection, study_id, {each: of_source[each] for each in looked_at})
    found = []
    for row in quoted:
        places, review = of_source[row["id"]], done.get(row["id"])
        state = state_of(row["revision"], review, places, unknown.get(row["id"], ()))
        found.append(
            TextState(
                row["id"], row["key"], row["title"], row["kind"], row["language"], state, len(places),
                sum(not place["level"] for place in places), released.get(row["id"], 0),
                bool(review and review["mostly_lower"]),
                review["finished_by"] if review and state in {"finished", "signed"} else "",
                review["signed_by"] if review and state == "signed" else "", unknown.get(row["id"], ()),
            )
        )  # fmt: skip
    return found


def state_of(revision: int, review: Row | None, places: Sequence[Row], unknown: Sequence[str] = ()) -> State:
    """How far one review is; `unknown` are new names that stand in the text. What was finished is open again once
    something in it is undecided, and what was signed is not signed any more once readers would see something else."""
    if review is None:
        return "unseen"
    if review["revision"] != revision:
        return "corrected"
    if unknown:
        return "new_names"
    if not review["finished_at"] or any(not place["level"] for place in places):
        return "open"
    return "signed" if review["signed_at"] and review["signed_of"] == fingerprint(revision, places) else "finished"


def fingerprint(revision: int, places: Iterable[Row]) -> str:
    """A hash of what a person signs: the text's revision and what stands for each place."""
    seen = [[row["start"], row["end"], label_of(row, "en"), label_of(row, "ru")] for row in places]
    return sha256(dumps([revision, seen]).encode()).hexdigest()


def _why(each: TextState) -> Message:
    if each.state == "unseen":
        return sentence(
            "Quotes of “{key}” were released, but nobody has looked through it for names and the like: do so on the "
            "page “De-identification”.",
            key=each.key,
        )
    if each.state == "corrected":
        return sentence(
            "“{key}” was corrected since its review: look through it again on the page “De-identification”.",
            key=each.key,
        )
    if each.state == "new_names":
        return counted(
            "{count} name that came into the roster later stands in “{key}”: look through it again on the page "
            "“De-identification”.",
            "{count} names that came into the roster later stand in “{key}”: look through it again on the page "
            "“De-identification”.", len(each.new_names), key=each.key,
        )  # fmt: skip
    if each.undecided:
        return counted(
            "The review of “{key}” is not finished: {count} place is undecided.",
            "The review of “{key}” is not finished: {count} places are undecided.", each.undecided, key=each.key,
        )  # fmt: skip
    if each.state == "open":
        return sentence("The review of “{key}” is not finished: everything is decided, say that it is.", key=each.key)
    return sentence("The review of “{key}” waits for the signature of a second person.", key=each.key)


def _sources_of(connection: Connection, study_id: str, statement_ids: Collection[str]) -> set[str]:
    statement, source = schema.statement, schema.source
    query = (
        select(statement.c.id, statement.c.source_id)
        .join(source, source.c.id == statement.c.source_id)
        .where(source.c.study_id == study_id)
    )
    wanted = set(statement_ids)
    return {source_id for statement_id, source_id in connection.execute(query) if statement_id in wanted}


def _released(connection: Connection, study_id: str) -> dict[str, int]:
    statement, source, decision = schema.statement, schema.source, schema.quote_decision
    query = (
        select(statement.c.source_id, func.count())
        .join(decision, decision.c.statement_id == statement.c.id)
        .join(source, source.c.id == statement.c.source_id)
        .where(source.c.study_id == study_id, decision.c.decision == "released")
        .group_by(statement.c.source_id)
    )
    return {source_id: int(count) for source_id, count in connection.execute(query)}
