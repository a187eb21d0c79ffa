"""What runs agree on, and the tree that is cut as coarse or fine as one likes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from coding.topics import tree


def runs_of(n, numbers, seed, count=4):
    """Runs that find the same four blocks of n statements each, but for a few, and cut them finer or coarser."""
    drawn = np.random.default_rng(seed)
    block = np.repeat(np.arange(4), n)
    inside = np.tile(np.arange(n), 4)
    found = {}
    for number in numbers:
        labels = block * number // 4 if number <= 4 else block * (number // 4) + inside * (number // 4) // n
        noisy = np.vstack([labels] * count)
        for run in noisy:
            moved = drawn.choice(4 * n, 2, replace=False)
            run[moved] = drawn.integers(0, labels.max() + 1, 2)
        found[number] = noisy
    return found, block


def test_runs_that_differ_by_a_few_agree_on_the_blocks():
    runs, block = runs_of(12, [4], seed=1)
    assert adjusted_rand_score(tree.agreed([runs[4]], 4, 0), block) == 1
    assert adjusted_rand_score(runs[4][0], block) < 1


def test_the_names_of_groups_do_not_matter():
    one = np.array([0, 0, 0, 1, 1, 1])
    assert adjusted_rand_score(tree.agreed([np.vstack([one, 1 - one, one])], 2, 0), one) == 1
    assert tree.stability([np.vstack([one, 1 - one, one, 1 - one])], 2) == 1


def test_runs_that_find_something_else_each_time_are_not_stable():
    drawn = np.random.default_rng(0)
    assert tree.stability([drawn.integers(0, 4, (8, 200))], 4) < 0.1


def test_the_tree_goes_through_what_the_runs_with_the_chosen_number_agree_on():
    runs, block = runs_of(12, [2, 4, 8], seed=2)
    found = tree.tree(runs, 4, 0)
    assert adjusted_rand_score(found.labels(4), block) == 1
    assert found.finest == 8
    assert len(np.unique(found.labels(8))) == 8
    assert len(np.unique(found.labels(1))) == 1
    halves = found.labels(2)
    assert adjusted_rand_score(halves, block // 2) == 1


@given(st.integers(0, 50), st.sampled_from([[3, 6], [2, 5, 11], [4, 16, 30]]), st.integers(8, 12))
@settings(max_examples=25)
def test_each_level_is_made_of_the_finer_one(seed, numbers, n):
    drawn = np.random.default_rng(seed)
    runs = {number: drawn.integers(0, number, (3, 4 * n)) for number in numbers}
    for number in numbers:
        runs[number][:, :number] = np.arange(number)  # no group is empty
    found = tree.tree(runs, numbers[0], 0)
    before = found.labels(found.finest)
    assert np.array_equal(before, found.leaves)
    for number in range(found.finest - 1, 0, -1):
        labels = found.labels(number)
        assert len(np.unique(labels)) == number
        assert len(set(zip(before.tolist(), labels.tolist(), strict=True))) == number + 1
        before = labels
    sizes = np.bincount(found.leaves)
    anchors = np.bincount(found.labels(numbers[0]))
    assert all(size >= tree.SMALLEST_LEAF for size in sizes) or min(sizes) == min(anchors)


def test_a_topic_falls_into_the_two_it_was_made_of():
    found = tree.Tree(np.array([0, 1, 2]), ((0, 2), (3, 1)))
    assert found.children(frozenset({0, 1, 2})) == (frozenset({0, 2}), frozenset({1}))
    assert found.children(frozenset({0, 2})) == (frozenset({0}), frozenset({2}))
    assert found.children(frozenset({0})) is None
    assert found.children(frozenset({0, 1})) is None


def test_togetherness_is_the_share_of_topic_mates_that_stay():
    main = np.array([0, 0, 0, 1])
    other = np.array([[0, 0, 1, 1]])
    assert tree.togetherness(main, other).tolist() == [0.5, 0.5, 0.0, 1.0]
    assert tree.togetherness(main, np.vstack([other, [[1, 1, 1, 0]]])).tolist() == pytest.approx([0.75, 0.75, 0.5, 1.0])
