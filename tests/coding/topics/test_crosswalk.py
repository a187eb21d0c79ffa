"""From topics to people: experts are counted once, however much they said."""

import pandas as pd

from coding.frames import TOPICS
from coding.topics.crosswalk import experts_per_topic

EXPERTS = pd.DataFrame({"expert_id": ["L1", "L2", "S1"], "group_id": ["loc", "loc", "sci"]})
STATEMENTS = pd.DataFrame(
    {"statement_id": list("abcdef"), "expert_id": ["L1", "L1", "L2", "S1", "", "S1"]},
)
TOPIC_OF = TOPICS.validate(
    pd.DataFrame(
        {"statement_id": list("abcdef"), "topic": [0, 0, 1, 1, 1, -1], "probability": [1.0, 0.5, 1.0, 1.0, 1.0, 0.0]}
    )
)


def rows():
    counted = experts_per_topic(TOPIC_OF, STATEMENTS, EXPERTS)
    return {(row.topic, row.group_id): (row.k, row.n) for row in counted.itertuples()}


def test_an_expert_who_speaks_twice_of_a_topic_counts_once():
    assert rows()[0, "loc"] == (1, 2)


def test_a_group_that_does_not_speak_of_a_topic_is_there_as_zero():
    assert rows()[0, "sci"] == (0, 1)


def test_whoever_is_no_expert_and_what_was_left_out_do_not_count():
    assert rows() == {(0, "loc"): (1, 2), (0, "sci"): (0, 1), (1, "loc"): (1, 2), (1, "sci"): (1, 1)}


def test_without_topics_there_are_no_rows():
    assert experts_per_topic(TOPIC_OF.iloc[:0], STATEMENTS, EXPERTS).empty
