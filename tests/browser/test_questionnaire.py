"""A newcomer imports the demo's questionnaire: brings the file, looks at what was recognised, stores it."""

import re

import pytest
from playwright.sync_api import Page, expect

from survey_app.actions.demo import DEMO
from survey_app.store import studies
from survey_app.store.frames import load_frames
from tests.browser.conftest import store_of
from tests.browser.serving import Server
from tests.browser.walking import Visitor
from tests.coding.demo_study import guide

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HEADER_PX, ROW_PX = 35, 33


def test_a_newcomer_brings_the_form_looks_at_it_and_stores_it(page: Page, server: Server) -> None:
    visitor = Visitor(page, server)
    visitor.create_study("A form of a newcomer")
    visitor.import_roster(DEMO / "experts.csv")
    visitor.go("questionnaire", "Questionnaire")
    page.locator("input[type=file]").first.set_input_files(str(DEMO / "questionnaire_google_forms.csv"))
    expect(page.get_by_text("20 of 20 rows belong to an expert of the roster.")).to_be_visible()
    expect(page.get_by_text(re.compile("38 columns are kept, 4 are left out"))).to_be_visible()

    look = page.get_by_role("combobox", name=re.compile("A closer look at"))
    expect(look).to_have_value(re.compile("Where do you mainly work"))
    questions = page.locator("[class*='-questions']").get_by_test_id("stDataFrame")
    expect(questions.locator("canvas td", has_text="How strongly does each factor hinder").first).to_be_attached()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()  # nothing moves any more
    questions.scroll_into_view_if_needed()
    questions.click(position={"x": 120, "y": HEADER_PX + 10 * ROW_PX + 15})
    expect(look).to_have_value(re.compile("How strongly does each factor hinder digitalization"))
    expect(page.get_by_text("answered: 19 · cannot say: 1 · blank: 0 · does not fit: 0")).to_be_visible()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached()  # the tabs are this question's
    page.get_by_role("tab", name="Scale and options").click()
    expect(page.get_by_role("button", name="Move down").first).to_be_visible()

    visitor.press("Store the questionnaire")
    expect(page.get_by_text(re.compile("20 experts answered")).first).to_be_visible()
    with store_of(server).reading() as connection:
        study = studies.by_slug(connection, visitor.slug)
        assert study is not None
        stored = load_frames(connection, study["id"]).items.set_index("item_id")
    known = guide().items.set_index("item_id")
    assert stored["type"].to_dict() == {key: known.loc[key, "type"] for key in stored.index}
    parents = set(stored["parent_id"]) - {""}
    answered = stored[~stored.index.isin({*parents, "years", "territory"})]
    assert (answered["type"] == "open").sum() == 6
    assert (answered["type"] != "open").sum() == 38
