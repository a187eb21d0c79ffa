"""Agreement on whole sets of codes: percent of equal sets, and alpha with three distances between sets.

The distances are exact equality (nominal), Jaccard's, and MASI (Passonneau 2006). Alpha's expected disagreement is a
sum over all pairs of different sets; it is taken in blocks, so that thousands of sets need no table of millions.
"""

import numpy as np

from coding.coded import Coded
from coding.coefficients import alpha_of_sums, mean_over_units
from coding.distances import set_similarities
from coding.resampling import Draws

DISTANCES = ("alpha_nominal", "alpha_jaccard", "alpha_masi")

_BLOCK = 2_000_000
"""Pairs of sets held at a time."""


def set_coefficients(coded: Coded, rows: list[Draws]) -> dict[str, np.ndarray]:
    """percent and the alphas of `DISTANCES`, one value a row of `rows` (taken together in their order)."""
    within = within_units(coded)
    coders = coded.coders_of_unit
    pairable = coded.pairable.astype(float)
    different = within[:, 0] / np.maximum(coders, 1)
    columns = np.column_stack([within, coders * pairable])
    sums = np.concatenate([draws @ columns for draws in rows])
    percent = np.concatenate([mean_over_units((1 - different) * pairable, pairable, draws) for draws in rows])
    counts = coded.set_counts()
    pairs = pairs_of_sets(np.concatenate([draws @ counts for draws in rows]), coded.sets[0])
    alphas = alpha_of_sums(sums[:, :3], pairs, sums[:, 3:])
    return {"percent": percent, **{name: alphas[:, place] for place, name in enumerate(DISTANCES)}}


def within_units(coded: Coded) -> np.ndarray:
    """Distances between the judgements of each unit, summed over ordered pairs of coders and divided by the unit's
    coders less one (units x distances); 0 where fewer than two saw the unit.
    """
    apart = distances_of_coders(coded.applied)
    together = coded.seen[:, :, None] & coded.seen[:, None, :]
    return (apart * together).sum(axis=(2, 3)).T / np.maximum(coded.coders_of_unit - 1, 1)[:, None]


def distances_of_coders(applied: np.ndarray) -> np.ndarray:
    """The distances between what two coders gave a unit (distances x units x coders x coders)."""
    given = applied.astype(np.float32)
    shared = (given @ given.swapaxes(1, 2)).astype(float)
    sizes = given.sum(axis=2).astype(float)
    return _distances(shared, sizes[:, :, None], sizes[:, None, :])


def pairs_of_sets(counts: np.ndarray, sets: np.ndarray) -> np.ndarray:
    """For each row of `counts` (rows x sets) the sum of the distances between all pairs of judgements (rows x 3)."""
    has = sets.astype(float)
    sizes = has.sum(axis=1)
    found = np.zeros((len(counts), len(DISTANCES)))
    found[:, 0] = counts.sum(axis=1) ** 2 - (counts**2).sum(axis=1)
    step = max(1, _BLOCK // len(sets))
    for start in range(0, len(sets), step):
        end = min(start + step, len(sets))
        shared = has[start:end] @ has[start:].T
        similarities = set_similarities(shared, sizes[start:end, None], sizes[None, start:])
        for place, similarity in enumerate(similarities, 1):
            distance = 1 - similarity
            distance[:, end - start :] *= 2  # the table is symmetric: what lies right of the block counts twice
            found[:, place] += ((counts[:, start:end] @ distance) * counts[:, start:]).sum(axis=1)
    return found


def _distances(shared: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    jaccard, masi = set_similarities(shared, first, second)
    equal = (shared == first) & (shared == second)
    return np.stack([1.0 - equal, 1 - jaccard, 1 - masi])
