"""A reader's way through a published page, from disk and from the server, in a real browser."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("release")]

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(released):
    """The page of the English demo, on disk."""
    return (released / "releases" / "demo-en" / "v1" / "index.html").as_uri()


@pytest.fixture
def reader(browser):
    """Opens a window and remembers what went wrong in it."""
    opened = []

    def visit(url, viewport=DESKTOP, **settings):
        context = browser.new_context(viewport=viewport, **settings)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.wrong = []
        page.on("pageerror", lambda problem: page.wrong.append(str(problem)))
        page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else None)
        page.on("requestfailed", lambda request: page.wrong.append(request.url))
        page.goto(url)
        opened.append(context)
        return page

    yield visit
    for context in opened:
        context.close()


def violations(page):
    return [
        (one["id"], [node["target"] for node in one["nodes"][:2]]) for one in Axe().run(page).response["violations"]
    ]


def drawn(page, place):
    """The chart in that place, once plotly has drawn it."""
    page.locator(f"[id='{place}']").scroll_into_view_if_needed()
    chart = page.locator(f"[id='{place}'] .chart.drawn:visible").first
    expect(chart).to_be_visible()
    return chart


def test_charts_are_drawn_from_disk_and_nothing_goes_wrong(reader, address):
    page = reader(address)
    for place in ("en/problems", "en/groups", "en/answers"):
        assert drawn(page, place).locator("svg.main-svg").count() > 0
    assert page.wrong == []


def test_the_language_changes_in_place_and_stays_in_the_address(reader, address):
    page = reader(address)
    page.locator(".edition[lang='en'] .languages a[lang='ru']").click()
    expect(page.locator(".edition[lang='ru'] h1")).to_be_visible()
    expect(page.locator(".edition[lang='en'] h1")).to_be_hidden()
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert page.url.endswith("#ru")
    page.reload()
    expect(page.locator(".edition[lang='ru'] h1")).to_be_visible()
    assert "Цифровизация" in page.title()


def test_a_segment_is_chosen_by_keyboard_and_stays_in_the_address(reader, address):
    page = reader(address)
    page.locator("[id='en/problems'] input[value='all']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    panel = page.locator("[id='en/problems'] .panel[data-segment='local']")
    expect(panel).to_be_visible()
    assert page.url.endswith("?segment=local")
    expect(panel.locator(".chart.drawn")).to_be_visible()
    page.reload()
    expect(panel).to_be_visible()


def test_a_number_in_the_table_opens_the_words_behind_it_by_keyboard(reader, address):
    page = reader(address)
    page.locator("[id='en/problems'] .panel:visible .numbers > summary").click()
    link = page.locator("[id='en/problems'] .panel:visible a[data-code='prob.skills']")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.locator(".edition[lang='en'] dialog")
    expect(dialog).to_be_visible()
    assert dialog.locator(".quote").count() == 11
    assert "Skills shortage" in dialog.locator(".where").inner_text()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_a_mark_of_a_chart_opens_the_words_of_its_segment(reader, address):
    page = reader(address)
    chart = drawn(page, "en/groups")
    place = chart.evaluate(
        """chart => {
            const trace = chart.data.findIndex((each) => each.customdata);
            const mark = chart.data[trace].customdata.findIndex(([code, segment]) => code === "prob.skills" && segment === "local");
            const box = chart.querySelectorAll(".bars .point")[mark].getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }"""
    )
    page.mouse.click(*place)
    dialog = page.locator(".edition[lang='en'] dialog")
    expect(dialog).to_be_visible()
    assert set(dialog.locator(".who").all_inner_texts()) == {"Local authorities"}
    page.locator(".edition[lang='en'] .close").click()
    expect(dialog).to_be_hidden()


def test_a_quote_s_own_address_opens_what_it_is_folded_into(reader, address):
    page = reader(address)
    number = page.locator(".edition[lang='ru'] .quote").first.get_attribute("data-number")
    page.goto("about:blank")
    page.goto(f"{address}#ru/{number}")
    expect(page.locator(f"[id='ru/{number}'] blockquote")).to_be_in_viewport()


def test_without_script_both_languages_and_all_numbers_can_be_read(reader, address):
    page = reader(address, java_script_enabled=False)
    expect(page.locator(".edition[lang='en'] h1")).to_be_visible()
    page.locator(".edition[lang='en'] .languages a[lang='ru']").click()
    expect(page.locator(".edition[lang='ru'] h1")).to_be_visible()
    expect(page.locator(".edition[lang='en'] h1")).to_be_hidden()
    page.locator("[id='ru/problems'] .panel:visible .numbers > summary").click()
    expect(page.locator("[id='ru/problems'] .panel:visible tbody tr").first).to_be_visible()


def test_a_broken_address_shows_the_page_all_the_same(reader, address):
    for broken in ("#%", "#xx/nowhere", "#en/nowhere?segment=nobody", "#en/problems?segment=%22%5D"):
        page = reader(address + broken)
        expect(page.locator(".edition[lang='en'] h1")).to_be_visible()
        assert page.wrong == []


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
def test_nothing_hinders_readers_who_see_or_move_differently(reader, address, viewport, scheme):
    page = reader(address, viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    for language in ("en", "ru"):
        page.evaluate(f"location.hash = '#{language}'")
        expect(page.locator(f".edition[lang='{language}'] h1")).to_be_visible()
        for kind in (".numbers", ".question", ".question .numbers", ".box"):
            page.locator(f".edition[lang='{language}'] {kind}").first.evaluate("fold => { fold.open = true; }")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    page.locator(".edition[lang='ru'] .panel:visible .behind-it").first.evaluate("link => link.click()")
    expect(page.locator(".edition[lang='ru'] dialog")).to_be_visible()
    assert violations(page) == []


def test_printed_all_folds_are_open_and_charts_are_light(reader, address):
    page = reader(address, color_scheme="dark")
    drawn(page, "en/problems")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("[id='en/problems'] .panel:visible tbody tr").first).to_be_visible()
    expect(page.locator(".edition[lang='en'] .quote").first).to_be_visible()
    expect(page.locator(".edition[lang='en'] .masthead")).to_be_hidden()
    ink = page.locator("[id='en/problems'] .chart.drawn:visible").first.evaluate("chart => chart.layout.font.color")
    assert ink == "#16181d"


def test_served_by_the_application_it_works_under_its_strict_policy(reader, own_server, released):
    shutil.copytree(released / "releases", own_server.folder / "releases")
    page = reader(f"{own_server.url}/r/demo-en")
    expect(page.locator(".edition[lang='en'] h1")).to_be_visible()
    assert page.url.endswith("/r/demo-en/v1/index.html")
    drawn(page, "en/problems")
    drawn(page, "en/groups")
    assert page.wrong == []
