"""Statements: one to five sentences of one turn, every word in one of them, and near to what a person would cut."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.model import Unit
from transcripts.reading import read_file
from transcripts.sentences import sentence_spans
from transcripts.statements import MOST_SENTENCES, locate_statements, make_statements
from transcripts.turns import make_turns

DEMO = Path(__file__).parent.parent.parent / "survey_app" / "starter" / "demo"
RUN_ON = "yeah so we started with the portal and then people came and asked for paper and we had none to give them"


def statements(units, language="en"):
    return make_statements(make_turns(units), language, units)


def inner_bounds(key, language):
    """Where turns of a session are cut into statements: by hand, and by us. (turn, place) each."""
    file = DEMO / "transcripts" / f"{key}_{language}.vtt"
    found = read_file(file.name, file.read_bytes())
    with (DEMO / "statements.csv").open(encoding="utf-8", newline="") as table:
        saved = [
            (row[f"display_name_{language}"], row[f"text_{language}"])
            for row in csv.DictReader(table)
            if row["session"] == key
        ]
    by_hand = locate_statements(found.turns, saved)
    of_experts = {each.turn for each in by_hand}
    first = {turn.start for turn in found.turns}
    return (
        {each.start for each in by_hand} - first,
        {each.start for each in found.statements if each.turn in of_experts} - first,
    )


@pytest.mark.parametrize(("keys", "least"), [(("S-A", "S-B"), 0.8), (("S-C",), 0.8)])
def test_statements_begin_where_hand_made_ones_do(keys, least):
    """The rule was tuned on the first two sessions; the third was only looked at."""
    hits = ours = theirs = 0
    for key in keys:
        for language in ("en", "ru"):
            by_hand, automatic = inner_bounds(key, language)
            hits, ours, theirs = hits + len(by_hand & automatic), ours + len(automatic), theirs + len(by_hand)
    assert 2 * hits / (ours + theirs) >= least


def test_a_back_channel_is_folded_and_has_no_statement():
    units = [Unit("A long answer begins.", "A", 0, 5), Unit("Mm-hm.", "B", 5, 6), Unit("And it goes on.", "A", 6, 9)]
    assert [statement.turn for statement in statements(units)] == [0, 2]


def test_a_statement_never_holds_two_speakers():
    units = [Unit("Short.", "A", 0, 1), Unit("No, I disagree.", "B", 1, 2), Unit("Short too.", "A", 2, 3)]
    assert [statement.text for statement in statements(units)] == ["Short.", "No, I disagree.", "Short too."]


def test_every_turn_is_cut_by_the_rules_of_its_own_script():
    units = [Unit("Им. А. С. Пушкина. Да.", "A", 0, 5), Unit("Ask Dr. No. He knows, e.g. Bond.", "B", 5, 9)]
    assert len(statements(units, "ru")) == 2


def test_speech_without_a_full_stop_is_cut_at_the_longest_pauses():
    words = (RUN_ON.split() * 20)[:400]
    units, clock = [], 0.0
    for number in range(0, 400, 10):
        clock += 1.5 if number % 50 == 0 else 0.0
        units.append(Unit(" ".join(words[number : number + 10]), "", clock, clock + 3))
        clock += 3
    found = statements(units)
    assert [len(each.text.split()) for each in found] == [50] * 8


def test_speech_without_a_full_stop_or_times_is_cut_at_clauses():
    found = statements([Unit(" ".join((RUN_ON.split() * 100)[:2000]), "A")])
    assert all(25 <= len(each.text.split()) <= 60 for each in found)
    assert {each.text.split()[0] for each in found[1:]} <= {"and", "so", "then"}


def test_a_long_sentence_of_a_person_stays_whole():
    text = " ".join(["word"] * 70) + "."
    assert [each.text for each in statements([Unit(text, "A")])] == [text]


WORDS = st.text(alphabet="ab .,?!A1é👍\u0301жЖ«»“”…。", min_size=1, max_size=300)


@given(st.lists(WORDS, min_size=1, max_size=8), st.sampled_from(["en", "ru"]))
def test_statements_lie_in_their_turns_in_order_and_hold_every_visible_sign_once(texts, language):
    units = [Unit(" ".join(text.split()), f"S{n % 2}", n * 5.0, n * 5.0 + 4) for n, text in enumerate(texts)]
    turns = make_turns(units)
    text = "\n".join(turn.text for turn in turns)
    found = make_statements(turns, language, units)
    said = "".join("".join(turn.text.split()) for turn in turns if not turn.folded)
    assert "".join("".join(statement.text.split()) for statement in found) == said
    place = 0
    for statement in found:
        turn = turns[statement.turn]
        assert max(place, turn.start) <= statement.start < statement.end <= turn.end
        assert text[statement.start : statement.end] == statement.text
        held = [
            span for span in sentence_spans(turn.text, language)
            if statement.start <= turn.start + span[0] and turn.start + span[1] <= statement.end
        ]  # fmt: skip
        assert len(held) <= MOST_SENTENCES
        place = statement.end
