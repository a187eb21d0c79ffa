"""What results rest on: which codings, which grouping, and frames that are read once."""

from dataclasses import fields

import pytest

from coding.frames import Frames
from coding.segments import sizes, too_small
from survey_app.actions.results import (
    Layer,
    ResultProblem,
    frames_of,
    layers,
    segmentation,
    segmentations,
    topics_frame,
)
from survey_app.actions.studies import create_study, delete_study, need_study
from survey_app.actions.withdrawing import withdraw_expert
from survey_app.store import schema


def test_the_adjudicated_codings_come_first_then_the_coders_by_how_much_they_coded(demo_store):
    frames = frames_of(demo_store, need_study(demo_store, "demo-en")["id"])
    assert layers(frames) == [Layer("adjudicated"), Layer("coder", "A"), Layer("coder", "B"), Layer("coder", "C")]


def test_a_study_without_codings_rests_on_what_will_be_adjudicated(fresh_store):
    frames = frames_of(fresh_store, create_study(fresh_store, "", title_en="Empty")["id"])
    assert layers(frames) == [Layer("adjudicated")]


def test_the_groups_as_they_are_come_first_and_the_demos_five_segments_are_fit_to_publish(demo_store):
    study = need_study(demo_store, "demo-en")
    found = segmentations(demo_store, study)
    assert found[0].key == "by_group"
    experts = frames_of(demo_store, study["id"]).experts
    five = segmentation(demo_store, study, "five_segments")
    assert list(sizes(experts, five).values()) == [5, 3, 4, 3, 5]
    assert too_small(experts, five) == []
    assert sorted(too_small(experts, found[0])) == ["bus", "corp", "fed", "rmc"]


def test_a_grouping_that_is_not_there_gets_a_sentence_with_those_that_are(demo_store):
    with pytest.raises(ResultProblem, match=r"no grouping named “moon”.*by_group"):
        segmentation(demo_store, need_study(demo_store, "demo-en"), "moon")


def test_without_a_topic_run_there_is_an_empty_frame(fresh_store):
    run, frame = topics_frame(fresh_store, create_study(fresh_store, "", title_en="Empty")["id"])
    assert run is None
    assert list(frame.columns) == ["statement_id", "topic", "probability"]


def test_a_change_in_one_study_does_not_read_another_again(store):
    english, russian = need_study(store, "demo-en")["id"], need_study(store, "demo-ru")["id"]
    kept = frames_of(store, russian)
    with store.change(english, "A", "touch") as change:
        change.insert(schema.coder, {"study_id": english, "key": "Z"})
    assert frames_of(store, russian) is kept


def test_tables_that_a_change_leaves_as_they_were_stay_the_very_tables(store):
    study = need_study(store, "demo-en")["id"]
    before = frames_of(store, study)
    with store.change(study, "A", "touch"):
        pass
    touched = frames_of(store, study)
    assert touched is not before
    assert all(getattr(touched, each.name) is getattr(before, each.name) for each in fields(Frames))
    gone = before.codings["coding_id"].iloc[0]
    with store.change(study, "A", "touch") as change:
        change.delete(schema.coding, gone)
    changed = frames_of(store, study)
    assert gone not in set(changed.codings["coding_id"])
    assert changed.statements is before.statements
    withdraw_expert(store, "A", need_study(store, "demo-en"), "S2", republish=False)
    without = frames_of(store, study)
    assert "S2" not in set(without.statements["expert_id"])
    assert without.codes is before.codes


def test_frames_of_a_deleted_study_are_empty(store):
    study = need_study(store, "demo-en")
    assert len(frames_of(store, study["id"]).statements) > 280
    delete_study(store, study, "demo-en")
    assert len(frames_of(store, study["id"]).statements) == 0
