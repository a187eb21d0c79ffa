"""Parts of a zipped document, taken out behind limits: nothing is unpacked before its size is known to be sane."""

import io
import re
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from transcripts.decoding import UnreadableTranscript
from transcripts.limits import LARGEST_EXPANDED, LARGEST_RATIO
from transcripts.messages import sentence

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SANE_ANYWAY = 1_000_000
"""Unpacked bytes below which no ratio is suspicious."""


def names_of(content: bytes) -> frozenset[str]:
    """Names of the parts; empty for what is no zip file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return frozenset(packed.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return frozenset()


def check_zip(name: str, content: bytes) -> None:
    """Refuse a broken, locked or suspiciously large file by its directory. Raises UnreadableTranscript."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as problem:
        raise damaged(name) from problem
    if any(part.flag_bits & 1 for part in parts):
        raise locked(name)
    size = sum(part.file_size for part in parts)
    if size > LARGEST_EXPANDED or (size > _SANE_ANYWAY and size > LARGEST_RATIO * len(content)):
        raise UnreadableTranscript(
            sentence(
                "{file} is suspiciously large inside ({size} MB unpacked) and was not opened. Save it anew from the "
                "program that made it.",
                file=name, size=size // 1_000_000,
            )
        )  # fmt: skip


def part(name: str, content: bytes, wanted: str) -> bytes:
    """One part's bytes, checked; b"" where it is missing."""
    check_zip(name, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if wanted not in packed.namelist():
                return b""
            with packed.open(wanted) as stream:
                found = stream.read(LARGEST_EXPANDED + 1)
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        OSError,
        EOFError,
        zlib.error,
        RuntimeError,
    ) as problem:
        raise damaged(name) from problem
    if len(found) > LARGEST_EXPANDED:
        raise damaged(name)
    if _DOCTYPE.search(found[:5000]):
        raise forbidden(name)
    return found


def tree(name: str, xml: bytes) -> Element:
    """XML without entities or DOCTYPE. Raises UnreadableTranscript."""
    try:
        found: Element = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as problem:
        raise forbidden(name) from problem
    except (ParseError, ValueError, LookupError, RecursionError) as problem:
        raise damaged(name) from problem
    return found


def damaged(name: str) -> UnreadableTranscript:
    """A file that breaks off or contradicts itself."""
    return UnreadableTranscript(
        sentence("{file} is damaged and cannot be opened. Open it in its own program and save it anew.", file=name)
    )


def locked(name: str) -> UnreadableTranscript:
    """A file under a password."""
    return UnreadableTranscript(
        sentence("{file} is protected by a password. Save it without one and bring it again.", file=name)
    )


def forbidden(name: str) -> UnreadableTranscript:
    """XML with entities, which may name other files or unfold without end."""
    return UnreadableTranscript(
        sentence("{file} contains markup that is not allowed in it (a DOCTYPE). Save it anew.", file=name)
    )
