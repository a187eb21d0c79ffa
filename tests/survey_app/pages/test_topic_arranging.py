"""Topics on the page, arranged by a person: the slider, merging, splitting, names, runs beside each other."""

import pytest

from coding.topics.record import fingerprint_of
from coding.topics.result import StatementText
from survey_app import jobs
from survey_app.actions.results import topics_frame
from survey_app.actions.studies import create_study, need_study
from survey_app.actions.topic_wording import frequent_key, topic_wording, words_key
from survey_app.actions.topics import keep_topics, payload, what_experts_said
from survey_app.language import _, ngettext, use
from survey_app.settings import settings
from tests.coding.topics.small_run import small_run
from tests.survey_app.pages.opening import button, open_page, press, sound, words


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def real(store, study, **more):
    """The small run over the first statements of the study, those of the topics one expert's where they are so."""
    ids = what_experts_said(store, study)["statement_id"].tolist()
    run = small_run(**more)
    run["assignments"] = [each | {"statement_id": ids[place]} for place, each in enumerate(run["assignments"])]
    for level in run["levels"]:
        for topic in level["topics"]:
            topic["representative"] = [ids[int(each[1:])] for each in topic["representative"]]
    return run


@pytest.fixture
def run_id(store, study):
    return keep_topics(store, "A", study["id"], 3, real(store, study))


def topics(store, study):
    return topics_frame(store, study["id"])[0]["result"]["topics"]


def slide(app, run_id, place):
    return sound(app.select_slider(key=f"topic-level-{run_id}").set_value(place).run())


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_slider_answers_without_a_run_and_without_a_worker(store, study, run_id, monkeypatch, language):
    monkeypatch.setattr(jobs, "submit", lambda *_given, **_named: pytest.fail("a model was asked"))
    app = open_page("topics", "demo-en", language)
    slider = app.select_slider(key=f"topic-level-{run_id}")
    with use(language):
        assert slider.options == [ngettext("{count} topic", "{count} topics", count) for count in (2, 4)]
        slide(app, run_id, 1)
        assert ngettext("{count} topic", "{count} topics", 4) in [each.value for each in app.header]
        assert len(topics(store, study)) == 4
        assert slide(app, run_id, 0).header[0].value.startswith("2")


def test_a_change_is_made_on_the_card_and_taken_back(store, study, run_id):
    app = slide(open_page("topics", "demo-en"), run_id, 1)
    key = f"{run_id}-1"
    app.selectbox(key=f"into-{key}").select(1).run()  # portal into staff: the topics but itself
    sound(app.button(key=f"merge-{key}").click().run())
    assert [each["leaves"] for each in topics(store, study)] == [[1, 2], [0], [3]]
    assert "Changed by hand, from 4 topics." in words(app)
    assert "those of the nearest level of the run, 4 topics" in words(app)
    sound(app.button(key=f"split-{run_id}-1-2").click().run())
    assert len(topics(store, study)) == 4
    press(app, "Take the last change back")
    assert [each["leaves"] for each in topics(store, study)] == [[1, 2], [0], [3]]
    press(app, "Take the last change back")
    press(app, "Take the last change back")
    assert len(topics(store, study)) == 2
    assert "Take the last change back" not in [each.label for each in app.button]


def test_a_name_takes_the_place_of_the_first_words_and_goes_to_the_next_run(store, study, run_id):
    app = open_page("topics", "demo-en")
    assert any(each.value == "### register, portal" for each in app.markdown)
    app.text_input(key=f"name_en-{run_id}-0-1").input("Registers *and* portals")
    app.text_input(key=f"name_ru-{run_id}-0-1").input("Реестры")
    app = press(app, "Keep the name")
    assert any(each.value == r"### Registers \*and\* portals" for each in app.markdown)
    assert any(each.value == "### Реестры" for each in open_page("topics", "demo-en", "ru").markdown)
    keep_topics(store, "A", study["id"], 4, real(store, study))
    assert any(each.value == r"### Registers \*and\* portals" for each in open_page("topics", "demo-en").markdown)


def test_a_finest_topic_cannot_be_split(store, study, run_id):
    app = slide(open_page("topics", "demo-en"), run_id, 1)
    assert app.button(key=f"split-{run_id}-0").disabled


def test_numbers_have_a_sentence_beside_them_and_one_expert_is_flagged(store, study):
    ids = what_experts_said(store, study)
    mine = ids[ids["expert_id"] == "L1"]["statement_id"].tolist()[:2]
    run = real(store, study)
    run["assignments"] = [
        each | {"statement_id": new} for each, new in zip(run["assignments"][-5:], [*mine, "x", "y", "z"], strict=True)
    ]
    for name in ("levels",):
        run[name] = [level | {"together": level["together"][-5:]} for level in run[name]]
    run["leaves"] = run["leaves"] | {"of_statement": [2, 2, 0, 0, 0]}
    keep_topics(store, "A", study["id"], 3, run)
    app = open_page("topics", "demo-en")
    said = words(app)
    assert "Would other runs find the same topics? Nearly all of them" in said
    assert "Would the same topics be found without some of the experts? Most of them" in said
    assert "Different among the first ten words of all topics: 4 of 4." in said
    assert "12 of 12 statements have a topic." in said
    assert "Holds: 0.50. In other runs it often falls apart" in said
    assert "Only L1 speaks of it" in said


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_older_run_is_opened_and_two_runs_are_compared(store, study, run_id, language):
    fine = real(store, study)
    keep_topics(store, "A", study["id"], 4, fine | {"topics": fine["levels"][1]["topics"]})
    app = open_page("topics", "demo-en", language)
    with use(language):
        table = next(each.value for each in app.dataframe if _("Became") in each.value.columns)
        assert table[_("How")].tolist() == [_("split"), _("split")]
        assert table[_("Became")].tolist()[0].startswith("register (")
        assert _("This is an older run. Everywhere else the newest one is shown.") not in words(app)
        same = ngettext(
            "{same} of {count} topic is found again.", "{same} of {count} topics are found again.", 2, same=2
        )
        assert same in words(app)
        run = next(each for each in app.selectbox if each.label == _("Run"))
        sound(run.select_index(1).run())
        assert _("This is an older run. Everywhere else the newest one is shown.") in words(app)
        assert ngettext("{count} topic", "{count} topics", 2) in [each.value for each in app.header]


def test_the_record_says_whether_the_data_have_changed(store, study, monkeypatch):
    sent = payload(store, study)["statements"]
    data = fingerprint_of([StatementText(each["id"], each["text"], each["group"], each["expert"]) for each in sent])
    record = {"data": data, "codes": 28, "n_topics": 2, "seconds": 12.34, "libraries": {"numpy": "2.4"},
              "words": payload(store, study)["words"]}  # fmt: skip
    keep_topics(store, "A", study["id"], 3, real(store, study, record=record))
    app = open_page("topics", "demo-en")
    said = words(app)
    assert "The data have not changed since" in said
    assert data in said
    assert "numpy 2.4" in said
    started = []
    monkeypatch.setattr(jobs, "submit", lambda _function, payload, **_named: started.append(payload))
    press(app, "Run again with these settings")
    assert (started[0]["seed"], started[0]["n_topics"], started[0]["codes"]) == (3, 2, 28)
    keep_topics(store, "A", study["id"], 3, real(store, study, record=record | {"data": "other"}))
    assert "The data have changed since" in words(open_page("topics", "demo-en"))


def test_what_may_name_a_topic_keeps_itself(store, study):
    app = open_page("topics", "demo-en")
    sound(next(each for each in app.text_area if each.label == "Words left out").input("block\nnext question").run())
    sound(next(each for each in app.number_input if each.label.startswith("Words of a phrase")).set_value(2).run())
    kept = topic_wording(store, study["id"])
    assert (kept.stop_words, kept.phrases) == (("block", "next question"), 2)
    assert next(each for each in app.text_area if each.label == "Words left out").value == "block\nnext question"


def test_words_of_the_moderator_are_ticked(store, study, monkeypatch):
    proposed = [{"form": "block", "moderator": 9, "experts": 0}, {"form": "thank you", "moderator": 5, "experts": 1}]
    answers = {words_key(study): jobs.JobState("done", 1.0, result=proposed)}
    monkeypatch.setattr(jobs, "state", lambda key: answers.get(key, jobs.JobState()))
    app = open_page("topics", "demo-en")
    pills = next(each for each in app.get("button_group") if "by the moderator" in each.label)
    assert [each.replace("\\", "") for each in pills.options] == ["block 9 : 0", "thank you 5 : 1"]
    sound(pills.set_value(["thank you"]).run())
    assert topic_wording(store, study["id"]).stop_words == ("thank you",)


def test_a_run_of_an_earlier_version_is_shown_without_slider(store, study):
    old = {
        name: each for name, each in real(store, study).items() if name not in {"levels", "leaves", "places", "record"}
    }
    old["topics"] = [
        {name: each for name, each in topic.items() if name not in {"leaves", "stability"}} for topic in old["topics"]
    ]
    old["quality"] = {"npmi": None, "diversity": 1.0, "outliers": 0.0, "stability": 0.5}
    keep_topics(store, "A", study["id"], 3, old)
    app = open_page("topics", "demo-en")
    assert "This run is of an earlier version." in words(app)
    assert "An earlier version has kept no record of this run." in words(app)
    assert not app.select_slider
    assert "Keep the name" not in [each.label for each in app.button]


def test_with_too_little_text_the_words_of_several_experts_are_told(store, monkeypatch):
    """Of a study with a few statements; the counting itself is the worker's."""
    study = need_study(store, "demo-en")
    monkeypatch.setattr("survey_app.components.topic_run.FEWEST", 1_000)
    rows = [{"form": "register", "experts": 3, "statements": 5}]
    answers = {frequent_key(study, 280 + 98): jobs.JobState("done", 1.0, result=rows)}
    monkeypatch.setattr(jobs, "state", lambda key: answers.get(key, jobs.JobState()))
    said = words(open_page("topics", "demo-en"))
    assert "There are 378 statements of experts; topics need at least 1000." in said
    assert "register: 3 experts, 5 statements" in said
    assert "Find topics" not in said
    answers[frequent_key(study, 280 + 98)] = jobs.JobState("done", 1.0, result=[])
    assert "No word is said by two experts yet." in words(open_page("topics", "demo-en"))


def test_nothing_is_counted_where_nobody_has_spoken(fresh_store, monkeypatch):
    monkeypatch.setattr(jobs, "submit", lambda *_given, **_named: pytest.fail("there is nothing to count"))
    study = create_study(fresh_store, "", title_en="New")
    assert "Too little text for topics" in words(open_page("topics", study["slug"]))


def test_a_coder_looks_and_changes_nothing(team, monkeypatch):
    from survey_app import session

    study, people = team
    owner, mine = people["owner"]
    run_id = keep_topics(owner, mine["key"], study["id"], 3, small_run())
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()
    account = people["coder"][0].account
    monkeypatch.setattr(session, "account", lambda: {"id": account, "name": "coder", "login": "coder"})
    app = open_page("topics", "demo-en")
    labels = [each.label for each in app.button]
    assert "2 topics" in [each.value for each in app.header]
    assert app.select_slider(key=f"topic-level-{run_id}").disabled
    assert not {"Find topics", "Keep the name", "Merge", "Run again with these settings"} & set(labels)
    settings.cache_clear()


def test_buttons_of_the_page_are_there_for_a_researcher(store, study, run_id):
    assert button(open_page("topics", "demo-en"), "Run again with these settings")
