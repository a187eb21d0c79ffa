"""What the command line tells of what identifies."""

import json
from pathlib import Path

import pytest

from transcripts.__main__ import main

FILE = Path(__file__).parent.parent.parent / "survey_app" / "starter" / "demo" / "transcripts" / "S-A_ru.vtt"


def test_findings_are_told_the_riskiest_first_with_who_is_meant(tmp_path, capsys):
    roster = tmp_path / "names.txt"
    roster.write_text("Andrey Polozkov; Андрей Полозков\n\nБорис Книжников\n", encoding="utf-8")
    assert main([str(FILE), "--identify", "--roster", str(roster), "--json"]) == 0
    (answer,) = json.loads(capsys.readouterr().out)
    found = answer["identifying"]
    assert [each["risk"] for each in found] == sorted(each["risk"] for each in found)
    assert {each["known"] for each in found if each["words"] in ("Андрей", "Андреем")} == {"Andrey Polozkov"}
    assert {each["known"] for each in found if each["words"].startswith("Борис")} == {"Борис Книжников"}
    assert {"person", "position"} <= {each["kind"] for each in found}


def test_whoever_speaks_is_known_without_a_roster(capsys):
    assert main([str(FILE), "--identify"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "turns" in lines[0]
    assert any("person, roster: Вера (Вера (модератор))" in each for each in lines)


@pytest.mark.parametrize("words", [["--roster", "none.txt"], ["--identify", "--roster", "none.txt"]])
def test_a_roster_alone_or_missing_is_one_sentence(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main([str(FILE), *words])
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_roster_that_is_no_text_is_told(tmp_path, capsys):
    roster = tmp_path / "names.txt"
    roster.write_bytes(b"\xff\xfe\x00\xd8")
    assert main([str(FILE), "--identify", "--roster", str(roster)]) == 2
    assert "no list of names" in capsys.readouterr().err
