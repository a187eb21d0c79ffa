"""What SQLite logs of many rows at once is what is logged of each alone."""

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from survey_app.store import bulk, schema
from survey_app.store.log import Store, rows
from survey_app.store.migrate import migrate

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.dictionaries(WORDS, VALUES | WORDS | st.lists(VALUES | WORDS, max_size=3), max_size=3)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('bulk') / 'rakurs.db'}")
    migrate(store)
    with store.change(None, "", "create_study") as change:
        study = change.insert(schema.study, {"slug": "panel"})[0]
        source = change.insert(
            schema.source, {"study_id": study, "key": "one", "kind": "session", "text": "Words.", "revision": 3}
        )[0]
    return store, study, source


def logged(store, table, given, monkeypatch, many):
    """The events of rows that are put in with a limit of `many`, and the rows; both are taken back."""
    monkeypatch.setattr(bulk, "MANY", many)
    events, found = schema.event, []
    with suppress(InterruptedError), store.change(None, "", "try") as change:
        ids = change.insert(table, given)
        found = rows(change.connection, select(events).where(events.c.change_id == change.number).order_by(events.c.id))
        there = {row["id"]: row for row in rows(change.connection, select(table).where(table.c.id.in_(ids)))}
        raise InterruptedError
    told = [{name: each[name] for name in each if name not in {"id", "change_id"}} for each in found]
    return told, [there[row_id] for row_id in ids]


@given(st.lists(st.tuples(WORDS, WORDS, JSON, st.booleans()), min_size=2, max_size=5))
@settings(max_examples=60)
@example([("a\x00b", "'\"\\\n\t\x1f", {"ключ": [None, True, 1.5, "я\x7f"]}, True), ("😀", "", {}, False)])
def test_many_rows_are_logged_as_each_alone(place, given):
    store, study, source = place
    tables = {
        schema.expert: [
            {"id": f"e{n}", "study_id": study, "key": f"{n}", "name": one, "region": other, "attributes": attributes,
             "other_names": [one]}
            for n, (one, other, attributes, _yes) in enumerate(given)
        ],
        schema.speaker: [
            {"id": f"p{n}", "source_id": source, "display_name": f"{n} {one}", "confirmed": yes}
            for n, (one, _other, _attributes, yes) in enumerate(given)
        ],
        schema.statement: [
            {"id": f"s{n}", "source_id": source, "turn": n, "start": n, "end": n + 1, "question_key": one}
            for n, (one, *_rest) in enumerate(given)
        ],
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for table, given_rows in tables.items():
            alone, kept_alone = logged(store, table, given_rows, patch, 1_000)
            together, kept_together = logged(store, table, given_rows, patch, 2)
            assert together == alone
            assert kept_together == kept_alone
            assert [event["after"] for event in together] == kept_together


def test_places_are_logged_with_the_revision_of_their_text(place, monkeypatch):
    store, _study, source = place
    statements = [{"source_id": source, "turn": n, "start": n, "end": n + 1} for n in range(3)]
    events, _kept = logged(store, schema.statement, statements, monkeypatch, 2)
    assert {(event["revision"], event["source_id"], event["entity"]) for event in events} == {(3, source, "statement")}


def test_seconds_that_are_not_whole_keep_every_digit(place, monkeypatch):
    store, _study, source = place
    statements = [
        {"source_id": source, "turn": n, "start": n, "end": n + 1, "start_s": 0.1 + 0.2, "end_s": 1 / 3}
        for n in range(3)
    ]  # fmt: skip
    events, kept = logged(store, schema.statement, statements, monkeypatch, 2)
    assert [event["after"]["start_s"] for event in events] == [0.1 + 0.2] * 3
    assert [event["after"] for event in events] == kept
