"""Bring the database to the schema of this version, with a copy beside it before anything moves."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from survey_app.store.dialect import back_up
from survey_app.store.log import Store, now

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(store: Store) -> Path | None:
    """Apply the missing migrations; returns the backup that was made, or None if nothing had to move."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head()
    with store.reading() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == head:
        return None
    backup = None
    if present is not None:
        backup = back_up(store.engine, f"before-{head}-{now().replace(':', '')}")
    with store.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return backup
