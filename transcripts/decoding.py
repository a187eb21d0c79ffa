"""Bytes become text: encoding found, line ends LF, NFC; what is no text is refused with a sentence."""

import re
import unicodedata
from pathlib import PurePath

from charset_normalizer import from_bytes

from transcripts.limits import LARGEST_CONTAINER, LARGEST_TEXT
from transcripts.messages import Message, MessageError, counted, sentence

PACKED = {".docx", ".odt", ".pdf", ".rtf", ".xlsx"}
CYRILLIC_ENCODINGS = ["cp1251", "koi8_r", "cp866", "mac_cyrillic", "iso8859_5", "cp1252"]
FEW_LETTERS = 200

_CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
_LATIN = re.compile(r"[A-Za-z]+")


class UnreadableTranscript(MessageError):
    """A file that is no transcript, or none that can be read: what it is, and what to do."""


def check_size(name: str, size: int) -> None:
    """Refuse by size (bytes), before anything is read. Raises UnreadableTranscript."""
    if size == 0:
        raise UnreadableTranscript(sentence("{file} is empty. Download it again.", file=name))
    limit = LARGEST_CONTAINER if PurePath(name).suffix.lower() in PACKED else LARGEST_TEXT
    if size > limit:
        raise UnreadableTranscript(
            sentence(
                "{file} is too large for a transcript ({size} MB; at most {limit} MB). Bring the transcript, not the "
                "recording.",
                file=name, size=size // 1_000_000, limit=limit // 1_000_000,
            )
        )  # fmt: skip


def decode(name: str, content: bytes, encoding: str | None = None) -> tuple[str, list[Message], str]:
    """The text of a file (NFC, LF), what a person should know about how it was read, and the encoding if guessed.

    `encoding` is a person's choice; bytes that do not fit it become U+FFFD.
    """
    check_size(name, len(content))
    text, notices, guessed = (content.decode(encoding, "replace"), [], "") if encoding else decode_bytes(name, content)
    if "\0" in text:
        if not text.lstrip("\ufeff").startswith("WEBVTT"):
            raise _not_text(name)
        text = text.replace("\0", "\ufffd")
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableTranscript(sentence("{file} is empty. Download it again.", file=name))
    return unicodedata.normalize("NFC", text), notices, guessed


def language_of(text: str) -> str:
    """ "ru" where more than a fifth of the letters is Cyrillic, "en" where letters are Latin, else ""."""
    sample = text[:50_000]
    cyrillic = sum(map(len, _CYRILLIC.findall(sample)))
    latin = sum(map(len, _LATIN.findall(sample)))
    if cyrillic + latin == 0:
        return ""
    return "ru" if cyrillic > 0.2 * (cyrillic + latin) else "en"


def decode_bytes(name: str, content: bytes) -> tuple[str, list[Message], str]:
    """What `decode` does first: bytes of any length as they stand, with their line ends and marks of order."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), [], ""
    try:
        return content.decode("utf-8"), [], ""
    except UnicodeDecodeError:
        pass
    if content.count(0) > len(content) // 4:
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        text = content.decode(encoding, "replace")
        if sum(letter.isprintable() or letter in "\r\n\t" for letter in text) > 0.9 * len(text):
            return text, [], ""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableTranscript(
            sentence("{file} is in an old format of Office. Save it as .docx or .xlsx and bring it again.", file=name)
        )
    if content.count(0) or content.startswith((b"PK\x03\x04", b"%PDF", b"\x89PNG", b"GIF8")):
        raise _not_text(name)
    best = from_bytes(content[:200_000], cp_isolation=CYRILLIC_ENCODINGS).best()
    if best is None:
        raise _not_text(name)
    text = content.decode(best.encoding, "replace")
    letters = sum(ord(letter) > 127 for letter in text)
    read_as = best.encoding.replace("_", "-")
    notices = [sentence("The encoding was taken to be {encoding}. Check that the text reads well.", encoding=read_as)]
    if letters < FEW_LETTERS:
        notices.append(
            counted(
                "Only {count} letter speaks for this encoding; look twice.",
                "Only {count} letters speak for this encoding; look twice.",
                letters,
            )
        )
    return text, notices, best.encoding


def _not_text(name: str) -> UnreadableTranscript:
    return UnreadableTranscript(
        sentence("{file} is not a text file. Bring the transcript as .vtt, .txt or .md.", file=name)
    )
