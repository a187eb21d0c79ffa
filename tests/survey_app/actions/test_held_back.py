"""A released quote waits again once a later decision shows what a label stood for in it."""

import pytest

from survey_app.actions.deidentifying import decide_place, decide_pseudonym, undo_deidentifying
from survey_app.actions.gate import gate
from survey_app.actions.publishing_plan import plan_of
from survey_app.actions.quotes import decide_quote, quotable, small_cells
from survey_app.actions.released_quotes import fit_quotes
from survey_app.actions.results import frames_of, layers
from survey_app.actions.review_queue import review_queue
from survey_app.actions.studies import need_study
from survey_app.store import schema
from transcripts.identifying import Kind


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


def quotes(store, study):
    found = quotable(store, study, layers(frames_of(store, study["id"]))[0])
    return {row["statement_id"]: row for row in found}


@pytest.fixture
def labelled(store, study):
    """A released quote in which a label stands for an organisation or a place that stands in it alone; its card."""
    released = {key: row for key, row in quotes(store, study).items() if row["decision"] == "released" and row["cuts"]}
    cards = [card for card in review_queue(store, study["id"]) if card.kind != Kind.PERSON and card.level != "kept"]
    for key, row in released.items():
        for card in cards:
            if any(row["said"][start:end] in card.written for start, end, _here, _after in row["cuts"]):
                return key, card
    pytest.fail("the demo has no such quote")


def release(store, study, key):
    """By somebody who was shown what few experts behind it give away."""
    row = quotes(store, study)[key]
    seen = small_cells(store, study).behind(row["expert_id"], row["codes"])
    decide_quote(store, "A", study, key, "released", seen=[each.as_seen for each in seen])


def decision(store, study, key):
    row = quotes(store, study)[key]
    return row["decision"], row["held_back"]


def test_a_released_quote_waits_again_once_a_name_in_it_is_kept(store, study, labelled):
    key, card = labelled
    assert decision(store, study, key) == ("released", False)
    decide_pseudonym(store, "A", study["id"], card.pseudonym_id, "kept")
    assert decision(store, study, key) == ("", True)
    frames = frames_of(store, study["id"])
    kept, notices = fit_quotes(store, study, plan_of(store, study), layers(frames)[0])
    assert key not in {quote.statement_id for quote in kept}
    assert any("gave way to what was said" in str(notice) for notice in notices)
    assert any("gave way" in str(notice) for notice in gate(store, study).notices)
    release(store, study, key)
    assert decision(store, study, key) == ("released", False)


def test_an_undo_of_the_decision_brings_the_release_back(store, study, labelled):
    key, card = labelled
    decide_pseudonym(store, "A", study["id"], card.pseudonym_id, "kept")
    assert undo_deidentifying(store, "A", study["id"])
    assert decision(store, study, key) == ("released", False)


def test_an_undo_that_shows_the_words_again_holds_back_too(store, study, labelled):
    key, card = labelled
    decide_pseudonym(store, "A", study["id"], card.pseudonym_id, "kept")
    decide_pseudonym(store, "B", study["id"], card.pseudonym_id, "pseudonym")
    release(store, study, key)
    assert undo_deidentifying(store, "B", study["id"])
    assert decision(store, study, key) == ("", True)


def test_one_place_that_is_kept_holds_back_its_own_quote_alone(store, study, labelled):
    key, card = labelled
    others = {each for each, row in quotes(store, study).items() if row["decision"] == "released"} - {key}
    (place,) = [
        each for each in card.places
        if key in {row["statement_id"] for row in quotes(store, study).values() if _holds(store, row, each)}
    ][:1]  # fmt: skip
    decide_place(store, "A", study["id"], place.id, "kept")
    assert decision(store, study, key) == ("", True)
    assert all(decision(store, study, each) == ("released", False) for each in sorted(others)[:5])


def _holds(store, row, place):
    with store.reading() as connection:
        at = connection.execute(
            schema.statement.select().where(schema.statement.c.id == row["statement_id"])
        ).mappings().one()  # fmt: skip
    return (at["source_id"], at["start"] <= place.start < at["end"]) == (place.source_id, True)


def test_another_label_holds_nothing_back(store, study, labelled):
    key, card = labelled
    decide_pseudonym(
        store, "A", study["id"], card.pseudonym_id, "general" if card.level == "pseudonym" else "pseudonym"
    )
    assert decision(store, study, key) == ("released", False)
