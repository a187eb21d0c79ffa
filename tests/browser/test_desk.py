"""Coding as a person does it, in a real browser: with keys, with the mouse, over reloads and a killed server."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.codebook import add_code, archive_code
from survey_app.actions.studies import create_study
from survey_app.store import schema, studies
from survey_app.store.log import rows
from tests.browser.at_desk import Place, apply, chips, saved, select_words
from tests.browser.conftest import own_window, store_of
from tests.browser.walking import cut_off

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIGNS = """WEBVTT

1
00:00:01.000 --> 00:00:09.000
Anna: 😀 Skills are missing 👩‍👩‍👧 everywhere, and nobody trains anybody.

2
00:01:01.000 --> 00:01:09.000
Anna: Обмен идёт бума\u0301жной почтой, и это надолго.
"""


def test_statements_are_coded_with_the_keyboard_alone(server, page):
    place = Place(server)
    place.open(page)
    page.keyboard.press("j")
    apply(page, "P01")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("skill")
    page.keyboard.press("Enter")
    page.keyboard.press("k")
    apply(page, "доступност услуг")
    saved(page)
    assert sorted(place.stored()) == sorted(
        [(place.words_of(1), "P01"), (place.words_of(2), "P01"), (place.words_of(1), "E04")]
    )
    assert sorted(chips(page)) == ["E04", "P01", "P01"]
    expect(page.locator(".rk-progress")).to_contain_text("Looked at 3 of 102")


def test_words_selected_with_the_mouse_carry_two_codes(server, page):
    place = Place(server)
    place.open(page)
    words = "eighteen thousand"
    select_words(page, words)
    page.locator(".rk-offer").click()
    page.locator(".rk-code", has_text="P06").click()
    page.keyboard.press("Enter")
    page.keyboard.type("rights")
    page.keyboard.press("Enter")
    saved(page)
    assert sorted(place.stored()) == [(words, "P06"), (words, "P14")]
    lines = page.locator(".rk-part").first.evaluate(
        "node => getComputedStyle(node).backgroundImage.split('gradient').length - 1"
    )
    assert lines == 2
    page.locator(".rk-part").first.hover()
    expect(page.locator(".rk-tip")).to_contain_text("P06")
    expect(page.locator(".rk-tip")).to_contain_text("P14")
    expect(page.locator(".rk-tip")).to_contain_text("of the codebook")


def test_a_selection_over_emoji_and_stress_marks_is_stored_to_the_character(server, page):
    store = store_of(server)
    study = create_study(store, "A", title_en="Signs", slug="signs")
    bring_in_file(store, "A", study, recognise_file(store, study["id"], "signs.vtt", SIGNS.encode()))
    place = Place(server, study="signs")
    place.open(page)
    for words in ("👩‍👩‍👧 everywhere", "бума\u0301жной"):
        select_words(page, words)
        apply(page, "P01")
        saved(page)
    assert [words for words, _code in place.stored()] == ["👩‍👩‍👧 everywhere", "бума\u0301жной"]
    page.reload()
    expect(page.locator(".rk-part")).to_have_text(["👩‍👩‍👧 everywhere", "бума\u0301жной"])


def test_words_selected_with_shift_and_arrows_are_coded(server, page):
    place = Place(server)
    place.open(page)
    page.keyboard.press("j")
    for _time in range(3):
        page.keyboard.press("Control+Shift+ArrowRight")
    apply(page, "R01")
    saved(page)
    ((words, code),) = place.stored()
    assert place.words_of(1).startswith(words)
    assert 1 < len(words.split()) < len(place.words_of(1).split())
    assert code == "R01"


def test_a_click_selects_a_coding_delete_removes_it_and_undo_brings_it_back(server, page):
    place = Place(server)
    place.open(page)
    apply(page, "P01")
    apply(page, "P02")
    saved(page)
    page.locator(".rk-chip-name", has_text="P01").click()
    page.keyboard.press("Delete")
    saved(page)
    assert place.stored() == [(place.words_of(0), "P02")]
    page.keyboard.press("Control+z")
    expect(page.locator(".rk-chip")).to_have_count(2)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".rk-chip")).to_have_count(1)
    saved(page)
    assert place.stored() == [(place.words_of(0), "P02")]


def test_fast_keys_lose_nothing(server, page):
    place = Place(server)
    place.open(page)
    for _time in range(20):
        page.keyboard.press("n")
        apply(page, "P03")
    saved(page)
    assert [code for _words, code in place.stored()] == ["P03"] * 20
    expect(page.locator(".rk-chip")).to_have_count(20)


def test_a_reload_keeps_codings_place_and_coder(server, page):
    place = Place(server)
    place.open(page)
    for _time in range(5):
        page.keyboard.press("j")
    apply(page, "E01")
    saved(page)
    page.reload()
    expect(page.locator(".rk-chip")).to_have_count(1)
    expect(page.locator(".rk-row.is-here")).to_contain_text(place.words_of(5)[:30])
    assert f"coder={place.coder}" in page.url


def test_another_coder_sees_none_of_it(server, page):
    store = store_of(server)
    study = create_study(store, "A", title_en="Blind", slug="blind")
    bring_in_file(store, "A", study, recognise_file(store, study["id"], "blind.vtt", SIGNS.encode()))
    place, other = Place(server, study="blind"), Place(server, study="blind")
    place.open(page)
    apply(page, "P01")
    saved(page)
    coding = page.locator(".rk-chip").get_attribute("data-coding").encode()
    page.goto("about:blank")
    received = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(frame)))
    other.open(page)
    expect(page.locator(".rk-chip")).to_have_count(0)
    assert any(other.statements[0]["id"].encode() in frame for frame in received)
    assert not any(coding in frame for frame in received)
    page.get_by_role("combobox", name="Who codes").click()
    page.get_by_role("option", name=place.coder, exact=True).click()
    expect(page.locator(".rk-chip")).to_have_count(1)
    assert any(coding in frame for frame in received)


def test_what_was_coded_in_the_moment_of_switching_the_coder_is_stored_for_the_first(server, page):
    place, other = Place(server), Place(server)
    place.open(page)
    apply(page, "P09")
    page.get_by_role("combobox", name="Who codes").click()
    page.get_by_role("option", name=other.coder, exact=True).click()
    expect(page.locator(".rk-chip")).to_have_count(0)
    saved(page)
    assert [code for _words, code in place.stored()] == ["P09"]
    assert other.stored() == []


def test_the_language_may_change_in_the_middle(server, page):
    place = Place(server)
    place.open(page)
    apply(page, "P01")
    saved(page)
    page.get_by_text("Русский").click()
    expect(page.locator(".rk-chip")).to_contain_text("Недостаточная квалификация служащих")
    page.locator(".rk-row.is-here .rk-text").click()
    page.keyboard.press("j")
    apply(page, "P02")
    saved(page)
    assert [code for _words, code in place.stored()] == ["P01", "P02"]


def test_a_killed_server_loses_nothing_and_undo_reaches_back_over_it(own_server, page):
    place = Place(own_server)
    place.open(page)
    apply(page, "P01")
    saved(page)
    cut_off(own_server, page)
    page.keyboard.press("j")
    apply(page, "P02")
    page.keyboard.press("j")
    apply(page, "P03")
    expect(page.locator(".rk-chip")).to_have_count(3)
    assert [code for _words, code in place.stored()] == ["P01"]
    own_server.start()
    expect(page.locator(".rk-saved")).to_have_attribute("data-waiting", "0")
    assert [code for _words, code in place.stored()] == ["P01", "P02", "P03"]
    expect(page.locator(".rk-chip")).to_have_count(3)
    for left in (2, 1, 0):
        page.locator("[data-do=undo]").click()
        expect(page.locator(".rk-chip")).to_have_count(left)
    saved(page)
    assert place.stored() == []


def test_a_reload_while_the_server_is_away_loses_nothing(own_server, page):
    place = Place(own_server)
    place.open(page)
    cut_off(own_server, page)
    apply(page, "P01")
    expect(page.locator(".rk-chip")).to_have_count(1)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    own_server.start()
    page.go_back()
    expect(page.locator(".rk-saved")).to_have_attribute("data-waiting", "0")
    assert [code for _words, code in place.stored()] == ["P01"]


def test_what_a_closed_tab_has_not_sent_is_sent_by_the_next_one(own_server, window):
    place = Place(own_server)
    first = window.new_page()
    place.open(first)
    cut_off(own_server, first)
    apply(first, "P01")
    first.keyboard.press(";")
    first.keyboard.type("Written while nobody answered")
    first.keyboard.press("Control+Enter")
    expect(first.locator(".rk-memo-mark")).to_have_count(1)
    first.close(run_before_unload=False)
    own_server.start()
    second = window.new_page()
    second.goto(place.address)
    expect(second.locator(".rk-chip")).to_have_count(1)
    saved(second)
    expect(second.locator(".rk-memo-mark")).to_contain_text("Written while nobody answered")
    second.close()
    assert [code for _words, code in place.stored()] == ["P01"]


def test_a_refused_coding_disappears_with_a_sentence(server, page):
    place = Place(server)
    root = next(row for row in place.codebook if row["key"] == "targ")
    code = add_code(place.store, "A", place.study["id"], parent_id=root["id"], label_en="Zebra")
    place.open(page)
    page.keyboard.press("Enter")
    page.keyboard.type("zebra")
    expect(page.locator(".rk-code").first).to_contain_text("Zebra")
    archive_code(place.store, "A", place.study["id"], code, archived=True)
    page.keyboard.press("Enter")  # whether or not the desk has heard of it
    expect(page.locator(".rk-notes")).to_contain_text("no longer in use in the codebook")
    expect(page.locator(".rk-chip")).to_have_count(0)
    apply(page, "P01")
    saved(page)
    assert [short for _words, short in place.stored()] == ["P01"]


def test_the_letters_that_streamlit_listens_for_search_for_a_code(server, page):
    Place(server).open(page)
    for letter in ("r", "c"):
        page.keyboard.press(letter)
        expect(page.locator(".rk-find")).to_have_value(letter)
        page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Clear caches")).to_have_count(0)


def test_the_statements_read_by_eye_are_marked_and_taken_back(server, page):
    place = Place(server)
    place.open(page)
    page.keyboard.press("End")
    page.keyboard.press("m")
    expect(page.locator(".rk-progress")).to_contain_text("Looked at 102 of 102")
    saved(page)
    back = page.get_by_role("button", name="Take back")
    waiting = "(button) => { button.click(); return document.querySelector('.rk-saved').dataset.waiting; }"
    assert back.evaluate(waiting) == "1"
    expect(page.locator(".rk-progress")).to_contain_text("Looked at 1 of 102")
    saved(page)
    with place.store.reading() as connection:
        coder = next(row for row in studies.coders(connection, place.study["id"]) if row["key"] == place.coder)
        kept = rows(connection, select(schema.review).where(schema.review.c.coder_id == coder["id"]))
    assert len(kept) == 1


@pytest.mark.parametrize("kind", ["chat", "answer"])
def test_chats_and_answers_lie_on_the_same_desk(server, page, kind):
    place = Place(server, kind=kind)
    place.open(page)
    apply(page, "P01")
    saved(page)
    assert [code for _words, code in place.stored()] == ["P01"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_desk(server, browser, scheme):
    place = Place(server)
    context = own_window(browser, 1440, 900, color_scheme=scheme)
    page = context.new_page()
    place.open(page)
    apply(page, "P01")
    saved(page)
    select_words(page, "eighteen thousand")
    page.keyboard.type("P02")
    found = Axe().run(page, context="[data-testid=stMain]")
    page.keyboard.press("Enter")
    page.keyboard.press("?")
    found_later = Axe().run(page, context="[data-testid=stMain]")
    context.close()
    assert found.violations_count == 0, found.generate_report()
    assert found_later.violations_count == 0, found_later.generate_report()


def test_the_text_can_be_read_on_a_phone(server, browser):
    place = Place(server)
    context = own_window(browser, 390, 800, has_touch=True)
    page = context.new_page()
    place.open(page)
    words, desk = page.locator(".rk-row.is-here .rk-text").bounding_box(), page.locator(".rk-desk").bounding_box()
    wide = page.locator(".rk-scroll").evaluate("node => node.scrollWidth - node.clientWidth")
    context.close()
    assert words["width"] > 280
    assert desk["x"] >= 0
    assert wide == 0
