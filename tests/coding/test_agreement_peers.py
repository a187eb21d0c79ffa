"""The same numbers from other people's programs, on made-up codings with gaps. Where one is missing, its tests are skipped."""

import numpy as np
import pandas as pd
import pytest
from random_judgements import as_judgements, ratings_of, sets_of

from coding.agreement import agreement
from coding.coefficients import brennan_prediger, cohen_kappa, count_categories, fleiss_kappa, krippendorff_alpha
from coding.distances import interval_distance, ordinal_distance, ratio_distance
from coding.pairs import per_pair
from coding.values import value_agreement

SEEDS = range(5)


@pytest.mark.parametrize("seed", SEEDS)
def test_cohen_is_that_of_scikit_learn(seed):
    metrics = pytest.importorskip("sklearn.metrics")
    ratings = ratings_of(seed, coders=2)
    both = ratings[(ratings >= 0).all(axis=1)]
    assert cohen_kappa(ratings, 4) == pytest.approx(metrics.cohen_kappa_score(*both.T), abs=1e-12)
    found = agreement(as_judgements(ratings), resamples=0)
    for code in range(4):
        known = metrics.cohen_kappa_score(both[:, 0] == code, both[:, 1] == code)
        assert found.per_code[f"c{code}"].cohen == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_fleiss_cohen_and_free_marginal_kappa_are_those_of_statsmodels(seed):
    peers = pytest.importorskip("statsmodels.stats.inter_rater")
    ratings = ratings_of(seed, coders=4, missing=0)
    counts = count_categories(ratings, 4)
    assert fleiss_kappa(counts) == pytest.approx(peers.fleiss_kappa(counts.astype(int), method="fleiss"), abs=1e-12)
    assert brennan_prediger(counts) == pytest.approx(
        peers.fleiss_kappa(counts.astype(int), method="randolph"), abs=1e-12
    )
    table = np.histogram2d(*ratings[:, :2].T, bins=4)[0]
    assert cohen_kappa(ratings[:, :2], 4) == pytest.approx(peers.cohens_kappa(table).kappa, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_of_every_level_is_that_of_krippendorff(seed):
    peer = pytest.importorskip("krippendorff")
    ratings = ratings_of(seed)
    reliability = np.where(ratings >= 0, ratings, np.nan).T
    counts = count_categories(ratings, 4)
    judgements = as_judgements(ratings).replace({"code": {f"c{value}": str(value) for value in range(4)}})
    distances = {
        "nominal": None,
        "ordinal": ordinal_distance(counts),
        "interval": interval_distance(range(4)),
        "ratio": ratio_distance(range(4)),
    }
    for level, distance in distances.items():
        known = peer.alpha(reliability_data=reliability, level_of_measurement=level)
        assert krippendorff_alpha(counts, distance) == pytest.approx(known, abs=1e-9)
        assert value_agreement(judgements, level).alpha == pytest.approx(known, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_of_every_code_is_that_of_krippendorff(seed):
    peer = pytest.importorskip("krippendorff")
    judgements, given = sets_of(seed)
    found = agreement(judgements, resamples=0)
    units, coders = sorted({unit for _, unit in given}), sorted({coder for coder, _ in given})
    for code, one in found.per_code.items():
        table = pd.DataFrame(
            [
                [float(code in given[coder, unit]) if (coder, unit) in given else np.nan for unit in units]
                for coder in coders
            ]
        )
        known = peer.alpha(reliability_data=table.to_numpy(), level_of_measurement="nominal")
        assert one.alpha == pytest.approx(known, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_on_sets_is_that_of_nltk(seed):
    task_of = pytest.importorskip("nltk.metrics.agreement").AnnotationTask
    distance = pytest.importorskip("nltk.metrics.distance")

    def both_may_be_empty(measure):
        return lambda first, second: 0.0 if first == second else measure(first, second)

    judgements, given = sets_of(seed)
    seen = pd.Series([unit for _, unit in given]).value_counts()
    triples = [(coder, unit, codes) for (coder, unit), codes in given.items() if seen[unit] > 1]
    known = {
        "alpha_nominal": task_of(data=triples).alpha(),
        "alpha_jaccard": task_of(data=triples, distance=both_may_be_empty(distance.jaccard_distance)).alpha(),
        "alpha_masi": task_of(data=triples, distance=both_may_be_empty(distance.masi_distance)).alpha(),
    }
    overall = agreement(judgements, resamples=0).overall
    assert {name: getattr(overall, name) for name in known} == pytest.approx(known, abs=1e-9)
    for pair in per_pair(judgements):
        mine = [row for row in triples if row[0] in (pair.first, pair.second)]
        both = pd.Series([unit for _, unit, _ in mine]).value_counts()
        mine = [row for row in mine if both[row[1]] == 2]
        task = task_of(data=mine, distance=both_may_be_empty(distance.masi_distance))
        assert pair.alpha_masi == pytest.approx(task.alpha(), abs=1e-9)
        assert pair.percent == pytest.approx(task_of(data=mine).avg_Ao(), abs=1e-9)
