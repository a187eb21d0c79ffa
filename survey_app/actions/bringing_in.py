"""Bring files in: look at what they are first, store only what a person has accepted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from sqlalchemy import select

from survey_app.actions.meetings import leave_meeting
from survey_app.actions.proposals import as_speaker, guess
from survey_app.actions.rights import needs
from survey_app.store import schema, sources
from survey_app.store.log import Change, Row, Store, fetch, new_id, now, rows
from survey_app.store.team import Role
from transcripts.dates import date_in
from transcripts.guide import GuideQuestion
from transcripts.messages import Message, MessageError, sentence
from transcripts.model import Statement, Transcript, Turn
from transcripts.people import propose_roles
from transcripts.reading import UnreadableTranscript, check_size, read_file, split_parts

PART = " · "
"""Between the name of a file and the number of one of its interviews."""
LETTERS = {"session": "S", "chat": "CH", "document": "D", "answer": "Q"}
"""With which the key of a source of each kind begins."""


class SourceProblem(MessageError):
    """A source cannot be stored, or not be taken out."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """One file of a batch, as understood: a transcript or the sentence that says why it is none."""

    file: str
    sha256: str = ""
    transcript: Transcript | None = None
    problem: Message | None = None
    known_as: str = ""
    """Key of the source that this very file has already become."""
    same_as: str = ""
    """Name of the file of this batch that says the very same."""

    @property
    def kind(self) -> str:
        """session, chat or participants."""
        return self.transcript.kind if self.transcript is not None else "session"

    @property
    def date(self) -> str:
        """The day that the file or its name tells (ISO), or ""."""
        return (self.transcript.date if self.transcript is not None else "") or date_in(PurePath(self.file).stem)

    @property
    def new(self) -> bool:
        """Whether it can be stored: readable, and not there already."""
        return self.transcript is not None and not self.known_as and not self.same_as


@needs(Role.RESEARCHER)
def recognise_file(
    store: Store, study_id: str, name: str, content: bytes, *, keep_private: bool = False, language: str | None = None,
    encoding: str | None = None,
) -> Recognised:  # fmt: skip
    """Understand one file; stores nothing and never raises for what is in the file."""
    try:
        check_size(name, len(content))
        transcript = read_file(
            name, content, keep_private=keep_private, language=language, encoding=encoding,
            questions=guide_questions(store, study_id),
        )  # fmt: skip
    except UnreadableTranscript as problem:
        return Recognised(name, problem=problem.message)
    sha256 = hashlib.sha256(content).hexdigest()
    with store.reading() as connection:
        known = sources.by_sha256(connection, study_id, sha256)
    return Recognised(name, sha256, transcript, known_as=known["key"] if known else "")


@needs(Role.RESEARCHER)
def guide_questions(store: Store, study_id: str) -> tuple[GuideQuestion, ...]:
    """The study's interview guide, as readers want it: no turn runs across one of its questions."""
    table = schema.question
    with store.reading() as connection:
        found = rows(connection, select(table).where(table.c.study_id == study_id).order_by(table.c.position))
    return tuple(
        GuideQuestion(row["key"], tuple(text for text in (row["ask_en"], row["ask_ru"]) if text)) for row in found
    )


@needs(Role.RESEARCHER)
def interviews(store: Store, study_id: str, found: Recognised) -> list[Recognised]:
    """Each conversation of a file that holds several, to be stored as a source of its own; else the file as it is.

    A file that names no speakers but lists one person for each conversation gives each the person who was asked.
    """
    if found.transcript is None or not found.transcript.parts:
        return [found]
    pieces = split_parts(found.transcript, guide_questions(store, study_id))
    asked = found.transcript.attendees
    if not found.transcript.speakers and len(asked) == len(pieces):
        pieces = [replace(piece, attendees=(person,)) for piece, person in zip(pieces, asked, strict=True)]
    return [
        replace(
            found, file=f"{found.file}{PART}{number}/{len(pieces)}", sha256=f"{found.sha256}#{number}", transcript=piece
        )
        for number, piece in enumerate(pieces, start=1)
    ]


def is_part(found: Recognised) -> bool:
    """Whether it is one of several interviews of a file."""
    return "#" in found.sha256


def is_first(found: Recognised) -> bool:
    """Whether it is a whole file, or the first of its interviews: what is to be said of a file is said of this."""
    return not is_part(found) or found.sha256.endswith("#1")


@needs(Role.RESEARCHER)
def recognise_path(store: Store, study_id: str, path: Path) -> Recognised:
    """The same for a file on disk; one that is too large is refused by its size and never read."""
    try:
        return recognise_file(store, study_id, path.name, read_path(path))
    except MessageError as problem:
        return Recognised(path.name, problem=problem.message)


def read_path(path: Path) -> bytes:
    """A file's bytes, once its size is known to be legal. Raises SourceProblem and UnreadableTranscript."""
    if not path.is_file():
        raise SourceProblem(sentence("There is no file {file}.", file=str(path)))
    try:
        check_size(path.name, path.stat().st_size)
        return path.read_bytes()
    except OSError as problem:
        raise SourceProblem(
            sentence("{file} cannot be opened. Check that you may read it.", file=str(path))
        ) from problem


def mark_doubles(batch: Sequence[Recognised]) -> list[Recognised]:
    """The batch, with each file that says the very same as an earlier one marked."""
    doubles = doubles_in([(found.file, found.sha256) for found in batch])
    return [replace(found, same_as=double) for found, double in zip(batch, doubles, strict=True)]


def doubles_in(files: Iterable[tuple[str, str]]) -> list[str]:
    """For each (name, sha256) the name of an earlier file with the same sha256, or ""."""
    first: dict[str, str] = {}
    doubles = []
    for name, sha256 in files:
        doubles.append(first.get(sha256, "") if sha256 else "")
        first.setdefault(sha256, name)
    return doubles


@needs(Role.RESEARCHER)
def bring_in_file(
    store: Store, person: str, study: Row, found: Recognised, *, key: str = "", title: str = "", date: str = "",
    meeting_id: str | None = None, saved: Iterable[Statement] | None = None, labels: Iterable[str] | None = None,
    questions: Iterable[str] | None = None,
) -> str:  # fmt: skip
    """Store one recognised file as a source with its turns, statements and proposed speakers; returns its id.

    `saved` replaces the automatic statements by a segmentation made elsewhere, with `labels` and `questions`.
    Raises SourceProblem for a file that is unreadable, a list of participants, or in the study already.
    """
    transcript = found.transcript
    if transcript is None or not transcript.turns:
        raise SourceProblem(found.problem or sentence("This file holds nothing that could be stored."))
    statements = list(transcript.statements if saved is None else saved)
    head = {
        "kind": found.kind, "key": key, "title": title or title_of(found.file),
        "language": transcript.language or study["language"], "shape": transcript.shape, "clock": transcript.clock,
        "date": date or found.date, "file_name": found.file, "sha256": found.sha256, "text": transcript.text,
        "meeting_id": meeting_id,
    }  # fmt: skip
    source_id = new_id()
    with store.change(study["id"], person, "bring_in_file", scope=source_id) as change:
        insert_source(change, study["id"], source_id, head, transcript.turns, statements, labels, questions)
        told = propose_roles(transcript)
        guesses = guess(change.connection, study["id"], transcript.speakers, told, leave_out=source_id)
        change.insert(schema.speaker, [as_speaker(source_id, name, guesses[name]) for name in transcript.speakers])
    return source_id


def insert_source(
    change: Change, study_id: str, source_id: str, head: Row, turns: Iterable[Turn], statements: Iterable[Statement],
    labels: Iterable[str] | None = None, questions: Iterable[str] | None = None,
) -> None:  # fmt: skip
    """Write a source with its turns and statements; `head` are columns of the source, an empty key is filled.

    Raises SourceProblem when the study has a source with the same sha256.
    """
    known = sources.by_sha256(change.connection, study_id, head["sha256"]) if head["sha256"] else None
    if known is not None:
        raise SourceProblem(
            sentence("{file} is in the study already, as {key}.", file=head["file_name"], key=known["key"])
        )
    taken = sources.sources(change.connection, study_id)
    change.insert(
        schema.source,
        head
        | {"id": source_id, "study_id": study_id, "created_at": now(),
           "key": head["key"] or _free_key(head["kind"], {row["key"] for row in taken}),
           "position": 1 + max((row["position"] for row in taken), default=-1)},
    )  # fmt: skip
    change.insert(
        schema.turn,
        [
            {"source_id": source_id, "index": turn.index, "speaker": turn.speaker, "start": turn.start,
             "end": turn.end, "start_s": turn.start_s, "end_s": turn.end_s, "folded": turn.folded}
            for turn in turns
        ],
    )  # fmt: skip
    names, asked = list(labels or []), list(questions or [])
    change.insert(
        schema.statement,
        [
            {"source_id": source_id, "turn": statement.turn, "start": statement.start, "end": statement.end,
             "start_s": statement.start_s, "end_s": statement.end_s,
             "label": names[order] if names else "", "question_key": asked[order] if asked else ""}
            for order, statement in enumerate(statements)
        ],
    )  # fmt: skip


def title_of(file: str) -> str:
    """A file's name as a title; an interview out of several keeps its number."""
    name, between, part = file.partition(PART)
    return PurePath(name).stem.replace("_", " ") + (f"{between}{part.partition('/')[0]}" if between else "")


@needs(Role.RESEARCHER)
def take_out_source(store: Store, person: str, study_id: str, source_id: str) -> None:
    """Remove a source that nobody has coded yet, with its recording; one that has codings stays.

    So does one of which an expert keeps words back: that lies on the text, and the file could be brought in again.

    The recording's file stays where it is, as after `remove_recording`.
    """
    with store.change(study_id, person, "take_out_source", scope=source_id) as change:
        connection = change.connection
        source = fetch(connection, schema.source, source_id, study_id)
        if connection.execute(schema.coding.select().where(schema.coding.c.source_id == source_id)).first():
            raise SourceProblem(
                sentence("This source has codings and stays. Remove the codings first if it shall really go.")
            )
        if connection.execute(schema.kept_back.select().where(schema.kept_back.c.source_id == source_id)).first():
            raise SourceProblem(
                sentence(
                    "An expert keeps back words of {key}, and that lies on its text: it stays, so that the words "
                    "cannot come in again with the file. Without codings nothing of it is quoted.",
                    key=source["key"],
                )
            )
        statements = [row["id"] for row in sources.statements(connection, source_id)]
        for table in (schema.quote_decision, schema.review, schema.finding_quote, schema.check_answer):
            ours = table.select().join(schema.statement).where(schema.statement.c.source_id == source_id)
            change.delete(table, [row.id for row in connection.execute(ours)])
        change.delete(schema.statement, statements)
        for table in (schema.turn, schema.speaker, schema.section, schema.revision, schema.recording):
            found = connection.execute(table.select().where(table.c.source_id == source_id))
            change.delete(table, [row.id for row in found])
        change.delete(schema.source, source_id)
        leave_meeting(change, source["meeting_id"])


def _free_key(kind: str, taken: set[str]) -> str:
    return next(key for key in (f"{LETTERS[kind]}-{n}" for n in range(1, 100_000)) if key not in taken)
