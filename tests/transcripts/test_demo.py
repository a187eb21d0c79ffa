"""Known answers of the demo: turns, saved segmentation, who is who, the moderator."""

import csv
from pathlib import Path

import pytest

from transcripts.people import KnownPerson, propose, propose_roles
from transcripts.reading import read_file
from transcripts.statements import SegmentationNotFound, locate_statements

DEMO = Path(__file__).parent.parent.parent / "survey_app" / "starter" / "demo"
TURNS = {"S-A": 102, "S-B": 100, "S-C": 69}


def rows(name):
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def session(key, language):
    file = DEMO / "transcripts" / f"{key}_{language}.vtt"
    return read_file(file.name, file.read_bytes())


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("key", TURNS)
def test_fifteen_seconds_reproduce_the_turns(key, language):
    found = session(key, language)
    assert len(found.turns) == TURNS[key]
    texts = [row[f"text_{language}"] for row in rows("turns.csv") if row["session"] == key]
    assert [turn.text for turn in found.turns] == texts
    assert found.language == language


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_saved_statement_is_found_verbatim(language):
    total = 0
    for key in TURNS:
        found = session(key, language)
        saved = [
            (row[f"display_name_{language}"], row[f"text_{language}"])
            for row in rows("statements.csv")
            if row["session"] == key
        ]
        located = locate_statements(found.turns, saved)
        assert [found.text[each.start : each.end] for each in located] == [text for _speaker, text in saved]
        total += len(located)
    assert total == 280


def test_a_statement_that_is_not_there_is_named():
    with pytest.raises(SegmentationNotFound, match="not in the transcript"):
        locate_statements(session("S-A", "en").turns, [("Vera (moderator)", "Nobody said this.")])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_names_are_matched_without_a_single_wrong_guess(language):
    other = "ru" if language == "en" else "en"
    roster = [
        KnownPerson(row["expert_id"], (row[f"name_{language}"], row[f"name_{other}"])) for row in rows("experts.csv")
    ]
    aliases = [row for row in rows("aliases.csv") if row["language"] == language and row["role"] == "expert"]
    found = propose([row["display_name"] for row in aliases], roster, {})
    wrong = [name for row in aliases if (name := found[row["display_name"]].expert_id) not in {None, row["person_id"]}]
    right = sum(found[row["display_name"]].expert_id == row["person_id"] for row in aliases)
    assert wrong == []
    assert right == 21  # of 22; a device without a name says nothing


def test_a_name_confirmed_before_is_remembered():
    roster = [KnownPerson("L2", ("Oleg Mostovoy",))]
    assert propose(["Galaxy A52"], roster, {"Galaxy A52": "L2"})["Galaxy A52"].expert_id == "L2"


def test_a_tie_is_left_to_a_person():
    roster = [KnownPerson("a", ("Anna Ivanova",)), KnownPerson("b", ("Anna Petrova",))]
    assert propose(["Anna"], roster, {})["Anna"].expert_id is None


def test_cyrillic_and_latin_spellings_are_one_name():
    roster = [KnownPerson("x", ("Александр Хохлов",)), KnownPerson("y", ("Мария Белова",))]
    found = propose(["Alexandr Khokhlov", "Саша Хохлов", "maria belova | ministry"], roster, {})
    assert [each.expert_id for each in found.values()] == ["x", "x", "y"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_moderator_and_the_host_are_proposed(language):
    for key in TURNS:
        roles = propose_roles(session(key, language))
        assert sorted(roles.values()) == ["assistant", "moderator"]
