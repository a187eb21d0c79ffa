"""Whatever a coder does, undone step by step it gives the beginning again, and redone the end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from survey_app.store import codes, schema, sources, studies, undo
from survey_app.store.log import Store, new_id, rows

TALK = b"Anna: We lack people.\nBoris: We lack money.\nAnna: Indeed so.\nBoris: And time.\n"
VERBS = ("add_coding", "remove_coding", "recode")
ACTS = st.lists(
    st.tuples(st.sampled_from(["add", "add many", "remove", "recode", "review"]), st.integers(0, 9)), max_size=9
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A store with one study, one source, one coder: (store, study, source, coder, two codes, a statement)."""
    from survey_app.actions.bringing_in import Recognised, bring_in_file
    from survey_app.actions.studies import create_study
    from survey_app.store.migrate import migrate
    from transcripts.reading import read_file

    store = Store(f"sqlite:///{tmp_path_factory.mktemp('desk') / 'rakurs.db'}")
    migrate(store)
    study = create_study(store, "A", title_en="Panel")
    source = bring_in_file(store, "A", study, Recognised("talk.txt", "", read_file("talk.txt", TALK)))
    with store.reading() as connection:
        coder = studies.coders(connection, study["id"])[0]["id"]
        some = [row["id"] for row in codes.codes(connection, study["id"])[5:7]]
        statement = sources.statements(connection, source)[0]["id"]
    return store, study["id"], source, coder, some, statement


def codings(store, source):
    with store.reading() as connection:
        found = rows(connection, select(schema.coding).where(schema.coding.c.source_id == source))
        reviewed = rows(connection, select(schema.review))
    return {row["id"]: row for row in [*found, *reviewed]}


def act(desk, person, kind, number):
    """One act of a coder; False where there was nothing to do."""
    store, study, source, coder, some, statement = desk
    present = [row for row in codings(store, source).values() if "code_id" in row]
    if kind in {"remove", "recode"} and not present:
        return False
    reviewed = [row for row in codings(store, source).values() if "statement_id" in row]
    if kind == "review" and reviewed:
        return False
    with store.change(study, person, VERBS[0] if kind.startswith("add") else VERBS[1], scope=source) as change:
        row = {"source_id": source, "start": number, "end": number + 3, "code_id": some[0], "coder_id": coder}
        if kind == "add":
            change.insert(schema.coding, row)
        elif kind == "add many":
            change.insert(schema.coding, [row, row | {"code_id": some[1]}])
        elif kind == "review":
            change.insert(schema.review, {"statement_id": statement, "coder_id": coder})
        elif kind == "remove":
            change.delete(schema.coding, present[number % len(present)]["id"])
        else:
            change.update(schema.coding, present[number % len(present)]["id"], code_id=some[1], end=number + 5)
    return True


@settings(max_examples=25, deadline=None, derandomize=True)
@given(ACTS)
def test_any_sequence_undone_to_the_start_gives_the_start_and_redone_the_end(desk, acts):
    store, study, source, *_rest = desk
    person = new_id()
    start = codings(store, source)
    done = sum(act(desk, person, kind, number) for kind, number in acts)
    end = codings(store, source)
    for _step in range(done):
        with store.writing() as connection:
            last = undo.last_done(connection, study, person, source, VERBS)
            undo.turn_back(connection, last, person)
    assert codings(store, source) == start
    with store.reading() as connection:
        assert undo.last_done(connection, study, person, source, VERBS) is None
    for _step in range(done):
        with store.writing() as connection:
            undo.do_again(connection, undo.last_undone(connection, study, person, source, VERBS), person)
    assert codings(store, source) == end


def test_one_persons_undo_passes_over_what_others_did(desk):
    store, study, source, *_rest = desk
    act(desk, "mine", "add", 1)
    act(desk, "theirs", "add", 2)
    with store.writing() as connection:
        last = undo.last_done(connection, study, "mine", source, VERBS)
        undo.turn_back(connection, last, "mine")
    assert 2 in {row.get("start") for row in codings(store, source).values()}


def test_undo_survives_a_restart(desk):
    store, study, source, *_rest = desk
    before = codings(store, source)
    act(desk, "again", "add", 7)
    fresh = Store(str(store.engine.url))
    with fresh.writing() as connection:
        undo.turn_back(connection, undo.last_done(connection, study, "again", source, VERBS), "again")
    assert codings(store, source) == before
