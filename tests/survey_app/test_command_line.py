"""The command line does what the pages do: one JSON document, one plain sentence on stderr, exit status 2."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from survey_app.__main__ import as_lines, main
from survey_app.actions.demo import DEMO
from survey_app.actions.studies import choose, create_study, need_study
from survey_app.settings import settings
from survey_app.store import schema, sources
from tests.conftest import CORPORA

TALK = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nAnna Orlova: We lack people.\n"


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "", title_en="Panel")


@pytest.fixture
def talk(tmp_path):
    file = tmp_path / "talk.vtt"
    file.write_text(TALK)
    return file


def run(capsys, *words):
    """(exit status, what was printed as JSON, lines on stderr)"""
    status = main([*map(str, words), "--json"])
    out, err = capsys.readouterr()
    return status, json.loads(out) if out else None, err.splitlines()


def test_import_stores_files_and_says_what_they_were(capsys, fresh_store, study):
    file = DEMO / "transcripts" / "S-A_en.vtt"
    status, said, err = run(capsys, "import", file, DEMO / "transcripts" / "S-A_en_chat.txt", "--study", "panel")
    assert (status, err) == (0, [])
    assert [(entry["file"], entry["stored"], entry["source"]) for entry in said] == [
        ("S-A_en.vtt", True, "S-1"),
        ("S-A_en_chat.txt", True, "CH-1"),
    ]
    assert said[0]["shape"] == "zoom_cloud_vtt"
    assert len(said[0]["speakers"]) == 10
    with fresh_store.reading() as connection:
        assert {row["key"]: row["turns"] for row in sources.sources(connection, study["id"])} == {
            entry["source"]: entry["turns"] for entry in said
        }


@pytest.mark.skipif(not CORPORA.exists(), reason="the real files are not here")
def test_import_of_the_real_consultation(capsys, study):
    file = next((CORPORA / "digital_government_en").glob("2015-08-27*.md"))
    status, said, _err = run(capsys, "import", file, "--study", "panel")
    assert status == 0
    assert len(said[0]["speakers"]) == 30


def test_bad_files_get_a_sentence_each_and_take_no_other_with_them(capsys, fresh_store, study, talk, tmp_path):
    (tmp_path / "empty.vtt").write_text("")
    (tmp_path / "page.vtt").write_text("<html><body>Sign in</body></html>")
    files = [tmp_path / "empty.vtt", talk, tmp_path / "page.vtt", tmp_path / "nowhere.vtt", tmp_path]
    status, said, err = run(capsys, "import", *files, "--study", "panel")
    assert status == 2
    assert [entry["stored"] for entry in said] == [False, True, False, False, False]
    assert [entry["error"] for entry in said if entry["error"]] == err
    assert len(err) == 4
    assert "empty.vtt is empty. Download it again." in err
    with fresh_store.reading() as connection:
        assert [row["file_name"] for row in sources.sources(connection, study["id"])] == ["talk.vtt"]


def test_a_file_too_large_is_refused_by_its_size(capsys, study, tmp_path):
    with (tmp_path / "recording.vtt").open("wb") as file:
        file.truncate(300_000_000)
    status, said, err = run(capsys, "import", tmp_path / "recording.vtt", "--study", "panel")
    assert status == 2
    assert err == [
        "recording.vtt is too large for a transcript (300 MB; at most 20 MB). Bring the transcript, not the recording."
    ]
    assert said[0]["stored"] is False


def test_the_same_file_again_is_no_problem_and_stored_once(capsys, fresh_store, study, talk):
    copy = talk.with_name("copy.vtt")
    copy.write_text(TALK)
    first = run(capsys, "import", talk, copy, "--study", "panel")[1]
    assert [(entry["stored"], entry["same_as"]) for entry in first] == [(True, ""), (False, "talk.vtt")]
    status, again, err = run(capsys, "import", talk, "--study", "panel")
    assert (status, err, again[0]["stored"], again[0]["source"]) == (0, [], False, "S-1")
    with fresh_store.reading() as connection:
        assert len(sources.sources(connection, study["id"])) == 1


@pytest.mark.parametrize(
    "words", [["import", "x.vtt"], ["export", "--format", "csv", "--to", "x"], ["publish"], ["topics"]]
)
def test_a_study_that_is_not_there_gets_one_sentence(capsys, fresh_store, words):
    status, said, err = run(capsys, *words, "--study", "moon")
    assert (status, said) == (2, None)
    assert err == ["There is no study named “moon”. See the list of studies."]


def test_export_writes_a_table(capsys, store, tmp_path):
    status, said, err = run(
        capsys, "export", "--study", "demo-en", "--format", "csv", "--to", tmp_path / "a" / "out.csv"
    )
    assert (status, err) == (0, [])
    with (tmp_path / "a" / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == said["rows"]


def test_export_writes_the_deposit_package(capsys, store, tmp_path):
    target = tmp_path / "deposit.zip"
    status, said, err = run(capsys, "export", "--study", "demo-en", "--format", "deposit", "--to", target)
    assert (status, err) == (0, [])
    with ZipFile(target) as archive:
        assert len(archive.namelist()) == said["rows"]
        assert "README.md" in archive.namelist()


def test_a_shut_gate_keeps_the_deposit_package_from_being_written(capsys, store, tmp_path):
    study = need_study(store, "demo-en")
    choose(store, "A", study["id"], segmentation="by_group")
    target = tmp_path / "deposit.zip"
    status, said, err = run(capsys, "export", "--study", "demo-en", "--format", "deposit", "--to", target)
    assert (status, said, len(err)) == (2, None, 1)
    assert "a published segment needs at least 3" in err[0]
    assert not target.exists()


@pytest.mark.parametrize("form", ["qdpx", "qdc"])
def test_export_of_a_form_to_come_says_so(capsys, store, tmp_path, form):
    status, said, err = run(capsys, "export", "--study", "demo-en", "--format", form, "--to", tmp_path / "out")
    assert (status, said) == (2, None)
    assert err == [f"“{form}” cannot be written yet. Choose one of: csv, xlsx, tables, deposit."]
    assert not (tmp_path / "out").exists()


def test_import_of_another_programs_project_says_that_it_comes_later(capsys, store, tmp_path):
    status, said, err = run(capsys, "import-qdpx", tmp_path / "p.qdpx", "--study", "demo-en")
    assert (status, said, len(err)) == (2, None, 1)
    assert "cannot be brought in yet" in err[0]


def test_check_is_content_with_the_demo(capsys, store):
    assert run(capsys, "check") == (0, {"ok": True, "problems": []}, [])


def test_check_says_what_does_not_fit(capsys, store):
    with store.writing() as connection:
        some = connection.execute(schema.coding.select()).first()
        connection.execute(schema.coding.update().where(schema.coding.c.id == some.id).values(end=9_999_999))
    status, said, err = run(capsys, "check")
    assert (status, said["ok"], said["problems"]) == (2, False, err)
    assert len(err) == 1


def test_entries_within_an_answer_have_lines_of_their_own():
    topics = [{"topic": 0, "words": ["paper", "archive"], "grown_around": []}, {"topic": 1, "words": ["portal"]}]
    told = as_lines({"n": 280, "topics": topics, "quality": {"diversity": 0.5, "outliers": 0}})
    assert told.splitlines() == [
        "n: 280, quality: (diversity: 0.5, outliers: 0)", "  topic: 0, words: paper archive", "  topic: 1, words: portal",
    ]  # fmt: skip


def test_the_demo_is_made_once(capsys, store):
    need_study(store, "demo-en")
    status, said, _err = run(capsys, "demo")
    assert status == 0
    assert [entry["study"] for entry in said] == ["demo-en", "demo-ru"]
    with store.reading() as connection:
        assert len(connection.execute(schema.study.select()).all()) == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "COMMAND"),
        (["fly"], "invalid choice"),
        (["import", "--study", "panel"], "FILE"),
        (["export", "--study", "panel"], "--format"),
        (["serve", "--port", "many"], "--port"),
    ],
)
def test_words_that_cannot_be_followed_get_one_sentence(capsys, words, says):
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert says in err


def test_it_speaks_the_language_of_the_setting(capsys, monkeypatch, fresh_store):
    monkeypatch.setenv("RAKURS_LANGUAGE", "ru")
    settings.cache_clear()
    status, _said, err = run(capsys, "export", "--study", "moon", "--format", "csv", "--to", "x")
    assert status == 2
    assert "moon" in err[0]
    assert any("а" <= letter <= "я" for letter in err[0])


def test_a_database_that_cannot_be_opened_gets_one_sentence(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}")
    settings.cache_clear()
    status, _said, err = run(capsys, "check")
    settings.cache_clear()
    assert (status, len(err)) == (2, 1)
    assert "cannot be opened" in err[0]


def test_as_a_program_it_prints_nothing_but_its_answer(study, talk, empty_folder):
    command = [sys.executable, "-m", "survey_app", "import", str(talk), str(talk.parent / "none.vtt")]
    done = subprocess.run([*command, "--study", "panel", "--json"], capture_output=True, text=True, cwd=talk.parent)
    assert done.returncode == 2
    assert [entry["stored"] for entry in json.loads(done.stdout)] == [True, False]
    assert done.stderr == f"There is no file {talk.parent / 'none.vtt'}.\n"
    assert Path(empty_folder / "rakurs.db").exists()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("RAKURS_SMALLEST_SEGMENT", "2", "The setting RAKURS_SMALLEST_SEGMENT has a value that cannot be used"),
        ("RAKURS_PORT", "abc", "The setting RAKURS_PORT has a value that cannot be used"),
        ("RAKURS_LANGUAGE", "zz", "The setting RAKURS_LANGUAGE has a value that cannot be used"),
        ("DATABASE_URL", "foo", "DATABASE_URL names no database that can be used"),
        ("RAKURS_DATA", "/proc/nope", "cannot be made"),
    ],
)
def test_a_setting_that_makes_no_sense_is_one_sentence(capsys, monkeypatch, empty_folder, name, value, told):
    monkeypatch.setenv(name, value)
    settings.cache_clear()
    assert main(["check"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert told in said.err
    assert "Traceback" not in said.err


def test_an_unusable_language_is_told_in_english_wherever_the_language_would_be_asked_for(
    capsys, monkeypatch, empty_folder
):
    def ask():
        return settings().language

    monkeypatch.setattr("survey_app.language._ask_session", ask)
    monkeypatch.setenv("RAKURS_LANGUAGE", "zz")
    settings.cache_clear()
    assert main(["check"]) == 2
    assert "The setting RAKURS_LANGUAGE has a value that cannot be used" in capsys.readouterr().err
