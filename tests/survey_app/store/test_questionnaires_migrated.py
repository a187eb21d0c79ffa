"""Answers of the version before become responses, in their table and in the log, and the way back loses none."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, MetaData, delete, insert, inspect, select

from survey_app.actions.questionnaire import import_questionnaire, present_questionnaire, take_out_questionnaire
from survey_app.store import schema, studies
from survey_app.store.dialect import migrating
from survey_app.store.frames import load_frames
from survey_app.store.log import Store, rows
from survey_app.store.migrate import MIGRATIONS, migrate
from survey_app.store.undo import do_again, last_done, last_undone, turn_back
from tests.survey_app.actions.test_questionnaire import frames_of

OLDER = "0005"
ANSWERS = {
    ("E1", "q01"): (3.0, "", False), ("E1", "q02"): (None, "by train", False), ("E2", "q01"): (None, "", True),
    ("E2", "q02"): (2.5, "hours", False),
}  # fmt: skip


class Earlier:
    """A store as the version before had it, written by its tables alone."""

    def __init__(self, store):
        self.store = store
        migrate(store, to=OLDER)
        self.metadata = MetaData()
        self.metadata.reflect(store.engine)
        for table in self.metadata.tables.values():  # SQLite says JSON of them all
            assert all(isinstance(table.c[name].type, JSON) for name in ("before", "after", "scale") if name in table.c)

    def change(self, verb, *, gone=(), come=()):
        """Rows go and come as an act of A, with the log that it had then."""
        tables = self.metadata.tables
        with self.store.writing() as connection:
            said = {"study_id": self.study, "at": "2026-01-02T03:04:05+00:00", "person": "A", "verb": verb, "kind": "do",
                    "undone": False, "scope": ""}  # fmt: skip
            number = connection.execute(insert(tables["change"]).values(said)).inserted_primary_key[0]
            events = [(name, row["id"], row, None) for name, row in gone] + [
                (name, row["id"], None, row) for name, row in come
            ]
            for name, row in gone:
                connection.execute(delete(tables[name]).where(tables[name].c.id == row["id"]))
            for name, row in come:
                connection.execute(insert(tables[name]).values(row))
            for name, row_id, before, after in events:
                event = {"change_id": number, "entity": name, "entity_id": row_id, "before": before, "after": after}
                connection.execute(insert(tables["event"]).values(event))

    def questionnaire(self, answers):
        """Rows of items and answers, as an import of that version made them."""
        items = {
            key: {"id": str(uuid4()), "study_id": self.study, "key": key, "parent_key": "", "type": "numeric",
                  "label_en": key, "label_ru": "", "scale": [], "code_key": "", "position": place}
            for place, key in enumerate(["q01", "q02"])
        }  # fmt: skip
        given = [
            {"id": str(uuid4()), "expert_id": self.experts[expert], "item_id": items[item]["id"], "value": value,
             "text": text, "cannot_say": cannot_say}
            for (expert, item), (value, text, cannot_say) in answers.items()
        ]  # fmt: skip
        return [*(("item", row) for row in items.values()), *(("answer", row) for row in given)]


@pytest.fixture
def earlier(tmp_path):
    here = Earlier(Store(f"sqlite:///{tmp_path / 'rakurs.db'}"))
    here.study = str(uuid4())
    here.experts = {key: str(uuid4()) for key in ("E1", "E2")}
    with here.store.writing() as connection:
        row = {"id": here.study, "slug": "panel", "choices": {}, "created_at": "2026-01-01T00:00:00+00:00"}
        connection.execute(insert(here.metadata.tables["study"]).values(row))
        for place, (key, expert_id) in enumerate(here.experts.items()):
            expert = {"id": expert_id, "study_id": here.study, "key": key, "other_names": [], "consent": "yes",
                      "attributes": {}, "position": place}  # fmt: skip
            connection.execute(insert(here.metadata.tables["expert"]).values(expert))
    here.rows = here.questionnaire(ANSWERS)
    here.change("import_questionnaire", come=here.rows)
    return here


def answers(store):
    found = frames_of(store, "panel").answers
    return {
        (row.expert_id, row.item_id): (None if row.value != row.value else row.value, row.text, row.cannot_say)
        for row in found.itertuples()
    }


def responses(store):
    with store.reading() as connection:
        return rows(connection, select(schema.response))


def test_every_answer_is_there_as_it_was(earlier):
    migrate(earlier.store)
    assert answers(earlier.store) == ANSWERS
    assert {row["expert_id"] for row in responses(earlier.store)} == set(earlier.experts.values())
    present = present_questionnaire(earlier.store, earlier.study)
    assert (present.key, present.title_en, present.title_ru) == ("q1", "Questionnaire", "Анкета")
    assert (present.questions, present.experts, present.answers) == (2, 2, 4)


def turned(store, study, turn, last):
    with store.writing() as connection:
        turn(connection, last(connection, study, "A", None, ["import_questionnaire"]), "A")


def test_an_import_of_that_version_is_undone_and_done_again(earlier):
    migrate(earlier.store)
    turned(earlier.store, earlier.study, turn_back, last_done)
    assert answers(earlier.store) == {}
    assert present_questionnaire(earlier.store, earlier.study) is None
    turned(earlier.store, earlier.study, do_again, last_undone)
    assert answers(earlier.store) == ANSWERS


def test_an_import_that_replaced_another_brings_the_other_back(earlier):
    new = earlier.questionnaire({("E1", "q01"): (5.0, "", False)})
    earlier.change("import_questionnaire", gone=earlier.rows[::-1], come=new)
    migrate(earlier.store)
    assert answers(earlier.store) == {("E1", "q01"): (5.0, "", False)}
    turned(earlier.store, earlier.study, turn_back, last_done)
    assert answers(earlier.store) == ANSWERS
    turned(earlier.store, earlier.study, turn_back, last_done)
    assert answers(earlier.store) == {}


def test_the_log_holds_one_row_for_each_who_answered(earlier):
    migrate(earlier.store)
    with earlier.store.reading() as connection:
        found = rows(connection, select(schema.event).where(schema.event.c.entity.in_(["answer", "response"])))
    assert sorted(row["entity_id"] for row in found) == sorted(row["id"] for row in responses(earlier.store))
    assert all(row["after"] in responses(earlier.store) for row in found)


def test_a_study_without_a_questionnaire_gets_none(tmp_path):
    here = Earlier(Store(f"sqlite:///{tmp_path / 'none.db'}"))
    with here.store.writing() as connection:
        connection.execute(insert(here.metadata.tables["study"]).values(id="s", slug="panel", choices={}))
    migrate(here.store)
    with here.store.reading() as connection:
        assert rows(connection, select(schema.instrument)) == []


def test_what_was_brought_over_can_be_taken_out_and_brought_anew(earlier):
    migrate(earlier.store)
    with earlier.store.reading() as connection:
        study = studies.by_slug(connection, "panel")
        frames = load_frames(connection, study["id"])
    take_out_questionnaire(earlier.store, "A", study)
    assert present_questionnaire(earlier.store, study["id"]) is None
    nothing = frames.answers.head(0)[["expert_id", "item_id", "text"]]
    import_questionnaire(earlier.store, "A", study, frames.items, frames.answers, nothing)
    assert answers(earlier.store) == ANSWERS


def back(store, to):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with migrating(store.engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)


def test_the_way_back_has_a_row_for_each_answer_again(earlier):
    before = SimpleNamespace(**{name: inspect(earlier.store.engine).get_columns(name) for name in ("answer", "item")})
    migrate(earlier.store)
    back(earlier.store, OLDER)
    for name in ("answer", "item"):
        columns = {column["name"]: str(column["type"]) for column in inspect(earlier.store.engine).get_columns(name)}
        assert columns == {column["name"]: str(column["type"]) for column in getattr(before, name)}
    assert not {"response", "instrument"} & set(inspect(earlier.store.engine).get_table_names())
    answer, item, expert = (earlier.metadata.tables[name] for name in ("answer", "item", "expert"))
    query = (
        select(expert.c.key, item.c.key.label("item"), answer.c.value, answer.c.text, answer.c.cannot_say)
        .join(expert, expert.c.id == answer.c.expert_id)
        .join(item, item.c.id == answer.c.item_id)
    )
    with earlier.store.reading() as connection:
        found = {(row.key, row.item): (row.value, row.text, row.cannot_say) for row in connection.execute(query)}
    assert found == ANSWERS
    migrate(earlier.store)
    assert answers(earlier.store) == ANSWERS
