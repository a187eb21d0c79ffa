"""An undo of the codebook leaves what coders have done to their codings since, and turns back the rest."""

import pytest

from survey_app.actions.bringing_in import take_out_source
from survey_app.actions.checking import check_store
from survey_app.actions.code_merging import assign_codings, split_code
from survey_app.actions.codebook import add_code
from survey_app.actions.codebook_undo import Turned, redo_codebook, undo_codebook
from survey_app.store import schema
from survey_app.store.undo import UndoRefused
from tests.survey_app.actions.test_code_merging import codebook, everything, merge, put, spans


def lay(place, row_id, **values):
    """Somebody else does something to a coding; without values it is removed."""
    with place.store.change(place.study["id"], "B", "move") as change:
        if values:
            change.update(schema.coding, row_id, **values)
        else:
            change.delete(schema.coding, row_id)


def test_an_undo_leaves_codings_that_were_changed_since_and_turns_back_the_rest(place):
    resized, removed, other = (put(place, "prob.skills", start, start + 8) for start in (40, 60, 80))
    add_code(place.store, "A", place.study["id"], parent_id=place.codes["prob"], label_en="Earlier")
    merge(place)
    lay(place, resized, end=52)
    lay(place, removed)
    assert undo_codebook(place.store, "A", place.study["id"]) == Turned("merge_codes", 2)
    assert spans(place, "prob.low_ict") == [(40, 52)]
    assert spans(place, "prob.skills") == [(80, 88)]
    assert not codebook(place)["prob.skills"]["archived"]
    assert check_store(place.store) == []
    assert redo_codebook(place.store, "B", place.study["id"]) == Turned("merge_codes", 2)
    assert spans(place, "prob.low_ict") == [(40, 52), (80, 88)]
    assert undo_codebook(place.store, "A", place.study["id"]) == Turned("merge_codes", 2)
    assert everything(place)["coding"][other]["code_id"] == place.codes["prob.skills"]
    assert undo_codebook(place.store, "A", place.study["id"]) == Turned("add_code")
    assert check_store(place.store) == []


def test_codings_that_became_one_stay_one_where_it_was_changed_since(place):
    kept = put(place, "prob.skills", 40, 50, made="2020-01-01")
    gone = put(place, "prob.low_ict", 45, 60, made="2021-01-01")
    with place.store.change(place.study["id"], "A", "note") as change:
        for about, text in ((kept, "First."), (gone, "Second.")):
            change.insert(
                schema.memo,
                {"study_id": place.study["id"], "coder_id": place.coders["A"]["id"], "about": "coding",
                 "about_id": about, "text": text},
            )  # fmt: skip
    merge(place)
    lay(place, kept, start=45)
    assert undo_codebook(place.store, "A", place.study["id"]) == Turned("merge_codes", 1)
    assert (spans(place, "prob.skills"), spans(place, "prob.low_ict")) == ([], [(45, 60)])
    assert [row["text"] for row in everything(place)["memo"].values()] == ["First.\n\nSecond."]


def test_a_memo_that_was_written_on_since_holds_its_codings_together(place):
    kept = put(place, "prob.skills", 40, 50, made="2020-01-01")
    gone = put(place, "prob.low_ict", 45, 60, made="2021-01-01")
    row = {"study_id": place.study["id"], "coder_id": place.coders["A"]["id"], "about": "coding", "about_id": gone}
    with place.store.change(place.study["id"], "A", "note") as change:
        memo = change.insert(schema.memo, row | {"text": "Second."})[0]
    merge(place)
    with place.store.change(place.study["id"], "A", "note") as change:
        change.update(schema.memo, memo, text="Third.")
    assert undo_codebook(place.store, "A", place.study["id"]) == Turned("merge_codes", 1)
    assert spans(place, "prob.low_ict") == [(40, 60)]
    assert everything(place)["memo"][memo]["about_id"] == kept


def test_an_undo_is_refused_where_a_coding_would_lose_its_code(place):
    goes = put(place, "prob.skills", 40, 50)
    (new,) = split_code(place.store, "A", place.study["id"], place.codes["prob.skills"], [("New", "")], {goes: 0})
    lay(place, goes, end=52)
    before = everything(place)
    with pytest.raises(UndoRefused, match="got codings"):
        undo_codebook(place.store, "A", place.study["id"])
    assert everything(place) == before
    lay(place, goes)
    assert undo_codebook(place.store, "A", place.study["id"]) == Turned("split_code", 1)
    assert new not in everything(place)["code"]
    place.codes["new"] = add_code(place.store, "A", place.study["id"], parent_id=place.codes["prob"], label_en="N")
    foreign = put(place, "new", 40, 50, "B")
    with pytest.raises(UndoRefused, match="got codings"):
        undo_codebook(place.store, "A", place.study["id"])
    assert foreign in everything(place)["coding"]


def test_a_merge_is_not_done_again_over_codings_that_it_would_hide(place):
    put(place, "prob.skills", 40, 50)
    merge(place)
    undo_codebook(place.store, "A", place.study["id"])
    put(place, "prob.skills", 60, 70, "B")
    with pytest.raises(UndoRefused, match="got codings"):
        redo_codebook(place.store, "A", place.study["id"])
    merge(place)
    assert spans(place, "prob.low_ict", "B") == [(60, 70)]


def test_an_undo_passes_by_codings_whose_text_was_taken_out(place):
    one, twin = put(place, "prob.skills", 40, 50), put(place, "prob.low_ict", 40, 50)
    assign_codings(place.store, "A", place.study["id"], {one: place.codes["prob.low_ict"]})
    lay(place, twin)
    take_out_source(place.store, "A", place.study["id"], place.source)
    assert undo_codebook(place.store, "A", place.study["id"]) == Turned("assign_codings")
    assert not {one, twin} & set(everything(place)["coding"])


def test_a_changed_code_still_refuses_the_undo(place):
    merge(place)
    with place.store.change(place.study["id"], "B", "note") as change:
        change.update(schema.code, place.codes["prob.skills"], colour="#000000")
    with pytest.raises(UndoRefused, match="changed since"):
        undo_codebook(place.store, "A", place.study["id"])
