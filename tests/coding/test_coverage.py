"""Whose words a layer of codings covers."""

from dataclasses import replace

from coding.coverage import without_codings
from tests.coding.demo_study import demo, table


def test_whoever_spoke_only_where_nothing_is_coded_is_named():
    frames = demo()
    assert without_codings(frames) == []
    missing = without_codings(frames, layer="coder", coder_id="C")
    sessions = {row["expert_id"]: row["session"] for row in table("experts.csv")}
    assert missing == [key for key in frames.experts["expert_id"] if sessions[key] != "S-A"]


def test_experts_who_never_spoke_are_not_among_them():
    frames = demo()
    silent = frames.statements[frames.statements["expert_id"] != "L1"]
    assert "L1" not in without_codings(replace(frames, statements=silent), layer="coder", coder_id="C")
