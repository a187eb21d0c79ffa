"""The check finds what does not fit together, and changes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.actions.checking import check_store
from survey_app.actions.studies import need_study
from survey_app.store import codes, schema, sources


def said(store):
    return [str(message) for message in check_store(store)]


@pytest.fixture
def source(store):
    with store.reading() as connection:
        return sources.sources(connection, need_study(store, "demo-en")["id"], "session")[0]


def spoil(store, table, condition, **values):
    with store.writing() as connection:
        connection.execute(table.update().where(condition).values(**values))


def test_the_demo_fits_together(demo_store):
    assert said(demo_store) == []


@pytest.mark.parametrize(
    ("table", "what"), [("turn", "turn lies"), ("statement", "statement lies"), ("coding", "coding lies")]
)
def test_a_place_outside_the_text_is_found(store, source, table, what):
    table = schema.metadata.tables[table]
    with store.reading() as connection:
        row = connection.execute(table.select().where(table.c.source_id == source["id"])).first()
    spoil(store, table, table.c.id == row.id, end=10_000_000)
    assert any(f"S-A: 1 {what} outside the text." == sentence for sentence in said(store))


def test_an_empty_place_is_found(store, source):
    with store.reading() as connection:
        row = connection.execute(schema.coding.select().where(schema.coding.c.source_id == source["id"])).first()
    spoil(store, schema.coding, schema.coding.c.id == row.id, end=row.start)
    assert said(store) == ["S-A: 1 coding lies outside the text."]


def test_a_statement_without_its_turn_is_found(store, source):
    with store.reading() as connection:
        last = sources.turns(connection, source["id"])[-1]
        own = sources.statements(connection, source["id"])[0]
    spoil(store, schema.statement, schema.statement.c.id == own["id"], turn=last["index"] + 1)
    assert said(store) == ["S-A: 1 statement lies outside its turn."]


def test_a_statement_in_another_turn_is_found(store, source):
    with store.reading() as connection:
        own = sources.statements(connection, source["id"])[:2]
    for row in own:
        spoil(store, schema.statement, schema.statement.c.id == row["id"], turn=0)
    assert said(store) == ["S-A: 2 statements lie outside their turns."]


def test_a_reference_without_a_target_is_found(store, source):
    connection = store.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA foreign_keys=OFF")
        connection.cursor().execute("DELETE FROM code WHERE key = 'prob.skills'")
        connection.commit()
        connection.cursor().execute("PRAGMA foreign_keys=ON")
    finally:
        connection.close()
    assert said(store) == ["The database's file is damaged. Bring back the newest backup."]


def test_codes_in_a_circle_are_told_and_no_reading_hangs(store):
    study = need_study(store, "demo-en")
    with store.reading() as connection:
        one, other = [row for row in codes.codes(connection, study["id"]) if row["parent_id"] is None][:2]
    for code, above in ((one, other), (other, one)):
        spoil(store, schema.code, schema.code.c.id == code["id"], parent_id=above["id"])
    assert said(store) == [
        f"demo-en: the codes {one['key']}, {other['key']} lie above one another in a circle. Bring back an older copy."
    ]
    with store.reading() as connection:
        found = {row["key"]: row for row in codes.codes(connection, study["id"])}
        assert codes.codes_that_count(connection, study["id"])
    assert (found[one["key"]]["parent_key"], found[one["key"]]["root_key"]) == ("", one["key"])


@given(st.dictionaries(st.sampled_from("abcdef"), st.none() | st.sampled_from("abcdef")))
def test_in_a_circle_is_who_comes_back_to_themselves(above):
    def comes_back(first):
        at = above[first]
        for _step in above:
            if at == first:
                return True
            at = above.get(at)
        return False

    assert codes.in_circles(above) == {each for each in above if comes_back(each)}
