"""The queue of de-identification in a real browser: decided by the keyboard, readable, without a click."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sqlalchemy import update

from survey_app.actions.review_queue import review_queue
from survey_app.actions.studies import need_study
from survey_app.store import schema
from survey_app.store.log import Store
from tests.browser.test_pages import OF_THE_FRAME

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def undecided(own_server):
    """The store of a server with the English demo, looked through, with nothing decided yet."""
    store = Store(f"sqlite:///{own_server.folder / 'rakurs.db'}")
    with store.writing() as connection:
        connection.execute(update(schema.pseudonym).values(level=""))
        connection.execute(update(schema.deidentification).values(finished_at="", finished_by=""))
    with store.change(need_study(store, "demo-en")["id"], "", "forget"):
        pass
    return store


def at_rest(page):
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()


def press(page, key, left):
    """A key for the first card; then so many places are undecided."""
    at_rest(page)
    page.keyboard.press(key)
    expect(page.get_by_text(re.compile(rf"· {left} undecided"))).to_be_visible()


def test_the_keyboard_alone_goes_through_the_queue(undecided, own_server, page):
    study = need_study(undecided, "demo-en")
    cards = review_queue(undecided, study["id"])
    left = sum(card.undecided for card in cards)
    page.goto(own_server.page("deidentify", study="demo-en"))
    expect(page.get_by_text(re.compile(rf"· {left} undecided"))).to_be_visible()
    page.wait_for_timeout(1500)  # the page listens to keys a moment after it can be read
    for card, key in zip(cards, ("1", "2", "3"), strict=False):
        left -= len(card.places)
        press(page, key, left)
    press(page, "0", left + len(cards[2].places))
    at_rest(page)
    page.keyboard.press("4")
    expect(page.get_by_text(cards[3].name, exact=True).first).to_be_visible()
    now = {card.pseudonym_id: card.level for card in review_queue(undecided, study["id"])}
    assert [now[card.pseudonym_id] for card in cards[:4]] == ["pseudonym", "general", "", ""]


@pytest.mark.parametrize("view", ["Decide", "Texts", "As readers would see it", "Key"])
def test_every_view_can_be_read_by_everybody(undecided, own_server, page, view):
    page.goto(own_server.page("deidentify", study="demo-en"))
    page.get_by_role("radio", name=view, exact=True).click()
    at_rest(page)
    broken = Axe().run(page, context="[data-testid=stMain]").response["violations"]
    broken = [one for one in broken if one["id"] not in OF_THE_FRAME]
    assert [f"{one['id']}: {node['html'][:160]}" for one in broken for node in one["nodes"]] == []
