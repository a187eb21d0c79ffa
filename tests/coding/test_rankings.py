"""Kendall's W: published answers, incomplete rankings, and what may not change it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import friedmanchisquare

from coding.rankings import full_ranks, kendall_w, placed
from transcripts.messages import Message

ANXIETY = np.array(
    [[3, 3, 2], [3, 6, 1], [3, 4, 4], [4, 6, 4], [5, 2, 3], [5, 4, 2], [2, 2, 1], [3, 4, 6], [5, 3, 1], [2, 3, 1],
     [2, 2, 1], [6, 3, 2], [1, 3, 3], [5, 3, 3], [2, 2, 1], [2, 2, 1], [1, 1, 3], [2, 3, 3], [4, 3, 2], [3, 4, 2]]
)  # fmt: skip
"""Three raters of the anxiety of twenty persons (data set `anxiety` of the R package irr)."""
NONE = np.nan
ratings = arrays(np.float64, st.tuples(st.integers(3, 9), st.integers(3, 7)), elements=st.integers(1, 5))


def test_the_example_of_irr():
    """kendall(anxiety, TRUE): W corrected for ties .540, chi-square(19) 30.8, p .0429."""
    found = kendall_w(ANXIETY.T.astype(float))
    assert (found.judges, found.objects, found.degrees) == (3, 20, 19)
    assert found.w == pytest.approx(0.5396569, abs=1e-6)
    assert found.chi_square == pytest.approx(30.7604, abs=1e-4)
    assert found.p == pytest.approx(0.0428835, abs=1e-6)


@given(ratings)
def test_it_is_friedmans_test(places):
    found = kendall_w(places)
    if found.w is None:
        assert (places == places[:, :1]).all()
    else:
        known = friedmanchisquare(*places.T)
        assert found.chi_square == pytest.approx(known.statistic)
        assert found.p == pytest.approx(known.pvalue)


@given(ratings, st.randoms())
def test_neither_order_matters(places, random):
    judges = random.sample(range(places.shape[0]), places.shape[0])
    objects = random.sample(range(places.shape[1]), places.shape[1])
    assert kendall_w(places[judges][:, objects]).w == pytest.approx(kendall_w(places).w)


@given(ratings)
def test_it_lies_between_nothing_and_one(places):
    found = kendall_w(places)
    assert found.w is None or -1e-12 <= found.w <= 1


def test_all_of_one_mind_and_two_against_two():
    assert kendall_w(np.array([[1.0, 2, 3]] * 4)).w == 1.0
    assert kendall_w(np.array([[1.0, 2, 3], [3, 2, 1]])).w == 0.0


def test_what_was_left_unplaced_shares_the_places_that_are_left():
    assert full_ranks(np.array([[2.0, NONE, 1, NONE, NONE]])).tolist() == [[2, 4, 1, 4, 4]]
    assert kendall_w(np.array([[1.0, 2, NONE, NONE]] * 3)).w == 1.0


def test_who_ranked_nothing_is_no_judge():
    rows = np.array([[1.0, 2, 3], [2, 1, 3], [NONE] * 3])
    assert kendall_w(rows) == kendall_w(rows[:2])
    assert placed(rows).judges == 2


@pytest.mark.parametrize(
    "places", [np.empty((0, 3)), np.array([[1.0, 2, 3]]), np.array([[1.0], [1]]), np.array([[2.0, 2], [1, 1]])]
)
def test_where_there_is_no_figure_it_is_said_why(places):
    found = kendall_w(places)
    assert found.w is None
    assert isinstance(found.reason, Message)


def test_a_place_beyond_the_objects_counts_nothing():
    found = placed(np.array([[1.0, 2], [2, 1], [1, 1e12]]))
    assert found.depth == 2
    assert found.points.tolist() == [5, 3]


def test_places_are_counted():
    found = placed(np.array([[1.0, 2, NONE], [2, 1, 3], [1, NONE, NONE]]))
    assert found.first.tolist() == [2, 1, 0]
    assert found.placed.tolist() == [3, 2, 1]
    assert found.points.tolist() == [8, 5, 1]
    assert found.mean_rank.tolist() == pytest.approx([4 / 3, (2 + 1 + 2.5) / 3, (3 + 3 + 2.5) / 3])
