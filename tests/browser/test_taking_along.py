"""What the dashboard shows, taken along: files of a chart, and the page as the browser prints it."""

import io
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.serving import Server
from tests.browser.walking import PATIENCE_MS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIDEWAYS_PT = 842
"""The width of an A3 sheet."""


def opened(page: Page, server: Server, chapter: str) -> None:
    page.goto(server.page("dashboard", study="demo-en", lang="en", chapter=chapter))
    page.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Take along").last.wait_for()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()  # every chart has come


def test_a_chart_is_taken_along_as_table_and_as_picture(page: Page, server: Server, tmp_path: Path):
    opened(page, server, "glance")
    page.get_by_role("button", name="Take along").first.click()
    for form in ("CSV", "PNG"):
        with page.expect_download(timeout=2 * PATIENCE_MS) as coming:
            page.get_by_role("button", name=form, exact=True).click()
        assert coming.value.suggested_filename == f"demo-en_problems.{form.lower()}"
        coming.value.save_as(tmp_path / form)
    assert "Skills shortage among officials" in (tmp_path / "CSV").read_text("utf-8-sig")
    assert Image.open(tmp_path / "PNG").width == 1800


def test_the_browsers_own_camera_is_there_in_words_and_nothing_else_is(page: Page, server: Server):
    opened(page, server, "forces")
    chart = page.locator(".js-plotly-plot").first
    chart.hover()
    expect(chart.locator(".modebar-btn")).to_have_count(1)
    expect(chart.locator(".modebar-btn")).to_have_attribute("data-title", "Save as PNG")


def test_what_is_printed_holds_charts_and_words_but_no_menu_and_no_choices(page: Page, server: Server):
    opened(page, server, "certainty")
    expect(page.get_by_text("Would more experts say anything new?").first).to_be_visible()
    expect(page.get_by_text("segments: ").first).to_be_attached()  # seen on paper alone
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert round(float(pages[0].mediabox.width)) == SIDEWAYS_PT
    said = " ".join(" ".join(sheet.extract_text().split()) for sheet in pages)
    assert "Would more experts say anything new?" in said
    assert "segments: " in said
    for unwanted in ("Coding desk", "Take along", "Whose words", "Only these groups", "Chart"):
        assert unwanted not in said
