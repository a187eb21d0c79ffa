"""A regulation or a strategy: paragraphs as they were written, what its first page says of it, its references."""

import re
from dataclasses import dataclass

from transcripts.acts import metadata_of
from transcripts.containers import Opened, Paragraph
from transcripts.decoding import UnreadableTranscript, language_of
from transcripts.limits import MOST_UNITS
from transcripts.messages import Message, counted, sentence
from transcripts.model import Statement, Turn
from transcripts.opening import open_content
from transcripts.references import references_in
from transcripts.statements import make_statements
from transcripts.wraps import rejoin

__all__ = ["Document", "UnreadableTranscript", "document_statements", "document_turns", "read_document"]

_WRAPPED = {"text", "pdf"}
_MARKS = re.compile(r"^#{1,6}\s+|\*\*|^>\s?|`")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was understood. `text` is its paragraphs joined by one line feed.

    `date` is ISO or "", `level` federal, regional, local or ""; `references` are places in `text`, code points;
    `encoding` is named only where it was guessed.
    """

    file: str
    title: str
    number: str
    date: str
    issuer: str
    level: str
    paragraphs: tuple[str, ...]
    language: str
    references: tuple[tuple[int, int], ...]
    warnings: tuple[Message, ...] = ()
    encoding: str = ""

    @property
    def text(self) -> str:
        """The source text that positions refer to."""
        return "\n".join(self.paragraphs)


def read_document(name: str, content: bytes, *, language: str | None = None, encoding: str | None = None) -> Document:
    """Read one file. `language` and `encoding` are a person's choices. Raises UnreadableTranscript."""
    opened = open_content(name, content, encoding)
    _refuse(opened)
    paragraphs, warnings = _paragraphs(opened)
    if not paragraphs:
        raise UnreadableTranscript(sentence("{file} has no words in it. Check that it is the right file.", file=name))
    if len(paragraphs) > MOST_UNITS:
        raise UnreadableTranscript(
            sentence("{file} has more than {limit} paragraphs. Cut it into several files.", file=name, limit=MOST_UNITS)
        )
    found = metadata_of(paragraphs)
    text = "\n".join(paragraphs)
    return Document(
        file=name, title=found.title, number=found.number, date=found.date, issuer=found.issuer, level=found.level,
        paragraphs=paragraphs, language=language or language_of(text[:20_000]), references=references_in(text),
        warnings=(*opened.notices, *warnings), encoding=encoding or opened.encoding,
    )  # fmt: skip


def document_turns(document: Document) -> tuple[Turn, ...]:
    """A turn a paragraph, without a speaker."""
    turns: list[Turn] = []
    start = 0
    for index, paragraph in enumerate(document.paragraphs):
        turns.append(Turn(index, "", paragraph, start, start + len(paragraph)))
        start += len(paragraph) + 1
    return tuple(turns)


def document_statements(document: Document) -> tuple[Statement, ...]:
    """Its statements: a long paragraph is cut as a turn is."""
    return make_statements(document_turns(document), document.language)


def _refuse(opened: Opened) -> None:
    head = opened.text[:3000].lower()
    if opened.container == "xlsx":
        raise UnreadableTranscript(
            sentence("{file} is a table and no document. Bring the document as .docx, .odt, .pdf, .html or .txt.",
                     file=opened.name)
        )  # fmt: skip
    if opened.container == "text" and ("<html" in head or "<!doctype html" in head):
        raise UnreadableTranscript(
            sentence("{file} is a web page. Save it with the ending .html, or bring the document itself.",
                     file=opened.name)
        )  # fmt: skip
    if head.startswith("webvtt"):
        raise UnreadableTranscript(
            sentence("{file} is a transcript. Bring it on the page “Transcripts”.", file=opened.name)
        )


def _paragraphs(opened: Opened) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    if opened.blocks:
        texts = [
            text
            for block in opened.blocks
            for text in ([block.text] if isinstance(block, Paragraph) else [" · ".join(row) for row in block.rows])
        ]
        return tuple(kept for text in texts if (kept := " ".join(text.split()).strip(" ·"))), ()
    if opened.container not in _WRAPPED:
        return tuple(kept for line in opened.text.split("\n") if (kept := " ".join(line.split()))), ()
    lines = [_MARKS.sub("", line) for line in opened.text.replace("\f", "\n").split("\n")]
    found = rejoin(lines, paged=opened.container == "pdf" or "\f" in opened.text)
    told: list[Message] = []
    if found.left_out:
        told.append(
            counted(
                "{count} line that comes back on the pages (a running head, a page number) was left out.",
                "{count} lines that come back on the pages (running heads, page numbers) were left out.",
                found.left_out,
            )
        )
    if found.mended:
        told.append(
            counted("{count} word that was broken in two was mended.",
                    "{count} words that were broken in two were mended.", found.mended)
        )  # fmt: skip
    return found.paragraphs, tuple(told)
