"""From the first link to a team of two: invited, signed in, signed out, and out in the other tab at its next click."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from survey_app.session import COOKIE
from tests.browser.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PASSWORD = "seven quiet mountains"


@pytest.fixture
def team_server(demo_folder: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of a team with the demo, in which nobody has an account yet."""
    shutil.copytree(demo_folder, tmp_path / "data")
    running = Server(tmp_path / "data", RAKURS_TEAM="1")
    running.start()
    yield running
    running.kill()


def first_link(server: Server) -> str:
    log = (server.folder / "server.log").read_text("utf-8")
    return re.findall(r"http://\S+/auth/invitation/[\w-]+", log)[0]


def own_browser(browser: Browser, **more: object) -> BrowserContext:
    """Somebody's own browser, with cookies of its own."""
    return browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US", **more)  # type: ignore[arg-type]


def make_account(page: Page, link: str, name: str, login: str) -> None:
    page.goto(link)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()


def shown_link(page: Page) -> str:
    """The link of an invitation that was just made."""
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text("/auth/invitation/")
    return code.inner_text().strip()


def accessible(page: Page) -> None:
    """Nothing on the page that axe objects to."""
    broken = Axe().run(page).response["violations"]
    assert not broken, [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in broken]


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_a_team_forms_and_signing_out_holds_everywhere(browser: Browser, team_server: Server) -> None:
    owner, guest = own_browser(browser), own_browser(browser)
    page, other = owner.new_page(), guest.new_page()

    page.goto(team_server.page("team", study="demo-en"))
    heading(page, "Sign in")
    make_account(page, first_link(team_server), "First", "first.person")
    heading(page, "Studies")
    assert COOKIE in {cookie["name"] for cookie in owner.cookies() if cookie["httpOnly"]}  # type: ignore[typeddict-item]
    assert COOKIE not in page.evaluate("document.cookie")

    page.goto(team_server.page("team", study="demo-en"))
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_text("It is shown only now.")).to_be_visible()
    link = shown_link(page)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()  # nothing is pale for being old
    accessible(page)

    make_account(other, link, "Guest", "guest.person")
    expect(other.get_by_text("Signed in")).to_be_visible()
    expect(other.get_by_text("Guest · coder")).to_be_visible()
    other.goto(team_server.page("desk", study="demo-en"))
    heading(other, "Coding desk")
    other.goto(team_server.page("team", study="demo-en"))
    expect(other.get_by_text("This page is not for your role")).to_be_visible()

    page.goto(team_server.page("team", study="demo-en"))
    expect(page.get_by_text("guest.person · coder · codes as D")).to_be_visible()
    last = owner.new_page()
    last.goto(team_server.url)
    heading(last, "Studies")
    expect(last.get_by_role("button", name="Open", exact=True).first).to_be_visible()

    page.get_by_role("link", name="Account and signing out").click()
    heading(page, "Your account")
    page.get_by_role("button", name="Sign out", exact=True).click()
    heading(page, "Sign in")
    last.get_by_role("button", name="Open", exact=True).first.click()
    expect(last.get_by_text("You are not signed in")).to_be_visible()
    last.get_by_role("link", name="Sign in").click()
    heading(last, "Sign in")
    last.get_by_label("Login").fill("First.Person")
    last.get_by_label("Password").fill(PASSWORD)
    last.get_by_role("button", name="Sign in").click()
    heading(last, "Studies")
    owner.close()
    guest.close()


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "ru")])
def test_the_pages_for_signing_in_can_be_read_by_everybody(
    browser: Browser, team_server: Server, scheme: str, language: str
) -> None:
    context = own_browser(browser, color_scheme=scheme)
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 800})
    blocked: list[str] = []
    page.on("console", lambda told: blocked.append(told.text) if "Content Security Policy" in told.text else None)

    def look() -> None:
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.get_attribute("html", "lang") == language

    page.goto(f"{first_link(team_server)}?lang={language}")
    look()
    page.locator("input[name=name]").fill("First")
    page.locator("input[name=login]").fill("first")
    page.locator("input[name=password]").fill("first" * 2)
    page.locator("input[name=login]").fill("firstfirst")
    page.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_be_focused()
    look()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button").click()
    expect(page.locator("[data-testid=stSidebar]")).to_be_attached()
    page.goto(f"{team_server.url}/auth/account")
    look()
    page.locator("form[action='/auth/sign-out'] button").click()
    page.wait_for_url("**/auth/sign-in")
    look()
    page.goto(f"{team_server.url}/auth/invitation/gone")
    look()
    assert blocked == []
    context.close()
