"""Every change is logged with itself, and undo needs nothing but the log."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from survey_app.store import schema, studies, undo
from survey_app.store.log import Store, fetch, new_id, rows
from survey_app.store.migrate import migrate


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'rakurs.db'}")
    migrate(store)
    return store


@pytest.fixture
def study(store):
    with store.change(None, "", "create_study") as change:
        return change.insert(schema.study, {"slug": "panel", "title_en": "Panel"})[0]


def add_group(store, study, key, **more):
    with store.change(study, "A", "add_group", **more) as change:
        return change.insert(schema.stakeholder_group, {"study_id": study, "key": key})[0]


def group_keys(store):
    with store.reading() as connection:
        return set(connection.scalars(select(schema.stakeholder_group.c.key)))


def undo_once(store, study):
    with store.writing() as connection:
        done = undo.last_done(connection, study, "A", None, [])
        return undo.turn_back(connection, done, "A") if done else None


def redo_once(store, study):
    with store.writing() as connection:
        undone = undo.last_undone(connection, study, "A", None, [])
        return undo.do_again(connection, undone, "A") if undone else None


def test_the_migrations_make_exactly_the_schema(store):
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []


def test_a_second_migration_moves_nothing(store):
    assert migrate(store) is None


def test_a_change_and_its_event_stand_together(store, study):
    group = add_group(store, study, "loc")
    with store.reading() as connection:
        event = rows(connection, select(schema.event).order_by(schema.event.c.id.desc()))[0]
    assert (event["entity"], event["entity_id"], event["before"]) == ("stakeholder_group", group, None)
    assert event["after"]["key"] == "loc"


def test_a_failed_change_leaves_neither_state_nor_event(store, study):
    add_group(store, study, "loc")
    with pytest.raises(IntegrityError):
        add_group(store, study, "loc")
    with store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.change)) == 2
    assert group_keys(store) == {"loc"}


def test_the_same_operation_of_a_client_happens_once(store, study):
    add_group(store, study, "loc", client="tab", seq=1)
    with pytest.raises(IntegrityError):
        add_group(store, study, "reg", client="tab", seq=1)
    assert group_keys(store) == {"loc"}


def test_undo_and_redo_walk_back_and_forth(store, study):
    for key in ("loc", "reg"):
        add_group(store, study, key)
    undo_once(store, study)
    assert group_keys(store) == {"loc"}
    undo_once(store, study)
    assert group_keys(store) == set()
    redo_once(store, study)
    assert group_keys(store) == {"loc"}
    redo_once(store, study)
    assert group_keys(store) == {"loc", "reg"}


def test_a_new_change_closes_the_way_to_redo(store, study):
    add_group(store, study, "loc")
    undo_once(store, study)
    add_group(store, study, "reg")
    assert redo_once(store, study) is None


def test_an_undo_never_overwrites_what_somebody_else_did_since(store, study):
    group = add_group(store, study, "loc")
    with store.change(study, "B", "rename") as change:
        change.update(schema.stakeholder_group, group, label_en="Local authorities")
    with pytest.raises(undo.UndoRefused):
        undo_once(store, study)
    with store.reading() as connection:
        assert fetch(connection, schema.stakeholder_group, group)["label_en"] == "Local authorities"


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory):
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('undo') / 'rakurs.db'}")
    migrate(store)
    return store


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(["add", "undo", "redo"]), max_size=10))
@example(["add", "undo", "add", "undo", "redo"])
def test_undo_and_redo_agree_with_a_list_and_a_cursor(shared_store, acts):
    with shared_store.change(None, "", "create_study") as change:
        study = change.insert(schema.study, {"slug": new_id()})[0]
    history: list[str] = []
    cursor = 0
    for number, act in enumerate(acts):
        if act == "add":
            history = [*history[:cursor], f"g{number}"]
            cursor += 1
            add_group(shared_store, study, f"g{number}")
        elif act == "undo":
            undo_once(shared_store, study)
            cursor = max(0, cursor - 1)
        else:
            redo_once(shared_store, study)
            cursor = min(len(history), cursor + 1)
    with shared_store.reading() as connection:
        found = {group["key"] for group in studies.groups(connection, study)}
    assert found == set(history[:cursor])
