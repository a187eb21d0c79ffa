"""PDF: the text that is in it, in the order of the file. What is only a picture of text is refused."""

import io
import time
import unicodedata

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from transcripts.containers import Opened
from transcripts.decoding import UnreadableTranscript
from transcripts.limits import LARGEST_TEXT, LONGEST_READING_S
from transcripts.messages import sentence
from transcripts.zipped import damaged, locked

_LETTERS_A_PAGE = 20
"""Fewer on the average are page numbers on a scan."""


def fits(content: bytes, name: str) -> bool:
    """By its first letters."""
    del name
    return content[:1024].lstrip().startswith(b"%PDF-")


def unpack(name: str, content: bytes) -> Opened:
    """Pages as lines, a form feed's place taken by an empty line. Raises UnreadableTranscript."""
    until = time.monotonic() + LONGEST_READING_S
    pages: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked(name)
        for page in reader.pages:
            pages.append(page.extract_text())
            if time.monotonic() > until or sum(map(len, pages)) > LARGEST_TEXT:
                raise UnreadableTranscript(
                    sentence(
                        "{file} takes too long to read: only {pages} pages in {seconds} s. Save it as .docx or .txt, "
                        "or cut it into parts.",
                        file=name, pages=len(pages), seconds=int(LONGEST_READING_S),
                    )
                )  # fmt: skip
    except UnreadableTranscript:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError,
            NotImplementedError, ArithmeticError, AssertionError, MemoryError) as problem:  # fmt: skip
        raise damaged(name) from problem
    text = unicodedata.normalize("NFC", "\n\n".join(pages)).replace("\0", "\ufffd").replace("\r", "\n")
    if sum(letter.isalnum() for letter in text) < _LETTERS_A_PAGE * max(1, len(pages)):
        raise UnreadableTranscript(
            sentence(
                "{file} has no text in it: it is a scan. Recognise its text with another program first, or bring the "
                "original.",
                file=name,
            )
        )
    notice = sentence("A PDF does not say in which order its text is read. Look through what was recognised.")
    return Opened(name, "pdf", text, notices=(notice,))
