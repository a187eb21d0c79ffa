"""Which topic became which, against sums by hand and scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from coding.topics.arranged import arranged
from coding.topics.arrangement import Arrangement
from coding.topics.matching import adjusted_rand, compare, matched, mutual_information
from tests.coding.topics.small_run import small_run


def table_of(one, other):
    found = np.zeros((max(one) + 1, max(other) + 1), dtype=np.int64)
    np.add.at(found, (one, other), 1)
    return found


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=40))
def test_indices_are_those_of_scikit_learn(pairs):
    one, other = (list(each) for each in zip(*pairs, strict=True))
    table = table_of(one, other)
    assert adjusted_rand(table) == pytest.approx(adjusted_rand_score(one, other), abs=1e-12)
    assert mutual_information(table) == pytest.approx(normalized_mutual_info_score(one, other), abs=1e-9)


def test_pairs_share_half_of_the_smaller_topic_and_the_whole_is_best():
    shared = np.array([[6, 4, 0], [0, 5, 1], [1, 1, 1]])
    assert matched(shared, shared.sum(1), shared.sum(0)) == [(0, 0), (1, 1), (2, 2)]
    assert matched(np.array([[4, 3], [3, 0]]), [10, 3], [7, 3]) == [(0, 1), (1, 0)]  # 3/10 + 3/7 beat 4/13 + 0
    assert matched(np.array([[4]]), [9], [9]) == []
    assert matched(np.zeros((0, 2), dtype=int), [], [1, 1]) == []


def test_two_levels_of_a_run_are_told_as_splits_and_the_way_back_as_merges():
    run = small_run()
    coarse, fine = arranged(run, Arrangement(0)), arranged(run, Arrangement(1))
    there = compare(coarse, fine)
    assert there.statements == 12
    assert there.shared.tolist() == [[4, 3, 0, 0], [0, 0, 3, 2]]
    assert there.pairs == ((0, 0), (1, 2))
    assert (there.splits, there.merges) == ({0: (0, 1), 1: (2, 3)}, {})
    back = compare(fine, coarse)
    assert (back.splits, back.merges) == ({}, {0: (0, 1), 1: (2, 3)})
    assert back.nmi == pytest.approx(there.nmi)


def test_only_statements_that_both_have_placed_count():
    one, other = small_run(), small_run()
    other["assignments"] = [{"statement_id": "s0", "topic": 0, "probability": 1.0},
                            {"statement_id": "s1", "topic": -1, "probability": 0.0},
                            {"statement_id": "elsewhere", "topic": 1, "probability": 1.0}]  # fmt: skip
    found = compare(one, other)
    assert (found.statements, found.pairs, found.nmi) == (1, ((0, 0),), None)
    assert compare(one, {"topics": [], "assignments": []}).shared.shape == (2, 0)
