"""A study frozen for readers: everything that a release shows, in both languages, as plain data under one hash."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version as installed
from typing import Any

import pandas as pd

from coding.counts import code_counts
from coding.frames import Frames
from coding.segments import Segmentation, sizes
from survey_app.language import LANGUAGES, label, use
from survey_app.publishing.cells import COLUMNS
from survey_app.publishing.drawings import Drawings, groups, problems, questionnaire, segments_of
from survey_app.publishing.gate import ReleasedQuote
from survey_app.publishing.methods import how_it_was_made
from survey_app.publishing.quotes import published_quotes
from survey_app.publishing.segments import admitted
from survey_app.publishing.topics import ReleasedTopics, about_topics, topics
from survey_app.views.key_figures import key_figures
from survey_app.views.segment_names import records

FORMAT = "rakurs release 1"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of a published study. `content` is plain data; nobody changes it after `take`.

    Keys of `content`: format, slug, version, created (UTC), software, language (spoken in the study), segmentation,
    counts (code, segment, k, n, statements), quotes, and a part for each of the two languages under "en" and "ru".
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


def take(
    frames: Frames, study: dict[str, Any], merged: Segmentation, quotes: Sequence[ReleasedQuote], *, slug: str,
    version: int, created: str, layer: str, coder_id: str | None, fewest: int = 3,
    found: ReleasedTopics | None = None, methods: Mapping[str, Sequence[dict[str, Any]]] | None = None,
    cells: pd.DataFrame | None = None,
) -> Snapshot:  # fmt: skip
    """Freeze a study that passed the gate. `created` is UTC in ISO 8601.

    Only aggregates, the released quotes and the names of codes, segments and questions get in; answers of fewer than
    `fewest` experts of a segment do not. `found` are topics, where these are to be shown; `methods` the
    parts of the methods note by language; `cells` what may be counted (`survey_app.publishing.cells`).
    """
    shown = admitted(frames.experts, merged)
    content: dict[str, Any] = {
        "format": FORMAT, "slug": slug, "version": version, "created": created, "software": installed("survey-app"),
        "language": study["language"] if study["language"] in LANGUAGES else "en", "segmentation": merged.key,
        "counts": _counts(frames, shown, layer, coder_id), "quotes": published_quotes(frames, shown, quotes),
        "methods": {language: list(parts) for language, parts in (methods or {}).items()},
    }  # fmt: skip
    if cells is not None:
        content["cells"] = [
            {name: None if pd.isna(row[name]) else row[name] for name in COLUMNS} for row in records(cells)
        ]
    for language in LANGUAGES:
        with use(language):
            content[language] = _told(frames, study, shown, layer, coder_id, fewest, found, quoted=bool(quotes))
    return Snapshot(slug, version, content)


def _told(
    frames: Frames, study: dict[str, Any], merged: Segmentation, layer: str, coder_id: str | None, fewest: int,
    found: ReleasedTopics | None, quoted: bool,
) -> dict[str, Any]:  # fmt: skip
    """What the release says in the language in force."""
    drawings: Drawings = {}
    figures = key_figures(frames, layer=layer, coder_id=coder_id)
    smallest = min([size for size in sizes(frames.experts, merged).values() if size], default=len(frames.experts))
    shown_topics = topics(frames, merged, found, fewest, drawings)
    return {
        "title": label(study, "title"),
        "sizes": [{"key": each.key, "name": each.name, "count": each.count, "of": each.of} for each in figures],
        "segmentation": label(merged),
        "segments": segments_of(frames, merged),
        "codes": [
            {"id": row["code_id"], "root": row["root"], "parent": row["parent_id"], "name": label(row)}
            for row in frames.codes.sort_values("order", kind="stable").to_dict("records")
        ],
        "problems": problems(frames, merged, layer, coder_id, drawings),
        "groups": groups(frames, merged, layer, coder_id, drawings),
        "questionnaire": questionnaire(frames, merged, fewest, drawings),
        "topics": shown_topics,
        "method": how_it_was_made(frames, layer, smallest, quoted)
        + ([about_topics(found, fewest)] if found and shown_topics else []),
        "drawings": drawings,
    }


def _counts(frames: Frames, merged: Segmentation, layer: str, coder_id: str | None) -> list[dict[str, Any]]:
    counted = code_counts(frames, merged, layer=layer, coder_id=coder_id)
    return [
        {"code": row["code_id"]} | {name: row[name] for name in ("segment", "k", "n", "statements")}
        for row in records(counted)
    ]
