"""Parts of spans in texts: the same as letter by letter."""

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.stretches import within

PLACES = st.tuples(st.sampled_from("ab"), st.integers(0, 20), st.integers(0, 8))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PLACES, max_size=6), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=5))
def test_every_letter_of_a_span_that_lies_in_a_text_is_kept(spans, gaps):
    texts, at = [], 0
    for place, (gap, length) in enumerate(gaps):
        texts.append(("ab"[place % 2], at + gap, at + gap + length))
        at += gap + length
    spoken = pd.DataFrame(texts, columns=["source_id", "start", "end"])
    coded = pd.DataFrame(
        [(source, start, start + length, number) for number, (source, start, length) in enumerate(spans)],
        columns=["source_id", "start", "end", "number"],
    )
    found = {
        (row.number, row.text, letter)
        for row in within(coded, spoken).itertuples()
        for letter in range(row.start, row.end)
    }
    expected = {
        (number, text, letter)
        for number, (source, start, length) in enumerate(spans)
        for text, (home, begin, end) in enumerate(texts)
        if source == home
        for letter in range(max(start, begin), min(start + length, end))
    }
    assert found == expected
