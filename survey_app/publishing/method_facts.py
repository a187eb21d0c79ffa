"""What a study knows of how it was done, as plain facts: what the methods note is made of, with nobody in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coding.saturation import Saturation

MAJOR, MINOR = 0.5, 0.25
"""A theme is major if at least this share of all experts spoke of it, minor if fewer than the second."""
MOST_NAMED = 8
"""Themes that are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name in both languages, and a count."""

    label_en: str
    label_ru: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A questionnaire: how many questions, how many experts had a link of their own, answered, refused."""

    label_en: str
    label_ru: str
    version: str
    questions: int
    invited: int
    answered: int
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of coders as it stands in its report: sentences and a table (header and rows), by language."""

    words: Mapping[str, str]
    header: Mapping[str, Sequence[str]]
    rows: Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Deidentified:
    """What became of places that could identify somebody: found, put in other words, kept; `signed` texts were looked
    at by a second person."""

    places: int
    replaced: int
    kept: int
    signed: int = 0


@dataclass(frozen=True, slots=True)
class MethodFacts:
    """Numbers and names of what is published anyway; a fact that is not known is 0, empty or None.

    `days` are the first and the last day (ISO 8601); `minutes` the length of each session with times; `per_session`
    the fewest and the most experts of a session; `others` sessions by the role of people besides experts;
    `transcripts` sessions by where their transcript came from (zoom, teams, meet, speech, typed); `segments` those
    that are large enough to be named. `adjudicated`: whether the figures rest on settled codings. `after_texts`: codes
    that were made after the first transcript was there.
    """

    title: Named
    software: str
    data_hash: str
    languages: tuple[str, ...] = ()
    experts: int = 0
    spoke: int = 0
    repeated: int = 0
    sessions: int = 0
    per_session: tuple[int, int] = (0, 0)
    days: tuple[str, str] = ("", "")
    chats: int = 0
    documents: int = 0
    segmentation: Named = field(default_factory=lambda: Named("", ""))
    segments: tuple[Named, ...] = ()
    others: Mapping[str, int] = field(default_factory=dict)
    guide_questions: int = 0
    questionnaires: tuple[Asked, ...] = ()
    transcripts: Mapping[str, int] = field(default_factory=dict)
    recordings: int = 0
    minutes: tuple[int, ...] = ()
    corrected: int = 0
    statements: int = 0
    coded: int = 0
    coders: int = 0
    adjudicated: bool = False
    settled: int = 0
    codes: int = 0
    roots: int = 0
    codebook_version: int = 0
    after_texts: int = 0
    saturation: Saturation | None = None
    codes_said: int = 0
    agreement: Agreement | None = None
    deidentified: Deidentified | None = None
    quotes: int = 0
    topics: bool = False
    memos: int = 0
    findings: int = 0
    major: tuple[Named, ...] = ()
    minor: tuple[Named, ...] = ()


def told_segments(sizes: Sequence[Named], experts: int, minimum: int) -> tuple[Named, ...]:
    """The segments that may be named with their size, none where a small one could be had by subtraction.

    `sizes` are all segments with their experts. Those with nobody are left out.
    """
    told = tuple(each for each in sizes if each.count >= minimum)
    rest = experts - sum(each.count for each in told)
    return told if rest == 0 or rest >= minimum else tuple(Named(each.label_en, each.label_ru) for each in told)


def themes(codes: Sequence[Named], experts: int) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Major and minor themes, those of most experts first; `codes` with the experts who spoke of each."""
    ordered = sorted((each for each in codes if each.count), key=lambda each: -each.count)
    major = tuple(each for each in ordered if each.count >= MAJOR * experts)
    return major, tuple(each for each in ordered if each.count < MINOR * experts)
