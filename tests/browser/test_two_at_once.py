"""Two people in one study at once, each in a browser: changes appear where they are permitted, and disturb nothing."""

import shutil
import statistics
import time

import pytest
from playwright.sync_api import expect

from survey_app.actions.correcting import correct_turn
from survey_app.session import COOKIE
from survey_app.store import schema, sources
from survey_app.store.log import new_id, now
from survey_app.store.sign_ins import hashed
from tests.browser.at_desk import Place, apply, saved, select_words
from tests.browser.conftest import store_of
from tests.browser.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SECRET = "Nobody but me may read this, said the zebra."
TIMES = 9


class Pair:
    """Two coders who have signed in, at one text of the demo, with the assignments that they were given."""

    def __init__(self, server, mode):
        self.one, self.other = Place(server), Place(server)
        self.store, self.source = self.one.store, self.one.source["id"]
        self.ids = {place.coder: coder_id(place) for place in (self.one, self.other)}
        self.tokens = {coder: sign_in(self.one, each) for coder, each in self.ids.items()}
        with self.store.change(self.one.study["id"], "A", "assign") as change:
            self.given = change.insert(
                schema.assignment,
                [{"study_id": self.one.study["id"], "coder_id": each, "source_id": self.source, "mode": mode,
                  "created_at": now()} for each in self.ids.values()],
            )  # fmt: skip

    def window(self, browser, place):
        """A tab of one of them, in a browser of their own."""
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
        context.add_cookies([{"name": COOKIE, "value": self.tokens[place.coder], "url": place.server.url}])
        return context.new_page()

    def reassign(self, **values):
        """Change the first coder's assignment."""
        with self.store.change(self.one.study["id"], "A", "assign") as change:
            change.update(schema.assignment, self.given[0], **values)

    def correct(self, number, words):
        """Correct the words of a turn, as a researcher does elsewhere."""
        with self.store.reading() as connection:
            revision = sources.source(connection, self.source)["revision"]
        correct_turn(self.store, "A", self.one.study["id"], self.source, number, words, seen=revision)

    def turn(self, number):
        """The words of a turn as they are now."""
        with self.store.reading() as connection:
            text = sources.source(connection, self.source)["text"]
            turn = next(row for row in sources.turns(connection, self.source) if row["index"] == number)
        return text[turn["start"] : turn["end"]]


def coder_id(place):
    with place.store.reading() as connection:
        return next(
            row["id"]
            for row in connection.execute(schema.coder.select()).mappings()
            if (row["key"], row["study_id"]) == (place.coder, place.study["id"])
        )


def sign_in(place, coder):
    """An account that codes under that key, with a sign-in; returns its token."""
    account, token = new_id(), new_id()
    with place.store.writing() as connection:
        connection.execute(schema.account.insert().values(id=account, login=account, name=place.coder, admin=False))
        connection.execute(
            schema.membership.insert().values(
                id=new_id(), study_id=place.study["id"], account_id=account, role="coder", coder_id=coder
            )
        )
        connection.execute(
            schema.sign_in.insert().values(
                id=new_id(),
                account_id=account,
                token=hashed(token),
                created_at=now(),
                seen_at=now(),
                expires_at="2999-01-01T00:00:00+00:00",
            )
        )
    return token


@pytest.fixture(scope="module")
def team_server(demo_folder, tmp_path_factory):
    """A server of a team, with a copy of the demo."""
    folder = tmp_path_factory.mktemp("team") / "data"
    shutil.copytree(demo_folder, folder)
    running = Server(folder)
    with store_of(running).writing() as connection:  # as if nothing had been given to anybody or opened yet
        connection.execute(schema.assignment.delete())
        connection.execute(schema.opening.delete())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAKURS_TEAM", "1")
        running.start()
    yield running
    running.kill()


@pytest.fixture
def pair(team_server):
    """Two who code openly; what they were given is taken back afterwards."""
    yield from given(team_server, "open")


@pytest.fixture
def blind(team_server):
    """Two who code blindly."""
    yield from given(team_server, "blind")


def given(server, mode):
    found = Pair(server, mode)
    yield found
    with found.store.change(found.one.study["id"], "A", "assign") as change:
        change.delete(schema.assignment, found.given)


@pytest.fixture
def page(request, browser):
    """The first one's tab."""
    yield from tab(request, browser, "one")


@pytest.fixture
def second(request, browser):
    """The other one's tab."""
    yield from tab(request, browser, "other")


def tab(request, browser, whose):
    two = request.getfixturevalue("blind" if "blind" in request.fixturenames else "pair")
    opened = two.window(browser, getattr(two, whose))
    yield opened
    opened.context.close()


def held(page):
    """What is in the coder's hands: words selected, letters typed, the place on the screen, what has the keyboard."""
    return page.evaluate(
        """() => ({
            selected: getSelection().toString(),
            typed: document.querySelector('.rk-find').value,
            open: !document.querySelector('.rk-picker').hidden,
            target: [...document.querySelectorAll('.is-target')].map((node) => node.textContent).join(''),
            scroll: document.querySelector('.rk-scroll').scrollTop,
            top: document.querySelector('.rk-row.is-here').getBoundingClientRect().top,
            keyboard: document.activeElement.className,
        })"""
    )


def hear_news(page, times):
    """Wait until the desk was told so often whether there is news."""
    for _time in range(times):
        with page.expect_response(lambda answer: "desk-news" in answer.url):
            pass


def test_what_another_codes_openly_appears_while_words_are_selected_and_a_code_is_looked_for(
    pair, page, second, capsys
):
    pair.one.open(page)
    pair.other.open(second)
    for _time in range(12):
        page.keyboard.press("j")
    words = " ".join(pair.one.words_of(12).split()[1:4])
    select_words(page, words)
    before = held(page)
    assert before["selected"] == words
    second.keyboard.press("Home")
    apply(second, "P01")  # above what the first one reads
    for _time in range(12):
        second.keyboard.press("j")
    apply(second, "P02")  # on the very statement
    expect(page.locator(".rk-other")).to_have_count(2)
    assert pair.other.coder in page.locator(".rk-row.is-here .rk-other").inner_text()
    after = held(page)
    assert (after["selected"], after["keyboard"]) == (before["selected"], before["keyboard"])
    assert after["top"] == pytest.approx(before["top"], abs=1)

    page.keyboard.press("Enter")
    page.keyboard.type("ski")
    before = held(page)
    assert (before["open"], before["typed"], before["target"]) == (True, "ski", words)
    apply(second, "P03")
    expect(page.locator(".rk-row.is-here .rk-other")).to_have_count(2)
    after = held(page)
    for name in ("open", "typed", "target", "keyboard"):
        assert after[name] == before[name]
    assert after["top"] == pytest.approx(before["top"], abs=1)
    page.keyboard.press("Enter")
    saved(page)
    assert [found for found, _code in pair.one.stored()] == [words]
    assert len(pair.other.stored()) == 3

    seconds = []
    for number in range(TIMES):
        second.keyboard.press("k")
        second.wait_for_timeout(130 * number)  # at any moment of the second
        second.keyboard.press("Enter")
        second.keyboard.type("P04")
        began = time.monotonic()
        second.keyboard.press("Enter")
        expect(page.locator(".rk-other")).to_have_count(4 + number)
        seconds.append(time.monotonic() - began)
    with capsys.disabled():
        print(
            f"\nfrom the key of one to the screen of another: median {1000 * statistics.median(seconds):.0f} ms, longest {1000 * max(seconds):.0f} ms, n {len(seconds)}"
        )


def test_a_correction_appears_and_waits_for_a_code_that_is_being_chosen(pair, page):
    pair.one.open(page)
    for _time in range(12):
        page.keyboard.press("j")
    words = " ".join(pair.one.words_of(12).split()[1:4])
    select_words(page, words)
    before = held(page)
    pair.correct(0, f"Well then. {pair.turn(0)}")
    expect(page.get_by_text("Well then.")).to_have_count(1)
    after = held(page)
    assert after["selected"] == words
    assert after["top"] == pytest.approx(before["top"], abs=2)
    page.keyboard.press("Enter")
    page.keyboard.type("P0")
    pair.correct(0, f"Very {pair.turn(0)}")
    page.wait_for_timeout(2500)  # two questions for news
    assert held(page)["typed"] == "P0"
    expect(page.get_by_text("Very Well then.")).to_have_count(0)
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Very Well then.")).to_have_count(1)
    saved(page)
    with pair.store.reading() as connection:
        pair.one.text = sources.source(connection, pair.source)["text"]
    assert pair.one.stored() == [(words, "P01")]


def test_others_are_never_ones_own_and_can_be_hidden(pair, page, second):
    pair.one.open(page)
    pair.other.open(second)
    apply(second, "P01")
    expect(page.locator(".rk-other")).to_have_count(1)
    page.locator(".rk-row.is-here .rk-text").click()
    page.keyboard.press("Delete")
    page.keyboard.press("Control+z")
    expect(page.locator(".rk-notes")).to_contain_text("nothing more to undo")
    expect(page.locator(".rk-other")).to_have_count(1)
    expect(page.locator(".rk-row.is-coded")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("-")
    expect(page.locator(".rk-other")).to_have_count(0)
    page.reload()
    expect(page.locator(".rk-row.is-here")).to_be_visible()
    expect(page.locator("[data-do=others]")).to_have_attribute("aria-pressed", "false")
    page.locator(".rk-row.is-here .rk-text").click()
    page.keyboard.press("Space")
    page.keyboard.press("0")
    expect(page.locator(".rk-other")).to_have_count(1)
    pair.reassign(mode="blind")
    expect(page.locator(".rk-other")).to_have_count(0)
    expect(page.locator("[data-do=others]")).to_be_hidden()


def test_not_a_byte_of_a_blind_coder_reaches_another_browser(blind, page, second):
    received, asked = [], []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: received.append(frame)))
    page.on("response", lambda response: asked.append(response.status) if "desk-news" in response.url else None)
    blind.one.open(page)
    blind.other.open(second)
    apply(second, "P01")
    second.keyboard.press("Escape")
    second.keyboard.press(";")
    second.keyboard.type(SECRET)
    second.keyboard.press("Control+Enter")
    saved(second)
    second.keyboard.press("j")
    apply(second, "P02")
    saved(second)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    frames = len(received)
    hear_news(page, 3)  # none of them is yes
    assert len(received) == frames
    assert set(asked) == {204}
    page.keyboard.press("j")
    apply(page, "P05")
    saved(page)
    page.reload()
    expect(page.locator(".rk-chip")).to_have_count(1)
    codings = second.locator(".rk-chip").evaluate_all("chips => chips.map((chip) => chip.dataset.coding)")
    assert len(codings) == 2
    pieces = [piece.encode() if isinstance(piece, str) else piece for piece in received]
    assert any(blind.one.statements[0]["id"].encode() in piece for piece in pieces)
    dom = page.locator(".rk-desk").evaluate("desk => desk.outerHTML")
    for secret in (SECRET, blind.ids[blind.other.coder], *codings):
        assert not [piece for piece in pieces if secret.encode() in piece], secret
        assert secret not in dom


def test_a_text_that_was_handed_in_is_closed_within_a_moment_and_keeps_what_is_typed(blind, page):
    blind.one.open(page)
    apply(page, "P01")
    saved(page)
    page.keyboard.press("Escape")
    page.keyboard.press(";")
    page.keyboard.type("Half a thought")
    blind.reassign(finished_at=now())
    expect(page.locator(".rk-desk.is-closed")).to_have_count(1)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".rk-memo-field")).to_have_value("Half a thought")
    blind.reassign(finished_at="")
    expect(page.locator(".rk-desk.is-closed")).to_have_count(0)
    page.locator(".rk-memo-field").press("Control+Enter")
    saved(page)
    expect(page.locator(".rk-memo-mark")).to_contain_text("Half a thought")


def test_two_tabs_of_one_coder_show_each_others_work(pair, page, browser):
    second = pair.window(browser, pair.one)
    pair.one.open(page)
    pair.one.open(second)
    apply(second, "P01")
    second.keyboard.press("j")
    second.keyboard.press("j")
    expect(page.locator(".rk-chip")).to_have_count(1)
    expect(page.locator(".rk-progress")).to_contain_text("Looked at 2 of 102")
    page.keyboard.press("Control+z")
    expect(second.locator(".rk-chip")).to_have_count(0)
    second.context.close()


def test_an_idle_desk_receives_nothing(pair, page):
    frames, asked = [], []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    page.on("response", lambda response: asked.append(response.status) if "desk-news" in response.url else None)
    pair.one.open(page)
    saved(page)
    page.keyboard.press("j")
    saved(page)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()
    hear_news(page, 2)
    page.evaluate(
        """() => {
            window.painted = 0;
            new MutationObserver((found) => (window.painted += found.length))
                .observe(document.querySelector('.rk-desk'), {subtree: true, childList: true, attributes: true});
        }"""
    )
    count = len(frames)
    asked.clear()
    began = time.monotonic()
    hear_news(page, 5)
    assert len(frames) == count
    assert set(asked) == {204}
    assert len(asked) <= time.monotonic() - began + 2  # one a second, and one that was on its way
    assert page.evaluate("window.painted") == 0
