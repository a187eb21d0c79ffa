"""Finding statements and summing up in a real browser: asked by choices, answered at once, taken away as files."""

import csv
import re
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.walking import at_rest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def taken(page, name, nth=0):
    """What a button of a page at rest hands over: a file is of what the page has heard."""
    at_rest(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).nth(nth).click()
    return open(waiting.value.path(), "rb").read()


def choose(page, box, text):
    """Choose from a list by typing what is wanted."""
    expect(box).to_be_visible()
    at_rest(page)
    box.click()
    page.keyboard.type(text)
    offered = page.get_by_role("option")
    expect(offered.filter(has_not_text=text)).to_have_count(0)
    expect(offered.first).to_be_visible()
    page.keyboard.press("Enter")


def test_a_question_is_asked_answered_followed_to_the_desk_and_taken_away(server, page):
    page.goto(server.page("find", study="demo-en", code="prob.skills"))
    expect(page.get_by_role("heading", name=re.compile(r"statements by \d+ of 20 experts"))).to_be_visible()
    alone = page.get_by_role("heading", name=re.compile("of 20 experts")).inner_text()
    page.get_by_role("button", name="Add a line").click()
    choose(page, page.get_by_role("combobox", name="Code", exact=True).nth(1), "Better quality")
    expect(page.get_by_text("E04 Better quality and access of services").first).to_be_visible()
    at_rest(page)
    page.get_by_text("any of these").click()
    heading = page.get_by_role("heading", name=re.compile("of 20 experts"))
    expect(page.get_by_text(re.compile(r"Skills shortage among officials or E04 "))).to_be_visible()
    expect(heading).not_to_have_text(alone)
    rows = list(csv.DictReader(taken(page, "CSV").decode("utf-8-sig").splitlines()))
    assert f"{len(rows)} statements" in heading.inner_text()
    assert {"prob.skills", "enab.quality"} & set("; ".join(row["matched"] for row in rows).split("; "))
    words = [paragraph.text for paragraph in Document(BytesIO(taken(page, "Word"))).paragraphs]
    assert {row["text"] for row in rows} <= set(words)
    matrix = load_workbook(BytesIO(taken(page, "Excel", nth=1))).worksheets[0]
    assert matrix.max_row == 21
    page.get_by_role("link", name="Desk", exact=True).first.click()
    expect(page.locator(".rk-desk")).to_be_visible()
    expect(page).to_have_url(re.compile("at="))


def field(page):
    return page.get_by_role("textbox", name="Summary in your own words")


def saved(page, field):
    """What was filled in is on the disk: from the first letter until then its field says otherwise."""
    expect(page.locator(".rk-kw", has=field).locator(".rk-kw-state")).to_have_attribute("data-state", "saved")
    at_rest(page)


def test_a_cell_of_the_matrix_is_opened_by_a_click_and_keeps_itself(server, page):
    page.goto(server.page("framework", study="demo-en"))
    before = field(page).get_attribute("id")
    expect(page.get_by_test_id("glide-cell-2-1")).to_be_attached()
    at_rest(page)
    page.get_by_test_id("stDataFrame").click(position={"x": 450, "y": 140})
    expect(page.get_by_role("combobox", name="Column")).to_have_value(re.compile(r"t1\.o2"))
    expect(field(page)).not_to_have_attribute("id", before)  # that of the cell clicked, not of the one before
    field(page).fill("Measures by the time saved.")
    saved(page, field(page))
    page.get_by_role("button", name="On", exact=True).click()
    expect(field(page)).to_have_value("")
    page.get_by_role("button", name="Back", exact=True).click()
    expect(field(page)).to_have_value("Measures by the time saved.")
    at_rest(page)
    second = page.get_by_test_id("stCheckbox").nth(1)
    words = second.inner_text()
    second.click()
    expect(page.get_by_test_id("stCheckbox").first).to_have_text(words)  # what is linked stands first
    expect(page.get_by_role("checkbox").first).to_be_checked()
    expect(field(page)).to_have_value("Measures by the time saved.")
    book = load_workbook(BytesIO(taken(page, "Excel")))
    cells = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    written = [words for words in cells if "Measures by the time saved." in str(words)]
    assert written == ["Measures by the time saved. [1]"]
    assert book.worksheets[1].max_row == 2


def test_words_typed_while_the_server_is_gone_are_kept_and_sent_later(own_server, page):
    page.goto(own_server.page("framework", study="demo-en"))
    expect(field(page)).to_be_visible()
    field(page).fill("Kept before.")
    saved(page, field(page))
    own_server.kill()
    field(page).fill("Kept before. And typed without a server.")
    expect(page.locator('.rk-kw-state[data-state="late"]').last).to_be_visible()
    page.goto("about:blank")
    own_server.start()
    page.goto(own_server.page("framework", study="demo-en"))
    expect(field(page)).to_have_value("Kept before. And typed without a server.")
    saved(page, field(page))
    page.reload()
    expect(field(page)).to_have_value("Kept before. And typed without a server.")


def test_a_memo_is_written_where_its_thing_is_and_found_by_its_name(server, page):
    page.goto(server.page("codebook", study="demo-en"))
    expect(page.get_by_role("heading", name=re.compile("P01 "))).to_be_visible()
    at_rest(page)
    page.get_by_role("button", name=re.compile("[Mm]emo of A")).click()
    memo = page.get_by_role("textbox", name="Memo", exact=True)
    memo.fill("Ask again in spring.")
    saved(page, memo)
    page.get_by_role("link", name="All memos").click()
    expect(page.get_by_role("heading", name="Memos")).to_be_visible()
    at_rest(page)
    page.get_by_role("textbox", name="Search in your memos").fill("P01 spring")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 memo", exact=True)).to_be_visible()  # the others went: the one left has the last link
    expect(page.get_by_text("Ask again in spring.")).to_be_visible()
    at_rest(page)
    page.get_by_role("link", name="Codebook").last.click()
    expect(page.get_by_role("heading", name=re.compile("P01 "))).to_be_visible()
