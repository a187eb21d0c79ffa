"""Agreement of each pair of coders, over everything and code by code."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd

from coding.agreement import Table, as_table, number
from coding.agreement_words import too_few_units, why_not_code, why_not_sets
from coding.code_coefficients import cell_coefficients
from coding.coded import Coded, coded_of
from coding.coefficients import alpha_of_sums, cohen_kappa
from coding.set_agreement import DISTANCES, distances_of_coders, pairs_of_sets
from transcripts.messages import Message


@dataclass(frozen=True, slots=True)
class PairOnCode:
    """What two coders agree on for one code; `table` is both, only the first, only the second, neither."""

    percent: float | None
    cohen: float | None
    alpha: float | None
    table: Table
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two coders on the `n_units` that both have seen; `cohen` only where all units have one code a coder."""

    first: str
    second: str
    n_units: int
    percent: float | None
    cohen: float | None
    alpha_nominal: float | None
    alpha_jaccard: float | None
    alpha_masi: float | None
    reason: Message | None = None
    per_code: dict[str, PairOnCode] = field(default_factory=dict)


def per_pair(
    judgements: pd.DataFrame, *, codes: Sequence[str] | None = None, by_code: bool = False
) -> list[PairAgreement]:
    """Every pair of coders, in the order of their names; with `by_code` on each code, too."""
    return pairs_of(coded_of(judgements, codes), by_code=by_code)


def pairs_of(coded: Coded, *, by_code: bool = False) -> list[PairAgreement]:
    """The same for what is coded already, statements or stretches of text."""
    pairs = list(combinations(range(len(coded.coders)), 2))
    if not pairs:
        return []
    observed = [_observed(coded, first, second) for first, second in pairs]
    values = _on_sets(coded, pairs)
    on_codes = _on_codes(coded, pairs, observed) if by_code else [{} for _ in pairs]
    found = []
    for place, (first, second) in enumerate(pairs):
        compared, varies, applied = values["compared"][place], values["varies"][place], values["applied"][place]
        reason = too_few_units(observed[place]) or why_not_sets(bool(varies), bool(applied))
        alphas = {name: None if reason else number(values[name][place]) for name in DISTANCES}
        found.append(
            PairAgreement(
                coded.coders[first],
                coded.coders[second],
                n_units=int(compared),
                percent=number(values["percent"][place]),
                cohen=None if reason else _cohen(coded, first, second),
                **alphas,
                reason=reason,
                per_code=on_codes[place],
            )
        )
    return found


def _observed(coded: Coded, first: int, second: int) -> int:
    both = coded.seen[:, first] & coded.seen[:, second]
    return int(both.sum()) if coded.pieces is None else len(np.unique(coded.pieces[both]))


def _on_sets(coded: Coded, pairs: list[tuple[int, int]]) -> dict[str, np.ndarray]:
    """Coefficients on sets of codes for each pair, how much both have seen, and whether anything varies there."""
    first, second = np.array(pairs).T
    both = (coded.seen[:, first] & coded.seen[:, second]) * coded.sizes[:, None]
    compared = both.sum(axis=0)
    apart = distances_of_coders(coded.applied)
    within = np.stack([(of_distance[:, first, second] * both).sum(axis=0) for of_distance in apart])
    sets, numbers = coded.sets
    counts = np.zeros((len(pairs), len(sets)))
    for place, pair in enumerate(pairs):
        seen = both[:, place] > 0
        for coder in pair:
            counts[place] += np.bincount(numbers[seen, coder], both[seen, place], minlength=len(sets))
    alphas = alpha_of_sums(2 * within, pairs_of_sets(counts, sets).T, 2 * compared)
    percent = 1 - np.divide(within[0], compared, out=np.full(len(pairs), np.nan), where=compared > 0)
    return {
        "compared": compared,
        "percent": percent,
        "varies": np.count_nonzero(counts, axis=1) > 1,
        "applied": (counts[:, sets.any(axis=1)] > 0).any(axis=1),
        **dict(zip(DISTANCES, alphas, strict=True)),
    }


def _cohen(coded: Coded, first: int, second: int) -> float | None:
    if not coded.one_code_each or not coded.codes:
        return None
    pair = [first, second]
    ratings = np.where(coded.seen[:, pair], coded.applied[:, pair].argmax(axis=2), -1)
    return number(cohen_kappa(ratings, len(coded.codes), coded.sizes[None, :])[0])


def _on_codes(coded: Coded, pairs: list[tuple[int, int]], observed: list[int]) -> list[dict[str, PairOnCode]]:
    tables = _tables(coded, pairs)
    values = {name: found.reshape(tables.shape[:2]) for name, found in cell_coefficients(tables.reshape(-1, 4)).items()}
    anywhere = np.asarray(coded.applied.any(axis=0))
    return [
        {
            code: _on_code(
                {name: of_pair[place, column] for name, of_pair in values.items()},
                as_table(tables[place, column]),
                why_not_code(
                    bool(anywhere[list(pair), column].any()),
                    tables[place, column],
                    too_few_units(observed[place]),
                ),
            )
            for column, code in enumerate(coded.codes)
        }
        for place, pair in enumerate(pairs)
    ]


def _on_code(values: dict[str, float], table: Table, reason: Message | None) -> PairOnCode:
    cohen, alpha = (None if reason else number(values[name]) for name in ("cohen", "alpha"))
    return PairOnCode(number(values["percent"]), cohen, alpha, table, reason)


def _tables(coded: Coded, pairs: list[tuple[int, int]]) -> np.ndarray:
    """2x2 tables (pairs x codes x 4) of all pairs of coders."""
    first, second = np.array(pairs).T
    seen = coded.seen * coded.sizes[:, None]
    compared = (seen.T @ coded.seen.astype(float))[first, second]
    tables = np.empty((len(pairs), len(coded.codes), 4))
    for code in range(len(coded.codes)):
        given = coded.applied[:, :, code].astype(float)
        both = ((given * coded.sizes[:, None]).T @ given)[first, second]
        where_other_saw = (given * coded.sizes[:, None]).T @ coded.seen.astype(float)
        only_first = where_other_saw[first, second] - both
        only_second = where_other_saw[second, first] - both
        tables[:, code] = np.stack([both, only_first, only_second, compared - both - only_first - only_second], axis=1)
    return tables
