"""The framework matrix on screen: what is written is kept at once."""

import pytest

from survey_app.actions.framework import matrix_of
from survey_app.actions.studies import create_study, need_study
from survey_app.store import studies
from tests.survey_app.pages.opening import open_page, press, russian, sound, words


def cell(store, slug, expert, column):
    study = need_study(store, slug)
    with store.reading() as connection:
        coder = studies.coders(connection, study["id"])[0]["id"]
    return matrix_of(store, study["id"], coder, "question", "own").cell(expert, column)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_tick_is_kept_undone_and_done_again(store, language):
    slug = f"demo-{language}"
    app = open_page("framework", slug, language)
    sound(app.checkbox[0].check().run())
    assert len(cell(store, slug, "F1", "question:t1.o1").quotes) == 1
    said = (lambda text: russian(text)) if language == "ru" else (lambda text: text)
    press(app, said("Undo"))
    assert not app.checkbox[0].value
    assert cell(store, slug, "F1", "question:t1.o1").quotes == ()
    press(app, said("Do again"))
    assert app.checkbox[0].value


def test_an_undo_opens_the_cell_in_which_it_happened(store):
    app = open_page("framework", "demo-en")
    sound(app.checkbox[0].check().run())
    sound(next(one for one in app.button if one.key == "framework-step-1").click().run())
    place = [one.value for one in app.selectbox if one.label in ("Expert", "Column")]
    press(app, "Undo")
    assert [one.value for one in app.selectbox if one.label in ("Expert", "Column")] != place
    assert not app.checkbox[0].value


def test_the_next_cell_with_statements_is_a_click_away(store):
    app = open_page("framework", "demo-en")
    before = [one.value for one in app.selectbox]
    sound(next(one for one in app.button if one.key == "framework-step-1").click().run())
    assert [one.value for one in app.selectbox] != before
    sound(next(one for one in app.button if one.key == "framework-step--1").click().run())
    assert [one.value for one in app.selectbox] == before


def test_without_experts_or_questions_the_page_says_what_to_do(fresh_store):
    create_study(fresh_store, "", title_en="Panel")
    assert "No experts yet" in words(open_page("framework", "panel"))
    assert russian("No experts yet") in words(open_page("framework", "panel", "ru"))
