"""The codebook on screen: what a code means, and how it is added, renamed, moved and put away."""

import pytest

from survey_app.actions.studies import create_study, need_study
from survey_app.store import codes
from tests.survey_app.pages.opening import button, open_page, press, problems, russian, sound, words


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "", title_en="Panel")


def codebook(store, study):
    with store.reading() as connection:
        return {row["key"]: row for row in codes.codes(connection, study["id"], archived=True)}


def field(app, label, *, new=False):
    """A field of the form for a new code, or of the form that changes the chosen one."""
    return [one for one in [*app.text_input, *app.text_area] if one.label == label][0 if new else 1]


def choose(app, store, study, key):
    return sound(app.radio[0].set_value(codebook(store, study)[key]["id"]).run())


@pytest.mark.usefixtures("data_folder")
def test_a_codes_definition_and_use_are_shown():
    app = open_page("codebook", "demo-en")
    assert app.header[0].value.replace("\\", "") == "P01 Skills shortage among officials"
    said = words(app)
    for part in ("Definition.", "Officials lack the knowledge", "When to use.", "When not to use.", "44 codings"):
        assert part in said


@pytest.mark.usefixtures("data_folder")
def test_in_russian_the_definition_is_the_russian_one(store):
    app = open_page("codebook", "demo-ru", "ru")
    code = codebook(store, need_study(store, "demo-ru"))["prob.skills"]
    assert app.title[0].value == russian("Codebook")
    assert code["label_ru"] in app.header[0].value.replace("\\", "")
    assert code["definition_ru"] in words(app)


def test_a_code_is_found_in_either_language(study, fresh_store):
    app = open_page("codebook", "panel")
    for word in ("P05", "interdepartmental", codebook(fresh_store, study)["prob.interagency"]["label_ru"][:12].lower()):
        sound(app.text_input[0].set_value(word).run())
        assert any("P05" in option for option in app.radio[0].options)
        assert len(app.radio[0].options) < 10
    sound(app.text_input[0].set_value("xyzzy").run())
    assert "No code fits" in words(app)


def test_a_code_is_renamed_and_described(fresh_store, study):
    app = choose(open_page("codebook", "panel"), fresh_store, study, "prob.funding")
    field(app, "Name in English").set_value("No money")
    field(app, "Definition").set_value("Too little of it.")
    app.color_picker[0].set_value("#123456")
    press(app, "Save")
    code = codebook(fresh_store, study)["prob.funding"]
    assert (code["label_en"], code["definition_en"], code["colour"]) == ("No money", "Too little of it.", "#123456")
    assert code["label_ru"] != ""


def test_a_name_that_is_taken_is_refused_with_a_sentence(fresh_store, study):
    app = choose(open_page("codebook", "panel"), fresh_store, study, "prob.funding")
    field(app, "Name in English").set_value("Skills shortage among officials")
    press(app, "Save")
    assert problems(app) == ["There is already a code named “Skills shortage among officials”."]


def test_a_code_is_added_below_the_chosen_place(fresh_store, study):
    app = open_page("codebook", "panel")
    below = next(one for one in app.selectbox if one.label == "Below")
    below.set_value(codebook(fresh_store, study)["enab"]["id"])
    field(app, "Name in English", new=True).set_value("Weather")
    press(app, "Add code")
    assert codebook(fresh_store, study)["enab.weather"]["parent_key"] == "enab"


def test_a_code_is_moved(fresh_store, study):
    app = choose(open_page("codebook", "panel"), fresh_store, study, "prob.funding")
    move = next(one for one in app.selectbox if one.label == "Move below")
    sound(move.set_value(codebook(fresh_store, study)["enab"]["id"]).run())
    press(app, "Move")
    assert codebook(fresh_store, study)["prob.funding"]["root_key"] == "enab"


def test_a_code_is_put_away_and_brought_back(fresh_store, study):
    app = choose(open_page("codebook", "panel"), fresh_store, study, "prob.funding")
    press(app, "Take out of use")
    assert codebook(fresh_store, study)["prob.funding"]["archived"]
    assert not any("funding" in option for option in app.radio[0].options)
    sound(app.toggle[0].set_value(True).run())
    choose(app, fresh_store, study, "prob.funding")
    press(app, "Bring back into use")
    assert not codebook(fresh_store, study)["prob.funding"]["archived"]


def test_a_root_can_be_renamed_but_neither_moved_nor_put_away(fresh_store, study):
    app = choose(open_page("codebook", "panel"), fresh_store, study, "prob")
    assert button(app, "Save")
    assert not [one for one in app.button if one.label in {"Move", "Take out of use"}]


@pytest.mark.usefixtures("empty_folder")
def test_without_a_study_the_page_leads_to_the_list():
    assert "No study is open" in words(open_page("codebook"))
