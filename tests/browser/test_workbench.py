"""Everything a coder does besides picking a code, by keyboard alone: fifty statements, marks, new codes, searches."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import select

from survey_app.actions.codebook_sections import change_attributes
from survey_app.store import marks, schema, studies
from survey_app.store.codebooks import codebook_of
from survey_app.store.log import rows
from tests.browser.at_desk import Place, apply, saved

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def said(place):
    """(kind, name, text) of the coder's marks on the disk."""
    with place.store.reading() as connection:
        coder = next(row for row in studies.coders(connection, place.study["id"]) if row["key"] == place.coder)
        found = marks.marks_of(connection, place.study["id"], place.source["id"], coder["id"])
    return sorted((mark["kind"], mark["name"], mark["text"]) for mark in found)


def test_fifty_statements_are_coded_by_keyboard_alone(server, page):
    place = Place(server)
    page.goto(place.address)
    expect(page.locator(".rk-row.is-here")).to_be_visible()
    wanted = []
    for number in range(50):
        short = f"P{number % 9 + 1:02}"
        if number < 9:
            apply(page, short)
        elif number % 2:
            place_of = page.locator(".rk-quick b").all_inner_texts().index(short)
            press(page, str(place_of + 1))
        else:
            page.keyboard.type(short)
            press(page, "Enter")
        wanted.append((place.words_of(number), short))
        press(page, "n")
    saved(page)
    assert place.stored() == wanted
    expect(page.locator(".rk-progress")).to_contain_text("Looked at 5")


def test_the_last_code_again_and_undo(server, page):
    place = Place(server)
    place.open(page)
    apply(page, "E04")
    press(page, "j", ".", "j", ".")
    saved(page)
    assert [short for _words, short in place.stored()] == ["E04"] * 3
    press(page, "Control+z")
    saved(page)
    assert len(place.stored()) == 2


def test_flag_attributes_and_memo_are_set_by_keys_kept_and_undone(server, page):
    place = Place(server)
    with place.store.reading() as connection:
        attributes = codebook_of(connection, place.study["id"])["attributes"]
    tone = {"key": "tone", "label_en": "Tone", "label_ru": "Тон"}
    change_attributes(place.store, "A", place.study["id"], [*attributes, tone])
    place.open(page)
    press(page, "*", ",", "1", "3", "4", "6", "h")
    page.keyboard.type("hopeful")
    press(page, "Enter", "Escape", ";")
    page.keyboard.type("Ask her what it cost.")
    press(page, "Control+Enter")
    saved(page)
    assert said(place) == [
        ("flag", "", "1"), ("memo", "statement", "Ask her what it cost."), ("value", "life_situation", "moving"),
        ("value", "modality", "proposal"), ("value", "tone", "hopeful"),
    ]  # fmt: skip
    page.reload()
    here = page.locator(".rk-row.is-here")
    expect(here.locator(".rk-flag")).to_be_visible()
    expect(here.locator(".rk-value")).to_have_text(
        ["Modality: Proposal", "Life situation: Moving to another place", "Tone: hopeful"]
    )
    expect(here.locator(".rk-memo-mark")).to_contain_text("Ask her what it cost.")
    here.locator(".rk-text").click()
    press(page, "Control+z")
    expect(here.locator(".rk-memo-mark")).to_have_count(0)
    press(page, "Control+Shift+z")
    expect(here.locator(".rk-memo-mark")).to_have_count(1)


def test_an_unsaved_memo_asks_before_it_goes(server, page):
    place = Place(server)
    place.open(page)
    press(page, ";")
    page.keyboard.type("half a thought")
    press(page, "Escape")
    expect(page.locator(".rk-memo")).to_contain_text("Press Esc again")
    press(page, "Escape")
    expect(page.locator(".rk-memo")).to_have_count(0)
    assert said(place) == []


def test_a_code_is_named_by_the_selected_words_and_used_at_once(server, page):
    place = Place(server)
    place.open(page)
    press(page, "Control+Shift+ArrowDown", '"')
    field = page.get_by_role("combobox", name="Name of the new code")
    sentence = field.input_value()
    assert place.words_of(0).startswith(sentence)
    field.fill(f"Greeting {place.coder}")
    press(page, "Enter")
    page.keyboard.type("Problems")
    press(page, "Enter")
    chip = page.locator(".rk-row.is-here .rk-chip")
    expect(chip).to_contain_text(f"Greeting {place.coder}")
    saved(page)
    expect(chip.locator("b")).not_to_be_empty()
    with place.store.reading() as connection:
        [row] = rows(connection, select(schema.code).where(schema.code.c.label_en == f"Greeting {place.coder}"))
        [coding] = rows(connection, select(schema.coding).where(schema.coding.c.code_id == row["id"]))
    assert place.text[coding["start"] : coding["end"]] == sentence
    assert coding["codebook_version"] > 1


def test_the_ends_of_a_chosen_coding_move_by_words(server, page):
    place = Place(server)
    place.open(page)
    press(page, "Control+Shift+ArrowDown")
    apply(page, "P01")
    press(
        page,
        "Escape",
        "ArrowRight",
        "Shift+ArrowRight",
        "Shift+ArrowRight",
        "Shift+ArrowLeft",
        "Control+Shift+ArrowRight",
    )
    saved(page)
    statement = place.words_of(0)
    first, rest = statement.split(". ", 1)
    words = [*f"{first}.".split()[1:], rest.split()[0]]
    assert place.stored() == [(" ".join(words), "P01")]


def test_what_was_searched_is_coded_after_a_look_at_each(server, page):
    place = Place(server)
    place.open(page)
    press(page, "/")
    page.keyboard.type("data")
    expect(page.locator(".rk-count")).to_have_text("4 of 102")
    assert page.locator(".rk-text .is-hit").count() >= 4
    press(page, "Enter", " ", "h")
    page.keyboard.type("P05")
    press(page, "Enter")
    expect(page.locator(".rk-notes")).to_contain_text("1 of 4")
    press(page, "Enter", "ArrowRight", "Enter", "ArrowRight")
    saved(page)
    stored = place.stored()
    assert [short for _words, short in stored] == ["P05", "P05"]
    assert all("data" in words.lower() for words, _short in stored)


def test_a_filter_keeps_the_neighbours_in_sight_and_next_stops_at_what_fits(server, page):
    place = Place(server)
    place.open(page)
    apply(page, "P01")
    press(page, " ", "t")
    page.locator("select[name=group]").select_option("Local")
    fitting = page.locator(".rk-row:not(.is-out)")
    assert 0 < fitting.count() < 102
    page.locator(".rk-row:not(.is-out) .rk-text").first.click()
    before = page.locator(".rk-row.is-here").get_attribute("data-row")
    press(page, "j")
    expect(page.locator(".rk-row.is-here")).not_to_have_attribute("data-row", before)
    expect(page.locator(".rk-row.is-here.is-out")).to_have_count(0)
    page.locator("[data-filter=clear]").click()
    expect(page.locator(".is-far")).to_have_count(0)


def test_a_person_a_question_or_a_time_is_a_few_letters_away(server, page):
    place = Place(server)
    place.open(page)
    press(page, ":")
    page.keyboard.type("kirill")
    press(page, "Enter")
    expect(page.locator(".rk-turn:has(.is-here) .rk-name")).to_contain_text("Kirill")
    press(page, ":")
    page.keyboard.type("20:00")
    press(page, "Enter")
    assert page.locator(".rk-turn:has(.is-here) .rk-time").inner_text() <= "20:00"


def test_the_rules_of_coding_are_one_key_away_in_russian_too(server, page):
    page.goto(server.page("desk", study="demo-ru", lang="ru"))
    page.locator(".rk-row.is-here .rk-text").click()
    press(page, "F1")
    expect(page.locator(".rk-rules li")).to_have_count(7)
    expect(page.locator(".rk-rules")).to_contain_text("Единица кодирования")
    press(page, "Escape")
    expect(page.locator(".rk-rules")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_everything_open(server, page, scheme):
    page.emulate_media(color_scheme=scheme)
    place = Place(server)
    place.open(page)
    press(page, "*", "/")
    page.keyboard.type("data")
    press(page, "Enter", ",")
    page.locator("[data-filter=lines]").evaluate("button => button.click()")
    expect(page.locator(".rk-lines li")).to_have_count(5)
    saved(page)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()  # nothing is pale for being old
    results = Axe().run(page)
    serious = [each for each in results.response["violations"] if each["impact"] in {"serious", "critical"}]
    assert serious == [], results.generate_report()
    press(page, "Escape", "F1")
    results = Axe().run(page)
    serious = [each for each in results.response["violations"] if each["impact"] in {"serious", "critical"}]
    assert serious == [], results.generate_report()
