"""Comparing coders: only what is open, only to whom it is open, with nothing of training in it."""

import pytest

from survey_app.actions.comparing import CLOSED, OPEN, UNFINISHED, compare, said_by, texts_to_compare
from survey_app.actions.rights import NotPermitted
from survey_app.actions.studies import need_study
from survey_app.store import schema
from tests.survey_app.comparisons import DIFFERENT, open_comparison, opened_demo


def assign(store, study, coder_id, source_id, **values):
    with store.change(study["id"], "A", "assign") as change:
        row = {"study_id": study["id"], "coder_id": coder_id, "source_id": source_id, "created_at": "2026-01-01"}
        change.insert(schema.assignment, row | values)


def test_the_demo_differs_where_its_table_says(store):
    here = opened_demo(store)
    found = compare(store, here.study_id, here.sources, ["A", "B"])
    differing = found.rows[~found.rows["agree"]]["statement_id"].tolist()
    assert set(differing) == {here.ids[row["statement_id"]] for row in DIFFERENT}
    assert found.rows["statement_id"].tolist()[: len(differing)] == differing
    kinds = found.differences("A").set_index("statement_id")["kind"].to_dict()
    assert kinds == {
        here.ids["S-A.U1.04"]: "missed", here.ids["S-A.B1.08"]: "extra", here.ids["S-A.B1.11"]: "extra",
        here.ids["S-B.N2.07"]: "missed", here.ids["S-C.R3.05"]: "other_code", here.ids["S-C.U2.04"]: "other_code",
    }  # fmt: skip
    cells = found.confusions("A", "B").set_index(["code_id", "other_code_id"])["statement_ids"]
    assert set(cells["prob.unready", "prob.low_ict"]) == {here.ids["S-C.R3.05"], here.ids["S-C.U2.04"]}


def test_nothing_is_compared_before_the_opening_even_by_who_sits_at_the_machine(unopened):
    study = need_study(unopened, "demo-en")
    texts = texts_to_compare(unopened, study["id"])
    assert {text.state for text in texts} == {CLOSED}
    assert not any(text.coders for text in texts)
    found = compare(unopened, study["id"], [text.source_id for text in texts], ["A", "B"])
    assert found.rows.empty
    assert not found.given.decided
    assert found.frames.codings.empty


def test_an_open_text_names_who_coded_there(store):
    opened_demo(store)
    study = need_study(store, "demo-en")
    texts = {text.key: text for text in texts_to_compare(store, study["id"])}
    assert (texts["S-A"].state, texts["S-A"].coders) == (OPEN, ("A", "B", "C"))
    assert texts["S-B"].coders == ("A", "B")
    assert texts["S-A-chat"].state == CLOSED


def test_who_still_codes_blind_sees_no_comparison(team):
    study, people = team
    store, coder = people["coder"]
    [source] = open_comparison(people["owner"][0].acting(None), study, keys=["S-A"])
    assert OPEN in {text.state for text in texts_to_compare(store, study["id"])}
    assign(people["owner"][0].acting(None), study, coder["id"], source["id"], mode="blind")
    texts = {text.source_id: text for text in texts_to_compare(store, study["id"])}
    assert (texts[source["id"]].state, texts[source["id"]].coders) == (UNFINISHED, ())
    assert compare(store, study["id"], [source["id"]], ["A", "B"]).rows.empty
    owner = people["owner"][0]
    assert not compare(owner, study["id"], [source["id"]], ["A", "B"]).rows.empty


def test_a_reader_compares_nothing(team):
    study, people = team
    store, _nobody = people["reader"]
    for ask in (texts_to_compare, lambda *given: compare(*given, [], []), lambda *given: said_by(*given, [])):
        with pytest.raises(NotPermitted):
            ask(store, study["id"])


def test_training_is_left_out(unopened):
    here = opened_demo(unopened)
    with unopened.reading() as connection:
        from survey_app.store import studies

        coders = {row["key"]: row["id"] for row in studies.coders(connection, here.study_id)}
    assign(unopened, here.study, coders["C"], here.sources[0], purpose="training")
    given = compare(unopened, here.study_id, here.sources, ["A", "B", "C"]).given
    assert not given.of["C"]
    texts = {text.source_id: text for text in texts_to_compare(unopened, here.study_id)}
    assert texts[here.sources[0]].coders == ("A", "B")


def test_people_are_named_as_on_the_desk(store):
    here = opened_demo(store)
    names = {who["name"] for who in said_by(store, here.study_id, here.sources).values()}
    experts = {row["name"] for row in here.table(schema.expert).values() if row["study_id"] == here.study_id}
    assert experts <= names
