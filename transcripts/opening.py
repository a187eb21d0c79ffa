"""Bytes become words: the container is found and unpacked; what none fits is decoded as plain text."""

from transcripts.containers import Opened, containers
from transcripts.decoding import UnreadableTranscript, check_size, decode
from transcripts.limits import MOST_LINES
from transcripts.messages import sentence
from transcripts.zipped import damaged


def open_content(name: str, content: bytes, encoding: str | None = None) -> Opened:
    """Take the words out of a file. `encoding` is a person's choice for plain text; without it one is found.

    Raises UnreadableTranscript.
    """
    check_size(name, len(content))
    for container in containers():
        if container.fits(content, name):
            try:
                return container.unpack(name, content)
            except (RecursionError, MemoryError, OverflowError) as problem:
                raise damaged(name) from problem  # nested deeper, or larger inside, than anybody writes
    text, notices, guessed = decode(name, content, encoding)
    if text.count("\n") > MOST_LINES:
        raise UnreadableTranscript(
            sentence("{file} has more than {limit} lines. Cut it into several files.", file=name, limit=MOST_LINES)
        )
    return Opened(name, "text", text, notices=tuple(notices), encoding=guessed)
