"""Memos: each coder's own, on whatever is of the study, found by their words."""

from uuid import uuid4

import pytest

from survey_app.actions.coding_desk import take
from survey_app.actions.memos import LONGEST, MemoProblem, memos_of, write_memo
from survey_app.actions.studies import need_study
from survey_app.store import studies
from tests.survey_app.actions.test_coding_desk import adding, operation


def write(place, text, about="study", about_id="", coder="A"):
    write_memo(
        place.store, coder, place.study["id"], place.coders[coder]["id"], about=about,
        about_id=about_id or place.study["id"], text=text,
    )  # fmt: skip


def read(place, search="", coder="A"):
    return [memo.text for memo in memos_of(place.store, place.study["id"], place.coders[coder]["id"], search)]


def test_a_memo_is_written_changed_and_removed_and_nobody_else_reads_it(place):
    write(place, "First thought")
    assert read(place) == ["First thought"]
    assert read(place, coder="B") == []
    write(place, "Second thought")
    assert read(place) == ["Second thought"]
    write(place, "  ")
    assert read(place) == []


def test_memos_are_found_by_their_words_and_by_what_was_said(place):
    statement = place.paper.statements[1]
    take(place.store, place.desk, [
        operation(1, "memo", label="statement", about=statement["id"], text="Compare with panel B"),
        operation(2, "memo", label="source", about=place.source, text="A lively session"),
    ])  # fmt: skip
    assert read(place, "panel COMPARE") == ["Compare with panel B"]
    assert read(place, "nobody trains") == ["Compare with panel B"]
    assert read(place, "weather") == []
    [memo] = memos_of(place.store, place.study["id"], place.coders["A"]["id"], "compare")
    assert memo.source_key
    assert memo.words == place.text[statement["start"] : statement["end"]]


def test_a_memo_on_a_coding_is_silent_while_the_coding_is_gone_and_comes_back_with_it(place):
    coding = adding(place, 1)
    take(place.store, place.desk, [coding, operation(2, "memo", label="coding", about=coding.coding, text="Sure?")])
    assert read(place) == ["Sure?"]
    take(place.store, place.desk, [operation(3, "remove", coding=coding.coding)])
    assert read(place) == []
    take(place.store, place.desk, [operation(4, "undo")])
    assert read(place) == ["Sure?"]


@pytest.mark.parametrize("about", ["study", "source", "expert", "code", "statement", "weather"])
def test_a_memo_on_nothing_of_this_study_is_refused(place, about):
    with pytest.raises(MemoProblem, match="no longer there"):
        write(place, "Lost", about, str(uuid4()))


def test_a_memo_has_an_end(place):
    with pytest.raises(MemoProblem, match="at most"):
        write(place, "x" * (LONGEST + 1))


def test_the_demo_has_the_memos_of_its_coders(store):
    study = need_study(store, "demo-ru")
    with store.reading() as connection:
        coders = {row["key"]: row["id"] for row in studies.coders(connection, study["id"])}
    kinds = {key: sorted(memo.about for memo in memos_of(store, study["id"], coders[key])) for key in coders}
    assert kinds == {"A": ["code", "expert", "source", "study"], "B": ["study"], "C": []}
