"""The page of topics as each role: coders look and change nothing, and read nothing of what is hidden from them."""

import pytest

from survey_app import session
from survey_app.actions.topic_guidance import guided_by
from survey_app.actions.topics import keep_topics
from survey_app.settings import settings
from tests.survey_app.pages.opening import open_page, words
from tests.survey_app.pages.test_topic_arranging import real

CHANGING = ("Find topics", "Keep the name", "Merge", "Split in two", "Run again with these settings", "Make the file",
            "Take the last change back", "Keep as a sample")  # fmt: skip


@pytest.fixture
def page(team, monkeypatch):
    """page(role): what that person sees of the topics of the study; the run is stored first."""
    study, members = team
    monkeypatch.setenv("RAKURS_TEAM", "1")
    settings.cache_clear()

    def seen(role, language="en"):
        account = members[role][0].account
        monkeypatch.setattr(session, "account", lambda: {"id": account, "name": role, "login": role})
        return open_page("topics", study["slug"], language)

    yield seen
    settings.cache_clear()


@pytest.fixture
def keep(team):
    """Store a run as the owner: keep(guided=False) -> its id."""
    study, members = team
    owner, coder = members["owner"]

    def kept(*, guided=False):
        run = real(owner, study, record={"guided": guided})
        if guided:
            run["levels"][0]["topics"][0]["grown_around"] = ["prob.skills"]
        by = guided_by(owner, study["id"]) if guided else []
        return keep_topics(owner, coder["key"], study["id"], 3, run, guided=by)

    return kept


def labels(app):
    return {each.label for kind in (app.button, app.get("download_button")) for each in kind}


def test_a_coder_looks_at_topics_and_has_nothing_to_change_them_with(page, keep):
    keep()
    app = page("coder")
    said = words(app)
    assert "2 topics" in said
    assert "### register, portal" in [each.value for each in app.markdown]
    assert not {label for label in labels(app) if label.startswith(CHANGING)}
    assert "Change" not in [each.proto.popover.label for each in app.get("popover")]
    assert all(each.disabled for each in app.select_slider)
    assert not app.text_input


def test_a_researcher_has_what_a_coder_lacks(page, keep):
    """Else the test above would hold of a page without anything."""
    keep()
    app = page("researcher")
    assert {"Find topics", "Keep the name", "Split in two", "Run again with these settings"} <= labels(app)
    assert app.text_input
    assert "Change" in [each.proto.popover.label for each in app.get("popover")]
    assert not any(each.disabled for each in app.select_slider)


def test_a_coder_of_a_study_without_topics_is_told_who_makes_them(page):
    assert "A researcher of the study looks for topics." in words(page("coder"))


def test_a_reader_has_no_page_of_topics(page, keep):
    keep()
    said = words(page("reader"))
    assert "not for your role" in said
    assert "register" not in said


def test_a_run_around_hidden_codings_waits_and_the_page_says_so(page, keep):
    keep(guided=True)
    app = page("coder")
    assert [each.value for each in app.info] == [
        "1 run grew around codings that are hidden from you for now. It waits here until the comparison of these texts "
        "is open."
    ]
    assert "register" not in words(app)
    keep()  # by themselves
    app = page("coder")
    assert "register" in words(app)
    assert "1 run grew around codings" in words(app)
    assert "Grew around" not in words(app)


def test_who_sees_the_codings_reads_what_topics_grew_around(page, keep):
    keep(guided=True)
    app = page("researcher")
    assert "Grew around" in words(app)
    assert "hidden from you" not in words(app)
