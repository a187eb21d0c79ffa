"""Codes that join: a worked example, and what holds for any distances."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.closeness import clusters, joinings, side_by_side

LINE = np.array([0.0, 10, 1, 14])
FOUR = np.abs(LINE[:, None] - LINE)


def test_the_closest_join_first_at_the_mean_distance_of_their_members():
    found = [({*each.one}, {*each.other}, each.distance) for each in joinings(FOUR)]
    # 0 and 1 at 1, 10 and 14 at 4, then the mean of 10, 14, 9 and 13
    assert [distance for _one, _other, distance in found] == [1, 4, 11.5]
    assert [one | other for one, other, _distance in found] == [{0, 2}, {1, 3}, {0, 1, 2, 3}]


def test_neighbours_stand_side_by_side():
    assert side_by_side(FOUR) in ([0, 2, 1, 3], [3, 1, 2, 0])


def test_clusters_are_what_joins_up_to_a_distance():
    assert [len(set(clusters(FOUR, most).tolist())) for most in (0.5, 1, 4, 12)] == [4, 3, 2, 1]
    assert clusters(FOUR, 4)[0] == clusters(FOUR, 4)[2] != clusters(FOUR, 4)[1]


@pytest.mark.parametrize("size", [0, 1])
def test_one_or_none_joins_nothing(size):
    alone = np.zeros((size, size))
    assert joinings(alone) == []
    assert side_by_side(alone) == list(range(size))
    assert clusters(alone, 0.5).tolist() == [1] * size


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=12))
def test_everything_joins_once_and_never_at_a_smaller_distance(places):
    line = np.array(places)
    found = joinings(np.abs(line[:, None] - line))
    assert len(found) == len(line) - 1
    assert sorted((*found[-1].one, *found[-1].other)) == list(range(len(line)))
    heights = [each.distance for each in found]
    assert heights == sorted(heights)
    assert sorted(side_by_side(np.abs(line[:, None] - line))) == list(range(len(line)))
