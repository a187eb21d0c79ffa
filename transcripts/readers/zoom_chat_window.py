"""Text copied out of Zoom's chat window: `От Анна всем 03:59 PM` above the words, with a clock of twelve hours."""

import re
from collections.abc import Sequence

from transcripts.chat_heads import knows, read_heads
from transcripts.chat_words import Written, understand
from transcripts.containers import Opened
from transcripts.messages import Message, sentence
from transcripts.model import Unit
from transcripts.readers import Reading
from transcripts.wall_clock import past_midnight, seconds_of

_HEAD = re.compile(r"(\S.{2,200}) (\d{1,2}):([0-5]\d)(?: ?([AaPp])\.?[Mm]\.?)?:?")
_ONESELF = {"me", "меня", "mir", "ich", "moi", "mí", "mim", "我"}


def sniff(opened: Opened) -> float:
    """Certain where the first line is such a head."""
    first = opened.text.lstrip("\n").partition("\n")[0].strip()
    return 0.92 if _head(first) else 0.0


def read(opened: Opened) -> Reading:
    """One unit a message; messages to one person are marked as private."""
    heads: list[re.Match[str]] = []
    bodies: list[list[str]] = []
    for line in opened.text.split("\n"):
        if found := _head(line.strip()):
            heads.append(found)
            bodies.append([])
        elif bodies:
            bodies[-1].append(line)
    people = read_heads([head[1] for head in heads])
    times = past_midnight([seconds_of(head[2], head[3], half=head[4]) for head in heads])
    written = Written()
    units = []
    for person, time, body in zip(people, times, bodies, strict=True):
        text, kind, _below = understand(body, written, reactions_below=False)
        written.add(text)
        units.append(Unit(text, person.sender, time, None, kind, person.private))
    return Reading(tuple(units), "zoom_chat_window_txt", "wall", tuple(_oneself(units)), "chat")


def _head(line: str) -> re.Match[str] | None:
    found = _HEAD.fullmatch(line)
    return found if found and knows(found[1]) else None


def _oneself(units: Sequence[Unit]) -> list[Message]:
    """The window calls the person who copied it by a pronoun."""
    own = next((unit.speaker for unit in units if unit.speaker.casefold() in _ONESELF), "")
    return [sentence("“{name}” is whoever copied this chat. Say who it is.", name=own)] if own else []
