"""A database grows from nothing, is copied before it changes, and loses no row when a table is made anew."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError

from survey_app.store import schema
from survey_app.store.log import Store, new_id
from survey_app.store.migrate import MIGRATIONS, UnusableStore, migrate

HEAD = max(file.name[:4] for file in (MIGRATIONS / "versions").glob("0*.py"))
SECOND = """
from alembic import op
import sqlalchemy as sa

revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None


def upgrade():
    with op.batch_alter_table("study", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.Text(), nullable=False, server_default=""))
    {more}
"""


def newer(tmp_path, more="pass"):
    """The migrations of a version that makes the table of studies anew."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    (folder / "versions" / "9999_colour.py").write_text(SECOND.format(more=more, head=HEAD))
    return folder


@pytest.fixture
def store(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'data' / 'rakurs.db'}")
    migrate(store)
    return store


@pytest.fixture
def study(store):
    with store.change(None, "", "create_study") as change:
        study = change.insert(schema.study, {"slug": "panel"})[0]
        change.adopt(study)
    with store.change(study, "A", "add_coder") as change:
        change.insert(schema.coder, {"study_id": study, "key": "A"})
    return study


def test_migrations_from_nothing_make_every_table(store):
    assert set(inspect(store.engine).get_table_names()) == {*schema.metadata.tables, "alembic_version"}


def test_a_new_database_needs_no_backup(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")
    assert migrate(store) is None
    assert not (tmp_path / "backups").exists()


def test_a_backup_is_made_before_anything_moves(store, study, tmp_path):
    backup = migrate(store, newer(tmp_path))
    assert backup is not None
    with closing(sqlite3.connect(backup)) as copy:
        assert [row[0] for row in copy.execute("SELECT slug FROM study")] == ["panel"]
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        assert "colour" not in {row[1] for row in copy.execute("PRAGMA table_info(study)")}
    assert "colour" in {column["name"] for column in inspect(store.engine).get_columns("study")}


def test_a_table_made_anew_keeps_its_children(store, study, tmp_path):
    migrate(store, newer(tmp_path))
    with store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.coder)) == 1
        assert connection.scalar(select(func.count()).select_from(schema.event)) == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_that_breaks_a_reference_leaves_everything_as_it_was(store, study, tmp_path):
    with pytest.raises(IntegrityError):
        migrate(store, newer(tmp_path, more='op.execute("DELETE FROM study")'))
    with store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(schema.study)) == 1
    assert "colour" not in {column["name"] for column in inspect(store.engine).get_columns("study")}


def test_a_database_of_a_newer_version_is_left_alone(store, study, tmp_path):
    migrate(store, newer(tmp_path))
    with pytest.raises(UnusableStore, match="newer Rakurs"):
        migrate(store)


def test_a_place_that_cannot_be_opened_gets_one_sentence(tmp_path):
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(UnusableStore, match="cannot be opened"):
        migrate(Store(f"sqlite:///{tmp_path / 'folder.db'}"))


def test_a_file_that_is_no_database_is_not_touched(tmp_path):
    file = tmp_path / "rakurs.db"
    file.write_bytes(b"a letter, not a database\n" * 100)
    with pytest.raises(UnusableStore, match="cannot be opened"):
        migrate(Store(f"sqlite:///{file}"))
    assert file.read_bytes() == b"a letter, not a database\n" * 100


def test_a_folder_with_a_percent_sign_or_cyrillic_letters_is_a_folder(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'данные 100%' / 'rakurs.db'}")
    migrate(store)
    with store.change(None, "", "create_study") as change:
        change.insert(schema.study, {"id": new_id(), "slug": "panel"})
