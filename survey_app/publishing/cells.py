"""The numbers of a release, cell by cell: how many experts of a segment said it, and which of them stay hidden."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from coding.codings import choose_layer
from coding.counts import expert_statements, mentions
from coding.frames import Frames
from coding.recovering import Counts
from coding.segments import ALL, Segmentation, segment_of
from coding.suppression import suppress
from survey_app.publishing.differences import rests, with_differences

COLUMNS = ("segmentation", "segment", "code_id", "k", "n", "statements", "shown")
Place = tuple[str, str, str]
"""Of a cell: keys of its segmentation, its segment and its code."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which cells are shown.

    Segments of fewer than `minimum` experts never are. Cells that all n experts of a segment are in are shown where
    they were `released` by hand. `strict` also hides cells of some experts, but fewer than `least`.
    """

    minimum: int = 3
    released: frozenset[Place] = frozenset()
    strict: bool = False
    least: int = 3


def published_cells(
    frames: Frames, segmentations: Sequence[Segmentation], *, layer: str, coder_id: str | None,
    rule: Rule | None = None, quoted: Collection[str] = (),
) -> pd.DataFrame:  # fmt: skip
    """One row for each segmentation, segment (`ALL` last) and code, with the columns of `COLUMNS`.

    k and statements are nullable integers, and missing where `shown` is false: what is hidden is not in the table.
    Segments that hold nobody, or too few, have no rows. `quoted` are statements whose words readers see.
    """
    said, codes = said_of_codes(frames, layer=layer, coder_id=coder_id)
    return cells_of(said, codes, frames.experts, segmentations, rule or Rule(), quoted=quoted)


def said_of_codes(frames: Frames, *, layer: str, coder_id: str | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Who said what, and the codes, as `cells_of` takes them."""
    said = mentions(frames, layer=layer, coder_id=coder_id, with_parents=True)
    applied = choose_layer(frames.codings, layer, coder_id)["code_id"]
    return said, frames.codes[["code_id", "parent_id"]].assign(own=frames.codes["code_id"].isin(applied))


def topic_cells(
    frames: Frames, segmentations: Sequence[Segmentation], assigned: pd.DataFrame, topics: Sequence[int], *,
    source_kinds: Sequence[str], rule: Rule | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The same for topics, `code_id` being the topic's number: who speaks of which (assigned: statement_id, topic)."""
    said = expert_statements(frames, source_kinds)[["statement_id", "expert_id"]].merge(assigned, on="statement_id")
    said = said[said["topic"].isin(list(topics))].assign(code_id=lambda rows: rows["topic"].astype(str))
    codes = pd.DataFrame({"code_id": [str(topic) for topic in topics], "parent_id": "", "own": True})
    return cells_of(said, codes, frames.experts, segmentations, rule or Rule())


def cells_of(
    said: pd.DataFrame, codes: pd.DataFrame, experts: pd.DataFrame, segmentations: Sequence[Segmentation], rule: Rule,
    *, quoted: Collection[str] = (),
) -> pd.DataFrame:  # fmt: skip
    """Cells of anything that experts said.

    said: statement_id, expert_id, code_id, with a row for every code above too. codes: code_id, parent_id, own
    (whether it is also applied by itself).
    """
    places, member = places_of(experts, segmentations)
    if not len(codes) or not len(experts):
        return _as_frame([], [], np.zeros((0, 0), bool), np.zeros((0, 0), int), np.zeros((0, 0), int), [])
    sets, row = np.unique(member, axis=0, return_inverse=True)
    counts = counts_of(said, codes, experts, sets, quoted)
    must = _must_hide(counts, [str(code) for code in codes["code_id"]], places, row, rule)
    told = (counts.k == counts.n[:, None]) & ~must
    apart = rests(places, counts.sets[row])
    counts, must, untold = with_differences(counts, must, told, apart, rule.least if rule.strict else 0)
    hidden = suppress(counts, must, untold) if must.any() else must
    fit = [n for n, at in enumerate(row) if counts.n[at] >= rule.minimum]
    at = row[fit]
    return _as_frame(
        [places[n] for n in fit], codes["code_id"].tolist(), ~hidden[at], counts.k[at], counts.spoken[at], counts.n[at]
    )


def survives(cells: pd.DataFrame) -> tuple[int, int]:
    """How many cells are shown, of how many."""
    return int(cells["shown"].sum()), len(cells)


def places_of(
    experts: pd.DataFrame, segmentations: Sequence[Segmentation]
) -> tuple[list[tuple[str, str]], NDArray[np.bool_]]:
    """Segmentations with their segments (`ALL` last) that hold anybody, and who is in each (segments, experts)."""
    places, member = [], []
    for each in segmentations:
        home = segment_of(experts, each).to_numpy()
        for key in each.keys:
            if (home == key).any():
                places.append((each.key, key))
                member.append(home == key)
        places.append((each.key, ALL))
        member.append(np.ones(len(experts), dtype=bool))
    return places, np.array(member, dtype=bool).reshape(len(places), len(experts))


def counts_of(
    said: pd.DataFrame, codes: pd.DataFrame, experts: pd.DataFrame, sets: NDArray[np.bool_], quoted: Collection[str]
) -> Counts:  # fmt: skip
    """What was counted in the finest parts of `sets` (sets, experts)."""
    parts, part_of = np.unique(sets, axis=1, return_inverse=True)
    place = {str(code): n for n, code in enumerate(codes["code_id"])}
    shape = (parts.shape[1], len(place))
    home = dict(zip(experts["expert_id"], part_of.tolist(), strict=True))
    people, statements, words = (np.zeros(shape, dtype=np.int64) for _table in range(3))
    once = said[["statement_id", "expert_id", "code_id"]].drop_duplicates()
    once = once[once["expert_id"].isin(home) & once["code_id"].isin(place)]
    for expert, code in once[["expert_id", "code_id"]].drop_duplicates().itertuples(index=False):
        people[home[expert], place[code]] += 1
    for statement, expert, code in once.itertuples(index=False):
        statements[home[expert], place[code]] += 1
        words[home[expert], place[code]] += statement in quoted
    parent = np.array([place.get(str(above), -1) for above in codes["parent_id"]], dtype=np.int64)
    return Counts(
        np.bincount(part_of, minlength=shape[0]).astype(np.int64), people, statements, parts, parent,
        codes["own"].to_numpy(dtype=bool), words,
    )  # fmt: skip


def _must_hide(
    counts: Counts, codes: Sequence[str], places: Sequence[tuple[str, str]], row: NDArray[np.intp], rule: Rule
) -> NDArray[np.bool_]:
    k, n = counts.k, counts.n[:, None]
    must = (k == n) & (n > 0)
    column = {code: at for at, code in enumerate(codes)}
    segments = {place: int(at) for place, at in zip(places, row, strict=True)}
    for segmentation, segment, code in rule.released:
        if (segmentation, segment) in segments and code in column:
            must[segments[segmentation, segment], column[code]] = False
    if rule.strict:
        must |= (k > 0) & (k < rule.least)
    return must | (n < rule.minimum)


def _as_frame(
    places: Sequence[tuple[str, str]], codes: Sequence[str], shown: NDArray[np.bool_], k: NDArray[np.int64],
    statements: NDArray[np.int64], n: NDArray[np.int64] | list[int],
) -> pd.DataFrame:  # fmt: skip
    rows = [
        (segmentation, segment, code, int(k[at, of]) if shown[at, of] else None, int(n[at]),
         int(statements[at, of]) if shown[at, of] else None, bool(shown[at, of]))
        for of, code in enumerate(codes)
        for at, (segmentation, segment) in enumerate(places)
    ]  # fmt: skip
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    return found.astype({"k": "Int64", "n": "Int64", "statements": "Int64", "shown": bool})
