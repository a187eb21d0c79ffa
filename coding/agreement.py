"""How far coders agree: per code, over whole sets of codes, with intervals; from a table of judgements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from coding.agreement_words import too_few_units, why_not, why_not_code
from coding.code_coefficients import COEFFICIENTS, code_coefficients, prevalence, two_by_two
from coding.coded import Coded, clusters_of, coded_of
from coding.coefficients import brennan_prediger, cohen_kappa, count_categories, fleiss_kappa, gwet_ac1
from coding.judgements import UnusableCodings
from coding.resampling import Bootstrap, Draws, Interval
from coding.set_agreement import set_coefficients
from transcripts.messages import Message, sentence

RESAMPLES = 2000

Table = tuple[int, int, int, int]
"""Units that both, only the first, only the second, neither of two coders gave a code."""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement on whether one code applies. `reason` says why no coefficient can be computed; then all are None,
    and `percent` and `prevalence` are left as facts.

    `percent` is the mean over units; `prevalence` the share of judgements that apply the code; `ci` the bootstrap
    interval of alpha, from the `resamples` in which it is defined (in `degenerate` others it is not), with `ci_reason`
    where there is none; `intervals` those of every coefficient. `table` is of two coders (None above two),
    `pairs_table` its sum over all pairs of coders, where the first is the one whose name comes first.
    """

    percent: float | None
    cohen: float | None
    fleiss: float | None
    alpha: float | None
    ac1: float | None
    brennan_prediger: float | None
    prevalence: float | None
    ci: tuple[float, float] | None
    resamples: int
    table: Table | None
    pairs_table: Table
    reason: Message | None = None
    ci_reason: Message | None = None
    degenerate: int = 0
    intervals: dict[str, tuple[float, float] | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OverallAgreement:
    """Agreement on everything said of a unit. Where a coder may give several codes or none, sets are compared:
    then `cohen`, `fleiss`, `ac1` and `brennan_prediger` are None and `alpha_nominal` asks for equal sets.

    `reason`, `ci_reason` and `degenerate` as in `CodeAgreement`; `n_resamples` were drawn.
    """

    percent: float | None
    cohen: float | None
    fleiss: float | None
    ac1: float | None
    alpha_nominal: float | None
    alpha_jaccard: float | None
    alpha_masi: float | None
    n_resamples: int
    ci: dict[str, tuple[float, float] | None] = field(default_factory=dict)
    brennan_prediger: float | None = None
    reason: Message | None = None
    ci_reason: Message | None = None
    degenerate: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """`n_units` were seen by somebody, `n_units_compared` by two coders or more; at the level of characters both
    count characters.
    """

    n_units: int
    n_units_compared: int
    n_coders: int
    per_code: dict[str, CodeAgreement]
    overall: OverallAgreement

    def mean_over_codes(self, coefficient: str) -> tuple[float | None, int]:
        """Mean of one coefficient over the codes for which it can be computed, and how many these are."""
        found = [getattr(one, coefficient) for one in self.per_code.values() if one.reason is None]
        known = [value for value in found if value is not None]
        return (float(np.mean(known)) if known else None), len(known)


def agreement(
    judgements: pd.DataFrame,
    *,
    codes: Sequence[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
    clusters: Mapping[str, str] | None = None,
) -> Agreement:
    """Compare coders. `judgements` has unit, coder, code; an empty code says: looked at, nothing applied.

    A unit without a row of a coder was not seen by that coder. `codes` also brings in codes that nobody used.
    `clusters` (unit -> the expert who said it) makes the bootstrap draw experts instead of units; a unit of nobody
    is drawn by itself. Raises UnusableCodings where no unit was seen by two coders.
    """
    coded = coded_of(judgements, codes)
    if not coded.n_compared:
        raise UnusableCodings(
            sentence("No unit was seen by two coders. Agreement needs the same units coded by two or more people.")
        )
    return compare(coded, bootstrap_of(coded, resamples, seed, clusters))


def bootstrap_of(
    coded: Coded, resamples: int = 0, seed: int = 0, clusters: Mapping[str, str] | None = None
) -> Bootstrap:
    """A bootstrap over units, or over the experts to whom `clusters` says that they belong."""
    owners = None if clusters is None else clusters_of(coded.units, clusters)
    return Bootstrap(len(coded.units), resamples, seed, owners, coded.sizes, of_experts=clusters is not None)


def compare(coded: Coded, bootstrap: Bootstrap) -> Agreement:
    """Agreement of coders on what they coded; where nothing can be compared, with reasons in place of figures."""
    rows = [bootstrap.everything(), *bootstrap.draws()]
    return Agreement(
        n_units=int(coded.sizes.sum()),
        n_units_compared=coded.n_compared,
        n_coders=len(coded.coders),
        per_code=_per_code(coded, bootstrap, rows),
        overall=_overall(coded, bootstrap, rows),
    )


def number(value: float) -> float | None:
    """None for what is not a number."""
    return float(value) if np.isfinite(value) else None


def as_table(cells: Iterable[float]) -> Table:
    """Four cells as whole numbers."""
    both, first, second, neither = (round(cell) for cell in cells)
    return both, first, second, neither


def _per_code(coded: Coded, bootstrap: Bootstrap, rows: list[Draws]) -> dict[str, CodeAgreement]:
    values, cells, shares = code_coefficients(coded, rows), two_by_two(coded), prevalence(coded)
    used, scarce = np.asarray(coded.applied.any(axis=(0, 1))), too_few_units(coded.n_observed)
    found = {}
    for place, code in enumerate(coded.codes):
        reason = why_not_code(used[place], cells[place], scarce)
        of_code = {name: values[name][:, place] for name in COEFFICIENTS if name in values}
        estimates, intervals = _estimated(of_code, bootstrap, reason)
        table = as_table(cells[place])
        found[code] = CodeAgreement(
            **{name: estimates.get(name) for name in COEFFICIENTS},
            prevalence=number(shares[place]),
            ci=intervals["alpha"].ci,
            resamples=intervals["alpha"].used,
            table=table if len(coded.coders) == 2 else None,
            pairs_table=table,
            reason=reason,
            ci_reason=intervals["alpha"].reason,
            degenerate=intervals["alpha"].degenerate,
            intervals={name: interval.ci for name, interval in intervals.items()},
        )
    return found


def _overall(coded: Coded, bootstrap: Bootstrap, rows: list[Draws]) -> OverallAgreement:
    reason = why_not(coded)
    values = set_coefficients(coded, rows)
    if coded.one_code_each:
        values |= _of_categories(coded, rows)
    estimates, intervals = _estimated(values, bootstrap, reason)
    names = ("percent", "cohen", "fleiss", "ac1", "brennan_prediger", "alpha_nominal", "alpha_jaccard", "alpha_masi")
    return OverallAgreement(
        **{name: estimates.get(name) for name in names},
        n_resamples=len(values["percent"]) - 1,
        ci={name: interval.ci for name, interval in intervals.items()},
        reason=reason,
        ci_reason=intervals["alpha_masi"].reason,
        degenerate=intervals["alpha_masi"].degenerate,
    )


def _of_categories(coded: Coded, rows: list[Draws]) -> dict[str, np.ndarray]:
    """Coefficients where every unit has one code a coder; the categories are the codes that were used."""
    used = coded.applied.any(axis=(0, 1))
    ratings, n = np.where(coded.seen, coded.applied[:, :, used].argmax(axis=2), -1), int(used.sum())
    counts = count_categories(ratings, n)
    found = {
        "fleiss": [fleiss_kappa(counts, draws) for draws in rows],
        "ac1": [gwet_ac1(counts, draws) for draws in rows],
        "brennan_prediger": [brennan_prediger(counts, draws) for draws in rows],
    }
    if len(coded.coders) == 2:
        found["cohen"] = [cohen_kappa(ratings, n, draws) for draws in rows]
    return {name: np.concatenate(parts) for name, parts in found.items()}


def _estimated(
    values: dict[str, np.ndarray], bootstrap: Bootstrap, reason: Message | None
) -> tuple[dict[str, float | None], dict[str, Interval]]:
    """Estimates (the first row) and intervals (the others); with a reason against, percent alone is left."""
    if reason is not None:
        none = dict.fromkeys(values, Interval(None, reason=reason))
        return {"percent": number(values["percent"][0])} if "percent" in values else {}, none
    estimates = {name: number(of_rows[0]) for name, of_rows in values.items()}
    return estimates, {name: bootstrap.interval(of_rows[1:]) for name, of_rows in values.items()}
