"""A real browser before a real server. Without Chromium these tests are skipped, except in continuous integration."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from survey_app.store.log import Store
from tests.browser.serving import Server
from tests.browser.walking import PATIENCE_MS

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as installed on this machine."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        sentence = "Browser tests need Chromium, which is not installed."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        opened.new_context = _patient(opened.new_context)  # type: ignore[method-assign]
        yield opened
        opened.close()


def _patient(new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """Whatever context is opened, a step in it may take as long as what is expected."""

    def opened(**given: Any) -> BrowserContext:
        context = new_context(**given)
        context.set_default_timeout(PATIENCE_MS)
        return context

    return opened


@pytest.fixture(scope="session")
def server(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a copy of the demo that all browser tests share: each works on a text or coder of its own."""
    folder = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(demo_folder, folder)
    running = Server(folder)
    running.start()
    yield running
    running.kill()


@pytest.fixture
def own_server(demo_folder: Path, tmp_path: Path) -> Iterator[Server]:
    """A server with a copy of the demo for one test, which may kill it."""
    shutil.copytree(demo_folder, tmp_path / "data")
    running = Server(tmp_path / "data")
    running.start()
    yield running
    running.kill()


def own_window(browser: Browser, width: int, height: int, **settings: object) -> BrowserContext:
    """A browser of its own, an English one unless it is told otherwise."""
    return browser.new_context(**{"viewport": {"width": width, "height": height}, "locale": "en-US", **settings})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A browser whose cache all pages share, as a person's does."""
    context = own_window(browser, 1440, 900)
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A fresh tab, with a session storage of its own."""
    opened = window.new_page()
    yield opened
    opened.close()


def store_of(server: Server) -> Store:
    """The server's database, to look at what is on the disk."""
    return Store(f"sqlite:///{server.folder / 'rakurs.db'}")
