"""No SQL of one database outside the dialect module: every statement can be said to PostgreSQL too."""

import io
import re
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import event
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from survey_app.actions import codebook, people, studies
from survey_app.actions.backing_up import back_up
from survey_app.actions.checking import check_store
from survey_app.actions.keeping_copies import is_due
from survey_app.actions.restoring_study import restore
from survey_app.actions.results import frames_of
from survey_app.store import codes, deidentification, desk_log, experts, results, schema, sources, undo
from survey_app.store import studies as study_rows
from survey_app.store.migrate import MIGRATIONS
from survey_app.store.progress import progress

PROJECT = Path(__file__).parent.parent.parent.parent


@pytest.fixture
def said(store):
    """Every statement that reaches the database while the test runs."""
    found = []

    @event.listens_for(store.engine, "before_execute")
    def _hear(_connection, clause, _multi, _values, _options):
        found.append(clause)

    return found


def test_every_statement_of_the_store_compiles_for_postgresql(store, said, tmp_path):
    study = studies.need_study(store, "demo-en")
    with store.reading() as connection:
        source = sources.sources(connection, study["id"], "session")[0]["id"]
        coder = study_rows.coders(connection, study["id"])[0]
        study_rows.all_studies(connection)
        study_rows.slugs(connection)
        study_rows.groups(connection, study["id"])
        study_rows.segmentations(connection, study["id"])
        study_rows.sizes(connection, study["id"])
        sources.source(connection, source)
        sources.turns(connection, source)
        sources.statements(connection, source)
        sources.speakers(connection, study["id"], "session", "chat")
        sources.by_sha256(connection, study["id"], "0")
        codes.codings_of(connection, source, coder["id"])
        codes.codings_of_others(connection, source, [coder["id"]])
        desk_log.codings_since(connection, source, [coder["id"]], 0)
        desk_log.marks_since(connection, study["id"], coder["id"], 0)
        desk_log.looks_since(connection, study["id"], coder["id"], 0)
        desk_log.anything_since(connection, study["id"], source, coder["id"], [], 0)
        codes.last_change(connection)
        progress(connection, study["id"])
        experts.names(connection, study["id"])
        results.last_topic_run(connection, study["id"])
        results.quote_decisions(connection, study["id"])
        deidentification.pseudonyms(connection, study["id"])
        deidentification.places(connection, study["id"], [source])
        deidentification.places_in(connection, source)
        deidentification.reviews(connection, study["id"])
        deidentification.review_of(connection, source)
        results.releases(connection, study["id"])
        results.versions_of(connection, "panel")
        undo.last_done(connection, study["id"], "A", None, [])
        undo.last_undone(connection, study["id"], "A", source, ["add_coding"])
    check_store(store)
    people.undo_merge(store, "A", study["id"])
    new = codebook.add_code(store, "A", study["id"], parent_id=_root(store, study), label_en="New")
    codebook.archive_code(store, "A", study["id"], new, archived=True)
    frames_of(store, study["id"])
    restore(store, back_up(store, study, tmp_path), slug="again")
    is_due(store, study, tmp_path, datetime.now(UTC))
    studies.delete_study(store, study, "demo-en")
    assert len(said) > 60
    for clause in said:
        if not isinstance(clause, str):
            assert str(clause.compile(dialect=postgresql.dialect()))


def test_the_tables_can_be_made_in_postgresql():
    for table in schema.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))
        for index in table.indexes:
            assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=postgresql.dialect()))


def test_the_migrations_speak_postgresql():
    out = io.StringIO()
    context = MigrationContext.configure(dialect_name="postgresql", opts={"as_sql": True, "output_buffer": out})
    for file in sorted((MIGRATIONS / "versions").glob("*.py")):
        spec = spec_from_file_location(file.stem, file)
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        with Operations.context(context):
            module.upgrade()
    assert all(f"CREATE TABLE {name}" in out.getvalue().replace('"', "") for name in schema.metadata.tables)


def test_words_of_one_database_stand_in_two_modules_alone():
    own = re.compile(
        r"\bPRAGMA\b|\bsqlite_master\b|INSERT OR |exec_driver_sql|import sqlite3|dialects\.(sqlite|postgresql)"
    )
    found = {
        str(file.relative_to(PROJECT))
        for file in (PROJECT / "survey_app").rglob("*.py")
        if own.search(file.read_text("utf-8"))
    }
    assert found == {"survey_app/store/dialect.py", "survey_app/store/bulk.py"}


def _root(store, study):
    with store.reading() as connection:
        return codes.codes(connection, study["id"])[0]["id"]
