"""Exact statistics for few experts: published values and the demo's contrasts."""

import math

import numpy as np
import pandas as pd
import pytest
from demo_study import EXPECTED, demo
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc
from scipy.stats import binom, fisher_exact

from coding.inference import (
    against_rest,
    benjamini_hochberg,
    compared,
    fisher_p,
    interval,
    log_odds_ratio,
    smallest_p,
    wilson_interval,
)


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
    assert smallest_p(n, other_n) == pytest.approx(smallest, abs=5e-4 if smallest > 0.3 else 5e-5)
    assert smallest_p(other_n, n) == smallest_p(n, other_n) == pytest.approx(fisher_p(n, n, 0, other_n))


@pytest.mark.parametrize("n", range(7))
@pytest.mark.parametrize("other_n", range(9))
def test_no_table_of_these_sizes_has_a_smaller_p(n, other_n):
    every = [fisher_p(k, n, other_k, other_n) for k in range(n + 1) for other_k in range(other_n + 1)]
    assert smallest_p(n, other_n) == pytest.approx(min(every))


@given(st.integers(0, 30), st.integers(0, 40), st.data())
def test_fishers_p_is_scipys(n, other_n, data):
    k, other_k = data.draw(st.integers(0, n)), data.draw(st.integers(0, other_n))
    theirs = fisher_exact([[k, n - k], [other_k, other_n - other_k]]).pvalue
    assert fisher_p(k, n, other_k, other_n) == pytest.approx(theirs, rel=1e-9)


def test_an_interval_covers_95_percent_on_the_average_from_five_experts_on():
    """Over all shares alike, exactly: the binomial probability of k, summed over shares, is a beta distribution."""
    for n in range(5, 121):
        ends = [(k, *interval(k, n)) for k in range(n + 1)]
        covered = [betainc(k + 1, n - k + 1, high) - betainc(k + 1, n - k + 1, low) for k, low, high in ends]
        assert sum(covered) / (n + 1) >= 0.95, n


@pytest.mark.parametrize(("n", "share", "least"), [(5, 0.036, 0.83), (20, 0.009, 0.83), (50, 0.0035, 0.83)])
def test_how_far_the_coverage_of_an_interval_falls(n, share, least):
    shares = np.linspace(0.0005, 0.5, 4000)
    ends = np.array([interval(k, n) for k in range(n + 1)])
    covers = (ends[:, :1] <= shares) & (shares <= ends[:, 1:])
    coverage = (binom.pmf(np.arange(n + 1)[:, None], n, shares) * covers).sum(axis=0)
    assert coverage.min() == pytest.approx(least, abs=0.01)
    assert shares[coverage.argmin()] == pytest.approx(share, abs=0.001)


def test_below_five_experts_there_is_no_interval():
    assert [interval(k, n) for n in range(5) for k in range(n + 1)] == [None] * 15
    assert interval(5, 5) == (pytest.approx(0.5655, abs=5e-5), 1.0)  # 5 / (5 + 1.96^2)


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


def test_a_pair_without_a_side_is_in_no_family():
    rows = pd.DataFrame({"k": [3, 0, 1], "n": [3, 0, 2], "rest_k": [0, 4, 9], "rest_n": [17, 20, 18]})
    found = compared(rows)
    assert found.adjusted_p.tolist() == [pytest.approx(2 * found.p[0]), 1.0, 1.0]
    assert np.isnan(found.difference[1])
