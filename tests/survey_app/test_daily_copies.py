"""While the application runs it copies by itself what has changed, quietly; what fails is kept for the page to say."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest

from survey_app import daily_copies, session
from survey_app.actions.keeping_copies import copies_of
from survey_app.actions.studies import archive_study, create_study, delete_study, rename_study
from survey_app.daily_copies import copy_what_is_due, copying, failures
from survey_app.settings import settings
from tests.survey_app.jobs.watching import until

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def two(fresh_store, monkeypatch):
    monkeypatch.setattr(daily_copies, "_failures", {})
    return [create_study(fresh_store, "", title_en=title) for title in ("Panel", "Forum")]


def test_each_study_that_has_changed_is_copied_once_a_day(two, empty_folder):
    store = session.store()
    assert set(copy_what_is_due(NOON)) == {"panel", "forum"}
    assert copy_what_is_due(NOON + timedelta(hours=3)) == []
    rename_study(store, "", two[0]["id"], title_en="Other", title_ru="")
    archive_study(store, "", two[1]["id"], archived=True)
    assert set(copy_what_is_due(NOON + DAY)) == {"panel", "forum"}
    assert copy_what_is_due(NOON + 2 * DAY) == []
    assert [copy.at for copy in copies_of(empty_folder / "backups" / "studies", "panel")] == [NOON + DAY, NOON]


def test_what_fails_is_kept_in_words_and_not_in_the_log_and_the_rest_is_copied(two, empty_folder, caplog):
    home = empty_folder / "backups" / "studies"
    home.mkdir(parents=True)
    (home / "panel").write_text("in the way")
    with caplog.at_level(logging.DEBUG):
        assert copy_what_is_due(NOON) == ["forum"]
    (failure,) = failures()
    assert (failure.slug, failure.at) == ("panel", NOON)
    assert "cannot be written" in str(failure.why)
    assert "automatic copy failed" in caplog.text
    assert "panel" not in caplog.text.lower()
    assert "Traceback" not in caplog.text
    (home / "panel").unlink()
    assert copy_what_is_due(NOON) == ["panel"]
    assert failures() == []


def test_nothing_unexpected_reaches_the_application(two, monkeypatch, caplog):
    def break_down(*_words, **_named):
        raise ZeroDivisionError("Anna Orlova")

    monkeypatch.setattr(daily_copies, "copy_now", break_down)
    assert copy_what_is_due(NOON) == []
    assert len(failures()) == 2
    assert "Anna" not in caplog.text + "".join(str(failure.why) for failure in failures())
    delete_study(session.store(), two[0], "panel")
    copy_what_is_due(NOON)
    assert [failure.slug for failure in failures()] == ["forum"]


def test_the_thread_copies_by_a_clock_and_ends_with_the_application(two, empty_folder):
    home = empty_folder / "backups" / "studies"
    ticks = iter(NOON + DAY * n for n in range(1_000_000))
    with copying(first_s=0.01, every_s=0.05, clock=lambda: next(ticks)):
        until(lambda: copies_of(home, "panel") and copies_of(home, "forum"))
        assert threading.main_thread().name != "daily-copies"
    until(lambda: "daily-copies" not in {thread.name for thread in threading.enumerate()})


def test_the_setting_turns_it_off(two, empty_folder, monkeypatch):
    monkeypatch.setenv("RAKURS_COPIES", "0")
    settings.cache_clear()
    with copying(first_s=0.0, every_s=0.01):
        assert "daily-copies" not in {thread.name for thread in threading.enumerate()}
    assert not (empty_folder / "backups").exists()
