"""One module a shape. A reader has `sniff(text, name) -> float` (0 no, 1 certain) and `read(text, name) -> Reading`;
it is found by lying here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from transcripts.messages import Message
from transcripts.model import Clock, Unit


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found: units as written, the shape they were written in, the kind of clock."""

    units: tuple[Unit, ...]
    shape: str
    clock: Clock
    warnings: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """A shape that can be read. `sniff` gets the first part of the text only."""

    name: str
    sniff: Callable[[str, str], float]
    read: Callable[[str, str], Reading]


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader in this folder."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return tuple(Reader(module.__name__.rpartition(".")[2], module.sniff, module.read) for module in modules)
