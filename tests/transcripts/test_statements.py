"""Sentences and statements: abbreviations and initials end nothing; statements cover every word of a turn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.model import Unit
from transcripts.statements import MOST_SENTENCES, make_statements, sentence_spans
from transcripts.turns import make_turns


def sentences(text, language="en"):
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Smith met Mr. J. R. Brown, e.g. in the U.S. Senate. It went well.", 2),
        ("No. 5 of the list. Why not? Because!", 3),
        ("It cost 3.5 million. “Too much.” She left.", 3),
        ("one sentence without an end", 1),
    ],
)
def test_english_sentences(text, count):
    assert len(sentences(text)) == count


def test_russian_sentences():
    assert len(sentences("Это стоит 5 млн. руб. и т. д. Им. А. С. Пушкина. Да!", "ru")) == 3


def test_a_back_channel_is_folded_and_has_no_statement():
    units = [Unit("A long answer begins.", "A", 0, 5), Unit("Mm-hm.", "B", 5, 6), Unit("And it goes on.", "A", 6, 9)]
    turns = make_turns(units)
    assert [turn.folded for turn in turns] == [False, True, False]
    assert [statement.turn for statement in make_statements(turns, "en")] == [0, 2]


def test_a_long_silence_begins_a_new_turn():
    units = [Unit("One.", "A", 0, 1), Unit("Two.", "A", 16, 17), Unit("Three.", "A", 32.1, 33)]
    assert [turn.text for turn in make_turns(units)] == ["One. Two.", "Three."]


def test_an_unknown_speaker_never_joins_another():
    units = [Unit("One.", "A", 0, 1), Unit("Two.", "", 1, 2), Unit("Three.", "A", 2, 3)]
    assert [turn.speaker for turn in make_turns(units)] == ["A", "", "A"]


@given(st.lists(st.text(alphabet="ab .?!A1é👍\u0301", min_size=1, max_size=80), min_size=1, max_size=8))
def test_statements_hold_every_visible_sign_of_their_turns_once(texts):
    units = [Unit(" ".join(text.split()), f"S{n % 2}") for n, text in enumerate(texts)]
    turns = make_turns(units)
    statements = make_statements(turns, "en")
    said = "".join("".join(turn.text.split()) for turn in turns if not turn.folded)
    assert "".join("".join(statement.text.split()) for statement in statements) == said
    for statement in statements:
        turn = turns[statement.turn]
        spans = sentence_spans(turn.text[statement.start - turn.start : statement.end - turn.start], "en")
        assert len(spans) <= MOST_SENTENCES + 1
