"""What lies on the coding desk: a source with its speakers, one coder's own work on it, and of that of other coders
what the law of sight lets this coder see now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from survey_app.actions.desk_terms import Terms, terms_within
from survey_app.actions.rights import needs
from survey_app.store import codebooks, desk_log, schema, sources, studies
from survey_app.store import codes as code_rows
from survey_app.store import marks as mark_rows
from survey_app.store.experts import experts as expert_rows
from survey_app.store.log import Row, Store, rows
from survey_app.store.progress import NOT_CODED
from survey_app.store.team import Role
from transcripts.messages import MessageError, sentence

LAYER = "coder"


class CodingRefused(MessageError):
    """A desk that cannot be opened, or an operation that would leave a coding that makes no sense."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One coder at one source."""

    study_id: str
    source_id: str
    coder_id: str
    coder_key: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What does not change while the desk is open.

    `turns` carry their `text`, `name`, `expert_id`, `group` (row or None), `role` and `counted`.
    """

    desk: Desk
    source: Row
    turns: list[Row]
    statements: list[Row]
    questions: list[Row]


@dataclass(frozen=True, slots=True)
class Book:
    """The codebook that a coder works by; `codes` include those out of use, since their codings are still shown."""

    version: int
    codes: list[Row]
    besides: Row


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A coder's work on a source as it stood after change number `revision`; `others` are codings of other coders."""

    revision: int
    codings: list[Row]
    looked_at: list[str]
    marks: list[Row]
    others: list[Row]
    terms: Terms


@dataclass(frozen=True, slots=True)
class Moved:
    """What came or went since a change: codings as rows of {number, id, coding}, `coding` None where it was removed;
    `others` likewise; marks and `looked` see `store.desk_log`. `revision`: the newest change number."""

    revision: int
    codings: list[Row]
    marks: list[Row]
    looked: list[Row]
    others: list[Row]
    terms: Terms


@needs(Role.CODER)
def open_desk(store: Store, study: Row, source_id: str, coder: Row) -> Paper:
    """Lay a source before a coder. Raises CodingRefused when source or coder are not of this study."""
    return lay_before(store, Desk(study["id"], source_id, coder["id"], coder["key"]))


@needs(Role.CODER)
def lay_before(store: Store, desk: Desk) -> Paper:
    """What lies on a desk now. Raises CodingRefused when its source or its coder are no longer there."""
    with store.reading() as connection:
        source_id, question = desk.source_id, schema.question
        need_place(connection, desk.study_id, source_id, desk.coder_id)
        source = sources.source(connection, source_id)
        text = source.pop("text")
        speakers = speakers_of(connection, desk.study_id, source_id)
        turns = [
            turn | speakers.get(turn["speaker"], stranger(turn)) | {"text": text[turn["start"] : turn["end"]]}
            for turn in sources.turns(connection, source_id)
        ]
        for turn in turns:
            turn["counted"] = turn["role"] not in NOT_CODED and not turn["folded"]
        asked = select(question).where(question.c.study_id == desk.study_id).order_by(question.c.position)
        statements = sources.statements(connection, source_id)
        return Paper(desk, source, turns, statements, rows(connection, asked))


@needs(Role.CODER)
def book_version(store: Store, desk: Desk) -> int:
    """Rises with every change of the study's codebook."""
    with store.reading() as connection:
        return codebooks.version_of(connection, desk.study_id)


@needs(Role.CODER)
def open_book(store: Store, desk: Desk) -> Book:
    """The codebook as it is now."""
    with store.reading() as connection:
        return Book(
            codebooks.version_of(connection, desk.study_id),
            code_rows.codes(connection, desk.study_id, archived=True),
            codebooks.codebook_of(connection, desk.study_id),
        )


@needs(Role.CODER)
def version_of(store: Store, desk: Desk) -> int:
    """Rises with everything that a coder reads of the source. 0 where it is no longer there."""
    with store.reading() as connection:
        return int(connection.scalar(select(schema.source.c.version).where(schema.source.c.id == desk.source_id)) or 0)


@needs(Role.CODER)
def snapshot(store: Store, desk: Desk) -> Snapshot:
    """This coder's codings, the ids of the statements that they have looked at, their marks, and what they see of
    others."""
    with store.reading() as connection:
        terms = terms_within(connection, store, desk.study_id, desk.source_id, desk.coder_id)
        return Snapshot(
            code_rows.last_change(connection),
            code_rows.codings_of(connection, desk.source_id, desk.coder_id, LAYER),
            [row["statement_id"] for row in reviews(connection, desk)],
            mark_rows.marks_of(connection, desk.study_id, desk.source_id, desk.coder_id),
            code_rows.codings_of_others(connection, desk.source_id, terms.other_ids),
            terms,
        )


@needs(Role.CODER)
def changes_since(store: Store, desk: Desk, revision: int) -> Moved:
    """What of this coder's own work, and of what they see of others, came or went after `revision`, in order."""
    with store.reading() as connection:
        terms = terms_within(connection, store, desk.study_id, desk.source_id, desk.coder_id)
        newest = code_rows.last_change(connection)
        found = desk_log.codings_since(connection, desk.source_id, [desk.coder_id, *terms.other_ids], revision)
        return Moved(
            newest,
            [_moved(row) for row in found if _whose(row) == desk.coder_id],
            desk_log.marks_since(connection, desk.study_id, desk.coder_id, revision),
            desk_log.looks_since(connection, desk.study_id, desk.coder_id, revision),
            [_moved(row) for row in found if _whose(row) != desk.coder_id],
            terms,
        )


def reviews(connection: Connection, desk: Desk) -> list[Row]:
    """Rows that say which statements of the source the coder has looked at."""
    review, statement = schema.review, schema.statement
    query = select(review).join(statement, statement.c.id == review.c.statement_id)
    return rows(connection, query.where(statement.c.source_id == desk.source_id, review.c.coder_id == desk.coder_id))


def need_place(connection: Connection, study_id: str, source_id: str, coder_id: str) -> None:
    """Raise CodingRefused unless source and coder are of this study."""
    source, coder = schema.source, schema.coder
    if connection.scalar(select(source.c.id).where(source.c.id == source_id, source.c.study_id == study_id)) is None:
        raise CodingRefused(sentence("This text is no longer in the study. Nothing was coded; open another."))
    if connection.scalar(select(coder.c.id).where(coder.c.id == coder_id, coder.c.study_id == study_id)) is None:
        raise CodingRefused(sentence("This coder is not in the study. Nothing was coded; choose who is coding."))


def _moved(row: Row) -> Row:
    return {"number": row["change_id"], "id": row["entity_id"], "coding": row["after"]}


def _whose(row: Row) -> str:
    return str((row["after"] or row["before"])["coder_id"])


def speakers_of(connection: Connection, study_id: str, source_id: str) -> dict[str, Row]:
    """By display name: whom the desk names, with group and role."""
    people = {row["id"]: row for row in expert_rows(connection, study_id)}
    groups = {row["id"]: row for row in studies.groups(connection, study_id)}
    found: dict[str, Row] = {}
    for row in rows(connection, select(schema.speaker).where(schema.speaker.c.source_id == source_id)):
        expert = people.get(row["expert_id"]) if row["role"] == "expert" else None
        found[row["display_name"]] = {
            "name": (expert["name"] if expert else "") or row["display_name"],
            "expert_id": expert["id"] if expert else "",
            "group": groups.get(expert["group_id"]) if expert else None,
            "role": row["role"],
        }
    return found


def stranger(turn: Row) -> Row:
    """Somebody of whom nobody has said who they are."""
    return {"name": turn["speaker"], "expert_id": "", "group": None, "role": "unknown"}
