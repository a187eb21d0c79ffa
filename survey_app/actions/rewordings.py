"""What experts want to have said in other words: a researcher accepts it, or refuses, and then nothing goes out.

Other words are looked through as any text is. What could identify somebody in them is decided place by place, in
general words or kept knowingly, and where the study asks for a second signature a second person confirms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from survey_app.actions.check_links import CheckProblem
from survey_app.actions.expert_answers import REWORD, Answer
from survey_app.actions.known_by_name import known_by_name
from survey_app.actions.looking_through import FoundWords, found_in
from survey_app.actions.quotes import answered_quotes, quotable
from survey_app.actions.results import frames_of, layers
from survey_app.actions.rights import needs
from survey_app.publishing.names import names_within
from survey_app.store import check_links, schema
from survey_app.store import experts as expert_rows
from survey_app.store.log import Row, Store, now
from survey_app.store.team import Role
from transcripts.messages import sentence
from transcripts.pseudonyms import GENERAL, KEPT, replaced

CHANGED = sentence("The expert has answered something else since. Load the page again.")


@dataclass(frozen=True, slots=True)
class Rewording:
    """The words as they are, and those that their expert wants. `state`: waits, accepted, unsigned (accepted, waits for
    a second person), refused. `found`: what could identify somebody in the new ones; `decisions` on it by where it
    begins; `told`: as readers would see them with these."""

    statement_id: str
    expert_key: str
    label: str
    text: str
    wording: str
    state: str
    found: tuple[FoundWords, ...]
    decisions: Mapping[int, str]
    told: str
    consent: str
    decided_by: str
    signed_by: str


@needs(Role.RESEARCHER)
def rewordings(store: Store, study: Row) -> list[Rewording]:
    """All that experts want in other words, and that are about the words as they are; those that wait first."""
    layer = layers(frames_of(store, study["id"]))[0]
    plain = {row["statement_id"]: row["text"] for row in quotable(store, study, layer)}
    with store.reading() as connection:
        known = known_by_name(connection, study["id"])
    found = []
    for row in answered_quotes(store, study, layer):
        answer: Answer | None = row["standing"].answer
        state = _state(row["standing"].hindrance)
        if answer is not None and answer.answer == REWORD and answer.wording and state:
            decisions = {each["start"]: each["level"] for each in answer.decisions} if answer.accepted else {}
            found.append(
                Rewording(
                    row["statement_id"], row["expert_id"], row["label"], plain[row["statement_id"]], answer.wording,
                    state, tuple(found_in(answer.wording, known)), decisions, answer.told, row["consent"],
                    answer.decided_by, answer.signed_by,
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: (each.state != "waits", each.state != "unsigned"))


@needs(Role.RESEARCHER)
def accept_rewording(
    store: Store, person: str, study: Row, statement_id: str, wording: str, decisions: Mapping[int, str] | None = None
) -> None:  # fmt: skip
    """Let an expert's words take the place of those that were said. `wording`: the words that were looked at;
    `decisions`: of each place that could identify somebody, by where it begins, "general" or "kept".

    Raises CheckProblem where one is undecided, where a name would stand in them, or the expert has said something else
    since.
    """
    with store.change(study["id"], person, "accept_rewording") as change:
        connection = change.connection
        row = _need_rewording(connection, study, statement_id, wording)
        _need_current(store, study, statement_id)
        decided = _decided(connection, study, row["wording"], decisions or {})
        change.update(
            schema.check_answer, row["id"], accepted_at=now(), refused_at="", decided_by=person, decisions=decided,
            signed_at="", signed_by="",
        )  # fmt: skip


@needs(Role.RESEARCHER)
def sign_rewording(store: Store, person: str, study: Row, statement_id: str, wording: str) -> None:
    """Confirm accepted words, as they were decided on, as somebody who has not accepted them."""
    with store.change(study["id"], person, "sign_rewording") as change:
        row = _need_rewording(change.connection, study, statement_id, wording)
        _need_current(store, study, statement_id)
        if not row["accepted_at"]:
            raise CheckProblem(sentence("Nobody has accepted these words yet; there is nothing to sign."))
        if person == row["decided_by"]:
            raise CheckProblem(sentence("You have accepted these words yourself. A second person signs them."))
        levels = {each["start"]: each["level"] for each in row["decisions"]}
        if row["decisions"] != _decided(change.connection, study, row["wording"], levels):
            raise CheckProblem(
                sentence("What could identify somebody in these words is not decided as it is now. Accept them again.")
            )
        if not row["signed_at"]:
            change.update(schema.check_answer, row["id"], signed_at=now(), signed_by=person)


@needs(Role.RESEARCHER)
def refuse_rewording(store: Store, person: str, study: Row, statement_id: str, wording: str) -> None:
    """Do not take an expert's words; the quote then does not go out at all, unless the expert answers anew."""
    with store.change(study["id"], person, "refuse_rewording") as change:
        row = _need_rewording(change.connection, study, statement_id, wording)
        change.update(
            schema.check_answer, row["id"], accepted_at="", refused_at=now(), decided_by=person, decisions=[],
            signed_at="", signed_by="",
        )  # fmt: skip


def as_told(wording: str, found: Sequence[FoundWords], decisions: Mapping[int, str]) -> str:
    """Other words as readers would see them with these decisions."""
    return replaced(wording, [(each.start, each.end, _label(each, decisions)) for each in found]).text


def _label(found: FoundWords, decisions: Mapping[int, str]) -> str:
    return found.label if decisions.get(found.start) == GENERAL else ""


def _state(hindrance: str) -> str:
    """What is told of other words; "" where they count no longer."""
    return {"": "accepted", "rewording": "waits", "unsigned": "unsigned", "refused": "refused"}.get(hindrance, "")


def _decided(connection: Connection, study: Row, wording: str, decisions: Mapping[int, str]) -> list[Row]:
    """The decisions as they are kept: each place with its words and what readers see instead. Raises CheckProblem."""
    found = found_in(wording, known_by_name(connection, study["id"]))
    named = names_within(as_told(wording, found, decisions), expert_rows.names(connection, study["id"]))
    named += [each.words for each in found if each.named and decisions.get(each.start) == KEPT]
    if named:
        raise CheckProblem(
            sentence(
                "A name of the roster stands in this quote: {names}. It stays inside, even if the word means "
                "something else here.",
                names=", ".join(dict.fromkeys(named)),
            )
        )
    undecided = [each.words for each in found if decisions.get(each.start) not in {GENERAL, KEPT}]
    if undecided:
        raise CheckProblem(
            sentence(
                "Decide first on what could identify somebody in these words: {words}. Nothing was accepted.",
                words=", ".join(undecided),
            )
        )
    return [
        {"start": each.start, "end": each.end, "words": each.words, "kind": str(each.kind),
         "level": decisions[each.start], "label": _label(each, decisions)}
        for each in found
    ]  # fmt: skip


def _need_current(store: Store, study: Row, statement_id: str) -> None:
    """Refuse words that are about others than those that stand there now."""
    if statement_id not in {each.statement_id for each in rewordings(store, study)}:
        raise CheckProblem(CHANGED)


def _need_rewording(connection: Connection, study: Row, statement_id: str, wording: str) -> Row:
    for row in check_links.answers(connection, study["id"]):
        if row["statement_id"] == statement_id and row["answer"] == REWORD and row["wording"] == wording:
            return row
    raise CheckProblem(CHANGED)
