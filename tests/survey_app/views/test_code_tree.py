"""Codes that come from the same people: joinings from experts in common, codes of few experts left out and counted."""

from dataclasses import replace

import pandas as pd
import pytest

from coding.counts import presence
from survey_app.views import code_tree as view

from .conftest import EXPECTED, demo_frames


def joins(rows):
    return rows[rows["step"] > 0].to_dict("records")


def test_two_codes_join_at_what_their_experts_do_not_share(frames):
    said = presence(frames)
    found = joins(view.prepare(frames, most=99))
    pairs = [join for join in found if len(join["one"]) == len(join["other"]) == 1]
    assert len(pairs) > 5
    for join in pairs:
        one, other = said[join["one"][0]], said[join["other"][0]]
        assert (join["both"], join["either"]) == ((one & other).sum(), (one | other).sum())
        assert join["distance"] == pytest.approx(1 - join["both"] / join["either"])


def test_groups_join_at_the_mean_of_their_pairs(english):
    said = presence(english)
    last = joins(view.prepare(english))[-1]
    apart = [
        1 - (said[one] & said[other]).sum() / (said[one] | said[other]).sum()
        for one in last["one"] for other in last["other"]
    ]  # fmt: skip
    assert last["distance"] == pytest.approx(sum(apart) / len(apart))
    assert len(last["one"]) + len(last["other"]) == view.MOST


def test_codes_of_one_expert_are_left_out_and_counted(english):
    rows = view.prepare(english, most=99)
    leaves = rows[rows["step"] == 0].set_index("code_id")
    few = [code for code, known in EXPECTED["expert_level"].items() if known["k"] < 2]
    assert sorted(leaves.index[~leaves["drawn"]]) == sorted(few)
    assert f"fewer than 2 experts name them: {len(few)} codes." in view.reading(rows)
    assert "other codes" not in view.reading(rows)
    assert len(joins(rows)) == leaves["drawn"].sum() - 1


def test_codes_beyond_the_most_named_are_counted_too(english):
    rows = view.prepare(english)
    drawn = rows[rows["drawn"]]
    assert len(drawn) == view.MOST
    assert rows.loc[(rows["step"] == 0) & ~rows["drawn"], "k"].max() <= drawn["k"].min()
    assert "Left out, since other codes are named by more: 16 codes." in view.reading(rows)


def test_lines_do_not_cross_and_every_code_has_its_mark(english):
    rows = view.prepare(english)
    lines, marks = view.figure(rows).data
    order = [code for code, _all in marks.customdata]
    assert sorted(order) == sorted(rows.loc[rows["drawn"], "code_id"])
    for join in joins(rows):
        places = sorted(order.index(code) for code in (*join["one"], *join["other"]))
        assert places == list(range(places[0], places[-1] + 1))
    assert max(x for x in lines.x if x is not None) == pytest.approx(joins(rows)[-1]["distance"])


def test_the_finding_names_the_first_two_and_the_last_one(english):
    assert view.finding(view.prepare(english)) == (
        "“Involvement of the population” and “Stuck at informing and servicing” come from the same people most: "
        "4 of 6 experts name both; “Tool for quality of life” shares fewest with any other"
    )


def test_english_and_russian_give_the_same_tree(demo_store):
    pd.testing.assert_frame_equal(*(view.prepare(demo_frames(demo_store, name)) for name in ("en", "ru")))


@pytest.mark.parametrize("dark", [False, True])
def test_without_codes_it_says_so(english, dark):
    nothing = view.prepare(replace(english, codings=english.codings.head(0)))
    assert view.figure(nothing, dark=dark).layout.annotations[0].text == "No code is named by enough experts."
    assert view.finding(nothing) == "No two codes are named by enough experts."
    assert view.table(nothing).empty
    alone = view.prepare(english, most=1)
    assert len(view.figure(alone).data[1].x) == 1
    assert view.table(alone).empty
