"""Nobody is singled out by subtracting segments; what could be is found, whichever segments it takes."""

import numpy as np

from coding.differencing import singled_out


def found(sizes, shown, minimum=3):
    return [
        (np.flatnonzero(parts).tolist(), used) for parts, used in singled_out(sizes, np.array(shown, bool), minimum)
    ]


def test_segments_beside_each_other_single_out_nobody():
    assert found([3, 4, 3], [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]) == []


def test_a_segment_within_another_leaves_the_rest_of_it():
    assert found([3, 2, 5], [[1, 1, 0], [1, 0, 0], [1, 1, 1]]) == [([1], [0, 1])]


def test_everyone_minus_the_segments_leaves_who_is_in_none():
    assert found([3, 4, 1], [[1, 0, 0], [0, 1, 0], [1, 1, 1]]) == [([2], [0, 1, 2])]


def test_three_steps_are_seen_too():
    """a+b, b+c and a+c: half of their sum and differences is each one of them."""
    assert found([2, 4, 4], [[1, 1, 0], [0, 1, 1], [1, 0, 1]]) == [([0], [0, 1, 2])]


def test_few_who_stand_in_no_difference_are_safe():
    assert found([2, 4, 2, 4], [[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1]]) == []


def test_two_segments_that_share_a_part_reveal_nothing_of_it():
    assert found([3, 1, 3], [[1, 1, 0], [0, 1, 1]]) == []
    assert found([3, 1, 3], [[1, 1, 0], [0, 1, 1], [1, 1, 1]]) == [([1], [0, 1, 2])]
