"""A place in a text that could identify somebody: what it is, how it was found and how risky it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a place in a text names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    POSITION = "position"
    PLACE = "place"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    HANDLE = "handle"
    DOCUMENT = "document"
    DATE = "date"
    NUMBER = "number"
    OTHER = "other"


class How(StrEnum):
    """How a place was found, from the surest on."""

    ROSTER = "roster"
    PATTERN = "pattern"
    RECOGNISED = "recognised"
    LISTED = "listed"
    CAPITAL = "capital"
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody or something that the study knows by name. `key` is the study's own, e.g. of an expert."""

    key: str
    names: tuple[str, ...]
    kind: Kind = Kind.PERSON


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text, in code points, half open. `risk`: 1 names somebody, 4 hardly does.

    `known` is the key of who is meant, "" if nobody known; `form` is what all places have in common that mean the same
    (the dictionary form, in small letters), by which a study keeps them together.
    """

    start: int
    end: int
    kind: Kind
    how: How
    risk: int
    form: str
    known: str = ""


Recogniser = Callable[[str], Sequence[tuple[int, int, Kind]]]
"""Finds names of people, organisations and places in a text: (start, end, kind)."""
