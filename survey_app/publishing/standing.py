"""Versions that readers can open already: what a new one beside them would give away.

Readers can lay versions side by side. So their segments are judged together, and what one hides none may show. Numbers
of an earlier version are taken to be those of today: the store does not keep them, and most have not changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np
import pandas as pd

from coding.frames import Frames
from coding.recovering import Marks, recoverable
from coding.segments import ALL, Segmentation, segment_of
from survey_app.language import _, current
from survey_app.publishing.cells import Place, counts_of, places_of, said_of_codes
from survey_app.publishing.differences import with_differences
from survey_app.publishing.gate import ReleasedQuote
from survey_app.publishing.laid_together import Answered, Told, told_of_quotes, who_answered
from survey_app.publishing.segments import NamedSet, admitted, seen_alone, sets_of
from transcripts.messages import Message, counted, sentence

FINDINGS = "findings"
"""The key under which a version keeps the sets of experts that its findings count, beside those of its groupings."""


@dataclass(frozen=True, slots=True)
class Version:
    """What the store keeps of a version: who was counted where, which cells it hides, which words it quotes. What was
    given out besides has the number 0 and for a slug the name that people know.

    `sets`: experts of each segment, by keys of grouping and segment (`ALL` for everyone); `quotes`: by statement the
    fingerprint of the words.
    """

    slug: str
    number: int
    sets: Mapping[tuple[str, str], frozenset[str]]
    codes: frozenset[str]
    hidden: frozenset[Place]
    quotes: Mapping[str, str]
    names: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    told: Told = field(default_factory=dict)
    answered: Answered = field(default_factory=dict)


def kept_of(
    frames: Frames,
    segmentations: Sequence[Segmentation],
    cells: pd.DataFrame,
    quotes: Sequence[ReleasedQuote],
    fewest: int = 3,
) -> dict[str, Any]:
    """What a manifest keeps of a version, so that later ones can be judged beside it. It stays in the store."""
    everyone = sorted(frames.experts["expert_id"])
    experts: dict[str, dict[str, list[str]]] = {}
    for each in segmentations:
        home = segment_of(frames.experts, admitted(frames.experts, each))
        experts[each.key] = {key: sorted(within.index) for key, within in home[home != ""].groupby(home)}
        experts[each.key][ALL] = everyone
    concealed = cells[~cells["shown"]]
    return {
        "experts": experts,
        "names": {
            each.key: {segment.key: {"en": segment.label_en, "ru": segment.label_ru} for segment in each.segments}
            for each in segmentations
        },
        "codes": sorted(set(cells["code_id"])),
        "hidden": sorted([list(row) for row in concealed[["segmentation", "segment", "code_id"]].to_numpy().tolist()]),
        "quotes": {quote.statement_id: words_hash(quote.text) for quote in quotes},
        "told": told_of_quotes(frames, segmentations, cells, quotes, fewest),
        "answered": who_answered(frames, segmentations, fewest),
    }


def version_of(release: Mapping[str, Any]) -> Version | None:
    """A release of the store as it is judged beside others; None for one of which nothing was kept."""
    kept = release["manifest"].get("kept")
    return None if kept is None else as_version(release["slug"], release["version"], kept)


def as_version(slug: str, number: int, kept: Mapping[str, Any]) -> Version:
    """What was kept (`kept_of`), as it is judged."""
    sets = {
        (grouping, segment): frozenset(within)
        for grouping, segments in kept["experts"].items()
        for segment, within in segments.items()
    }
    names = {
        (grouping, segment): words
        for grouping, segments in kept.get("names", {}).items()
        for segment, words in segments.items()
    }
    hidden = frozenset((grouping, segment, code) for grouping, segment, code in kept["hidden"])
    answered = {line: [frozenset(within) for within in sets] for line, sets in kept.get("answered", {}).items()}
    return Version(slug, number, sets, frozenset(kept["codes"]), hidden, kept["quotes"], names,
                   kept.get("told", {}), answered)  # fmt: skip


def words_hash(text: str) -> str:
    """The fingerprint of quoted words."""
    return sha256(text.encode()).hexdigest()


def alone_beside(
    experts: pd.DataFrame, groups: pd.DataFrame, merged: Sequence[Segmentation], versions: Sequence[Version],
    minimum: int,
) -> list[Message]:  # fmt: skip
    """Few experts who are alone where segments of a new version are subtracted from those of standing ones."""
    sets = sets_of(experts, merged)
    for each in versions:
        sets += _named_sets(each)
    return [
        counted(
            "Together with versions that readers can open already, this one would show {count} expert alone ({who}). "
            "Let it take their place, or publish with the same experts and groupings. Subtracted: {segments}.",
            "Together with versions that readers can open already, this one would show {count} experts alone ({who}). "
            "Let it take their place, or publish with the same experts and groupings. Subtracted: {segments}.",
            count, **words,
        )
        for count, words in seen_alone(sets, experts, groups, minimum)
    ]  # fmt: skip


def told_beside(
    frames: Frames, segmentations: Sequence[Segmentation], cells: pd.DataFrame, versions: Sequence[Version], *,
    layer: str, coder_id: str | None, quoted: frozenset[str] = frozenset(),
) -> list[Message]:  # fmt: skip
    """Numbers that a new version hides and a standing one shows, or gives away together with it.

    cells: of the new version, with `COLUMNS` of `publishing.cells`. quoted: statements that it quotes.
    """
    if cells.empty or not versions:
        return []
    experts, codes = frames.experts, list(dict.fromkeys(cells["code_id"]))
    places, member = places_of(experts, segmentations)
    told = {tuple(row) for row in cells.loc[cells["shown"], ["segmentation", "segment", "code_id"]].to_numpy()}
    now = _by_set(
        (row.tobytes(), np.array([(*place, code) in told for code in codes]))
        for place, row in zip(places, member, strict=True)
    )
    before = [_shown_by(version, experts, codes) for version in versions]
    again = [sum(int((shown[each] & ~now[each]).sum()) for each in now.keys() & shown.keys()) for shown in before]
    reasons = [_shows_more(version, count) for version, count in zip(versions, again, strict=True) if count]
    together = _by_set(pair for shown in (now, *before) for pair in shown.items())
    if reasons or len(together) == len(now):  # the same segments with nothing more shown: judged already
        return reasons
    said, tree = said_of_codes(frames, layer=layer, coder_id=coder_id)
    sets = np.array([np.frombuffer(each, dtype=bool) for each in together])
    words = quoted.union(*(version.quotes for version in versions))
    counts = counts_of(said, tree.set_index("code_id").loc[codes].reset_index(), experts, sets, words)
    shown = np.array([*together.values()])
    told_of_all = (counts.k == counts.n[:, None]) & shown
    counts, _must, untold = with_differences(counts, np.zeros_like(shown), told_of_all)
    hidden = np.vstack([~shown, np.ones((len(counts.sets) - len(shown), len(codes)), dtype=bool)])
    lost = int((recoverable(counts, hidden) & ~untold)[_in_tables(together, now, versions, experts, len(hidden))].sum())
    if not lost:
        return []
    return [
        counted(
            "Together with versions that readers can open already, {count} hidden number could be worked out. Let this "
            "version take their place, or publish with the same groupings.",
            "Together with versions that readers can open already, {count} hidden numbers could be worked out. Let "
            "this version take their place, or publish with the same groupings.",
            lost,
        )
    ]


def _in_tables(
    together: Iterable[bytes], now: Collection[bytes], versions: Sequence[Version], experts: pd.DataFrame, rows: int
) -> Marks:  # fmt: skip
    """Of `rows` those that a table has or that follow from others; sets of findings alone hide nothing by silence."""
    of_tables = {
        experts["expert_id"].isin(within).to_numpy().tobytes()
        for version in versions
        for (grouping, _segment), within in version.sets.items()
        if grouping != FINDINGS
    }
    found = [each in now or each in of_tables for each in together]
    return np.array([*found, *[True] * (rows - len(found))], dtype=bool)


def unknown_versions(releases: Sequence[Mapping[str, Any]]) -> list[Message]:
    """Standing versions of which nothing was kept."""
    return [
        sentence(
            "Of version {version} of “{slug}” nobody knows any more whom it counted. Let this version take its place.",
            version=row["version"], slug=row["slug"],
        )
        if row["version"]
        else sentence("Nobody knows any more whom this counted: {name}.", name=row["slug"])
        for row in releases
        if version_of(row) is None
    ]  # fmt: skip


def given_out_besides(releases: Sequence[Mapping[str, Any]]) -> list[Message]:
    """What can be done about that of which no page of ours can be taken down."""
    names = [row["slug"] for row in releases if not row["version"]]
    told = sentence(
        "Nothing takes the place of what was given out besides: {names}. If nobody can read it any more, say so under "
        "“Given out besides” on the page “Publish”.",
        names="; ".join(names),
    )
    return [told] if names else []


def _shows_more(version: Version, count: int) -> Message:
    if not version.number:
        return counted(
            "{count} number that this version hides is shown in what readers have already: {name}.",
            "{count} numbers that this version hides are shown in what readers have already: {name}.",
            count, name=version.slug,
        )  # fmt: skip
    return counted(
        "Version {version} of “{slug}” shows {count} number that this version hides. Let this version take its place.",
        "Version {version} of “{slug}” shows {count} numbers that this version hides. Let this version take its place.",
        count, version=version.number, slug=version.slug,
    )  # fmt: skip


def _named_sets(version: Version) -> list[NamedSet]:
    found = []
    for place, within in version.sets.items():
        named = version.names.get(place, {})
        called = named.get(current()) or named.get("en") or place[1]
        name = _("all experts") if place[1] == ALL else _("“{name}”", name=called)
        told = _("{segment} in version {version} of “{slug}”", segment=name, version=version.number, slug=version.slug)
        if not version.number:
            told = _("{segment} in what was given out ({name})", segment=name, name=version.slug)
        found.append((told, within))
    return found


def _shown_by(version: Version, experts: pd.DataFrame, codes: Sequence[str]) -> dict[bytes, Marks]:
    """Which codes a version shows of each of its sets whose experts are all counted today."""
    here = experts["expert_id"]
    return _by_set(
        (
            here.isin(within).to_numpy().tobytes(),
            np.array([code in version.codes and (*place, code) not in version.hidden for code in codes]),
        )
        for place, within in version.sets.items()
        if within and within.issubset(here)
    )


def _by_set(rows: Iterable[tuple[bytes, Marks]]) -> dict[bytes, Marks]:
    """What is shown of each set of experts (booleans as bytes) under any of its names."""
    found: dict[bytes, Marks] = {}
    for row, shown in rows:
        found[row] = found[row] | shown if row in found else shown
    return found
