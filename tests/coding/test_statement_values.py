"""The value of a statement's attribute that a count rests on."""

from dataclasses import replace

import pandas as pd

from coding.statement_values import chosen_values, differing, valued
from tests.coding.demo_study import demo


def _with(rows: list[tuple[str, str, str]]) -> tuple:
    frames = demo()
    spoken = frames.statements[frames.statements["expert_id"] != ""].head(3)
    ids = dict(zip("xyz", spoken["statement_id"], strict=True))
    values = pd.DataFrame(
        [
            {"statement_id": ids[name], "source_id": "s", "attribute": "direction", "value": value, "coder_id": coder}
            for name, coder, value in rows
        ]
    )
    return replace(frames, values=values), ids


def test_a_coder_s_own_value_counts_in_their_layer() -> None:
    frames, ids = _with([("x", "A", "both"), ("x", "B", "open"), ("y", "B", "both")])
    assert chosen_values(frames, "direction", layer="coder", coder_id="A").to_dict() == {ids["x"]: "both"}
    assert chosen_values(frames, "direction", layer="coder", coder_id="C").empty


def test_together_counts_what_all_agree_on_and_the_rest_is_told() -> None:
    frames, ids = _with([("x", "A", "both"), ("x", "B", "open"), ("y", "A", "both"), ("y", "B", "both"),
                         ("z", "A", ""), ("z", "B", "open")])  # fmt: skip
    assert chosen_values(frames, "direction").to_dict() == {ids["y"]: "both", ids["z"]: "open"}
    assert differing(frames, "direction") == 1
    found = valued(frames, "direction")
    assert set(found["statement_id"]) == {ids["y"], ids["z"]}
    assert set(found["expert_id"]) <= set(frames.experts["expert_id"])


def test_another_attribute_has_no_values() -> None:
    frames, _ids = _with([("x", "A", "both")])
    assert chosen_values(frames, "status").empty
    assert valued(frames, "status").empty
