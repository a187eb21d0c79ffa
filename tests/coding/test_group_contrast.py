"""A group against the rest: what scipy says, what a short-cut may not change, and both sides empty."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu, permutation_test

from coding.group_contrast import contrasts, mann_whitney_share, newcombe_interval
from coding.item_values import tally
from transcripts.messages import Message

side = st.lists(st.integers(1, 5), min_size=1, max_size=8)


def contrast(group, rest):
    values = np.array([*group, *rest], dtype=float)
    where = np.array([0] * len(group) + [-1] * len(rest), dtype=int)
    levels, counts = tally(values, where, 1)
    return contrasts(levels, counts[:1], counts[1])[0]


def rank_sum(group, rest):
    return mannwhitneyu(group, rest).statistic


@given(side, side)
def test_delta_counts_pairs(group, rest):
    above = np.sign(np.subtract.outer(np.array(group), np.array(rest))).mean()
    found = contrast(group, rest)
    assert found.delta == pytest.approx(above)
    assert found.difference == np.median(group) - np.median(rest)


@given(side, side)
def test_the_interval_holds_delta_and_stays_within_its_bounds(group, rest):
    found = contrast(group, rest)
    low, high = found.interval
    assert -1 <= low <= found.delta + 1e-9
    assert found.delta - 1e-9 <= high <= 1


@given(side, side)
def test_the_other_side_sees_the_opposite(group, rest):
    here, there = contrast(group, rest), contrast(rest, group)
    assert here.delta == pytest.approx(-there.delta)
    assert here.p == pytest.approx(there.p)
    assert here.interval == pytest.approx((-there.interval[1], -there.interval[0]), abs=1e-9)


@given(side, side)
def test_other_numbers_in_the_same_order_change_nothing(group, rest):
    here, there = contrast(group, rest), contrast([x**3 for x in group], [x**3 for x in rest])
    assert (here.delta, here.p, here.interval) == (there.delta, there.p, there.interval)


@pytest.mark.parametrize("seed", range(4))
def test_without_ties_it_is_scipys_exact_test(seed):
    drawn = np.random.default_rng(seed).permutation(17).astype(float)
    assert contrast(drawn[:6], drawn[6:]).p == pytest.approx(mannwhitneyu(drawn[:6], drawn[6:], method="exact").pvalue)


@pytest.mark.parametrize("seed", range(4))
def test_with_ties_it_is_the_permutation_of_all(seed):
    drawn = np.random.default_rng(seed).integers(1, 5, 10)
    group, rest = drawn[:3], drawn[3:]
    middle = len(group) * len(rest) / 2
    known = permutation_test(
        (group, rest), lambda x, y: abs(rank_sum(x, y) - middle), vectorized=False, n_resamples=np.inf,
        alternative="greater",
    )  # fmt: skip
    assert contrast(group, rest).p == pytest.approx(known.pvalue)


def test_a_group_of_two_against_three_can_never_be_significant():
    assert contrast([5, 5], [1, 1, 1]).p == pytest.approx(1 / comb(5, 2))
    assert contrast([5, 4], [1, 2, 3]).p == pytest.approx(2 / comb(5, 2))


@pytest.mark.parametrize("seed", range(3))
def test_many_answers_follow_the_normal_law(seed):
    drawn = np.random.default_rng(seed).integers(1, 6, 400)
    found = contrast(drawn[:150], drawn[150:])
    known = mannwhitneyu(drawn[:150], drawn[150:], method="asymptotic")
    assert not found.exact
    assert found.p == pytest.approx(known.pvalue)


def test_all_alike_differ_in_nothing():
    found = contrast([3, 3], [3, 3, 3])
    assert (found.delta, found.p) == (0.0, 1.0)
    assert contrast([3] * 40, [3] * 40).p == 1.0


@pytest.mark.parametrize(("group", "rest"), [([], [1, 2]), ([1, 2], []), ([], [])])
def test_where_a_side_is_empty_it_is_said_why(group, rest):
    found = contrast(group, rest)
    assert (found.delta, found.interval, found.p, found.difference) == (None,) * 4
    assert isinstance(found.reason, Message)


@pytest.mark.parametrize(("theta", "n", "m"), [(0.8, 9, 12), (1.0, 3, 5), (0.0, 1, 1), (0.5, 40, 7)])
def test_the_ends_of_the_interval_solve_newcombes_equation(theta, n, m):
    ends = newcombe_interval(np.array([theta]), np.array([n]), np.array([m]))
    for end in (float(ends[0][0]), float(ends[1][0])):
        if 1e-6 < end < 1 - 1e-6:
            many = (n + m) / 2 - 1
            variance = end * (1 - end) * (1 + many * ((1 - end) / (2 - end) + end / (1 + end))) / (n * m)
            assert (theta - end) ** 2 == pytest.approx(1.959964**2 * variance, rel=1e-5)


def test_a_share_without_pairs_is_none():
    assert np.isnan(mann_whitney_share(np.array([[0, 0]]), np.array([[1, 2]]))[0])
