"""Topics that one expert speaks most of."""

import pandas as pd
import pytest

from coding.topics.speakers import Speaker, dominant_speakers


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("AAAB", {0: Speaker("A", 3, 4)}),
        ("AABB", {}),  # half is not most
        ("BB", {0: Speaker("B", 2, 2)}),
        ("A", {}),
        ("AA--", {0: Speaker("A", 2, 2)}),
        ("---", {}),
        ("", {}),
    ],
)
def test_more_than_half_of_the_statements_of_a_topic(said, expected):
    ids = [f"s{place}" for place in range(len(said))]
    topics = pd.DataFrame({"statement_id": [*ids, "out"], "topic": [0] * len(said) + [-1], "probability": 1.0})
    experts = ["" if each == "-" else each for each in said]
    statements = pd.DataFrame({"statement_id": [*ids, "out"], "expert_id": [*experts, "A"]})
    assert dominant_speakers(topics, statements) == expected
