"""Spearman's rho and its interval: published answers, scipy, and the cases in which there is none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from coding.rank_correlation import spearman
from transcripts.messages import Message

pairs = st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=4, max_size=25)


def of(found):
    rating, mention = zip(*found, strict=True)
    return spearman(np.array(rating, dtype=float), np.array(mention, dtype=float))


def test_the_example_of_bonett():
    """ci.spear of the R package statpsych (D. G. Bonett): .8699639, .5840951 to .9638297."""
    first = np.array([21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19])
    second = np.array([67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51])
    found = spearman(first, second)
    assert found.rho == pytest.approx(0.8699639, abs=1e-6)
    assert found.interval == pytest.approx((0.5840951, 0.9638297), abs=1e-6)


@given(pairs)
def test_it_is_scipys(found):
    rating, mention = (np.array(row, dtype=float) for row in zip(*found, strict=True))
    mine = of(found)
    if mine.rho is None:
        assert np.ptp(rating) == 0 or np.ptp(mention) == 0
    else:
        assert mine.rho == pytest.approx(spearmanr(rating, mention).statistic, abs=1e-12)


@given(pairs)
def test_the_interval_holds_rho(found):
    mine = of(found)
    if mine.interval is not None:
        assert -1 < mine.interval[0] < mine.rho < mine.interval[1] < 1


@given(pairs, st.randoms())
def test_the_order_of_experts_changes_nothing(found, random):
    mine, again = of(found), of(random.sample(found, len(found)))
    assert (mine.rho is None) == (again.rho is None)
    assert mine.rho is None or mine.rho == pytest.approx(again.rho)


@pytest.mark.parametrize(
    ("rating", "mention"),
    [([3, 3, 3, 3], [0, 1, 0, 1]), ([1, 2, 3, 4], [0] * 4), ([1, 2, 3, 4], [1] * 4), ([1, 2, 3], [0, 1, 1]), ([], [])],
    ids=["all rate alike", "nobody mentions it", "everybody mentions it", "three experts", "nobody"],
)
def test_where_there_is_no_figure_it_is_said_why(rating, mention):
    found = spearman(np.array(rating, dtype=float), np.array(mention, dtype=float))
    assert (found.rho, found.interval) == (None, None)
    assert isinstance(found.reason, Message)


def test_an_order_that_is_the_same_throughout_has_no_interval():
    found = spearman(np.array([1.0, 1, 5, 5]), np.array([0.0, 0, 1, 1]))
    assert found.rho == pytest.approx(1.0)
    assert found.interval is None
    assert isinstance(found.reason, Message)
