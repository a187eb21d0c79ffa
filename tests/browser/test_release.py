"""A reader's way through a published page, from disk and from the server, in a real browser."""

import csv
import io
import re
import shutil
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
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


def question(page, key, language="en"):
    return page.locator(f"[id='{language}/ask/{key}']")


def choose(page, what, value):
    page.locator(f".edition:visible .controls fieldset[data-choice='{what}']:visible input[value='{value}']").check(
        force=True
    )


def dialog_of(page, language="en"):
    return page.locator(f".edition[lang='{language}'] dialog")


def walk(page):
    """Question, segment, comparison, quotes, language: all of it in the address."""
    choose(page, "question", "plat")
    expect(question(page, "plat")).to_be_visible()
    expect(question(page, "problems")).to_be_hidden()
    choose(page, "question", "problems")
    choose(page, "segment", "local")
    panel = question(page, "problems").locator(".panel[data-segment='local']")
    expect(panel).to_be_visible()
    expect(panel.locator("svg.wide")).to_contain_text("3 of 3")
    page.locator(".edition:visible select[data-choice='with']").select_option("civil_society")
    pair = question(page, "problems").locator(".beside")
    expect(pair.locator("h4")).to_have_text(re.compile("^Local authorities compared with "))
    expect(pair.locator(".finding")).to_have_text(
        "Furthest apart: “Skills shortage among officials” (3 of 3 and 0 of 3)."
    )
    expect(page).to_have_url(re.compile(r"#en\?segment=local&with=civil_society$"))
    panel.locator("svg.wide .m[data-code='prob.skills']").click()
    dialog = dialog_of(page)
    expect(dialog).to_be_visible()
    expect(dialog.locator(".how-many")).to_have_text("3 of 3 experts · statements: 6")
    assert set(dialog.locator(".who").all_inner_texts()) == {"Local authorities"}
    expect(page).to_have_url(re.compile("code=prob.skills"))
    page.reload()
    expect(dialog).to_be_visible()
    dialog.locator(".close").click()
    expect(dialog).to_be_hidden()
    expect(page).not_to_have_url(re.compile("code="))
    page.locator(".edition[lang='en'] .languages a[lang='ru']").click()
    expect(page.locator(".edition[lang='ru'] h1")).to_be_visible()
    expect(question(page, "problems", "ru").locator(".panel[data-segment='local'] svg.wide")).to_contain_text("3 из 3")
    assert page.evaluate("document.documentElement.lang") == "ru"
    assert "Цифровизация" in page.title()
    assert page.wrong == []


def test_a_reader_walks_from_a_question_to_the_words_behind_it_from_disk(reader, address):
    walk(reader(address))


def test_the_same_walk_works_as_the_application_serves_it(reader, own_server, released):
    shutil.copytree(released / "releases", own_server.folder / "releases")
    page = reader(f"{own_server.url}/r/demo-en")
    expect(page.locator(".edition[lang='en'] h1")).to_be_visible()
    assert page.url.endswith("/r/demo-en/v1/index.html")
    walk(page)


def test_figures_are_there_before_any_script_and_all_numbers_can_be_read(reader, address):
    page = reader(address, java_script_enabled=False)
    expect(page.locator(".edition[lang='en'] h1")).to_be_visible()
    for key in ("problems", "role", "plat", "prin", "targ"):
        expect(question(page, key).locator("svg.wide").first).to_be_visible()
    question(page, "problems").locator(".compared .numbers > summary").first.click()
    expect(question(page, "problems").locator(".compared tbody tr").first).to_be_visible()
    page.locator(".edition[lang='en'] .languages a[lang='ru']").click()
    expect(page.locator(".edition[lang='ru'] h1")).to_be_visible()
    expect(page.locator(".edition[lang='en'] h1")).to_be_hidden()
    expect(page.locator(".edition[lang='ru'] .scripted-only:visible")).to_have_count(0)


def test_a_figure_is_one_stop_of_the_keyboard_with_arrows_inside(reader, address):
    page = reader(address)
    tiles = question(page, "problems").locator(".compared svg.wide")
    first = tiles.locator(".m").first
    expect(first).to_have_attribute(
        "aria-label", "Skills shortage among officials, Federal and regional authorities: 3 of 5"
    )
    first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.segment") == "local"
    page.keyboard.press("ArrowDown")
    here = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert here == "Interdepartmental exchange not digital enough, Local authorities: 3 of 3"
    page.keyboard.press("Enter")
    expect(dialog_of(page).locator(".where")).to_contain_text("Interdepartmental exchange not digital enough")
    page.keyboard.press("Escape")
    expect(dialog_of(page)).to_be_hidden()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == here


def test_a_number_in_a_table_opens_the_words_behind_it(reader, address):
    page = reader(address)
    panel = question(page, "problems").locator(".panel:visible")
    panel.locator(".numbers > summary").click()
    link = panel.locator("tr[data-code='prob.skills'] a")
    link.focus()
    page.keyboard.press("Enter")
    dialog = dialog_of(page)
    expect(dialog).to_be_visible()
    expect(dialog.locator(".quote")).to_have_count(11)
    dialog.locator(".asked > summary").first.click()
    expect(dialog.locator(".sureness")).to_contain_text("anywhere between 30 and 70 in a hundred")
    dialog.locator(".everywhere button[data-segment='civil_society']").click()
    expect(dialog.locator(".how-many")).to_have_text("0 of 3 experts · statements: 0")
    expect(dialog.locator(".held")).to_have_text("Nobody of this segment said it.")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_who_said_it_is_answered_by_segment_and_k_of_n(reader, address):
    page = reader(f"{address}#en/code/prob.skills")
    quote = page.locator("[id='en/code/prob.skills'] .quote[data-segments$='local']").first
    quote.locator(".asked > summary").click()
    expect(quote.locator(".asked p")).to_contain_text(
        "Local authorities: one expert of 3. “Skills shortage among officials” is named there by 3 of 3."
    )


def test_quotes_are_searched_and_hits_are_counted_marked_and_kept_in_the_address(reader, released):
    page = reader((released / "releases" / "demo-ru" / "v1" / "index.html").as_uri() + "#ru/quotes")
    field = page.locator(".edition[lang='ru'] input[type=search]")
    field.fill("УЧЕТНАЯ")
    hits = page.locator(".edition[lang='ru'] .hits")
    count, whole = map(int, re.findall(r"\d+", hits.inner_text()))
    assert 0 < count < whole == 173
    assert hits.get_attribute("aria-live") == "polite"
    assert {text.casefold() for text in page.locator(".edition[lang='ru'] mark:visible").all_inner_texts()} == {
        "учётная"
    }
    page.reload()
    expect(field).to_have_value("УЧЕТНАЯ")
    expect(page.locator(".edition[lang='ru'] .quote:visible")).to_have_count(count)
    field.fill("небывальщина")
    expect(page.locator(".edition[lang='ru'] .box:visible")).to_have_count(0)
    field.fill("")
    expect(hits).to_contain_text("173")


def test_tables_and_figures_are_taken_along(reader, address):
    page = reader(address)
    place = question(page, "problems").locator(".compared").first
    place.locator(".numbers > summary").click()
    with page.expect_download() as asked:
        place.get_by_role("button", name="CSV").click()
    text = asked.value.path().read_text("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    skills = next(row for row in rows if row[0] == "Skills shortage among officials")
    assert skills[1:] == ["3 of 5", "3 of 3", "2 of 4", "0 of 3", "2 of 5", "10 of 20"]
    with page.expect_download() as asked:
        place.get_by_role("button", name="SVG").click()
    tree = ElementTree.fromstring(asked.value.path().read_text("utf-8"))
    drawn = "".join(tree.itertext())
    assert "10/20" in drawn
    title, made = place.locator(".figure").get_attribute("data-name"), page.locator(".edition:visible footer p").all()
    lines = [each.text for each in tree if each.tag.endswith("}text")]
    for whole in (title, *(each.text_content() for each in made)):
        assert "".join(whole.split()) in "".join("".join(lines).split())
    assert "var(" not in ElementTree.tostring(tree, "unicode")
    with page.expect_download() as asked:
        place.get_by_role("button", name="PNG").click()
    png = asked.value.path().read_bytes()
    assert png.startswith(b"\x89PNG")
    _left, _top, width, height = map(float, tree.get("viewBox").split())
    assert Image.open(io.BytesIO(png)).size == (2 * width, 2 * height)
    assert page.wrong == []


def test_a_quote_s_own_address_opens_what_it_is_folded_into(reader, address):
    page = reader(address)
    number = page.locator(".edition[lang='ru'] .quote").last.get_attribute("data-number")
    page.goto("about:blank")
    page.goto(f"{address}#ru/{number}?find=nothing-like-it")
    expect(page.locator(f"[id='ru/{number}'] blockquote")).to_be_in_viewport()


def test_a_broken_address_shows_the_page_all_the_same(reader, address):
    for broken in (
        "#%",
        "#xx/nowhere",
        "#en/nowhere?segment=nobody",
        "#en/ask/none?by=%22%5D&with=all&code=x",
        "#en?segment=__proto__",
    ):
        page = reader(address + broken)
        expect(page.locator(".edition[lang='en'] h1")).to_be_visible()
        expect(question(page, "problems").locator(".panel:visible")).to_have_count(1)
        assert page.wrong == []


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
def test_nothing_hinders_readers_who_see_or_move_differently(reader, address, viewport, scheme):
    page = reader(address, viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    for language in ("en", "ru"):
        page.evaluate(f"location.hash = '#{language}/ask/problems?segment=local&with=civil_society'")
        expect(page.locator(f".edition[lang='{language}'] .beside table")).to_be_visible()
        for kind in (".numbers", ".asked", ".asked-of-all", ".asked-of-all .numbers", ".box"):
            page.locator(f".edition[lang='{language}'] {kind}").first.evaluate("fold => { fold.open = true; }")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    page.locator(".edition[lang='ru'] .panel:visible tr[data-code] a").first.evaluate("link => link.click()")
    expect(dialog_of(page, "ru")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 700, 1400])
def test_nothing_sticks_out_at_any_width(reader, address, width):
    page = reader(
        f"{address}#ru/ask/problems?segment=local&with=civil_society", viewport={"width": width, "height": 800}
    )
    expect(page.locator(".edition[lang='ru'] .beside table")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".edition[lang='ru'] .panel:visible svg:visible").count() == 1


def test_a_fingerprint_in_the_methods_is_broken_on_a_phone(reader, address):
    page = reader(address, viewport=PHONE)
    told = page.locator(".edition:visible .method p").first
    told.evaluate("(told, word) => { told.textContent = word; }", "5d0c9e1f" * 8)
    assert told.evaluate("told => told.scrollWidth") <= PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_printed_all_figures_and_quotes_are_there_in_light_colours(reader, address):
    page = reader(address, color_scheme="dark")
    expect(question(page, "problems").locator("svg.wide").first).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(question(page, "role").locator("svg.wide").first).to_be_visible()
    expect(page.locator("[id='en/answers'] svg.wide").last).to_be_visible()
    expect(page.locator(".edition[lang='en'] .quote").first).to_be_visible()
    expect(page.locator(".edition[lang='en'] .masthead")).to_be_hidden()
    expect(page.locator(".edition[lang='en'] .numbers:visible")).to_have_count(0)
    ink = question(page, "problems").locator("svg.wide text").first.evaluate("text => getComputedStyle(text).fill")
    assert ink == "rgb(0, 0, 0)"
