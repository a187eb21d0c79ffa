"""One module a shape. A reader has `sniff(opened) -> float` (0 no, 1 certain) and `read(opened) -> Reading`, and is
found by lying here. It knows the words, not the bytes: those are `transcripts.containers`' business."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from transcripts.containers import Opened
from transcripts.messages import Message
from transcripts.model import Attendee, Clock, Kind, Unit


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found: units as written, the shape they were written in, the kind of clock.

    `date` is the day that the file itself names (ISO), `attendees` whom it lists as present; `parts` are indices of
    units with which a further conversation begins, where one file holds several.
    """

    units: tuple[Unit, ...]
    shape: str
    clock: Clock
    warnings: tuple[Message, ...] = ()
    kind: Kind = "session"
    date: str = ""
    attendees: tuple[Attendee, ...] = ()
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """A shape that can be read. `sniff` gets the first part of the text only, with all blocks."""

    name: str
    sniff: Callable[[Opened], float]
    read: Callable[[Opened], Reading]


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader in this folder."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return tuple(Reader(module.__name__.rpartition(".")[2], module.sniff, module.read) for module in modules)
