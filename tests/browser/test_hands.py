"""Nothing is torn out of a coder's hands: what is being chosen, typed or walked through outlives what others do."""

import re

import pytest
from playwright.sync_api import expect

from survey_app.actions.code_merging import merge_codes
from survey_app.actions.segmenting import split_statement
from tests.browser.at_desk import Place, apply, chips, saved
from tests.browser.walking import cut_off

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def split_first(place):
    """Another person cuts the first statement in two."""
    first = place.statements[0]
    at = place.text.index(" ", first["start"] + 5)
    split_statement(place.store, "B", place.study["id"], place.source["id"], first["id"], at)


def test_a_text_that_comes_anew_waits_until_a_code_is_chosen(own_server, page):
    place = Place(own_server)
    with page.expect_websocket() as line:
        place.open(page)
    rows = page.locator(".rk-row .rk-text").count()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.keyboard.type("s")
    last = place.statements[-1]["id"].encode()
    with line.value.expect_event("framereceived", lambda frame: last in frame):  # the whole text once more
        split_first(place)
    search = page.locator(".rk-picker input")
    expect(search).to_have_value("s")
    page.keyboard.type("kill")
    expect(search).to_have_value("skill")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator(".rk-row .rk-text")).to_have_count(rows + 1)
    assert place.stored() == [(place.words_of(1), "P01")]


def test_filters_stay_when_the_text_comes_anew(own_server, page):
    place = Place(own_server)
    place.open(page)
    page.keyboard.press("/")
    page.keyboard.type("service")
    page.keyboard.press("Enter")
    count = page.locator(".rk-count")
    expect(count).not_to_be_empty()
    before = count.inner_text()
    rows = page.locator(".rk-row .rk-text").count()
    split_first(place)
    page.keyboard.press("*")
    saved(page)
    expect(page.locator(".rk-row .rk-text")).to_have_count(rows + 1)
    expect(page.locator(".rk-filter-text")).to_have_value("service")
    assert count.inner_text().split()[0] == before.split()[0]


def test_an_open_desk_sees_what_a_merge_has_done(own_server, page):
    place = Place(own_server)
    place.open(page)
    apply(page, "P03")
    saved(page)
    ids = {row["short"]: row["id"] for row in place.codebook}
    merge_codes(place.store, "B", place.study["id"], ids["P03"], ids["P04"])
    page.keyboard.press("j")
    apply(page, "P05")
    expect(page.locator(".rk-chip").first).to_contain_text("P04")


def test_a_walk_ends_when_the_coder_goes_elsewhere(server, page):
    place = Place(server)
    place.open(page)
    page.keyboard.press("/")
    page.keyboard.type("service")
    page.keyboard.press("Enter")
    page.locator('[data-filter="all"]').click()
    page.keyboard.type("P05")
    page.keyboard.press("Enter")
    expect(page.locator(".rk-notes")).to_contain_text("1")
    page.keyboard.press("Enter")
    saved(page)
    assert len(place.stored()) == 1
    page.keyboard.press("j")
    expect(page.locator(".rk-notes")).to_be_empty()
    page.keyboard.press("Enter")
    expect(page.locator(".rk-picker input")).to_be_visible()
    page.keyboard.press("Escape")
    assert len(place.stored()) == 1


def test_words_of_a_memo_outlive_a_reload_and_another_row(server, page):
    place = Place(server)
    place.open(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.keyboard.press(";")
    page.keyboard.type("Half a thou")
    page.reload()
    field = page.locator(".rk-memo-field")
    expect(field).to_have_value("Half a thou")
    field.press("End")
    page.keyboard.type("ght")
    page.locator(".rk-row .rk-text").nth(6).click()
    page.keyboard.press(";")
    expect(field).to_have_value("")
    page.keyboard.press("Escape")
    saved(page)
    expect(page.locator(".rk-memo-mark")).to_contain_text("Half a thought")


def test_an_undo_without_a_server_is_seen_or_said_to_wait(own_server, page):
    place = Place(own_server)
    place.open(page)
    apply(page, "P01")
    saved(page)
    cut_off(own_server, page)
    apply(page, "P02")
    expect(page.locator(".rk-saved.is-late")).to_be_visible()
    assert sorted(chips(page)) == ["P01", "P02"]
    page.keyboard.press("Control+z")
    assert chips(page) == ["P01"]
    page.keyboard.press("Control+z")
    expect(page.locator(".rk-notes")).to_contain_text("does not answer")
    own_server.start()
    expect(page.locator(".rk-saved")).to_have_attribute("data-waiting", "0")
    assert place.stored() == []


def test_work_left_on_another_text_is_told(own_server, window):
    place, other = Place(own_server), Place(own_server, "chat")
    page = window.new_page()
    place.open(page)
    cut_off(own_server, page)
    apply(page, "P01")
    expect(page.locator(".rk-chip")).to_have_count(1)
    page.close(run_before_unload=False)
    own_server.start()
    page = window.new_page()
    page.goto(own_server.page("desk", study="demo-en", source=other.source["key"], coder=place.coder))
    expect(page.locator(".rk-notes")).to_contain_text(re.compile(r"still wait in this browser"))
    place.open(page)
    saved(page)
    assert len(place.stored()) == 1
    page.close()
