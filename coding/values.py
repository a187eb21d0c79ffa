"""Agreement on values (one a unit and coder): ordered ones, numbers, numbers with a true zero."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from coding.agreement_words import too_few_units
from coding.coded import clusters_of
from coding.coefficients import (
    Weights,
    brennan_prediger,
    count_categories,
    gwet_ac2,
    krippendorff_alpha,
    percent_agreement,
)
from coding.distances import Level, distance_of, similarity_of
from coding.judgements import UnusableCodings
from coding.resampling import Bootstrap, Interval
from transcripts.messages import Message, sentence

COEFFICIENTS = ("percent", "alpha", "ac2", "brennan_prediger")


@dataclass(frozen=True, slots=True)
class ValueAgreement:
    """Agreement on values of a `level` of measurement.

    `alpha` has Krippendorff's distance of that level; `percent`, `ac2` and `brennan_prediger` Gwet's weights that go
    with it (ordinal; quadratic for interval; ratio), so that near values agree in part. `scale` holds the values in
    ascending order, `ci` the interval of each coefficient; `reason` and `ci_reason` say why there is none.
    """

    level: Level
    scale: list[str]
    n_units_compared: int
    percent: float | None
    alpha: float | None
    ac2: float | None
    brennan_prediger: float | None
    resamples: int = 0
    degenerate: int = 0
    ci: dict[str, tuple[float, float] | None] = field(default_factory=dict)
    reason: Message | None = None
    ci_reason: Message | None = None


def value_agreement(
    judgements: pd.DataFrame,
    level: Level,
    *,
    scale: Sequence[str] | None = None,
    resamples: int = 0,
    seed: int = 0,
    clusters: Mapping[str, str] | None = None,
) -> ValueAgreement:
    """Compare values: the `code` of `judgements` is the value that a coder gave a unit, empty if they gave none.

    `scale` lists all values that could be given, in ascending order; without it those that were given are the scale.
    The ordinal distance between two ranks is that of all units, in every resample. Raises UnusableCodings for two
    values of one coder for one unit, for a word where a number is needed (words are ordered by a `scale` alone), for
    a value outside `scale`, and for a negative number at the level of ratios.
    """
    given = with_values(judgements)
    names, points = _scale(level, sorted(set(given["code"])), scale)
    ratings, units = _ratings(given, names)
    counts = count_categories(ratings, len(names))
    owners = None if clusters is None else clusters_of(units, clusters)
    bootstrap = Bootstrap(len(units), resamples, seed, owners, of_experts=clusters is not None)
    similarity, distance = similarity_of(level, points), distance_of(level, points, counts)
    rows = [bootstrap.everything(), *bootstrap.draws()]
    parts = [_coefficients(counts, similarity, distance, draws) for draws in rows]
    values = {name: np.concatenate([part[name] for part in parts]) for name in COEFFICIENTS}
    compared = int((counts.sum(axis=1) >= 2).sum())
    reason = _why_not(counts, compared)
    intervals = {
        name: Interval(None, reason=reason) if reason else bootstrap.interval(of_rows[1:])
        for name, of_rows in values.items()
    }
    estimates = {name: float(of_rows[0]) if np.isfinite(of_rows[0]) else None for name, of_rows in values.items()}
    return ValueAgreement(
        level=level,
        scale=names,
        n_units_compared=compared,
        percent=estimates["percent"],
        alpha=None if reason else estimates["alpha"],
        ac2=None if reason else estimates["ac2"],
        brennan_prediger=None if reason else estimates["brennan_prediger"],
        resamples=intervals["alpha"].used,
        degenerate=intervals["alpha"].degenerate,
        ci={name: interval.ci for name, interval in intervals.items()},
        reason=reason,
        ci_reason=intervals["alpha"].reason,
    )


def with_values(judgements: pd.DataFrame) -> pd.DataFrame:
    """The judgements that give a value; UnusableCodings if there is none, or a coder gave one unit two of them."""
    given = judgements[judgements["code"] != ""].drop_duplicates(["unit", "coder", "code"])
    twice = given[given.duplicated(["unit", "coder"])]
    if len(twice):
        raise UnusableCodings(
            sentence(
                "Coder “{coder}” gave the unit “{unit}” two values. On a scale a unit has one value a coder.",
                coder=twice["coder"].iloc[0],
                unit=twice["unit"].iloc[0],
            )
        )
    if given.empty:
        raise UnusableCodings(sentence("No coder gave any unit a value."))
    return given


def _coefficients(
    counts: np.ndarray, similarity: np.ndarray, distance: np.ndarray | None, weights: Weights
) -> dict[str, np.ndarray]:
    return {
        "percent": percent_agreement(counts, weights, similarity),
        "alpha": krippendorff_alpha(counts, distance, weights),
        "ac2": gwet_ac2(counts, similarity, weights),
        "brennan_prediger": brennan_prediger(counts, weights, similarity),
    }


def _scale(level: Level, used: list[str], scale: Sequence[str] | None) -> tuple[list[str], list[float]]:
    """The values in ascending order, as written and as numbers (ranks where they are words)."""
    named = used if scale is None else list(dict.fromkeys(scale))
    outside = sorted(set(used) - set(named))
    if outside:
        raise UnusableCodings(sentence("The value “{value}” is not on the scale.", value=outside[0]))
    ranks = [float(rank) for rank in range(len(named))]
    if level == "nominal" or (level == "ordinal" and scale is not None):
        return named, ranks
    points = {name: _number(name) for name in named}
    if level == "ratio" and min(points.values()) < 0:
        raise UnusableCodings(sentence("Ratios need numbers that are not negative."))
    ascending = sorted(named, key=points.__getitem__)
    return ascending, [points[name] for name in ascending]


def _number(text: str) -> float:
    """A number with a decimal point or comma."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise UnusableCodings(
            sentence("“{value}” is not a number. This level of measurement needs numbers.", value=text)
        )
    return value


def _ratings(given: pd.DataFrame, names: list[str]) -> tuple[np.ndarray, list[str]]:
    """Ratings (units x coders) by their place on the scale, -1 where no value was given; and the units."""
    unit, units = pd.factorize(given["unit"])
    coder, coders = pd.factorize(given["coder"], sort=True)
    ratings = np.full((len(units), len(coders)), -1)
    ratings[unit, coder] = pd.Index(names, dtype=object).get_indexer(pd.Index(given["code"], dtype=object))
    return ratings, list(units)


def _why_not(counts: np.ndarray, compared: int) -> Message | None:
    scarce = too_few_units(compared)
    if scarce is not None:
        return scarce
    varies = np.count_nonzero(counts[counts.sum(axis=1) >= 2].sum(axis=0)) > 1
    return None if varies else sentence("Every coder gave every unit the same value, so that nothing varies.")
