"""Talk beside form in charts: the demo's known answers (D17 to D19), and nobody's name where readers look."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from coding.codebook import Indicator
from coding.segments import ALL, by_groups
from survey_app import language
from survey_app.views import chosen_and_said, ladder, priorities, said_and_rated, talk_and_form, targets

from .conftest import EXPECTED, GROUPS

INDICATORS = {
    key: Indicator(100, "=", "percent", 2024) for key in ("targ.share70", "targ.all", "targ.docflow", "targ.services25")
}


def segments(frames):
    return by_groups(frames.groups)


def marks(figure):
    return [tuple(mark) for trace in figure.data if trace.customdata is not None for mark in trace.customdata]


def names_in(thing, frames):
    """Experts whose key stands anywhere in what was made."""
    return [name for name in frames.experts["expert_id"] if f'"{name}"' in thing or f" {name} " in thing]


def test_talk_and_form_are_the_known_ones(frames):
    rows = talk_and_form.prepare(frames, segments(frames))
    everyone = rows[rows["segment"] == ALL].set_index("code_id")
    for code_id, known in EXPECTED["talk_vs_form"].items():
        row = everyone.loc[code_id]
        assert (row["item_id"], row["rated"]) == (known["item"], known["n"])
        assert row["rho"] == pytest.approx(known["spearman_rating_vs_mention"], abs=5e-5)
        assert row["mean_mentioned"] == pytest.approx(known["mean_if_mentioned"], abs=5e-5)
        assert row["mean_silent"] == pytest.approx(known["mean_if_not"], abs=5e-5)
        assert list(row["says_low_ids"]) == known["says_but_rates_low(<=2)"]
        assert list(row["silent_high_ids"]) == known["rates_high(>=4)_but_silent"]
        assert row["low"] < row["rho"] < row["high"]


def test_a_matter_that_nobody_mentions_says_so(english):
    rows = talk_and_form.prepare(english, segments(english))
    table = talk_and_form.table(rows)
    assert table.loc[("z.c1.docflow", ALL), "Remark"] == "Not computable: Nobody who rated speaks of it."
    assert table.loc[("z.c1.docflow", ALL), "Spearman's rho"] == "–"
    assert "nan" not in table.to_string().lower()
    assert table.loc[("t2.c1.skills", ALL), "says it, rates it low"] == "S1"
    assert "On 2 matters nothing can be computed" in talk_and_form.finding(rows)


def test_a_small_segment_has_no_correlation(english):
    rows = talk_and_form.prepare(english, segments(english))
    here = rows[rows["segment"] == "loc"]
    assert here["rho"].isna().all()
    assert talk_and_form.finding(rows, segment="loc") == (
        "Local authorities. Talk and form cannot be compared on any matter."
    )
    assert not marks(talk_and_form.figure(rows, segment="loc")) or talk_and_form.figure(rows, segment="loc").data


def test_readers_see_how_many_and_never_who(english):
    rows = talk_and_form.prepare(english, segments(english), experts=False)
    everyone = rows[rows["segment"] == ALL].set_index("code_id")
    assert everyone.loc["prob.funding", "silent_high"] == 3
    assert set(rows["says_low_ids"]) == set(rows["silent_high_ids"]) == {()}
    for mean, count in (("mean_mentioned", rows["mentioned"]), ("mean_silent", rows["n"] - rows["mentioned"])):
        assert rows[mean][count < 3].isna().all()
        assert rows[mean][count == rows["n"]].notna().any()
    one = said_and_rated.prepare(english, "t2.c1.skills", experts=False)
    assert set(one["expert_id"]) == {""}
    assert one["k"].sum() == 20
    for made in (talk_and_form.figure(rows), said_and_rated.figure(one)):
        assert names_in(made.to_json(), english) == []
    for table in (talk_and_form.table(rows), said_and_rated.table(one)):
        assert names_in(table.to_string(), english) == []
    assert said_and_rated.finding(one) == (
        "insufficient qualification of officials. Say it and rate it low: 1 expert; silent, but rate it high: 1 expert"
    )


def test_every_expert_stands_where_they_are(english):
    rows = said_and_rated.prepare(english, "t2.c1.skills")
    figure = said_and_rated.figure(rows)
    assert sorted(name for _item, name in marks(figure)) == sorted(english.experts["expert_id"])
    place = {name: (x, y) for trace in figure.data for name, x, y in zip(trace.text, trace.x, trace.y, strict=True)}
    assert place["S1"][1] > 0 > place["R3"][1]
    assert place["S1"][0] < place["R3"][0] < place["C2"][0]
    assert "cannot say" in [text.replace("<br>", " ") for text in figure.layout.xaxis.ticktext]
    assert said_and_rated.finding(rows) == (
        "insufficient qualification of officials. Say it and rate it low: S1; silent, but rate it high: R3"
    )
    table = said_and_rated.table(rows).set_index("Expert")
    assert table.loc["C2", "Answer"] == "cannot say"
    assert table.loc["R3", "Remark"] == "silent, rates it high"


def test_numbers_without_a_scale_are_drawn_in_steps(english):
    rows = said_and_rated.prepare(english, "z.c1.share70")
    assert set(rows["corner"]) == {""}
    assert len(said_and_rated.figure(rows).layout.xaxis.ticktext) == 6
    assert len(said_and_rated.table(rows)) == 20


def test_a_crowd_is_a_number(english):
    crowd = pd.concat([english.experts.assign(expert_id=[f"{name}{n}" for name in english.experts["expert_id"]])
                       for n in range(5)])  # fmt: skip
    answers = pd.concat([english.answers.assign(expert_id=english.answers["expert_id"] + str(n)) for n in range(5)])
    rows = said_and_rated.prepare(replace(english, experts=crowd, answers=answers), "t2.c1.skills")
    shown = [text for trace in said_and_rated.figure(rows).data for text in trace.text]
    assert "30" in shown


def test_priorities_lie_by_median_and_mentions(frames):
    rows = priorities.prepare(frames, segments(frames), "t2.c1")
    everyone = rows[rows["segment"] == ALL].set_index("code_id")
    for code_id in everyone.index:
        known = EXPECTED["expert_level"][code_id]
        assert (everyone.loc[code_id, "k"], everyone.loc[code_id, "n"]) == (known["k"], known["n"])
        assert everyone.loc[code_id, "groups"] == sum(not each.startswith("0/") for each in known["by_group"].values())
    assert everyone.loc["prob.skills", "median"] == EXPECTED["questionnaire"]["t2.c1.skills"]["all"]["median"]
    figure = priorities.figure(rows)
    assert sorted(shape.x0 for shape in figure.layout.shapes) == [0, 6]


@pytest.mark.parametrize("speakers", [0, 1, 5, 11, 40])
def test_an_axis_of_experts_begins_with_nobody(english, speakers):
    rows = priorities.prepare(english, segments(english), "t2.c1")
    axis = priorities.figure(rows.assign(n=50, k=speakers)).layout.xaxis
    assert axis.dtick == (1 if speakers < 12 else None)
    assert -(axis.dtick or (axis.range[1] - axis.range[0]) / 10) < axis.range[0] < 0
    assert axis.range[1] > speakers


def test_the_question_about_problems_comes_first(english):
    assert next(iter(priorities.questions(english))) == "t2.c1"
    assert priorities.finding(priorities.prepare(english, segments(english), "t2.c1")) == (
        "Rated high and spoken of by many, above all: “insufficient qualification of officials” "
        "(median 4; 10 of 20 experts)"
    )


def test_the_board_of_targets_is_the_known_one(frames):
    rows = targets.prepare(frames, segments(frames), INDICATORS).set_index(["code_id", "segment"])
    assert (rows.loc[("targ.share70", "fed"), "mean"], rows.loc[("targ.share70", "loc"), "mean"]) == (87.5, 40.0)
    assert rows.loc[("targ.share70", ALL), "answered"] == 19
    assert rows.loc[("targ.share70", ALL), "cannot_say"] == 1
    assert (rows.loc[("targ.docflow", "corp"), "mean"], rows.loc[("targ.docflow", "loc"), "mean"]) == (87.5, 30.0)
    for code_id, known in EXPECTED["documents_vs_panel"]["panel_experts_mention"].items():
        assert (rows.loc[(code_id, ALL), "k"], rows.loc[(code_id, ALL), "n"]) == (known, 20)


def test_a_target_says_what_is_declared_and_whether_documents_are_coded(english):
    declared = {key: Indicator(70, ">", "percent", 2024) for key in ("targ.share70", "targ.docflow")}
    table = targets.table(targets.prepare(english, segments(english), declared))
    assert table.loc[("targ.share70", ALL), "declared"] == "> 70 % in 2024"
    for code_id in declared:
        known = EXPECTED["documents_vs_panel"]["documents_mention"][code_id]
        assert table.loc[(code_id, ALL), "in documents"] == f"{known} of 2"
    spoken = english.statements.loc[english.statements["source_kind"] == "session", "source_id"]
    codings = english.codings[english.codings["source_id"].isin(spoken)]
    rows = targets.prepare(replace(english, codings=codings), segments(english), declared)
    assert targets.table(rows).loc[("targ.share70", ALL), "in documents"] == "not coded"


def test_without_targets_the_board_says_so(english):
    rows = targets.prepare(english, segments(english), {})
    assert [note.text for note in targets.figure(rows).layout.annotations] == ["No code has a declared figure."]


def test_a_target_that_no_question_judges_stands_on_the_board(english):
    items = english.items.assign(code_id=english.items["code_id"].replace("targ.all", ""))
    rows = targets.prepare(replace(english, items=items), segments(english), INDICATORS)
    table = targets.table(rows)
    assert (table.loc[("targ.all", ALL), "mean"], table.loc[("targ.all", ALL), "cannot say"]) == ("–", "–")
    assert table.loc[("targ.all", ALL), "speak of it"] == "1 of 20"
    assert len(targets.figure(rows).layout.yaxis.ticktext) == 4


def test_the_ladder_is_the_known_one(frames):
    assert ladder.candidates(frames) == {"t3.c1": ("t3.c2",)}
    rows = ladder.prepare(frames, segments(frames), "t3.c1", "t3.c2").set_index("segment")
    known = EXPECTED["ladder"]
    assert rows.loc[ALL, "first_mean"] == pytest.approx(known["today_mean"])
    assert rows.loc[ALL, "second_mean"] == pytest.approx(known["in_three_years_mean"])
    assert rows.loc[ALL, ["up", "same", "down"]].tolist() == [19, 1, 0]
    assert rows["up"].drop(ALL).sum() == 19


def test_the_ladder_names_nobody_but_where_asked(english):
    rows = ladder.prepare(english, segments(english), "t3.c1", "t3.c2")
    assert names_in(ladder.figure(rows).to_json(), english) == []
    assert ladder.finding(rows) == "From 2.1 to 3.15 on average: of 20 experts, 19 step up, 1 stay, 0 step down"
    stepped = ladder.stepped(english, "t3.c1", "t3.c2").set_index("expert_id")
    assert stepped.loc["F1", ["before", "after"]].tolist() == [3.0, 4.0]
    assert {segment for _item, segment in marks(ladder.figure(rows))} == {ALL, *GROUPS}


def test_principles_are_ranked_beside_what_is_said(frames):
    assert list(chosen_and_said.questions(frames)) == ["t1.c2", "t2.c2"]
    rows = chosen_and_said.prepare(frames, segments(frames), "t1.c2")
    everyone = rows[rows["segment"] == ALL].set_index("code_id")
    for principle, known in EXPECTED["principles_rank"].items():
        row = everyone.loc[f"prin.{principle}"]
        assert (row["chosen"], row["first"], row["points"]) == (
            known["chosen_by"], known["first"], known["points_3_2_1"],
        )  # fmt: skip
        assert row["said"] == EXPECTED["expert_level"][f"prin.{principle}"]["k"]
    assert everyone["mean_rank"].sum() == pytest.approx(21)


def test_what_helped_is_chosen_beside_what_is_said(frames):
    rows = chosen_and_said.prepare(frames, segments(frames), "t2.c2")
    everyone = rows[rows["segment"] == ALL].set_index("item_id")
    known = {f"t2.c2.{name}": count for name, count in EXPECTED["helped_most"].items() if name != "other"}
    assert everyone["chosen"].to_dict() == known
    assert set(everyone["answered"]) == {20}


@pytest.mark.parametrize("dark", [False, True])
def test_all_are_drawn_where_nobody_could_answer(english, dark):
    silent = replace(english, answers=english.answers.assign(cannot_say=True, value=np.nan, text=""))
    assert talk_and_form.prepare(silent, segments(silent)).empty
    for question in ("t1.c2", "t2.c2"):
        rows = chosen_and_said.prepare(silent, segments(silent), question)
        assert chosen_and_said.figure(rows, dark=dark).layout.height > 0
        assert "Nobody has answered" in chosen_and_said.finding(rows)
        assert "nan" not in chosen_and_said.table(rows).to_string().lower()
    rows = targets.prepare(silent, segments(silent), INDICATORS)
    assert targets.figure(rows, dark=dark).layout.height > 0
    assert "nan" not in targets.table(rows).to_string().lower()
    rows = ladder.prepare(silent, segments(silent), "t3.c1", "t3.c2")
    assert ladder.finding(rows) == "Nobody has given both answers."
    assert ladder.figure(rows, dark=dark).layout.annotations[0].text == "Nobody has given both answers."


def test_english_and_russian_give_the_same_numbers(demo_store):
    from .conftest import demo_frames

    english, russian = (demo_frames(demo_store, name) for name in ("en", "ru"))
    for make in (
        lambda frames: priorities.prepare(frames, segments(frames), "t2.c1"),
        lambda frames: chosen_and_said.prepare(frames, segments(frames), "t1.c2"),
        lambda frames: targets.prepare(frames, segments(frames), INDICATORS),
    ):
        pd.testing.assert_frame_equal(make(english), make(russian))


def test_words_of_people_are_never_markup(english):
    items = english.items.copy()
    items.loc[items["item_id"] == "t2.c1.skills", ["label_en", "label_ru"]] = "<a href='x'>Skills</a>"
    frames = replace(english, items=items)
    for figure in (
        talk_and_form.figure(talk_and_form.prepare(frames, segments(frames))),
        priorities.figure(priorities.prepare(frames, segments(frames), "t2.c1")),
    ):
        assert "<a href" not in figure.to_json()


def test_the_names_follow_the_language_in_force(english):
    rows = priorities.prepare(english, segments(english), "t2.c1")
    with language.use("ru"):
        assert "недостаточная квалификация служащих" in priorities.finding(rows)
