"""Median, quartiles and mean from counts, and answers as arrays in which no "cannot say" is a value."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.frames import Frames
from coding.item_statistics import spread
from coding.item_values import item_values, segment_numbers, tally
from coding.segments import by_groups
from tests.coding.demo_study import demo

numbers = st.lists(st.integers(-5, 5), min_size=1, max_size=30)


def of(values):
    levels, counts = tally(np.array(values, dtype=float), np.full(len(values), -1), 0)
    return spread(levels, counts)


@given(numbers)
def test_quartiles_are_those_of_numpy(values):
    found = of(values)
    known = np.quantile(values, [0.25, 0.5, 0.75], method="linear")
    np.testing.assert_allclose([found.lower[0], found.median[0], found.upper[0]], known)
    np.testing.assert_allclose(found.mean[0], np.mean(values))
    np.testing.assert_allclose(found.iqr[0], known[2] - known[0])


def test_the_quartiles_of_hyndman_and_fan():
    """Type 7 of 1 to 10, as R's quantile(1:10) has it: 3.25, 5.5, 7.75."""
    found = of(range(1, 11))
    assert (found.lower[0], found.median[0], found.upper[0]) == (3.25, 5.5, 7.75)


@given(numbers, st.randoms())
def test_the_order_of_experts_changes_nothing(values, random):
    shuffled = random.sample(values, len(values))
    assert of(values).median[0] == of(shuffled).median[0]


def test_a_segment_that_said_nothing_has_no_median():
    levels, counts = tally(np.array([1.0, np.nan, 3.0]), np.array([0, 1, 0]), 2)
    found = spread(levels, counts)
    assert found.n.tolist() == [2, 0, 2]
    assert np.isnan(found.median[1])
    assert np.isnan(spread(*tally(np.full(3, np.nan), np.zeros(3, dtype=int), 1)).mean).all()


def answered(*rows) -> Frames:
    table = pd.DataFrame(rows, columns=["expert_id", "item_id", "value", "text", "cannot_say"])
    return replace(demo(), answers=table)


def test_what_cannot_be_said_and_what_was_not_answered_are_counted_apart():
    frames = answered(("F1", "t2.c1.skills", 4.0, "", False), ("F2", "t2.c1.skills", np.nan, "", True))
    found = item_values(frames, ["t2.c1.skills"])
    assert found.column("t2.c1.skills")[:2].tolist()[0] == 4.0
    assert (found.answered.sum(), found.cannot_say.sum(), found.unfit.sum()) == (1, 1, 0)
    assert found.missing.sum() == 18


def test_what_is_marked_as_unfit_is_no_value():
    rows = [("F1", "t2.c1.skills", 5.0, "5", False), ("F2", "t2.c1.skills", 3.0, "", False)]
    frames = answered(*rows)
    object.__setattr__(frames, "answers", frames.answers.assign(unfit=[True, False]))
    found = item_values(frames, ["t2.c1.skills"])
    assert np.nansum(found.values) == 3.0
    assert (found.unfit.sum(), found.missing.sum()) == (1, 18)


def test_a_number_that_is_no_point_of_the_scale_is_no_value():
    found = item_values(answered(("F1", "t2.c1.skills", 7.0, "7", False)), ["t2.c1.skills"])
    assert (found.answered.sum(), found.unfit.sum(), found.missing.sum()) == (0, 1, 19)


def test_words_where_a_number_belongs_are_no_value():
    found = item_values(answered(("F1", "t2.c1.skills", np.nan, "it depends", False)), ["t2.c1.skills"])
    assert (found.answered.sum(), found.unfit.sum()) == (0, 1)


def test_a_number_beside_cannot_say_is_none():
    found = item_values(answered(("F1", "t2.c1.skills", 98.0, "", True)), ["t2.c1.skills"])
    assert (found.answered.sum(), found.cannot_say.sum()) == (0, 1)


def test_only_the_experts_of_the_study_are_counted():
    found = item_values(answered(("nobody", "t2.c1.skills", 4.0, "", False)), ["t2.c1.skills"])
    assert found.answered.sum() == 0


def test_everyone_stands_below_the_segments():
    frames = demo()
    where = segment_numbers(frames.experts, by_groups(frames.groups))
    levels, counts = tally(np.ones(20), where, 8)
    assert counts[:, 0].tolist() == [2, 3, 3, 2, 3, 2, 3, 2, 20]
    assert levels.tolist() == [1.0]
    assert tally(np.ones(20), np.full(20, -1), 8)[1][:, 0].tolist() == [0] * 8 + [20]


@pytest.mark.parametrize("asked", [[], ["t2.c1.skills"]])
def test_no_answers_are_no_error(asked):
    found = item_values(replace(demo(), answers=demo().answers.head(0)), asked)
    assert found.values.shape == (20, len(asked))
