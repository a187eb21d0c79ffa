"""Codes in the order of speaking (D10), the rule of Guest, Namey and Chen, and what other orders would have given."""

from dataclasses import replace
from itertools import permutations
from math import comb

import numpy as np
import pytest
from demo_study import EXPECTED, demo

from coding import saturation

LANGUAGES = ["en", "ru"]


def after_each(new):
    return np.cumsum(new).tolist()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_is_saturated_as_it_is_known_to_be(language):
    rows = saturation.spoken(demo(language)).new_codes()
    known = EXPECTED["saturation"]
    assert rows["expert_id"].tolist() == [row["expert"] for row in known]
    assert rows["new"].tolist() == [row["new"] for row in known]
    assert rows["cumulative"].tolist()[:12] == [10, 19, 28, 30, 32, 35, 36, 38, 39, 40, 40, 41]
    assert set(rows["cumulative"][12:]) == {41}
    assert [len(codes) for codes in rows["code_ids"]] == rows["new"].tolist()
    assert len({code for codes in rows["code_ids"] for code in codes}) == 41


def test_after_the_sessions():
    rows = saturation.after_sources(demo())
    assert dict(zip(rows["source_id"], rows["cumulative"], strict=True)) == EXPECTED["saturation_by_session"]


def test_what_has_no_codings_yet_is_not_taken_for_silence():
    """Coder C has coded in the first session alone: the twelve experts of the others would look like saturation."""
    rows = saturation.spoken(demo(), layer="coder", coder_id="C").new_codes()
    assert set(rows["source_id"]) == {"S-A"}
    assert saturation.after_sources(demo(), layer="coder", coder_id="C")["source_id"].tolist() == ["S-A"]


def test_an_expert_of_two_sessions_counts_once_and_in_the_first():
    frames = demo()
    moved = frames.statements["expert_id"].replace("U2", "L1")
    rows = saturation.spoken(replace(frames, statements=frames.statements.assign(expert_id=moved))).new_codes()
    assert len(rows) == 19
    assert rows["expert_id"][0] == "L1"
    assert rows["new"].sum() == 41


def test_nobody_but_experts_speaks():
    frames = demo()
    roles = frames.statements["role"].mask(frames.statements["expert_id"] == "L1", "moderator")
    rows = saturation.spoken(replace(frames, statements=frames.statements.assign(role=roles))).new_codes()
    assert "L1" not in set(rows["expert_id"])


def test_some_experts_alone_keep_their_order():
    found = saturation.spoken(demo()).of(["C2", "L1", "nobody"])
    assert found.expert_ids == ("L1", "C2")
    assert found.new_codes()["new"].tolist()[0] == 10
    assert saturation.spoken(demo()).of([]).new_codes().empty


# ------------------------------------------------------------------ Guest, Namey and Chen 2020


def test_the_published_example():
    """37 codes in the base; experts 7 and 8 add one: 1 of 37 is 3 %, reported as 6+2, and with runs of three as 7+3.

    The paper's base, ratio and both results; the single counts are chosen so as to give them.
    """
    new = [14, 10, 8, 5, 5, 2, 1, 0, 1, 0]
    two, three = saturation.judged(new), saturation.judged(new, run=3)
    assert (two.reached, two.run, two.base_codes, two.new) == (6, 2, 37, 1)
    assert round(two.ratio, 2) == 0.03
    assert (three.reached, three.run) == (7, 3)


def test_runs_overlap():
    found = saturation.judged([4, 3, 2, 1, 1, 0, 0, 0])
    assert (found.reached, found.run, found.new) == (5, 2, 0)


def test_what_goes_on_is_not_saturated():
    found = saturation.judged([4] * 8)
    assert (found.reached, found.reason) == (None, None)
    assert found.ratio == 0.5


def test_exactly_the_threshold_is_enough():
    assert saturation.judged([5, 5, 5, 5, 1, 0]).reached == 4
    assert saturation.judged([5, 5, 5, 4, 1, 0]).reached is None


@pytest.mark.parametrize(("experts", "run"), [(0, 2), (2, 2), (3, 2), (4, 2), (5, 2), (6, 3)])
def test_of_too_few_it_is_not_judged(experts, run):
    found = saturation.judged([3] + [0] * (experts - 1) if experts else [], run=run)
    assert found.reached is None
    assert f"it takes {4 + run}" in str(found.reason)
    assert found.ratio is None


def test_without_codes_in_the_base_it_is_not_judged():
    assert "no codes" in str(saturation.judged([0, 0, 0, 0, 1, 0]).reason)


def test_the_demo_by_both_runs():
    new = [row["new"] for row in EXPECTED["saturation"]]
    assert (saturation.judged(new).reached, saturation.judged(new, run=3).reached) == (9, 10)
    assert saturation.judged(new).base_codes == 30


# ------------------------------------------------------------------ other orders


def demo_presence():
    return saturation.spoken(demo()).said


def test_presence_has_the_codes_of_the_demo():
    said = demo_presence()
    assert (len(said), said.any(axis=0).sum()) == (20, 41)
    assert said.sum() == sum(known["k"] for known in EXPECTED["expert_level"].values())


def test_all_orders_of_a_few_experts_have_the_exact_mean():
    said = np.array([[1, 0, 0, 1], [1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 0]], dtype=bool)
    curves = [np.logical_or.accumulate(said[list(order)], axis=0).sum(axis=1) for order in permutations(range(4))]
    assert saturation.expected_codes(said.sum(axis=0), 4) == pytest.approx(np.mean(curves, axis=0))


def test_the_exact_mean_is_the_hypergeometric_sum():
    mentioned = [1, 3, 10, 20]
    by_hand = [sum(1 - comb(20 - k, m) / comb(20, m) for k in mentioned) for m in range(1, 21)]
    assert saturation.expected_codes(mentioned, 20) == pytest.approx(by_hand)


def test_the_band_lies_around_the_exact_mean():
    said = demo_presence()
    band = saturation.other_orders(said)
    assert band["mean"].to_numpy() == pytest.approx(band["expected"].to_numpy(), abs=0.25)
    assert (band["low"] <= band["median"]).all()
    assert (band["median"] <= band["high"]).all()
    assert band.iloc[-1][["low", "median", "high"]].tolist() == [41, 41, 41]
    assert band["expected"].iloc[0] == pytest.approx(said.sum() / 20)


def test_the_band_is_the_same_each_time_and_forgets_the_order():
    said = demo_presence()
    assert saturation.other_orders(said).equals(saturation.other_orders(said))
    turned = saturation.other_orders(said[::-1], seed=0)
    assert turned["expected"].to_numpy() == pytest.approx(saturation.other_orders(said)["expected"].to_numpy())


def test_without_experts_there_is_no_band():
    assert saturation.other_orders(np.zeros((0, 0), dtype=bool)).empty
    nothing = saturation.other_orders(np.zeros((3, 0), dtype=bool))
    assert nothing.to_numpy().tolist() == [[0.0] * 5] * 3
