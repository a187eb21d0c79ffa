"""What experts want to have said in other words: a researcher accepts it, or refuses, and then nothing goes out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from survey_app.actions.check_links import CheckProblem
from survey_app.actions.expert_answers import REWORD, Answer
from survey_app.actions.quotes import answered_quotes, quotable
from survey_app.actions.results import frames_of, layers
from survey_app.actions.rights import needs
from survey_app.publishing.names import names_within
from survey_app.store import check_links, schema
from survey_app.store import experts as expert_rows
from survey_app.store.log import Row, Store, now
from survey_app.store.team import Role
from transcripts.messages import sentence


@dataclass(frozen=True, slots=True)
class Rewording:
    """The words as they are, and those that their expert wants. `state`: waits, accepted, refused; `names`: of the
    roster, which stand in the new ones."""

    statement_id: str
    expert_key: str
    label: str
    text: str
    wording: str
    state: str
    names: tuple[str, ...]
    consent: str


@needs(Role.RESEARCHER)
def rewordings(store: Store, study: Row) -> list[Rewording]:
    """All that experts want in other words; those that wait first."""
    layer = layers(frames_of(store, study["id"]))[0]
    plain = {row["statement_id"]: row["text"] for row in quotable(store, study, layer)}
    with store.reading() as connection:
        names = expert_rows.names(connection, study["id"])
    found = []
    for row in answered_quotes(store, study, layer):
        answer: Answer | None = row["standing"].answer
        if answer is not None and answer.answer == REWORD:
            state = "accepted" if answer.accepted else "refused" if answer.refused else "waits"
            found.append(
                Rewording(
                    row["statement_id"], row["expert_id"], row["label"], plain[row["statement_id"]], answer.wording,
                    state, tuple(names_within(answer.wording, names)), row["consent"],
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: each.state != "waits")


@needs(Role.RESEARCHER)
def accept_rewording(store: Store, person: str, study: Row, statement_id: str, wording: str) -> None:
    """Let an expert's words take the place of those that were said. `wording`: the words that were looked at.

    Raises CheckProblem where a name stands in them, or the expert has said something else since.
    """
    with store.change(study["id"], person, "accept_rewording") as change:
        row = _need_rewording(change.connection, study, statement_id, wording)
        found = names_within(row["wording"], expert_rows.names(change.connection, study["id"]))
        if found:
            raise CheckProblem(
                sentence(
                    "A name of the roster stands in this quote: {names}. It stays inside, even if the word means "
                    "something else here.",
                    names=", ".join(found),
                )
            )
        change.update(schema.check_answer, row["id"], accepted_at=now(), refused_at="", decided_by=person)


@needs(Role.RESEARCHER)
def refuse_rewording(store: Store, person: str, study: Row, statement_id: str, wording: str) -> None:
    """Do not take an expert's words; the quote then does not go out at all, unless the expert answers anew."""
    with store.change(study["id"], person, "refuse_rewording") as change:
        row = _need_rewording(change.connection, study, statement_id, wording)
        change.update(schema.check_answer, row["id"], accepted_at="", refused_at=now(), decided_by=person)


def _need_rewording(connection: Connection, study: Row, statement_id: str, wording: str) -> Row:
    for row in check_links.answers(connection, study["id"]):
        if row["statement_id"] == statement_id and row["answer"] == REWORD and row["wording"] == wording:
            return row
    raise CheckProblem(sentence("The expert has answered something else since. Load the page again."))
