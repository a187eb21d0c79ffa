"""Ten coders and a browser at one text for a while: every code arrives, none twice, and nobody sees another's."""

import asyncio
import threading

import pytest
from playwright.sync_api import expect

from tests.browser.at_desk import Place, apply, saved
from tests.browser.light_client import LightClient, code_at_once

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("coders")]  # beside the other drives: it mostly waits

CLIENTS = 10
ACTIONS = 24
PAUSE_S = 24 / (ACTIONS * 4 / 3)
"""Every third operation is sent twice: together they take 24 seconds; `tests/bench` has them at work for longer."""


def test_ten_coders_and_a_browser_lose_nothing_and_double_nothing(own_server, page):
    place = Place(own_server)
    others = [Place(own_server) for _client in range(CLIENTS)]
    address = {"study": place.study["slug"], "source": place.source["key"]}
    clients: list[LightClient] = []
    place.open(page)

    def drive():
        coders = [other.coder for other in others]
        clients.extend(asyncio.run(code_at_once(own_server.port, address, coders, ACTIONS, PAUSE_S)))

    driving = threading.Thread(target=drive)
    driving.start()
    while driving.is_alive():
        page.keyboard.press("n")
        apply(page, "P03")
        driving.join(1.0)
    saved(page)
    coded_by_hand = page.locator(".rk-chip").count()
    assert coded_by_hand == len(place.stored()) > 5
    expected = [other.words_of(number) for other in others for number in range(ACTIONS)]
    assert [words for other in others for words, _code in other.stored()] == expected
    assert len(clients) == CLIENTS
    for client in clients:
        answers = client.answers
        assert all(len(answer["done"]) == 1 and not answer["refused"] for answer in answers)
        assert sum(len(answer["changes"]) for answer in answers) == ACTIONS
        assert all(answer["doc"] is None and answer["book"] is None for answer in answers)
    expect(page.locator(".rk-saved")).to_have_text("Saved")
