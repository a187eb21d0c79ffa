"""Turns: one speaker without a break, never across a question of the guide; listening aloud is folded."""

from pathlib import Path

import pytest

from coding.guide import read_guide
from transcripts.guide import GuideQuestion
from transcripts.model import Unit
from transcripts.reading import read_file
from transcripts.turns import make_turns

STARTER = Path(__file__).parent.parent.parent / "survey_app" / "starter"
GUIDE = [
    GuideQuestion(question.key, (question.ask_en, question.ask_ru))
    for question in read_guide((STARTER / "domain" / "interview_guide.yaml").read_text("utf-8")).questions
]
TURNS = {"S-A": 102, "S-B": 100, "S-C": 69}


def folded(before, words, after="And so it goes on."):
    units = [Unit(before, "A", 0, 5), Unit(words, "B", 5, 6), Unit(after, "A", 6, 9)]
    return make_turns(units)[1].folded


def test_a_long_silence_begins_a_new_turn():
    units = [Unit("One.", "A", 0, 1), Unit("Two.", "A", 16, 17), Unit("Three.", "A", 32.1, 33)]
    assert [turn.text for turn in make_turns(units)] == ["One. Two.", "Three."]


def test_an_unknown_speaker_never_joins_another():
    units = [Unit("One.", "A", 0, 1), Unit("Two.", "", 1, 2), Unit("Three.", "A", 2, 3)]
    assert [turn.speaker for turn in make_turns(units)] == ["A", "", "A"]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("key", TURNS)
def test_the_studys_own_guide_leaves_the_demos_turns_as_they_are(key, language):
    file = STARTER / "demo" / "transcripts" / f"{key}_{language}.vtt"
    assert len(read_file(file.name, file.read_bytes(), questions=GUIDE).turns) == TURNS[key]


@pytest.mark.parametrize("words", ["Mm-hm.", "Yeah, exactly.", "Okay. Right.", "Угу.", "Да-да, конечно.", "Понятно."])
def test_who_only_listens_is_folded(words):
    assert folded("We began with the portal.", words)
    assert folded("Мы начали с портала.", words)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("Is it paid?", "Yes."),
        ("Это платно?", "Да."),
        ("Was it you who asked: “Is it paid?”", "Yes."),
        ("It is not paid.", "No, I disagree."),
        ("Это бесплатно.", "Нет, не согласен."),
        ("It is not paid.", "I agree."),
        ("It cost a lot.", "Seven."),
        ("It cost a lot.", "7."),
        ("They closed it.", "Why?"),
        ("We want two things.", "Better food."),
    ],
)
def test_an_answer_an_opinion_or_a_question_is_never_folded(before, words):
    assert not folded(before, words)


def test_the_last_word_and_a_word_between_two_others_are_not_folded():
    units = [Unit("One.", "A", 0, 1), Unit("Yeah.", "B", 1, 2), Unit("Three.", "C", 2, 3), Unit("Okay.", "B", 3, 4)]
    assert not any(turn.folded for turn in make_turns(units))


def test_chat_messages_are_never_folded():
    units = [
        Unit("One.", "A", 0, kind="message"),
        Unit("Yes", "B", 1, kind="message"),
        Unit("Two", "A", 2, kind="message"),
    ]
    assert not any(turn.folded for turn in make_turns(units))
