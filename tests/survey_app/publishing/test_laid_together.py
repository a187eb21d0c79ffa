"""Quotes and answers of versions that are laid together: never of fewer than a segment needs."""

import json

from coding.segments import Segment, Segmentation
from survey_app.language import translate
from survey_app.publishing.laid_together import answered_since, narrowed
from survey_app.publishing.standing import as_version, kept_of
from tests.survey_app.publishing.small_study import experts, frames, grouping, open_cells, quote


def merged(key, *segments):
    return Segmentation(key, key, key, tuple(Segment(name, name, name, tuple(name)) for name in segments))


def version(study, segmentations, quotes=()):
    kept = kept_of(study, segmentations, open_cells(study, segmentations), quotes)
    return as_version("ferries", 1, json.loads(json.dumps(kept)))


def answers(*who):
    return [(expert, item, 1.0, "") for expert in who for item in ("q.late", "q.rude")]


def laid(now, before, study):
    told = narrowed(now.told, now.sets, [(before.told, before.sets)], 3)
    return [translate(each) for each in (*told, *answered_since(study, now.answered, [before.answered], 3))]


def test_a_quote_is_told_by_segments_that_have_enough_experts_in_common():
    study = frames(experts(sizes=(4, 3, 3)))
    ferry = [quote("s1"), quote("s5")]
    first = version(study, [merged("first", "ab", "c")], ferry)
    assert first.told["s1"] == {"first": "ab"}
    assert laid(version(study, [merged("second", "ac", "b")], ferry), first, study) == []  # four of a, three of b
    few = frames(experts(sizes=(2, 3, 3)))
    first = version(few, [merged("first", "ab", "c")], ferry)
    found = laid(version(few, [merged("second", "ac", "b")], ferry), first, few)
    assert len(found) == 1
    assert found[0].startswith("1 quote stands under other segments")  # of a: only two can have said it
    assert laid(version(few, [merged("second", "ac", "b")], [quote("s5")]), first, few) == []
    assert laid(first, first, few) == []


def test_an_answer_that_came_between_two_versions_is_not_to_be_had_by_subtraction():
    early = frames(answers=answers("A1", "A2", "A3", "B1", "B2"))
    late = frames(answers=answers("A1", "A2", "A3", "B1", "B2", "B3"))
    before = version(early, [grouping(early)])
    assert {frozenset(each) for each in before.answered["q.late"]} >= {frozenset({"A1", "A2", "A3", "B1", "B2"})}
    found = laid(version(late, [grouping(late)]), before, late)
    assert found == [
        "2 lines of the questionnaire were answered by a few more or fewer experts in versions that readers can open "
        "already: whoever subtracts sees their answers. Let this version take their place."
    ]
    assert laid(before, before, early) == []


def test_as_many_late_answers_as_a_segment_needs_hide_one_another():
    early, late = frames(answers=answers("A1", "A2", "A3")), frames(answers=answers("A1", "A2", "A3", "B1", "B2", "B3"))
    assert laid(version(late, [grouping(late)]), version(early, [grouping(early)]), late) == []
