"""What an answer is in the store, and that nothing else is taken for one."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.store.answers import CANNOT_SAY, UNFIT, are_answers, pack, unpack

VALUES = st.none() | st.integers(-(10**6), 10**6).map(float) | st.floats(-1e6, 1e6)


@given(VALUES, st.text(max_size=5), st.booleans(), st.booleans(), st.text(max_size=5))
def test_what_is_packed_comes_out_again(value, text, cannot_say, unfit, raw):
    packed = pack(value, text, cannot_say=cannot_say, unfit=unfit, raw=raw)
    found, *others = unpack(packed)
    assert (None if math.isnan(found) else found) == value
    assert others == [text, CANNOT_SAY * cannot_say + UNFIT * unfit, raw]
    assert are_answers({"q01": packed})


@pytest.mark.parametrize(
    ("said", "packed"),
    [
        (pack(3.0), 3), (pack(0.0), 0), (pack(2.5), 2.5), (pack(math.nan), []), (pack(None, "by train"), [None, "by train"]),
        (pack(None, cannot_say=True), [None, "", 1]), (pack(None, unfit=True, raw="12 окт"), [None, "", 2, "12 окт"]),
        (pack(12.0, raw="about 12"), [12, "", 0, "about 12"]),
    ],
)  # fmt: skip
def test_nothing_is_written_that_is_not_said(said, packed):
    assert said == packed
    assert type(said) is type(packed)


@pytest.mark.parametrize(
    "found",
    [None, [], 3, {"q": "3"}, {"q": None}, {"q": True}, {"q": math.inf}, {"q": math.nan}, {"q": [1, 2]}, {"q": 1e300},
     {"q": [1, "", 4]}, {"q": [1, "", True]}, {"q": ["1"]}, {"q": [1, "", 0, "", 5]}, {"q": [1, "", 0, 7]}, {"q": {}}],
)  # fmt: skip
def test_whatever_else_comes_from_outside_is_none(found):
    assert not are_answers(found)
