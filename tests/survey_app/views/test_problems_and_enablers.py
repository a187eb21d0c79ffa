"""Mirrored bars: the demo's known answers on both sides, and what a mark says of itself."""

from dataclasses import replace

import pytest

from coding.segments import ALL, by_groups
from survey_app import language
from survey_app.views import problems_and_enablers as view
from survey_app.views import style

from .conftest import EXPECTED, GROUPS


def prepared(frames, **which):
    return view.prepare(frames, by_groups(frames.groups), **which)


def marks(figure):
    """What can be selected: customdata of every mark that has some."""
    return [tuple(mark) for trace in figure.data if trace.customdata is not None for mark in trace.customdata]


def words(figure):
    return [annotation.text for annotation in figure.layout.annotations]


def test_every_problem_and_enabler_has_the_known_k_of_n_in_every_group(frames):
    rows = prepared(frames).set_index(["code_id", "segment"])
    for code, known in EXPECTED["expert_level"].items():
        if code.startswith(("prob.", "enab.")):
            assert (rows.k[code, ALL], rows.n[code, ALL]) == (known["k"], known["n"])
            assert {group: f"{rows.k[code, group]}/{rows.n[code, group]}" for group in GROUPS} == known["by_group"]
    assert set(rows.polarity) == {"negative", "positive"}


def test_problems_lie_left_and_enablers_right_in_their_colours(english):
    figure = view.figure(prepared(english))
    bars = [trace for trace in figure.data if trace.marker.color in {style.PROBLEM, style.ENABLER}]
    left, right = bars
    assert left.marker.color == "#D55E00"
    assert list(left.x[:2]) == [-10, -9]
    assert right.marker.color == "#0072B2"
    assert list(right.x[:2]) == [11, 8]


def test_a_bar_says_k_of_n_in_words(frames):
    said = words(view.figure(prepared(frames)))
    assert style.k_of_n(10, 20) in said
    assert style.k_of_n(11, 20) in said


def test_a_mark_knows_its_code_and_its_segment(english):
    found = marks(view.figure(prepared(english), segment="loc"))
    assert ("prob.skills", "loc") in found
    assert {segment for _code, segment in found} == {"loc"}


def test_the_loudest_expert_does_not_lead_the_ranking(english):
    rows = prepared(english)
    by_experts, by_statements = (marks(view.figure(rows, unit=unit)) for unit in ("experts", "statements"))
    enablers = [[code for code, _all in found if code.startswith("enab.")] for found in (by_experts, by_statements)]
    assert enablers[0][0] == "enab.quality"
    assert enablers[1][0] == "enab.data"
    assert "“Data-based management and saving” (19 statements)" in view.finding(rows, unit="statements")


def test_the_finding_names_the_leaders_with_their_numbers(english):
    assert view.finding(prepared(english)) == (
        "Named most as a problem: “Skills shortage among officials” (10 of 20 experts). "
        "Named most as an enabler: “Better quality and access of services” (11 of 20 experts)."
    )


def test_a_tie_of_many_is_said_as_a_tie(english):
    assert "as a problem: 6 codes alike (1 of 2 experts each)" in view.finding(prepared(english), segment="fed")


def test_only_the_top_is_drawn_and_the_rest_is_announced(english):
    figure = view.figure(prepared(english), top=3)
    assert len(marks(figure)) == 6
    assert "12 more in the table" in words(figure)


def test_what_nobody_names_stands_in_the_table_alone(english):
    rows = prepared(english)
    drawn = {code for code, _segment in marks(view.figure(rows, segment="bus", top=99))}
    listed = view.table(rows, segment="bus")
    assert "prob.skills" not in drawn
    assert listed.loc[("prob.skills", "bus"), "Experts"] == "0 of 2"
    assert len(listed) == len(rows[rows.segment == "bus"])


def test_merged_groups_are_counted_together(english, published):
    rows = view.prepare(english, published).set_index(["code_id", "segment"])
    for key, known in EXPECTED["publishing_gate"]["demo_segments"].items():
        assert f"{rows.k['prob.interagency', key]}/{rows.n['prob.interagency', key]}" == known["prob.interagency"]


def test_text_of_people_is_never_markup(english):
    codes = english.codes.copy()
    codes.loc[codes.code_id == "prob.skills", ["label_en", "label_ru"]] = "<a href='x'>Skills</a> & <b>more</b>"
    figure = view.figure(prepared(replace(english, codes=codes)))
    assert "&lt;a href='x'&gt;Skills&lt;/a&gt; &amp;<br>&lt;b&gt;more&lt;/b&gt;" in words(figure)
    assert not [text for text in words(figure) if "<a" in text]


@pytest.mark.parametrize("dark", [False, True])
def test_without_codings_it_says_so(english, dark):
    rows = prepared(replace(english, codings=english.codings.head(0)))
    assert words(view.figure(rows, dark=dark)) == ["Nobody has named a problem or an enabler here."]
    assert view.finding(rows) == "Nobody has named a problem or an enabler here."


def test_another_coders_result_is_that_coders(english):
    rows = prepared(english, layer="coder", coder_id="B").set_index(["code_id", "segment"])
    assert rows.statements["prob.low_ict", ALL] == 5


def test_names_follow_the_language_in_force(english):
    rows = prepared(english)
    with language.use("ru"):
        assert "Недостаточная квалификация служащих" in view.finding(rows)
        assert "Недостаточная квалификация служащих" in list(view.table(rows).iloc[:, 1])
