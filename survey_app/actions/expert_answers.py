"""What experts have said of their own words as quotes, and what follows from it for what may go out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection

from survey_app.store import check_links
from survey_app.store.log import Row
from transcripts.messages import Message, counted

RELEASE, REWORD, WITHDRAW = ANSWERS = ("release", "reword", "withdraw")
ASKED = ("yes", "after_review")
"""Consent with which an expert is asked about their quotes."""
REQUIRED, OFFERED = "required", "offered"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an expert says of a statement: as it is, in other words (`wording`), or not at all.

    `shown` is the fingerprint of the words that were before them. `person` wrote it down for the expert; "": they
    answered by the link. A wording counts once a researcher has accepted it.
    """

    id: str
    answer: str
    wording: str
    shown: str
    at: str
    person: str
    accepted: bool
    refused: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a quote stands: `answer` of its expert, or None; `hindrance`, why it may not go out however a researcher
    decides: withdrawn, rewording (waits), refused, changed (other words since), unanswered, or ""."""

    answer: Answer | None
    hindrance: str


def fingerprint(text: str) -> str:
    """What tells whether words are still those that an expert has seen."""
    return sha256(text.encode()).hexdigest()


def expert_answers(connection: Connection, study_id: str) -> dict[str, Answer]:
    """The answers of experts by statement; one that is somebody else's by now has none."""
    return {
        row["statement_id"]: Answer(
            row["id"], row["answer"], row["wording"], row["shown"], row["at"], row["person"],
            bool(row["accepted_at"]), bool(row["refused_at"]),
        )
        for row in check_links.answers(connection, study_id)
    }  # fmt: skip


def is_required(study: Row) -> bool:
    """Whether quotes of this study go out only with their expert's word on each."""
    return bool((study["choices"] or {}).get("own_check") == REQUIRED)


def as_answered(rows: Iterable[Row], answers: Mapping[str, Answer], *, required: bool) -> list[Row]:
    """Quotes (`quotable`) with what their experts have answered: each with `standing` and `own_words`.

    An accepted wording takes the place of the words; who agrees to be quoted after a review, and has released a quote,
    has consented to that one.
    """
    found = []
    for row in rows:
        answer = answers.get(row["statement_id"])
        standing = Standing(answer, _hindrance(row, answer, required=required))
        own_words = bool(answer and answer.answer == REWORD and answer.accepted)
        agreed = row["consent"] == "after_review" and answer is not None and not standing.hindrance
        found.append(
            row
            | {"standing": standing, "own_words": own_words}
            | ({"text": answer.wording, "cuts": ()} if answer and own_words else {})
            | ({"consent": "yes"} if agreed else {})
        )
    return found


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
    if wait := count["unanswered"] + count["changed"]:
        found.append(
            counted(
                "{count} released quote is left out: it needs its expert's own word, which is not there.",
                "{count} released quotes are left out: they need their experts' own word, which is not there.", wait,
            )
        )  # fmt: skip
    return found


def _hindrance(row: Row, answer: Answer | None, *, required: bool) -> str:
    needed = required or row["consent"] == "after_review"
    if answer is None:
        return "unanswered" if needed else ""
    if answer.answer == WITHDRAW:
        return "withdrawn"
    if answer.answer == REWORD:
        return "" if answer.accepted else "refused" if answer.refused else "rewording"
    return "changed" if needed and answer.shown != fingerprint(row["text"]) else ""
