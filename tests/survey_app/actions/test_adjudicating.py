"""Settling differences: who decided and why, the coders' own codings untouched, nobody overwritten."""

from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from survey_app.actions import opening as closing
from survey_app.actions.adjudicating import (
    CannotSettle,
    SettledMeanwhile,
    settle,
    settle_agreed,
    take_back,
)
from survey_app.actions.anchors import make_anchor
from survey_app.actions.assigning import assign
from survey_app.actions.comparing import compare
from survey_app.actions.history import history_of
from survey_app.actions.rights import NotPermitted
from survey_app.actions.segmenting import split_statement
from survey_app.store import codes as code_rows
from survey_app.store import decisions as decision_rows
from survey_app.store import schema, sources, studies
from survey_app.store.log import Gone, new_id
from survey_app.store.undo import UndoRefused
from tests.survey_app.comparisons import DIFFERENT, open_comparison, opened_demo

ONE, TWO = "S-C.R3.05", "S-B.N2.07"


@pytest.fixture
def here(store):
    return opened_demo(store)


@pytest.fixture
def bare(here):
    """The same without the adjudicated layer that the demo brings along."""
    with here.store.change(here.study_id, "A", "clear") as change:
        change.delete(schema.coding, list(here.layer("adjudicated")))
    return here


def decision_id(here, label):
    return next(row["id"] for row in here.table(schema.decision).values() if row["statement_id"] == here.ids[label])


def coder_id(here, key):
    with here.store.reading() as connection:
        return next(row["id"] for row in studies.coders(connection, here.study_id) if row["key"] == key)


def put(here, label, coder, code, start, end, layer="coder"):
    """A coding on part of a statement."""
    statement = here.table(schema.statement)[here.ids[label]]
    codes = {row["key"]: key for key, row in here.table(schema.code).items() if row["study_id"] == here.study_id}
    with here.store.change(here.study_id, coder, "add_coding") as change:
        change.insert(
            schema.coding,
            {"source_id": statement["source_id"], "start": statement["start"] + start, "end": statement["start"] + end,
             "code_id": codes[code], "coder_id": coder_id(here, coder), "layer": layer},
        )  # fmt: skip


def test_the_six_differences_of_the_demo_are_settled_as_its_table_says(here):
    before = here.layer("coder")
    for row in DIFFERENT:
        codes = {code: "A" for code in row["codes_adjudicated"].split(";") if code}
        settle(here.store, "B", here.study_id, here.ids[row["statement_id"]], codes, row["reason_en"])
    assert here.decisions() == {row["statement_id"]: ("decided", row["reason_en"]) for row in DIFFERENT}
    assert here.layer("coder") == before
    for row in DIFFERENT:
        assert [code for code, _start, _end in here.adjudicated(row["statement_id"])] == sorted(
            code for code in row["codes_adjudicated"].split(";") if code
        )
    who = coder_id(here, "B")
    assert {row["coder_id"] for row in here.table(schema.decision).values()} == {who}
    settled = [row for row in here.layer("adjudicated").values() if row["coder_id"] == who]
    assert len(settled) == 5
    assert all(row["created_at"] and row["codebook_version"] for row in settled)
    assert compare(here.store, here.study_id, here.sources, ["A", "B"]).settled == {
        here.ids[row["statement_id"]] for row in DIFFERENT
    }


def test_the_words_are_those_of_the_coder_who_is_followed_or_the_whole_statement(bare):
    put(bare, ONE, "B", "prob.skills", 3, 21)
    settle(bare.store, "A", bare.study_id, bare.ids[ONE], {"prob.skills": "B", "prob.unready": ""})
    statement = bare.table(schema.statement)[bare.ids[ONE]]
    length = statement["end"] - statement["start"]
    found = {code: (start, end) for code, start, end in bare.adjudicated(ONE)}
    text = bare.table(schema.source)[statement["source_id"]]["text"][statement["start"] : statement["end"]]
    words = text[3:21]
    assert found["prob.unready"] == (0, length)
    assert found["prob.skills"] == (3 + len(words) - len(words.lstrip()), 3 + len(words.rstrip()))


def test_a_coding_that_reaches_over_neighbours_stays_on_them(bare):
    statement = bare.table(schema.statement)[bare.ids["S-A.F1.02"]]
    same = sorted(
        (row for row in bare.table(schema.statement).values() if row["source_id"] == statement["source_id"]),
        key=lambda row: row["start"],
    )
    at = same.index(statement)
    labels = [same[at + step]["label"] for step in (-1, 0, 1)]
    put(bare, labels[0], "A", "prob.skills", 0, same[at + 1]["end"] - same[at - 1]["start"], "adjudicated")
    settle(bare.store, "B", bare.study_id, bare.ids[labels[1]], {})
    given = compare(bare.store, bare.study_id, bare.sources, ["A", "B"]).given.decided
    assert [tuple(given[bare.ids[label]]) for label in labels] == [("prob.skills",), (), ("prob.skills",)]
    assert {row["coder_id"] for row in bare.layer("adjudicated").values()} == {coder_id(bare, "A")}


def test_a_second_decision_replaces_the_first_on_its_statement_alone(here):
    first = settle(here.store, "A", here.study_id, here.ids[ONE], {"prob.low_ict": "B"}, "first")
    others = {
        key: row for key, row in here.layer("adjudicated").items()
        if row["source_id"] != here.table(schema.statement)[here.ids[ONE]]["source_id"]
    }  # fmt: skip
    settle(here.store, "A", here.study_id, here.ids[ONE], {"prob.unready": "A"}, "second", seen=first)
    assert here.decisions() == {ONE: ("decided", "second")}
    assert [code for code, *_place in here.adjudicated(ONE)] == ["prob.unready"]
    assert others.items() <= here.layer("adjudicated").items()


def test_who_comes_second_is_told_who_decided_and_why(here):
    settle(here.store, "A", here.study_id, here.ids[ONE], {"prob.unready": "A"}, "It is fear.")
    before = here.layer("adjudicated")
    with pytest.raises(SettledMeanwhile) as told:
        settle(here.store, "B", here.study_id, here.ids[ONE], {"prob.low_ict": "B"}, "It is idle.")
    assert "A has decided" in str(told.value)
    assert "It is fear." in str(told.value)
    assert told.value.decided["coder_key"] == "A"
    assert here.decisions() == {ONE: ("decided", "It is fear.")}
    assert here.layer("adjudicated") == before
    with pytest.raises(SettledMeanwhile, match="taken back"):
        settle(here.store, "B", here.study_id, here.ids[TWO], {}, seen=new_id())


def test_two_at_once_one_is_first(here):
    at_once, told = Barrier(2), []

    def decide(person, code):
        at_once.wait()
        try:
            settle(here.store, person, here.study_id, here.ids[ONE], {code: person}, f"so says {person}")
        except SettledMeanwhile as problem:
            told.append((person, problem.decided["coder_key"]))

    both = [Thread(target=decide, args=each) for each in (("A", "prob.unready"), ("B", "prob.low_ict"))]
    for each in both:
        each.start()
    for each in both:
        each.join()
    [(second, first)] = told
    assert {first, second} == {"A", "B"}
    assert here.decisions() == {ONE: ("decided", f"so says {first}")}
    assert [code for code, *_place in here.adjudicated(ONE)] == ["prob.unready" if first == "A" else "prob.low_ict"]


def test_undo_brings_back_what_was_adjudicated_before(here):
    imported = here.layer("adjudicated")
    first = settle(here.store, "A", here.study_id, here.ids[ONE], {}, "first")
    after_first = here.layer("adjudicated")
    settle(here.store, "A", here.study_id, here.ids[ONE], {"prob.skills": ""}, "second", seen=first)
    assert take_back(here.store, "A", here.study_id)
    assert here.decisions() == {ONE: ("decided", "first")}
    assert here.layer("adjudicated") == after_first
    assert take_back(here.store, "A", here.study_id)
    assert here.decisions() == {}
    assert here.layer("adjudicated") == imported
    assert not take_back(here.store, "A", here.study_id)


def test_undo_turns_back_nobody_elses_decision(here):
    mine = settle(here.store, "A", here.study_id, here.ids[ONE], {"prob.unready": "A"}, "mine")
    settle(here.store, "A", here.study_id, here.ids[TWO], {}, "mine too")
    settle(here.store, "B", here.study_id, here.ids[TWO], {"prob.skills": "B"}, "B's", seen=decision_id(here, TWO))
    with pytest.raises(UndoRefused):
        take_back(here.store, "A", here.study_id)
    assert here.decisions()[TWO] == ("decided", "B's")
    assert take_back(here.store, "A", here.study_id)  # goes on before what cannot be turned any more
    assert ONE not in here.decisions()
    assert mine


def test_what_was_passed_over_is_tried_again_once_nothing_is_in_the_way(here):
    first = settle(here.store, "A", here.study_id, here.ids[ONE], {"prob.unready": "A"}, "mine")
    settle(here.store, "B", here.study_id, here.ids[ONE], {"prob.skills": ""}, "B's", seen=first)
    with pytest.raises(UndoRefused):
        take_back(here.store, "A", here.study_id)
    assert not take_back(here.store, "A", here.study_id)
    assert here.decisions() == {ONE: ("decided", "B's")}
    assert take_back(here.store, "B", here.study_id)
    assert here.decisions() == {ONE: ("decided", "mine")}
    assert take_back(here.store, "A", here.study_id)
    assert here.decisions() == {}


@pytest.fixture
def hands(team):
    """The study with S-A open, in the hands of coder C: their store, the machine's, the text, its statements."""
    study, people = team
    machine = people["owner"][0].acting(None)
    [source] = open_comparison(machine, study, keys=["S-A"])
    with machine.reading() as connection:
        ids = {row["label"]: row["id"] for row in sources.statements(connection, source["id"])}
    return SimpleNamespace(
        store=people["coder"][0], machine=machine, study=study, study_id=study["id"], source=source, ids=ids
    )


def decided_at(hands):
    with hands.machine.reading() as connection:
        return {row["statement_id"] for row in decision_rows.decisions(connection, hands.study_id)}


@pytest.mark.parametrize("act", ["settle", "settle_agreed"])
def test_nobody_takes_back_what_was_decided_at_a_text_that_is_closed_to_them(hands, act):
    if act == "settle":
        settle(hands.store, "C", hands.study_id, hands.ids["S-A.U1.04"], {}, "because")
    else:
        with hands.machine.change(hands.study_id, "A", "clear") as change:
            coding = schema.coding
            query = select(coding.c.id).where(coding.c.layer == "adjudicated", coding.c.source_id == hands.source["id"])
            change.delete(coding, list(change.connection.scalars(query)))
        assert settle_agreed(hands.store, "C", hands.study_id, [hands.source["id"]], ["A", "B"])
    before = decided_at(hands)
    closing.close_comparison(hands.machine, "A", hands.study_id, [hands.source["id"]])
    with pytest.raises(CannotSettle, match="not open to you"):
        take_back(hands.store, "C", hands.study_id)
    assert not take_back(hands.store, "C", hands.study_id)
    assert decided_at(hands) == before
    open_comparison(hands.machine, hands.study, keys=["S-A"])
    assert take_back(hands.store, "C", hands.study_id)
    assert decided_at(hands) == set()


def test_nobody_takes_back_an_example_from_a_text_that_they_code_blind(hands):
    make_anchor(hands.store, "C", hands.study_id, hands.ids["S-A.U1.04"], "prob.unready", "why")
    with hands.machine.reading() as connection:
        there = {row["key"]: row["example_en"] for row in code_rows.codes(connection, hands.study_id)}
        [mine] = [row["id"] for row in studies.coders(connection, hands.study_id) if row["key"] == "C"]
    assign(hands.machine, "A", hands.study_id, [mine], [hands.source["id"]])
    with pytest.raises(CannotSettle, match="not open to you"):
        take_back(hands.store, "C", hands.study_id)
    with hands.machine.reading() as connection:
        assert {row["key"]: row["example_en"] for row in code_rows.codes(connection, hands.study_id)} == there


def test_a_chosen_decision_is_taken_back_by_whoever_has_seen_it(here):
    imported = here.layer("adjudicated")
    first = settle(here.store, "A", here.study_id, here.ids[ONE], {"prob.skills": ""}, "mine")
    settle(here.store, "A", here.study_id, here.ids[TWO], {}, "later")
    with pytest.raises(SettledMeanwhile):
        take_back(here.store, "B", here.study_id, here.ids[ONE])
    assert take_back(here.store, "B", here.study_id, here.ids[ONE], seen=first)
    assert set(here.decisions()) == {TWO}
    lost = here.ids[TWO]
    assert {key for key in imported if key not in here.layer("adjudicated")} <= {
        row["id"] for row in imported.values()
        if row["source_id"] == here.table(schema.statement)[lost]["source_id"]
    }  # fmt: skip


def test_what_nobody_differs_on_is_taken_over_at_once_and_taken_back_at_once(bare):
    before = bare.layer("coder")
    count = settle_agreed(bare.store, "B", bare.study_id, bare.sources, ["A", "B"])
    assert count == 280 - len(DIFFERENT)
    assert {how for how, _reason in bare.decisions().values()} == {"agreed"}
    assert not {row["statement_id"] for row in DIFFERENT} & set(bare.decisions())
    assert bare.layer("coder") == before
    given = compare(bare.store, bare.study_id, bare.sources, ["A", "B"]).given
    assert all(given.decided[key] == given.of["A"][key] for key in given.decided)
    assert settle_agreed(bare.store, "B", bare.study_id, bare.sources, ["A", "B"]) == 0
    assert take_back(bare.store, "B", bare.study_id)
    assert bare.decisions() == {}
    assert bare.layer("adjudicated") == {}


def test_one_that_was_taken_over_with_others_goes_back_alone(bare):
    settle_agreed(bare.store, "B", bare.study_id, bare.sources, ["A", "B"])
    held = next(row for row in bare.decisions() if bare.adjudicated(row))
    assert take_back(bare.store, "A", bare.study_id, bare.ids[held], seen=decision_id(bare, held))
    assert held not in bare.decisions()
    assert len(bare.decisions()) == 280 - len(DIFFERENT) - 1
    assert bare.adjudicated(held) == []


def test_a_layer_that_was_brought_in_is_there_without_a_reason(here):
    found = compare(here.store, here.study_id, here.sources, ["A", "B"])
    assert len(found.given.decided) == 200
    assert found.settled == frozenset()
    assert settle_agreed(here.store, "A", here.study_id, here.sources, ["A", "B"]) == 280 - 200 - 2
    assert {how for how, _reason in here.decisions().values()} == {"agreed"}


def test_agreeing_is_no_decision_on_what_differs_since(bare):
    settle_agreed(bare.store, "B", bare.study_id, bare.sources, ["A", "B"])
    put(bare, "S-A.F1.02", "B", "prob.funding", 0, 30)
    found = compare(bare.store, bare.study_id, bare.sources, ["A", "B"])
    assert bare.ids["S-A.F1.02"] not in found.settled
    assert bare.ids["S-A.F1.02"] in found.rows[~found.rows["agree"]]["statement_id"].tolist()


def test_what_makes_no_decision_changes_nothing(here):
    with pytest.raises(CannotSettle, match="no longer in use"):
        settle(here.store, "A", here.study_id, here.ids[ONE], {"prob.nonsense": ""})
    with pytest.raises(CannotSettle, match="no longer in use"):
        settle(here.store, "A", here.study_id, here.ids[ONE], {"prob": ""})
    with pytest.raises(CannotSettle, match="changed this statement"):
        settle(here.store, "A", here.study_id, here.ids[ONE], {"prob.unready": "B"})
    with pytest.raises(CannotSettle, match="name of a coder"):
        settle(here.store, "nobody", here.study_id, here.ids[ONE], {})
    with pytest.raises(Gone):
        settle(here.store, "A", here.study_id, new_id(), {})
    assert here.decisions() == {}


def test_only_who_sees_the_comparison_decides(team):
    study, people = team
    machine = people["owner"][0].acting(None)
    [source] = open_comparison(machine, study, keys=["S-A"])
    with machine.reading() as connection:
        texts = sources.sources(connection, study["id"])
        ids = {row["label"]: row["id"] for text in texts for row in sources.statements(connection, text["id"])}
    store, coder = people["coder"]
    with pytest.raises(CannotSettle, match="not open to you"):
        settle(store, coder["key"], study["id"], ids[ONE], {})
    with pytest.raises(NotPermitted):
        settle(store, "A", study["id"], ids["S-A.U1.04"], {})
    with machine.change(study["id"], "A", "assign") as change:
        change.insert(
            schema.assignment,
            {"study_id": study["id"], "coder_id": coder["id"], "source_id": source["id"], "mode": "blind"},
        )
    with pytest.raises(CannotSettle, match="not open to you"):
        settle(store, coder["key"], study["id"], ids["S-A.U1.04"], {})
    with pytest.raises(NotPermitted):
        settle(people["reader"][0], "", study["id"], ids["S-A.U1.04"], {})
    researcher, other = people["researcher"]
    assert settle(researcher, other["key"], study["id"], ids["S-A.U1.04"], {}, "because")


def test_a_statement_that_is_cut_waits_again(here):
    settle(here.store, "A", here.study_id, here.ids[ONE], {"prob.unready": "A"}, "mine")
    statement = here.table(schema.statement)[here.ids[ONE]]
    text = here.table(schema.source)[statement["source_id"]]["text"]
    at = text.index(" ", (statement["start"] + statement["end"]) // 2)
    split_statement(here.store, "A", here.study_id, statement["source_id"], statement["id"], at)
    assert here.decisions() == {}
    with pytest.raises(UndoRefused):
        take_back(here.store, "A", here.study_id)


def test_the_history_tells_decisions_and_not_their_codings(here):
    coder = {"id": coder_id(here, "B"), "key": "B"}
    settle(here.store, "B", here.study_id, here.ids[TWO], {"prob.skills": "B"}, "mine")
    settle(here.store, "B", here.study_id, here.ids["S-A.B1.08"], {}, "mine")
    told = [str(deed.said) for deed in history_of(here.store, here.study_id, coder)][:2]
    assert "has no code" in told[0]
    assert told[1].endswith(": P01.")
    of_statement = history_of(here.store, here.study_id, coder, statement_id=here.ids[TWO])
    assert next(str(deed.said) for deed in of_statement) == told[1]
