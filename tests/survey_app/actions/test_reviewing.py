"""A review is followed by corrections, finished and signed before words go out."""

import pytest

from survey_app.actions.correcting import correct_turn
from survey_app.actions.deidentified import texts_for_readers
from survey_app.actions.deidentifying import (
    DeidentifyingRefused,
    decide_place,
    decide_pseudonym,
    undo_deidentifying,
)
from survey_app.actions.identifying import look_through, texts_to_look_through
from survey_app.actions.review_state import unreviewed
from survey_app.actions.reviewing import ask_second_signature, finish_review, reopen_review, sign_review
from survey_app.actions.segmenting import merge_statements, split_statement
from survey_app.store import deidentification, schema, sources
from survey_app.store.undo import UndoRefused
from tests.survey_app.actions.undecided_demo import card_of, decide_all, said_with, state, undecided


@pytest.fixture
def study(store):
    return undecided(store)


def test_a_review_is_finished_when_all_is_decided(store, study):
    source_id = state(store, study).source_id
    with pytest.raises(DeidentifyingRefused, match="places in “S-A” are undecided"):
        finish_review(store, "A", study["id"], source_id)
    decide_all(store, study)
    assert state(store, study).state == "open"
    finish_review(store, "A", study["id"], source_id)
    assert (state(store, study).state, state(store, study).finished_by) == ("finished", "A")
    decide_pseudonym(store, "B", study["id"], card_of(store, study, "Elena").pseudonym_id, "")
    assert state(store, study).state == "open"
    undo_deidentifying(store, "B", study["id"])
    assert state(store, study).state == "finished"
    reopen_review(store, "B", study["id"], source_id)
    assert state(store, study).state == "open"


def test_a_second_person_signs_and_only_for_what_readers_then_see(store, study):
    decide_all(store, study)
    source_id = state(store, study).source_id
    with pytest.raises(DeidentifyingRefused, match="nothing to sign yet"):
        sign_review(store, "B", study["id"], source_id)
    finish_review(store, "A", study["id"], source_id)
    with pytest.raises(DeidentifyingRefused, match="A second person signs"):
        sign_review(store, "A", study["id"], source_id)
    sign_review(store, "B", study["id"], source_id)
    assert (state(store, study).state, state(store, study).signed_by) == ("signed", "B")
    elena = card_of(store, study, "Elena").pseudonym_id
    decide_pseudonym(store, "A", study["id"], elena, "kept")
    assert state(store, study).state == "finished"
    undo_deidentifying(store, "A", study["id"])
    assert state(store, study).state == "signed", "what was signed is what readers see again"


def test_nobody_signs_what_was_decided_after_the_review_was_finished(store, study):
    decide_all(store, study)
    source_id = state(store, study).source_id
    finish_review(store, "A", study["id"], source_id)
    decide_pseudonym(store, "B", study["id"], card_of(store, study, "Elena").pseudonym_id, "kept")
    with pytest.raises(DeidentifyingRefused, match="decided after its review was finished"):
        sign_review(store, "B", study["id"], source_id)
    reopen_review(store, "A", study["id"], source_id)
    finish_review(store, "A", study["id"], source_id)
    sign_review(store, "B", study["id"], source_id)
    assert state(store, study).state == "signed"


def test_nobody_signs_what_was_decided_of_one_place_after_the_review_was_finished(store, study):
    decide_all(store, study)
    source_id = state(store, study).source_id
    finish_review(store, "A", study["id"], source_id)
    place = next(each for each in card_of(store, study, "Elena").places if each.source_id == source_id)
    decide_place(store, "B", study["id"], place.id, "kept")
    with pytest.raises(DeidentifyingRefused, match="decided after its review was finished"):
        sign_review(store, "B", study["id"], source_id)
    decide_place(store, "B", study["id"], place.id, "")
    sign_review(store, "B", study["id"], source_id)
    assert state(store, study).state == "signed", "what was finished is what is signed"


def test_a_review_whose_places_were_decided_anew_can_be_finished_anew(store, study):
    decide_all(store, study)
    source_id = state(store, study).source_id
    finish_review(store, "A", study["id"], source_id)
    decide_pseudonym(store, "A", study["id"], card_of(store, study, "Elena").pseudonym_id, "kept")
    finish_review(store, "B", study["id"], source_id)
    with pytest.raises(DeidentifyingRefused, match="A second person signs"):
        sign_review(store, "B", study["id"], source_id)
    sign_review(store, "A", study["id"], source_id)
    assert state(store, study).state == "signed"


def test_words_of_a_text_go_out_only_after_its_review(store, study):
    with store.reading() as connection:
        statement = sources.statements(connection, state(store, study).source_id)[0]["id"]
        other = sources.statements(connection, state(store, study, "S-B").source_id)[0]["id"]
    assert ["“S-A”" in str(reason) for reason in unreviewed(store, study, [statement])] == [True]
    decide_all(store, study)
    assert "say that it is" in str(unreviewed(store, study, [statement])[0])
    finish_review(store, "A", study["id"], state(store, study).source_id)
    assert unreviewed(store, study, [statement]) == []
    assert len(unreviewed(store, study, [statement, other])) == 1
    ask_second_signature(store, "A", study["id"], True)
    assert "signature of a second person" in str(unreviewed(store, study, [statement])[0])
    sign_review(store, "B", study["id"], state(store, study).source_id)
    assert unreviewed(store, study, [statement]) == []


def test_places_follow_a_correction_and_changed_words_are_looked_at_again(store, study):
    decide_all(store, study)
    first = state(store, study, "S-B")
    finish_review(store, "A", study["id"], first.source_id)
    with store.reading() as connection:
        source = sources.source(connection, first.source_id)
        turn = next(
            row for row in sources.turns(connection, source["id"])
            if source["text"][row["start"] : row["end"]].startswith("Pavel, state corporation")
        )  # fmt: skip
    words = source["text"][turn["start"] : turn["end"]]
    before = {place.id: place for place in card_of(store, study, "Pavel").places}
    correct_turn(store, "A", study["id"], source["id"], turn["index"], f"Well, {words}", seen=source["revision"])
    after = {place.id: place for place in card_of(store, study, "Pavel").places}
    moved = {after[place].start - before[place].start for place in before if before[place].source_id == source["id"]}
    assert moved == {0, len("Well, ")}
    assert state(store, study, "S-B").undecided == 0
    assert state(store, study, "S-B").state == "corrected"
    assert first.source_id in texts_to_look_through(store, study["id"])
    correct_turn(
        store, "A", study["id"], source["id"], turn["index"], f"Well, {words.replace('Pavel', 'Pawel')}",
        seen=source["revision"] + 1,
    )  # fmt: skip
    assert state(store, study, "S-B").undecided == 1
    assert "Pawel" not in " ".join(shown for _said, shown in said_with(store, study, "Pawel").values())
    look_through(store, "A", study, [first.source_id])
    assert state(store, study, "S-B").state == "open"


def test_a_name_that_was_corrected_away_leaves_no_overlapping_places(store, study):
    decide_all(store, study)
    source_id = state(store, study, "S-B").source_id
    with store.reading() as connection:
        source = sources.source(connection, source_id)
        turn = next(
            row for row in sources.turns(connection, source_id)
            if source["text"][row["start"] : row["end"]].startswith("Artyom, also a state corporation")
        )  # fmt: skip
    correct_turn(store, "A", study["id"], source_id, turn["index"], "Yes.", seen=source["revision"])
    with store.reading() as connection:
        texts_for_readers(connection, study["id"])
        assert deidentification.places_in(connection, source_id)


def test_cutting_and_joining_statements_leaves_places_alone(store, study):
    statement, (said, _shown) = next(iter(said_with(store, study, "Pavel and I are almost").items()))
    with store.reading() as connection:
        row = dict(
            connection.execute(schema.statement.select().where(schema.statement.c.id == statement)).mappings().one()
        )
        before = deidentification.places_in(connection, row["source_id"])
    at = row["start"] + said.index("Pavel")
    split_statement(store, "A", study["id"], row["source_id"], statement, at)
    number = card_of(store, study, "Pavel").number
    halves = [shown for _said, shown in said_with(store, study, "Pavel and I").values()]
    assert halves[0].startswith(f"[Expert {number}] and I")
    merge_statements(store, "A", study["id"], row["source_id"], statement)
    with store.reading() as connection:
        assert deidentification.places_in(connection, row["source_id"]) == before


def test_an_undo_after_a_correction_finds_its_place_again(store, study):
    pavel = card_of(store, study, "Pavel")
    place = next(each for each in pavel.places if each.source_id == state(store, study, "S-B").source_id)
    decide_place(store, "A", study["id"], place.id, "kept")
    with store.reading() as connection:
        source = sources.source(connection, place.source_id)
    correct_turn(store, "A", study["id"], source["id"], 0, "Good morning.", seen=source["revision"])
    assert undo_deidentifying(store, "A", study["id"])
    now = next(each for each in card_of(store, study, "Pavel").places if each.id == place.id)
    assert (now.own_level, now.start != place.start) == ("", True)


def test_somebody_else_has_decided_since_then_undo_is_refused(store, study):
    pavel = card_of(store, study, "Pavel").pseudonym_id
    decide_pseudonym(store, "A", study["id"], pavel, "general")
    decide_pseudonym(store, "B", study["id"], pavel, "kept")
    with pytest.raises(UndoRefused):
        undo_deidentifying(store, "A", study["id"])
