"""A study's home: what is there, the next step, and what a researcher should know."""

import pytest

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.demo import DEMO
from survey_app.actions.studies import create_study
from survey_app.components.steps import next_step, stations
from survey_app.language import use
from tests.survey_app.pages.opening import open_page, press, russian, words

NOTHING = dict.fromkeys(
    ["sessions", "chats", "answer_sources", "experts", "statements", "speakers_unconfirmed", "speakers", "items",
     "responses", "codes", "codings", "topic_runs", "reviews_finished", "quotes_released", "releases",
     "sessions_aligned", "documents"], 0,
)  # fmt: skip


def step_after(**there):
    with use("en"):
        found = next_step(stations(NOTHING | {"codes": 49} | there))
        return found.title if found else None


def test_the_next_step_follows_the_way_and_may_pass_over_what_a_study_can_do_without():
    way = {}
    said = [step_after()]
    for more in (
        {"sessions": 1, "statements": 9, "speakers": 3, "speakers_unconfirmed": 3}, {"experts": 2},
        {"speakers_unconfirmed": 0}, {"codings": 5}, {"reviews_finished": 1}, {"quotes_released": 1}, {"releases": 1},
        {"sessions_aligned": 1}, {"documents": 1}, {"responses": 4}, {"topic_runs": 1},
    ):  # fmt: skip
        way |= more
        said.append(step_after(**way))
    assert said == [
        "Bring in transcripts", "Import the roster of experts", "Confirm who is who", "Code the statements",
        "Replace names by labels", "Release quotes", "Publish", "Say which question is asked where", "Bring in documents",
        "Import the questionnaire", "Look for topics", None,
    ]  # fmt: skip


@pytest.mark.usefixtures("data_folder")
def test_the_demos_home_shows_what_is_there():
    app = open_page("home", "demo-en")
    said = words(app)
    assert "Digitalization of public administration" in app.title[0].value
    for fact in ("3 sessions, 280 statements", "20 experts", "all names are confirmed", "726 codings", "49 codes"):
        assert fact in said
    assert "SYNTHETIC" in said


@pytest.mark.usefixtures("data_folder")
def test_the_home_is_russian_in_russian():
    app = open_page("home", "demo-ru", "ru")
    assert "Цифровизация публичного управления" in app.title[0].value
    assert russian("Collect") in words(app)


def test_an_empty_study_begins_with_the_transcripts(fresh_store):
    create_study(fresh_store, "", title_en="Panel")
    app = open_page("home", "panel")
    assert "Next step: Bring in transcripts" in words(app)
    press(app, "Go there")
    assert app.title[0].value == "Transcripts"


def test_it_says_when_nobody_is_marked_as_the_moderator(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    talk = b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:09.000\nAnna Orlova: Good day.\n"
    bring_in_file(fresh_store, "", study, recognise_file(fresh_store, study["id"], "talk.vtt", talk))
    assert "Nobody is marked as the moderator yet" in words(open_page("home", "panel"))


def test_names_that_wait_are_counted(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    file = DEMO / "transcripts" / "S-A_en.vtt"
    bring_in_file(fresh_store, "", study, recognise_file(fresh_store, study["id"], file.name, file.read_bytes()))
    assert "10 names wait" in words(open_page("home", "panel"))


@pytest.mark.usefixtures("empty_folder")
def test_without_a_study_the_page_leads_to_the_list():
    assert "No study is open" in words(open_page("home"))
