"""The researcher's own conclusions: findings of sentences in both languages, in an order, each with what it claims.

What leaves everything as it is makes no change that would have to be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Table

from coding.claim_form import read_claim, renamed, write_claim
from coding.claims import Claim, UnusableClaim
from survey_app.actions.results import Layer, frames_within, hidden_texts
from survey_app.actions.rights import needs, permit, sight_of
from survey_app.actions.undoing import undo_own
from survey_app.actions.view_addresses import View, read_view
from survey_app.store import findings as finding_rows
from survey_app.store import retrieval, schema
from survey_app.store.log import Change, Row, Store, fetch, now, open_change
from survey_app.store.sight import ADJUDICATED
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, sentence

FOR, AGAINST = "for", "against"
LONGEST = 2_000
"""Code points of a sentence in one language."""
MOST_FINDINGS = 100
MOST_SENTENCES = 30
VERBS = (
    "add_finding", "remove_finding", "move_finding", "add_finding_sentence", "change_finding_sentence",
    "remove_finding_sentence", "move_finding_sentence", "tie_view", "untie_view", "tie_quote", "untie_quote",
)  # fmt: skip


class FindingProblem(MessageError):
    """A sentence, a view or a quote that cannot be kept."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement that speaks for a sentence or against it."""

    statement_id: str
    stance: str
    text: str
    expert_id: str
    group_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a finding. `problem` says why what it claims can no longer be read; `hidden` counts the quotes
    of texts whose codings the one who acts may not see yet."""

    id: str
    text_en: str
    text_ru: str
    claim: Claim | None = None
    problem: Message | None = None
    views: tuple[View, ...] = ()
    quotes: tuple[Quote, ...] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A conclusion: its sentences in their order."""

    id: str
    sentences: tuple[Sentence, ...]


@needs(Role.READER)
def findings_wait(store: Store, study_id: str) -> bool:
    """Whether findings would tell a coder what the others found before the own work at a text is done."""
    with store.reading() as connection:
        member = permit(connection, store, study_id, Role.READER)
    if member is None or member.role is not Role.CODER:
        return False
    return bool(hidden_texts(store, study_id, Layer(ADJUDICATED)))


@needs(Role.READER)
def findings_of(store: Store, study_id: str) -> list[Finding]:
    """All findings of a study in their order, as far as the one who acts may see what they rest on: none for a coder
    who does not see the adjudicated codings of every text yet (`findings_wait`)."""
    if findings_wait(store, study_id):
        return []
    with store.reading() as connection:
        seen = sight_of(connection, store, study_id)
        frames = frames_within(connection, store, study_id)[1]
        listed = finding_rows.findings(connection, study_id)
        parts = finding_rows.sentences(connection, study_id)
        tied = finding_rows.quotes(connection, study_id)
        merged = retrieval.merged_codes(connection, study_id)
    wanted = {row["statement_id"] for row in tied}
    said = frames.statements[frames.statements["statement_id"].isin(wanted)]
    said = said.merge(frames.experts[["expert_id", "group_id"]], on="expert_id", how="left").fillna({"group_id": ""})
    statements = {str(row["statement_id"]): row for row in said.to_dict("records")}
    quotes: dict[str, list[Quote]] = {}
    hidden: dict[str, int] = {}
    for row in tied:
        statement, of = statements.get(row["statement_id"]), row["finding_sentence_id"]
        if statement is None:  # of a turn that is in no table
            continue
        if seen.sees(str(statement["source_id"]), "", ADJUDICATED):
            words = (str(statement[name]) for name in ("text", "expert_id", "group_id", "label"))
            quotes.setdefault(of, []).append(Quote(row["statement_id"], row["stance"], *words))
        else:
            hidden[of] = hidden.get(of, 0) + 1
    made = [(row["finding_id"], _sentence(row, merged, quotes.get(row["id"], []), hidden)) for row in parts]
    return [Finding(row["id"], tuple(one for of, one in made if of == row["id"])) for row in listed]


@needs(Role.RESEARCHER)
def findings_to_release(store: Store, study: Row) -> list[Row]:
    """What a release says of the findings: text_en, text_ru and the statement_ids of quotes for and against. None
    unless the study releases its findings."""
    with store.reading() as connection:
        if not fetch(connection, schema.study, study["id"])["choices"].get("findings_released", False):
            return []
    found = []
    for finding in findings_of(store, study["id"]):
        quotes = [quote for each in finding.sentences for quote in each.quotes]
        found.append(
            {"text_en": " ".join(each.text_en for each in finding.sentences if each.text_en),
             "text_ru": " ".join(each.text_ru for each in finding.sentences if each.text_ru),
             "quotes": {stance: list(dict.fromkeys(quote.statement_id for quote in quotes if quote.stance == stance))
                        for stance in (FOR, AGAINST)}}
        )  # fmt: skip
    return found


@needs(Role.RESEARCHER)
def add_finding(
    store: Store, person: str, study_id: str, *, text_en: str = "", text_ru: str = "", claim: Claim | None = None
) -> str:
    """Add a finding behind the others, with its first sentence; returns its id. Raises FindingProblem."""
    values = _values(text_en, text_ru, claim)
    with store.change(study_id, person, "add_finding") as change:
        present = finding_rows.findings(change.connection, study_id)
        _refuse_more(present, MOST_FINDINGS, sentence("A study has at most {most} findings.", most=MOST_FINDINGS))
        row = {"study_id": study_id, "position": _behind(present), "created_at": now()}
        finding_id = change.insert(schema.finding, row)[0]
        change.insert(schema.finding_sentence, values | {"finding_id": finding_id, "position": 1})
    return finding_id


@needs(Role.RESEARCHER)
def remove_finding(store: Store, person: str, study_id: str, finding_id: str) -> None:
    """Remove a finding with its sentences; undo brings all of it back. Raises Gone."""
    with store.change(study_id, person, "remove_finding") as change:
        fetch(change.connection, schema.finding, finding_id, study_id)
        parts = [row["id"] for row in _parts(change.connection, study_id, finding_id)]
        _remove_sentences(change, study_id, parts)
        change.delete(schema.finding, finding_id)


@needs(Role.RESEARCHER)
def move_finding(store: Store, person: str, study_id: str, finding_id: str, step: int) -> None:
    """Move a finding by so many places, up with a negative number; at an end it stays. Raises Gone."""
    with store.writing() as connection:
        fetch(connection, schema.finding, finding_id, study_id)
        order = _moved(finding_rows.findings(connection, study_id), finding_id, step)
        if order:
            _number(open_change(connection, study_id, person, "move_finding"), schema.finding, order)


@needs(Role.RESEARCHER)
def add_sentence(
    store: Store, person: str, study_id: str, finding_id: str, *, text_en: str = "", text_ru: str = "",
    claim: Claim | None = None,
) -> str:  # fmt: skip
    """Add a sentence at the end of a finding; returns its id. Raises FindingProblem, Gone."""
    values = _values(text_en, text_ru, claim)
    with store.change(study_id, person, "add_finding_sentence") as change:
        fetch(change.connection, schema.finding, finding_id, study_id)
        present = _parts(change.connection, study_id, finding_id)
        _refuse_more(present, MOST_SENTENCES, sentence("A finding has at most {most} sentences.", most=MOST_SENTENCES))
        place = {"finding_id": finding_id, "position": _behind(present)}
        return change.insert(schema.finding_sentence, values | place)[0]


@needs(Role.RESEARCHER)
def change_sentence(
    store: Store, person: str, study_id: str, sentence_id: str, *, text_en: str, text_ru: str, claim: Claim | None
) -> None:
    """Say a sentence in other words, or let it claim something else. Raises FindingProblem, Gone."""
    values = _values(text_en, text_ru, claim)
    with store.writing() as connection:
        row = finding_rows.sentence_of(connection, study_id, sentence_id)
        if any(row[name] != value for name, value in values.items()):
            change = open_change(connection, study_id, person, "change_finding_sentence")
            change.update(schema.finding_sentence, sentence_id, **values)


@needs(Role.RESEARCHER)
def remove_sentence(store: Store, person: str, study_id: str, sentence_id: str) -> None:
    """Remove a sentence, and its finding with the last one. Raises Gone."""
    with store.change(study_id, person, "remove_finding_sentence") as change:
        row = finding_rows.sentence_of(change.connection, study_id, sentence_id)
        _remove_sentences(change, study_id, [sentence_id])
        if not _parts(change.connection, study_id, row["finding_id"]):
            change.delete(schema.finding, row["finding_id"])


@needs(Role.RESEARCHER)
def move_sentence(store: Store, person: str, study_id: str, sentence_id: str, step: int) -> None:
    """Move a sentence within its finding by so many places, up with a negative number. Raises Gone."""
    with store.writing() as connection:
        row = finding_rows.sentence_of(connection, study_id, sentence_id)
        order = _moved(_parts(connection, study_id, row["finding_id"]), sentence_id, step)
        if order:
            change = open_change(connection, study_id, person, "move_finding_sentence")
            _number(change, schema.finding_sentence, order)


@needs(Role.RESEARCHER)
def undo_finding(store: Store, person: str, study_id: str) -> bool:
    """Turn back this person's own last change of findings. False: there is none. Raises UndoRefused."""
    with store.writing() as connection:
        return undo_own(connection, person, study_id, VERBS) > 0


def _sentence(row: Row, merged: dict[str, str], quotes: list[Quote], hidden: dict[str, int]) -> Sentence:
    claim, problem = None, None
    if row["claim"]:
        try:
            claim = renamed(read_claim(row["claim"]), merged)
        except UnusableClaim as refused:
            problem = refused.message
    views = tuple(view for view in map(read_view, row["views"]) if view is not None)
    return Sentence(
        row["id"], row["text_en"], row["text_ru"], claim, problem, views, tuple(quotes), hidden.get(row["id"], 0)
    )


def _values(text_en: str, text_ru: str, claim: Claim | None) -> Row:
    texts = {"text_en": " ".join(text_en.split()), "text_ru": " ".join(text_ru.split())}
    if not any(texts.values()):
        raise FindingProblem(sentence("Write the sentence in at least one language."))
    if any(len(text) > LONGEST for text in texts.values()):
        raise FindingProblem(sentence("A sentence has at most {most} characters. Make two of it.", most=LONGEST))
    return texts | {"claim": write_claim(read_claim(write_claim(claim))) if claim else {}}


def _parts(connection: Connection, study_id: str, finding_id: str) -> list[Row]:
    return [row for row in finding_rows.sentences(connection, study_id) if row["finding_id"] == finding_id]


def _behind(present: list[Row]) -> int:
    return max((row["position"] for row in present), default=0) + 1


def _refuse_more(present: list[Row], most: int, told: Message) -> None:
    if len(present) >= most:
        raise FindingProblem(told)


def _remove_sentences(change: Change, study_id: str, sentence_ids: list[str]) -> None:
    tied = finding_rows.quotes(change.connection, study_id)
    change.delete(schema.finding_quote, [row["id"] for row in tied if row["finding_sentence_id"] in sentence_ids])
    change.delete(schema.finding_sentence, sentence_ids)


def _moved(present: list[Row], row_id: str, step: int) -> list[str]:
    """The ids in their new order; [] where nothing moves."""
    before = [row["id"] for row in present]
    order = list(before)
    at = order.index(row_id)
    order.insert(min(max(at + step, 0), len(order) - 1), order.pop(at))
    return order if order != before else []


def _number(change: Change, table: Table, order: list[str]) -> None:
    for position, each in enumerate(order, 1):
        change.update(table, each, position=position)
