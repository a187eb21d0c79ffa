"""Plotly draws each chart of the dashboard once, though Streamlit hands it over twice, and its labels have room."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import Server
from tests.browser.walking import PATIENCE_MS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WATCH = """() => {
  window.drawn = [];
  const known = new Set();
  new MutationObserver(() => {
    for (const chart of document.querySelectorAll('.js-plotly-plot')) {
      if (known.has(chart) || !chart._fullLayout) continue;
      known.add(chart);
      const one = {again: 0, handed: 1};
      window.drawn.push(one);
      chart.on('plotly_beforeplot', () => { one.again += 1; });
      chart.on('plotly_react', () => { one.handed += 1; });
    }
  }).observe(document, {subtree: true, childList: true});
}"""
CUT = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap((chart) => {
  const edge = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('.ytick text, .xtick text')]
    .filter((text) => text.getBoundingClientRect().left < edge.left - 1 || text.getBoundingClientRect().top < edge.top - 1)
    .map((text) => text.textContent);
})"""


@pytest.mark.parametrize(("study", "language"), [("demo-en", "en"), ("demo-ru", "ru")])
@pytest.mark.parametrize(("chapter", "charts"), [("glance", 5), ("together", 4), ("groups", 3)])
def test_each_chart_is_drawn_once_and_no_label_is_cut_off(
    page: Page, server: Server, study: str, language: str, chapter: str, charts: int
):
    page.add_init_script(f"({WATCH})()")
    page.goto(server.page("dashboard", study=study, lang=language, chapter=chapter))
    expect(page.locator(".js-plotly-plot .main-svg:first-child")).to_have_count(charts, timeout=PATIENCE_MS)
    page.wait_for_function(
        "(count) => window.drawn.length === count && window.drawn.every((one) => one.handed > 1)",
        arg=charts, timeout=PATIENCE_MS,
    )  # fmt: skip
    assert [one["again"] for one in page.evaluate("window.drawn")] == [0] * charts
    assert page.evaluate(CUT) == []
