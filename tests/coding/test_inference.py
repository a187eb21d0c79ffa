"""Exact statistics for few experts: published values and the demo's contrasts."""

import math

import pytest
from demo_study import EXPECTED, demo

from coding.inference import against_rest, benjamini_hochberg, fisher_p, log_odds_ratio, wilson_interval


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_of_newcombe_1998_table_1(k, n, low, high):
    assert wilson_interval(k, n) == pytest.approx((low, high), abs=5e-5)


def test_two_of_two_may_be_a_third_of_all():
    low, high = wilson_interval(2, 2)
    assert (round(low, 2), high) == (0.34, 1.0)
    assert wilson_interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("n", "other_n", "smallest"),
    [(2, 2, 0.333), (2, 3, 0.10), (3, 3, 0.10), (2, 18, 0.0053), (3, 17, 0.0009), (4, 16, 0.0002)],
)
def test_the_smallest_p_that_two_groups_can_reach(n, other_n, smallest):
    assert fisher_p(n, n, 0, other_n) == pytest.approx(smallest, abs=5e-4 if smallest > 0.3 else 5e-5)


def test_tea_of_agresti_2002():
    assert fisher_p(3, 4, 1, 4) == pytest.approx(0.4857, abs=5e-5)


def test_an_empty_side_shows_nothing():
    assert fisher_p(0, 0, 3, 5) == 1.0


def test_firths_odds_ratio_is_finite_for_three_of_three():
    assert log_odds_ratio(3, 3, 4, 17) == pytest.approx(3.044522, abs=1e-6)
    assert log_odds_ratio(0, 3, 0, 17) == pytest.approx(math.log(0.5 * 17.5 / (3.5 * 0.5)))


def test_benjamini_and_hochberg_1995_reject_four_of_fifteen():
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ]  # fmt: skip
    assert sum(p <= 0.05 for p in benjamini_hochberg(p_values)) == 4
    assert sum(p <= 0.05 / 15 for p in p_values) == 3
    assert benjamini_hochberg([]) == []


@pytest.mark.parametrize("contrast", EXPECTED["contrasts"], ids=lambda one: f"{one['code']}-{one['left']}")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_demos_contrasts(language, contrast):
    left, right = contrast["left"].split("+"), contrast["right"].split("+")
    row = against_rest(demo(language), [contrast["code"]], left, right).iloc[0]
    assert f"{row.k}/{row.n}" == contrast["left_k_n"]
    assert f"{row.rest_k}/{row.rest_n}" == contrast["right_k_n"]
    assert round(row.p, 4) == contrast["fisher_two_sided"]
    assert row.adjusted_p == row.p


def test_many_codes_are_corrected_together():
    found = against_rest(demo(), EXPECTED["codes"], ["civ"]).set_index("code_id")
    assert found.loc["plat.initiative", ["k", "n", "rest_k", "rest_n"]].tolist() == [3, 3, 0, 17]
    assert round(found.p["plat.initiative"], 4) == 0.0009
    assert found.adjusted_p["plat.initiative"] == pytest.approx(found.p["plat.initiative"] * 43)
    assert found.difference["plat.initiative"] == 1.0
    assert (found.adjusted_p >= found.p - 1e-12).all()


def test_a_contrast_with_nobody_on_the_other_side_is_no_finding():
    everyone = sorted(set(demo().experts.group_id))
    row = against_rest(demo(), ["prob.skills"], everyone).iloc[0]
    assert (row.rest_n, row.p) == (0, 1.0)
    assert math.isnan(row.difference)
    assert against_rest(demo(), [], ["civ"]).empty
