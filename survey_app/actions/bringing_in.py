"""Bring files in: look at what they are first, store only what a person has accepted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from survey_app.actions.proposals import as_speaker, guess
from survey_app.store import schema, sources
from survey_app.store.log import Row, Store, fetch, new_id, now
from transcripts.messages import Message, MessageError, sentence
from transcripts.model import Statement, Transcript
from transcripts.people import propose_roles
from transcripts.reading import UnreadableTranscript, check_size, read_file

CHAT_SHAPES = "zoom_chat"


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
        """session, or chat."""
        is_chat = self.transcript is not None and self.transcript.shape.startswith(CHAT_SHAPES)
        return "chat" if is_chat else "session"

    @property
    def new(self) -> bool:
        """Whether it can be stored: readable, and not there already."""
        return self.transcript is not None and not self.known_as and not self.same_as


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one file: the source's key, or the sentence that says why there is none."""

    file: str
    key: str = ""
    problem: Message | None = None


def recognise_file(store: Store, study_id: str, name: str, content: bytes, *, keep_private: bool = False) -> Recognised:
    """Understand one file; stores nothing and never raises for what is in the file."""
    try:
        check_size(name, len(content))
        transcript = read_file(name, content, keep_private=keep_private)
    except UnreadableTranscript as problem:
        return Recognised(name, problem=problem.message)
    if transcript.kind == "participants":
        absent = sentence(
            "{file} lists who was there and holds nothing that was said. Bring the transcript.", file=name
        )
        return Recognised(name, problem=absent)
    sha256 = hashlib.sha256(content).hexdigest()
    with store.reading() as connection:
        known = sources.by_sha256(connection, study_id, sha256)
    return Recognised(name, sha256, transcript, known_as=known["key"] if known else "")


def recognise_path(store: Store, study_id: str, path: Path) -> Recognised:
    """The same for a file on disk; one that is too large is refused by its size and never read."""
    try:
        if not path.is_file():
            return Recognised(path.name, problem=sentence("There is no file {file}.", file=str(path)))
        check_size(path.name, path.stat().st_size)
        return recognise_file(store, study_id, path.name, path.read_bytes())
    except UnreadableTranscript as problem:
        return Recognised(path.name, problem=problem.message)
    except OSError:
        return Recognised(
            path.name, problem=sentence("{file} cannot be opened. Check that you may read it.", file=str(path))
        )


def mark_doubles(batch: Sequence[Recognised]) -> list[Recognised]:
    """The batch, with each file that says the very same as an earlier one marked."""
    first: dict[str, str] = {}
    marked = []
    for found in batch:
        double = first.get(found.sha256, "") if found.sha256 else ""
        marked.append(replace(found, same_as=double))
        first.setdefault(found.sha256, found.file)
    return marked


def bring_in_files(store: Store, person: str, study: Row, batch: Iterable[Recognised]) -> list[Stored]:
    """Store what is new of a batch, each file by itself: one that cannot be stored takes no other with it."""
    done = []
    for found in batch:
        if found.problem is not None or found.known_as or found.same_as:
            done.append(Stored(found.file, found.known_as, found.problem))
            continue
        try:
            source_id = bring_in_file(store, person, study, found)
        except MessageError as problem:
            done.append(Stored(found.file, problem=problem.message))
            continue
        with store.reading() as connection:
            done.append(Stored(found.file, str(sources.source(connection, source_id)["key"])))
    return done


def bring_in_file(
    store: Store, person: str, study: Row, found: Recognised, *, key: str = "", title: str = "", date: str = "",
    saved: Iterable[Statement] | None = None, labels: Iterable[str] | None = None,
    questions: Iterable[str] | None = None,
) -> str:  # fmt: skip
    """Store one recognised file as a source with its turns, statements and proposed speakers; returns its id.

    `saved` replaces the automatic statements by a segmentation made elsewhere, with `labels` and `questions`.
    Raises SourceProblem for a file that is unreadable or in the study already.
    """
    transcript = found.transcript
    if transcript is None:
        raise SourceProblem(found.problem or sentence("This file holds nothing that could be stored."))
    statements = list(transcript.statements if saved is None else saved)
    source_id = new_id()
    with store.change(study["id"], person, "bring_in_file", scope=source_id) as change:
        known = sources.by_sha256(change.connection, study["id"], found.sha256)
        if found.sha256 and known is not None:
            raise SourceProblem(
                sentence("{file} is in the study already, as {key}.", file=found.file, key=known["key"])
            )
        taken = sources.sources(change.connection, study["id"])
        change.insert(
            schema.source,
            {
                "id": source_id, "study_id": study["id"], "kind": found.kind,
                "key": key or _free_key(found.kind, {row["key"] for row in taken}),
                "title": title or _title(found.file), "language": transcript.language or study["language"],
                "shape": transcript.shape, "clock": transcript.clock, "date": date or _date(found.file),
                "file_name": found.file, "sha256": found.sha256, "text": transcript.text, "created_at": now(),
                "position": 1 + max((row["position"] for row in taken), default=-1),
            },
        )  # fmt: skip
        change.insert(
            schema.turn,
            [
                {"source_id": source_id, "index": turn.index, "speaker": turn.speaker, "start": turn.start,
                 "end": turn.end, "start_s": turn.start_s, "end_s": turn.end_s, "folded": turn.folded}
                for turn in transcript.turns
            ],
        )  # fmt: skip
        names = list(labels or [])
        asked = list(questions or [])
        change.insert(
            schema.statement,
            [
                {"source_id": source_id, "turn": statement.turn, "start": statement.start,
                 "end": statement.end, "start_s": statement.start_s, "end_s": statement.end_s,
                 "label": names[order] if names else "", "question_key": asked[order] if asked else ""}
                for order, statement in enumerate(statements)
            ],
        )  # fmt: skip
        told = propose_roles(transcript)
        guesses = guess(change.connection, study["id"], transcript.speakers, told, leave_out=source_id)
        change.insert(schema.speaker, [as_speaker(source_id, name, guesses[name]) for name in transcript.speakers])
    return source_id


def take_out_source(store: Store, person: str, study_id: str, source_id: str) -> None:
    """Remove a source that nobody has coded yet; one that has codings stays."""
    with store.change(study_id, person, "take_out_source", scope=source_id) as change:
        connection = change.connection
        fetch(connection, schema.source, source_id, study_id)
        if connection.execute(schema.coding.select().where(schema.coding.c.source_id == source_id)).first():
            raise SourceProblem(
                sentence("This source has codings and stays. Remove the codings first if it shall really go.")
            )
        statements = [row["id"] for row in sources.statements(connection, source_id)]
        for table in (schema.quote_decision, schema.review):
            ours = table.select().join(schema.statement).where(schema.statement.c.source_id == source_id)
            change.delete(table, [row.id for row in connection.execute(ours)])
        change.delete(schema.statement, statements)
        for table in (schema.turn, schema.speaker):
            found = connection.execute(table.select().where(table.c.source_id == source_id))
            change.delete(table, [row.id for row in found])
        change.delete(schema.source, source_id)


def _free_key(kind: str, taken: set[str]) -> str:
    letter = {"session": "S", "chat": "CH", "document": "D", "answer": "Q"}[kind]
    return next(key for key in (f"{letter}-{n}" for n in range(1, 100_000)) if key not in taken)


def _title(file: str) -> str:
    return PurePath(file).stem.replace("_", " ")


def _date(file: str) -> str:
    """The day in a file's name (GMT20240124-…, 2015-08-27-…) as ISO date, or ""."""
    found = re.search(r"(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])", file)
    return "-".join(found.groups()) if found else ""
