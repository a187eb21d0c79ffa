"""What belongs to a study is read off the tables themselves; a table that nobody thought of cannot be forgotten."""

from sqlalchemy import Column, ForeignKey, MetaData, String, Table, func, select

from survey_app.actions.studies import need_study
from survey_app.store import schema
from survey_app.store.belonging import MACHINE, owner, references_within, tables_of_study
from survey_app.store.copying import row_counts


def test_every_table_belongs_to_a_study_or_is_named_as_the_machines():
    reached = {table.name for table in tables_of_study()}
    assert reached | MACHINE == set(schema.metadata.tables), (
        "A table of the schema hangs on no study. Give it a reference that leads to one, or name it in MACHINE."
    )
    assert not reached & MACHINE


def test_a_table_added_later_is_reached_by_itself():
    metadata = MetaData()
    for table in schema.metadata.sorted_tables:
        table.to_metadata(metadata)
    Table("line", metadata, Column("id", String(36), primary_key=True),
          Column("statement_id", String(36), ForeignKey("statement.id"), nullable=False))  # fmt: skip
    Table("lamp", metadata, Column("id", String(36), primary_key=True))
    Table("note", metadata, Column("id", String(36), primary_key=True),
          Column("expert_id", String(36), ForeignKey("expert.id"), nullable=True))  # fmt: skip
    names = [table.name for table in tables_of_study(metadata)]
    assert "line" in names
    assert not {"lamp", "note"} & set(names)


def test_a_row_belongs_by_the_reference_that_must_be_there():
    owners = {table.name: owner(table) for table in tables_of_study()}
    assert owners.pop("study") is None
    assert {name: column.name for name, column in owners.items() if column.nullable} == {"change": "study_id"}
    assert owners["event"].name == "change_id"
    assert owners["source"].name == "study_id"


def test_parents_come_first_and_references_within_a_table_are_known():
    names = [table.name for table in tables_of_study()]
    assert names.index("study") < names.index("source") < names.index("statement") < names.index("review")
    assert names.index("change") < names.index("event")
    assert references_within(schema.code) == ("parent_id", "merged_into_id")
    assert references_within(schema.change) == ("target",)


def test_the_rows_of_the_demos_studies_together_are_all_rows(demo_store):
    with demo_store.reading() as connection:
        parts = [row_counts(connection, need_study(demo_store, slug)["id"]) for slug in ("demo-en", "demo-ru")]
        for name in schema.metadata.tables.keys() - MACHINE:
            table = schema.metadata.tables[name]
            total = connection.scalar(select(func.count()).select_from(table))
            assert sum(part[name] for part in parts) == total, name
