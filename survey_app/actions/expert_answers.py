"""What experts have said of their own words as quotes, and what follows from it for what may go out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import Connection

from survey_app.actions.keeping_back import KeptBack, kept_back
from survey_app.actions.review_state import asks_second_signature
from survey_app.store import check_links
from survey_app.store.log import Row
from transcripts.messages import Message, counted
from transcripts.pseudonyms import replaced

RELEASE, REWORD, WITHDRAW = ANSWERS = ("release", "reword", "withdraw")
ASKED = ("yes", "after_review")
"""Consent with which an expert is asked about their quotes."""
REQUIRED, OFFERED = "required", "offered"
_DECIDED = ("start", "end", "level", "label")
"""What is read of a decision on a place in other words."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an expert says of a statement: as it is, in other words (`wording`), or not at all.

    `shown` is the fingerprint of the words that were before them. `person` wrote it down for the expert; "": they
    answered by the link. A wording counts once `decided_by` has accepted it, with `decisions` on what could identify
    somebody in it, and where the study asks for it once `signed_by` has signed. `id` "": it is not the statement's own
    answer, but that of words in it which the expert keeps back.
    """

    id: str
    answer: str
    wording: str
    shown: str
    at: str
    person: str
    accepted: bool
    refused: bool
    decisions: tuple[Row, ...] = ()
    decided_by: str = ""
    signed_by: str = ""

    @property
    def told(self) -> str:
        """The other words as readers see them: with the labels that were decided on."""
        return replaced(self.wording, [(each["start"], each["end"], each["label"]) for each in self.decisions]).text


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a quote stands: `answer` of its expert, or None; `hindrance`, why it may not go out however a researcher
    decides: withdrawn, rewording (waits), unsigned (other words, by a second person), refused, changed (other words
    since), unanswered, or ""."""

    answer: Answer | None
    hindrance: str


def fingerprint(text: str) -> str:
    """What tells whether words are still those that an expert has seen."""
    return sha256(text.encode()).hexdigest()


def expert_answers(connection: Connection, study_id: str) -> dict[str, Answer]:
    """The answers of experts by statement; one that is somebody else's by now has none. A statement that holds words
    which its expert keeps back is answered by that."""
    found = {row["statement_id"]: _answer(row) for row in check_links.answers(connection, study_id)}
    for statement_id, kept in kept_back(connection, study_id).items():
        if _goes_before(kept, found.get(statement_id)):
            found[statement_id] = Answer("", kept.answer, "", "", kept.at, kept.person, False, False)
    return found


def _answer(row: Row) -> Answer:
    """As it is kept; a wording whose decisions are none, as a copy may have them, is not accepted."""
    answer = Answer(
        row["id"], row["answer"], row["wording"], row["shown"], row["at"], row["person"], bool(row["accepted_at"]),
        bool(row["refused_at"]), (), row["decided_by"], row["signed_by"],
    )  # fmt: skip
    try:
        decided = replace(answer, decisions=tuple({name: each[name] for name in _DECIDED} for each in row["decisions"]))
        return decided if decided.told else answer
    except (KeyError, TypeError, ValueError):
        return replace(answer, accepted=False)


def _goes_before(kept: KeptBack, own: Answer | None) -> bool:
    """Whether words that are kept back outweigh the statement's own answer: it may be of a part of them."""
    if own is None:
        return True
    if kept.again and own.at >= kept.at:
        return False
    return own.answer != WITHDRAW if kept.answer == WITHDRAW else own.answer == RELEASE


def is_required(study: Row) -> bool:
    """Whether quotes of this study go out only with their expert's word on each."""
    return bool((study["choices"] or {}).get("own_check") == REQUIRED)


def as_answered(rows: Iterable[Row], answers: Mapping[str, Answer], study: Row) -> list[Row]:
    """Quotes (`quotable`) with what their experts have answered: each with `standing` and `own_words`, and with
    `said_text` and `asked_for`: the words and the consent without any answer. `study` is the row as it is now: it says
    whether every quote needs an answer, and other words a second signature.

    An accepted wording takes the place of the words; who agrees to be quoted after a review, and has released a quote,
    has consented to that one.
    """
    found = []
    for row in rows:
        answer = answers.get(row["statement_id"])
        standing = Standing(answer, _hindrance(row, answer, study))
        own_words = bool(answer and answer.answer == REWORD and not standing.hindrance)
        agreed = row["consent"] == "after_review" and answer is not None and not standing.hindrance
        found.append(
            row
            | {"standing": standing, "own_words": own_words, "said_text": row["text"], "asked_for": row["consent"]}
            | ({"text": answer.told, "cuts": ()} if answer and own_words else {})
            | ({"consent": "yes"} if agreed else {})
        )
    return found


def is_current(row: Row) -> bool:
    """Whether one of these has an answer that is about its words as they are now."""
    answer: Answer | None = row["standing"].answer
    return answer is not None and (answer.answer == WITHDRAW or answer.shown == fingerprint(row["said_text"]))


def notices(rows: Iterable[Row]) -> list[Message]:
    """What a publication will lack of released quotes, because of what experts have answered or not answered."""
    count = Counter(row["standing"].hindrance for row in rows if row["decision"] == "released")
    found = []
    if wait := count["rewording"] + count["refused"]:
        found.append(
            counted(
                "{count} released quote is left out: its expert wants other words, which are not accepted.",
                "{count} released quotes are left out: their experts want other words, which are not accepted.", wait,
            )
        )  # fmt: skip
    if wait := count["unsigned"]:
        found.append(
            counted(
                "{count} released quote is left out: a second person is to sign the words that its expert wants.",
                "{count} released quotes are left out: a second person is to sign the words that their experts want.",
                wait,
            )
        )
    if wait := count["unanswered"] + count["changed"]:
        found.append(
            counted(
                "{count} released quote is left out: it needs its expert's own word, which is not there.",
                "{count} released quotes are left out: they need their experts' own word, which is not there.", wait,
            )
        )  # fmt: skip
    return found


def _hindrance(row: Row, answer: Answer | None, study: Row) -> str:
    needed = is_required(study) or row["consent"] == "after_review"
    if answer is None:
        return "unanswered" if needed else ""
    if answer.answer == WITHDRAW:
        return "withdrawn"
    changed = answer.shown != fingerprint(row["text"])
    if answer.answer != REWORD:
        return "changed" if needed and changed else ""
    if changed:
        return "changed"
    if not answer.accepted:
        return "refused" if answer.refused else "rewording"
    return "unsigned" if asks_second_signature(study) and not answer.signed_by else ""
