"""Statements split and merged by a person: no coding moves, marks stay honest, and all of it can be undone."""

import pytest
from sqlalchemy import select

from survey_app.actions.checking import check_store
from survey_app.actions.coding_desk import take
from survey_app.actions.desk_paper import snapshot
from survey_app.actions.segmenting import SegmentingRefused, merge_statements, split_statement
from survey_app.store import schema, sources
from survey_app.store.log import rows
from tests.survey_app.actions.test_coding_desk import adding, operation


def statements(place):
    with place.store.reading() as connection:
        return sources.statements(connection, place.source)


def words(place):
    return [place.text[row["start"] : row["end"]] for row in statements(place)]


def split(place, nth, before, person="A"):
    row = statements(place)[nth]
    split_statement(place.store, person, place.study["id"], place.source, row["id"], place.text.index(before))
    return row["id"]


def merge(place, nth):
    merge_statements(place.store, "A", place.study["id"], place.source, statements(place)[nth]["id"])


def test_a_split_makes_two_statements_in_order_and_moves_no_coding(place):
    before = words(place)
    start = place.text.index("everywhere")
    take(place.store, place.desk, [adding(place, 1, start, start + 30)])
    coded = snapshot(place.store, place.desk).codings
    row = statements(place)[1]
    split(place, 1, "and nobody")
    assert words(place) == [
        before[0], "Skills are missing 👩‍👩‍👧 everywhere,", "and nobody trains anybody. That is what I see every single day.",
        *before[2:],
    ]  # fmt: skip
    first, second = statements(place)[1:3]
    assert (first["start_s"], second["end_s"], first["end_s"]) == (row["start_s"], row["end_s"], second["start_s"])
    assert row["start_s"] < first["end_s"] < row["end_s"]
    assert snapshot(place.store, place.desk).codings == coded
    assert check_store(place.store) == []


def test_a_merge_joins_two_statements_of_a_turn(place):
    before = words(place)
    split(place, 1, "and nobody")
    merge(place, 1)
    assert words(place) == before


def test_statements_of_two_turns_are_never_joined(place):
    with pytest.raises(SegmentingRefused, match="within a turn"):
        merge(place, 1)


@pytest.mark.parametrize("shift", [-1, 0, 10_000])
def test_a_statement_is_cut_inside_only(place, shift):
    row = statements(place)[1]
    with pytest.raises(SegmentingRefused, match="between two of its words"):
        split_statement(place.store, "A", place.study["id"], place.source, row["id"], row["start"] + shift)


def test_who_looked_at_a_statement_looked_at_both_halves_and_who_saw_one_has_not_seen_both(place):
    first = statements(place)[1]["id"]
    take(place.store, place.desk, [operation(1, "look", statements=[first])])
    split(place, 1, "and nobody")
    halves = [row["id"] for row in statements(place)[1:3]]
    assert sorted(snapshot(place.store, place.desk).looked_at) == sorted(halves)
    take(place.store, place.other, [operation(1, "look", client="other", statements=[halves[1]])])
    merge(place, 1)
    assert snapshot(place.store, place.desk).looked_at == [first]
    assert snapshot(place.store, place.other).looked_at == []


def test_undo_and_redo_take_splits_and_codings_in_their_order(place):
    before = words(place)
    row = statements(place)[1]
    at = place.text.index("and nobody")
    refused = take(
        place.store, place.desk,
        [adding(place, 1, 0, 7), operation(2, "split", statements=[row["id"]], start=at, revision=0)],
    ).refused  # fmt: skip
    assert refused == []
    cut = words(place)
    assert len(cut) == len(before) + 1
    take(place.store, place.desk, [operation(3, "undo")])
    assert words(place) == before
    assert len(snapshot(place.store, place.desk).codings) == 1
    take(place.store, place.desk, [operation(4, "redo")])
    assert words(place) == cut
    take(place.store, place.desk, [operation(5, "undo"), operation(6, "undo")])
    assert (words(place), snapshot(place.store, place.desk).codings) == (before, [])


def test_undo_of_a_split_that_another_has_cut_further_is_refused_and_changes_nothing(place):
    row = statements(place)[1]
    split_at = operation(1, "split", statements=[row["id"]], start=place.text.index("and nobody"))
    take(place.store, place.desk, [split_at])
    split(place, 2, "That is what", person="B")
    before = words(place)
    refused = take(place.store, place.desk, [operation(2, "undo")]).refused
    told = (
        "1 change cannot be undone any more: the same place has been changed since. Undo again for the one before it."
    )
    assert [str(why) for _name, why in refused] == [told]
    assert words(place) == before


def test_a_refused_operation_that_is_sent_again_is_not_done_after_all(place):
    asked = operation(1, "undo")
    assert take(place.store, place.desk, [asked]).refused
    take(place.store, place.desk, [adding(place, 2)])
    take(place.store, place.desk, [asked])
    assert len(snapshot(place.store, place.desk).codings) == 1


def test_a_released_quote_that_is_cut_or_joined_is_taken_back_also_by_an_undo(place):
    row = statements(place)[1]
    take(
        place.store, place.desk,
        [operation(1, "split", statements=[row["id"]], start=place.text.index("and nobody"))],
    )  # fmt: skip
    with place.store.change(place.study["id"], "A", "decide_quote") as change:
        change.insert(schema.quote_decision, {"statement_id": row["id"], "decision": "released"})
    take(place.store, place.desk, [operation(2, "undo")])
    with place.store.reading() as connection:
        assert rows(connection, schema.quote_decision.select()) == []


def marks_of(place, table, statement):
    with place.store.reading() as connection:
        return rows(connection, select(table).where(table.c.statement_id == statement["id"]))


def test_both_halves_keep_flags_and_values_and_a_merge_prefers_those_of_the_first(place):
    first, coder = statements(place)[1], place.coders["A"]["id"]
    with place.store.change(place.study["id"], "A", "mark") as change:
        change.insert(schema.flag, {"statement_id": first["id"], "coder_id": coder})
        change.insert(
            schema.statement_value,
            {"statement_id": first["id"], "coder_id": coder, "attribute": "modality", "value": "fact"},
        )
    split(place, 1, "and nobody")
    second = statements(place)[2]
    assert [row["value"] for row in marks_of(place, schema.statement_value, second)] == ["fact"]
    assert len(marks_of(place, schema.flag, second)) == 1
    with place.store.change(place.study["id"], "A", "mark") as change:
        [value] = marks_of(place, schema.statement_value, second)
        change.update(schema.statement_value, value["id"], value="proposal")
        change.insert(
            schema.statement_value,
            {"statement_id": second["id"], "coder_id": coder, "attribute": "channel", "value": "online"},
        )
    merge(place, 1)
    found = {row["attribute"]: row["value"] for row in marks_of(place, schema.statement_value, statements(place)[1])}
    assert found == {"modality": "fact", "channel": "online"}
