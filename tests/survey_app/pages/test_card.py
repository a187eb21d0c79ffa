"""The page “Study card”: filled in, saved in parts, taken back; what it says is what will be cited."""

import pytest

from survey_app.actions.studies import choose, need_study
from survey_app.actions.study_card import study_card
from survey_app.publishing.study_card import Card
from tests.survey_app.pages.opening import button, open_page, press, problems, russian, words


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_asks_in_both_languages_what_no_table_says(language):
    app = open_page("card", f"demo-{language}", language)
    say = russian if language == "ru" else str
    assert say("Study card") in words(app)
    assert say(
        "Which board approved the study and under which number, or why none was asked; how consent was given."
    ) in words(app).replace("\\", "")
    assert len(app.text_area) == 50  # 25 texts in two languages
    assert button(app, say("Save the card"))


def test_what_is_written_is_kept(store):
    app = open_page("card", "demo-en")
    next(one for one in app.text_area if one.label.startswith("Ethics") and "English" in one.label).set_value(
        "Approved."
    )
    next(one for one in app.text_input if one.label == "DOI").set_value("https://doi.org/10.5281/zenodo.7")
    app = press(app, "Save the card")
    kept = study_card(store, need_study(store, "demo-en")["id"])
    assert (kept.words, kept.doi) == ({"ethics": ("Approved.", "")}, "10.5281/zenodo.7")
    assert "https://doi.org/10.5281/zenodo.7" in app.code[0].value
    press(app, "Undo")
    assert study_card(store, need_study(store, "demo-en")["id"]) == Card()


def test_what_does_not_fit_is_said_and_what_was_written_stays_on_the_screen(store):
    app = open_page("card", "demo-en")
    next(one for one in app.text_input if one.label == "DOI").set_value("somewhere")
    app = press(app, "Save the card")
    assert any("is no DOI" in each for each in problems(app))
    assert next(one for one in app.text_input if one.label == "DOI").value == "somewhere"
    assert study_card(store, need_study(store, "demo-en")["id"]) == Card()


def test_a_shut_gate_is_told_where_the_package_is_asked_for(store):
    choose(store, "A", need_study(store, "demo-en")["id"], segmentation="by_group")
    app = press(open_page("card", "demo-en"), "Make the deposit package")
    assert any("a published segment needs at least 3" in each for each in problems(app))
