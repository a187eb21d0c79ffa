"""Other words that experts want are looked through as any text is before readers see them, and signed where asked."""

import pytest

from survey_app.actions.check_links import CheckProblem
from survey_app.actions.gate import gate
from survey_app.actions.released_quotes import released_quotes
from survey_app.actions.reviewing import ask_second_signature
from survey_app.actions.rewordings import (
    accept_rewording,
    refuse_rewording,
    rewordings,
    sign_rewording,
)
from survey_app.actions.studies import need_study
from survey_app.store import experts, schema
from tests.survey_app.actions.filled_forms import rows_of
from tests.survey_app.actions.own_checks import ADJUDICATED, give_links, quote_row, say

LEADING = "Write to office@example.org about it, said the mayor."


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.fixture
def link(store, study):
    return give_links(store, study, "L1")["L1"]


def goes_out(store, study):
    return {quote.statement_id: quote.text for quote in released_quotes(store, study, ADJUDICATED)}


def found(store, study):
    [one] = rewordings(store, study)
    return {each.words: each for each in one.found}


def test_what_could_identify_somebody_is_shown_and_decided_place_by_place(store, study, link):
    [one] = say(store, link, "reword", 0, wording=LEADING)
    places = found(store, study)
    assert set(places) == {"office@example.org", "mayor"}
    with pytest.raises(CheckProblem, match=r"Decide first .*office@example\.org, mayor"):
        accept_rewording(store, "A", study, one, LEADING)
    mail, mayor = places["office@example.org"].start, places["mayor"].start
    with pytest.raises(CheckProblem, match="Decide first on what could identify somebody in these words: mayor"):
        accept_rewording(store, "A", study, one, LEADING, {mail: "general"})
    with pytest.raises(CheckProblem, match="Decide first"):
        accept_rewording(store, "A", study, one, LEADING, {mail: "general", mayor: "whatever"})
    assert one not in goes_out(store, study)
    accept_rewording(store, "A", study, one, LEADING, {mail: "general", mayor: "kept"})
    assert goes_out(store, study)[one] == "Write to [e-mail] about it, said the mayor."
    [kept] = rows_of(store, schema.check_answer)
    assert [(each["words"], each["level"]) for each in kept["decisions"]] == [
        ("office@example.org", "general"), ("mayor", "kept")
    ]  # fmt: skip
    assert kept["decided_by"] == "A"


def test_a_name_of_the_roster_is_never_kept_and_a_label_can_take_its_place(store, study, link):
    with store.reading() as connection:
        name = next(row["name"] for row in experts.experts(connection, study["id"]) if row["key"] == "L2")
    wording = f"As {name} says."
    [one] = say(store, link, "reword", 0, wording=wording)
    [place] = found(store, study).values()
    assert place.named
    with pytest.raises(CheckProblem, match="A name of the roster stands in this quote"):
        accept_rewording(store, "A", study, one, wording, {place.start: "kept"})
    accept_rewording(store, "A", study, one, wording, {place.start: "general"})
    assert goes_out(store, study)[one] == "As [an expert] says."


def test_where_the_study_asks_for_it_a_second_person_signs_the_words(store, study, link):
    [one] = say(store, link, "reword", 0, wording="We lack staff.")
    with pytest.raises(CheckProblem, match="nothing to sign"):
        sign_rewording(store, "B", study, one, "We lack staff.")
    accept_rewording(store, "A", study, one, "We lack staff.")
    assert one in goes_out(store, study)
    ask_second_signature(store, "A", study["id"], True)
    assert quote_row(store, study, one)["standing"].hindrance == "unsigned"
    assert one not in goes_out(store, study)
    told = "1 released quote is left out: a second person is to sign the words that its expert wants."
    assert told in [str(notice) for notice in gate(store, study).notices]
    with pytest.raises(CheckProblem, match="A second person signs them"):
        sign_rewording(store, "A", study, one, "We lack staff.")
    sign_rewording(store, "B", study, one, "We lack staff.")
    assert goes_out(store, study)[one] == "We lack staff."
    accept_rewording(store, "B", study, one, "We lack staff.")  # accepted anew: what was signed is over
    assert one not in goes_out(store, study)
    sign_rewording(store, "A", study, one, "We lack staff.")
    refuse_rewording(store, "A", study, one, "We lack staff.")
    say(store, link, "reword", 0, wording="We lack people.")
    accept_rewording(store, "A", study, one, "We lack people.")
    assert one not in goes_out(store, study), "a signature is of the words that were signed"


def test_a_signature_is_of_what_is_found_now(store, study, link):
    wording = "Nobody but Quillfeather knows."
    [one] = say(store, link, "reword", 0, wording=wording)
    decisions = {each.start: "kept" for each in found(store, study).values()}
    accept_rewording(store, "A", study, one, wording, decisions)
    ask_second_signature(store, "A", study["id"], True)
    with store.change(study["id"], "A", "test") as change:
        person = next(row for row in experts.experts(change.connection, study["id"]) if row["key"] == "L2")
        change.update(schema.expert, person["id"], other_names=["Quillfeather"])
    with pytest.raises(CheckProblem, match="A name of the roster"):
        sign_rewording(store, "B", study, one, wording)


def test_signs_that_nobody_sees_are_no_part_of_other_words(store, study, link):
    [one] = say(store, link, "reword", 0, wording="We\x00 lack \u202estaff\u2066\x1b.\u2028Really\u200b.")
    [waits] = rewordings(store, study)
    assert waits.wording == "We lack staff.\nReally."
    accept_rewording(store, "A", study, one, waits.wording)
    assert goes_out(store, study)[one] == "We lack staff.\nReally."
