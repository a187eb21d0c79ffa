"""Small segments are merged as little as can be, and with what is like them."""

from hypothesis import given
from hypothesis import strategies as st

from coding.coarsening import Mergeable, least_coarse


def of(size, sector="", level=""):
    return Mergeable(size, frozenset({sector} if sector else ()), frozenset({level} if level else ()))


def test_nothing_is_merged_where_all_are_large_enough():
    assert least_coarse([of(3), of(4), of(5)], 3) == [(0,), (1,), (2,)]


def test_two_small_ones_go_together_before_a_large_one_is_touched():
    assert least_coarse([of(2), of(5), of(2)], 3) == [(0, 2), (1,)]


def test_among_equals_the_same_sector_goes_before_the_same_level():
    segments = [of(2, "state", "local"), of(3, "market", "local"), of(3, "state", "federal")]
    assert least_coarse(segments, 3) == [(0, 2), (1,)]
    assert least_coarse([segments[0], of(3, "science", "federal"), segments[1]], 3) == [(0, 2), (1,)]


def test_without_any_likeness_the_neighbour_is_taken():
    assert least_coarse([of(9, "a"), of(2), of(4, "b"), of(5, "c")], 3) in ([(0,), (1, 2), (3,)], [(0, 1), (2,), (3,)])


def test_the_demo_s_groups_leave_six():
    """D23: federal 2, state corporations 2, business 2 and RMC 2 are too small."""
    groups = [of(2, "authority", "federal"), of(3, "authority", "regional"), of(3, "authority", "local"),
              of(2, "quasi_state", "cross"), of(3, "society", "cross"), of(2, "market", "cross"),
              of(3, "knowledge", "cross"), of(2, "quasi_state", "regional")]  # fmt: skip
    assert least_coarse(groups, 3) == [(0, 5), (1,), (2,), (3, 7), (4,), (6,)]


def test_too_few_experts_at_all_cannot_be_merged():
    assert least_coarse([of(1), of(1)], 3) == []
    assert least_coarse([of(0), of(3)], 3) == [(1,)]


@given(st.lists(st.integers(0, 6), max_size=16), st.integers(1, 5))
def test_everybody_is_in_one_segment_and_each_is_large_enough(sizes, minimum):
    merged = least_coarse([of(size) for size in sizes], minimum)
    if sum(sizes) >= minimum:
        assert sorted(at for block in merged for at in block) == [at for at, size in enumerate(sizes) if size]
    assert all(sum(sizes[at] for at in block) >= minimum for block in merged)
