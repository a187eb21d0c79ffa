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
from tests.browser.walking import at_rest, drawn

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


VIEWS = {
    "Decide": "Undo the last decision", "Texts": "A second person signs each review",
    "As readers would see it": "Show what was said", "Key": "Key (CSV)",
}  # fmt: skip
"""What nothing but the view itself shows."""


def first_is(page, card):
    """The card stands first, and the page listens to keys for it."""
    expect(page.locator("[class*=st-key-card-]").first).to_contain_text(card.name)
    at_rest(page)
    page.evaluate("() => new Promise((done) => requestIdleCallback(() => done()))")


def press(page, key, card, left):
    """A key for the first card, which is this one; then so many places are undecided."""
    first_is(page, card)
    page.keyboard.press(key)
    expect(page.get_by_text(re.compile(rf"· {left} undecided"))).to_be_visible()


def test_the_keyboard_alone_goes_through_the_queue(undecided, own_server, page):
    study = need_study(undecided, "demo-en")
    cards = review_queue(undecided, study["id"])
    left = sum(card.undecided for card in cards)
    page.goto(own_server.page("deidentify", study="demo-en"))
    expect(page.get_by_text(re.compile(rf"· {left} undecided"))).to_be_visible()
    for card, key in zip(cards, ("1", "2", "3"), strict=False):
        left -= len(card.places)
        press(page, key, card, left)
    press(page, "0", cards[3], left + len(cards[2].places))
    first_is(page, cards[2])
    page.keyboard.press("4")
    first_is(page, cards[3])
    now = {card.pseudonym_id: card.level for card in review_queue(undecided, study["id"])}
    assert [now[card.pseudonym_id] for card in cards[:4]] == ["pseudonym", "general", "", ""]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_read_by_everybody(undecided, own_server, page, view):
    page.goto(own_server.page("deidentify", study="demo-en"))
    expect(page.get_by_text(VIEWS["Decide"])).to_be_visible()
    at_rest(page)
    page.get_by_role("radio", name=view, exact=True).click()
    expect(page.get_by_text(VIEWS[view])).to_be_visible()
    drawn(page)
    broken = Axe().run(page, context="[data-testid=stMain]").response["violations"]
    broken = [one for one in broken if one["id"] not in OF_THE_FRAME]
    assert [f"{one['id']}: {node['html'][:160]}" for one in broken for node in one["nodes"]] == []
