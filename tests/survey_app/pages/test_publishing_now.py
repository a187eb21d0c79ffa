"""A publication under way, on its page: it goes on without whoever began it, is stopped, and tells what came of it."""

import time

import pytest

from survey_app.actions.publishing_job import publishing_state, start_publishing
from survey_app.actions.reviewing import reopen_review
from survey_app.actions.standing import standing_releases
from survey_app.actions.studies import need_study
from tests.survey_app.actions.undecided_demo import state
from tests.survey_app.pages.opening import button, ended, open_page, press, problems, russian, words

pytestmark = pytest.mark.usefixtures("quickly")
LEAVING = "You can leave this page: publishing goes on. Cancelled in time, it leaves nothing behind."


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def test_whoever_leaves_finds_the_publication_again_and_its_version(store, study):
    with store.writing():  # it waits where it would write
        press(open_page("publish", "demo-en"), "Publish a new version")
        app = open_page("publish", "demo-en", "ru")  # somebody else, in another language
        assert russian(LEAVING) in words(app)
        assert button(app, russian("Publish a new version")).disabled
    app = ended(app)
    assert russian("Version {version} was published.", version=1) in words(app)
    assert not button(app, russian("Publish a new version")).disabled
    app = press(app, russian("Close this message"))
    assert russian("Version {version} was published.", version=1) not in words(app)
    assert [row["version"] for row in standing_releases(store, study)] == [1]


def test_a_publication_is_cancelled_on_its_page(store, study):
    with store.writing():
        app = press(open_page("publish", "demo-en"), "Publish a new version")
        app = press(app, "Cancel")
        assert button(app, "Cancel").disabled
    app = ended(app)
    assert "Publishing was cancelled. Nothing was published and nothing has changed." in words(app)
    assert standing_releases(store, study) == []
    assert app.get("link_button") == []


def test_a_refusal_at_the_last_moment_is_told_on_the_page_in_the_language_of_who_reads(store, study):
    start_publishing(store, "A", study)
    while publishing_state(store, study)[0].progress < 0.15:
        time.sleep(0.02)
    reopen_review(store, "A", study["id"], state(store, study).source_id)
    app = ended(open_page("publish", "demo-en", "ru"))
    told = problems(app)
    assert told
    assert all(f"- {each}" in words(app) for each in told)  # what the gate says on the page, word for word
    assert russian("The gate is shut.") in words(app)
