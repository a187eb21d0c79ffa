"""The coding desk on the server: each operation once, blind, refused in a sentence, undone over a restart."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from survey_app.actions.code_merging import merge_codes
from survey_app.actions.codebook import archive_code
from survey_app.actions.codebook_undo import undo_codebook
from survey_app.actions.coding_desk import Operation, read_operations, take
from survey_app.actions.desk_paper import CodingRefused, changes_since, open_desk, snapshot
from survey_app.actions.studies import create_study
from survey_app.store import codes as code_rows
from survey_app.store import schema, studies
from survey_app.store.log import Store, rows


def operation(seq, do, client="tab", **values):
    return Operation(client=client, seq=seq, do=do, **values)


def adding(place, seq, start=0, end=7, code="prob.skills", coding=None, **more):
    return operation(
        seq, "add", coding=coding or str(uuid4()), code=place.codes[code], start=start, end=end, **more
    )  # fmt: skip


def spans(place, desk=None):
    return [(row["start"], row["end"]) for row in snapshot(place.store, desk or place.desk).codings]


def refusals(taken):
    return [str(why) for _name, why in taken.refused]


def changes(place):
    with place.store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(schema.change))


def test_a_coding_lies_where_it_was_put_over_emoji_joiners_and_combining_marks(place):
    for seq, words in enumerate(["👩‍👩‍👧 everywhere", "бума\u0301жной", "недели."], start=1):
        start = place.text.index(words)
        take(place.store, place.desk, [adding(place, seq, start, start + len(words))])
        found = snapshot(place.store, place.desk).codings[-1]
        assert place.text[found["start"] : found["end"]] == words


def test_an_operation_sent_twice_happens_once(place):
    sent = [adding(place, 1), adding(place, 2, 8, 12)]
    first = take(place.store, place.desk, sent)
    count = changes(place)
    second = take(place.store, place.desk, sent)
    assert first.done == second.done == [("tab", 1), ("tab", 2)]
    assert not first.refused
    assert not second.refused
    assert changes(place) == count
    assert spans(place) == [(0, 7), (8, 12)]


def test_the_same_number_from_another_tab_is_another_operation(place):
    take(place.store, place.desk, [adding(place, 1), adding(place, 1, 8, 12, client="other tab")])
    assert len(spans(place)) == 2


def test_an_undo_sent_twice_undoes_once(place):
    take(place.store, place.desk, [adding(place, 1), adding(place, 2, 8, 12)])
    for _time in range(2):
        take(place.store, place.desk, [operation(3, "undo")])
    assert spans(place) == [(0, 7)]


def test_several_codes_stand_on_one_span_but_each_only_once(place):
    taken = take(
        place.store, place.desk,
        [adding(place, 1), adding(place, 2, code="enab.data"), adding(place, 3, code="prob.skills")],
    )  # fmt: skip
    assert spans(place) == [(0, 7), (0, 7)]
    assert refusals(taken) == ["This passage has the code P01 already."]


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5), (0, 10**6)])
def test_a_span_outside_the_text_is_refused_and_the_rest_goes_on(place, start, end):
    taken = take(place.store, place.desk, [adding(place, 1, start, end), adding(place, 2)])
    assert taken.done == [("tab", 1), ("tab", 2)]
    assert [name for name, _why in taken.refused] == [("tab", 1)]
    assert "does not lie in the text" in refusals(taken)[0]
    assert spans(place) == [(0, 7)]


def test_the_whole_text_can_be_coded_to_its_last_character(place):
    take(place.store, place.desk, [adding(place, 1, 0, len(place.text))])
    assert spans(place) == [(0, len(place.text))]


def test_a_code_of_another_study_or_out_of_use_is_refused(place):
    foreign = create_study(place.store, "A", title_en="Other")
    with place.store.reading() as connection:
        theirs = code_rows.codes(connection, foreign["id"])[1]["id"]
    archive_code(place.store, "A", place.study["id"], place.codes["prob.skills"], archived=True)
    sent = [adding(place, 1), operation(2, "add", coding=str(uuid4()), code=theirs, start=0, end=7)]
    taken = take(place.store, place.desk, sent)
    assert len(taken.refused) == 2
    assert all("no longer in use" in why for why in refusals(taken))
    assert spans(place) == []


def test_a_coding_cannot_be_put_under_an_id_that_is_taken(place):
    coding = str(uuid4())
    take(place.store, place.other, [adding(place, 1, coding=coding)])
    taken = take(place.store, place.desk, [adding(place, 1, 8, 12, coding=coding, client="mine")])
    assert len(taken.refused) == 1
    assert spans(place, place.other) == [(0, 7)]


def test_a_coder_sees_nothing_of_another_and_removes_nothing_of_theirs(place):
    coding = str(uuid4())
    revision = snapshot(place.store, place.desk).revision
    take(
        place.store, place.other, [adding(place, 1, coding=coding), operation(2, "look", statements=statements(place))]
    )
    seen = snapshot(place.store, place.desk)
    assert (seen.codings, seen.looked_at) == ([], [])
    assert changes_since(place.store, place.desk, revision).codings == []
    taken = take(place.store, place.desk, [operation(1, "remove", "mine", coding=coding)])
    assert refusals(taken) == ["This coding is no longer there. Nothing was removed."]
    taken = take(place.store, place.desk, [operation(2, "undo", "mine")])
    assert refusals(taken) == ["There is nothing more to undo in this text."]
    assert spans(place, place.other) == [(0, 7)]


def test_adjudicated_codings_are_not_shown_on_a_coders_desk(place):
    revision = snapshot(place.store, place.desk).revision
    with place.store.change(place.study["id"], "A", "settle") as change:
        change.insert(
            schema.coding,
            {"source_id": place.source, "start": 0, "end": 7, "code_id": place.codes["prob.skills"],
             "coder_id": place.coders["A"]["id"], "layer": "adjudicated"},
        )  # fmt: skip
    assert spans(place) == []
    assert changes_since(place.store, place.desk, revision).codings == []


def test_only_what_changed_is_told_in_its_order(place):
    first, second = str(uuid4()), str(uuid4())
    take(place.store, place.desk, [adding(place, 1, coding=first)])
    revision = snapshot(place.store, place.desk).revision
    take(place.store, place.desk, [adding(place, 2, 8, 12, coding=second), operation(3, "remove", coding=first)])
    moved = changes_since(place.store, place.desk, revision)
    newest, told = moved.revision, moved.codings
    assert [(row["id"], row["coding"] and row["coding"]["start"]) for row in told] == [(second, 8), (first, None)]
    assert newest == told[-1]["number"]


def test_undo_and_redo_take_one_keystroke_each_and_survive_a_restart(place):
    take(place.store, place.desk, [adding(place, 1), adding(place, 2, 8, 12)])
    removed = snapshot(place.store, place.desk).codings[0]["id"]
    take(place.store, place.desk, [operation(3, "remove", coding=removed)])
    place.store.engine.dispose()
    place.store = Store(place.url)
    seen = []
    for seq, do in enumerate(["undo", "undo", "redo", "redo", "undo", "undo", "undo"], start=4):
        take(place.store, place.desk, [operation(seq, do)])
        seen.append(spans(place))
    assert seen == [[(0, 7), (8, 12)], [(0, 7)], [(0, 7), (8, 12)], [(8, 12)], [(0, 7), (8, 12)], [(0, 7)], []]
    taken = take(place.store, place.desk, [operation(20, "undo")])
    assert refusals(taken) == ["There is nothing more to undo in this text."]


def test_an_undo_that_found_nothing_stays_done(place):
    take(place.store, place.desk, [operation(1, "undo")])
    take(place.store, place.desk, [adding(place, 2)])
    take(place.store, place.desk, [operation(1, "undo")])
    assert spans(place) == [(0, 7)]


def test_having_looked_at_a_statement_is_kept_once_and_not_undone_with_codings(place):
    ids = statements(place)
    take(place.store, place.desk, [operation(1, "look", statements=[ids[0], ids[0], "unknown"])])
    take(place.store, place.desk, [operation(2, "look", statements=ids[:2]), adding(place, 3), operation(4, "undo")])
    assert sorted(snapshot(place.store, place.desk).looked_at) == sorted(ids[:2])
    take(place.store, place.desk, [operation(5, "unlook", statements=[ids[1]])])
    assert snapshot(place.store, place.desk).looked_at == [ids[0]]


def test_a_text_that_was_taken_out_meanwhile_is_answered_with_a_sentence(place):
    with place.store.writing() as connection:
        connection.execute(schema.source.delete())
    taken = take(place.store, place.desk, [adding(place, 1)])
    assert taken.done == [("tab", 1)]
    assert "no longer in the study" in refusals(taken)[0]


def test_a_desk_opens_only_for_a_text_and_a_coder_of_the_study(place):
    foreign = create_study(place.store, "A", title_en="Other")
    with pytest.raises(CodingRefused):
        open_desk(place.store, foreign, place.source, place.coders["A"])
    with place.store.reading() as connection:
        stranger = studies.coders(connection, foreign["id"])[0]
    with pytest.raises(CodingRefused):
        open_desk(place.store, place.study, place.source, stranger)


def test_what_is_no_operation_is_refused_by_name_or_passed_over(place):
    sent = [{"client": "tab", "seq": 1, "do": "drop tables"}, {"seq": 2}, "nonsense", {"client": "tab", "seq": True}]
    operations, refused = read_operations(sent)
    assert operations == []
    assert ("tab", 1) in [name for name, _why in refused]
    assert read_operations({"not": "a list"}) == ([], [])


def test_each_change_says_who_and_where(place):
    take(place.store, place.other, [adding(place, 1)])
    with place.store.reading() as connection:
        change = rows(connection, select(schema.change).order_by(schema.change.c.id.desc()))[0]
    assert (change["person"], change["verb"], change["scope"]) == ("B", "add_coding", place.source)


def test_the_moderator_is_shown_but_not_counted(place):
    with place.store.change(place.study["id"], "A", "confirm") as change:
        found = rows(change.connection, select(schema.speaker).where(schema.speaker.c.display_name == "Moderator"))
        change.update(schema.speaker, found[0]["id"], role="moderator")
    paper = open_desk(place.store, place.study, place.source, place.coders["A"])
    assert [turn["name"] for turn in paper.turns] == [who for who, _words in place.said]
    assert {turn["name"] for turn in paper.turns if turn["counted"]} == {"Anna", "Борис"}


def statements(place):
    return [row["id"] for row in place.paper.statements]


def merge(place, merged="prob.skills", into="prob.low_ict"):
    merge_codes(place.store, "B", place.study["id"], place.codes[merged], place.codes[into])


def test_an_undo_that_is_refused_is_told_once_and_the_next_one_goes_on_before_it(place):
    take(
        place.store, place.desk, [adding(place, 1, code="enab.data"), adding(place, 2, 8, 12), adding(place, 3, 13, 20)]
    )
    merge(place)
    asked = operation(4, "undo")
    told = "2 changes cannot be undone any more: the same places have been changed since. "
    assert refusals(take(place.store, place.desk, [asked])) == [f"{told}Undo again for the one before them."]
    assert spans(place) == [(0, 7), (8, 12), (13, 20)]
    assert refusals(take(place.store, place.desk, [asked])) == [f"{told}Undo again for the one before them."]
    assert refusals(take(place.store, place.desk, [operation(5, "undo")])) == []
    assert spans(place) == [(8, 12), (13, 20)]
    nothing = take(place.store, place.desk, [operation(6, "undo")])
    assert refusals(nothing) == ["There is nothing more to undo in this text."]
    assert refusals(take(place.store, place.desk, [operation(7, "redo")])) == []
    assert spans(place) == [(0, 7), (8, 12), (13, 20)]
    assert refusals(take(place.store, place.desk, [operation(8, "redo")])) == [
        "There is nothing to do again in this text."
    ]
    take(place.store, place.desk, [operation(9, "undo")])
    assert spans(place) == [(8, 12), (13, 20)]
    take(
        place.store,
        place.desk,
        [adding(place, 10, 30, 35, code="enab.data"), operation(11, "undo"), operation(12, "redo")],
    )
    assert spans(place) == [(8, 12), (13, 20), (30, 35)]


def test_what_was_stepped_over_can_be_undone_once_nothing_is_in_the_way(place):
    take(place.store, place.desk, [adding(place, 1, code="enab.data"), adding(place, 2, 8, 12)])
    merge(place)
    take(place.store, place.desk, [operation(3, "undo")])
    undo_codebook(place.store, "B", place.study["id"])
    assert refusals(take(place.store, place.desk, [operation(4, "undo")])) == []
    assert spans(place) == [(0, 7)]
    take(place.store, place.desk, [operation(5, "undo"), operation(6, "redo"), operation(7, "redo")])
    assert spans(place) == [(0, 7), (8, 12)]


def test_a_redo_that_is_refused_is_stepped_over_too(place):
    first = adding(place, 1)
    resized = operation(2, "resize", coding=first.coding, start=0, end=12)
    second = adding(place, 3, 13, 20)
    take(place.store, place.desk, [second, first, resized, operation(4, "undo")])
    with place.store.change(place.study["id"], "B", "move") as change:
        change.update(schema.coding, first.coding, start=1)
    take(place.store, place.desk, [operation(5, "undo")])
    assert refusals(take(place.store, place.desk, [operation(6, "redo")])) == [
        "1 change cannot be done again: the same place has been changed since."
    ]
    assert refusals(take(place.store, place.desk, [operation(7, "undo")])) == []
    assert spans(place) == [(1, 7)]
    take(place.store, place.desk, [operation(8, "redo")])
    assert spans(place) == [(1, 7), (13, 20)]
