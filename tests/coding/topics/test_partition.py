"""How many topics are proposed, and how runs group statements."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.topics import partition


def two_clouds(n):
    """n points around each of two far corners, length 1, and the corner of each."""
    drawn = np.random.default_rng(1).normal(0, 0.05, (2 * n, 8))
    corner = np.repeat([0, 1], n)
    drawn[np.arange(2 * n), corner] += 1
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32), corner


@pytest.mark.parametrize(
    ("n", "codes", "experts", "topics"),
    [(10, 0, 0, 2), (100, 0, 0, 5), (280, 0, 0, 8), (280, 43, 0, 17), (280, 10, 0, 10), (280, 43, 4, 8), (10**6, 0, 0, 40)],
)  # fmt: skip
def test_the_proposal_keeps_to_what_statements_codes_and_experts_carry(n, codes, experts, topics):
    assert partition.proposed_number(n, codes, experts) == topics


def test_a_topic_has_three_statements_on_average_at_least():
    assert partition.possible_number(30, 60) == 10
    assert partition.possible_number(300, 14) == 14
    assert partition.possible_number(10, 2) == 2


@given(st.integers(2, 40), st.integers(10, 5_000))
def test_levels_lead_from_two_topics_through_the_wished_number_to_the_finest(number, n):
    number = partition.possible_number(n, number)
    rungs = partition.ladder(number, n)
    assert number in rungs
    assert rungs == sorted(set(rungs))
    assert rungs[0] >= partition.COARSEST
    assert all(one / other < 2.1 for other, one in pairwise(rungs))


@given(st.integers(2, 40), st.integers(10, 5_000))
def test_runs_of_like_numbers_vote_a_dozen_at_most(number, n):
    number = partition.possible_number(n, number)
    voters = partition.voters(number, n)
    assert number in voters
    assert len(voters) <= partition.MOST_VOTERS + 1
    assert all(partition.votes(each, number) and partition.COARSEST <= each <= partition.FINEST for each in voters)


@pytest.mark.parametrize("n", [10, 40])
def test_two_clear_groups_are_found_by_every_run(n):
    points, corner = two_clouds(n)
    for number, labels in partition.runs(points, [2, 3], seed=0, count=3).items():
        assert labels.shape == (3 * partition.MORE_OF_FEW if 2 * n < partition.FEW else 3, 2 * n)
        for found in labels:
            assert len(set(zip(found.tolist(), corner.tolist(), strict=True))) == number
    again = partition.runs(points, [2], seed=0, count=3)[2]
    assert np.array_equal(partition.runs(points, [2], seed=0, count=3)[2], again)


@pytest.mark.parametrize("n", [10, 40])
def test_a_map_lies_within_its_frame_and_keeps_groups_apart(n):
    points, corner = two_clouds(n)
    places = partition.on_a_plane(points, 0)
    assert places.shape == (2 * n, 2)
    assert np.abs(places).max() <= 1
    middles = [places[corner == each].mean(axis=0) for each in (0, 1)]
    spread = max(np.linalg.norm(places[corner == each] - middles[each], axis=1).mean() for each in (0, 1))
    assert np.linalg.norm(middles[0] - middles[1]) > 2 * spread


def test_a_statement_goes_to_the_nearest_mean():
    means = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert partition.nearest(np.array([[0.1, 0.8], [0.9, 0.3], [0.2, 0.9]]), means).tolist() == [0, 1, 0]
