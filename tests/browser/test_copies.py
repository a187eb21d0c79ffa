"""A person makes a copy of a study on the page, takes it home, and gets the study back from it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from survey_app.actions.restoring_study import restore
from survey_app.actions.results import frames_of
from survey_app.actions.studies import need_study
from survey_app.store.log import Store
from tests.browser.conftest import store_of
from tests.browser.serving import Server
from tests.browser.walking import at_rest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_copy_is_made_downloaded_and_restored(
    page: Page, own_server: Server, fresh_store: Store, tmp_path: Path
) -> None:
    page.goto(own_server.page("place", study="demo-en"))
    page.get_by_role("button", name="Make a copy now").wait_for()
    at_rest(page)
    page.get_by_role("button", name="Make a copy now").click()
    page.get_by_text("The copy is made.").wait_for()
    at_rest(page)  # the list below that sentence is the new one
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").first.click()
    assert download.value.suggested_filename.startswith("demo-en-")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    restored = restore(fresh_store, file).study
    there = store_of(own_server)
    before = frames_of(there, need_study(there, "demo-en")["id"]).codings
    after = frames_of(fresh_store, restored["id"]).codings
    assert set(after["coding_id"]) == set(before["coding_id"])
