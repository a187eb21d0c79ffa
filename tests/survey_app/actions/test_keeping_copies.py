"""Copies in the data folder: one a day of what has changed; seven days and four weeks stay."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.actions.backup_format import BackupProblem
from survey_app.actions.keeping_copies import copied, copies_of, copy_now, is_due, kept
from survey_app.actions.studies import create_study, delete_study, rename_study

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_of_an_earlier_day_the_newest_stays():
    hour = timedelta(hours=1)
    assert kept([NOON, NOON - DAY, NOON - DAY - hour]) == {NOON, NOON - DAY}
    assert kept([]) == set()


def test_of_the_newest_day_every_copy_stays_for_one_may_be_from_before_a_mistake():
    hour = timedelta(hours=1)
    assert kept([NOON - hour, NOON, NOON + hour, NOON - DAY]) == {NOON - hour, NOON, NOON + hour, NOON - DAY}


def test_of_a_hundred_days_seven_and_the_ends_of_three_earlier_weeks_stay():
    stay = sorted(kept(NOON - DAY * n for n in range(100)), reverse=True)
    assert stay[:7] == [NOON - DAY * n for n in range(7)]
    assert [moment.strftime("%A %d.%m.") for moment in stay[7:]] == ["Sunday 15.11.", "Sunday 08.11."]
    # 25, 24, 23 November are of the newest week and 22 of the one before: two Sundays more make four weeks


def test_after_a_long_silence_old_copies_are_not_lost():
    old = [NOON - DAY * 300, NOON - DAY * 301]
    assert kept([*old, NOON]) == {*old, NOON}


@given(st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), max_size=60))
def test_the_newest_copy_always_stays_and_sweeping_twice_sweeps_no_more(moments):
    stay = kept(moments)
    assert stay <= set(moments)
    assert len({moment.date() for moment in stay}) <= 11
    assert not moments or max(moments) in stay
    assert kept(stay) == stay


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "", title_en="Panel")


def test_a_copy_is_due_once_a_day_and_only_after_a_change(fresh_store, study, tmp_path):
    assert is_due(fresh_store, study, tmp_path, NOON)
    copy_now(fresh_store, study, tmp_path, at=NOON)
    rename_study(fresh_store, "", study["id"], title_en="Other", title_ru="")
    assert not is_due(fresh_store, study, tmp_path, NOON + timedelta(hours=5))
    assert is_due(fresh_store, study, tmp_path, NOON + DAY)
    copy_now(fresh_store, study, tmp_path, at=NOON + DAY)
    assert not is_due(fresh_store, study, tmp_path, NOON + 5 * DAY)


def test_another_study_of_the_same_name_is_a_change(fresh_store, study, tmp_path):
    copy_now(fresh_store, study, tmp_path, at=NOON)
    delete_study(fresh_store, study, "panel")
    assert is_due(fresh_store, create_study(fresh_store, "", title_en="Panel"), tmp_path, NOON + DAY)


def test_a_copy_of_older_tables_or_a_broken_one_does_not_count(fresh_store, study, tmp_path, monkeypatch):
    copy = copy_now(fresh_store, study, tmp_path, at=NOON)
    assert not is_due(fresh_store, study, tmp_path, NOON + DAY)
    monkeypatch.setattr("survey_app.actions.keeping_copies.revisions", lambda: ["0099", "0004"])
    assert is_due(fresh_store, study, tmp_path, NOON + DAY)
    monkeypatch.undo()
    copy.file.write_bytes(b"PK")
    assert is_due(fresh_store, study, tmp_path, NOON + DAY)


def test_what_need_not_stay_is_swept_and_nothing_else(fresh_store, study, tmp_path):
    home = tmp_path / "panel"
    home.mkdir()
    foreign = home / "panel-2026-11-01-letter.txt"
    foreign.write_text("mine")
    for n in range(12, -1, -1):
        copy_now(fresh_store, study, tmp_path, at=NOON - DAY * n)
    copy_now(fresh_store, study, tmp_path, at=NOON + timedelta(minutes=5))
    found = copies_of(tmp_path, "panel")
    assert len(found) == 9
    assert found[0].at == NOON + timedelta(minutes=5)
    assert found[0].bytes == found[0].file.stat().st_size > 1_000
    assert foreign.exists()
    assert copies_of(tmp_path, "nobody") == []
    (tmp_path / "idle").mkdir()
    assert copied(tmp_path) == ["panel"]
    assert copied(tmp_path / "nowhere") == []


def test_what_a_killed_process_left_is_swept_a_day_later(fresh_store, study, tmp_path):
    copy_now(fresh_store, study, tmp_path, at=NOON)
    old, new = tmp_path / "panel" / ".making-a.part", tmp_path / "panel" / ".making-b.part"
    for part in (old, new):
        part.write_bytes(b"PK")
    os.utime(old, (0, 0))
    copy_now(fresh_store, study, tmp_path, at=NOON + DAY)
    assert (old.exists(), new.exists()) == (False, True)
    assert len(copies_of(tmp_path, "panel")) == 2


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(fresh_store, study, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupProblem, match="cannot be written"):
        copy_now(fresh_store, study, tmp_path / "file")
