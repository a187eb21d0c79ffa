"""How fast statistics of a questionnaire of 20,000 respondents are, once they are asked for again. Prints figures."""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from coding.frames import Frames
from coding.segments import by_groups
from survey_app.views import chosen_and_said, consensus, ladder, priorities, said_and_rated, talk_and_form
from tests.coding.demo_study import demo

RESPONDENTS = 20_000


@pytest.fixture(scope="module")
def crowd() -> Frames:
    """The demo's questionnaire, answered by chance by as many, a hundredth of whom cannot say."""
    frames, generator = demo(), np.random.default_rng(0)
    copies = RESPONDENTS // len(frames.experts)
    experts = pd.concat([frames.experts.assign(expert_id=frames.experts["expert_id"] + f"-{n}") for n in range(copies)])
    asked = frames.items[(frames.items["type"] != "open") & ~frames.items["item_id"].isin(frames.items["parent_id"])]
    parts = []
    for item in asked.to_dict("records"):
        unsaid = generator.random(RESPONDENTS) < 0.01
        given = generator.integers(1, 4 if item["type"] == "rank" else 6, RESPONDENTS).astype(float)
        parts.append(
            pd.DataFrame({"expert_id": experts["expert_id"].to_numpy(), "item_id": item["item_id"], "text": "",
                          "value": np.where(unsaid, np.nan, given), "cannot_say": unsaid})
        )  # fmt: skip
    statements = frames.statements.assign(expert_id=frames.statements["expert_id"] + "-0")
    return replace(frames, experts=experts, answers=pd.concat(parts), statements=statements)


def test_statistics_of_twenty_thousand(crowd, capsys):
    segmentation = by_groups(crowd.groups)
    asked = {
        "consensus of one item": lambda: consensus.prepare(crowd, segmentation, "t3.c1"),
        "consensus of nine lines": lambda: consensus.prepare(crowd, segmentation, "t2.c1"),
        "consensus of a ranking": lambda: consensus.prepare(crowd, segmentation, "t1.c2"),
        "talk and form of 21 matters": lambda: talk_and_form.prepare(crowd, segmentation, experts=False),
        "one matter": lambda: said_and_rated.prepare(crowd, "t2.c1.skills", experts=False),
        "priorities of nine lines": lambda: priorities.prepare(crowd, segmentation, "t2.c1"),
        "choices of six lines": lambda: chosen_and_said.prepare(crowd, segmentation, "t1.c2"),
        "ladder": lambda: ladder.prepare(crowd, segmentation, "t3.c1", "t3.c2"),
    }
    for name, work in asked.items():
        took = []
        for _round in range(3):
            start = time.perf_counter()
            rows = work()
            took.append(time.perf_counter() - start)
        assert len(rows) > 0
        with capsys.disabled():
            print(f"\n{name}: {1000 * min(took):.0f} ms")
