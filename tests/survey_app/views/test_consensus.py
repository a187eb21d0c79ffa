"""Agreement of answers and groups against the rest, with the demo's known answers (D16)."""

from dataclasses import replace

import numpy as np
import pytest

from coding.segments import ALL, by_groups
from survey_app import language
from survey_app.views import consensus as view

from .conftest import EXPECTED, GROUPS


def prepared(frames, item_id):
    return view.prepare(frames, by_groups(frames.groups), item_id)


def by_segment(frames, question, line):
    rows = prepared(frames, question)
    return {row["segment"]: row for row in rows[rows["item_id"] == line].to_dict("records")}


def marks(figure):
    return [tuple(mark) for trace in figure.data if trace.customdata is not None for mark in trace.customdata]


def test_medians_and_means_are_the_known_ones(frames):
    for item_id, known in EXPECTED["questionnaire"].items():
        question = item_id if item_id.count(".") < 2 else item_id.rpartition(".")[0]
        found = by_segment(frames, question, item_id)
        for segment, numbers in {ALL: known["all"], **known["by_group"]}.items():
            assert found[segment]["answered"] == numbers["n"], (item_id, segment)
            assert found[segment]["mean"] == pytest.approx(numbers["mean"], abs=5e-5)
            assert found[segment]["median"] == numbers["median"]


def test_the_severity_of_the_skills_shortage(frames):
    found = by_segment(frames, "t2.c1", "t2.c1.skills")
    assert (found["loc"]["mean"], found["bus"]["mean"]) == (5.0, 2.0)
    assert (found[ALL]["mean"], found[ALL]["answered"]) == (pytest.approx(3.4737, abs=5e-5), 19)
    assert (found["civ"]["cannot_say"], found["civ"]["missing"], found["civ"]["answered"]) == (1, 0, 2)
    assert by_segment(frames, "t2.c1", "t2.c1.rights")["bus"]["missing"] == 1


def test_local_authorities_rate_the_skills_shortage_above_the_rest(english):
    found = by_segment(english, "t2.c1", "t2.c1.skills")["loc"]
    assert (found["answered"], found["rest_n"]) == (3, 16)
    assert found["difference"] == 2.0
    assert 0.9 < found["delta"] <= 1
    assert found["low"] < found["delta"] <= found["high"] + 1e-9
    assert found["p"] < 0.01
    assert view.finding(prepared(english, "t2.c1"), line="t2.c1.skills").startswith(
        "Furthest from the others: Local authorities, median 5, +2 against theirs"
    )


def test_everyone_stands_against_nobody(english):
    found = by_segment(english, "t2.c1", "t2.c1.skills")[ALL]
    assert found["delta"] is None or np.isnan(found["delta"])
    assert found["reason"] is None


def test_one_expert_agrees_with_nobody(english):
    rows = prepared(replace(english, answers=english.answers[english.answers["expert_id"] == "L1"]), "t2.c1")
    assert view.finding(rows) == "One expert alone has answered: nobody to agree with."
    assert view.finding(rows, line="t2.c1.skills") != view.finding(rows)
    mixed = english.answers["item_id"].eq("t2.c1.skills") & english.answers["expert_id"].ne("L1")
    rows = prepared(replace(english, answers=english.answers[~mixed]), "t2.c1")
    assert "Skills" not in view.finding(rows).split("; least")[0]


def test_a_group_that_gave_no_answer_says_why_it_cannot_be_compared(english):
    answers = english.answers
    gone = answers["item_id"].eq("t2.c1.skills") & answers["expert_id"].isin(["B1", "B2"])
    rows = prepared(replace(english, answers=answers[~gone]), "t2.c1")
    table = view.table(rows, line="t2.c1.skills")
    assert table.loc[("t2.c1.skills", "bus"), "Remark"] == (
        "Not computable: Nobody of the group gave an answer that counts."
    )
    assert table.loc[("t2.c1.skills", "bus"), "Cliff's delta"] == "–"
    assert "nan" not in table.to_string()


def test_wherever_it_is_asked_a_table_says_a_dash_and_never_nan(english):
    for answers in (english.answers, english.answers.assign(cannot_say=True, value=np.nan, text="")):
        for question in ("t1.c1", "t1.c2", "t2.c1", "t3.c1", "z.c1", "years"):
            rows = prepared(replace(english, answers=answers), question)
            for shown in ({}, {"segment": "loc"}, {"line": rows["item_id"].iloc[0]}):
                assert "nan" not in view.table(rows, **shown).to_string().lower()
                assert view.finding(rows, **shown)
                assert view.figure(rows, **shown).layout.height > 0


def test_a_ranking_has_its_w(english):
    rows = prepared(english, "t1.c2")
    everyone = rows[rows["segment"] == ALL].set_index("item_id")
    for principle, known in EXPECTED["principles_rank"].items():
        row = everyone.loc[f"t1.c2.{principle}"]
        assert (row["placed"], row["first"], row["points"]) == (
            known["chosen_by"], known["first"], known["points_3_2_1"],
        )  # fmt: skip
    assert 0 < everyone["w"].iloc[0] < 0.2
    assert view.finding(rows).startswith("Kendall's W is 0.")
    assert "20 of 20 experts" in view.finding(rows)


def test_marks_know_their_line_and_their_segment(english):
    rows = prepared(english, "t2.c1")
    assert {segment for _line, segment in marks(view.figure(rows, segment="loc"))} == {"loc"}
    assert {segment for _line, segment in marks(view.figure(rows, line="t2.c1.skills"))} == {ALL, *GROUPS}
    assert len(view.table(rows)) == 9


def test_agreement_is_told_from_both_ends(english):
    assert view.finding(prepared(english, "t1.c1")) == (
        "Most agreed on: “a tool to raise the quality of life” (Cns 0.708); "
        "least: “a condition of competitiveness” (Cns 0.572)"
    )


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_drawn_in_light_and_dark(english, dark):
    for question in ("t1.c1", "t1.c2", "z.c1"):
        assert view.figure(prepared(english, question), dark=dark).layout.height > 0


def test_the_names_follow_the_language_in_force(english):
    rows = prepared(english, "t1.c1")
    with language.use("ru"):
        assert "инструмент повышения качества жизни" in view.finding(rows)
