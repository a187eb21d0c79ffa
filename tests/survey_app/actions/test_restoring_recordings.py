"""Sound and pictures of sessions in a copy: whole or not at all, each under the id of its row."""

import os

import pytest

from survey_app.actions.backing_up import back_up, missing_recordings
from survey_app.actions.backup_format import BackupProblem
from survey_app.actions.restoring_study import restore
from survey_app.actions.studies import need_study
from survey_app.store import schema, sources, studies


@pytest.fixture
def attached(store):
    """The demo's study in English with a recording, and the recording's id."""
    study = need_study(store, "demo-en")
    with store.change(study["id"], "A", "attach") as change:
        source = sources.sources(change.connection, study["id"], "session")[0]
        (recording_id,) = change.insert(schema.recording, {"source_id": source["id"], "file_name": "a.mp3"})
    return study, recording_id


def test_recordings_travel_along_unless_they_are_left_out(attached, store, fresh_store, tmp_path):
    study, recording_id = attached
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    (here / recording_id).write_bytes(bytes(range(256)) * 5_000)
    file = back_up(store, study, tmp_path, recordings=here)
    restore(fresh_store, file, recordings=there)
    assert (there / recording_id).read_bytes() == (here / recording_id).read_bytes()
    beside = restore(store, file, slug="again", recordings=here)
    with store.reading() as connection:
        found = [row["id"] for row in connection.execute(schema.recording.select()).mappings()]
    assert beside.study["slug"] == "again"
    assert sorted(found) == sorted(one.name for one in here.iterdir())
    assert len(found) == 2
    lighter = back_up(store, study, tmp_path / "light.zip")
    assert lighter.stat().st_size < file.stat().st_size - 1_000_000
    restore(store, lighter, slug="light", recordings=here)
    assert len(list(here.iterdir())) == 2


def test_recordings_that_cannot_be_placed_leave_nothing_of_the_study(attached, store, fresh_store, tmp_path):
    study, recording_id = attached
    (tmp_path / recording_id).write_bytes(b"sound")
    file = back_up(store, study, tmp_path, recordings=tmp_path)
    (tmp_path / "taken").write_text("")
    with pytest.raises(BackupProblem, match="recordings cannot be written"):
        restore(fresh_store, file, recordings=tmp_path / "taken")
    with fresh_store.reading() as connection:
        assert studies.slugs(connection) == set()


def test_a_restored_recording_can_be_read_by_its_owner_alone(attached, store, fresh_store, tmp_path):
    study, recording_id = attached
    (tmp_path / recording_id).write_bytes(b"sound")
    file = back_up(store, study, tmp_path / "a.zip", recordings=tmp_path)
    before = os.umask(0o022)
    try:
        restore(fresh_store, file, recordings=tmp_path / "there")
    finally:
        os.umask(before)
    assert (tmp_path / "there" / recording_id).stat().st_mode & 0o777 == 0o600


def test_a_recording_without_its_file_is_told(attached, store, tmp_path):
    study, recording_id = attached
    back_up(store, study, tmp_path / "a.zip", recordings=tmp_path)
    assert [str(one) for one in missing_recordings(store, study, tmp_path)] == [
        f"1 recording is in no copy, because its file is gone from {tmp_path}: a.mp3. Attach it again."
    ]
    (tmp_path / recording_id).write_bytes(b"sound")
    assert missing_recordings(store, study, tmp_path) == []
