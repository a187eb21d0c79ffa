"""Experts check their own quotes: they see theirs alone, and what they say of them is what the gate reads."""

import zipfile

import pytest
from sqlalchemy import update

from survey_app.actions import own_check
from survey_app.actions.backing_up import back_up
from survey_app.actions.check_links import (
    CheckProblem,
    check_states,
    choose_own_check,
    close_check_at,
    make_check_links,
    withdraw_check_links,
)
from survey_app.actions.expert_answers import expert_answers
from survey_app.actions.form_links import FormProblem
from survey_app.actions.gate import gate
from survey_app.actions.own_check import CheckClosed, ChecksChanged
from survey_app.actions.people import confirm_speakers, set_consent
from survey_app.actions.quotes import QuoteProblem, decide_quote
from survey_app.actions.released_quotes import released_quotes
from survey_app.actions.results import segmentation
from survey_app.actions.rewordings import accept_rewording, refuse_rewording, rewordings
from survey_app.actions.studies import need_study
from survey_app.publishing.names import names_within
from survey_app.store import experts, schema, sources, undo
from tests.survey_app.actions.filled_forms import days, rows_of
from tests.survey_app.actions.own_checks import ADJUDICATED, give_links, quote_row, say


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.fixture
def links(store, study):
    return give_links(store, study, "L1", "L2", "F1", "S1")


def state_of(store, study, key):
    return next(state for state in check_states(store, study["id"]) if state.expert_key == key)


def goes_out(store, study):
    return {quote.statement_id: quote for quote in released_quotes(store, study, ADJUDICATED)}


# ------------------------------------------------------------------ what a link shows


def test_an_expert_sees_their_own_released_quotes_and_nobody_elses(store, study, links):
    check = own_check.look_up(store, links["L1"])
    assert len(check.quotes) == 11
    own = {quote.statement_id for quote in goes_out(store, study).values() if quote.expert_id == "L1"}
    assert {quote.statement_id for quote in check.quotes} == own
    assert check.segment is not None
    assert check.segment.key in {each.key for each in segmentation(store, study, "five_segments").segments}


def test_who_agrees_after_a_review_sees_what_could_be_quoted_and_who_does_not_agree_nothing(store, study, links):
    assert len(own_check.look_up(store, links["F1"]).quotes) == 13
    assert own_check.look_up(store, links["S1"]).quotes == ()


def test_undecided_quotes_are_shown_where_the_study_asks_about_everything_and_never_a_name(store, study, links):
    before = own_check.look_up(store, links["L1"]).quotes
    decide_quote(store, "A", study, before[0].statement_id, "")
    assert len(own_check.look_up(store, links["L1"]).quotes) == 10
    assert len(own_check.look_up(store, links["L2"]).quotes) == 8
    choose_own_check(store, "A", study["id"], required=False, everything=True)
    assert len(own_check.look_up(store, links["L1"]).quotes) == 11
    shown = own_check.look_up(store, links["L2"]).quotes  # the ninth holds a name, in whose place a label stands
    with store.reading() as connection:
        names = experts.names(connection, study["id"])
    assert len(shown) == 9
    assert not [quote for quote in shown if names_within(quote.text, names)]
    assert "[Expert " in "".join(quote.text for quote in shown)


def test_what_a_researcher_withholds_is_not_asked_about(store, study, links):
    one = own_check.look_up(store, links["L1"]).quotes[0].statement_id
    decide_quote(store, "A", study, one, "withheld")
    assert one not in {quote.statement_id for quote in own_check.look_up(store, links["L1"]).quotes}


# ------------------------------------------------------------------ answers


def test_a_withdrawn_quote_never_goes_out_and_a_researcher_cannot_release_it(store, study, links):
    one, *_rest = say(store, links["L1"], "withdraw", 0)
    assert one not in goes_out(store, study)
    assert quote_row(store, study, one)["decision"] == "withheld"
    for decision in ("released", "withheld", "", "released"):
        if decision == "released":
            with pytest.raises(QuoteProblem, match="Expert L1 has withdrawn this quote"):
                decide_quote(store, "A", study, one, decision)
        else:
            decide_quote(store, "A", study, one, decision)
        assert one not in goes_out(store, study)


def test_an_expert_who_answers_anew_lets_it_go_again(store, study, links):
    one, *_rest = say(store, links["L1"], "withdraw", 0)
    place = [quote.statement_id for quote in own_check.look_up(store, links["L1"]).quotes].index(one)
    assert say(store, links["L1"], "release", place) == [one]
    assert one in goes_out(store, study)


def test_an_undecided_quote_that_was_withdrawn_is_undecided_again(store, study, links):
    one, *_rest = say(store, links["F1"], "withdraw", 0)
    assert quote_row(store, study, one)["decision"] == "withheld"
    place = [quote.statement_id for quote in own_check.look_up(store, links["F1"]).quotes].index(one)
    say(store, links["F1"], "release", place)
    assert quote_row(store, study, one)["decision"] == ""


def test_the_word_of_who_agrees_after_a_review_is_consent_to_that_quote_alone(store, study, links):
    first, *_rest = say(store, links["F1"], "release", 0)
    second = own_check.look_up(store, links["F1"]).quotes[1].statement_id
    decide_quote(store, "A", study, first, "released")
    assert goes_out(store, study)[first].consent == "yes"
    with pytest.raises(QuoteProblem, match="Expert F1 has not agreed"):
        decide_quote(store, "A", study, second, "released")


def test_consent_that_is_taken_back_outweighs_an_answer(store, study, links):
    one, *_rest = say(store, links["L1"], "release", 0)
    with store.reading() as connection:
        people = {row["key"]: row["id"] for row in experts.experts(connection, study["id"])}
    set_consent(store, "A", study["id"], {people["L1"]: "no"})
    assert quote_row(store, study, one)["consent"] == "no"
    assert own_check.look_up(store, links["L1"]).quotes == ()


def test_other_words_take_the_place_of_those_said_once_they_are_accepted(store, study, links):
    one, *_rest = say(store, links["L1"], "reword", 0, wording="We lack staff.")
    assert one not in goes_out(store, study)
    [waits] = rewordings(store, study)
    assert (waits.expert_key, waits.wording, waits.state) == ("L1", "We lack staff.", "waits")
    accept_rewording(store, "A", study, one, "We lack staff.")
    assert (goes_out(store, study)[one].text, goes_out(store, study)[one].own_words) == ("We lack staff.", True)
    say(store, links["L1"], "reword", 0, wording="We lack staff.")  # the same again: nothing to accept anew
    assert one in goes_out(store, study)
    say(store, links["L1"], "reword", 0, wording="We lack people.")
    assert one not in goes_out(store, study)


def test_refused_words_keep_the_quote_inside(store, study, links):
    one, *_rest = say(store, links["L1"], "reword", 0, wording="We lack staff.")
    refuse_rewording(store, "A", study, one, "We lack staff.")
    assert one not in goes_out(store, study)
    report = gate(store, study)
    assert "1 released quote is left out: its expert wants other words, which are not accepted." in [
        str(notice) for notice in report.notices
    ]


def test_other_words_with_a_name_are_not_accepted_nor_those_that_nobody_wrote(store, study, links):
    with store.reading() as connection:
        name = next(row["name"] for row in experts.experts(connection, study["id"]) if row["key"] == "L2")
    one, *_rest = say(store, links["L1"], "reword", 0, wording=f"As {name} says.")
    with pytest.raises(CheckProblem, match="A name of the roster stands in this quote"):
        accept_rewording(store, "A", study, one, f"As {name} says.")
    with pytest.raises(CheckProblem, match="answered something else since"):
        accept_rewording(store, "A", study, one, "As somebody says.")


def test_the_same_words_written_again_are_a_release(store, study, links):
    quote = own_check.look_up(store, links["L1"]).quotes[0]
    say(store, links["L1"], "reword", 0, wording=quote.text)
    assert rewordings(store, study) == []
    assert quote.statement_id in goes_out(store, study)


def test_where_it_is_required_quotes_without_an_answer_are_left_out_and_the_gate_says_how_many(store, study, links):
    count = len(goes_out(store, study))
    choose_own_check(store, "A", study["id"], required=True, everything=False)
    assert goes_out(store, study) == {}
    say(store, links["L1"], "release")
    assert {quote.expert_id for quote in goes_out(store, study).values()} == {"L1"}
    report = gate(store, study)
    told = f"{count - 11} released quotes are left out: they need their experts' own word, which is not there."
    assert told in [str(notice) for notice in report.notices]


def test_a_release_is_of_the_words_that_were_seen(store, study, links):
    choose_own_check(store, "A", study["id"], required=True, everything=False)
    one, *_rest = say(store, links["L1"], "release", 0)
    with store.writing() as connection:
        connection.execute(update(schema.check_answer).values(shown="0" * 64))
    assert one not in goes_out(store, study)
    assert own_check.look_up(store, links["L1"]).quotes[0].answer is None


# ------------------------------------------------------------------ what is refused


def test_nothing_is_stored_of_a_page_with_somebody_elses_statement(store, study, links):
    own = own_check.look_up(store, links["L1"]).quotes[0]
    other = own_check.look_up(store, links["L2"]).quotes[0]
    with pytest.raises(ChecksChanged, match="Nothing was stored"):
        own_check.answer(
            store, links["L1"],
            {each.statement_id: ("withdraw", "", each.mark) for each in (own, other)},
        )  # fmt: skip
    with store.reading() as connection:
        assert expert_answers(connection, study["id"]) == {}
    assert rows_of(store, schema.check_answer) == []
    assert {own.statement_id, other.statement_id} <= set(goes_out(store, study))


@pytest.mark.parametrize(
    "given", [("release", "", "0" * 64), ("maybe", "", None), ("reword", " ", None), ("reword", "x" * 2001, None)]
)
def test_words_that_were_not_seen_and_answers_that_are_none_are_refused(store, study, links, given):
    quote = own_check.look_up(store, links["L1"]).quotes[0]
    answer, wording, mark = given
    with pytest.raises(ChecksChanged):
        own_check.answer(store, links["L1"], {quote.statement_id: (answer, wording, mark or quote.mark)})
    assert rows_of(store, schema.check_answer) == []


def test_links_end_are_withdrawn_and_renewed(store, study, links):
    with pytest.raises(CheckClosed):
        own_check.look_up(store, "guess")
    withdraw_check_links(store, "A", study["id"], [state_of(store, study, "L1").link_id])
    with pytest.raises(CheckClosed):
        own_check.look_up(store, links["L1"])
    say(store, links["L2"], "release", 0)
    newer = give_links(store, study, "L2")
    with pytest.raises(CheckClosed):
        own_check.look_up(store, links["L2"])
    assert own_check.look_up(store, newer["L2"]).answered == 1
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE check_link SET expires_at = '2020-01-01T00:00:00+00:00'")
    with pytest.raises(CheckClosed):
        own_check.look_up(store, newer["L2"])
    close_check_at(store, "A", study["id"], days(3))
    assert own_check.look_up(store, newer["L2"]).answered == 1


def test_links_are_made_for_experts_of_the_study_until_a_day_to_come(store, study):
    other = need_study(store, "demo-ru")
    stranger = check_states(store, other["id"])[0].expert_id
    own = check_states(store, study["id"])[0].expert_id
    with pytest.raises(CheckProblem, match="Choose experts of this study"):
        make_check_links(store, "A", study["id"], [own, stranger], days(7))
    with pytest.raises(FormProblem, match="closing date"):
        make_check_links(store, "A", study["id"], [own], days(-1))
    assert rows_of(store, schema.check_link) == []


def test_how_far_an_expert_is(store, study, links):
    assert state_of(store, study, "N1").state == "none"
    assert (state_of(store, study, "L1").state, state_of(store, study, "L1").of) == ("new", 11)
    own_check.open_link(store, links["L1"], "ru")
    assert state_of(store, study, "L1").state == "opened"
    say(store, links["L1"], "release", 0, 1)
    assert (state_of(store, study, "L1").state, state_of(store, study, "L1").done) == ("begun", 2)
    say(store, links["L1"], "release")
    assert state_of(store, study, "L1").state == "answered"


def test_an_answer_is_of_whoever_said_the_words(store, study, links):
    one, *_rest = say(store, links["L1"], "withdraw", 0)
    with store.reading() as connection:
        statement = next(row for row in rows_of(store, schema.statement) if row["id"] == one)
        speaker = next(
            row for row in sources.speakers(connection, study["id"])
            if row["source_id"] == statement["source_id"] and row["expert_id"] == state_of(store, study, "L1").expert_id
        )  # fmt: skip
    confirm_speakers(store, "A", study["id"], [{"id": speaker["id"], "role": "expert", "expert_key": "L2"}])
    with store.reading() as connection:
        assert one not in expert_answers(connection, study["id"])
    assert one not in goes_out(store, study)  # withheld until a researcher decides on it again


# ------------------------------------------------------------------ the log, copies


def test_an_answer_is_in_the_log_without_a_person_and_nobody_can_undo_it(store, study, links):
    say(store, links["L1"], "withdraw", 0)
    [done] = [row for row in rows_of(store, schema.change) if row["verb"] == own_check.VERB]
    assert done["person"] == ""
    with store.writing() as connection, pytest.raises(undo.UndoRefused):
        undo.turn_back(connection, done, "A")
    assert not [row for row in rows_of(store, schema.event) if row["entity"] == "check_link"]


def test_a_copy_of_the_study_holds_answers_and_no_link(store, study, links, tmp_path):
    say(store, links["L1"], "withdraw", 0)
    with zipfile.ZipFile(back_up(store, study, tmp_path)) as copy:
        names = copy.namelist()
    assert "tables/check_answer.jsonl" in names
    assert "tables/check_link.jsonl" not in names


def test_what_is_kept_of_a_link_is_no_way_to_it(store, study, links):
    kept = str(rows_of(store, schema.check_link))
    assert not any(token in kept for token in links.values())
