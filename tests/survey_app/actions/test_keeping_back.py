"""What an expert keeps back stays so when statements are split and joined and when the text is corrected."""

import pytest
from sqlalchemy import select

from survey_app.actions.bringing_in import recognise_file
from survey_app.actions.correcting import correct_turn, replace_file, restore_revision
from survey_app.actions.expert_answers import expert_answers
from survey_app.actions.own_check import put_answer
from survey_app.actions.quotes import QuoteProblem, cells_behind, decide_quote
from survey_app.actions.released_quotes import released_quotes
from survey_app.actions.rewordings import accept_rewording, rewordings
from survey_app.actions.segmenting import merge_statements, split_statement, turn_back_segmenting
from survey_app.actions.studies import need_study
from survey_app.actions.withdrawing import WithdrawalProblem, take_statement_back, withdraw_statement
from survey_app.store import schema, sources, undo
from survey_app.store.log import fetch, open_change, rows
from tests.survey_app.actions.own_checks import ADJUDICATED, give_links, quote_row, say


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.fixture
def link(store, study):
    return give_links(store, study, "L1")["L1"]


class Place:
    """A statement of L1 in its text, with whatever it has become."""

    def __init__(self, store, study, statement_id):
        self.store, self.study, self.id = store, study, statement_id
        with store.reading() as connection:
            self.row = fetch(connection, schema.statement, statement_id)
        self.source_id = self.row["source_id"]
        self.words = self.text()[self.row["start"] : self.row["end"]]

    def source(self):
        with self.store.reading() as connection:
            return fetch(connection, schema.source, self.source_id)

    def text(self):
        return self.source()["text"]

    def turn(self):
        with self.store.reading() as connection:
            return sources.turns(connection, self.source_id)[self.row["turn"]]

    def now(self):
        """{id: words} of the statements of its turn."""
        with self.store.reading() as connection:
            found = sources.statements(connection, self.source_id)
        text = self.text()
        return {row["id"]: text[row["start"] : row["end"]] for row in found if row["turn"] == self.row["turn"]}

    def split(self):
        middle = self.words.index(" ", len(self.words) // 2)
        split_statement(self.store, "A", self.study["id"], self.source_id, self.id, self.row["start"] + middle)
        return [each for each, words in self.now().items() if words in self.words]

    def correct(self, words):
        turn, source = self.turn(), self.source()
        text = source["text"][turn["start"] : turn["end"]].replace(self.words, words)
        return correct_turn(
            self.store, "A", self.study["id"], self.source_id, turn["index"], text, seen=source["revision"]
        )

    def goes_out(self):
        """Whether any of these words would, if a researcher released whatever can be released of the turn."""
        for each in self.now():
            try:
                release(self.store, self.study, each)
            except QuoteProblem:
                continue
        out = {quote.statement_id for quote in released_quotes(self.store, self.study, ADJUDICATED)}
        return {each for each, words in self.now().items() if each in out and shared(words, self.words)}


def release(store, study, statement_id):
    """By somebody who was shown what few experts say."""
    decide_quote(store, "A", study, statement_id, "released", seen=cells_behind(store, study, statement_id))


def shared(one, other):
    """Whether one of the two stands in the other, or they have five words in a row in common."""
    words = one.split()
    runs = {" ".join(words[at : at + 5]) for at in range(max(1, len(words) - 4))}
    return any(run in other for run in runs)


@pytest.fixture
def withdrawn(store, study, link):
    [one] = say(store, link, "withdraw", 0)
    return Place(store, study, one)


@pytest.fixture
def reworded(store, study, link):
    [one] = say(store, link, "reword", 0, wording="We lack staff.")
    accept_rewording(store, "A", study, one, "We lack staff.")
    return Place(store, study, one)


def test_neither_half_of_a_withdrawn_statement_goes_out(store, study, link, withdrawn):
    halves = withdrawn.split()
    assert len(halves) == 2
    assert withdrawn.goes_out() == set()
    for half in halves:
        with pytest.raises(QuoteProblem, match="has withdrawn this quote"):
            release(store, study, half)


def test_the_expert_may_let_one_half_go_and_no_more_goes_than_that(store, study, link, withdrawn):
    halves = withdrawn.split()
    with store.writing() as connection:
        expert = connection.scalar(select(schema.expert.c.id).where(schema.expert.c.key == "L1",
                                                                    schema.expert.c.study_id == study["id"]))  # fmt: skip
        change = open_change(connection, study["id"], "", "answer_own_check")
        words = withdrawn.now()
        put_answer(change, halves[0], expert, "release", shown=words[halves[0]])
    assert withdrawn.goes_out() == {halves[0]}
    merge_statements(store, "A", study["id"], withdrawn.source_id, halves[0])
    assert withdrawn.goes_out() == set(), "what is joined holds words that were withdrawn"


def test_a_split_that_is_undone_takes_no_withdrawal_with_it(store, study, link):
    place = Place(store, study, say(store, link, "release", 0)[0])
    halves = place.split()
    second = next(each for each in halves if each != place.id)
    withdraw_statement(store, "A", study, second, republish=False)
    assert second not in place.goes_out()
    with store.writing() as connection:
        done = undo.last_in_scope(connection, study["id"], "split_statement", place.source_id)
        turn_back_segmenting(connection, done, "A", "undo")
    assert place.now()[place.id] == place.words
    assert place.goes_out() == set()


@pytest.mark.parametrize("first", [True, False])
def test_a_statement_that_is_joined_with_a_withdrawn_one_does_not_go_out(store, study, link, first):
    place = Place(store, study, say(store, link, "release", 0)[0])
    halves = place.split()
    withdraw_statement(store, "A", study, halves[0 if first else 1], republish=False)
    merge_statements(store, "A", study["id"], place.source_id, halves[0])
    assert place.now()[place.id] == place.words
    assert place.goes_out() == set()
    with store.writing() as connection:
        done = undo.last_in_scope(connection, study["id"], "merge_statements", place.source_id)
        turn_back_segmenting(connection, done, "A", "undo")
    assert place.goes_out() == {halves[1 if first else 0]}


def test_what_is_withdrawn_stays_inside_when_its_turn_is_corrected(store, study, withdrawn):
    withdrawn.correct(withdrawn.words.rpartition(" ")[0] + " altogether")
    assert withdrawn.goes_out() == set()


def test_words_that_went_and_came_back_are_withdrawn_still(store, study, withdrawn):
    turn, text = withdrawn.turn(), withdrawn.text()
    words = text[turn["start"] : turn["end"]]
    correct_turn(store, "A", study["id"], withdrawn.source_id, turn["index"], "Yes.", seen=0)
    assert withdrawn.goes_out() == set()
    correct_turn(store, "A", study["id"], withdrawn.source_id, turn["index"], words, seen=1)
    assert withdrawn.words in " ".join(withdrawn.now().values())
    assert withdrawn.goes_out() == set()
    restore_revision(store, "A", study["id"], withdrawn.source_id, 0)
    assert withdrawn.goes_out() == set()


def test_words_that_another_file_puts_into_another_place_are_withdrawn_still(store, study, link, withdrawn):
    with store.reading() as connection:
        source = sources.source(connection, withdrawn.source_id)
        turns = sources.turns(connection, withdrawn.source_id)
    said = [(row["speaker"], source["text"][row["start"] : row["end"]]) for row in turns]
    moved = said[withdrawn.row["turn"]]
    del said[withdrawn.row["turn"]]
    said.append(moved)
    cues = [
        f"{number}\n{number // 60 + 10:02}:{number % 60:02}:00.000 --> {number // 60 + 10:02}:{number % 60:02}:50.000\n"
        f"{speaker}: {words}\n"
        for number, (speaker, words) in enumerate(said)
    ]
    found = recognise_file(store, study["id"], "again.vtt", ("WEBVTT\n\n" + "\n".join(cues)).encode())
    replace_file(store, "A", study, withdrawn.source_id, found)
    text = withdrawn.text()
    with store.reading() as connection:
        holding = [row["id"] for row in sources.statements(connection, withdrawn.source_id)
                   if shared(text[row["start"] : row["end"]], withdrawn.words)]  # fmt: skip
        answers = expert_answers(connection, study["id"])
    assert holding
    assert {answers[each].answer for each in holding} == {"withdraw"}


def test_other_words_are_of_those_that_were_said_then(store, study, reworded):
    assert {quote.text for quote in released_quotes(store, study, ADJUDICATED)} >= {"We lack staff."}
    reworded.split()
    assert reworded.goes_out() == set(), "neither the new words nor the old ones"
    assert "We lack staff." not in {quote.text for quote in released_quotes(store, study, ADJUDICATED)}
    assert rewordings(store, study) == []


def test_other_words_do_not_go_out_for_corrected_ones(store, study, reworded):
    reworded.correct(reworded.words.rpartition(" ")[0] + " altogether")
    assert reworded.goes_out() == set()
    assert quote_row(store, study, reworded.id)["standing"].hindrance == "changed"


def test_a_release_is_no_word_for_others(store, study, link):
    place = Place(store, study, say(store, link, "release", 0)[0])
    place.split()
    row = quote_row(store, study, place.id)
    with store.reading() as connection:
        expert = next(row for row in rows(connection, schema.expert.select())
                      if (row["key"], row["study_id"]) == ("L1", study["id"]))  # fmt: skip
    with store.change(study["id"], "A", "test") as change:
        change.update(schema.expert, expert["id"], consent="after_review")
    row = quote_row(store, study, place.id)
    assert (row["standing"].hindrance, row["consent"]) == ("changed", "after_review")


# ------------------------------------------------------------------ written down by mistake


def test_a_withdrawal_that_was_written_down_by_mistake_is_taken_back(store, study, link):
    [one] = say(store, link, "reword", 0, wording="We lack staff.")
    accept_rewording(store, "A", study, one, "We lack staff.")
    withdraw_statement(store, "A", study, one, republish=False)
    assert quote_row(store, study, one)["standing"].hindrance == "withdrawn"
    take_statement_back(store, "B", study, one)
    assert (quote_row(store, study, one)["text"], quote_row(store, study, one)["decision"]) == (
        "We lack staff.", "released",
    )  # fmt: skip
    with pytest.raises(WithdrawalProblem, match="nothing to take back"):
        take_statement_back(store, "B", study, one)


def test_what_the_expert_has_withdrawn_nobody_takes_back(store, study, withdrawn):
    with pytest.raises(WithdrawalProblem, match="nothing to take back"):
        take_statement_back(store, "A", study, withdrawn.id)


def test_taken_back_after_a_split_both_halves_wait_for_a_decision(store, study):
    one = next(quote for quote in released_quotes(store, study, ADJUDICATED) if quote.expert_id == "L1")
    withdraw_statement(store, "A", study, one.statement_id, republish=False)
    place = Place(store, study, one.statement_id)
    halves = place.split()
    take_statement_back(store, "A", study, halves[1])
    assert {quote_row(store, study, each)["standing"].hindrance for each in halves} == {""}
    assert {quote_row(store, study, each)["decision"] for each in halves} == {""}
    assert place.goes_out() == set(halves)
