"""The recording of a session: kept whole or not at all, undone and done, gone with its study."""

import hashlib
import io
import os
import stat

import pytest

from survey_app.actions import recordings as acting
from survey_app.actions.bringing_in import bring_in_file, recognise_file, take_out_source
from survey_app.actions.coding_desk import Operation, take
from survey_app.actions.desk_paper import open_desk
from survey_app.actions.recordings import (
    RecordingRefused,
    attach_from_inbox,
    attach_recording,
    inbox,
    last_recording_change,
    recording_of,
    remove_recording,
    shift_recording,
    undo_recording,
)
from survey_app.actions.studies import create_study, delete_study, need_study
from survey_app.media import shelf
from survey_app.media.shelf import UnusableRecording, prepare_inbox
from survey_app.store import sources, studies
from survey_app.store.log import Gone
from tests.survey_app.actions.conftest import TEXT
from tests.survey_app.media.samples import PLAYED, REFUSED, wav

TONE = wav(0.5)


class Talk:
    def __init__(self, store, folder):
        self.store = store
        self.folder = folder / "recordings"
        self.study = create_study(store, "A", title_en="Panel")
        self.id = bring_in_file(store, "A", self.study, recognise_file(store, self.study["id"], "p.vtt", TEXT.encode()))

    def attach(self, content=TONE, name="panel.wav"):
        return attach_recording(self.store, "A", self.study["id"], self.id, name, io.BytesIO(content))

    def shift(self, seconds):
        shift_recording(self.store, "A", self.study["id"], self.id, seconds)

    def remove(self):
        remove_recording(self.store, "A", self.study["id"], self.id)

    def undo(self):
        return undo_recording(self.store, "B", self.study["id"], self.id)

    @property
    def recording(self):
        return recording_of(self.store, self.study["id"], self.id)

    @property
    def files(self):
        return sorted(path.name for path in self.folder.iterdir() if path.is_file()) if self.folder.exists() else []


@pytest.fixture
def talk(fresh_store, empty_folder):
    return Talk(fresh_store, empty_folder)


def test_a_session_has_no_recording_until_one_is_attached(talk):
    assert talk.recording is None
    recording_id = talk.attach()
    row = talk.recording
    assert (row["file_name"], row["media_type"], row["bytes"], row["shift_s"], row["there"]) == (
        "panel.wav", "audio/wav", len(TONE), 0.0, True,
    )  # fmt: skip
    assert row["sha256"] == hashlib.sha256(TONE).hexdigest()
    assert talk.files == [recording_id]
    assert (talk.folder / recording_id).read_bytes() == TONE
    if os.name == "posix":
        assert stat.S_IMODE((talk.folder / recording_id).stat().st_mode) == 0o600


@pytest.mark.parametrize("name", PLAYED)
def test_every_kind_that_browsers_play_is_kept(talk, name):
    content, kind = PLAYED[name]
    talk.attach(content, "whatever.txt")
    assert talk.recording["media_type"] == kind


@pytest.mark.parametrize("name", REFUSED)
def test_anything_else_is_refused_in_one_sentence(talk, name):
    with pytest.raises(UnusableRecording, match="is not a recording that a browser can play"):
        talk.attach(REFUSED[name], name)
    assert (talk.recording, talk.files) == (None, [])


def test_an_empty_file_and_one_that_is_too_large_are_refused(talk, monkeypatch):
    with pytest.raises(UnusableRecording, match=r"^panel.wav is empty\."):
        talk.attach(b"")
    monkeypatch.setattr(shelf, "LARGEST", 1000)
    with pytest.raises(UnusableRecording, match="too large"):
        talk.attach()
    assert talk.files == []


def test_a_copy_that_breaks_off_leaves_nothing(talk, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shelf.os, "fsync", full)
    with pytest.raises(UnusableRecording, match="the data folder is full"):
        talk.attach()
    assert (talk.recording, talk.files) == (None, [])


def test_what_cannot_be_written_to_the_log_leaves_no_file(talk, monkeypatch):
    monkeypatch.setattr(acting, "now", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        talk.attach()
    assert (talk.recording, talk.files) == (None, [])


def test_leftovers_of_a_killed_copy_are_cleared_away_after_a_day(talk):
    talk.folder.mkdir()
    for name, age in (("old", 2 * 86_400), ("new", 60)):
        path = talk.folder / f".coming-{name}"
        path.write_bytes(b"x")
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    talk.attach()
    assert [name for name in talk.files if name.startswith(".")] == [".coming-new"]


def test_a_file_s_name_is_a_name_and_no_path(talk):
    talk.attach(name="..\\..\\etc/" + "x" * 300 + ".wav")
    assert talk.recording["file_name"] == "x" * 196 + ".wav"


def test_another_file_takes_the_place_of_the_first_and_keeps_its_shift(talk):
    first = talk.attach()
    talk.shift(12.5)
    second = talk.attach(PLAYED["bare.mp3"][0], "better.mp3")
    assert (talk.recording["id"], talk.recording["shift_s"]) == (second, 12.5)
    assert talk.files == sorted([first, second])
    assert talk.undo()
    assert (talk.recording["id"], talk.recording["there"]) == (first, True)


def test_the_same_file_is_not_kept_twice(talk):
    talk.attach()
    with pytest.raises(RecordingRefused, match=r"^again.wav is the recording that is there already\.$"):
        talk.attach(name="again.wav")
    assert len(talk.files) == 1
    (talk.folder / talk.files[0]).unlink()
    talk.attach(name="again.wav")
    assert talk.recording["there"]


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), 86_400.5, -86_401])
def test_a_shift_has_bounds(talk, seconds):
    talk.attach()
    with pytest.raises(RecordingRefused, match="at most 86400 seconds"):
        talk.shift(seconds)


def test_a_shift_that_changes_nothing_is_no_act(talk):
    talk.attach()
    talk.shift(0)
    assert last_recording_change(talk.store, talk.study["id"], talk.id) == "attach_recording"
    talk.shift(-86_400)
    assert last_recording_change(talk.store, talk.study["id"], talk.id) == "shift_recording"


def test_a_shift_set_by_ear_on_the_desk_is_undone_there(talk):
    talk.attach()
    with talk.store.reading() as connection:
        coder = studies.coders(connection, talk.study["id"])[0]
    desk = open_desk(talk.store, talk.study, talk.id, coder).desk
    sent = [Operation(client="tab", seq=1, do="shift", seconds=7.5)]
    assert take(talk.store, desk, sent).refused == take(talk.store, desk, sent).refused == []
    assert talk.recording["shift_s"] == 7.5
    too_far = [Operation(client="tab", seq=2, do="shift", seconds=1e6)]
    assert "at most 86400 seconds" in str(take(talk.store, desk, too_far).refused[0][1])
    take(talk.store, desk, [Operation(client="tab", seq=3, do="undo")])
    assert talk.recording["shift_s"] == 0.0
    take(talk.store, desk, [Operation(client="tab", seq=4, do="redo")])
    assert talk.recording["shift_s"] == 7.5
    assert talk.undo()
    assert talk.recording["shift_s"] == 0.0


def test_every_act_is_undone_in_turn(talk):
    recording_id = talk.attach()
    talk.shift(3)
    talk.remove()
    assert (talk.recording, talk.files) == (None, [recording_id])
    assert talk.undo()
    assert (talk.recording["shift_s"], talk.recording["there"]) == (3.0, True)
    assert talk.undo()
    assert talk.recording["shift_s"] == 0.0
    assert talk.undo()
    assert talk.recording is None
    assert not talk.undo()
    assert last_recording_change(talk.store, talk.study["id"], talk.id) == ""


def test_without_a_recording_there_is_nothing_to_shift_or_remove(talk):
    for act in (talk.remove, lambda: talk.shift(1)):
        with pytest.raises(RecordingRefused, match="no recording any more"):
            act()


def test_only_a_session_has_a_recording(store):
    study = need_study(store, "demo-en")
    with store.reading() as connection:
        found = {row["kind"]: row for row in sources.sources(connection, study["id"])}
    assert set(found) >= {"session", "chat", "document", "answer"}
    for kind, row in found.items():
        if kind != "session":
            with pytest.raises(RecordingRefused, match=rf"^Only a session has a recording; {row['key']} is none\.$"):
                attach_recording(store, "A", study["id"], row["id"], "panel.wav", io.BytesIO(TONE))


def test_a_source_of_another_study_is_not_there(talk):
    other = create_study(talk.store, "A", title_en="Other")
    talk.attach()
    for act in (
        lambda: attach_recording(talk.store, "A", other["id"], talk.id, "a.wav", io.BytesIO(TONE)),
        lambda: shift_recording(talk.store, "A", other["id"], talk.id, 1),
        lambda: remove_recording(talk.store, "A", other["id"], talk.id),
        lambda: recording_of(talk.store, other["id"], talk.id),
    ):
        with pytest.raises(Gone):
            act()
    assert not undo_recording(talk.store, "A", other["id"], talk.id)


def test_a_long_file_comes_from_the_inbox_and_stays_there(talk, tmp_path):
    assert inbox() == []
    box = prepare_inbox(talk.folder)
    (box / "zoom_0.mp4").write_bytes(PLAYED["zoom_0.mp4"][0])
    (box / ".hidden.mp4").write_bytes(b"x")
    (box / "folder").mkdir()
    (tmp_path / "secret").write_bytes(TONE)
    (box / "link.wav").symlink_to(tmp_path / "secret")
    assert [(each.name, each.bytes) for each in inbox()] == [("zoom_0.mp4", len(PLAYED["zoom_0.mp4"][0]))]
    attach_from_inbox(talk.store, "A", talk.study["id"], talk.id, "zoom_0.mp4")
    assert (talk.recording["media_type"], talk.recording["file_name"]) == ("video/mp4", "zoom_0.mp4")
    assert (box / "zoom_0.mp4").exists()
    for name in ("link.wav", ".hidden.mp4", "../" + talk.recording["id"], "nothing.mp3", ""):
        with pytest.raises(RecordingRefused, match="no longer in the inbox"):
            attach_from_inbox(talk.store, "A", talk.study["id"], talk.id, name)


def test_a_source_that_is_taken_out_takes_its_recording_along(talk):
    talk.attach()
    take_out_source(talk.store, "A", talk.study["id"], talk.id)
    with pytest.raises(Gone):
        _ = talk.recording


def test_a_study_that_is_deleted_leaves_no_recording_behind_not_even_a_removed_one(talk):
    talk.attach()
    talk.attach(PLAYED["bare.mp3"][0])
    talk.remove()
    talk.attach(PLAYED["loss.flac"][0])
    (prepare_inbox(talk.folder) / "zoom.mp4").write_bytes(b"x")
    other = Talk.__new__(Talk)
    other.__dict__ |= talk.__dict__
    other.study = create_study(talk.store, "A", title_en="Other")
    found = recognise_file(talk.store, other.study["id"], "p.vtt", TEXT.encode())
    other.id = bring_in_file(talk.store, "A", other.study, found)
    kept = other.attach()
    assert len(talk.files) == 4
    delete_study(talk.store, talk.study, talk.study["slug"])
    assert talk.files == [kept]
    assert [each.name for each in inbox()] == ["zoom.mp4"]
