"""A study comes back from its copy whole: the same rows, the same figures, the same way back by undo."""

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from uuid import uuid4

import pandas as pd
import pytest
from sqlalchemy import JSON

from survey_app.actions.backing_up import back_up
from survey_app.actions.backup_format import BackupProblem
from survey_app.actions.checking import check_store
from survey_app.actions.code_merging import merge_codes
from survey_app.actions.codebook import add_code
from survey_app.actions.codebook_undo import Turned, undo_codebook
from survey_app.actions.coding_desk import take
from survey_app.actions.correcting import correct_turn
from survey_app.actions.desk_paper import open_desk, snapshot
from survey_app.actions.publishing import publish
from survey_app.actions.restoring_study import restore
from survey_app.actions.results import frames_of
from survey_app.actions.studies import delete_study, need_study
from survey_app.store import codes as code_rows
from survey_app.store import schema, sources, studies
from survey_app.store.log import Store, fetch, rows
from survey_app.store.revisions import History
from tests.survey_app.actions.test_coding_desk import adding, operation


def raw(store, study_id=None):
    """Every table as SQLite holds it, rows in their order, numbers of the log replaced by their rank; of JSON what it
    says, since letters may be written in two ways."""
    tables = {}
    with closing(sqlite3.connect(store.engine.url.database)) as connection:
        rank = {n: i for i, (n,) in enumerate(connection.execute("SELECT id FROM change ORDER BY id"))}
        for table in schema.metadata.sorted_tables:
            names = list(table.c.keys())
            columns = ", ".join(f'"{name}"' for name in names)
            rows = [
                dict(zip(names, row, strict=True))
                for row in connection.execute(f'SELECT {columns} FROM "{table.name}" ORDER BY id')
            ]
            said = [name for name in names if isinstance(table.c[name].type, JSON)]
            for row in rows:
                row |= {name: json.loads(row[name]) for name in said if row[name] is not None}
                for name in ("change_id", "target"):
                    if row.get(name) is not None:
                        row[name] = rank[row[name]]
                if table.name == "change":
                    row["id"] = rank[row["id"]]
                if table.name == "event":
                    del row["id"]
            tables[table.name] = rows
    return tables


def in_order(frame, columns):
    """The rows of a frame sorted by what they say, for ids say nothing."""
    by = [column for column in columns if frame[column].map(lambda value: isinstance(value, str | int | float)).all()]
    return frame[columns].sort_values(by).reset_index(drop=True)


def copy_of(store, tmp_path, slug="demo-en"):
    return back_up(store, need_study(store, slug), tmp_path)


@pytest.fixture
def worked_on(store):
    """The demo in English alone, with a merge of codes that was undone and one that stands."""
    delete_study(store, need_study(store, "demo-ru"), "demo-ru")
    study = need_study(store, "demo-en")
    with store.reading() as connection:
        found = [row["id"] for row in code_rows.codes(connection, study["id"]) if row["parent_id"]]
    merge_codes(store, "A", study["id"], found[0], found[1])
    undo_codebook(store, "A", study["id"])
    merge_codes(store, "A", study["id"], found[2], found[3])
    return store


def test_in_an_empty_store_every_table_is_as_it_was(worked_on, fresh_store, tmp_path):
    before = raw(worked_on)
    restored = restore(fresh_store, copy_of(worked_on, tmp_path))
    assert restored.notices == ()
    after = raw(fresh_store)
    for name, expected in before.items():
        assert after[name] == expected, name
    assert check_store(fresh_store) == []


def test_beside_the_original_the_figures_are_the_same_and_no_id_is(worked_on, tmp_path):
    study = need_study(worked_on, "demo-en")
    before = frames_of(worked_on, study["id"])
    copy = restore(worked_on, copy_of(worked_on, tmp_path), slug="again").study
    assert (copy["slug"], copy["title_en"]) == ("again", study["title_en"])
    assert copy["id"] != study["id"]
    after = frames_of(worked_on, copy["id"])
    for name in before.__dataclass_fields__:
        one, other = getattr(before, name), getattr(after, name)
        if isinstance(one, pd.DataFrame):
            alike = [column for column in one.columns if column not in {"statement_id", "source_id", "coding_id"}]
            pd.testing.assert_frame_equal(in_order(one, alike), in_order(other, alike))
    assert check_store(worked_on) == []
    assert frames_of(worked_on, study["id"]).codings.equals(before.codings)
    text = worked_on.engine.url.database
    with closing(sqlite3.connect(text)) as connection:
        numbers = f"SELECT id FROM change WHERE study_id = '{copy['id']}'"
        for column in ("before", "after"):
            assert not connection.execute(
                f'SELECT count(*) FROM event WHERE change_id IN ({numbers}) AND "{column}" LIKE ?', [f"%{study['id']}%"]
            ).fetchone()[0]


def test_undo_in_the_copy_is_of_the_copy_and_leaves_the_original_alone(worked_on, tmp_path):
    study = need_study(worked_on, "demo-en")
    copy = restore(worked_on, copy_of(worked_on, tmp_path), slug="again").study
    original = frames_of(worked_on, study["id"]).codings
    in_copy = frames_of(worked_on, copy["id"]).codings
    assert undo_codebook(worked_on, "A", copy["id"]) == Turned("merge_codes")
    assert frames_of(worked_on, study["id"]).codings.equals(original)
    undone = frames_of(worked_on, copy["id"]).codings
    assert not undone.equals(in_copy)
    assert undo_codebook(worked_on, "A", study["id"]) == Turned("merge_codes")
    told = [column for column in undone.columns if column not in {"coding_id", "source_id"}]
    again = frames_of(worked_on, study["id"]).codings
    pd.testing.assert_frame_equal(in_order(again, told), in_order(undone, told))


def test_a_desk_of_the_copy_undoes_its_own_keystrokes(place, tmp_path):
    for seq in range(1, 5):
        take(
            place.store,
            place.desk,
            [adding(place, seq, 10 * seq, 10 * seq + 7)] if seq < 4 else [operation(seq, "undo")],
        )
    copy = restore(place.store, back_up(place.store, place.study, tmp_path), slug="again").study
    with place.store.reading() as connection:
        source = sources.sources(connection, copy["id"])[0]
        coder = studies.coders(connection, copy["id"])[0]
    desk = open_desk(place.store, copy, source["id"], coder).desk
    assert len(snapshot(place.store, desk).codings) == 2
    answer = take(place.store, desk, [operation(1, "undo", client=str(uuid4()))])
    assert not answer.refused
    assert len(snapshot(place.store, desk).codings) == 1
    assert len(snapshot(place.store, place.desk).codings) == 2


def test_ids_in_memos_queries_summaries_topics_and_desks_become_the_copys(place, tmp_path):
    statement, coder = place.paper.statements[0]["id"], place.coders["A"]["id"]
    study_id = place.study["id"]
    with place.store.change(study_id, "A", "write", client="tab", seq=9) as change:
        (expert,) = change.insert(schema.expert, {"study_id": study_id, "key": "E1"})
        mine = {"study_id": study_id, "coder_id": coder}
        change.insert(schema.memo, mine | {"about": "statement", "about_id": statement, "text": study_id})
        change.insert(schema.summary, mine | {"expert_id": expert, "column": "question:Q1", "quotes": [statement]})
        change.insert(
            schema.saved_query, mine | {"name": "q", "query": {"all": [{"coder": coder, "deep": [statement]}]}}
        )
        change.insert(schema.topic_run, {"study_id": study_id, "result": {"assignments": {statement: 3}}})
    copy = restore(place.store, back_up(place.store, place.study, tmp_path), slug="again").study
    new = {}
    with place.store.reading() as connection:
        for name in ("memo", "summary", "saved_query", "topic_run"):
            table = schema.metadata.tables[name]
            (new[name],) = rows(connection, table.select().where(table.c.study_id == copy["id"]))
        quoted = fetch(connection, schema.statement, new["memo"]["about_id"])
        log = schema.change.c
        (change,) = rows(connection, schema.change.select().where(log.study_id == copy["id"], log.seq == 9))
        events = rows(connection, schema.event.select().where(schema.event.c.change_id == change["id"]))
    assert (quoted["start"], quoted["id"]) == (place.paper.statements[0]["start"], new["memo"]["about_id"])
    assert quoted["id"] != statement
    assert new["memo"]["text"] == study_id  # words of a person are never touched
    assert new["summary"]["quotes"] == [quoted["id"]]
    deep = {"coder": new["memo"]["coder_id"], "deep": [quoted["id"]]}
    assert new["saved_query"]["query"] == {"all": [deep]}
    assert new["topic_run"]["result"] == {"assignments": {quoted["id"]: 3}}
    assert change["client"] != "tab"
    images = {event["entity"]: event["after"] for event in events}
    assert images["summary"] == new["summary"]
    assert images["saved_query"] == new["saved_query"]
    assert images["memo"] == new["memo"]


def test_a_correction_is_undone_in_the_copy_as_in_the_original(place, tmp_path):
    words = place.said[1][1]
    start = place.text.index(words)
    take(place.store, place.desk, [adding(place, 1, start, start + 20)])
    correct_turn(place.store, "A", place.study["id"], place.source, 1, "Well, " + words, seen=0)
    copy = restore(place.store, back_up(place.store, place.study, tmp_path), slug="again").study
    with place.store.reading() as connection:
        source = sources.sources(connection, copy["id"])[0]
        coder = studies.coders(connection, copy["id"])[0]
        old, new = History(connection, place.source), History(connection, source["id"])
        assert [new.text(number) for number in (0, 1)] == [old.text(number) for number in (0, 1)]
    desk = open_desk(place.store, copy, source["id"], coder).desk
    assert [(row["start"], row["end"]) for row in snapshot(place.store, desk).codings] == [(start + 6, start + 26)]
    refused = take(place.store, desk, [operation(1, "undo", client=str(uuid4()), revision=1)]).refused
    with place.store.reading() as connection:
        assert (refused, fetch(connection, schema.source, source["id"])["text"]) == ([], place.text)
        assert fetch(connection, schema.source, place.source)["text"] != place.text
    take(place.store, desk, [operation(2, "undo", client=str(uuid4()), revision=2)])
    assert snapshot(place.store, desk).codings == []
    assert len(snapshot(place.store, place.desk).codings) == 1


def test_a_deleted_study_comes_back_with_its_ids_and_its_log(store, tmp_path):
    before = raw(store)
    study = need_study(store, "demo-ru")
    file = copy_of(store, tmp_path, "demo-ru")
    delete_study(store, study, "demo-ru")
    assert restore(store, file).study == study
    after = raw(store)
    for name in before:
        if name not in {"change", "event"}:
            assert {row["id"]: row for row in after[name]} == {row["id"]: row for row in before[name]}
        assert len(after[name]) == len(before[name])


def test_a_name_that_is_taken_is_said_and_nothing_is_touched(store, tmp_path):
    file = copy_of(store, tmp_path)
    before = raw(store)
    with pytest.raises(BackupProblem, match=r"There is a study named demo-en already.*--as demo-en-restored"):
        restore(store, file)
    with pytest.raises(BackupProblem, match="cannot be the name of a study"):
        restore(store, file, slug="../Über")
    assert raw(store) == before


def test_releases_stay_with_the_study_that_published_under_the_name(store, fresh_store, data_folder, tmp_path):
    study = need_study(store, "demo-en")
    publish(store, "A", study, folder=tmp_path / "releases")
    file = copy_of(store, tmp_path)
    beside = restore(store, file, slug="again")
    left_out, since = map(str, beside.notices)
    assert left_out == (
        "1 release was left out: its name in the address belongs to another study here. What readers can open of it "
        "binds what is published of this copy."
    )
    assert since.startswith("This copy is of ")
    assert "what experts have withdrawn since then is not in it" in since
    restored = restore(fresh_store, file)
    assert [str(one) for one in restored.notices] == [since]
    assert len(raw(fresh_store)["release"]) == 1


def test_a_copy_taken_while_a_coder_writes_is_of_one_moment(place, fresh_store, tmp_path):
    stop = threading.Event()

    def write():
        seq = 0
        while not stop.is_set():
            seq += 1
            take(place.store, place.desk, [adding(place, seq, seq % 40, seq % 40 + 7)])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        files = [back_up(place.store, place.study, tmp_path / f"{n}.zip") for n in range(5)]
    finally:
        stop.set()
        writer.join()
    for number, file in enumerate(files):
        target = Store(f"sqlite:///{shutil.copy(fresh_store.engine.url.database, tmp_path / f'{number}.db')}")
        restore(target, file)
        tables = raw(target)
        assert len(tables["coding"]) == sum(row["entity"] == "coding" for row in tables["event"])
        assert len(tables["change"]) == len({row["change_id"] for row in tables["event"]})
        assert check_store(target) == []


def test_a_code_added_after_restoring_is_the_next_change(fresh_store, store, tmp_path):
    study = restore(fresh_store, copy_of(store, tmp_path)).study
    with fresh_store.reading() as connection:
        before = code_rows.last_change(connection)
        root = code_rows.codes(connection, study["id"])[0]["id"]
    add_code(fresh_store, "A", study["id"], parent_id=root, label_en="New")
    with fresh_store.reading() as connection:
        assert code_rows.last_change(connection) == before + 1
