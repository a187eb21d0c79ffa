"""Segments: merged groups, their sizes, and those too small to show."""

import pytest
from demo_study import EXPECTED, demo

from coding.segments import Segment, Segmentation, UnusableSegmentation, by_groups, segment_of, sizes, too_small

GATE = EXPECTED["publishing_gate"]
PUBLISHED = Segmentation(
    "published",
    "Published",
    "Опубликовано",
    tuple(Segment(key, key, key, tuple(made["groups"])) for key, made in GATE["demo_segments"].items()),
)


def test_every_group_is_a_segment_in_the_groups_order():
    segmentation = by_groups(demo().groups.sort_values("label_en"))
    assert segmentation.keys == ("fed", "reg", "loc", "corp", "civ", "bus", "sci", "rmc")
    assert segmentation.segments[2].label_ru == "Органы местного самоуправления"


def test_merged_groups_have_the_experts_of_all_their_groups():
    assert sizes(demo().experts, PUBLISHED) == {key: made["n"] for key, made in GATE["demo_segments"].items()}
    assert too_small(demo().experts, PUBLISHED) == []


def test_groups_of_two_are_too_small_to_publish():
    assert too_small(demo().experts, by_groups(demo().groups)) == GATE["groups_below"]
    assert too_small(demo().experts, by_groups(demo().groups), minimum=4) == list(by_groups(demo().groups).keys)


def test_an_expert_of_a_group_left_out_is_in_no_segment():
    only_local = Segmentation("local", "Local", "Местные", (Segment("local", "Local", "Местные", ("loc",)),))
    home = segment_of(demo().experts, only_local)
    assert home["L1"] == "local"
    assert home["F1"] == ""
    assert sizes(demo().experts, only_local) == {"local": 3}


def test_a_segment_without_experts_has_none_and_is_too_small():
    nobody = Segmentation("x", "X", "X", (Segment("empty", "Empty", "Пусто", ()),))
    assert sizes(demo().experts, nobody) == {"empty": 0}
    assert too_small(demo().experts, nobody) == ["empty"]


@pytest.mark.parametrize(
    ("segments", "words"),
    [
        (
            (Segment("a", "", "", ("fed",)), Segment("b", "", "", ("fed", "reg"))),
            "“fed” is in the segments “a” and “b”",
        ),
        ((Segment("a", "", "", ("fed",)), Segment("a", "", "", ("reg",))), "Two segments are called “a”"),
        ((Segment("all", "", "", ("fed",)),), "Two segments are called “all”"),
    ],
)
def test_segments_that_cannot_stand_side_by_side_are_refused(segments, words):
    with pytest.raises(UnusableSegmentation, match=words):
        Segmentation("x", "X", "X", segments)
