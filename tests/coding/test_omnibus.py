"""The permutation test over experts: exact values, its level and its power, the same answer by either way."""

import numpy as np
import pytest
from scipy.stats import binom, fisher_exact, permutation_test

from coding.inference import fisher_p
from coding.omnibus import omnibus

SIZES = [4, 3, 3, 2, 2, 2, 2, 2]
HOME = np.repeat(np.arange(8), SIZES)


def column(*ones, n=20):
    said = np.zeros((n, 1), dtype=bool)
    said[list(ones)] = True
    return said


def statistic(*samples, axis=-1):
    return sum(sample.sum(axis=axis) ** 2 / sample.shape[axis] for sample in samples)


@pytest.mark.parametrize(
    "groups", [([1, 1], [0, 1], [0, 0, 0]), ([1, 1, 1], [0, 0, 1], [0, 0]), ([1, 0], [1, 1], [0, 0])]
)
def test_exact_p_is_that_of_every_permutation(groups):
    theirs = permutation_test(
        [np.array(group) for group in groups], statistic, permutation_type="independent", n_resamples=np.inf,
        alternative="greater", vectorized=True,
    )  # fmt: skip
    home = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    ours = omnibus(np.concatenate(groups)[:, None] == 1, home)
    assert ours.exact.all()
    assert ours.p[0] == pytest.approx(theirs.pvalue)


@pytest.mark.parametrize("k", range(7))
def test_of_two_segments_alike_in_size_it_is_fishers_test(k):
    said = np.concatenate([column(*range(k), n=6), column(0, 1, n=6)])
    assert omnibus(said, np.repeat([0, 1], 6)).p[0] == pytest.approx(fisher_p(k, 6, 2, 6))


def test_permutations_agree_with_the_exact_test_and_are_the_same_each_time():
    said = np.random.default_rng(5).random((20, 40)) < np.where(HOME == 2, 0.7, 0.3)[:, None]
    exact, drawn = omnibus(said, HOME), omnibus(said, HOME, permutations=200)
    assert exact.exact.all()
    assert not drawn.exact.any()
    apart = np.abs(drawn.p - exact.p) / np.sqrt(exact.p * (1 - exact.p) / 200 + 1e-4)
    assert apart.max() < 4
    assert drawn.p * 201 == pytest.approx(np.round(drawn.p * 201))  # (1 + hits) / (1 + permutations)
    np.testing.assert_array_equal(omnibus(said, HOME, permutations=200).p, drawn.p)
    assert (omnibus(said, HOME, permutations=200, seed=9).p != drawn.p).any()


def test_a_table_as_far_from_chance_as_the_one_found_counts():
    """One mention of twenty: each of the 4 in the largest segment has the least statistic, each of 10 in pairs the most."""
    for permutations in (9999, 5):
        assert omnibus(column(0), HOME, permutations=permutations).p[0] == pytest.approx(1.0)
    assert omnibus(column(19), HOME).p[0] == pytest.approx(10 / 20)


def test_what_nobody_or_everybody_says_differs_nowhere():
    said = np.column_stack([np.zeros(20, bool), np.ones(20, bool)])
    assert omnibus(said, HOME).p.tolist() == [1.0, 1.0]
    assert omnibus(said, HOME, permutations=2).p.tolist() == [1.0, 1.0]
    assert omnibus(column(3), np.zeros(20, int)).p.tolist() == [1.0]  # one segment
    assert omnibus(column(3), np.full(20, -1)).p.tolist() == [1.0]  # none
    assert omnibus(np.zeros((20, 0), bool), HOME).p.tolist() == []


def test_experts_in_no_segment_are_left_out():
    home = np.where(HOME > 2, -1, HOME)
    said = np.random.default_rng(2).random((20, 30)) < 0.4
    np.testing.assert_array_equal(omnibus(said, home).p, omnibus(said[:10], HOME[:10]).p)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_without_a_difference_hardly_more_than_5_percent_are_found(share):
    said = np.random.default_rng(11).random((20, 4000)) < share
    assert (omnibus(said, HOME).p <= 0.05).mean() <= 0.07
    assert (omnibus(said[:, :400], HOME, permutations=400).p <= 0.05).mean() <= 0.07
    k, rest_k = said[:3].sum(axis=0), said[3:].sum(axis=0)
    assert np.mean([fisher_p(int(a), 3, int(b), 17) <= 0.05 for a, b in zip(k, rest_k, strict=True)]) <= 0.07


def test_power_is_what_the_exact_tests_have():
    """A group of three at 90 % among others at 20 %: 0.68 for Fisher's test, 0.31 for the omnibus test."""
    within, outside = binom.pmf(range(4), 3, 0.9), binom.pmf(range(18), 17, 0.2)
    ours, theirs = (
        sum(within[k] * outside[r] for k in range(4) for r in range(18) if test(k, r) <= 0.05)
        for test in (
            lambda k, r: fisher_p(k, 3, r, 17),
            lambda k, r: fisher_exact([[k, 3 - k], [r, 17 - r]]).pvalue,
        )
    )
    assert ours == pytest.approx(theirs) == pytest.approx(0.68, abs=0.005)
    said = np.random.default_rng(3).random((20, 10_000)) < np.where(HOME == 1, 0.9, 0.2)[:, None]
    assert (omnibus(said, HOME).p <= 0.05).mean() == pytest.approx(0.31, abs=0.02)
