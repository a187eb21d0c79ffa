"""Every page before a person's eyes: nothing that cannot be read, nothing fetched from elsewhere, no English in Russian."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import own_window
from tests.browser.serving import Server
from tests.browser.walking import at_rest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = [
    "",
    "home",
    "files",
    "people",
    "guide",
    "documents",
    "questionnaire",
    "codebook",
    "agreement",
    "memos",
    "history",
    "dashboard",
    "findings",
    "find",
    "framework",
    "beside",
    "topics",
    "deidentify",
    "quotes",
    "report",
    "card",
    "publish",
    "place",
]
OF_THE_FRAME = {"presentation-role-conflict", "landmark-unique"}
"""What Streamlit’s uploader breaks, whatever stands beside it, and the one name of all its buttons for pages."""


@pytest.mark.parametrize(("locale", "scheme", "study"), [("en-US", "light", "demo-en"), ("ru-RU", "dark", "demo-ru")])
def test_every_page_can_be_read_and_asks_nobody_else(
    browser: Browser, server: Server, locale: str, scheme: str, study: str
) -> None:
    context = own_window(browser, 1280, 900, locale=locale, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    blocked: list[str] = []
    page.on("console", lambda told: blocked.append(told.text) if "Content Security Policy" in told.text else None)
    found: dict[str, list[str]] = {}
    for name in PAGES:
        page.goto(server.page(name, study=study))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        at_rest(page)
        expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
        broken = Axe().run(page, context="[data-testid=stMain]").response["violations"]
        found[name] = [
            f"{one['id']}: {node['html'][:120]}"
            for one in broken
            if one["id"] not in OF_THE_FRAME
            for node in one["nodes"][:2]
        ]
    context.close()
    assert {name: several for name, several in found.items() if several} == {}
    assert [url for url in asked if not re.match(rf"(http|ws)://localhost:{server.port}/|data:|blob:", url)] == []
    assert blocked == []
