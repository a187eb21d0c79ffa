"""What segments, groups and choices are called: nothing by the name of something else."""

from dataclasses import replace

from coding.segments import ALL, by_groups
from survey_app.views.segment_names import group_names, named_segments, told_apart


def test_what_has_one_name_gets_the_longer_and_at_last_its_key():
    long = {"health": "Ministry of Health", "one": "Firms", "two": "Firms", "civ": "Civil society"}
    short = long | {"health": "Firms", "civ": "Civil soc."}
    assert told_apart(long, short.__getitem__, long.__getitem__) == {
        "health": "Ministry of Health", "one": "Firms (one)", "two": "Firms (two)", "civ": "Civil soc.",
    }  # fmt: skip


def test_a_choice_without_a_key_keeps_its_name():
    assert told_apart(["", "all"], lambda _key: "All codes") == {"": "All codes", "all": "All codes (all)"}


def test_groups_with_one_short_name_are_told_apart_wherever_they_are_named(english):
    groups = english.groups.assign(short_en=["Same", "Same", *english.groups["short_en"].iloc[2:]])
    names = group_names(groups.to_dict("records"))
    first, second = groups["label_en"].iloc[:2]
    assert list(names.values())[:2] == [first, second]
    segments = named_segments(replace(english, groups=groups), by_groups(groups))
    assert segments["brief_en"].tolist() == [*names.values(), ""]
    assert segments["segment"].iloc[-1] == ALL
    assert segments["brief_ru"].tolist() == [*english.groups["short_ru"], ""]
