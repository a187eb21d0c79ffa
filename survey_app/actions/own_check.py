"""An expert looks at their own words as readers would see them, and says of each whether it may go out.

Whoever opens a link shows its token, and that is their right to what it leads to; so these actions name no role.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from coding.segments import Segment, segment_of
from survey_app.actions.expert_answers import (
    ANSWERS,
    ASKED,
    RELEASE,
    REWORD,
    WITHDRAW,
    Answer,
    as_answered,
    expert_answers,
    fingerprint,
    is_current,
    is_required,
)
from survey_app.actions.keeping_back import keep_back, let_go
from survey_app.actions.quotes import quotable
from survey_app.actions.results import frames_of, layers, segmentation
from survey_app.actions.rights import needs
from survey_app.language import LANGUAGES
from survey_app.publishing.names import names_within
from survey_app.store import check_links, schema
from survey_app.store import experts as expert_rows
from survey_app.store import results as result_rows
from survey_app.store.log import Change, Row, Store, fetch, now, open_change
from survey_app.store.team import Role
from survey_app.views.segment_names import records
from transcripts.messages import MessageError, sentence
from transcripts.seen_words import seen

VERB = "answer_own_check"
LONGEST_WORDING = 2_000
_SAID = ("answer", "wording")


class CheckClosed(MessageError):
    """A link that leads to no quotes: wrong, withdrawn, or over. Which of these, nobody is told."""


class ChecksChanged(MessageError):
    """What was answered is not what is asked now. Nothing was stored."""


@dataclass(frozen=True, slots=True)
class OwnQuote:
    """Words of the expert as readers would see them; `mark` tells them from other words. `answer`: the last one, if it
    is still about these."""

    statement_id: str
    text: str
    language: str
    mark: str
    codes: tuple[Row, ...]
    answer: Answer | None


@dataclass(frozen=True)
class OwnCheck:
    """What a link leads to. `segment`: what readers are told of whoever said it, or None; `published_at`: when
    the study was published since the link was made, or "" where it was not or nothing of it stands; `read`: whether
    it was ever published since; `word_needed`: whether what is left unanswered stays inside."""

    link: Row
    study: Row
    segment: Segment | None
    quotes: tuple[OwnQuote, ...]
    published_at: str
    read: bool = False
    word_needed: bool = False

    @property
    def answered(self) -> int:
        """How many of the quotes have an answer."""
        return sum(quote.answer is not None for quote in self.quotes)


def look_up(store: Store, token: str) -> OwnCheck:
    """What a link leads to. Raises CheckClosed."""
    with store.reading() as connection:
        link = _link(connection, token)
        return _check(store, connection, link)


def open_link(store: Store, token: str, language: str) -> None:
    """Note that a person has opened a link, who has chosen the language of its page. Raises CheckClosed.

    That a page was asked for says nothing: messengers ask for it to show what a link leads to.
    """
    with store.writing() as connection:
        link = _link(connection, token)
        told = {"language": language} if language in LANGUAGES else {}
        check_links.keep(connection, link["id"], opened_at=link["opened_at"] or now(), **told)


def answer(store: Store, token: str, answers: Mapping[str, tuple[str, str, str]]) -> int:
    """Keep what an expert says of their quotes: by statement {(answer, wording, mark of the words shown)}; returns how
    many have an answer now.

    Raises CheckClosed; CheckOver once the study is published; ChecksChanged, with nothing stored, for a statement that
    is not asked about (any more) or whose words are others by now, and for a wording that is none.
    """
    with store.writing() as connection:
        link = _link(connection, token)
        check = _check(store, connection, link)
        asked = {quote.statement_id: quote for quote in check.quotes}
        given = {key: (said, seen(wording) if said == REWORD else "") for key, (said, wording, _) in answers.items()}
        for statement_id, (said, wording) in given.items():
            _need_fit(asked.get(statement_id), said, wording, answers[statement_id][2])
        if answers:
            change = open_change(connection, link["study_id"], "", VERB)
            for statement_id, (said, wording) in given.items():
                _keep(change, link, asked[statement_id], said, wording)
            check_links.keep(connection, link["id"], answered_at=now(), opened_at=link["opened_at"] or now())
        return len(set(answers) | {each for each, quote in asked.items() if quote.answer})


def put_answer(
    change: Change, statement_id: str, expert_id: str, said: str, *, shown: str, wording: str = "", person: str = ""
) -> None:  # fmt: skip
    """Write down an answer in place of the one before, and what follows for the decision on the quote."""
    table, connection = schema.check_answer, change.connection
    before = check_links.answer_of(connection, statement_id, expert_id)
    mark = fingerprint(shown)
    decision = _withdraw(change, statement_id, before, person) if said == WITHDRAW else _let_go(change, before, mark)
    values: Row = {
        "answer": said, "wording": wording, "shown": mark, "at": now(), "person": person,
        "decision_before": decision, "accepted_at": "", "refused_at": "", "decided_by": "", "decisions": [],
        "signed_at": "", "signed_by": "",
    }  # fmt: skip
    if said == RELEASE:
        let_go(change, statement_id, expert_id)
    else:
        keep_back(change, statement_id, expert_id, answer=said, at=values["at"], person=person)
    if before is None:
        change.insert(table, {"statement_id": statement_id, "expert_id": expert_id} | values)
    elif any(before[name] != values[name] for name in (*_SAID, *(["shown"] if said != WITHDRAW else []))):
        change.update(table, before["id"], **values)


def closed() -> CheckClosed:
    """What is said of every link that is not good."""
    return CheckClosed(sentence("This link leads nowhere."))


def proposed(rows: list[Row], names: list[str], study: Row) -> list[Row]:
    """Of quotes with their answers those that experts are asked about: the released ones; where an expert agrees only
    after a review, or the study asks about everything, the undecided ones too; and what they have withdrawn."""
    everything = bool((study["choices"] or {}).get("own_check_all"))
    found = []
    for row in rows:
        answer = row["standing"].answer
        undecided = row["decision"] == "" and (everything or row["asked_for"] == "after_review")
        theirs = answer is not None and answer.answer == WITHDRAW
        wanted = row["decision"] == "released" or undecided or theirs
        if row["asked_for"] in ASKED and wanted and not names_within(row["said_text"], names):
            found.append(row)
    return found


@needs(Role.RESEARCHER)
def asked_quotes(store: Store, connection: Connection, study: Row) -> list[Row]:
    """All quotes of a study about which their experts are asked, as `as_answered` has them."""
    answers, present = expert_answers(connection, study["id"]), fetch(connection, schema.study, study["id"])
    layer = layers(frames_of(store, study["id"]))[0]
    names = expert_rows.names(connection, study["id"])
    return proposed(as_answered(quotable(store, study, layer), answers, present), names, study)


@needs(Role.RESEARCHER)
def publishing_segment(store: Store, study: Row, expert_key: str) -> Segment | None:
    """The segment by which readers of a publication are told of an expert's words."""
    choices = study["choices"] or {}
    key = next(iter(choices.get("segmentations") or []), "") or choices.get("segmentation") or "by_group"
    merged = segmentation(store, study, key)
    home = dict(segment_of(frames_of(store, study["id"]).experts, merged))
    return next((each for each in merged.segments if each.key == home.get(expert_key)), None)


def _link(connection: Connection, token: str) -> Row:
    link = check_links.by_token(connection, token)
    if link is None:
        raise closed()
    return link


def _check(store: Store, connection: Connection, link: Row) -> OwnCheck:
    study = fetch(connection, schema.study, link["study_id"])
    frames = frames_of(store, study["id"])
    codes = {str(row["code_id"]): row for row in records(frames.codes)}
    languages = dict(zip(frames.statements["statement_id"], frames.statements["language"], strict=True))
    rows = [row for row in asked_quotes(store, connection, study) if row["expert_id"] == link["expert_key"]]
    quotes = tuple(
        OwnQuote(
            row["statement_id"], row["said_text"], languages[row["statement_id"]], fingerprint(row["said_text"]),
            tuple(codes[key] for key in row["codes"] if key in codes),
            row["standing"].answer if is_current(row) else None,
        )
        for row in rows
    )  # fmt: skip
    published, stands = _published_since(connection, link)
    return OwnCheck(
        link, study, publishing_segment(store, study, link["expert_key"]), quotes, published if stands else "",
        read=bool(published), word_needed=is_required(study) or any(row["asked_for"] == "after_review" for row in rows),
    )  # fmt: skip


def _published_since(connection: Connection, link: Row) -> tuple[str, bool]:
    """When the study was published after a link was made, by a researcher's own act ("" where it was not), and whether
    readers can open any version now."""
    found = result_rows.releases(connection, link["study_id"])
    newest = max((row["created_at"] for row in found if not row["manifest"].get("after_withdrawal")), default="")
    stands = any(not row["manifest"].get("withdrawn_at") for row in found)
    return (newest if newest > link["created_at"] else ""), stands


def _need_fit(quote: OwnQuote | None, said: str, wording: str, mark: str) -> None:
    if quote is None or quote.mark != mark or said not in ANSWERS:
        raise ChecksChanged(
            sentence("What is to be published has changed since this page was opened. Nothing was stored: look again.")
        )
    if said == REWORD and not 0 < len(wording) <= LONGEST_WORDING:
        raise ChecksChanged(
            sentence("Other words are at least one and at most {most} characters. Nothing was stored.",
                     most=LONGEST_WORDING)
        )  # fmt: skip


def _keep(change: Change, link: Row, quote: OwnQuote, said: str, wording: str) -> None:
    if said == REWORD and wording == quote.text:
        said, wording = RELEASE, ""
    put_answer(change, quote.statement_id, link["expert_id"], said, shown=quote.text, wording=wording)


def _withdraw(change: Change, statement_id: str, before: Row | None, person: str) -> str:
    """Withhold a quote; returns the decision there was before it was withdrawn."""
    table = schema.quote_decision
    found = change.connection.execute(table.select().where(table.c.statement_id == statement_id)).mappings().first()
    told: dict[str, Any] = {"decision": "withheld", "person": person, "at": now()}
    if before is not None and before["answer"] == WITHDRAW:
        return str(before["decision_before"])
    if found is None:
        change.insert(table, {"statement_id": statement_id} | told)
        return ""
    if found["decision"] != "withheld":
        change.update(table, found["id"], **told)
    return str(found["decision"])


def _let_go(change: Change, before: Row | None, mark: str) -> str:
    """Give a quote that was withdrawn the decision back that it had, unless a researcher has decided anew; where its
    words are others by now, none: these nobody has released."""
    if before is None or before["answer"] != WITHDRAW:
        return ""
    table = schema.quote_decision
    found = change.connection.execute(
        table.select().where(table.c.statement_id == before["statement_id"])
    ).mappings().first()  # fmt: skip
    if found is None or found["decision"] != "withheld":
        return ""
    if before["decision_before"] and before["shown"] == mark:
        change.update(table, found["id"], decision=before["decision_before"], at=now())
    else:
        change.delete(table, found["id"])
    return ""
