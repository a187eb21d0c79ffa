"""Navigation and language: what stands in the menu, in the tab and in the address, and what survives a reload."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from survey_app.language import _, use
from survey_app.settings import settings
from tests.survey_app.jobs.watching import PATIENCE_S

APP = Path(__file__).parents[2] / "survey_app" / "app.py"


def visit(locale="en-US", **query):
    """A fresh tab of a browser that prefers `locale`."""
    app = AppTest.from_file(APP, default_timeout=PATIENCE_S)
    app.context["locale"] = locale
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def reload(app):
    """The same address in a fresh tab."""
    return visit(app.context["locale"], **{name: app.query_params[name] for name in app.query_params})


def switch(app):
    return app.get_by_key("language")


def title(app):
    return app.title[0].value


@pytest.mark.parametrize(
    ("locale", "language"), [("ru-RU", "ru"), ("ru", "ru"), ("en-GB", "en"), ("de-DE", "en"), ("RU", "ru")]
)
def test_a_first_visit_speaks_the_language_of_the_browser(data_folder, locale, language):
    app = visit(locale)
    assert switch(app).value == language
    assert "lang" not in app.query_params
    with use(language):
        assert title(app) == _("Studies")


def test_a_language_can_be_set_for_everyone(data_folder, monkeypatch):
    monkeypatch.setenv("RAKURS_LANGUAGE", "ru")
    settings.cache_clear()
    assert switch(visit("en-US")).value == "ru"


def test_a_language_chosen_by_hand_survives_other_pages_and_a_reload(data_folder):
    app = visit("en-US", study="demo-en")
    switch(app).set_value("ru").run()
    app.switch_page("pages/place.py").run()
    assert switch(app).value == "ru"
    with use("ru"):
        assert title(app) == _("Where the data lies")
    assert app.query_params["lang"] in ("ru", ["ru"])
    assert switch(reload(app)).value == "ru"


def test_the_way_back_to_the_language_of_the_browser_needs_no_word_in_the_address(data_folder):
    app = visit("ru-RU")
    switch(app).set_value("en").run()
    assert "lang" in app.query_params
    switch(app).set_value("ru").run()
    assert "lang" not in app.query_params


def test_a_language_that_does_not_exist_is_ignored(data_folder):
    assert switch(visit("ru-RU", lang="xx")).value == "ru"


def test_the_study_stands_in_the_address_and_survives_a_reload(data_folder):
    app = visit(study="demo-ru")
    app.switch_page("pages/topics.py").run()
    assert app.query_params["study"] in ("demo-ru", ["demo-ru"])
    again = reload(app)
    again.switch_page("pages/home.py").run()
    assert "Digitalization" in title(again)


def test_a_study_that_is_gone_is_forgotten(data_folder):
    app = visit(study="gone")
    assert title(app) == "Studies"
    assert "study" not in app.query_params


def test_opening_a_study_leads_to_its_overview(data_folder):
    app = visit()
    next(button for button in app.button if button.key == "open-demo-ru").click().run()
    assert not app.exception
    assert app.query_params["study"] in ("demo-ru", ["demo-ru"])
    assert "Digitalization" in title(app)
