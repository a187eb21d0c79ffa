"""Does it hold? A claim measured again on other codings, without single experts, in other groups, by statements.

What counts as a re-analysis:

- **Codings**: each coder's own, and the adjudicated ones. A coder's count over the experts of whom that coder has
  looked at everything. So that it is the coding that is put to the test and not the choice of experts, it counts only
  where the claim, as it was counted first, comes out among these experts as among all.
- **Without one expert**: each expert whom the claim counts, in turn; k and n are those of the experts who stay. Whoever
  is not counted in the claim would change nothing, and to count that as a test would flatter it.
- **Other groups**, for claims about groups: every segment of the study's segmentations (its groups as they are among
  them) that is a part of the claim's groups takes their place; for `MoreIn` also every segment that contains them, for
  there it is the border between the two sides that is drawn otherwise. Elsewhere a larger segment, and everywhere one
  that overlaps or lies apart, speaks of other people and is no test. The same set of groups is tried once. Where
  `MoreIn` has no `others`, these stay the experts outside all groups that were named, so that a part is not set against
  its own neighbours, less those of a larger segment; where it has, segments of theirs are tried too, less the first
  groups.
- **By statements**, for claims that compare: how often it is said in place of how many say it, and the same without
  the one who speaks most. Shares of experts are no shares of statements: for these it is no question.

The one who speaks most is whoever carries a claimed code as one voice (`coding.dominance`), and who has most
statements of all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from coding.claims import (
    AtLeast,
    AtMost,
    Claim,
    Groups,
    Material,
    Measured,
    MoreIn,
    MoreNamed,
    material,
    measure,
    parts,
)
from coding.counts import expert_statements
from coding.dominance import FEWEST, SHARE
from coding.frames import Frames
from coding.segments import Segment, Segmentation

ADJUDICATED = "adjudicated"
AS_COUNTED, CODINGS, WITHOUT, GROUPS, OTHER_GROUPS, STATEMENTS, STATEMENTS_WITHOUT = (
    "as_counted", "codings", "without", "groups", "other_groups", "statements", "statements_without",
)  # fmt: skip
"""Kinds of re-analyses; the first is none: the count that the others are held against."""


@dataclass(frozen=True, slots=True)
class Reanalysis:
    """One way of counting a claim. `key` is a coder's key or `ADJUDICATED`, an expert's key, or a segment's.

    `speaks_most`: the expert left out is one of those. `segment`: the groups that took the place of the claim's.
    """

    kind: str
    key: str
    measured: Measured
    speaks_most: bool = False
    segment: Segment | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`holds` as counted (None: it cannot be said), and in `kept` of `tried` re-analyses; `turned` are those that say
    otherwise than the first count."""

    holds: bool | None
    kept: int
    tried: int
    turned: tuple[Reanalysis, ...]

    def keys(self, kind: str) -> list[str]:
        """The keys of what turned, of one kind."""
        return [each.key for each in self.turned if each.kind == kind]


def readings(frames: Frames, looked: Mapping[str, Collection[str]] | None = None) -> dict[str, Material]:
    """Every reading of the texts, counted once for all claims: `ADJUDICATED` first where there is one, then coders.

    `looked` are the ids of the statements that each coder has looked at; of a coder who is not in it, those of the
    sources in which they coded anything.
    """
    codings = frames.codings
    found = {}
    if (codings["layer"] == ADJUDICATED).any() or codings.empty:
        found[ADJUDICATED] = material(frames)
    own = codings[codings["layer"] == "coder"]
    spoken = expert_statements(frames)
    for coder_id in sorted(own["coder_id"].unique()):
        seen = (looked or {}).get(coder_id)
        if seen is None:
            sources = set(own.loc[own["coder_id"] == coder_id, "source_id"])
            seen = spoken.loc[spoken["source_id"].isin(sources), "statement_id"]
        found[coder_id] = material(frames, coder_id=coder_id, looked=seen)
    return found


def reanalyses(
    found: Mapping[str, Material], claim: Claim, segmentations: Sequence[Segmentation] = (), base: str = ""
) -> list[Reanalysis]:
    """Every re-analysis of a claim, the count that they are held against first.

    `found` are `readings`, `base` the one that counts (its first, unless named). Raises UnusableClaim.
    """
    base = base or next(iter(found))
    first = found[base]
    counted = _measured(first, claim)
    return [
        Reanalysis(AS_COUNTED, base, counted),
        *_other_codings(found, base, claim, counted.holds),
        *_without_one(first, claim),
        *_other_groups(first, claim, segmentations),
        *_by_statements(first, claim),
    ]


def verdict(tried: Sequence[Reanalysis]) -> Verdict:
    """All re-analyses of a claim (`reanalyses`) in one line; those in which it cannot be said are not counted."""
    holds = tried[0].measured.holds
    answered = [each for each in tried[1:] if each.measured.holds is not None]
    turned = tuple(each for each in answered if holds is not None and each.measured.holds is not holds)
    return Verdict(holds, sum(bool(each.measured.holds) for each in answered), len(answered), turned)


def loudest(first: Material, claim: Claim) -> list[str]:
    """Who speaks most: the one voice of each claimed code, then who has most statements of all."""
    if not len(first.experts):
        return []
    codes = [claim.code_id, *([claim.other_id] if isinstance(claim, MoreNamed) else [])]
    found = []
    for place in first.codes.get_indexer(pd.Index(codes)):
        said = first.said[:, place]
        if said.max() >= FEWEST and said.max() >= SHARE * said.sum():
            found.append(str(first.experts[int(said.argmax())]))
    return list(dict.fromkeys([*found, str(first.experts[int(first.spoke.argmax())])]))


def _measured(first: Material, claim: Claim) -> Measured:
    k, n, rivals = parts(first, claim)
    return measure(claim, k.sum(axis=1), n.sum(axis=1), rivals)


def _other_codings(found: Mapping[str, Material], base: str, claim: Claim, holds: bool | None) -> Iterator[Reanalysis]:
    for key, other in found.items():
        if key == base:
            continue
        again = _measured(other, claim)
        same_experts = replace(found[base], counted=found[base].counted & other.counted)
        if _measured(same_experts, claim).holds is not holds:
            again = replace(again, holds=None)
        yield Reanalysis(CODINGS, key, again)


def _without_one(first: Material, claim: Claim) -> Iterator[Reanalysis]:
    """Without each expert in turn; not where that could never break the claim, as "all of them" without one of them."""
    k, n, rivals = parts(first, claim)
    all_k, all_n = k.sum(axis=1), n.sum(axis=1)
    if isinstance(claim, AtLeast | AtMost) and claim.k in (0, claim.n) and _measured(first, claim).holds:
        return
    loud = loudest(first, claim)
    for place in np.flatnonzero(n.any(axis=0)).tolist():
        expert = str(first.experts[place])
        again = measure(claim, all_k - k[:, place], all_n - n[:, place], rivals)
        yield Reanalysis(WITHOUT, expert, again, speaks_most=expert in loud)


def _other_groups(first: Material, claim: Claim, segmentations: Sequence[Segmentation]) -> Iterator[Reanalysis]:
    outside = tuple(sorted(set(first.groups) - set(claim.group_ids)))
    for segment, groups in _nested(first, claim.group_ids, segmentations, isinstance(claim, MoreIn)):
        again: Claim = replace(claim, group_ids=groups)
        if isinstance(claim, MoreIn):
            others = tuple(each for each in claim.others or outside if each not in groups)
            if not others:
                continue
            again = replace(claim, group_ids=groups, others=others)
        yield Reanalysis(GROUPS, segment.key, _measured(first, again), segment=segment)
    if isinstance(claim, MoreIn) and claim.others:
        for segment, groups in _nested(first, claim.others, segmentations, larger=True):
            others = tuple(each for each in groups if each not in claim.group_ids)
            if others and set(others) != set(claim.others):
                again = replace(claim, others=others)
                yield Reanalysis(OTHER_GROUPS, segment.key, _measured(first, again), segment=segment)


def _nested(
    first: Material, groups: Groups, segmentations: Sequence[Segmentation], larger: bool
) -> Iterator[tuple[Segment, Groups]]:
    """Segments that are a part of these groups or contain them (if `larger`), with their groups that somebody is in."""
    here, present = set(groups), set(first.groups)
    tried = {frozenset(here), frozenset[str]()}
    for segmentation in segmentations if groups else ():
        for segment in segmentation.segments:
            of_it = frozenset(segment.group_ids) & present
            if of_it not in tried and (of_it < here or (larger and of_it > here)):
                tried.add(of_it)
                yield segment, tuple(each for each in segment.group_ids if each in of_it)


def _by_statements(first: Material, claim: Claim) -> Iterator[Reanalysis]:
    k, n, rivals = parts(first, claim, "statements")
    all_k, all_n = k.sum(axis=1), n.sum(axis=1)
    again = measure(claim, all_k, all_n, rivals, "statements")
    if again.holds is None:
        return
    yield Reanalysis(STATEMENTS, "", again)
    for expert in loudest(first, claim):
        place = first.experts.get_loc(expert)
        if n[:, place].any():
            rest = measure(claim, all_k - k[:, place], all_n - n[:, place], rivals, "statements")
            yield Reanalysis(STATEMENTS_WITHOUT, expert, rest, speaks_most=True)
