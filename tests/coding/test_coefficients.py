"""Coefficients of agreement against published values (each with its source)."""

import numpy as np
import pytest

from coding.coefficients import (
    brennan_prediger,
    cohen_kappa,
    count_categories,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
    percent_agreement,
)
from coding.distances import (
    interval_distance,
    jaccard_distance,
    linear_similarity,
    masi_distance,
    ordinal_distance,
    ordinal_similarity,
    quadratic_similarity,
    ratio_distance,
    ratio_similarity,
    similarity_of,
)
from coding.resampling import draws, percentile_interval


def of_coders(*rows: str) -> tuple[np.ndarray, list[str]]:
    """Ratings (units x coders) from one line a coder; "." or "*" is a unit the coder did not see."""
    table = np.array([row.split() for row in rows]).T
    categories = sorted(set(table.ravel()) - {".", "*"})
    return np.array([[categories.index(v) if v in categories else -1 for v in unit] for unit in table]), categories


def of_units(units: str, between: str = " ") -> tuple[np.ndarray, list[str]]:
    """Ratings from one word a unit (a letter a coder), or from lines divided by `between`."""
    lines = [unit.split() if " " in unit else list(unit) for unit in units.split(between)]
    return of_coders(*[" ".join(column) for column in zip(*lines, strict=True)])


def of_table(table: list[list[int]]) -> np.ndarray:
    """Ratings of two coders from their contingency table."""
    return np.array([(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)])


def counted(ratings: np.ndarray, categories: list[str]) -> np.ndarray:
    return count_categories(ratings, len(categories))


R4 = of_coders(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . .",
    ". 3 3 3 2 3 4 2 2 5 1 3",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
FLEISS = (
    "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445 333335 "
    "111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"
)
HAYES = (
    "1 1 2 . 2|1 1 0 1 .|2 3 3 3 .|. 0 0 . 0|0 0 0 . 0|0 0 0 . 0|1 0 2 . 1|1 . 2 0 .|2 2 2 . 2|2 1 1 1 .|. 1 0 0 .|"
    "0 0 0 0 .|1 2 2 2 .|3 3 2 2 3|1 1 1 . 1|1 1 1 . 1|2 1 2 . 2|1 2 3 3 .|1 1 0 1 .|0 0 0 . 0|0 0 1 1 .|0 0 . 0 0|"
    "2 3 3 3 .|0 0 0 0 .|1 2 . 2 2|0 1 1 1 .|0 0 0 1 0|1 2 1 2 .|1 1 2 2 .|1 1 2 . 2|1 1 0 . 0|2 1 2 1 .|2 2 . 2 2|"
    "3 2 2 2 .|2 2 2 . 2|2 2 3 . 2|2 2 2 . 2|2 2 . 1 2|2 2 2 2 .|1 1 1 . 1"
)


def test_krippendorff_2011_a_two_coders_two_values():
    counts = counted(*of_coders("1 1 0 0 0 0 0 0 0 0", "0 1 1 0 0 1 0 1 0 0"))
    assert percent_agreement(counts) == pytest.approx(0.60)
    assert krippendorff_alpha(counts) == pytest.approx(0.095238, abs=1e-6)


def test_krippendorff_2011_b_two_coders_five_values():
    counts = counted(*of_coders("a a b b d c c c e d d a", "b a b b b c c c e d d d"))
    assert krippendorff_alpha(counts) == pytest.approx(0.691964, abs=1e-6)


def test_krippendorff_2004_p227():
    counts = counted(*of_units("aa ab bb bb bb bb bc cc cc cc cc cc"))
    assert percent_agreement(counts) == pytest.approx(0.833, abs=5e-4)
    assert krippendorff_alpha(counts) == pytest.approx(0.734104, abs=1e-6)


def test_krippendorff_2011_c_four_coders_with_gaps():
    ratings, categories = R4
    counts, values = counted(*R4), [float(value) for value in categories]
    assert krippendorff_alpha(counts) == pytest.approx(0.743421, abs=1e-6)
    assert krippendorff_alpha(counts, ordinal_distance(counts)) == pytest.approx(0.815388, abs=1e-6)
    assert krippendorff_alpha(counts, interval_distance(values)) == pytest.approx(0.849107, abs=1e-6)
    assert krippendorff_alpha(counts, ratio_distance(values)) == pytest.approx(0.797403, abs=1e-6)
    assert len(ratings) == 12


def test_gwet_the_same_data_in_raw4raters():
    counts = counted(*R4)
    assert percent_agreement(counts) == pytest.approx(0.818182, abs=1e-6)
    assert fleiss_kappa(counts) == pytest.approx(0.761169, abs=1e-6)
    assert brennan_prediger(counts) == pytest.approx(0.772727, abs=1e-6)
    assert gwet_ac1(counts) == pytest.approx(0.775444, abs=1e-6)


def test_gwets_weights_as_printed_for_three_categories():
    """Vignette "weighting" of the R package irrCAC."""
    assert linear_similarity([1, 2, 3])[0] == pytest.approx([1, 0.5, 0])
    assert quadratic_similarity([1, 2, 3])[0] == pytest.approx([1, 0.75, 0])
    assert ordinal_similarity(3)[0] == pytest.approx([1, 2 / 3, 0])
    assert ratio_similarity([1, 2, 3])[1] == pytest.approx([1 - (1 / 9) / (1 / 4), 1, 1 - (1 / 25) / (1 / 4)])


def test_alpha_with_gwets_ordinal_weights_as_irrcac_has_it():
    """Another number than Krippendorff's ordinal alpha of the same data, .8154."""
    assert krippendorff_alpha(counted(*R4), 1 - ordinal_similarity(5)) == pytest.approx(0.8336, abs=5e-5)
    counts = counted(*of_units(HAYES, "|"))
    assert krippendorff_alpha(counts, 1 - ordinal_similarity(4)) == pytest.approx(0.7073, abs=5e-5)


def test_alpha_with_quadratic_weights_is_that_of_intervals():
    counts = counted(*R4)
    assert krippendorff_alpha(counts, 1 - quadratic_similarity([1, 2, 3, 4, 5])) == pytest.approx(0.849107, abs=1e-6)


def test_ac2_brennan_prediger_and_percent_with_weights_counted_by_hand():
    """Three units of two coders, (1,1) (1,2) (2,3), quadratic weights 1, .75, 0 over three categories.

    Percent (1 + .75 + .75) / 3; shares 1/2, 1/3, 1/6; the weights sum to 6.
    """
    counts = count_categories(np.array([[0, 0], [0, 1], [1, 2]]), 3)
    similarity = quadratic_similarity([1, 2, 3])
    percent, shares = 2.5 / 3, np.array([1 / 2, 1 / 3, 1 / 6])
    by_chance = 6 / (3 * 2) * (shares * (1 - shares)).sum()
    assert percent_agreement(counts, similarity=similarity) == pytest.approx(percent)
    assert gwet_ac2(counts, similarity) == pytest.approx((percent - by_chance) / (1 - by_chance))
    assert brennan_prediger(counts, similarity=similarity) == pytest.approx((percent - 6 / 9) / (1 - 6 / 9))


def test_without_nearness_ac2_is_ac1_and_alpha_nominal():
    counts = counted(*R4)
    same = similarity_of("nominal", [1, 2, 3, 4, 5])
    assert gwet_ac2(counts, same) == pytest.approx(0.775444, abs=1e-6)
    assert brennan_prediger(counts, similarity=same) == pytest.approx(0.772727, abs=1e-6)
    assert krippendorff_alpha(counts, 1 - same) == pytest.approx(0.743421, abs=1e-6)


def test_many_codes_at_once_are_each_code_by_itself():
    ratings, _ = R4
    ones = np.stack([np.where(ratings < 0, -1, ratings == value) for value in range(5)], axis=1)
    together = np.stack([(ones == 0).sum(axis=2), (ones == 1).sum(axis=2)], axis=2).astype(float)
    for coefficient in (percent_agreement, fleiss_kappa, gwet_ac1, brennan_prediger, krippendorff_alpha):
        alone = [coefficient(count_categories(ones[:, value], 2)) for value in range(5)]
        assert coefficient(together) == pytest.approx(alone)
    pairs = ones[:, :, [1, 3]]
    assert cohen_kappa(pairs, 2) == pytest.approx([cohen_kappa(pairs[:, value], 2) for value in range(5)])


def test_krippendorff_1980_p139_three_coders_and_one_value_against_the_rest():
    ratings, categories = of_units("111 122 222 444 144 222 123 333 222")
    counts, values = counted(ratings, categories), [float(value) for value in categories]
    assert krippendorff_alpha(counts) == pytest.approx(0.641732, abs=1e-6)
    assert krippendorff_alpha(counts, interval_distance(values)) == pytest.approx(0.546917, abs=1e-6)
    assert krippendorff_alpha(counts, ratio_distance(values)) == pytest.approx(0.483254, abs=1e-6)
    for value, alpha in enumerate([0.380952, 0.711111, 0.717391, 0.763636]):
        against_rest = np.column_stack([counts[:, value], counts.sum(axis=1) - counts[:, value]])
        assert krippendorff_alpha(against_rest) == pytest.approx(alpha, abs=1e-6)


def test_wikipedia_three_coders_most_of_them_missing():
    ratings, categories = of_coders(
        "* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *", "* * 2 1 3 4 4 * 2 1 1 3 3 * 4"
    )
    counts = counted(ratings, categories)
    assert krippendorff_alpha(counts) == pytest.approx(0.691358, abs=1e-6)
    assert krippendorff_alpha(counts, interval_distance([1, 2, 3, 4])) == pytest.approx(0.810845, abs=1e-6)


def test_hayes_and_krippendorff_2007_ordinal_with_its_interval():
    counts = counted(*of_units(HAYES, "|"))
    distance = ordinal_distance(counts)
    assert len(counts) == 40
    assert krippendorff_alpha(counts, distance) == pytest.approx(0.759829, abs=1e-6)
    resampled = [krippendorff_alpha(counts, distance, w) for w in draws(40, 2000, np.random.default_rng(1))]
    assert percentile_interval(np.concatenate(resampled)) == pytest.approx((0.61, 0.84), abs=0.03)


def test_fleiss_1971():
    counts = counted(*of_units(FLEISS))
    assert counts.shape == (30, 5)
    assert fleiss_kappa(counts) == pytest.approx(0.430245, abs=1e-6)
    assert percent_agreement(counts) == pytest.approx(0.5556, abs=5e-5)
    of_category = [fleiss_kappa(np.column_stack([counts[:, c], 6 - counts[:, c]])) for c in range(5)]
    assert of_category == pytest.approx([0.245, 0.245, 0.520, 0.471, 0.566], abs=5e-4)


def test_cohen_1960():
    ratings = of_table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert cohen_kappa(ratings, 3) == pytest.approx(0.491525, abs=1e-6)
    assert gwet_ac1(count_categories(ratings, 3)) == pytest.approx(0.575972, abs=1e-6)
    other = count_categories(of_table([[25, 12, 3], [13, 2, 15], [12, 16, 2]]), 3)
    assert gwet_ac1(other) == pytest.approx(-0.04797, abs=1e-5)


def test_artstein_and_poesio_2008_p558():
    ratings = of_table([[20, 10], [20, 50]])
    counts = count_categories(ratings, 2)
    assert percent_agreement(counts) == pytest.approx(0.7)
    assert brennan_prediger(counts) == pytest.approx(0.4)
    assert fleiss_kappa(counts) == pytest.approx(0.340659, abs=1e-6)
    assert cohen_kappa(ratings, 2) == pytest.approx(0.347826, abs=1e-6)


def test_artstein_and_poesio_2008_p568_with_a_distance_of_their_own():
    statement, inform, check = 0, 1, 2
    ratings = of_table([[46, 0, 0], [6, 32, 6], [0, 0, 10]])
    counts = count_categories(ratings, 3)
    assert brennan_prediger(counts) == pytest.approx(0.82)
    assert fleiss_kappa(counts) == pytest.approx(0.799532, abs=1e-6)
    assert cohen_kappa(ratings, 3) == pytest.approx(0.801325, abs=1e-6)
    assert krippendorff_alpha(counts) == pytest.approx(0.800, abs=1e-3)
    distance = 1 - np.eye(3)
    for other in (statement, inform):
        distance[check, other] = distance[other, check] = 0.5
    assert krippendorff_alpha(counts, distance) == pytest.approx(0.815551, abs=1e-6)


def test_sets_of_codes_dkpro_set_annotations():
    pairs = ["/", "A/", "A/A", "A/B", "AB/A", "AB/AC", "ABC/ABC", "C/AC", "C/AC"]
    sets = sorted({side for pair in pairs for side in pair.split("/")})
    ratings = np.array([[sets.index(side) for side in pair.split("/")] for pair in pairs])
    counts = count_categories(ratings, len(sets))
    assert krippendorff_alpha(counts) == pytest.approx(0.238806, abs=1e-6)
    assert krippendorff_alpha(counts, jaccard_distance(sets)) == pytest.approx(0.315620, abs=1e-6)
    assert krippendorff_alpha(counts, masi_distance(sets)) == pytest.approx(0.273081, abs=1e-6)


def test_masi_is_passonneaus_and_not_a_product_of_distances():
    distance = masi_distance(["", "A", "AB", "AC"])
    assert distance[1, 2] == pytest.approx(2 / 3)
    assert distance[2, 3] == pytest.approx(1 - 1 / 9)
    assert distance[0, 1] == 1
    assert np.diag(distance).tolist() == [0, 0, 0, 0]


def test_no_variation_is_undefined_and_not_perfect():
    ratings = np.zeros((20, 2), dtype=int)
    counts = count_categories(ratings, 2)
    assert percent_agreement(counts) == 1
    assert np.isnan(cohen_kappa(ratings, 2))
    assert np.isnan(fleiss_kappa(counts))
    assert np.isnan(krippendorff_alpha(counts))


def test_nothing_to_compare_is_undefined():
    counts = count_categories(np.array([[0, -1], [-1, 1]]), 2)
    for coefficient in (percent_agreement, fleiss_kappa, gwet_ac1, krippendorff_alpha):
        assert np.isnan(coefficient(counts))


def test_a_resample_is_the_coefficient_of_the_units_drawn():
    ratings, categories = R4
    weights = next(draws(12, 5, np.random.default_rng(3)))
    assert weights.times.sum(axis=1).tolist() == [12] * 5
    pairs = ratings[:, [1, 3]]
    drawn = [np.repeat(ratings, times.astype(int), axis=0) for times in weights.times]
    for coefficient in (percent_agreement, fleiss_kappa, gwet_ac1, krippendorff_alpha):
        one_by_one = [float(coefficient(counted(sample, categories))) for sample in drawn]
        assert coefficient(counted(ratings, categories), weights=weights) == pytest.approx(one_by_one)
    one_by_one = [float(cohen_kappa(sample[:, [1, 3]], 5)) for sample in drawn]
    assert cohen_kappa(pairs, 5, weights) == pytest.approx(one_by_one)


def test_clusters_are_drawn_whole():
    clusters = np.array([0, 0, 0, 1, 2, 2])
    blocks = draws(6, 50, np.random.default_rng(0), clusters)
    weights = np.concatenate([block @ np.eye(6) for block in blocks])
    assert (weights[:, 0] == weights[:, 2]).all()
    assert (weights[:, 4] == weights[:, 5]).all()
    assert (weights[:, [0, 3, 4]].sum(axis=1) == 3).all()


def test_equal_resamples_give_no_interval():
    assert percentile_interval(np.ones(100)) is None
    assert percentile_interval(np.full(100, np.nan)) is None
