"""What was made of tables is made once, and never given for others."""

from dataclasses import replace

import pandas as pd
import pytest
from pandera.errors import SchemaError

from coding.counts import mentions
from coding.remembered import Remembered
from tests.coding.demo_study import demo


def test_the_same_tables_are_asked_once_and_others_anew():
    made: list[int] = []
    kept = Remembered(2)
    one, other = pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]})

    def make():
        made.append(1)
        return pd.DataFrame({"n": [len(made)]})

    assert kept.get([one], "x", make) is kept.get([one], "x", make)
    assert kept.get([one], "y", make)["n"][0] == 2
    assert kept.get([other], "x", make)["n"][0] == 3
    assert kept.get([one], "x", make)["n"][0] == 4, "only the newest two have room"


def test_a_table_that_is_gone_is_not_mistaken_for_one_in_its_place():
    kept = Remembered(50)
    for number in range(200):
        table = pd.DataFrame({"a": [number]})
        assert kept.get([table], "", lambda table=table: table * 1)["a"][0] == number
        del table


def test_mentions_of_one_study_are_not_those_of_a_changed_one():
    frames = demo()
    before = mentions(frames)
    assert mentions(frames).equals(before)
    fewer = replace(frames, codings=frames.codings.head(10))
    assert len(mentions(fewer)) < len(before)
    assert len(mentions(frames, layer="coder", coder_id="C")) < len(before)


def test_writing_into_what_came_back_changes_nothing_else():
    frames = demo()
    found = mentions(frames)
    found["code_id"] = "gone"
    assert "gone" not in set(mentions(frames)["code_id"])


def test_experts_who_are_parted_anew_are_not_read_again_and_are_in_their_new_groups():
    frames = demo()
    before = mentions(frames)
    other = replace(frames, experts=frames.experts.assign(group_id="one"))
    assert other.statements is frames.statements
    after = mentions(other)
    assert set(after["group_id"]) == {"one"}
    assert after.drop(columns="group_id").equals(before.drop(columns="group_id"))
    fewer = replace(frames, experts=frames.experts.head(3))
    assert set(mentions(fewer)["expert_id"]) <= set(fewer.experts["expert_id"])


def test_a_table_is_held_to_the_contract_of_its_own_place():
    frames = demo()
    with pytest.raises(SchemaError):
        replace(frames, codings=frames.groups)
    with pytest.raises(SchemaError):
        replace(frames, experts=frames.experts.drop(columns="group_id"))
