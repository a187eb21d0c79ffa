"""The page of the form: a questionnaire is taken into use, links are made and shown once, and nobody's answers are."""

import pytest

from survey_app.actions import filling_in
from survey_app.actions.form_links import form_in_use
from survey_app.actions.studies import need_study
from survey_app.questionnaires.writing import template, to_yaml
from tests.survey_app.actions.filled_forms import fill_in, with_links
from tests.survey_app.form.forms import EVERYTHING
from tests.survey_app.pages.opening import button, open_page, press, problems, russian, sound, words


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_guide_becomes_the_form_with_one_button(store, language):
    study = need_study(store, "demo-en")
    text = "Take the interview guide as the form"
    app = press(open_page("form", "demo-en", language), russian(text) if language == "ru" else text)
    assert problems(app) == []
    found = form_in_use(store, study["id"])
    assert (found.origin, found.version, found.answered) == ("guide", "1", 0)


def test_a_file_becomes_the_form(store):
    app = open_page("form", "demo-en")
    app.file_uploader[0].set_value(("own.yaml", to_yaml(EVERYTHING).encode(), "application/yaml")).run()
    app = press(app, "Take this file as the form")
    assert problems(app) == []
    assert form_in_use(store, need_study(store, "demo-en")["id"]).instrument.title == EVERYTHING.title


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"PK\x03\x04", b"survey: [", template()[:2000]],
    ids=["empty", "bytes", "zip", "yaml", "cut"],
)  # fmt: skip
def test_a_file_that_is_none_is_one_sentence(store, content):
    app = open_page("form", "demo-en")
    app.file_uploader[0].set_value(("own.xlsx", content, "application/octet-stream")).run()
    assert len(problems(sound(app))) == 1


def test_links_are_made_and_shown_until_they_are_hidden(store):
    press(open_page("form", "demo-en"), "Take the interview guide as the form")
    app = open_page("form", "demo-en")
    app = press(app, "Make 20 links")
    lines = app.code[0].value.splitlines()
    assert len(lines) == 20
    key, link = lines[0].split("\t")
    assert filling_in.look_up(store, link.rpartition("/")[2]).instrument.title
    assert key == "F1"
    app = press(app, "Hide the links")
    assert not app.code
    assert button(app, "Make 0 links").disabled


def test_it_says_how_far_everybody_is_and_shows_no_answer(store):
    study = need_study(store, "demo-en")
    first, second = with_links(store, study, EVERYTHING).values()
    fill_in(store, first)
    filling_in.hand_in(store, first)
    fill_in(store, second)
    filling_in.withdraw_consent(store, second)
    app = open_page("form", "demo-en")
    table = app.dataframe[0].value
    assert list(table["state"][:3]) == ["sent", "consent withdrawn", "no link"]
    assert table["answered"][0] == "9 of 9"
    assert any("Consent was withdrawn by F2" in one.value.replace("\\", "") for one in app.warning)
    assert "green" not in table.to_csv() + words(app)


def test_what_a_change_does_to_answers_is_said_before(store):
    from dataclasses import replace

    study = need_study(store, "demo-en")
    first, _second = with_links(store, study, EVERYTHING).values()
    fill_in(store, first)
    filling_in.hand_in(store, first)
    app = open_page("form", "demo-en")
    fewer = replace(EVERYTHING, items=EVERYTHING.items[:-1])
    app.file_uploader[0].set_value(("own.yaml", to_yaml(fewer).encode(), "application/yaml")).run()
    assert any("1 question is no longer asked" in one.value for one in app.warning)
    press(app, "Take this file as the form")
    found = form_in_use(store, study["id"])
    assert (found.version, found.answered) == ("2", 1)
