"""Rich text (.rtf), also as macOS writes it."""

import re
import unicodedata

from striprtf.striprtf import rtf_to_text

from transcripts.containers import Opened
from transcripts.decoding import UnreadableTranscript
from transcripts.messages import sentence
from transcripts.zipped import damaged

_PAGE = re.compile(r"\\ansicpg(\d+)")
_MAC = {"10000": "mac_roman", "10007": "mac_cyrillic", "10029": "mac_latin2", "10006": "mac_greek"}
_DESTINATION = re.compile(r"\\(?:pict|object|bin)\b")


def fits(content: bytes, name: str) -> bool:
    """By its first letters."""
    del name
    return content.lstrip()[:5] == b"{\\rtf"


def unpack(name: str, content: bytes) -> Opened:
    """The words, a paragraph a line. Raises UnreadableTranscript."""
    source = content.decode("latin-1")
    page = _PAGE.search(source)
    number = page[1] if page else "1252"
    # striprtf knows code pages of Windows only; a page of the Mac is read as a plain letter of the same number first
    if number in _MAC:
        source = _PAGE.sub(r"\\ansicpg1252", source)
        source = re.sub(r"\\'([0-9a-fA-F]{2})", lambda found: _unicode(found[1], _MAC[number]), source)
    try:
        text = rtf_to_text(source, errors="replace")
    except (ValueError, LookupError, IndexError, KeyError, RecursionError, TypeError) as problem:
        raise damaged(name) from problem
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd"))
    if not text.strip():
        raise UnreadableTranscript(sentence("{file} has no words in it. Check that it is the right file.", file=name))
    return Opened(name, "rtf", text)


def _unicode(digits: str, encoding: str) -> str:
    letter = bytes.fromhex(digits).decode(encoding, "replace")
    return rf"\u{ord(letter) if ord(letter) < 32768 else ord(letter) - 65536}?"
