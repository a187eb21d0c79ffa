"""A copy of a study holds all of it and nothing of any other, as it was at one moment."""

import json
from hashlib import sha256
from zipfile import ZipFile

import pytest

from survey_app.actions.backing_up import back_up
from survey_app.actions.backup_format import BackupProblem
from survey_app.actions.studies import need_study
from survey_app.store import schema
from survey_app.store.belonging import MACHINE
from survey_app.store.log import Gone
from survey_app.store.migrate import revisions

AT = "2026-11-25T21:30:05+00:00"


def contents(file):
    """(manifest, rows of each table)"""
    with ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        tables = {
            name: [json.loads(line) for line in archive.read(f"tables/{name}.jsonl").splitlines()]
            for name in manifest["tables"]
        }
    return manifest, tables


def test_a_copy_holds_every_row_of_its_study_and_none_of_another(demo_store, tmp_path):
    study = need_study(demo_store, "demo-en")
    file = back_up(demo_store, study, tmp_path, at=AT)
    assert file.name == "demo-en-2026-11-25-213005.rakurs.zip"
    manifest, tables = contents(file)
    assert set(tables) == set(schema.metadata.tables) - MACHINE
    assert manifest["tables"] == {name: len(rows) for name, rows in tables.items()}
    assert len(tables["coding"]) == 726
    assert [row["id"] for row in tables["study"]] == [study["id"]]
    other = need_study(demo_store, "demo-ru")["id"]
    assert other not in ZipFile(file).read("tables/source.jsonl").decode()
    assert other not in ZipFile(file).read("tables/event.jsonl").decode()


def test_the_manifest_says_what_the_copy_is_and_seals_it(demo_store, tmp_path):
    study = need_study(demo_store, "demo-ru")
    file = back_up(demo_store, study, tmp_path / "new" / "copy.zip", at=AT)
    assert file == tmp_path / "new" / "copy.zip"
    manifest, tables = contents(file)
    assert manifest["study"] == {name: study[name] for name in ("id", "slug", "title_en", "title_ru")}
    assert (manifest["format"], manifest["at"], manifest["schema"]) == (1, AT, revisions()[0])
    assert manifest["last_change"] == max(row["id"] for row in tables["change"])
    with ZipFile(file) as archive:
        assert set(archive.namelist()) == {"manifest.json", *manifest["members"]}
        for name, member in manifest["members"].items():
            content = archive.read(name)
            assert (len(content), sha256(content).hexdigest()) == (member["bytes"], member["sha256"])


def test_progress_rises_to_the_whole(demo_store, tmp_path):
    shares = []
    back_up(demo_store, need_study(demo_store, "demo-en"), tmp_path, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 10


def test_a_copy_that_cannot_be_written_leaves_nothing_behind(demo_store, tmp_path, monkeypatch):
    study = need_study(demo_store, "demo-en")
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupProblem, match="cannot be written"):
        back_up(demo_store, study, tmp_path / "file" / "copy.zip")
    good = back_up(demo_store, study, tmp_path / "copy.zip").read_bytes()
    with pytest.raises(Gone):
        back_up(demo_store, study | {"id": "gone"}, tmp_path / "copy.zip")
    assert (tmp_path / "copy.zip").read_bytes() == good
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.zip", "file"]
