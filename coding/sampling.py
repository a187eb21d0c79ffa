"""A sample to be coded twice: how many statements, and which ones, with every stakeholder group in it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from statistics import NormalDist

import numpy as np
import pandas as pd

from coding.counts import SESSIONS, expert_statements
from coding.frames import Frames
from transcripts.messages import MessageError, counted, sentence

STRATUM = ["group_id", "source_id"]
Stratum = tuple[str, str]
"""A stakeholder group, in one source or ("") in all of them."""


class UnusableSample(MessageError):
    """A sample that cannot be planned or drawn as asked for."""


def units_needed(kappa: float, lower: float, prevalence: float, coders: int = 2, confidence: float = 0.95) -> int:
    """Statements that `coders` all have to code, so that the lower limit of kappa is expected at `lower` or above.

    The limit is one-sided, of a code that `prevalence` (a share) of judgements apply and on which the coders agree with
    `kappa`. Donner and Rotondi (2010, Int. J. Biostatistics 6(1), 31): goodness of fit under the common correlation
    model. Their tables take chi-square as 2.71 and not 2.7055, so that some of their numbers are larger by one. As the
    limit is expected at `lower`, about half of all such studies end with one below it.
    Raises UnusableSample where there is no such number.
    """
    _check_plan(kappa, lower, prevalence, coders, confidence)
    chi_square = NormalDist().inv_cdf(confidence) ** 2
    assumed, refuted = (outcomes(value, prevalence, coders) for value in (kappa, lower))
    distance = sum((some - other) ** 2 / other for some, other in zip(assumed, refuted, strict=True))
    return math.ceil(chi_square / distance)


def outcomes(kappa: float, prevalence: float, coders: int) -> tuple[float, float, float]:
    """Probabilities that all, some and none of the coders apply the code.

    Common correlation model (Altaye, Donner and Klar 2001, Biometrics 57, 584): with probability `kappa` the coders are
    of one mind, else each judges alone. How many they are among "some" tells nothing more of kappa.
    """
    every = kappa * prevalence + (1 - kappa) * prevalence**coders
    none = kappa * (1 - prevalence) + (1 - kappa) * (1 - prevalence) ** coders
    return every, 1 - every - none, none


def strata_of(frames: Frames, source_kinds: Sequence[str] = SESSIONS, *, by_source: bool = False) -> pd.DataFrame:
    """The statements that may be drawn, in the frame's order: statement_id, group_id, source_id ("" unless by_source).

    These are the experts' (`coding.counts.expert_statements`); moderators' are in no stratum.
    """
    statements = expert_statements(frames, source_kinds)
    group = frames.experts.set_index("expert_id")["group_id"]
    return pd.DataFrame(
        {
            "statement_id": statements["statement_id"],
            "group_id": statements["expert_id"].map(group),
            "source_id": statements["source_id"] if by_source else "",
        }
    ).reset_index(drop=True)


def stratified_sample(strata: pd.DataFrame, size: int, seed: int, fewest: int = 1) -> list[str]:
    """Draw `size` statements at random, the same for the same seed; in the order of `strata` (`strata_of`).

    Every stratum has at least `fewest` (at least one), or all that it has; beyond that strata are drawn from in
    proportion to their statements. Raises UnusableSample if the size is too small for that or larger than all there is.
    """
    members: dict[Stratum, list[str]] = {}
    for statement_id, group_id, source_id in zip(*(strata[name] for name in ("statement_id", *STRATUM)), strict=True):
        members.setdefault((group_id, source_id), []).append(statement_id)
    sizes = shares({key: len(members[key]) for key in sorted(members)}, size, fewest)
    generator = np.random.default_rng(seed)
    drawn: set[str] = set()
    for key in sorted(members):
        drawn.update(generator.choice(sorted(members[key]), sizes[key], replace=False).tolist())
    return [statement_id for statement_id in strata["statement_id"] if statement_id in drawn]


def shares(available: Mapping[Stratum, int], size: int, fewest: int = 1) -> dict[Stratum, int]:
    """How many to draw from each stratum: proportional by largest remainders, never below `fewest` where there are so
    many. Of equal remainders the larger stratum, then the earlier, is rounded up. Raises as `stratified_sample`.
    """
    floors = {key: min(max(fewest, 1), count) for key, count in available.items()}
    _check_size(size, sum(available.values()), floors, fewest)
    given: dict[Stratum, int] = {}
    while True:
        open_keys = [key for key in available if key not in given]
        left, total = size - sum(given.values()), sum(available[key] for key in open_keys)
        short = [key for key in open_keys if left * available[key] < floors[key] * total]
        if not short:
            break
        given.update((key, floors[key]) for key in short)
    quotas = {key: divmod(left * available[key], total) for key in open_keys}
    given.update((key, whole) for key, (whole, _remainder) in quotas.items())
    by_remainder = sorted(open_keys, key=lambda key: (-quotas[key][1], -available[key]))
    for key in by_remainder[: size - sum(given.values())]:
        given[key] += 1
    return given


def covered(sample: Collection[str], strata: pd.DataFrame) -> pd.DataFrame:
    """How much of each stratum a sample has: group_id, source_id, available, chosen; strata as they first appear."""
    chosen = strata["statement_id"].isin(list(sample))
    counts = strata.assign(chosen=chosen).groupby(STRATUM, sort=False)["chosen"].agg(["size", "sum"])
    return counts.astype("int64").set_axis(["available", "chosen"], axis="columns").reset_index()


def _check_plan(kappa: float, lower: float, prevalence: float, coders: int, confidence: float) -> None:
    if not 0 < prevalence < 1:
        raise UnusableSample(sentence("The share of statements with the code has to lie between 0 and 1."))
    if not 0 <= lower < kappa <= 1:
        raise UnusableSample(
            sentence("The lower limit has to be smaller than the kappa that you expect, and both between 0 and 1.")
        )
    if coders < 2:
        raise UnusableSample(sentence("Agreement needs two coders or more."))
    if not 0.5 < confidence < 1:
        raise UnusableSample(sentence("The confidence has to lie between 0.5 and 1."))


def _check_size(size: int, total: int, floors: Mapping[Stratum, int], fewest: int) -> None:
    if size > total:
        raise UnusableSample(
            counted(
                "The sample cannot be larger than what there is: {count} statement of experts.",
                "The sample cannot be larger than what there is: {count} statements of experts.",
                total,
            )
        )
    if size < len(floors):
        raise UnusableSample(
            counted(
                "The sample is too small: there is {count} group to draw from, and it needs a statement.",
                "The sample is too small: there are {count} groups to draw from, and each needs a statement.",
                len(floors),
            )
        )
    if size < sum(floors.values()):
        raise UnusableSample(
            sentence(
                "The sample is too small for {fewest} statements of each group. It needs at least {needed}.",
                fewest=fewest,
                needed=sum(floors.values()),
            )
        )
