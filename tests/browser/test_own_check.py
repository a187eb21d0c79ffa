"""An expert on a telephone looks at their own quotes, with scripts and without: releases one, words one anew, withdraws
one, sends, and comes back; a researcher sees it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from survey_app.actions.expert_answers import expert_answers
from survey_app.actions.studies import need_study
from tests.browser.conftest import own_window, store_of
from tests.browser.serving import Server
from tests.survey_app.actions.own_checks import give_links

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def link(own_server: Server) -> str:
    store = store_of(own_server)
    return f"{own_server.url}/q/{give_links(store, need_study(store, 'demo-en'), 'L1')['L1']}"


def telephone(browser: Browser, *, width: int = 390, scripts: bool = True, dark: bool = False) -> BrowserContext:
    """A telephone of its own, in English."""
    return own_window(
        browser, width, 800, has_touch=True, java_script_enabled=scripts, color_scheme="dark" if dark else "light"
    )  # fmt: skip


def fits(page: Page) -> None:
    """Nothing that axe objects to, and nothing beside the screen, also with letters twice as large."""
    page.wait_for_load_state()
    broken = Axe().run(page).response["violations"]
    assert not broken, [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in broken]
    width = page.viewport_size["width"] if page.viewport_size else 0
    for size in ("200%", ""):
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_an_expert_answers_on_a_telephone(browser: Browser, own_server: Server, link: str, scripts: bool) -> None:
    context = telephone(browser, scripts=scripts)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if "Content Security Policy" in told.text else None)
    page.goto(link)
    expect(page.get_by_role("heading", name="Your words, before anybody reads them")).to_be_visible()
    first, second, third = (page.locator("section.own").nth(number) for number in range(3))
    first.get_by_text("Release as it is").tap()
    expect(second.get_by_label("Your wording")).to_be_hidden()
    second.get_by_text("Release in other words").tap()
    second.get_by_label("Your wording").fill("")
    third.get_by_text("Do not publish").tap()
    page.get_by_role("button", name="Русский").tap()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("input:checked")).to_have_count(3)  # the language changes, and nothing that was chosen
    page.get_by_role("button", name="English").tap()
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("alert")).to_contain_text("Write the other words")
    second.get_by_label("Your wording").fill("In my own words.")
    page.get_by_role("button", name="Send my answers").tap()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("3 of 11 quotes answered")
    page.get_by_role("link", name="Change my answers").tap()
    expect(page.locator("input:checked")).to_have_count(3)
    page.get_by_role("button", name="Release all as they are").tap()
    expect(page.get_by_role("status")).to_contain_text("11 of 11 quotes answered")
    store = store_of(own_server)
    with store.reading() as connection:
        kept = expert_answers(connection, need_study(store, "demo-en")["id"])
    assert {each.answer for each in kept.values()} == {"release"}
    assert wrong == []
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_fits_and_can_be_read_by_everybody(browser: Browser, link: str, width: int, dark: bool) -> None:
    context = telephone(browser, width=width, dark=dark)
    page = context.new_page()
    for language, key in (("Русский", "ru"), ("English", "en")):
        page.goto(link)
        expect(page.locator("html")).not_to_have_attribute("lang", key)
        page.get_by_role("button", name=language).tap()
        expect(page.locator("html")).to_have_attribute("lang", key)
        page.locator("section.own").first.get_by_role("radio").nth(1).check()
        fits(page)
        page.locator("details.withdraw summary").tap()
        page.locator("section.own textarea").first.fill("")
        page.locator("button.primary").tap()
        expect(page.get_by_role("alert")).to_be_visible()
        fits(page)
        page.locator("section.own").first.get_by_role("radio").nth(0).check()
        page.locator("button.primary").tap()
        expect(page.get_by_role("status")).to_be_visible()
        fits(page)
        page.goto(re.sub(r"/q/.*", "/q/wrong", link))
        fits(page)
    context.close()
