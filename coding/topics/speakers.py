"""Whether one expert speaks most of a topic."""

from dataclasses import dataclass

import pandas as pd

MOST = 0.5
"""Share of a topic's statements above which one expert dominates it."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """`expert_id` made `k` of the `n` statements of a topic whose speakers are known."""

    expert_id: str
    k: int
    n: int


def dominant_speakers(topics: pd.DataFrame, statements: pd.DataFrame) -> dict[int, Speaker]:
    """For each topic that one expert dominates, who that is: more than half of its statements, or all of them.

    `topics` keeps the TOPICS contract. Statements of nobody known do not count; a topic of one statement is nobody's.
    """
    said = topics[topics["topic"] >= 0].merge(statements[["statement_id", "expert_id"]], on="statement_id")
    said = said[said["expert_id"] != ""]
    found = {}
    for topic, some in said.groupby("topic", sort=True)["expert_id"]:
        counts = some.value_counts()
        best = sorted(counts[counts == counts.iloc[0]].index)[0]
        k, n = int(counts.iloc[0]), len(some)
        if n > 1 and k > MOST * n:
            found[int(str(topic))] = Speaker(str(best), k, n)
    return found
