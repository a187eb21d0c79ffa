"""A file's bytes become a Transcript: recognised, read, cut into turns and statements; or one sentence says why not."""

from transcripts.decoding import LARGEST_TEXT, UnreadableTranscript, check_size, decode, language_of
from transcripts.messages import counted, sentence
from transcripts.model import Transcript
from transcripts.readers import Reading, readers
from transcripts.statements import make_statements
from transcripts.turns import make_turns

__all__ = ["LARGEST_TEXT", "UnreadableTranscript", "check_size", "read_file"]

MOST_UNITS = 100_000
_SNIFFED = 40_000


def read_file(name: str, content: bytes, keep_private: bool = False, language: str | None = None) -> Transcript:
    """Read one file. `name` helps to recognise it and is named in problems; it is never used as a path.

    Private chat messages are left out unless `keep_private`. Raises UnreadableTranscript.
    """
    text, notices = decode(name, content)
    _refuse_what_is_no_transcript(name, text)
    reading = _read(name, text)
    units = tuple(unit for unit in reading.units if keep_private or not unit.private)
    dropped = len(reading.units) - len(units)
    turns = make_turns(units)
    if not turns:
        raise UnreadableTranscript(
            counted(
                "{file} holds only {count} private message; nothing was left to store.",
                "{file} holds only {count} private messages; nothing was left to store.",
                dropped, file=name,
            )
            if dropped
            else sentence("{file} holds no words that anybody said. Check that it is the right file.", file=name)
        )  # fmt: skip
    spoken = language or language_of(" ".join(turn.text for turn in turns[:400]))
    return Transcript(
        file=name, shape=reading.shape, clock=reading.clock, language=spoken, units=units, turns=turns,
        statements=make_statements(turns, spoken), private_messages_dropped=dropped,
        units_written=len(reading.units), warnings=(*notices, *reading.warnings),
    )  # fmt: skip


def _read(name: str, text: str) -> Reading:
    sample = text[:_SNIFFED]
    certainty, _order, reader = max(
        ((reader.sniff(sample, name), -order, reader) for order, reader in enumerate(readers())),
        key=lambda each: each[:2],
    )
    if certainty <= 0:
        raise UnreadableTranscript(
            sentence(
                "{file} is not a kind of transcript that Rakurs knows. Bring Zoom's audio transcript (.vtt), a chat, "
                "or text with “Speaker: words”.",
                file=name,
            )
        )  # fmt: skip
    reading = reader.read(text, name)
    if len(reading.units) > MOST_UNITS:
        raise UnreadableTranscript(
            sentence("{file} has more than {limit} cues. Cut it into several files.", file=name, limit=MOST_UNITS)
        )
    return reading


def _refuse_what_is_no_transcript(name: str, text: str) -> None:
    head = text[:3000].lower()
    if "<html" in head or "<!doctype" in head:
        raise UnreadableTranscript(
            sentence(
                "{file} is a web page, probably a sign-in page, and not the transcript. Sign in and download it again.",
                file=name,
            )
        )
    if text.strip() == "WEBVTT" or (text.startswith("WEBVTT") and "-->" not in text):
        raise UnreadableTranscript(sentence("{file} has a header but no cues. Download it again.", file=name))
    if "quick recap" in head and ("next steps" in text.lower() or "summary" in text.lower()):
        raise UnreadableTranscript(
            sentence(
                "{file} is a summary by Zoom's AI Companion, not a transcript. Download the audio transcript (.vtt).",
                file=name,
            )
        )
