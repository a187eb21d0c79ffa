"""A study is copied by one command and restored by one."""

import json
from pathlib import Path

import pytest

from survey_app.actions.studies import create_study, need_study
from survey_app.store import schema, studies
from tests.survey_app.test_command_line import run


def slugs(store):
    with store.reading() as connection:
        return studies.slugs(connection)


def test_a_study_is_copied_to_a_folder_or_a_file_and_restored_beside_itself(capsys, store, tmp_path):
    status, said, err = run(capsys, "backup", "--study", "demo-en", "--to", tmp_path)
    assert (status, err) == (0, [])
    file = Path(said["file"])
    assert file.parent == tmp_path
    assert said == {"study": "demo-en", "file": str(file), "bytes": file.stat().st_size}
    status, said, err = run(capsys, "restore", file, "--as", "second")
    assert (status, err) == (0, [])
    assert (said["study"], said["title"]) == ("second", need_study(store, "demo-en")["title_en"])
    assert slugs(store) == {"demo-en", "demo-ru", "second"}
    assert run(capsys, "check")[1] == {"ok": True, "problems": []}
    assert run(capsys, "backup", "--study", "second", "--to", tmp_path / "own.zip")[1]["file"] == str(
        tmp_path / "own.zip"
    )


def test_a_folder_that_is_not_there_yet_is_made(capsys, fresh_store, tmp_path):
    create_study(fresh_store, "", title_en="Panel")
    file = Path(run(capsys, "backup", "--study", "panel", "--to", tmp_path / "copies")[1]["file"])
    assert file.parent == tmp_path / "copies"


def test_without_a_place_the_copy_lies_in_the_folder_one_is_in(capsys, fresh_store, tmp_path, monkeypatch):
    create_study(fresh_store, "", title_en="Panel")
    monkeypatch.chdir(tmp_path)
    status, said, _err = run(capsys, "backup", "--study", "panel")
    assert status == 0
    assert (tmp_path / said["file"]).is_file()


def test_a_name_that_is_taken_is_answered_with_what_to_type(capsys, fresh_store, tmp_path):
    create_study(fresh_store, "", title_en="Panel")
    file = run(capsys, "backup", "--study", "panel", "--to", tmp_path)[1]["file"]
    status, said, err = run(capsys, "restore", file)
    assert (status, said) == (2, None)
    assert err == [
        "There is a study named panel already, and it stays as it is. Restore the copy under another name: "
        "--as panel-restored."
    ]
    assert run(capsys, "restore", file, "--as", "panel-restored")[0] == 0


@pytest.mark.parametrize("words", [("backup", "--study", "nobody"), ("restore", "nowhere.zip")])
def test_what_is_not_there_is_said_in_one_sentence(capsys, fresh_store, words):
    status, said, err = run(capsys, *words)
    assert (status, said, len(err)) == (2, None, 1)


def test_recordings_travel_between_data_folders_unless_left_out(capsys, store, data_folder, tmp_path):
    study = need_study(store, "demo-en")
    with store.change(study["id"], "A", "attach") as change:
        source = change.connection.execute(
            schema.source.select().where(schema.source.c.study_id == study["id"])
        ).first()
        (recording_id,) = change.insert(schema.recording, {"source_id": source.id, "file_name": "a.mp3"})
    (data_folder / "recordings").mkdir()
    (data_folder / "recordings" / recording_id).write_bytes(b"sound")
    whole = run(capsys, "backup", "--study", "demo-en", "--to", tmp_path / "whole.zip")[1]["file"]
    (data_folder / "recordings" / recording_id).rename(data_folder / "aside")
    status, _said, err = run(capsys, "backup", "--study", "demo-en", "--to", tmp_path / "lost.zip")
    assert (status, len(err)) == (0, 1)
    assert err[0].startswith("1 recording is in no copy, because its file is gone from ")
    (data_folder / "aside").rename(data_folder / "recordings" / recording_id)
    light = run(capsys, "backup", "--study", "demo-en", "--to", tmp_path / "light.zip", "--without-recordings")[1][
        "file"
    ]
    run(capsys, "restore", whole, "--as", "whole")
    assert len(list((data_folder / "recordings").iterdir())) == 2
    run(capsys, "restore", light, "--as", "light")
    assert {one.read_bytes() for one in (data_folder / "recordings").iterdir()} == {b"sound"}
    assert len(list((data_folder / "recordings").iterdir())) == 2


def test_notices_do_not_make_a_restored_study_a_failure(capsys, store, data_folder, tmp_path):
    study = need_study(store, "demo-en")
    with store.change(study["id"], "A", "publish") as change:
        change.insert(schema.release, {"study_id": study["id"], "slug": "panel", "version": 1})
    file = run(capsys, "backup", "--study", "demo-en", "--to", tmp_path)[1]["file"]
    status, said, err = run(capsys, "restore", file, "--as", "second")
    assert (status, said["study"], len(err)) == (0, "second", 2)
    assert "1 release was left out" in err[0]
    assert "what experts have withdrawn since then is not in it" in err[1]
    json.dumps(said)
