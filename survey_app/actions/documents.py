"""Documents (regulations, strategies): a second kind of source, with a denominator of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from survey_app.actions.bringing_in import SourceProblem, doubles_in, insert_source, read_path, title_of
from survey_app.actions.meetings import iso_day
from survey_app.actions.results import frames_of
from survey_app.actions.rights import needs
from survey_app.store import schema, sources
from survey_app.store.log import Row, Store, fetch, new_id
from survey_app.store.team import Role
from transcripts.acts import Metadata
from transcripts.documents import Document, UnreadableTranscript, document_statements, document_turns, read_document
from transcripts.messages import Message, MessageError, sentence

LEVELS = ("federal", "regional", "local")


class DocumentProblem(MessageError):
    """A document cannot be described so."""


@dataclass(frozen=True, slots=True)
class RecognisedDocument:
    """One file as understood: a document with what is proposed about it, or the sentence that says why it is none."""

    file: str
    sha256: str = ""
    document: Document | None = None
    problem: Message | None = None
    known_as: str = ""
    """Key of the source that this very file has already become."""
    same_as: str = ""
    """Name of the file of this batch that says the very same."""

    @property
    def new(self) -> bool:
        """Whether it can be stored: readable, and not there already."""
        return self.document is not None and not self.known_as and not self.same_as

    @property
    def proposed(self) -> Metadata:
        """What its first page says about it."""
        found = self.document
        if found is None:
            return Metadata()
        return Metadata(found.title or title_of(self.file), found.number, found.date, found.issuer, found.level)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What became of one document: the key of its source, or the sentence that says why there is none."""

    file: str
    key: str = ""
    stored: bool = False
    problem: Message | None = None


@needs(Role.RESEARCHER)
def recognise_document(
    store: Store, study_id: str, name: str, content: bytes, *, language: str | None = None, encoding: str | None = None
) -> RecognisedDocument:
    """Understand one file as a document; stores nothing and never raises for what is in the file."""
    try:
        document = read_document(name, content, language=language, encoding=encoding)
    except UnreadableTranscript as problem:
        return RecognisedDocument(name, problem=problem.message)
    sha256 = hashlib.sha256(content).hexdigest()
    with store.reading() as connection:
        known = sources.by_sha256(connection, study_id, sha256)
    return RecognisedDocument(name, sha256, document, known_as=known["key"] if known else "")


@needs(Role.RESEARCHER)
def recognise_document_path(store: Store, study_id: str, path: Path) -> RecognisedDocument:
    """The same for a file on disk; one that is too large is refused by its size and never read."""
    try:
        return recognise_document(store, study_id, path.name, read_path(path))
    except MessageError as problem:
        return RecognisedDocument(path.name, problem=problem.message)


def mark_double_documents(batch: Sequence[RecognisedDocument]) -> list[RecognisedDocument]:
    """The batch, with each file that says the very same as an earlier one marked."""
    doubles = doubles_in([(found.file, found.sha256) for found in batch])
    return [replace(found, same_as=double) for found, double in zip(batch, doubles, strict=True)]


@needs(Role.RESEARCHER)
def bring_in_documents(
    store: Store, person: str, study: Row, batch: Sequence[RecognisedDocument],
    described: Mapping[int, Metadata] | None = None, told: Callable[[int], None] | None = None,
) -> list[StoredDocument]:  # fmt: skip
    """Store what is new of a batch, each file by itself; `described` by place in the batch is what a person wrote.

    `told` hears the place of each file before it is stored.
    """
    done = []
    for place, found in enumerate(batch):
        if told is not None:
            told(place)
        if not found.new:
            done.append(StoredDocument(found.file, found.known_as, problem=found.problem))
            continue
        try:
            source_id = bring_in_document(store, person, study, found, (described or {}).get(place))
        except MessageError as problem:
            done.append(StoredDocument(found.file, problem=problem.message))
            continue
        with store.reading() as connection:
            done.append(StoredDocument(found.file, str(sources.source(connection, source_id)["key"]), stored=True))
    return done


@needs(Role.RESEARCHER)
def bring_in_document(
    store: Store, person: str, study: Row, found: RecognisedDocument, described: Metadata | None = None
) -> str:
    """Store a document with its paragraphs and statements; returns the source's id.

    `described` is what a person made of the proposal. Raises SourceProblem and DocumentProblem.
    """
    document = found.document
    if document is None:
        raise SourceProblem(found.problem or sentence("This file holds nothing that could be stored."))
    turns = document_turns(document)
    language = document.language or str(study["language"])
    columns = _columns(described or found.proposed, found.file)
    head = columns | {
        "kind": "document", "key": "", "language": language, "shape": "document", "clock": "none",
        "file_name": found.file, "sha256": found.sha256, "text": document.text,
    }  # fmt: skip
    source_id = new_id()
    with store.change(study["id"], person, "bring_in_document", scope=source_id) as change:
        insert_source(change, study["id"], source_id, head, turns, document_statements(document))
    return source_id


@needs(Role.RESEARCHER)
def documents(store: Store, study_id: str) -> list[Row]:
    """The study's documents with the columns of `Metadata` and the number of turns, statements and codings seen."""
    with store.reading() as connection:
        found = sources.sources(connection, study_id, "document")
    counts = frames_of(store, study_id).codings["source_id"].value_counts()
    said = {"number": "", "issuer": "", "level": ""}
    return [row | said | row["attributes"] | {"codings": int(counts.get(row["id"], 0))} for row in found]


@needs(Role.RESEARCHER)
def describe_documents(store: Store, person: str, study_id: str, described: Mapping[str, Metadata]) -> None:
    """Change what is said about documents, by id of their source; all of it or nothing. Raises DocumentProblem."""
    with store.change(study_id, person, "describe_documents") as change:
        for source_id, words in described.items():
            source = fetch(change.connection, schema.source, source_id, study_id)
            columns = _columns(words, source["file_name"])
            attributes = dict(source["attributes"]) | columns.pop("attributes")
            change.update(schema.source, source_id, **columns, attributes=attributes)


def _columns(described: Metadata, file: str) -> Row:
    """Columns of the source: title and date have one each, the rest are attributes."""
    title = " ".join(described.title.split())
    if not title:
        raise DocumentProblem(sentence("{file} needs a title: write what the document is called.", file=file))
    if described.level not in (*LEVELS, ""):
        raise DocumentProblem(
            sentence("“{level}” is no level of government. Choose one from the list.", level=described.level)
        )
    attributes = {
        "number": " ".join(described.number.split()), "issuer": " ".join(described.issuer.split()),
        "level": described.level,
    }  # fmt: skip
    return {"title": title, "date": iso_day(described.date), "attributes": attributes}
