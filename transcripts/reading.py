"""A file's bytes become a Transcript: recognised, read, cut into turns and statements; or one sentence says why not."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from transcripts.containers import Opened
from transcripts.decoding import UnreadableTranscript, check_size, language_of
from transcripts.guide import GuideQuestion, units_that_ask
from transcripts.limits import LARGEST_TEXT, MOST_UNITS
from transcripts.messages import counted, sentence
from transcripts.model import Transcript, Unit
from transcripts.noise import noise_warnings
from transcripts.opening import open_content
from transcripts.readers import Reading, readers
from transcripts.refusals import refuse_what_is_no_transcript
from transcripts.statements import make_statements
from transcripts.turns import make_turns

__all__ = ["LARGEST_TEXT", "UnreadableTranscript", "check_size", "read_file", "split_parts"]

_SNIFFED = 40_000


def read_file(
    name: str, content: bytes, keep_private: bool = False, language: str | None = None, encoding: str | None = None,
    questions: Sequence[GuideQuestion] = (),
) -> Transcript:  # fmt: skip
    """Read one file. `name` helps to recognise it and is named in problems; it is never used as a path.

    Private chat messages are left out unless `keep_private`. `language` and `encoding` are a person's choices where
    the proposal was wrong; a turn never runs across one of the guide's `questions`. Raises UnreadableTranscript.
    """
    opened = open_content(name, content, encoding)
    refuse_what_is_no_transcript(opened)
    reading = _read(opened)
    units = tuple(unit for unit in reading.units if keep_private or not unit.private)
    dropped = len(reading.units) - len(units)
    transcript = Transcript(
        file=name, shape=reading.shape, clock=reading.clock, language=language or "", units=units, turns=(),
        statements=(), private_messages_dropped=dropped, units_written=len(reading.units),
        warnings=(*opened.notices, *reading.warnings, *noise_warnings(units)), kind=reading.kind, date=reading.date,
        attendees=reading.attendees, parts=_kept(reading, keep_private), encoding=encoding or opened.encoding,
    )  # fmt: skip
    return transcript if reading.kind == "participants" else _cut(transcript, language, questions)


def split_parts(transcript: Transcript, questions: Sequence[GuideQuestion] = ()) -> list[Transcript]:
    """Each conversation of a file that holds several, as a transcript of its own; else the transcript itself."""
    if not transcript.parts:
        return [transcript]
    bounds = [0, *transcript.parts, len(transcript.units)]
    pieces = [transcript.units[start:end] for start, end in pairwise(bounds)]
    return [
        _cut(replace(transcript, units=units, units_written=len(units), parts=()), transcript.language, questions)
        for units in pieces
        if any(unit.text for unit in units)
    ]


def _cut(transcript: Transcript, language: str | None, questions: Sequence[GuideQuestion]) -> Transcript:
    """The transcript with its turns and statements."""
    turns = make_turns(transcript.units, breaks=units_that_ask(transcript.units, questions) | set(transcript.parts))
    if not turns:
        dropped = transcript.private_messages_dropped
        raise UnreadableTranscript(
            counted(
                "{file} holds only {count} private message; nothing was left to store.",
                "{file} holds only {count} private messages; nothing was left to store.",
                dropped, file=transcript.file,
            )
            if dropped
            else sentence(
                "{file} holds no words that anybody said. Check that it is the right file.", file=transcript.file
            )
        )  # fmt: skip
    spoken = language or language_of(" ".join(turn.text for turn in turns[:400]))
    return replace(
        transcript, language=spoken, turns=turns, statements=make_statements(turns, spoken, transcript.units)
    )


def _kept(reading: Reading, keep_private: bool) -> tuple[int, ...]:
    """Where the parts begin once private messages are left out."""
    if keep_private:
        return reading.parts
    return tuple(start - _private(reading.units[:start]) for start in reading.parts)


def _private(units: Sequence[Unit]) -> int:
    return sum(unit.private for unit in units)


def _read(opened: Opened) -> Reading:
    beginning = opened.beginning(_SNIFFED)
    certainty, _order, reader = max(
        ((reader.sniff(beginning), -order, reader) for order, reader in enumerate(readers())),
        key=lambda each: each[:2],
    )
    if certainty <= 0:
        raise UnreadableTranscript(
            sentence(
                "{file} is not a kind of transcript that Rakurs knows. Bring Zoom's audio transcript (.vtt), a chat, "
                "or text with “Speaker: words”.",
                file=opened.name,
            )
        )  # fmt: skip
    reading = reader.read(opened)
    if len(reading.units) > MOST_UNITS:
        raise UnreadableTranscript(
            sentence(
                "{file} has more than {limit} cues. Cut it into several files.", file=opened.name, limit=MOST_UNITS
            )
        )
    return reading
