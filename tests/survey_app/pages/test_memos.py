"""Memos, history and how far the coders are, on screen in both languages."""

import pytest

from survey_app.actions.codebook import archive_code
from survey_app.actions.studies import create_study, need_study
from survey_app.store import codes, sources, studies
from survey_app.store.progress import progress
from tests.survey_app.pages.opening import open_page, russian, sound, words


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_memos_of_the_coder_are_listed_and_searched(store, language):
    app = open_page("memos", f"demo-{language}", language)
    said = (lambda text: russian(text)) if language == "ru" else (lambda text: text)
    assert said("The whole study") in words(app)
    assert len(app.text) == 4
    app.text_input(key="memo-search").set_value("Galaxy")
    sound(app.run())
    assert len(app.text) == 1


def test_a_history_without_deeds_says_so_in_both_languages(fresh_store):
    create_study(fresh_store, "", title_en="Panel")
    said = "Nothing was done here yet."
    assert said in words(open_page("history", "panel"))
    assert russian(said) in words(open_page("history", "panel", "ru"))


def test_the_history_of_the_demo_is_a_table(store):
    app = open_page("history", "demo-en")
    table = app.dataframe[0].value
    assert table["What was done"].str.contains("memo was written").any()


def test_the_history_of_a_statement_shows_its_words_and_codes_out_of_use_can_be_chosen(store):
    study = need_study(store, "demo-en")
    with store.reading() as connection:
        book = {row["key"]: row for row in codes.codes(connection, study["id"])}
        source = sources.sources(connection, study["id"])[0]
        at = sources.statements(connection, source["id"])[1]
    archive_code(store, "A", study["id"], book["prob.skills"]["id"], archived=True)
    app = open_page("history", "demo-en")
    assert any("out of use" in option for option in app.selectbox[-1].options)
    assert app.dataframe[0].value["What was done"].str.contains("was taken out of use").any()
    app.query_params["at"] = at["id"]
    sound(app.run())
    with store.reading() as connection:
        text = sources.source(connection, source["id"])["text"]
    assert text[at["start"] : at["end"]] in words(app)
    app.query_params["at"] = "unknown"
    assert "This statement is no longer there." in words(sound(app.run()))


def test_the_history_says_who_it_was_where_it_was_another(store):
    app = open_page("history", "demo-en")
    sound(app.selectbox[0].set_value("B").run())
    assert app.dataframe[0].value["What was done"].str.endswith("(by A)").any()


def test_how_far_the_coders_are_is_counted_over_what_there_is_to_code(store):
    study = need_study(store, "demo-en")
    with store.reading() as connection:
        coders = {row["id"]: row["key"] for row in studies.coders(connection, study["id"])}
        found = [row for row in progress(connection, study["id"]) if row["total"] in {102, 108, 70}]
    far = {(coders[row["coder_id"]], row["total"]): row["looked"] for row in found}
    assert far[("A", 102)] == 102
    assert far[("C", 102)] < 102
    app = open_page("desk", "demo-en")
    assert "102" in app.selectbox[0].options[0]
