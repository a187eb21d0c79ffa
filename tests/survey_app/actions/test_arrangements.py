"""Topics arranged by a person: kept, told, taken back, copied with the study, and only for researchers."""

import pytest

from coding.topics.arrangement import ArrangementProblem
from survey_app.actions.arrangements import (
    can_undo_arranging,
    choose_topic_level,
    merge_topics,
    rename_topic,
    split_topic,
    undo_arranging,
)
from survey_app.actions.history import history_of
from survey_app.actions.results import topics_frame
from survey_app.actions.rights import NotPermitted
from survey_app.actions.studies import need_study
from survey_app.actions.topics import keep_topics
from survey_app.store import results, studies
from survey_app.store.log import Gone
from tests.coding.topics.small_run import small_run


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.fixture
def run_id(store, study):
    return keep_topics(store, "A", study["id"], 3, small_run())


def topics(store, study, run_id=""):
    return topics_frame(store, study["id"], run_id)[0]["result"]["topics"]


def leaves(store, study):
    return [tuple(each["leaves"]) for each in topics(store, study)]


def test_the_present_topics_are_the_arranged_ones_everywhere(store, study, run_id):
    assert leaves(store, study) == [(0, 1), (2, 3)]
    choose_topic_level(store, "A", study["id"], run_id, 1)
    assert leaves(store, study) == [(0,), (1,), (2,), (3,)]
    merge_topics(store, "A", study["id"], run_id, (1,), (2,))
    assert leaves(store, study) == [(1, 2), (0,), (3,)]
    _run, assigned = topics_frame(store, study["id"])
    assert assigned["topic"].tolist() == [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 2, 2]
    split_topic(store, "A", study["id"], run_id, (1, 2))
    rename_topic(store, "A", study["id"], run_id, (2,), name_en=" Staff  ", name_ru="")
    assert {tuple(each["leaves"]): each["name_en"] for each in topics(store, study)} == {
        (0,): "", (1,): "", (2,): "Staff", (3,): "",
    }  # fmt: skip


def test_each_step_can_be_taken_back_up_to_the_topics_of_the_run(store, study, run_id):
    before = topics(store, study)
    choose_topic_level(store, "A", study["id"], run_id, 1)
    merge_topics(store, "A", study["id"], run_id, (0,), (3,))
    assert can_undo_arranging(store, "A", study["id"], run_id)
    assert not can_undo_arranging(store, "B", study["id"], run_id)
    assert undo_arranging(store, "A", study["id"], run_id)
    assert leaves(store, study) == [(0,), (1,), (2,), (3,)]
    assert undo_arranging(store, "A", study["id"], run_id)
    assert topics(store, study) == before
    assert not undo_arranging(store, "A", study["id"], run_id)
    with store.reading() as connection:
        assert results.arrangement(connection, run_id) is None


def test_what_is_not_there_any_more_changes_nothing(store, study, run_id):
    with pytest.raises(ArrangementProblem, match="changed meanwhile"):
        merge_topics(store, "A", study["id"], run_id, (0,), (1,))
    with pytest.raises(ArrangementProblem):
        choose_topic_level(store, "A", study["id"], run_id, 7)
    with pytest.raises(Gone):
        split_topic(store, "A", study["id"], "nothing", (0,))
    with pytest.raises(Gone):
        split_topic(store, "A", need_study(store, "demo-ru")["id"], run_id, (0, 1))
    assert not can_undo_arranging(store, "A", study["id"], run_id)


def test_what_leaves_everything_as_it_is_need_not_be_taken_back(store, study, run_id):
    choose_topic_level(store, "A", study["id"], run_id, 0)
    rename_topic(store, "A", study["id"], run_id, (0, 1), name_en=" ", name_ru="")
    assert not can_undo_arranging(store, "A", study["id"], run_id)
    for _time in range(2):
        rename_topic(store, "A", study["id"], run_id, (0, 1), name_en="Registers", name_ru="")
    assert undo_arranging(store, "A", study["id"], run_id)
    assert not undo_arranging(store, "A", study["id"], run_id)


def test_an_older_run_is_arranged_apart(store, study, run_id):
    keep_topics(store, "A", study["id"], 4, small_run())
    choose_topic_level(store, "A", study["id"], run_id, 1)
    assert (len(topics(store, study)), len(topics(store, study, run_id))) == (2, 4)


def test_a_run_of_an_earlier_version_is_shown_and_not_arranged(store, study):
    old = {name: value for name, value in small_run().items() if name not in {"levels", "leaves", "places", "record"}}
    old["topics"] = [{name: value for name, value in each.items() if name != "leaves"} for each in old["topics"]]
    run_id = keep_topics(store, "A", study["id"], 3, old)
    assert [(each["size"], each["name_en"]) for each in topics(store, study)] == [(7, ""), (5, "")]
    with pytest.raises(ArrangementProblem):
        rename_topic(store, "A", study["id"], run_id, (), name_en="x", name_ru="")


def test_history_tells_what_was_done_to_topics(store, study, run_id):
    choose_topic_level(store, "A", study["id"], run_id, 1)
    rename_topic(store, "A", study["id"], run_id, (0,), name_en="Registers", name_ru="Реестры")
    merge_topics(store, "A", study["id"], run_id, (0,), (1,))
    split_topic(store, "A", study["id"], run_id, (0, 1))
    undo_arranging(store, "A", study["id"], run_id)
    with store.reading() as connection:
        coder = next(row for row in studies.coders(connection, study["id"]) if row["key"] == "A")
    told = [(deed.kind, str(deed.said)) for deed in history_of(store, study["id"], coder)[:5]]
    assert told == [
        ("undo", "A topic was split into the two that it was made of."),
        ("do", "A topic was split into the two that it was made of."),
        ("do", "Two topics were merged."),
        ("do", "A topic was named “Registers”."),
        ("do", "Topics were shown coarser or finer."),
    ]


@pytest.mark.parametrize("role", ["coder", "reader"])
def test_others_look_and_change_nothing(team, role):
    study, people = team
    owner, _mine = people["owner"]
    run_id = keep_topics(owner, _mine["key"], study["id"], 3, small_run())
    store, coder = people[role]
    assert len(topics(store, study)) == 2
    with pytest.raises(NotPermitted):
        choose_topic_level(store, coder["key"] if coder else "", study["id"], run_id, 1)
