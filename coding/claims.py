"""What a sentence of a finding may claim about experts and codes, and whether the codings bear it out.

A share is always written as k of n, whole numbers, and compared without rounding: "at least 10 of 20" and "at least
1 of 2" claim the same. So it goes with the number of experts: when one is left out, 10 of 20 asks for half of the 19
who stay (10 of them), and 3 of 3 for all of the 2. An expert names a code by saying it or one below it.

`group_ids` () are all experts of the study; for the `others` of `MoreIn`, all experts outside its groups.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from coding.counts import SESSIONS, expert_statements, mentions
from coding.frames import Frames
from coding.queries import among
from transcripts.messages import MessageError, sentence

Unit = Literal["experts", "statements"]
Groups = tuple[str, ...]


class UnusableClaim(MessageError):
    """A claim that cannot be read, or about what the study does not have."""


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The code is named by at least k of every n experts of the groups. Says nothing of statements."""

    code_id: str
    k: int
    n: int
    group_ids: Groups = ()


@dataclass(frozen=True, slots=True)
class AtMost:
    """The code is named by at most k of every n experts of the groups. Says nothing of statements."""

    code_id: str
    k: int
    n: int
    group_ids: Groups = ()


@dataclass(frozen=True, slots=True)
class MoreNamed:
    """In the groups more experts (or statements) name the code than the other one."""

    code_id: str
    other_id: str
    group_ids: Groups = ()


@dataclass(frozen=True, slots=True)
class MoreIn:
    """A larger share of the experts (or statements) of the groups names the code than of the others."""

    code_id: str
    group_ids: Groups
    others: Groups = ()


@dataclass(frozen=True, slots=True)
class FirstAmong:
    """More experts (or statements) name the code than any other one as deep below the root. A tie is no first place."""

    code_id: str
    root_id: str
    group_ids: Groups = ()


Claim = AtLeast | AtMost | MoreNamed | MoreIn | FirstAmong


@dataclass(frozen=True, slots=True)
class Measured:
    """Whether a claim holds, and its numbers: (k, n) of what it is about, then of what that is compared with.

    `holds` None: it cannot be said, since nobody is there to be counted or statements are no answer. `rival` is the
    code of the second pair where the claim does not name it.
    """

    holds: bool | None
    counts: tuple[tuple[int, int], ...]
    rival: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """On which a claim is measured: one reading of the texts, counted once.

    `said` are the statements of each expert (row) with each code (column), `spoke` all statements of each expert;
    `counted` are the experts of whom this reading knows everything that they said.
    """

    experts: pd.Index
    groups: np.ndarray
    codes: pd.Index
    parents: tuple[str, ...]
    said: np.ndarray
    spoke: np.ndarray
    counted: np.ndarray


def material(
    frames: Frames,
    *,
    layer: str = "adjudicated",
    coder_id: str | None = None,
    looked: Collection[str] | None = None,
    source_kinds: Sequence[str] = SESSIONS,
) -> Material:
    """Count one reading: that of the adjudicated layer, or of a coder.

    `looked` are ids of the statements that were looked at; an expert counts where all that they said is among them,
    for of whom half was read nobody knows what they do not name. None: everything was. A reading in which nothing at
    all is coded counts nobody.
    """
    experts, codes = pd.Index(frames.experts["expert_id"]), pd.Index(frames.codes["code_id"])
    found = mentions(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id, with_parents=True)
    said = np.zeros((len(experts), len(codes)), dtype=np.int64)
    rows, columns = experts.get_indexer(pd.Index(found["expert_id"])), codes.get_indexer(pd.Index(found["code_id"]))
    np.add.at(said, (rows, columns), 1)
    spoken = expert_statements(frames, source_kinds)
    speakers = experts.get_indexer(pd.Index(spoken["expert_id"]))
    spoke = np.bincount(speakers, minlength=len(experts))
    counted = np.ones(len(experts), dtype=bool)
    if looked is not None:
        seen = among(spoken["statement_id"], looked)
        counted = (spoke > 0) & (np.bincount(speakers[seen], minlength=len(experts)) == spoke)
    counted &= bool(said.any())
    return Material(
        experts, frames.experts["group_id"].to_numpy(dtype=object), codes,
        tuple(frames.codes["parent_id"]), said, spoke, counted,
    )  # fmt: skip


def measured(
    frames: Frames,
    claim: Claim,
    unit: Unit = "experts",
    *,
    layer: str = "adjudicated",
    coder_id: str | None = None,
) -> Measured:
    """The numbers of a claim and whether it holds. Raises UnusableClaim."""
    found = material(frames, layer=layer, coder_id=coder_id)
    k, n, rivals = parts(found, claim, unit)
    return measure(claim, k.sum(axis=1), n.sum(axis=1), rivals, unit)


def parts(found: Material, claim: Claim, unit: Unit = "experts") -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """What each expert (column) adds to k and to n of each side (row) of a claim, and the codes of the sides after the
    first, where these are compared. The sum over experts measures the claim; without one column, without that expert.

    Raises UnusableClaim for a code or a group that the study does not have, and for a comparison with itself.
    """
    weight = (found.spoke if unit == "statements" else np.ones(len(found.experts), dtype=np.int64)) * found.counted
    values = (found.said if unit == "statements" else found.said > 0) * found.counted[:, None]
    own = _code(found, claim.code_id)
    here = _members(found, claim.group_ids)
    rivals: tuple[str, ...] = ()
    match claim:
        case AtLeast() | AtMost():
            k, n = [values[:, own] * here], [weight * here]
        case MoreNamed(_, other_id):
            if other_id == claim.code_id:
                raise UnusableClaim(sentence("A code is compared with itself. Choose two codes."))
            k = [values[:, own] * here, values[:, _code(found, other_id)] * here]
            n, rivals = [weight * here] * 2, (other_id,)
        case MoreIn(_, group_ids, others):
            if not group_ids or set(group_ids) & set(others):
                raise UnusableClaim(sentence("A group is compared with itself. Choose groups on both sides."))
            there = _members(found, others) if others else ~here
            k, n = [values[:, own] * here, values[:, own] * there], [weight * here, weight * there]
        case FirstAmong():
            rivals = peers(found, claim)
            k = [values[:, own] * here, *(values[:, _code(found, each)] * here for each in rivals)]
            n = [weight * here] * len(k)
    return np.array(k, dtype=np.int64), np.array(n, dtype=np.int64), rivals


def measure(
    claim: Claim, k: np.ndarray, n: np.ndarray, rivals: tuple[str, ...] = (), unit: Unit = "experts"
) -> Measured:
    """The claim on the sums of each side (`parts`)."""
    pairs = [(int(a), int(b)) for a, b in zip(k, n, strict=True)]
    rival = ""
    if isinstance(claim, FirstAmong) and len(pairs) > 1:
        best = 1 + int(np.argmax(k[1:]))
        pairs, rival = [pairs[0], pairs[best]], rivals[best - 1]
    if not all(size for _count, size in pairs) or (unit == "statements" and isinstance(claim, AtLeast | AtMost)):
        return Measured(None, tuple(pairs), rival)
    return Measured(_holds(claim, pairs), tuple(pairs), rival)


def peers(found: Material, claim: FirstAmong) -> tuple[str, ...]:
    """The codes that stand as deep below the root as the code of the claim, in the codebook's order.

    Raises UnusableClaim where the code does not stand below the root.
    """
    _code(found, claim.code_id)
    parent = dict(zip(found.codes, found.parents, strict=True))
    depths = {code: _depth(parent, code, claim.root_id) for code in parent}
    own = depths[claim.code_id]
    if not own:
        raise UnusableClaim(
            sentence("The code “{code}” does not stand below “{root}”.", code=claim.code_id, root=claim.root_id)
        )
    return tuple(code for code, depth in depths.items() if depth == own and code != claim.code_id)


def _holds(claim: Claim, pairs: list[tuple[int, int]]) -> bool:
    k, n = pairs[0]
    match claim:
        case AtLeast():
            return k * claim.n >= claim.k * n
        case AtMost():
            return k * claim.n <= claim.k * n
        case MoreIn():
            return k * pairs[1][1] > pairs[1][0] * n
        case MoreNamed() | FirstAmong():
            return k > (pairs[1][0] if len(pairs) > 1 else 0)


def _code(found: Material, code_id: str) -> int:
    place = int(found.codes.get_indexer(pd.Index([code_id]))[0])
    if place < 0:
        raise UnusableClaim(
            sentence("The code “{code}” is no longer in the codebook. Choose another one.", code=code_id)
        )
    return place


def _members(found: Material, group_ids: Groups) -> np.ndarray:
    if not group_ids:
        return np.ones(len(found.experts), dtype=bool)
    present = set(found.groups)
    for group_id in group_ids:
        if group_id not in present:
            raise UnusableClaim(sentence("Nobody is in the group “{group}” any more. Choose others.", group=group_id))
    wanted = set(group_ids)
    return np.array([group in wanted for group in found.groups], dtype=bool)


def _depth(parent: dict[str, str], code_id: str, root_id: str) -> int:
    """How many steps a code stands below another; 0 where it does not."""
    at = code_id
    for steps in range(1, len(parent) + 1):
        at = parent.get(at, "")
        if not at or at == root_id:
            return steps if at else 0
    return 0
