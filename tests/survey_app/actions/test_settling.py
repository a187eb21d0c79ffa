"""What the browser sends while somebody settles by keyboard: once and only once; cases become anchor examples."""

import pytest

from survey_app.actions.adjudicating import CannotSettle, settle, take_back
from survey_app.actions.anchors import example_of, make_anchor
from survey_app.actions.assigning import assign, hand_in
from survey_app.actions.codebook import archive_code, change_code
from survey_app.actions.codebook_undo import NothingToTurn, redo_codebook, undo_codebook
from survey_app.actions.history import history_of
from survey_app.actions.opening import close_comparison
from survey_app.actions.settling import read_steps, take_steps
from survey_app.store import codebooks, schema, studies
from survey_app.store.log import new_id
from tests.survey_app.actions.planning import ids_of
from tests.survey_app.comparisons import open_comparison, opened_demo

ONE, TWO = "S-C.R3.05", "S-B.N2.07"


@pytest.fixture
def here(store):
    return opened_demo(store)


def step(here, seq, do, label="", **values):
    return {"client": "tab", "seq": seq, "do": do, "statement": here.ids.get(label, "")} | values


def take(here, *sent, person="A"):
    steps, unknown = read_steps(list(sent))
    assert not unknown
    return take_steps(here.store, person, here.study_id, steps)


def code(here, key):
    return next(
        row for row in here.table(schema.code).values() if (row["key"], row["study_id"]) == (key, here.study_id)
    )


def version(here):
    with here.store.reading() as connection:
        return codebooks.version_of(connection, here.study_id)


def test_a_chain_of_steps_needs_no_answer_in_between(here):
    first, second = new_id(), new_id()
    taken = take(
        here,
        step(here, 1, "settle", ONE, codes={"prob.low_ict": "B"}, reason="first", decision=first),
        step(here, 2, "settle", ONE, codes={"prob.unready": "A"}, reason="second", decision=second, seen=first),
        step(here, 3, "settle", TWO, codes={}, reason="nothing", decision=new_id()),
        step(here, 4, "undo"),
    )
    assert taken.refused == []
    assert len(taken.done) == 4
    assert here.decisions() == {ONE: ("decided", "second")}


def test_sent_twice_it_is_done_once(here):
    steps = [step(here, 1, "settle", ONE, codes={}, reason="once", decision=new_id()), step(here, 2, "undo")]
    take(here, *steps)
    take(here, step(here, 3, "settle", TWO, codes={}, reason="kept", decision=new_id()))
    again = take(here, *steps)
    assert (len(again.done), again.refused) == (2, [])
    assert here.decisions() == {TWO: ("decided", "kept")}


def test_what_was_refused_stays_refused_with_the_same_words(here):
    settle(here.store, "B", here.study_id, here.ids[ONE], {}, "B's")
    mine = step(here, 1, "settle", ONE, codes={"prob.unready": "A"}, decision=new_id())
    after = step(here, 2, "settle", TWO, codes={}, decision=new_id())
    first = take(here, mine, after)
    assert [name for name, _why in first.refused] == [("tab", 1)]
    assert "B has decided" in str(first.refused[0][1])
    take_back(here.store, "B", here.study_id)
    assert take(here, mine).refused == first.refused
    assert set(here.decisions()) == {TWO}


def test_an_undo_that_can_do_nothing_says_so_and_goes_on_the_next_time(here):
    first = new_id()
    take(here, step(here, 1, "settle", TWO, codes={}, decision=new_id()))
    take(here, step(here, 2, "settle", ONE, codes={}, decision=first))
    settle(here.store, "B", here.study_id, here.ids[ONE], {}, "B's", seen=first)
    assert "changed since" in str(take(here, step(here, 3, "undo")).refused[0][1])
    assert take(here, step(here, 4, "undo")).refused == []
    assert set(here.decisions()) == {ONE}
    assert "no decision of yours" in str(take(here, step(here, 5, "undo")).refused[0][1])


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "erase"}, {"do": "settle", "codes": {"a": 1}}, {"do": "settle", "reason": "x" * 5000},
        {"do": "settle", "statement": "x" * 40}, {"do": "settle", "more": 1},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_answered(sent):
    steps, unknown = read_steps([{"client": "tab", "seq": 1} | sent, "nonsense", None])
    assert steps == []
    assert [name for name, _why in unknown] == [("tab", 1)]


def test_a_name_that_is_no_id_is_refused(here):
    assert take(here, step(here, 1, "settle", ONE, codes={}, decision="mine")).refused
    assert here.decisions() == {}


def test_a_case_becomes_an_example_and_a_counter_example(here):
    before = code(here, "prob.unready"), code(here, "prob.low_ict"), version(here)
    words = " ".join(_words(here, ONE).split())
    make_anchor(here.store, "B", here.study_id, here.ids[ONE], "prob.unready", "Reluctance, not an idle tool.")
    make_anchor(here.store, "B", here.study_id, here.ids[ONE], "prob.low_ict", "It is reluctance.", counter=True)
    assert code(here, "prob.unready")["example_en"] == (
        f"{before[0]['example_en']}\n“{words}” (Reluctance, not an idle tool.)"
    )
    assert code(here, "prob.low_ict")["example_en"].endswith(f"\nNot coded so: “{words}” (It is reluctance.)")
    assert code(here, "prob.unready")["example_ru"] == before[0]["example_ru"]
    assert version(here) == before[2] + 2
    names = {row["name"] for row in here.table(schema.expert).values()}
    assert not [name for name in names if name in code(here, "prob.unready")["example_en"]]


def test_the_same_words_are_an_example_once(here):
    for _twice in range(2):
        make_anchor(here.store, "A", here.study_id, here.ids[ONE], "prob.unready", "why")
    made = version(here)
    assert code(here, "prob.unready")["example_en"].count("\n") == 1
    take(here, step(here, 1, "anchor", ONE, code="prob.unready"))
    assert version(here) == made


@pytest.mark.parametrize(("first", "why"), [(False, "an example of"), (True, "a counter-example of")])
def test_words_are_not_an_example_and_a_counter_example_of_one_code(here, first, why):
    make_anchor(here.store, "A", here.study_id, here.ids[ONE], "prob.unready", "why", counter=first)
    made = code(here, "prob.unready")["example_en"]
    with pytest.raises(CannotSettle, match=why):
        make_anchor(here.store, "A", here.study_id, here.ids[ONE], "prob.unready", counter=not first)
    make_anchor(here.store, "A", here.study_id, here.ids[ONE], "prob.unready", "again", counter=first)
    assert code(here, "prob.unready")["example_en"] == made


def test_words_within_a_longer_example_are_an_example_of_their_own(here):
    words = " ".join(_words(here, ONE).split())
    row = code(here, "prob.unready")
    change_code(here.store, "A", here.study_id, row["id"], example_en=f"Before it. {words} After it.")
    make_anchor(here.store, "A", here.study_id, here.ids[ONE], "prob.unready")
    assert code(here, "prob.unready")["example_en"].splitlines()[1:] == [f"“{words}”"]


def test_a_code_out_of_use_gets_no_example(here):
    before = code(here, "prob.unready")
    archive_code(here.store, "A", here.study_id, before["id"], archived=True)
    with pytest.raises(CannotSettle, match="no longer in use"):
        make_anchor(here.store, "A", here.study_id, here.ids[ONE], "prob.unready")
    assert code(here, "prob.unready")["example_en"] == before["example_en"]


@pytest.mark.parametrize("purpose", ["work", "training"])
def test_no_example_is_made_of_a_text_that_somebody_still_codes_blind(here, purpose):
    ids, before = ids_of(here.store, here.study), code(here, "prob.unready")
    assign(here.store, "A", here.study_id, [ids.coder["C"]], [ids.source["S-C"]], purpose=purpose)
    with pytest.raises(CannotSettle, match="C still codes this text blind"):
        make_anchor(here.store, "A", here.study_id, here.ids[ONE], "prob.unready")
    make_anchor(here.store, "A", here.study_id, here.ids[TWO], "prob.unready")
    hand_in(here.store, "C", here.study_id, ids.coder["C"], ids.source["S-C"], incomplete=True)
    make_anchor(here.store, "A", here.study_id, here.ids[ONE], "prob.unready")
    assert code(here, "prob.unready")["example_en"].count("\n") == before["example_en"].count("\n") + 2


def test_who_codes_openly_is_no_hindrance_to_an_example(here):
    ids, before = ids_of(here.store, here.study), code(here, "prob.unready")["example_en"]
    assign(here.store, "A", here.study_id, [ids.coder["C"]], [ids.source["S-C"]], mode="open")
    make_anchor(here.store, "A", here.study_id, here.ids[ONE], "prob.unready")
    assert code(here, "prob.unready")["example_en"] != before


def test_an_anchor_is_taken_back_by_who_made_it_or_in_the_codebook(here):
    before = code(here, "prob.unready")["example_en"]
    take(here, step(here, 1, "anchor", ONE, code="prob.unready", reason="why"), step(here, 2, "undo"))
    assert code(here, "prob.unready")["example_en"] == before
    take(here, step(here, 3, "anchor", ONE, code="prob.unready", reason="why"))
    undo_codebook(here.store, "B", here.study_id)
    assert code(here, "prob.unready")["example_en"] == before


def test_an_anchor_is_done_again_in_the_codebook_until_something_new_is_done(here):
    take(here, step(here, 1, "anchor", ONE, code="prob.unready", reason="why"))
    made = code(here, "prob.unready")["example_en"]
    change_code(here.store, "A", here.study_id, code(here, "prob.low_ict")["id"], example_en="other")
    undo_codebook(here.store, "B", here.study_id)
    undo_codebook(here.store, "B", here.study_id)
    assert code(here, "prob.unready")["example_en"] != made
    redo_codebook(here.store, "B", here.study_id)
    assert code(here, "prob.unready")["example_en"] == made
    undo_codebook(here.store, "B", here.study_id)
    change_code(here.store, "A", here.study_id, code(here, "prob.low_ict")["id"], example_en="newer")
    with pytest.raises(NothingToTurn):
        redo_codebook(here.store, "B", here.study_id)


def test_the_history_says_at_which_text_an_example_was_found(here):
    make_anchor(here.store, "B", here.study_id, here.ids[ONE], "prob.unready", "why")
    with here.store.reading() as connection:
        coder = next(row for row in studies.coders(connection, here.study_id) if row["key"] == "B")
    deed = history_of(here.store, here.study_id, coder)[0]
    assert ("anchor example" in str(deed.said), deed.source_key) == (True, "S-C")


def test_an_undo_by_keyboard_stops_at_a_text_that_was_closed(team):
    study, people = team
    store, coder = people["coder"]
    machine = store.acting(None)
    [source] = open_comparison(machine, study, keys=["S-C"])
    statement = next(row["id"] for row in _rows(store, schema.statement) if row["source_id"] == source["id"])
    sent = [{"client": "tab", "seq": 1, "do": "settle", "statement": statement, "decision": new_id()}]
    assert take_steps(store, coder["key"], study["id"], read_steps(sent)[0]).refused == []
    close_comparison(machine, "A", study["id"], [source["id"]])
    undo = read_steps([{"client": "tab", "seq": 2, "do": "undo"}])[0]
    assert "not open to you" in str(take_steps(store, coder["key"], study["id"], undo).refused[0][1])
    assert [row["statement_id"] for row in _rows(store, schema.decision)] == [statement]


def test_examples_have_an_end(here):
    full = "x" * 3990
    change_code(here.store, "A", here.study_id, code(here, "prob.unready")["id"], example_en=full)
    with pytest.raises(CannotSettle, match="full"):
        make_anchor(here.store, "A", here.study_id, here.ids[ONE], "prob.unready")
    assert code(here, "prob.unready")["example_en"] == full


def test_an_anchor_is_made_where_the_comparison_is_open(team):
    study, people = team
    store, coder = people["coder"]
    closed = next(
        row["id"] for row in _rows(store, schema.statement)
        if row["label"] == ONE and row["source_id"] in {one["id"] for one in _sources(store, study)}
    )  # fmt: skip
    with pytest.raises(CannotSettle, match="not open to you"):
        make_anchor(store, coder["key"], study["id"], closed, "prob.unready")


def test_a_russian_case_is_told_in_russian():
    assert example_of("Слова", "потому", "ru", counter=False).startswith("«Слова»")
    assert "Слова" in example_of("Слова", "", "ru", counter=True)


def _words(here, label):
    statement = here.table(schema.statement)[here.ids[label]]
    return here.table(schema.source)[statement["source_id"]]["text"][statement["start"] : statement["end"]]


def _rows(store, table):
    from sqlalchemy import select

    from survey_app.store.log import rows

    with store.reading() as connection:
        return rows(connection, select(table))


def _sources(store, study):
    return [row for row in _rows(store, schema.source) if row["study_id"] == study["id"]]
