"""The guide: which question is asked where. Measured on paraphrases of our own (synthetic) and on the demo."""

import csv
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcripts.test_turns import GUIDE, STARTER
from transcripts.guide import GuideQuestion, align, keys_by_turn, units_that_ask
from transcripts.model import Unit
from transcripts.moderator import propose_roles
from transcripts.reading import read_file
from transcripts.statements import locate_statements
from transcripts.turns import make_turns

ASKED = Path(__file__).parent / "labelled" / "asked.csv"
FIRST, SECOND, THIRD = GUIDE[:3]


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sections(*lines, questions=GUIDE):
    """Of a talk of (speaker, words); M moderates."""
    turns = make_turns([Unit(words, speaker) for speaker, words in lines])
    return [(each.turn, each.question_key, each.kind) for each in align(turns, {"M": "moderator"}, questions)]


def answered(*questions):
    """A talk in which M asks these and A answers."""
    return [line for question in questions for line in (("M", question), ("A", "That is a long story."))]


@pytest.mark.parametrize("row", rows(ASKED), ids=lambda row: row["text"][:40])
def test_a_paraphrase_is_recognised_and_another_question_is_not(row):
    found = sections(*answered(row["text"]))
    assert found[0][1:] == ((row["question_key"], "question") if row["question_key"] else ("", "intro"))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_demos_statements_get_the_question_that_they_answer(language):
    """Four of 280 answer an item of the questionnaire that is no question of the guide: they cannot be told."""
    right = total = 0
    for key in ("S-A", "S-B", "S-C"):
        file = STARTER / "demo" / "transcripts" / f"{key}_{language}.vtt"
        transcript = read_file(file.name, file.read_bytes(), questions=GUIDE)
        found = align(transcript.turns, propose_roles(transcript), GUIDE)
        keys = keys_by_turn(found, len(transcript.turns))
        wanted = [row for row in rows(STARTER / "demo" / "statements.csv") if row["session"] == key]
        saved = [(row[f"display_name_{language}"], row[f"text_{language}"]) for row in wanted]
        for row, statement in zip(wanted, locate_statements(transcript.turns, saved), strict=True):
            right += keys[statement.turn] == row["guide_question"]
            total += 1
    assert (right, total) == (276, 280)


def test_what_is_no_question_of_the_guide_follows_the_one_before():
    found = sections(*answered("Who are you?", FIRST.wordings[0], "And in the region?", SECOND.wordings[0]))
    assert found == [
        (0, "", "intro"),
        (2, FIRST.key, "question"),
        (4, FIRST.key, "follow_up"),
        (6, SECOND.key, "question"),
    ]


def test_a_matter_of_ones_own_is_off_the_guide_until_the_next_question():
    found = sections(
        *answered(
            FIRST.wordings[0], "The next question: who waters the plants here?", "And how often?", SECOND.wordings[0]
        )
    )
    assert [each[1:] for each in found[1:]] == [("", "off_guide"), ("", "off_guide"), (SECOND.key, "question")]


def test_questions_may_be_left_out_and_come_back_only_when_they_are_surely_meant():
    back = sections(*answered(FIRST.wordings[0], THIRD.wordings[0], SECOND.wordings[0]))
    assert [each[1] for each in back] == [FIRST.key, THIRD.key, SECOND.key]
    likely = "What, by the way, is the measure of a service: a task, a client?"
    forwards = sections(*answered(FIRST.wordings[0], likely, THIRD.wordings[0]))
    backwards = sections(*answered(FIRST.wordings[0], THIRD.wordings[0], likely))
    assert [each[1] for each in forwards] == [FIRST.key, SECOND.key, THIRD.key]
    assert [each[1] for each in backwards] == [FIRST.key, THIRD.key, THIRD.key]


def test_a_question_in_another_language_than_the_guide_is_no_match_and_no_error():
    english = [GuideQuestion(each.key, each.wordings[:1]) for each in GUIDE]
    assert sections(*answered(FIRST.wordings[1]), questions=english) == [(0, "", "intro")]


def test_without_a_moderator_or_a_guide_there_are_no_sections():
    turns = make_turns([Unit("What helped?", "A"), Unit("People.", "B")])
    assert align(turns, {}, GUIDE) == ()
    assert align(turns, {"A": "moderator"}, ()) == ()
    assert keys_by_turn((), 2) == ["", ""]


def test_what_comes_before_the_moderator_is_the_introduction():
    found = align(make_turns([Unit("Recording is on.", "T"), Unit(FIRST.wordings[0], "M")]), {"M": "moderator"}, GUIDE)
    assert keys_by_turn(found, 2) == ["intro", FIRST.key]


def test_two_questions_of_one_person_are_two_turns():
    units = [
        Unit(f"Thank you. {FIRST.wordings[0]}", "M", 0, 9), Unit("Nobody?", "M", 10, 11),
        Unit("Then what should be the measure of a good", "M", 12, 14),
        Unit("digital service: the task, the client, or the human being?", "M", 14, 18),
    ]  # fmt: skip
    assert units_that_ask(units, GUIDE) == {2}


def test_what_a_moderator_says_before_the_question_belongs_to_it():
    units = [Unit("Thank you. The first question.", "M", 0, 3), Unit(FIRST.wordings[0], "M", 3, 9)]
    assert units_that_ask(units, GUIDE) == frozenset()


def test_where_nobody_is_named_a_question_begins_a_turn():
    units = [Unit("That is all I know.", "", 0, 3), Unit(FIRST.wordings[0], "", 3, 9), Unit("A lot.", "", 9, 10)]
    assert units_that_ask(units, GUIDE) == {1}


@given(
    st.lists(st.tuples(st.sampled_from("MAB"), st.sampled_from([*(q.wordings[0] for q in GUIDE), "So?", "…", "Ok."])))
)
def test_sections_begin_at_turns_of_the_moderator_in_order(lines):
    turns = make_turns([Unit(words, speaker) for speaker, words in lines])
    found = align(turns, {"M": "moderator"}, GUIDE)
    places = [section.turn for section in found]
    assert places == sorted(set(places))
    assert all(turns[place].speaker == "M" for place in places if place)
    assert all(0 <= each.score <= 1 and 0 <= each.runner_up <= 1 for each in found)


def where_nameless_captions_ask():
    """Units of a session of the demo before which a turn ends, read as captions without names."""
    file = STARTER / "demo" / "transcripts" / "S-B_en.vtt"
    units = read_file(file.name, file.read_bytes()).units
    return sorted(units_that_ask([replace(unit, speaker="") for unit in units], GUIDE))


def test_turns_end_at_the_same_words_in_every_run():
    program = "from tests.transcripts.test_guide import where_nameless_captions_ask as ask; print(ask())"
    said = {
        subprocess.run(
            [sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": seed}, cwd=Path(__file__).parents[2],
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in "0123"
    }  # fmt: skip
    assert said == {f"{where_nameless_captions_ask()}\n"}
