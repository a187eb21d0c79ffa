"""Codes are merged and split with their codings, and one undo brings everything back as it was."""

import pytest
from sqlalchemy import select

from survey_app.actions.code_merging import (
    Effect,
    assign_codings,
    merge_codes,
    preview_archive,
    preview_merge,
    preview_move,
    split_code,
)
from survey_app.actions.codebook import CodebookProblem, add_code, archive_code, change_code
from survey_app.actions.codebook_undo import NothingToTurn, Turned, redo_codebook, undo_codebook
from survey_app.store import codebooks, codes, schema
from survey_app.store.log import now, rows


def codebook(place):
    with place.store.reading() as connection:
        return {row["key"]: row for row in codes.codes(connection, place.study["id"], archived=True)}


def put(place, code, start, end, coder="A", made="", layer="coder"):
    with place.store.change(place.study["id"], coder, "add_coding") as change:
        return change.insert(
            schema.coding,
            {"source_id": place.desk.source_id, "start": start, "end": end, "code_id": place.codes[code], "layer": layer,
             "coder_id": place.coders[coder]["id"], "created_at": made or now()},
        )[0]  # fmt: skip


def everything(place):
    """All that a merge may touch."""
    with place.store.reading() as connection:
        return {
            table.name: {row["id"]: row for row in rows(connection, select(table))}
            for table in (schema.code, schema.coding, schema.memo, schema.item)
        }


def spans(place, code, coder="A"):
    rows_ = everything(place)["coding"].values()
    return sorted(
        (row["start"], row["end"])
        for row in rows_
        if row["code_id"] == place.codes[code] and row["coder_id"] == place.coders[coder]["id"]
    )


def merge(place, merged="prob.skills", into="prob.low_ict"):
    merge_codes(place.store, "A", place.study["id"], place.codes[merged], place.codes[into])


def test_all_codings_of_all_coders_move_and_those_that_meet_become_one(place):
    old = put(place, "prob.skills", 40, 50, made="2020-01-01")
    put(place, "prob.low_ict", 50, 60, made="2021-01-01")
    put(place, "prob.skills", 70, 80)
    put(place, "prob.skills", 45, 55, "B")
    put(place, "prob.low_ict", 40, 60, layer="adjudicated")
    effect = preview_merge(place.store, place.study["id"], place.codes["prob.skills"], place.codes["prob.low_ict"])
    assert effect == Effect(codings=3, joined=1, coders=2, sources=1, children=0)
    merge(place)
    assert spans(place, "prob.skills") == spans(place, "prob.skills", "B") == []
    assert spans(place, "prob.low_ict") == [(40, 60), (40, 60), (70, 80)]
    assert spans(place, "prob.low_ict", "B") == [(45, 55)]
    assert everything(place)["coding"][old]["end"] == 60
    merged = codebook(place)["prob.skills"]
    assert merged["archived"]
    assert merged["merged_into_id"] == place.codes["prob.low_ict"]


def test_one_undo_brings_everything_back_and_redo_does_it_again(place):
    kept = put(place, "prob.skills", 40, 50, made="2020-01-01")
    gone = put(place, "prob.low_ict", 45, 60, made="2021-01-01")
    add_code(
        place.store, "A", place.study["id"], parent_id=place.codes["prob.skills"], label_en="Night", label_ru="Ночь"
    )
    with place.store.change(place.study["id"], "A", "note") as change:
        for about, text in ((kept, "First."), (gone, "Second.")):
            change.insert(
                schema.memo,
                {"study_id": place.study["id"], "coder_id": place.coders["A"]["id"], "about": "coding",
                 "about_id": about, "text": text},
            )  # fmt: skip
    before = everything(place)
    with place.store.reading() as connection:
        version = codebooks.version_of(connection, place.study["id"])
    merge(place)
    after = everything(place)
    assert [row["text"] for row in after["memo"].values()] == ["First.\n\nSecond."]
    assert codebook(place)["prob.night"]["parent_key"] == "prob.low_ict"
    assert undo_codebook(place.store, "B", place.study["id"]) == Turned("merge_codes")
    assert everything(place) == before
    assert redo_codebook(place.store, "A", place.study["id"]) == Turned("merge_codes")
    assert everything(place) == after
    with place.store.reading() as connection:
        assert codebooks.version_of(connection, place.study["id"]) == version + 3


def test_a_code_is_merged_into_one_below_it(place):
    child = add_code(place.store, "A", place.study["id"], parent_id=place.codes["prob.skills"], label_en="Night")
    other = add_code(place.store, "A", place.study["id"], parent_id=place.codes["prob.skills"], label_en="Day")
    merge_codes(place.store, "A", place.study["id"], place.codes["prob.skills"], child)
    after = {row["id"]: row for row in codebook(place).values()}
    assert after[child]["parent_key"] == "prob"
    assert after[other]["parent_key"] == "prob.night"
    assert not after[child]["archived"]


def test_the_opposite_of_a_merged_code_follows_it(place):
    merge(place, "prob.paper_dup", "prob.skills")
    after = codebook(place)
    assert after["enab.paperless"]["counterpart"] == "prob.skills"
    assert after["prob.skills"]["counterpart"] == "enab.paperless"
    assert after["prob.paper_dup"]["counterpart"] == ""
    merge(place, "enab.simplify", "prob.admin")  # opposites merged with each other have none
    assert codebook(place)["prob.admin"]["counterpart"] == ""


def test_what_cannot_be_merged_is_refused_before_and_at_the_act(place):
    study, ids = place.study["id"], place.codes
    archive_code(place.store, "A", study, ids["prob.unready"], archived=True)
    for merged, into, why in (
        ("prob.skills", "prob.skills", "with itself"), ("prob", "prob.skills", "is a root"),
        ("prob.skills", "prob", "is a root"), ("prob.skills", "prob.unready", "out of use"),
    ):  # fmt: skip
        for act in (lambda *two: merge_codes(place.store, "A", *two), lambda *two: preview_merge(place.store, *two)):
            with pytest.raises(CodebookProblem, match=why):
                act(study, ids[merged], ids[into])
    merge(place)
    with pytest.raises(CodebookProblem, match="merged already"):
        merge(place)


def test_a_merged_code_comes_back_as_a_code_of_its_own(place):
    merge(place)
    archive_code(place.store, "A", place.study["id"], place.codes["prob.skills"], archived=False)
    assert codebook(place)["prob.skills"]["merged_into_id"] is None


def test_a_code_is_split_and_ones_own_codings_go_where_one_decides(place):
    goes, stays = put(place, "prob.skills", 40, 50), put(place, "prob.skills", 60, 70)
    foreign = put(place, "prob.skills", 40, 50, "B")
    before = everything(place)
    names = [("Missing training", "Нет обучения"), ("Missing people", "")]
    first, second = split_code(
        place.store, "A", place.study["id"], place.codes["prob.skills"], names, {goes: 1}
    )  # fmt: skip
    after = everything(place)["coding"]
    assert after[goes]["code_id"] == second
    assert after[stays]["code_id"] == after[foreign]["code_id"] == place.codes["prob.skills"]
    made = {row["id"]: row for row in codebook(place).values()}[first]
    assert (made["parent_key"], made["label_ru"]) == ("prob", "Нет обучения")
    undo_codebook(place.store, "A", place.study["id"])
    assert everything(place) == before


def test_nobody_splits_the_codings_of_another(place):
    foreign = put(place, "prob.skills", 40, 50, "B")
    before = everything(place)
    with pytest.raises(CodebookProblem, match="no longer there"):
        split_code(place.store, "A", place.study["id"], place.codes["prob.skills"], [("New", "")], {foreign: 0})
    with pytest.raises(CodebookProblem, match="no longer there"):
        assign_codings(place.store, "A", place.study["id"], {foreign: place.codes["prob.low_ict"]})
    with pytest.raises(CodebookProblem, match="Name at least one"):
        split_code(place.store, "A", place.study["id"], place.codes["prob.skills"], [], {})
    assert everything(place) == before


def test_codings_are_assigned_together_and_never_doubled(place):
    one, twin = put(place, "prob.skills", 40, 50), put(place, "prob.low_ict", 40, 50)
    two = put(place, "prob.skills", 60, 70)
    assign_codings(place.store, "A", place.study["id"], dict.fromkeys([one, two], place.codes["prob.low_ict"]))
    assert set(everything(place)["coding"]) == {twin, two}
    undo_codebook(place.store, "A", place.study["id"])
    assert set(everything(place)["coding"]) == {one, twin, two}


def test_previews_count_what_goes_along(place):
    study, ids = place.study["id"], place.codes
    add_code(place.store, "A", study, parent_id=ids["prob.skills"], label_en="Night")
    put(place, "prob.skills", 40, 50)
    put(place, "prob.skills", 40, 50, "B")
    expected = Effect(codings=2, joined=0, coders=2, sources=1, children=1)
    assert preview_archive(place.store, study, ids["prob.skills"]) == expected
    assert preview_move(place.store, study, ids["prob.skills"], ids["enab"]) == (expected, True)
    assert preview_move(place.store, study, ids["prob.skills"], ids["prob.low_ict"]) == (expected, False)


def test_without_a_change_there_is_nothing_to_undo(place):
    with pytest.raises(NothingToTurn):
        undo_codebook(place.store, "A", place.study["id"])
    with pytest.raises(NothingToTurn):
        redo_codebook(place.store, "A", place.study["id"])
    change_code(place.store, "A", place.study["id"], place.codes["prob.skills"], label_en="Skills")
    undo_codebook(place.store, "A", place.study["id"])
    assert codebook(place)["prob.skills"]["label_en"] == "Skills shortage among officials"
