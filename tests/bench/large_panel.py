"""A panel larger than any that was held: for the speed of what counts codes."""

from dataclasses import replace

import numpy as np
import pandas as pd

from tests.coding.demo_study import demo


def panel(experts=50, statements=20_000, codings=5_000, seed=0):
    """Frames of a large panel: the demo's codes and groups, statements of random words by random experts in ten
    sessions, codings of whole statements, and a direction for every second coded one."""
    drawn = np.random.default_rng(seed)
    small = demo()
    names = [f"X{number}" for number in range(experts)]
    people = pd.DataFrame(
        {"expert_id": names, "group_id": drawn.choice(small.groups["group_id"], experts), "level": "", "sector": "",
         "region": drawn.choice(["north", "south", "east"], experts), "consent": "yes"}
    )  # fmt: skip
    speaker = drawn.integers(0, experts, statements)
    source = np.sort(drawn.integers(0, 10, statements))
    rows, at, before = [], 0, -1
    for number in range(statements):
        at = at if source[number] == before else 0
        before = source[number]
        text = " ".join(["word"] * int(drawn.integers(8, 40)))
        rows.append(
            {"statement_id": f"s{number}", "label": "", "source_id": f"t{before}", "source_kind": "session",
             "turn": number, "order": number, "start": at, "end": at + len(text), "expert_id": names[speaker[number]],
             "role": "expert", "text": text, "language": "en", "question_id": "", "start_s": at / 15, "end_s": at / 15}
        )  # fmt: skip
        at += len(text) + 1
    said = pd.DataFrame(rows)
    leaves = small.codes.loc[small.codes["code_id"] != small.codes["root"], "code_id"].to_numpy()
    coded = said.iloc[drawn.choice(statements, codings, replace=False)]
    given = pd.DataFrame(
        {"coding_id": [f"c{number}" for number in range(codings)], "source_id": coded["source_id"].to_numpy(),
         "start": coded["start"].to_numpy(), "end": coded["end"].to_numpy(), "code_id": drawn.choice(leaves, codings),
         "coder_id": "A", "layer": "adjudicated", "origin": "hand"}
    )  # fmt: skip
    half = coded.iloc[::2]
    values = pd.DataFrame(
        {"statement_id": half["statement_id"].to_numpy(), "source_id": half["source_id"].to_numpy(),
         "attribute": "direction", "value": drawn.choice(["to", "from", "both"], len(half)), "coder_id": "A"}
    )  # fmt: skip
    return replace(small, statements=said, experts=people, codings=given, values=values, answers=small.answers.head(0))
