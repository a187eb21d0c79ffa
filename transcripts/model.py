"""What a transcript is made of: units as written, turns, statements. Frozen; times in seconds, positions in
code points (0-based, half-open) of `Transcript.text`."""

from dataclasses import dataclass
from typing import Literal

from transcripts.messages import Message

Clock = Literal["offset", "wall", "none"]
"""offset: seconds since the recording began; wall: seconds since midnight (past 24 h after midnight); none."""

Kind = Literal["session", "chat", "participants"]
"""What a file is of a meeting: what was said, what was written, or who was there."""

UnitKind = Literal["speech", "message", "reply", "reaction"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One cue, caption line, chat message or turn label with its words, as written."""

    text: str
    speaker: str = ""
    start_s: float | None = None
    end_s: float | None = None
    kind: UnitKind = "speech"
    private: bool = False


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody whom a file lists as present. E-mail addresses are never kept.

    `other_name` is the original name or the initials under which they speak; `joined` and `left` are as written;
    `recording_consent` is to the recording, not to publication.
    """

    name: str
    other_name: str = ""
    organisation: str = ""
    position: str = ""
    minutes: float | None = None
    joined: str = ""
    left: str = ""
    recording_consent: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without a break: consecutive units joined by one space.

    `start` and `end` are its place in `Transcript.text`; `units` are indices into `Transcript.units`; a folded
    turn is a back-channel inside another speaker's answer: kept, shown dimmed, never cut into statements.
    """

    index: int
    speaker: str
    text: str
    start: int
    end: int
    start_s: float | None = None
    end_s: float | None = None
    units: tuple[int, ...] = ()
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """One thought inside one turn: the unit that is coded, counted and modelled."""

    turn: int
    start: int
    end: int
    text: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A file as it was understood. `text` is the turns joined by one line feed.

    `date` (ISO), `attendees` and `parts` as in `transcripts.readers.Reading`; `encoding` only where it was guessed.
    A list of participants has units (one a person) and no turns.
    """

    file: str
    shape: str
    clock: Clock
    language: str
    units: tuple[Unit, ...]
    turns: tuple[Turn, ...]
    statements: tuple[Statement, ...]
    private_messages_dropped: int = 0
    units_written: int = 0
    warnings: tuple[Message, ...] = ()
    kind: Kind = "session"
    date: str = ""
    attendees: tuple[Attendee, ...] = ()
    parts: tuple[int, ...] = ()
    encoding: str = ""

    @property
    def text(self) -> str:
        """The source text that positions refer to."""
        return "\n".join(turn.text for turn in self.turns)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Display names as written, in order of appearance."""
        return tuple(dict.fromkeys(unit.speaker for unit in self.units if unit.speaker))
