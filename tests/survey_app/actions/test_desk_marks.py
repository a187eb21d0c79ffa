"""What a coder says besides codes, resized codings and new codes: checked, blind, undone like any keystroke."""

from uuid import uuid4

import pytest

from survey_app.actions.coding_desk import take
from survey_app.actions.desk_paper import snapshot
from survey_app.store import codebooks
from survey_app.store import codes as code_rows
from tests.survey_app.actions.test_coding_desk import adding, operation, refusals, spans


def marks(place, desk=None):
    return {(mark["kind"], mark["name"]): mark["text"] for mark in snapshot(place.store, desk or place.desk).marks}


def do(place, seq, what, **values):
    return take(place.store, place.desk, [operation(seq, what, **values)])


def statement(place):
    return place.paper.statements[1]["id"]


def test_a_flag_is_set_and_taken_away_and_nobody_else_sees_it(place):
    do(place, 1, "flag", about=statement(place), text="1")
    assert marks(place) == {("flag", ""): "1"}
    assert marks(place, place.other) == {}
    do(place, 2, "flag", about=statement(place))
    assert marks(place) == {}


def test_a_value_is_one_of_the_codebook_and_the_last_one_counts(place):
    for seq, said in enumerate(["fact", "proposal"], start=1):
        do(place, seq, "value", about=statement(place), label="modality", text=said)
    assert marks(place) == {("value", "modality"): "proposal"}
    assert refusals(do(place, 3, "value", about=statement(place), label="modality", text="rumour")) == [
        "“rumour” is not a value of this attribute."
    ]
    do(place, 4, "undo")
    assert marks(place) == {("value", "modality"): "fact"}
    do(place, 5, "value", about=statement(place), label="modality")
    assert marks(place) == {}


def test_an_attribute_with_an_open_list_takes_any_words(place):
    do(place, 1, "value", about=statement(place), label="life_situation", text=" birth of a child ")
    assert marks(place) == {("value", "life_situation"): "birth of a child"}


def test_an_attribute_that_the_codebook_lacks_is_refused(place):
    said = do(place, 1, "value", about=statement(place), label="mood", text="calm")
    assert "no longer in the codebook" in refusals(said)[0]


@pytest.mark.parametrize("kind", ["study", "source", "code", "statement", "coding"])
def test_a_memo_may_be_about_whatever_is_of_the_study(place, kind):
    coding = adding(place, 1)
    take(place.store, place.desk, [coding])
    ids = {"study": place.study["id"], "source": place.source, "code": place.codes["prob.skills"],
           "statement": statement(place), "coding": coding.coding}  # fmt: skip
    do(place, 2, "memo", label=kind, about=ids[kind], text="Compare with the other panel.")
    assert marks(place) == {("memo", kind): "Compare with the other panel."}
    do(place, 3, "memo", label=kind, about=ids[kind], text="Compared.")
    do(place, 4, "undo")
    assert marks(place) == {("memo", kind): "Compare with the other panel."}


@pytest.mark.parametrize("kind", ["study", "source", "expert", "code", "statement", "coding", "weather"])
def test_a_memo_about_something_else_is_refused(place, kind):
    said = do(place, 1, "memo", label=kind, about=str(uuid4()), text="Lost")
    assert len(said.refused) == 1
    assert marks(place) == {}


def test_a_coding_is_resized_and_back(place):
    coding = adding(place, 1, 0, 7)
    take(place.store, place.desk, [coding])
    do(place, 2, "resize", coding=coding.coding, start=0, end=12)
    assert spans(place) == [(0, 12)]
    do(place, 3, "undo")
    assert spans(place) == [(0, 7)]


def test_a_coding_is_not_resized_onto_its_twin_nor_out_of_the_text_nor_by_another(place):
    first, second = adding(place, 1, 0, 7), adding(place, 2, 0, 12)
    take(place.store, place.desk, [first, second])
    assert "already" in refusals(do(place, 3, "resize", coding=first.coding, start=0, end=12))[0]
    assert "does not lie" in refusals(do(place, 4, "resize", coding=first.coding, start=0, end=10**6))[0]
    other = take(place.store, place.other, [operation(1, "resize", client="b", coding=first.coding, start=0, end=3)])
    assert "no longer there" in refusals(other)[0]
    assert spans(place) == [(0, 7), (0, 12)]


def test_a_coding_remembers_the_version_of_the_codebook(place):
    take(place.store, place.desk, [adding(place, 1)])
    new = str(uuid4())
    do(place, 2, "code", code=new, parent=place.codes["prob"], label="Old maps")
    take(place.store, place.desk, [adding(place, 3, 8, 12)])
    versions = [row["codebook_version"] for row in snapshot(place.store, place.desk).codings]
    assert versions == [1, 2]


def test_a_new_code_is_undone_only_while_nobody_uses_it(place):
    new = str(uuid4())
    do(place, 1, "code", code=new, parent=place.codes["prob"], label="Old maps")
    using = operation(1, "add", client="b", coding=str(uuid4()), code=new, start=0, end=7)
    take(place.store, place.other, [using])
    assert "in use" in refusals(do(place, 2, "undo"))[0]
    take(place.store, place.other, [operation(2, "undo", client="b")])
    assert refusals(do(place, 3, "undo")) == []
    with place.store.reading() as connection:
        assert new not in {row["id"] for row in code_rows.codes(connection, place.study["id"])}
        assert codebooks.version_of(connection, place.study["id"]) == 3


@pytest.mark.parametrize("label", ["", "Skills shortage among officials"])
def test_a_new_code_needs_a_name_of_its_own(place, label):
    assert len(do(place, 1, "code", code=str(uuid4()), parent=place.codes["prob"], label=label).refused) == 1
