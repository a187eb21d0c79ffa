"""Codings of two codes that become one: what overlaps or touches grows together, in one lane alone."""

from hypothesis import given
from hypothesis import strategies as st

from coding.merging import Joined, Span, join_codings


def span(row, start, end, lane="A", made=""):
    return Span(row, (lane,), start, end, made)


def test_what_overlaps_or_touches_becomes_one_and_the_oldest_stays():
    assert join_codings([span("new", 5, 9, made="2")], [span("old", 0, 6, made="1")]) == [Joined("old", ("new",), 0, 9)]
    assert join_codings([span("a", 5, 9)], [span("b", 0, 5)]) == [Joined("a", ("b",), 0, 9)]
    assert join_codings([span("a", 6, 9)], [span("b", 0, 5)]) == []


def test_the_same_words_coded_twice_are_one_coding():
    assert join_codings([span("a", 2, 7)], [span("b", 2, 7)]) == [Joined("a", ("b",), 2, 7)]


def test_what_one_person_coded_never_joins_what_another_did():
    assert join_codings([span("a", 0, 9, "A")], [span("b", 0, 9, "B")]) == []


def test_codings_of_one_code_stay_apart_unless_one_of_the_other_ties_them():
    assert join_codings([], [span("a", 0, 5), span("b", 5, 9)]) == []
    tied = join_codings([span("x", 4, 6)], [span("a", 0, 5), span("b", 5, 9), span("c", 9, 12)])
    assert tied == [Joined("a", ("b", "x"), 0, 9)]


SPANS = st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 40), st.integers(1, 12)), max_size=12)


@given(SPANS, SPANS)
def test_afterwards_no_two_codings_of_the_two_codes_meet_that_did_before(merged, into):
    first = [span(f"m{n}", start, start + long, lane) for n, (lane, start, long) in enumerate(merged)]
    second = [span(f"i{n}", start, start + long, lane) for n, (lane, start, long) in enumerate(into)]
    joined = join_codings(first, second)
    named = [row for one in joined for row in (one.kept, *one.gone)]
    assert len(named) == len(set(named))
    of = {row: one for one in joined for row in (one.kept, *one.gone)}
    by_row = {each.row: each for each in first + second}
    for one in joined:
        covered = {at for row in (one.kept, *one.gone) for at in range(by_row[row].start, by_row[row].end)}
        assert covered == set(range(one.start, one.end))
    for mine in first:
        for theirs in second:
            if mine.lane == theirs.lane and mine.start <= theirs.end and theirs.start <= mine.end:
                assert of[mine.row] is of[theirs.row]
