"""Consensus on a scale: published answers, and what may not change them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from coding.consensus import sides, tastle_wierman, van_der_eijk

FIVE = np.arange(1.0, 6.0)
counts_of_five = arrays(np.int64, (1, 5), elements=st.integers(0, 40))


def cns(*counts):
    return tastle_wierman(np.arange(1.0, len(counts) + 1), np.array([counts]))[0]


def agreement(*counts):
    return van_der_eijk(np.array([counts]))[0]


def test_the_example_of_van_der_eijk():
    """Van der Eijk (2001), the example that the R package agrmt documents."""
    assert agreement(30, 40, 210, 130, 530, 50, 10) == pytest.approx(0.6113333, abs=1e-6)


@pytest.mark.parametrize(("counts", "known"), [((0, 9, 0, 0, 0), 1), ((4,) * 5, 0), ((7, 0, 0, 0, 7), -1)])
def test_agreement_at_its_corners(counts, known):
    assert agreement(*counts) == pytest.approx(known, abs=1e-12)


@pytest.mark.parametrize(
    ("counts", "known"), [((3,) * 5, 0.433985), ((8, 0, 0, 0, 8), 0.0), ((0, 0, 0, 6, 0), 1.0)]
)  # fmt: skip
def test_the_examples_of_tastle_and_wierman(counts, known):
    assert cns(*counts) == pytest.approx(known, abs=1e-6)


def test_nobody_agrees_on_nothing():
    assert np.isnan(cns(0, 0, 0, 0, 0))
    assert np.isnan(agreement(0, 0, 0, 0, 0))


def test_a_scale_that_is_too_short_has_no_figure():
    assert np.isnan(agreement(3, 4))
    assert np.isnan(tastle_wierman(np.array([1.0]), np.array([[3]]))[0])


@given(counts_of_five)
def test_a_scale_read_backwards_says_the_same(counts):
    back = counts[:, ::-1]
    np.testing.assert_allclose(tastle_wierman(FIVE, counts), tastle_wierman(FIVE, back), atol=1e-12)
    np.testing.assert_allclose(van_der_eijk(counts), van_der_eijk(back), atol=1e-12)


@given(counts_of_five, st.integers(2, 9))
def test_more_people_with_the_same_answers_agree_alike(counts, times):
    np.testing.assert_allclose(tastle_wierman(FIVE, counts), tastle_wierman(FIVE, counts * times), atol=1e-12)
    np.testing.assert_allclose(van_der_eijk(counts), van_der_eijk(counts * times), atol=1e-12)


@given(counts_of_five, st.floats(0.1, 50), st.floats(-100, 100))
def test_consensus_does_not_depend_on_how_points_are_numbered(counts, step, start):
    np.testing.assert_allclose(tastle_wierman(FIVE, counts), tastle_wierman(start + step * FIVE, counts), atol=1e-6)


@given(counts_of_five)
def test_both_stay_within_their_bounds(counts):
    if counts.sum():
        assert 0 <= tastle_wierman(FIVE, counts)[0] <= 1
        assert -1 - 1e-12 <= van_der_eijk(counts)[0] <= 1 + 1e-12


@given(arrays(np.int64, (4, 5), elements=st.integers(0, 9)))
def test_segments_do_not_touch_each_other(counts):
    for number, row in enumerate(counts):
        np.testing.assert_allclose(van_der_eijk(counts)[number], van_der_eijk(row[None])[0])
        np.testing.assert_allclose(tastle_wierman(FIVE, counts)[number], tastle_wierman(FIVE, row[None])[0])


def test_the_middle_of_a_scale_is_on_no_side():
    below, above = sides(FIVE, np.array([[1, 2, 4, 8, 16]]))
    assert (below[0], above[0]) == (3, 24)
    below, above = sides(FIVE[:4], np.array([[1, 2, 4, 8]]))
    assert (below[0], above[0]) == (3, 12)
