"""The gate is shut while anything could betray a person, and says each obstacle in a sentence."""

from dataclasses import replace

import pytest

from coding.segments import Segment, Segmentation
from survey_app.actions.demo import PUBLISHABLE
from survey_app.actions.results import frames_of, segmentation
from survey_app.actions.studies import need_study
from survey_app.publishing.gate import check
from survey_app.publishing.names import names_within
from survey_app.publishing.segments import admitted
from tests.survey_app.publishing.small_study import experts, frames, grouping, quote

NAMES = ["Ann Field", "Boris Utkin"]


def reasons(study, merged=None, quotes=(), names=NAMES, minimum=3):
    report = check(study, [merged or grouping(study)], list(quotes), names, minimum=minimum)
    assert report.passed == (not report.reasons)
    return [str(reason) for reason in report.reasons]


def test_two_segments_of_three_experts_may_go_out():
    assert reasons(frames()) == []


def test_a_segment_below_the_minimum_shuts_the_gate_and_is_named():
    assert reasons(frames(experts(sizes=(3, 2)))) == [
        "“Group b” has 2 experts; a published segment needs at least 3. Choose segments that merge it with another."
    ]
    assert len(reasons(frames(), minimum=4)) == 2


def test_a_segment_that_holds_nobody_has_no_one_to_protect():
    assert grouping(frames()).keys == ("a", "b", "c")
    assert reasons(frames()) == []
    assert admitted(frames().experts, grouping(frames())).keys == ("a", "b")


def test_experts_outside_every_segment_could_be_computed_by_subtraction():
    only_a = Segmentation("own", "Own", "Своя", (Segment("a", "A", "А", ("a",)),))
    assert reasons(frames(experts(sizes=(3, 3))), only_a) == []
    (said,) = reasons(frames(experts(sizes=(3, 2))), only_a)
    assert "2 experts are in none of these segments" in said


def test_nothing_coded_and_no_experts_are_said_first():
    assert "Nothing that an expert said is coded yet" in reasons(frames(coded=False))[0]
    assert "no experts yet" in reasons(frames(experts(sizes=())))[0]


@pytest.mark.parametrize("consent", ["no", "after_review", "unknown"])
def test_a_released_quote_needs_the_consent_of_today(consent):
    (said,) = reasons(frames(), quotes=[quote("s1"), quote("s2", consent)])
    assert said == "1 released quote is of an expert who has not agreed to be quoted. Withhold it."


def test_a_released_quote_that_holds_a_name_shuts_the_gate():
    named = replace(quote("s1"), text="As Boris told us, the ferry is late.")
    (said,) = reasons(frames(), quotes=[named, quote("s2")])
    assert said.startswith("The released quote “As Boris told us, the ferry…” holds a name of the roster: Boris.")


def test_many_betraying_quotes_are_told_shortly():
    named = replace(quote("s1"), text="Boris again.")
    said = reasons(frames(), quotes=[named] * 8)
    assert len(said) == 6
    assert said[-1] == "3 more released quotes hold a name of the roster."


def test_without_quotes_the_gate_is_open_and_says_what_the_page_will_lack():
    report = check(frames(), [grouping(frames())], [], NAMES, minimum=3)
    assert report.passed
    assert [str(notice) for notice in report.notices] == [
        "No quote has been released yet: the page will show counts without words."
    ]


@pytest.mark.parametrize(
    ("key", "small"),
    [("by_group", 4), ("by_sector", 1), ("by_level", 1), ("authority_vs_rest", 0), (PUBLISHABLE.key, 0)],
)
def test_of_the_demo_s_groupings_two_pass(demo_store, key, small):
    study = need_study(demo_store, "demo-en")
    found = frames_of(demo_store, study["id"])
    assert len(reasons(found, segmentation(demo_store, study, key))) == small


def test_an_expert_whom_nobody_has_confirmed_shuts_the_gate():
    report = check(frames(), [grouping(frames())], [], [], minimum=3, guessed=2)
    assert not report.passed
    assert [str(reason) for reason in report.reasons] == [
        "2 display names are only guessed to be experts': confirm who is who on the page “Experts”."
    ]


@pytest.mark.parametrize(
    "text", ["so said Zaozer\u00adny", "Zao\u200bzerny knows", "by Zaozer-\nny himself", "Zaozerny\u2060"]
)
def test_signs_that_nobody_sees_hide_no_name(text):
    assert names_within(text, ["Viktor Zaozerny"]) == ["Zaozerny"]
