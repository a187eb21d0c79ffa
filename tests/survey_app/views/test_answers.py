"""Closed questions: the demo's known answers, "cannot say" apart from the scale, missing answers said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from coding.segments import ALL, by_groups
from survey_app.views import answers as view
from survey_app.views.answer_strips import strips

from .conftest import EXPECTED, GROUPS


def prepared(frames, item_id):
    return view.prepare(frames, by_groups(frames.groups), item_id)


def by_segment(frames, item_id, line=""):
    return {strip.segment: strip for strip in strips(prepared(frames, item_id), line=line or item_id)}


def marks(figure):
    return [tuple(mark) for trace in figure.data if trace.customdata is not None for mark in trace.customdata]


def question_of(item_id):
    return item_id if item_id.count(".") < 2 else item_id.rpartition(".")[0]


def test_every_item_has_the_known_median_and_mean_in_every_group(frames):
    for item_id, known in EXPECTED["questionnaire_all_items"].items():
        found = by_segment(frames, question_of(item_id), item_id)
        for segment, numbers in {ALL: known["all"], **known["by_group"]}.items():
            spread = found[segment].spread
            assert spread.answered == numbers["n"], (item_id, segment)
            assert spread.mean == pytest.approx(numbers["mean"], abs=5e-5)
            assert spread.median == numbers["median"]
        assert found[ALL].cannot_say + found[ALL].missing == known["missing"]


def test_the_skills_shortage_is_severest_where_local_authorities_speak(frames):
    found = by_segment(frames, "t2.c1", "t2.c1.skills")
    assert found["loc"].spread.mean == 5.0
    assert found["bus"].spread.mean == 2.0
    assert found[ALL].spread.mean == pytest.approx(3.4737, abs=5e-5)
    assert (found[ALL].answered, found[ALL].n) == (19, 20)


def test_the_ladder_rises_by_one_step_in_three_years(frames):
    today, later = (by_segment(frames, item_id)[ALL].spread.mean for item_id in ("t3.c1", "t3.c2"))
    assert (today, later) == pytest.approx(
        (EXPECTED["ladder"]["today_mean"], EXPECTED["ladder"]["in_three_years_mean"])
    )


def test_federal_and_local_authorities_differ_on_targets(frames):
    found = by_segment(frames, "z.c1", "z.c1.share70")
    assert (found["fed"].spread.mean, found["loc"].spread.mean) == (87.5, 40.0)
    assert found[ALL].cannot_say == 1


def test_places_of_the_principles_are_known(frames):
    rows = strips(prepared(frames, "t1.c2"))
    for strip in rows:
        known = EXPECTED["principles_rank"][strip.item_id.rpartition(".")[2]]
        places = [strip.chose(place) for place in (1, 2, 3)]
        assert places[0] == known["first"]
        assert sum(places) == known["chosen_by"]
        assert np.dot(places, [3, 2, 1]) == known["points_3_2_1"]
        assert strip.answered == 20
    assert rows[0].item_id == "t1.c2.life"


def test_what_helped_most_is_known(frames):
    found = {strip.item_id.rpartition(".")[2]: strip.chose(1) for strip in strips(prepared(frames, "t2.c2"))}
    assert found == EXPECTED["helped_most"]


def test_cannot_say_and_no_answer_are_told_apart(english):
    found = by_segment(english, "t2.c1", "t2.c1.skills")
    assert (found["civ"].cannot_say, found["civ"].missing, found["civ"].answered) == (1, 0, 2)
    found = by_segment(english, "t2.c1", "t2.c1.rights")
    assert (found["bus"].cannot_say, found["bus"].missing, found["bus"].answered) == (0, 1, 1)


def test_cannot_say_is_no_point_of_the_scale(english):
    rows = prepared(english, "t2.c1")
    figure = view.figure(rows)
    on_the_scale = [trace.name for trace in figure.data if trace.xaxis != "x2"]
    assert on_the_scale == ["does not hinder", "hinders slightly", "hinders", "hinders strongly", "blocks"]
    aside = [trace for trace in figure.data if trace.xaxis == "x2"]
    assert [sum(int(text) for text in trace.text if text != "–") for trace in aside] == [1, 1]


def test_the_middle_of_the_scale_lies_on_zero(english):
    figure = view.figure(prepared(english, "t3.c1"))
    middle = next(trace for trace in figure.data if trace.name == "consulting")
    assert [base + length / 2 for base, length in zip(middle.base, middle.x, strict=True)] == pytest.approx([0] * 9)


def test_lines_are_compared_for_one_segment_and_segments_for_one_line(english):
    rows = prepared(english, "t2.c1")
    assert {segment for _item, segment in marks(view.figure(rows, segment="loc"))} == {"loc"}
    assert {segment for _item, segment in marks(view.figure(rows, line="t2.c1.skills"))} == {ALL, *GROUPS}
    assert len(view.table(rows, segment="loc")) == 9
    assert len(view.table(rows, line="t2.c1.skills")) == 9
    assert view.finding(rows, segment="loc").startswith("Local authorities. ")
    assert view.finding(rows, line="t2.c1.skills") == (
        "insufficient qualification of officials. Answered most: “hinders strongly” (6 of 19 experts)"
    )


def test_the_strongest_line_comes_first(english):
    table = view.table(prepared(english, "t2.c1"))
    assert table.index[0] == ("t2.c1.skills", ALL)
    assert view.finding(prepared(english, "t2.c1")) == (
        "Highest: “insufficient qualification of officials” (10 of 19 above the middle of the scale)"
    )


def test_numbers_are_dots_with_a_median(english):
    figure = view.figure(prepared(english, "z.c1"))
    medians = [trace.x[0] for trace in figure.data if trace.type == "scatter" and trace.marker.symbol == "line-ns"]
    assert medians == [70, 60, 50, 47.5]
    assert view.finding(prepared(english, "years")) == "Median 11.5, from 2 to 30 (20 of 20 experts)"


def test_a_single_choice_is_shown_for_one_segment(english):
    rows = prepared(english, "territory")
    counts = view.table(rows)["Experts"].tolist()
    assert sum(int(text.split()[0]) for text in counts) == 20
    assert len(view.table(rows, segment="loc")) == len(counts)
    assert {segment for _item, segment in marks(view.figure(rows, segment="loc"))} == {"loc"}


def test_an_answer_in_words_stands_under_its_words(english):
    answers = english.answers[english.answers.item_id != "territory"]
    said = pd.DataFrame(
        [{"expert_id": name, "item_id": "territory", "value": np.nan, "text": text, "cannot_say": False}
         for name, text in {"L1": "on the road", "L2": "on the road", "F1": "<b>home</b>"}.items()]
    )  # fmt: skip
    rows = prepared(replace(english, answers=pd.concat([answers, said])), "territory")
    found = dict(zip(view.table(rows)["Answer"], view.table(rows)["Experts"], strict=True))
    assert (found["on the road"], found["<b>home</b>"], found["no answer"]) == ("2 of 20", "1 of 20", "17 of 20")
    assert "&lt;b&gt;home&lt;/b&gt;" in view.figure(rows).layout.yaxis.ticktext


def test_only_questions_that_somebody_answered_are_listed(english):
    assert [question.item_id for question in view.questions(english)] == [
        "years", "territory", "t1.c1", "t1.c2", "t2.c1", "t2.c2", "t3.c1", "t3.c2", "t3.c3", "z.c1",
    ]  # fmt: skip
    assert view.questions(replace(english, answers=english.answers.head(0))) == []
    fewer = english.answers[english.answers.item_id != "t3.c1"]
    assert "t3.c1" not in [question.item_id for question in view.questions(replace(english, answers=fewer))]


def test_an_expert_who_is_not_on_the_roster_is_not_counted(english):
    fewer = replace(english, experts=english.experts[english.experts.group_id == "loc"])
    assert by_segment(fewer, "t2.c1", "t2.c1.skills")[ALL].n == 3


def test_who_answered_what_is_told_expert_by_expert(english):
    found = view.given(english, "t2.c1.skills").set_index("Expert")["Answer"]
    assert (found["L1"], found["C2"]) == ("blocks", "cannot say")
    assert view.given(english, "t2.c1.rights").set_index("Expert")["Answer"]["B2"] == "no answer"
    assert set(view.given(english, "t2.c1.skills", ["loc"])["Expert"]) == {"L1", "L2", "L3"}
    assert view.given(english, "z.c1.share70", ["fed"])["Answer"].tolist() == ["90", "85"]


def test_every_kind_of_question_can_be_drawn_where_nobody_could_answer(english):
    silent = english.answers.assign(cannot_say=True, value=np.nan, text="")
    for item_id in ("t1.c1", "t1.c2", "t2.c2", "z.c1", "t3.c1", "territory"):
        rows = prepared(replace(english, answers=silent), item_id)
        assert view.figure(rows).layout.height > 0
        assert view.finding(rows) == "Nobody has answered this question."
        assert len(view.table(rows)) > 0


@pytest.mark.parametrize("item_id", ["t2.c1", "t1.c2", "z.c1", "t2.c2", "territory"])
def test_what_could_not_be_read_is_no_answer_and_nothing_else_either(english, item_id):
    before = prepared(english, item_id)
    lines = set(before["item_id"])
    mine = english.answers["item_id"].isin(lines) & (english.answers["expert_id"] == "L1")
    spoilt = english.answers.assign(
        value=english.answers["value"].mask(mine), text=english.answers["text"].mask(mine, ""),
        raw=np.where(mine, "12 окт", ""), unfit=mine,
    )  # fmt: skip
    rows = prepared(replace(english, answers=spoilt), item_id)
    for line in lines & set(english.answers["item_id"][mine]):
        one, other = (found[(found["item_id"] == line) & (found["segment"] == ALL)] for found in (before, rows))
        counts = other.groupby("state")["k"].sum()
        assert counts["unfit"] == 1
        assert other["answered"].iloc[0] == one["answered"].iloc[0] - 1
        assert counts["missing"] == one.groupby("state")["k"].sum()["missing"]
    assert view.figure(rows).layout.height > 0
    if item_id != "t2.c2":
        assert "could not be read" in {*view.table(rows).columns, *map(str, view.table(rows).iloc[:, 0])}
        line = next(iter(lines & set(english.answers["item_id"][mine])))
        told = view.given(replace(english, answers=spoilt), line)
        assert told.set_index("Expert").loc["L1", "Answer"] == "could not be read: “12 окт”"


def test_every_line_of_a_ranking_has_every_place_also_one_that_nobody_placed(frames):
    given = frames.answers[frames.answers["item_id"] != "t1.c2.window"]
    rows = prepared(replace(frames, answers=given), "t1.c2")
    assert view.table(rows).shape == view.table(prepared(frames, "t1.c2")).shape
    unplaced = rows[(rows["item_id"] == "t1.c2.window") & (rows["state"] == "answer") & (rows["segment"] == ALL)]
    assert unplaced["value"].tolist() == [1, 2, 3]
    assert unplaced["k"].sum() == 0
