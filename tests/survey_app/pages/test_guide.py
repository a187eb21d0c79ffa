"""The guide's page: proposals in words, confirmed by a press; questions as a table, a file in its place."""

import pandas as pd
import pytest

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.guide import Asked, questions_of, sessions_of_guide
from survey_app.actions.people import confirm_speakers
from survey_app.actions.studies import create_study
from survey_app.components.guide_questions import wanted_questions
from survey_app.components.guide_sections import certainty, choices_of, chosen_sections
from survey_app.language import use
from survey_app.store import schema, sources
from tests.survey_app.actions.test_guide import TALK
from tests.survey_app.pages.opening import open_page, press, problems, russian, sound, words
from transcripts.model import Turn

QUESTIONS = [
    {"key": "q1", "ask_en": "What hinders?", "ask_ru": "Что мешает?"},
    {"key": "q2", "ask_en": "x" * 100, "ask_ru": "Что помогает?"},
]


def asked(index, kind, key="", score=0.0, runner_up=0.0):
    return Asked(Turn(index, "M", "words", 0, 5), kind, key, score, runner_up)


@pytest.fixture
def study(fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    bring_in_file(fresh_store, "", study, recognise_file(fresh_store, study["id"], "talk.vtt", TALK.encode()))
    return study


def moderate(store, study):
    with store.reading() as connection:
        vera = next(row for row in sources.speakers(connection, study["id"]) if row["display_name"] == "Vera")
    confirm_speakers(store, "", study["id"], [{"id": vera["id"], "role": "moderator"}])


def test_a_question_a_follow_up_and_what_is_off_the_guide_are_told_apart():
    with use("en"):
        found = [asked(0, "intro"), asked(2, "question", "q1"), asked(4, "follow_up", "q1"), asked(6, "question", "z9")]
        choices = choices_of(QUESTIONS, found)
        assert list(choices)[:2] == ["1. What hinders?", f"2. {'x' * 70}…"]
        picked = ["introduction", "2. " + "x" * 70 + "…", "follow-up of the question above", "off the guide"]
        assert chosen_sections(found, picked, choices) == [
            (0, "intro", ""), (2, "question", "q2"), (4, "follow_up", "q2"), (6, "off_guide", ""),
        ]  # fmt: skip
        assert choices["z9"] == ("question", "z9")


def test_how_sure_a_proposal_is_stands_in_words():
    with use("en"):
        assert certainty(asked(0, "question", "q1", 0.9, 0.4), confirmed=False) == "clear"
        assert "close" in certainty(asked(0, "question", "q1", 0.7, 0.65), confirmed=False)
        assert "weak" in certainty(asked(0, "question", "q1", 0.6, 0.2), confirmed=False)
        assert certainty(asked(0, "question", "q1", 0.6, 0.2), confirmed=True) == ""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_session_without_a_moderator_leads_to_the_people(fresh_store, study, language):
    with fresh_store.change(study["id"], "", "x") as change:
        for row in sources.speakers(change.connection, study["id"]):
            change.update(schema.speaker, row["id"], role="unknown")
    said = words(open_page("guide", "panel", language))
    sentence = "Nobody moderates this session yet"
    assert (sentence if language == "en" else russian(sentence)) in said


def test_sections_are_confirmed_by_one_press_and_taken_back(fresh_store, study):
    moderate(fresh_store, study)
    app = open_page("guide", "panel")
    assert "Nothing counts before it is confirmed." in words(app)
    press(app, "Confirm this session")
    assert sessions_of_guide(fresh_store, study["id"])[0]["confirmed"]
    app = open_page("guide", "panel")
    assert "These sections are confirmed." in words(app)
    press(app, "Undo the confirmation")
    assert not sessions_of_guide(fresh_store, study["id"])[0]["confirmed"]


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_demos_guide_is_shown_confirmed(language):
    app = open_page("guide", f"demo-{language}", language)
    sentence = "These sections are confirmed. What you change here counts once it is confirmed again."
    assert (sentence if language == "en" else russian(sentence)) in words(app)


def test_the_table_of_questions_says_its_order_by_numbers():
    table = pd.DataFrame(
        {
            "position": [2, 1, None], "ask_en": ["B?", "A?", "C?"], "ask_ru": [None, "А?", None],
            "task": ["", "t1", None], "key": ["b", "a", None], "used": [0, 0, None],
        }
    )  # fmt: skip
    assert [row["ask_en"] for row in wanted_questions(table)] == ["A?", "B?", "C?"]
    assert wanted_questions(table)[2] == {"key": "", "task": "", "ask_en": "C?", "ask_ru": ""}


def test_a_file_takes_the_place_of_the_guide(fresh_store, study):
    app = open_page("guide", "panel")
    app.file_uploader[0].set_value([("guide.txt", b"What hinders you?\nWhat helps?\n", "text/plain")])
    sound(app.run())
    app.radio[-1].set_value("replace")
    sound(app.run())
    press(app, "Take 2 questions")
    with fresh_store.reading() as connection:
        assert [row["ask_en"] for row in questions_of(connection, study["id"])] == ["What hinders you?", "What helps?"]


def test_a_bad_guide_gets_its_sentence(fresh_store, study):
    app = open_page("guide", "panel")
    app.file_uploader[0].set_value([("guide.yaml", b"x: 1", "text/plain")])
    sound(app.run())
    assert problems(app) == ["guide.yaml is not an interview guide. Download the template to see how one is written."]
