"""What is sent to the topic model, and what is kept of its answer."""

import pytest

from survey_app.actions.results import topics_frame
from survey_app.actions.studies import create_study, need_study
from survey_app.actions.topics import SESSIONS_AND_ANSWERS, keep_topics, payload, what_experts_said
from survey_app.store import schema
from survey_app.store.experts import experts

RESULT = {
    "n": 2, "model": "navec", "seed": 7, "topics": [], "quality": {}, "notices": [],
    "assignments": [{"statement_id": "a", "topic": 0, "probability": 1.0}],
}  # fmt: skip


@pytest.fixture(params=["demo-en", "demo-ru"])
def demo(demo_store, request):
    return need_study(demo_store, request.param)


def test_only_what_experts_said_in_sessions_is_read(demo_store, demo):
    sent = payload(demo_store, demo)["statements"]
    assert len(sent) == 280
    assert len({each["expert"] for each in sent}) == 20
    assert len({each["group"] for each in sent}) == 8
    said = what_experts_said(demo_store, demo)
    assert set(said["role"]) == {"expert"}
    assert set(said["source_kind"]) == {"session"}


def test_open_answers_are_read_when_asked_for(demo_store, demo):
    assert len(payload(demo_store, demo, kinds=SESSIONS_AND_ANSWERS)["statements"]) == 280 + 98


def test_a_study_without_experts_has_nothing_to_read(fresh_store):
    study = create_study(fresh_store, "", title_en="Empty")
    assert payload(fresh_store, study)["statements"] == []


def test_names_of_people_shall_name_no_topic(demo_store):
    unwanted = set(payload(demo_store, need_study(demo_store, "demo-en"))["stop_words"])
    assert {"Vera", "Galina", "Prigorskaya", "Роман"} <= unwanted
    in_russian = set(payload(demo_store, need_study(demo_store, "demo-ru"))["stop_words"])
    assert {"Вера", "Галина", "Пригорская"} <= in_russian


def test_a_word_of_a_name_that_is_also_said_as_a_word_may_name_a_topic(store):
    study = need_study(store, "demo-en")
    with store.change(study["id"], "A", "rename_expert") as change:
        expert = experts(change.connection, study["id"])[0]
        change.update(schema.expert, expert["id"], other_names=["Zebulon Portal"])
    unwanted = payload(store, study)["stop_words"]
    assert "Zebulon" in unwanted
    assert "Portal" not in unwanted


def test_a_run_is_kept_with_the_kinds_of_sources_it_has_read(store):
    study = need_study(store, "demo-en")
    keep_topics(store, "A", study["id"], 7, RESULT)
    run, assigned = topics_frame(store, study["id"])
    assert (run["model"], run["seed"], run["n"], run["result"]["source_kinds"]) == ("navec", 7, 2, ["session"])
    assert assigned.to_dict("records") == RESULT["assignments"]


def test_a_study_without_a_run_has_no_topics(demo_store, demo):
    run, assigned = topics_frame(demo_store, demo["id"])
    assert run is None
    assert list(assigned.columns) == ["statement_id", "topic", "probability"]
