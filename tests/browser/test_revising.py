"""Correcting the text at the desk, as a person does it: no place is lost, nothing typed is lost, no code is lost."""

import pytest
from playwright.sync_api import expect

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.correcting import correct_turn
from survey_app.actions.studies import create_study
from survey_app.store import sources
from tests.browser.at_desk import Place, apply, chips, saved, select_words
from tests.browser.conftest import store_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TALK = """WEBVTT

1
00:00:01.000 --> 00:00:19.000
Anna: We have the rode map. Nobody reads it, and 😀 nobody asks why. People wait three weeks for one paper.

2
00:00:20.000 --> 00:00:29.000
Boris: With us it is worse. The register is on paper.

3
00:00:31.000 --> 00:00:39.000
Anna: And nobody keeps it up to date. I would like to know who does.
"""


@pytest.fixture
def place(server, request):
    """A text of its own for each test."""
    store = store_of(server)
    slug = request.node.name.replace("_", "-")[:70]
    study = create_study(store, "A", title_en="Talk", slug=slug)
    bring_in_file(store, "A", study, recognise_file(store, study["id"], "talk.vtt", TALK.encode()))
    return Place(server, study=slug)


def texts(page):
    return page.locator(".rk-text").all_text_contents()


def stored_statements(place):
    with place.store.reading() as connection:
        text = sources.source(connection, place.source["id"])["text"]
        found = sources.statements(connection, place.source["id"])
    return [text[row["start"] : row["end"]] for row in found]


def stored_words(place):
    with place.store.reading() as connection:
        place.text = sources.source(connection, place.source["id"])["text"]
    return place.stored()


def test_a_statement_is_split_at_a_sentence_with_the_keyboard_and_merged_again(place, page):
    place.open(page)
    before = texts(page)
    apply(page, "P01")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".rk-notes")).to_contain_text("Where does the second statement begin?")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator(".rk-text")).to_have_count(len(before) + 1)
    assert texts(page)[:2] == ["We have the rode map.", before[0].removeprefix("We have the rode map. ")]
    assert chips(page) == ["P01"]
    expect(page.locator(".rk-row.is-here .rk-text")).to_have_text("We have the rode map.")
    assert stored_statements(place) == texts(page)
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator(".rk-text")).to_have_count(len(before))
    assert texts(page) == before
    page.keyboard.press("Control+z")
    expect(page.locator(".rk-text")).to_have_count(len(before) + 1)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator(".rk-chip")).to_have_count(0)
    assert texts(page) == before
    assert stored_statements(place) == before


def test_a_statement_is_split_before_the_words_that_are_selected(place, page):
    place.open(page)
    select_words(page, "nobody asks")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".rk-text").nth(1)).to_contain_text("nobody asks why.")
    assert texts(page)[0].endswith("and 😀")


def test_a_turn_is_corrected_and_every_code_stays_on_its_words(place, page):
    place.open(page)
    select_words(page, "nobody asks why")
    apply(page, "P01")
    select_words(page, "rode map")
    apply(page, "P06")
    saved(page)
    page.keyboard.press("F2")
    field = page.get_by_role("textbox", name="The words of this turn")
    expect(field).to_be_focused()
    field.fill(field.input_value().replace("the rode map", "a good road map").replace("People", "All people"))
    page.keyboard.press("Control+Enter")
    expect(field).to_have_count(0)
    expect(page.locator(".rk-text").first).to_contain_text("a good road map")
    saved(page)
    assert sorted(stored_words(place)) == [("nobody asks why", "P01"), ("road map", "P06")]
    expect(page.locator(".rk-part")).to_have_text(["road map", "nobody asks why"])
    expect(page.locator(".rk-row.is-here")).to_have_count(1)
    page.reload()
    expect(page.locator(".rk-part")).to_have_text(["road map", "nobody asks why"])
    page.locator(".rk-row.is-here .rk-text").click()
    page.keyboard.press("Control+z")
    expect(page.locator(".rk-text").first).to_contain_text("the rode map")
    assert sorted(stored_words(place)) == [("nobody asks why", "P01"), ("rode map", "P06")]


def test_a_code_whose_words_were_cut_waits_for_a_look(place, page):
    place.open(page)
    select_words(page, "nobody asks why")
    apply(page, "P01")
    saved(page)
    page.keyboard.press("F2")
    field = page.get_by_role("textbox", name="The words of this turn")
    field.fill(field.input_value().replace(", and 😀 nobody asks why", ""))
    page.get_by_role("button", name="Save", exact=True).click()
    waiting = page.get_by_role("button", name="Needs a look: 1")
    expect(waiting).to_be_visible()
    expect(page.locator(".rk-chip")).to_contain_text("needs a look")
    page.locator(".rk-row.is-here .rk-text").click()
    page.keyboard.press("!")
    expect(page.locator(".rk-notes")).to_contain_text("Is it right as it lies now?")
    page.keyboard.press("=")
    expect(waiting).to_be_hidden()
    saved(page)
    page.reload()
    expect(page.locator(".rk-chip")).to_have_count(1)
    expect(page.locator(".needs-look")).to_have_count(0)


def test_what_was_typed_is_not_lost_by_escape_nor_by_a_refusal(place, page):
    place.open(page)
    page.keyboard.press("F2")
    field = page.get_by_role("textbox", name="The words of this turn")
    field.fill("My own words.")
    page.keyboard.press("Escape")
    expect(page.locator(".rk-notes")).to_contain_text("Press Esc again")
    expect(field).to_have_value("My own words.")
    correct_turn(place.store, "B", place.study["id"], place.source["id"], 0, "Somebody else was quicker.", seen=0)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".rk-notes")).to_contain_text("Somebody has corrected this turn in the meantime.")
    expect(field).to_have_value("My own words.")
    field.focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".rk-text").first).to_have_text("Somebody else was quicker.")


def test_what_another_has_corrected_arrives_without_moving_the_coder(place, page):
    place.open(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    here = page.locator(".rk-row.is-here .rk-text")
    words = here.text_content()
    correct_turn(place.store, "B", place.study["id"], place.source["id"], 0, "Quite short.", seen=0)
    apply(page, "P01")
    expect(page.locator(".rk-text").first).to_have_text("Quite short.")
    expect(here).to_have_text(words)
    saved(page)
    assert stored_words(place) == [(words, "P01")]
