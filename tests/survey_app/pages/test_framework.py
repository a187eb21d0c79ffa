"""The framework matrix on screen: what is written is kept at once."""

import pytest

from survey_app.actions.framework import matrix_of
from survey_app.actions.studies import create_study, need_study
from survey_app.store import studies
from tests.survey_app.pages.opening import open_page, russian, sound, words


def cell(store, slug, expert, column):
    study = need_study(store, slug)
    with store.reading() as connection:
        coder = studies.coders(connection, study["id"])[0]["id"]
    return matrix_of(store, study["id"], coder, "question", "own").cell(expert, column)


def summary(app):
    return next(one for one in app.text_area if one.key and one.key.startswith("summary-"))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_summary_and_its_quotes_are_kept_and_undone(store, language):
    slug = f"demo-{language}"
    app = open_page("framework", slug, language)
    summary(app).set_value("Words of my own.").run()
    sound(app.checkbox[0].check().run())
    kept = cell(store, slug, "F1", "question:t1.o1")
    assert (kept.text, len(kept.quotes)) == ("Words of my own.", 1)
    undo = next(one for one in app.button if one.proto.help in UNDO)
    undo.click().run()
    assert not app.checkbox[0].value
    undo = next(one for one in app.button if one.proto.help in UNDO)
    sound(undo.click().run())
    assert summary(app).value == ""
    assert cell(store, slug, "F1", "question:t1.o1").text == ""


UNDO = {"Undo the last change of the matrix", russian("Undo the last change of the matrix")}


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
