"""A chart's files: they stand above it, and where nothing can draw one sentence says why."""

import pytest

from survey_app.components.take_along import file_name
from tests.survey_app.comparisons import opened_demo
from tests.survey_app.pages.opening import open_page
from tests.survey_app.pages.test_dashboard import open_dashboard, words

pytestmark = pytest.mark.usefixtures("data_folder")


def opened(app, *charts):
    """With what can be taken along of these charts unfolded."""
    for chart in charts:
        app.session_state[f"{chart}-take"] = True
    return app.run()


def files_of(app):
    return [one.proto.label for one in app.get("download_button")]


def test_every_chart_of_the_dashboard_can_be_taken_along(monkeypatch):
    monkeypatch.setattr("survey_app.components.take_along.browser", lambda: "/usr/bin/chromium")
    app = opened(open_dashboard("demo-en", chapter="certainty"), "saturation", "dominance")
    assert files_of(app) == ["CSV", "XLSX", "PNG", "SVG", "PDF"] * 2


@pytest.mark.parametrize(
    ("name", "chart", "query"),
    [
        ("agreement", "agreement-codes", {}),
        ("comparison", "confusions-A-B", {"view": "confusions", "coders": ["A", "B"]}),
    ],
)
def test_so_can_the_charts_of_what_coders_agree_on(monkeypatch, store, name, chart, query):
    monkeypatch.setattr("survey_app.components.take_along.browser", lambda: "/usr/bin/chromium")
    opened_demo(store)
    app = open_page(name, "demo-en", **query)
    before = files_of(app)
    assert set(files_of(opened(app, chart))) - set(before) >= {"PNG", "SVG", "PDF"}


def test_so_can_the_table_of_who_answered_what_which_has_no_figure():
    app = open_dashboard("demo-en", question="t2.c1")
    app.session_state["answers-picked"] = ("t2.c1.skills", "loc")
    assert files_of(opened(app, "answers-given")) == ["CSV", "XLSX"]


def test_without_a_browser_on_the_machine_tables_stay_and_a_sentence_says_what_is_missing(monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", "/nothing/here")
    app = opened(open_dashboard("demo-en", chapter="certainty"), "saturation", "dominance")
    assert files_of(app) == ["CSV", "XLSX"] * 2
    assert "Pictures and PDF need Chrome, Chromium or Edge" in words(app)
    assert "The camera above a chart saves a PNG all the same." in words(app)


def test_a_file_is_named_by_study_and_chart():
    assert file_name("theme-plat/gis ü") == "rakurs_theme-plat-gis-"
