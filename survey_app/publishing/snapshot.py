"""A study frozen for readers: everything that a release shows, in both languages, as plain data under one hash."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version as installed
from typing import Any

import pandas as pd

from coding.frame_files import fingerprint
from coding.frames import Frames
from coding.segments import Segmentation, sizes
from survey_app.language import LANGUAGES, label, use
from survey_app.publishing.cells import published_cells
from survey_app.publishing.chapters import codes_of, hidden_note, questions, segments_of
from survey_app.publishing.gate import ReleasedQuote
from survey_app.publishing.methods import how_it_was_made
from survey_app.publishing.questionnaire import questionnaire
from survey_app.publishing.quotes import numbered_quotes
from survey_app.publishing.released_cells import Cell, as_data, hidden_in
from survey_app.publishing.segments import admitted
from survey_app.publishing.sureness import what_it_cannot_say
from survey_app.publishing.topics import ReleasedTopics, about_topics, told_apart, topics
from survey_app.views.key_figures import key_figures
from transcripts.seen_words import cleaned

FORMAT = "rakurs release 2"
Tell = Callable[[str], object]
Block = Mapping[str, Any]
"""A part of the note on methods: head, paragraphs, and where it has one a table of caption, header and rows. Words."""


def untold(*_step: Any) -> None:
    """Nobody waits to hear how far it is."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of a published study. `content` is plain data; nobody changes it after `take`.

    Keys of `content`: format, slug, version, created (UTC), software, codebook_version, data_hash, language (spoken in
    the study), segmentations (keys, the default first), cells, quotes, and a part for each of the two languages under
    "en" and "ru". The page is drawn from it alone.
    """

    slug: str
    version: int
    content: dict[str, Any]

    @property
    def canonical(self) -> bytes:
        """The content as JSON in its one canonical form: sorted keys, no spaces, UTF-8."""
        return json.dumps(self.content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical form."""
        return sha256(self.canonical).hexdigest()


@dataclass(frozen=True, slots=True)
class Told:
    """What the study says of itself beside its numbers, by language: parts of the note on methods that stand behind
    our own, texts to cite (name, text), and a sentence on how far coders agree."""

    methods: Mapping[str, Sequence[Block]] = field(default_factory=dict)
    citations: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    agreement: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Study:
    """What is told in either language."""

    frames: Frames
    study: Mapping[str, Any]
    shown: tuple[Segmentation, ...]
    detailed: tuple[Segmentation, ...]
    cells: list[Cell]
    layer: str
    coder_id: str | None
    fewest: int
    topics: ReleasedTopics | None
    findings: Sequence[Mapping[str, Any]]
    extra: Told
    quoted: bool


def take(
    frames: Frames, study: Mapping[str, Any], segmentations: Segmentation | Sequence[Segmentation],
    quotes: Sequence[ReleasedQuote], *, slug: str, version: int, created: str, layer: str, coder_id: str | None,
    fewest: int = 3, found: ReleasedTopics | None = None, cells: pd.DataFrame | None = None,
    findings: Sequence[Mapping[str, Any]] = (), codebook_version: int = 0, extra: Told | None = None,
    tell: Tell = untold,
) -> Snapshot:  # fmt: skip
    """Freeze a study that passed the gate. `created` is UTC in ISO 8601; of `segmentations` the first is shown first.

    Only aggregates, the released quotes and the names of codes, segments and questions get in; answers of fewer than
    `fewest` experts of a segment do not. `cells` are those that may be shown (by the usual rule, if not given).
    `found` are topics, where these are to be shown; by segments only where none of their cells has to be hidden.
    `findings`: text_en, text_ru and the statement_ids of quotes for and against, of which only released ones are told.
    `tell` hears of each language before its turn.
    """
    listed = (segmentations,) if isinstance(segmentations, Segmentation) else tuple(segmentations)
    shown = tuple(admitted(frames.experts, each) for each in listed)
    table = published_cells(frames, shown, layer=layer, coder_id=coder_id) if cells is None else cells
    told_cells = as_data(table, shown)
    hidden = hidden_in(told_cells)
    told_quotes, numbers = numbered_quotes(frames, shown, quotes, fewest=fewest, hidden=hidden)
    whole = _Study(
        frames, study, shown, shown if told_apart(frames, shown, found, fewest) else (), told_cells, layer, coder_id,
        fewest, found,
        [_with_numbers(finding, numbers) for finding in findings], extra or Told(), bool(told_quotes),
    )  # fmt: skip
    content: dict[str, Any] = {
        "format": FORMAT, "slug": slug, "version": version, "created": created, "software": installed("survey-app"),
        "codebook_version": codebook_version, "data_hash": fingerprint(frames),
        "language": study["language"] if study["language"] in LANGUAGES else "en",
        "segmentations": [each.key for each in shown], "cells": told_cells, "quotes": told_quotes,
    }  # fmt: skip
    for language in LANGUAGES:
        tell(language)
        with use(language):
            content[language] = _told(whole, language)
    return Snapshot(slug, version, cleaned(content))


def _told(whole: _Study, language: str) -> dict[str, Any]:
    """What the release says in the language in force."""
    frames, shown = whole.frames, whole.shown
    codes = codes_of(frames)
    figures = key_figures(frames, layer=whole.layer, coder_id=whole.coder_id)
    smallest = _smallest(frames, shown)
    detailed = whole.detailed or (Segmentation(shown[0].key, "", "", ()),)
    told_topics = topics(frames, detailed, whole.topics, whole.fewest)
    hidden = hidden_note(sum(not cell["shown"] for cell in whole.cells), len(whole.cells))
    methods = how_it_was_made(frames, whole.layer, smallest, whole.quoted)
    if whole.topics and told_topics:
        methods.append(about_topics(whole.topics, whole.fewest))
    return {
        "title": label(whole.study, "title"),
        "sizes": [{"key": each.key, "name": each.name, "count": each.count, "of": each.of} for each in figures],
        "segmentations": [
            {"key": each.key, "name": label(each), "segments": segments_of(frames, each)} for each in shown
        ],
        "codes": codes,
        "questions": questions(frames, whole.cells, shown, codes),
        "findings": [
            {"text": label(finding, "text"), "for": finding["for"], "against": finding["against"]}
            for finding in whole.findings
        ],
        "questionnaire": questionnaire(frames, shown, whole.fewest),
        "topics": told_topics,
        "hidden": hidden,
        "method": [*methods, *whole.extra.methods.get(language, ())],
        "note": f"methods_{language}" if whole.extra.methods else "",
        "limits": what_it_cannot_say(
            len(frames.experts), smallest, quoted=whole.quoted, topics=bool(told_topics), hidden=hidden
        ),
        "agreement": whole.extra.agreement.get(language, ""),
        "citations": [dict(each) for each in whole.extra.citations.get(language, ())],
    }  # fmt: skip


def _smallest(frames: Frames, shown: Sequence[Segmentation]) -> int:
    """Experts of the smallest segment that is shown."""
    found = [size for each in shown for size in sizes(frames.experts, each).values() if size]
    return min(found, default=len(frames.experts))


def _with_numbers(finding: Mapping[str, Any], numbers: Mapping[str, str]) -> dict[str, Any]:
    """A finding with the numbers of its quotes that are released, in their order."""
    tied = finding.get("quotes", {})
    stances = {
        stance: [numbers[each] for each in tied.get(stance, ()) if each in numbers] for stance in ("for", "against")
    }
    return {"text_en": finding.get("text_en", ""), "text_ru": finding.get("text_ru", ""), **stances}
