"""The page “Report”: what is chosen is made into files, and only as long as it is true."""

import io
import re
import threading
import time

import pytest
from docx import Document

from survey_app.actions.quotes import decide_quote, quotable
from survey_app.actions.quotes_out import quotes_out
from survey_app.actions.report_files import Step
from survey_app.actions.results import Layer
from survey_app.actions.studies import create_study, need_study
from survey_app.components import report_form
from survey_app.language import _, use
from tests.survey_app.jobs.watching import until
from tests.survey_app.pages.opening import button, open_page, press, russian, sound, words


def without_pictures(monkeypatch):
    """No browser on the machine: files come at once, with tables in place of figures."""
    monkeypatch.setenv("BROWSER_PATH", "/nothing/here")


def make(app):
    """Press the button, and look again until the files are there."""
    press(app, _("Make the report"))
    until(lambda: all(one.label != _("Cancel") for one in sound(app.run()).button))
    return app


def for_the_team(app):
    """Choose the report that is not asked at the gate."""
    app.button_group(key="for whom the report is").set_value("team")
    sound(app.run())
    return app


def files(app):
    return [one.proto.label for one in app.get("download_button")]


def questions(app):
    return next(one for one in app.multiselect if (one.key or "").startswith("report-questions"))


@pytest.mark.usefixtures("empty_folder")
def test_before_anything_is_there_the_page_says_where_to_begin(fresh_store):
    create_study(fresh_store, "", title_en="Panel", slug="panel")
    assert "Bring in transcripts" in words(open_page("report", "panel"))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_report_is_made_of_the_questions_that_are_chosen_in_their_order(monkeypatch, store, language):
    without_pictures(monkeypatch)
    study_id = need_study(store, f"demo-{language}")["id"]
    app = open_page("report", f"demo-{language}", language)
    with use(language):  # the test names options as the screen does
        for_the_team(app)
        assert questions(app).value == list(report_form.FIRST)
        questions(app).set_value(["saturation", "problems"])
        sound(app.run())
        make(app)
    assert files(app) == [f"demo-{language}-internal-report-{language}.{form}" for form in ("docx", "pptx", "xlsx")]
    made = app.session_state[f"report-{study_id}"][2]
    document = Document(io.BytesIO(made[files(app)[0]]))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    asked = ["Would more experts say anything new?", "What hinders, and what helps?"]
    assert headings[1:3] == [russian(each) if language == "ru" else each for each in asked]


@pytest.mark.usefixtures("data_folder")
def test_unless_somebody_chooses_otherwise_a_report_is_for_readers(monkeypatch):
    without_pictures(monkeypatch)
    app = make(open_page("report", "demo-en"))
    assert files(app) == [f"demo-en-report-en.{form}" for form in ("docx", "pptx", "xlsx")]
    assert not app.multiselect
    assert not app.selectbox
    assert re.search(r"Segments and quotes as on the page Publish: Five segments, \d+ quotes\.", words(app))


def test_a_report_for_readers_counts_the_quotes_that_go_out(monkeypatch, store):
    without_pictures(monkeypatch)
    study = need_study(store, "demo-en")
    before = quotes_out(store, study)
    assert 0 < before.going <= before.released == 174
    assert f"{before.going} quotes." in words(open_page("report", "demo-en"))
    for row in quotable(store, study, Layer("adjudicated")):
        if row["decision"] == "released" and row["expert_id"] == "L1":
            decide_quote(store, "", study, row["statement_id"], "withheld")
    after = quotes_out(store, study)
    assert after.going < before.going
    assert f"{after.going} quotes." in words(open_page("report", "demo-en"))


def test_a_report_is_not_handed_out_once_a_quote_was_taken_back(monkeypatch, store):
    without_pictures(monkeypatch)
    app = make(for_the_team(open_page("report", "demo-en")))
    assert len(files(app)) == 3
    study = need_study(store, "demo-en")
    row = next(each for each in quotable(store, study, Layer("adjudicated")) if each["decision"] == "released")
    decide_quote(store, "", study, row["statement_id"], "withheld")
    sound(app.run())
    assert files(app) == []
    assert "have changed since the report was made" in words(app)


@pytest.mark.usefixtures("data_folder")
def test_without_a_browser_a_sentence_says_what_is_missing(monkeypatch):
    without_pictures(monkeypatch)
    app = for_the_team(open_page("report", "demo-en"))
    assert "Pictures and PDF need Chrome, Chromium or Edge" in words(app)
    assert "The smallest segment has 2 experts" in words(app)
    assert "174 quotes are released." in words(app)


@pytest.mark.usefixtures("data_folder")
def test_nothing_is_made_of_nothing():
    app = for_the_team(open_page("report", "demo-en"))
    questions(app).set_value([])
    sound(app.run())
    assert next(one for one in app.button if one.label == "Make the report").disabled


def test_a_report_under_way_is_found_again_and_can_be_cancelled(monkeypatch, store):
    without_pictures(monkeypatch)
    going = threading.Event()

    def slowly(*_given, tell, **_asked):
        while going.is_set():
            tell(Step(1, 3))
            time.sleep(0.01)
        return {"demo-en-report-en.docx": b"made"}

    monkeypatch.setattr(report_form, "report_files", slowly)
    going.set()
    app = press(open_page("report", "demo-en"), "Make the report")
    assert "Cancel" in [one.label for one in app.button]
    assert next(one for one in app.button if one.label == "Make the report").disabled
    sound(app.switch_page("pages/dashboard.py").run())
    sound(app.switch_page("pages/report.py").run())
    press(app, "Cancel")
    until(lambda: not button(sound(app.run()), "Make the report").disabled)
    assert files(app) == []
    going.clear()
    assert files(make(app)) == ["demo-en-report-en.docx"]
