"""Scales of one point, of equal values, of none, and answers that are on no scale: a picture, and nothing miscounted."""

from dataclasses import replace

import numpy as np
import pytest

from coding.scale_points import scale_points
from coding.segments import ALL, by_groups
from survey_app.views import answers, consensus, ladder
from survey_app.views.answer_strips import strips

SCALES = {
    "none": [],
    "one point": [{"value": 3.0, "en": "so", "ru": "так"}],
    "equal values": [{"value": 3.0, "en": "so", "ru": "так"}] * 3,
    "from the top down": [{"value": float(value), "en": str(value), "ru": ""} for value in (5, 4, 3, 2, 1)],
    "of words": [{"value": "often", "en": "often", "ru": "часто"}, {"value": None, "en": "", "ru": ""}],
    "short": [{"value": 1.0, "en": "no", "ru": "нет"}, {"value": 2.0, "en": "yes", "ru": "да"}],
    "far away": [{"value": 70.0, "en": "a", "ru": "а"}, {"value": 90.0, "en": "b", "ru": "б"}],
}


def with_scale(frames, item_ids, scale):
    mine = frames.items["item_id"].isin(item_ids)
    scales = [scale if own else was for own, was in zip(mine, frames.items["scale"], strict=True)]
    return replace(frames, items=frames.items.assign(scale=scales))


def drawn(view, frames, item_id):
    rows = view.prepare(frames, by_groups(frames.groups), item_id)
    for shown in ({}, {"segment": "loc"}, {"line": rows["item_id"].iloc[0]}):
        assert view.figure(rows, **shown).layout.height > 0
        assert "nan" not in view.finding(rows, **shown)
        assert len(view.table(rows, **shown)) > 0
    return rows


def of_all(rows, line):
    return rows[(rows["item_id"] == line) & (rows["segment"] == ALL)]


@pytest.mark.parametrize("view", [answers, consensus], ids=["answers", "consensus"])
@pytest.mark.parametrize("name", SCALES)
def test_any_scale_gives_a_picture(english, view, name):
    for item_ids in (["t2.c1.skills"], ["t3.c1"], ["t1.c1.ext", "t1.c1.int"], ["years"]):
        frames = with_scale(english, item_ids, SCALES[name])
        question = {"t2.c1.skills": "t2.c1", "t1.c1.ext": "t1.c1"}.get(item_ids[0], item_ids[0])
        drawn(view, frames, question)


def test_a_number_off_the_scale_is_counted_aside(english):
    mine = (english.answers["item_id"] == "t2.c1.skills") & (english.answers["expert_id"] == "L1")
    frames = replace(english, answers=english.answers.assign(value=english.answers["value"].mask(mine, 7.0)))
    strip = next(one for one in strips(drawn(answers, frames, "t2.c1")) if one.item_id == "t2.c1.skills")
    assert (strip.answered, strip.off_scale, strip.unfit) == (18, 1, 0)
    assert [row["value"] for row in strip.answers] == [1, 2, 3, 4, 5]
    table = answers.table(drawn(answers, frames, "t2.c1"))
    assert table.loc[("t2.c1.skills", ALL), "off the scale"] == 1
    row = of_all(drawn(consensus, frames, "t2.c1"), "t2.c1.skills").iloc[0]
    assert (row["answered"], row["unfit"]) == (18, 1)


def test_a_line_of_another_type_counts_its_points_alone(english):
    mine = english.items["item_id"] == "t2.c1.skills"
    scales = with_scale(english, ["t2.c1.skills"], SCALES["short"]).items
    frames = replace(english, items=scales.assign(type=scales["type"].mask(mine, "single")))
    row = of_all(drawn(consensus, frames, "t2.c1"), "t2.c1.skills").iloc[0]
    given = english.answers[english.answers["item_id"] == "t2.c1.skills"]["value"].dropna()
    assert row["answered"] == given.isin([1, 2]).sum()
    assert row["unfit"] == (~given.isin([1, 2])).sum()


def test_lines_on_different_scales_keep_each_its_middle(english):
    frames = with_scale(english, ["t2.c1.skills"], SCALES["short"])
    strip = next(one for one in strips(drawn(answers, frames, "t2.c1")) if one.item_id == "t2.c1.skills")
    assert strip.upper == strip.chose(2)
    assert strip.off_scale == 20 - strip.answered - strip.cannot_say - strip.missing - strip.unfit


@pytest.mark.parametrize("name", SCALES)
def test_a_ladder_is_drawn_or_not_offered(english, name):
    frames = with_scale(english, ["t3.c1", "t3.c2"], SCALES[name])
    pairs = ladder.candidates(frames)
    assert ("t3.c1" in pairs) == (name not in {"none", "of words"})
    rows = ladder.prepare(frames, by_groups(frames.groups), "t3.c1", "t3.c2")
    figure = ladder.figure(rows)
    assert figure.layout.height > 0
    if rows["both"].any():
        low, high = figure.layout.xaxis.range
        assert low < high
        assert low <= np.nanmin(rows["first_mean"]) <= high
    assert "nan" not in ladder.finding(rows)


def test_points_are_different_numbers_in_order():
    assert [point["value"] for point in scale_points(SCALES["from the top down"])] == [1, 2, 3, 4, 5]
    assert scale_points(SCALES["equal values"]) == SCALES["one point"]
    assert scale_points(SCALES["of words"]) == []
    assert scale_points(None) == scale_points([7, {}, {"value": float("nan")}]) == []
