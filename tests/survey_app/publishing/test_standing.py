"""Versions that readers can lay side by side: none gives away who is alone in another, or a number that it hides."""

import json

import pytest

from coding.segments import Segment, Segmentation
from survey_app.language import translate
from survey_app.publishing.standing import (
    alone_beside,
    kept_of,
    told_beside,
    unknown_versions,
    version_of,
    words_hash,
)
from tests.survey_app.publishing.small_study import experts, frames, grouping, open_cells, quote

SAID = {"layer": "adjudicated", "coder_id": None}


def merged(key, *segments):
    return Segmentation(key, key, key, tuple(Segment(name, name, name, tuple(name)) for name in segments))


def hiding(cells, segmentation, code, *segments):
    """The cells with some of them hidden, as `published_cells` leaves them."""
    gone = cells["segment"].isin(segments) & (cells["code_id"] == code) & (cells["segmentation"] == segmentation)
    cells = cells.copy()
    cells.loc[gone, "shown"] = False
    cells.loc[gone, ["k", "statements"]] = None
    return cells


def released(study, segmentations, cells=None, quotes=(), number=1):
    """A version as the store has it, through JSON."""
    shown = open_cells(study, segmentations) if cells is None else cells
    kept = json.loads(json.dumps(kept_of(study, segmentations, shown, quotes)))
    return version_of({"slug": "ferries", "version": number, "manifest": {"kept": kept}})


def alone(study, segmentations, *versions):
    found = alone_beside(study.experts, study.groups, segmentations, versions, 3)
    return [translate(each) for each in found]


def told(study, segmentations, cells, *versions):
    return [translate(each) for each in told_beside(study, segmentations, cells, versions, **SAID)]


def test_what_is_kept_of_a_version_comes_back():
    study = frames()
    cells = hiding(open_cells(study, [grouping(study)]), "by_group", "prob.late", "a")
    found = released(study, [grouping(study)], cells, [quote("s1")])
    assert found.sets == {
        ("by_group", "a"): {"A1", "A2", "A3"},
        ("by_group", "b"): {"B1", "B2", "B3"},
        ("by_group", "all"): set(study.experts["expert_id"]),
    }
    assert found.hidden == {("by_group", "a", "prob.late")}
    assert found.codes == set(study.codes["code_id"])
    assert found.quotes == {"s1": words_hash("The ferry is late, and nobody says why.")}


def test_the_same_experts_and_segments_again_tell_nothing_new():
    study = frames()
    cells = open_cells(study, [grouping(study)])
    before = released(study, [grouping(study)])
    assert alone(study, [grouping(study)], before) == []
    assert told(study, [grouping(study)], cells, before) == []


@pytest.mark.parametrize(("earlier", "later"), [((3, 3), (3, 4)), ((3, 4), (3, 3)), ((3, 3), (5, 3))])
def test_an_expert_who_came_or_went_between_two_versions_is_alone(earlier, later):
    first, second = frames(experts(sizes=earlier)), frames(experts(sizes=later))
    found = alone(second, [grouping(second)], released(first, [grouping(first)]))
    count = abs(sum(later) - sum(earlier))
    assert f"show {count} expert" in found[0]
    assert "version 1 of “ferries”" in found[0]
    assert ("no longer counted" in found[0]) == (sum(later) < sum(earlier))


def test_as_many_new_experts_as_a_segment_needs_hide_one_another():
    first, second = frames(experts(sizes=(3, 3))), frames(experts(sizes=(6, 3)))
    assert alone(second, [grouping(second)], released(first, [grouping(first)])) == []


def test_two_groupings_that_pass_by_themselves_single_out_whoever_is_between_them():
    study = frames(experts(sizes=(3, 3, 1)))
    first, second = merged("first", "ac", "b"), merged("second", "a", "bc")
    assert alone(study, [first]) == []
    assert alone(study, [second]) == []
    found = alone(study, [second], released(study, [first]))
    assert "show 1 expert alone (Group c)" in found[0]
    assert "Let it take their place" in found[0]


def test_a_number_that_is_hidden_now_must_not_stand_in_an_earlier_version():
    study = frames()
    cells = hiding(open_cells(study, [grouping(study)]), "by_group", "prob.late", "a", "b")
    assert told(study, [grouping(study)], cells, released(study, [grouping(study)], number=4)) == [
        "Version 4 of “ferries” shows 2 numbers that this version hides. Let this version take its place."
    ]
    assert told(study, [grouping(study)], cells, released(study, [grouping(study)], cells)) == []


def test_the_same_experts_under_another_grouping_are_the_same_number():
    study = frames()
    other = merged("other", "b", "a")
    cells = hiding(open_cells(study, [grouping(study)]), "by_group", "prob.late", "a", "b")
    assert "shows 2 numbers" in told(study, [grouping(study)], cells, released(study, [other]))[0]


def test_a_hidden_number_is_not_to_be_had_from_two_versions_either():
    study = frames(experts(sizes=(3, 3, 3)))
    second = merged("second", "ac", "b")
    now = hiding(open_cells(study, [grouping(study)]), "by_group", "prob.late", "a", "b")
    before = hiding(open_cells(study, [second]), "second", "prob.late", "b")
    found = told(study, [grouping(study)], now, released(study, [second], before))
    assert found == [
        "Together with versions that readers can open already, 2 hidden numbers could be worked out. Let this version "
        "take their place, or publish with the same groupings."
    ]
    for code in ("prob", "prob.late", "prob.rude"):
        now = hiding(now, "by_group", code, "a", "b")
        before = hiding(before, "second", code, "ac", "b")
    assert told(study, [grouping(study)], now, released(study, [second], before)) == []


def test_a_version_of_which_nothing_was_kept_is_named():
    row = {"slug": "ferries", "version": 2, "manifest": {}}
    assert version_of(row) is None
    assert "Of version 2 of “ferries” nobody knows" in translate(unknown_versions([row])[0])
