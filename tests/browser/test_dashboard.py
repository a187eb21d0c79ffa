"""The dashboard before a person's eyes: chapters that can be read by everybody, on a phone too, and marks that open words."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from survey_app.actions.studies import delete_study, need_study, rename_study
from tests.browser.conftest import own_window, store_of
from tests.browser.serving import Server
from tests.browser.walking import drawn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CHAPTERS = [
    "forces", "theme-role", "theme-plat", "theme-prin", "theme-targ", "groups", "together", "documents", "certainty",
    "besides", "people", "waves",
]  # fmt: skip


def settled(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    drawn(page)


@pytest.mark.parametrize(("locale", "scheme", "study"), [("en-US", "light", "demo-en"), ("ru-RU", "dark", "demo-ru")])
def test_every_chapter_can_be_read_and_fits_a_phone(
    browser: Browser, server: Server, locale: str, scheme: str, study: str
) -> None:
    context = own_window(browser, 390, 844, locale=locale, color_scheme=scheme)
    page = context.new_page()
    page.goto(server.page("dashboard", study=study))
    settled(page)
    found: dict[str, list[str]] = {}
    wide: dict[str, int] = {}
    for chapter in CHAPTERS:
        page.goto(server.page("dashboard", study=study, chapter=chapter))
        settled(page)
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
        expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
        broken = Axe().run(page, context="[data-testid=stMain]").response["violations"]
        found[chapter] = [f"{one['id']}: {node['html'][:120]}" for one in broken for node in one["nodes"][:2]]
        wide[chapter] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {name: several for name, several in found.items() if several} == {}
    assert {name: width for name, width in wide.items() if width > 390} == {}


def test_a_tile_opens_the_words_and_the_address_keeps_the_chapter(browser: Browser, server: Server) -> None:
    context = own_window(browser, 1280, 1000)
    page = context.new_page()
    page.goto(server.page("dashboard", study="demo-en"))
    settled(page)
    page.get_by_test_id("stButtonGroup").get_by_text("Groups compared").click()
    expect(page.get_by_role("heading", name="Where do groups differ?")).to_be_visible()
    page.wait_for_url("**chapter=groups**")
    settled(page)
    tile = page.locator(".js-plotly-plot .bars path").first
    tile.hover(force=True)  # a sheet of the chart's own lies over the tile, and hears the mouse
    expect(page.locator(".hoverlayer .hovertext")).to_be_visible()
    tile.click(force=True)
    panel = page.locator(".st-key-differ-words")
    expect(panel.get_by_text("Interdepartmental exchange not digital enough")).to_be_visible()
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_have_count(0)
    settled(page)
    tile.click(force=True)
    expect(panel).to_be_visible()
    tile.click(force=True)
    expect(panel).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Where do groups differ?")).to_be_visible()
    context.close()


def test_a_filter_notices_that_the_study_was_renamed_or_deleted_elsewhere(page: Page, own_server: Server) -> None:
    page.goto(own_server.page("dashboard", study="demo-en", lang="en"))
    settled(page)
    store = store_of(own_server)
    study = need_study(store, "demo-en")
    rename_study(store, "A", study["id"], title_en="Renamed elsewhere", title_ru="Переименовано")
    menu = page.get_by_test_id("stSidebar")
    expect(menu.get_by_text("Renamed elsewhere")).to_have_count(0)
    part_by(page, "Five segments")
    expect(menu.get_by_text("Renamed elsewhere")).to_be_visible()
    page.wait_for_url("**segments=five_segments**")
    settled(page)
    delete_study(store, study, "demo-en")
    part_by(page, "By stakeholder group")
    expect(page.get_by_text("No study is open")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_row_opens_its_words_stays_ticked_through_a_filter_and_opens_again_once_closed(
    browser: Browser, server: Server
) -> None:
    context = own_window(browser, 1280, 1000)
    page = context.new_page()
    page.goto(server.page("dashboard", study="demo-en", chapter="groups"))
    expect(page.get_by_role("heading", name="Where do groups differ?")).to_be_visible()
    settled(page)
    page.get_by_role("radiogroup", name="Show").first.get_by_text("Table").click()
    table = page.get_by_test_id("stDataFrame").first
    ticked = table.locator("[role=row][aria-selected=true]")
    expect(table).to_be_visible()
    expect(page.get_by_role("button", name="Download as CSV")).to_have_count(0)  # it would not defuse formulas
    settled(page)

    def press_third_row() -> None:  # a canvas with nothing in it to be named
        table.get_by_test_id("data-grid-canvas").click(position={"x": 15, "y": 35 * 3 + 17}, force=True)

    press_third_row()
    words = page.locator(".st-key-differ-words")
    expect(words).to_contain_text("Platforms of civic initiative")
    expect(ticked).to_contain_text("Platforms of civic initiative")
    part_by(page, "Five segments")  # where this code stands in another row
    page.wait_for_url("**segments=five_segments**")
    settled(page)
    expect(ticked).to_contain_text("Platforms of civic initiative")
    expect(words).to_contain_text("Platforms of civic initiative")
    part_by(page, "By stakeholder group")
    settled(page)
    words.get_by_role("button", name="Close").press("Enter")
    expect(words).to_have_count(0)
    settled(page)
    expect(ticked).to_have_count(0)
    press_third_row()
    expect(words).to_contain_text("Platforms of civic initiative")
    press_third_row()
    expect(words).to_have_count(0)
    settled(page)
    page.get_by_role("button", name=re.compile("^Fullscreen: Where do groups differ")).focus()
    for key in ("Tab", "ArrowDown", "Shift+Space"):
        page.keyboard.press(key)
    expect(words).to_be_visible()
    context.close()


def part_by(page: Page, way: str) -> None:
    page.get_by_role("combobox", name="Segments").click()
    page.get_by_role("option", name=way, exact=True).click()
