"""How many topics are proposed, and how far the same groups are found again."""

import numpy as np
import pytest

from coding.topics import partition


def two_clouds(n):
    """n points around each of two far corners, length 1, and the corner of each."""
    drawn = np.random.default_rng(1).normal(0, 0.05, (2 * n, 8))
    corner = np.repeat([0, 1], n)
    drawn[np.arange(2 * n), corner] += 1
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32), corner


@pytest.mark.parametrize(("n", "topics"), [(10, 2), (50, 5), (280, 12), (5_000, 40), (1_000_000, 40)])
def test_the_proposal_grows_with_the_root_of_the_statements(n, topics):
    assert partition.proposed_number(n) == topics


def test_a_topic_has_three_statements_on_average_at_least():
    assert partition.possible_number(30, 60) == 10
    assert partition.possible_number(300, 14) == 14
    assert partition.possible_number(10, 2) == 2


def test_two_clear_groups_of_few_statements_are_found_and_stay():
    points, corner = two_clouds(10)
    found = partition.partition(points, 2, seed=0)
    runs = [found, *(partition.disturbed(points, 2, seed) for seed in (1, 2))]
    assert len({(a, b) for a, b in zip(found.tolist(), corner.tolist(), strict=True)}) == 2
    assert partition.stability(runs) == 1.0
    assert partition.togetherness(found, runs[1:]).tolist() == [1.0] * 20


def test_togetherness_is_the_share_of_topic_mates_that_stay():
    main = np.array([0, 0, 0, 1])
    other = np.array([0, 0, 1, 1])
    assert partition.togetherness(main, [other]).tolist() == [0.5, 0.5, 0.0, 1.0]


def test_the_names_of_groups_do_not_matter_to_stability():
    assert partition.stability([np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0])]) == 1.0
    assert partition.stability([np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])]) < 0.01
