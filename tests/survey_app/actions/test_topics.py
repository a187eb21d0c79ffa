"""What is sent to the topic model, and what is kept of its answer."""

import json

import pytest

from coding.topics.embeddings import NAMED_BY_HAND
from coding.topics.record import fingerprint_of
from coding.topics.result import StatementText
from coding.topics.terms import terms, wording_of
from survey_app import jobs
from survey_app.actions.arrangements import choose_topic_level, merge_topics, rename_topic
from survey_app.actions.results import frames_of, topics_frame
from survey_app.actions.studies import create_study, need_study
from survey_app.actions.topic_wording import as_fields, keep_topic_wording, topic_wording, wording_of_run
from survey_app.actions.topics import (
    SESSIONS_AND_ANSWERS,
    keep_topics,
    payload,
    run_again,
    same_data,
    topic_runs,
    what_experts_said,
)
from survey_app.store import schema
from survey_app.store.experts import experts
from tests.coding.topics.small_run import small_run

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


@pytest.mark.parametrize("slug", ["demo-en", "demo-ru"])
def test_names_of_people_name_no_topic(demo_store, slug):
    """Names count as names with a capital only: the word "vera" stays a word."""
    study = need_study(demo_store, slug)
    people = payload(demo_store, study)["words"]["people"]
    with demo_store.reading() as connection:
        assert {each["name"] for each in experts(connection, study["id"])} <= set(people)
    found = terms(["Галина Пригорская и вера в реестры."], wording_of({"people": people}))
    assert found == [("вера", "реестр")]


def test_words_that_the_study_has_chosen_go_along_with_the_number_of_codes_in_use(store):
    study = need_study(store, "demo-en")
    assert payload(store, study)["words"]["fewest_experts"] == 2
    keep_topic_wording(store, "A", study["id"], stop_words=["block", " next   block ", "block", ""], phrases=9)
    keep_topic_wording(store, "A", study["id"], joined=["Smart City"], left_out=["region"], fewest_experts=0)
    sent = payload(store, study)
    assert sent["words"] | {"people": []} == {
        "stop_words": ["block", "next block"], "joined": ["Smart City"], "left_out": ["region"], "phrases": 3,
        "fewest_experts": 1, "people": [],
    }  # fmt: skip
    assert sent["codes"] == frames_of(store, study["id"]).codings["code_id"].nunique() > 20
    assert topic_wording(store, study["id"]).joined == ("Smart City",)
    assert need_study(store, "demo-en")["choices"]["segmentation"] == study["choices"]["segmentation"]
    assert json.loads(json.dumps(sent)) == sent


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


def test_runs_are_listed_newest_first_with_their_numbers_of_topics(store):
    study = need_study(store, "demo-en")
    first = keep_topics(store, "A", study["id"], 7, RESULT)
    second = keep_topics(store, "A", study["id"], 3, small_run())
    assert [(row["id"], row["topics"], row["n"], row["seed"]) for row in topic_runs(store, study["id"])] == [
        (second, 2, 12, 3), (first, 0, 2, 7),
    ]  # fmt: skip
    assert "result" not in topic_runs(store, study["id"])[0]
    assert topics_frame(store, study["id"])[0]["id"] == second
    assert topics_frame(store, study["id"], first)[0]["id"] == first


def test_a_run_is_listed_with_the_topics_that_it_shows(store):
    study = need_study(store, "demo-en")
    run_id = keep_topics(store, "A", study["id"], 3, small_run())
    keep_topics(store, "A", study["id"], 7, RESULT)

    def listed():
        (row,) = (row for row in topic_runs(store, study["id"]) if row["id"] == run_id)
        return row["topics"]

    choose_topic_level(store, "A", study["id"], run_id, 1)
    assert listed() == 4
    merge_topics(store, "A", study["id"], run_id, [0], [1])
    assert listed() == 3 == len(topics_frame(store, study["id"], run_id)[0]["result"]["topics"])
    choose_topic_level(store, "A", study["id"], run_id, 0)
    assert listed() == 2


def test_names_go_over_to_the_next_run_by_statements(store):
    study = need_study(store, "demo-en")
    first = keep_topics(store, "A", study["id"], 3, small_run())
    rename_topic(store, "A", study["id"], first, (2, 3), name_en="Staff", name_ru="Кадры")
    keep_topics(store, "A", study["id"], 4, small_run())
    run, _assigned = topics_frame(store, study["id"])
    assert [(each["name_en"], each["name_ru"]) for each in run["result"]["topics"]] == [("", ""), ("Staff", "Кадры")]
    keep_topics(store, "A", study["id"], 5, small_run(prefix="other"))
    assert {each["name_en"] for each in topics_frame(store, study["id"])[0]["result"]["topics"]} == {""}


def test_whether_the_data_are_the_same_is_told_from_the_record(store):
    study = need_study(store, "demo-en")
    sent = payload(store, study)["statements"]
    data = fingerprint_of([StatementText(each["id"], each["text"], each["group"], each["expert"]) for each in sent])
    keep_topics(store, "A", study["id"], 3, small_run(record={"data": data}))
    run, _assigned = topics_frame(store, study["id"])
    assert same_data(store, study, run) is True
    with store.change(study["id"], "A", "correct") as change:
        change.update(schema.expert, experts(change.connection, study["id"])[0]["id"], group_id=None)
    assert same_data(store, study, run) is False
    assert same_data(store, study, {"result": RESULT}) is None


def test_a_run_is_started_again_with_its_own_settings(store, monkeypatch):
    study = need_study(store, "demo-en")
    sent = []
    monkeypatch.setattr(jobs, "submit", lambda _function, payload, **_named: sent.append(payload))
    words = as_fields(wording_of_run(store, study["id"]))
    record = {"n_topics": 9, "codes": 4, "words": words, "wished_model": "navec"}
    keep_topics(store, "A", study["id"], 5, small_run(record=record, model="navec"), SESSIONS_AND_ANSWERS)
    keep_topic_wording(store, "A", study["id"], phrases=3)
    run_again(store, "A", study, topics_frame(store, study["id"])[0])
    (again,) = sent
    assert (again["model"], again["seed"], again["n_topics"], again["codes"]) == ("navec", 5, 9, 4)
    assert again["words"] == words
    assert len(again["statements"]) == 280 + 98


NAMED = {"template": NAMED_BY_HAND, "values": {"model": "navec"}, "plural": "", "count": None}


@pytest.mark.parametrize(
    ("run", "model"),
    [
        ({"record": {"wished_model": ""}}, None),
        ({"record": {"wished_model": "navec"}}, "navec"),
        ({"record": {}}, None),
        ({"record": {}, "notices": [NAMED]}, "navec"),
    ],
    ids=["chosen by language", "named", "earlier version, chosen", "earlier version, named"],
)
def test_a_model_that_was_left_to_the_language_is_left_to_it_again(store, monkeypatch, run, model):
    """Also where the settings name a model by now; else all languages would be read by the one that was found."""
    monkeypatch.setenv("RAKURS_MODEL", "another")
    study = need_study(store, "demo-en")
    sent = []
    monkeypatch.setattr(jobs, "submit", lambda _function, payload, **_named: sent.append(payload))
    keep_topics(store, "A", study["id"], 5, small_run(model="navec", **run))
    run_again(store, "A", study, topics_frame(store, study["id"])[0])
    assert sent[0]["model"] == model
    assert payload(store, study)["model"] == "another"
