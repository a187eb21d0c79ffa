"""Problems against enablers by segment: the demo's known ratios, the one voice behind them, and what a mark says."""

from dataclasses import replace

from coding.segments import ALL, by_groups
from survey_app.views import balance as view

from .conftest import EXPECTED


def prepared(frames):
    return view.prepare(frames, by_groups(frames.groups))


def test_codings_of_both_sides_are_the_known_ones(frames):
    rows = prepared(frames).set_index(["segment", "polarity"])["codings"]
    for group, known in EXPECTED["problem_enabler_applications_by_group"].items():
        assert (rows[group, "negative"], rows[group, "positive"]) == (known["prob"], known["enab"])
    assert (rows[ALL, "negative"], rows[ALL, "positive"]) == (79, 69)


def test_the_finding_names_both_ends_and_the_voice_that_makes_one(english):
    assert view.finding(prepared(english)) == (
        "Problems and enablers are spoken of 79 : 69 times. Most of problems: Local authorities, 22 : 4. Most of "
        "enablers: State corporations, 5 : 22. State corporations: of the 22 codings of enablers, one expert makes 18."
    )


def test_a_mark_leads_to_the_words_of_its_side(english):
    figure = view.figure(prepared(english))
    marks = {tuple(mark) for trace in figure.data if trace.customdata is not None for mark in trace.customdata}
    assert {("prob", "loc"), ("enab", "loc"), ("prob", ALL)} <= marks


def test_a_side_of_several_roots_leads_nowhere(english):
    codes = english.codes.copy()
    codes.loc[codes["code_id"] == "prob.skills", ["parent_id", "root"]] = ["", "prob.skills"]
    rows = prepared(replace(english, codes=codes))
    assert set(rows.loc[rows["polarity"] == "negative", "code_id"]) == {""}
    assert set(rows.loc[rows["polarity"] == "positive", "code_id"]) == {"enab"}


def test_without_codings_it_says_so(english):
    rows = prepared(replace(english, codings=english.codings.head(0)))
    assert view.finding(rows) == "Nobody has named a problem or an enabler here."
    assert not view.figure(rows).data
    assert len(view.table(rows)) == 9
