"""An expert on a telephone: opens a link, agrees, answers every kind of question by touch and by keyboard, loses the
connection and regains it, changes the language, and sends; the answers stand in the study."""

import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from survey_app.actions.studies import need_study
from tests.browser.conftest import own_window, store_of
from tests.browser.serving import Server
from tests.survey_app.actions.filled_forms import answers_of, with_links
from tests.survey_app.form.forms import EVERYTHING

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OFFLINE = re.compile("Not saved yet: there is no connection")


@pytest.fixture
def links(own_server: Server) -> dict[str, str]:
    """{the expert's key: link}"""
    store = store_of(own_server)
    tokens = with_links(store, need_study(store, "demo-en"), EVERYTHING)
    return {key: f"{own_server.url}/f/{token}" for key, token in tokens.items()}


def telephone(browser: Browser, **more: object) -> BrowserContext:
    """A telephone of its own, in English."""
    return own_window(browser, 390, 800, has_touch=True, **more)


def scripted(page):
    """The page's script has begun: a connection that is lost before leaves a page without one."""
    expect(page.locator("#fill input[name=scripted]")).to_be_attached()


def fits(page: Page) -> None:
    """Nothing that axe objects to, and nothing beside the screen, also with letters twice as large."""
    page.wait_for_load_state()
    broken = Axe().run(page).response["violations"]
    assert not broken, [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in broken]
    width = page.viewport_size["width"] if page.viewport_size else 0
    for size in ("200%", ""):
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def saved(page: Page) -> None:
    expect(page.locator("#state")).to_have_text(re.compile("^(Saved|Сохранено)"))


def test_an_expert_answers_everything_on_a_telephone(
    browser: Browser, own_server: Server, links: dict[str, str]
) -> None:
    key, link = next(iter(links.items()))
    context = telephone(browser)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if "Content Security Policy" in told.text else None)
    page.goto(link)
    fits(page)
    page.get_by_role("button", name="I agree").tap()

    # ---------------------------------------------- single, number, date; a question that comes up
    expect(page.get_by_role("heading", name="About your work")).to_be_visible()
    scripted(page)
    since = page.get_by_label("Since which day?")
    expect(since).to_be_hidden()
    page.get_by_label("Something else", exact=True).tap()
    page.get_by_label("I plan").tap()
    expect(since).to_be_visible()
    page.get_by_label("For how many years?").fill("71")
    page.keyboard.press("Tab")
    expect(page.get_by_text("The number must be at most 70.")).to_be_visible()
    page.get_by_label("For how many years?").fill("5")
    expect(page.get_by_text("The number must be at most 70.")).to_be_hidden()
    since.fill("2024-02-01")
    saved(page)
    fits(page)
    page.get_by_role("button", name="Next").tap()

    # ---------------------------------------------- several, matrix, ranking; without a connection
    expect(page.get_by_role("heading", name="The city")).to_be_visible()
    scripted(page)
    context.set_offline(True)
    page.get_by_label("Bus", exact=True).tap()
    page.get_by_label("Something else: In your own words").fill("By boat")
    expect(page.get_by_label("Something else", exact=True)).to_be_checked()
    expect(page.locator("#state")).to_have_text(OFFLINE)
    page.get_by_role("button", name="Next").tap()
    expect(page.locator("#state")).to_have_text(OFFLINE)
    expect(page.get_by_role("heading", name="The city")).to_be_visible()
    page.get_by_role("radio", name="It is loud In between").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="It is loud Disagree")).to_be_checked()
    page.get_by_role("radio", name="It is clean Cannot say").tap()
    bus, foot = (page.locator(f"fieldset.rank li[data-option={option}]") for option in ("bus", "foot"))
    bus.get_by_role("button", name="Put in order: Bus").tap()
    foot.get_by_role("button", name="Put in order: On foot").focus()
    page.keyboard.press("1")
    expect(page.locator("#spoken")).to_have_text("On foot: place 1 of 2")
    expect(page.get_by_role("button", name="Put in order: Tram")).to_be_disabled()
    fits(page)
    context.set_offline(False)
    saved(page)

    # ---------------------------------------------- what a closed page has left
    context.set_offline(True)
    foot.get_by_role("button", name="Move down: On foot").tap()
    expect(page.locator("#state")).to_have_text(OFFLINE)
    page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(link)
    expect(page.get_by_role("heading", name="The city")).to_be_visible()
    saved(page)
    order = page.locator("fieldset.rank ol li .name")
    expect(order).to_have_text(["Bus", "On foot"])
    page.locator("fieldset.rank").evaluate(
        "element => element.scrollIntoView({ block: 'center', behavior: 'instant' })"
    )
    box, other = order.nth(1).bounding_box(), order.nth(0).bounding_box()
    assert box
    assert other
    page.mouse.move(box["x"] + 5, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, other["y"] - 20, steps=5)
    page.mouse.up()
    expect(order).to_have_text(["On foot", "Bus"])
    saved(page)
    page.get_by_role("button", name="Next").tap()

    # ---------------------------------------------- another language in the middle of a sentence
    expect(page.get_by_role("heading", name="In the end")).to_be_visible()
    page.get_by_label("Disagree", exact=True).tap()
    page.get_by_role("button", name="Clear the answer").tap()
    page.get_by_label("Disagree", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.get_by_label("In one word?").fill("green")
    page.get_by_label("Why?").fill("no")
    page.get_by_role("button", name="Русский").tap()
    expect(page.get_by_role("heading", name="В конце")).to_be_visible()
    assert page.get_attribute("html", "lang") == "ru"
    expect(page.get_by_label("Одним словом?")).to_have_value("green")
    expect(page.get_by_label("Согласен", exact=True)).to_be_checked()
    page.get_by_label("Почему?").fill("Because\nof the trees")
    fits(page)
    page.get_by_role("button", name="English").tap()
    page.get_by_role("button", name="Look through and send").tap()

    # ---------------------------------------------- the end
    expect(page.get_by_role("heading", name="Look through and send")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Send the answers").tap()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    fits(page)
    assert wrong == []
    context.close()
    store = store_of(own_server)
    assert answers_of(store, need_study(store, "demo-en"), key) == {
        "role": (1.0, "", False), "tenure": (5.0, "", False), "since": (None, "2024-02-01", False),
        "ways.bus": (1.0, "", False), "ways.tram": (0.0, "", False), "ways.foot": (0.0, "", False),
        "ways.other": (1.0, "By boat", False), "agree.noise": (1.0, "", False), "agree.clean": (None, "", True),
        "order.foot": (1.0, "", False), "order.bus": (2.0, "", False), "mood": (3.0, "", False),
        "word": "green", "why": "Because\nof the trees",
    }  # fmt: skip


def test_what_is_typed_before_the_script_has_come_is_kept(browser: Browser, links: dict[str, str]) -> None:
    context = telephone(browser)
    page = context.new_page()
    page.goto(next(iter(links.values())))
    held: list[Route] = []
    page.route("**/form.js*", lambda route: held.append(route))
    with page.expect_request("**/form.js*"):
        page.get_by_role("button", name="I agree").tap()
    expect(page.get_by_role("heading", name="About your work")).to_be_visible()
    page.get_by_label("I plan", exact=True).check()
    page.get_by_label("For how many years?").fill("12")
    assert held
    for route in held:
        route.continue_()
    scripted(page)
    saved(page)
    page.unroute("**/form.js*")
    page.reload()
    expect(page.get_by_label("I plan", exact=True)).to_be_checked()
    expect(page.get_by_label("For how many years?")).to_have_value("12")
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("dark", 1280)])
def test_every_page_can_be_read_by_everybody(browser: Browser, links: dict[str, str], scheme: str, width: int) -> None:
    context = telephone(browser, viewport={"width": width, "height": 850}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(next(iter(links.values())))
    page.get_by_role("button", name="I agree").click()
    expect(page.get_by_role("heading", name="About your work")).to_be_visible()
    address = page.url.rpartition("/")[0]
    for step in ("1", "2", "3", "review"):
        page.goto(f"{address}/{step}")
        fits(page)
    page.get_by_role("button", name="Send the answers").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="What do you do?", exact=True).click()
    expect(page.locator("#q1")).to_be_focused()
    page.goto(f"{address}x")
    expect(page.get_by_role("heading", name="This link leads to no questionnaire")).to_be_visible()
    fits(page)
    context.close()


def test_an_old_page_without_connection_never_overwrites_newer_answers(
    browser: Browser, own_server: Server, links: dict[str, str]
) -> None:
    link = next(iter(links.values()))
    old_device, new_device = telephone(browser), telephone(browser)
    old, new = old_device.new_page(), new_device.new_page()
    old.goto(link)
    old.get_by_role("button", name="I agree").tap()
    scripted(old)
    old_device.set_offline(True)
    old.get_by_label("For how many years?").fill("3")
    old.get_by_label("I plan").tap()
    expect(old.locator("#state")).to_have_text(OFFLINE)
    new.goto(link)
    scripted(new)
    new.get_by_label("For how many years?").fill("40")
    saved(new)
    old_device.set_offline(False)
    expect(old.locator("#state")).to_have_text(re.compile("Newer answers are shown"))
    expect(old.get_by_label("For how many years?")).to_have_value("40")
    expect(old.get_by_label("I plan")).to_be_checked()
    fits(old)
    old.get_by_role("button", name="Next", exact=True).tap()
    expect(old.get_by_role("heading", name="The city")).to_be_visible()
    new.reload()
    expect(new.get_by_label("For how many years?")).to_have_value("40")
    expect(new.get_by_label("I plan")).to_be_checked()
    for context in (old_device, new_device):
        context.close()


def test_what_a_number_counts_stands_beside_its_field(browser: Browser, own_server: Server) -> None:
    store = store_of(own_server)
    (line,) = [item for item in EVERYTHING.items if item.key == "tenure"]
    asked = replace(EVERYTHING, items=(
        replace(line, unit=("years", "лет")),
        replace(line, key="share", label=("Which share?", "Какая доля?"), highest=100, step=5, unit=("%", "%")),
    ))  # fmt: skip
    token = next(iter(with_links(store, need_study(store, "demo-en"), asked, count=1).values()))
    context = telephone(browser)
    page = context.new_page()
    page.goto(f"{own_server.url}/f/{token}")
    page.get_by_role("button", name="I agree").tap()
    scripted(page)
    expect(page.get_by_label("For how many years?")).to_have_accessible_description(
        re.compile("^A number from 0 to 70. years")
    )
    expect(page.get_by_text("A number from 0 to 100, in steps of 5.")).to_be_visible()
    fits(page)
    page.get_by_label("For how many years?").fill("7")
    saved(page)
    page.get_by_role("button", name="Look through and send").first.tap()
    expect(page.get_by_text("7 years")).to_be_visible()
    fits(page)
    context.close()
