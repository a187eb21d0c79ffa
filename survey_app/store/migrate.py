"""Bring the database to the schema of this version, with a copy beside it before anything moves."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError

from survey_app.store.dialect import back_up, migrating
from survey_app.store.log import Store, now
from transcripts.messages import MessageError, sentence

MIGRATIONS = Path(__file__).parent / "migrations"


class UnusableStore(MessageError):
    """A database that cannot be opened, or that a newer version has written."""


def revisions(migrations: Path = MIGRATIONS) -> list[str]:
    """Every revision of the schema that this version knows, newest first."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]


def migrate(store: Store, migrations: Path = MIGRATIONS, to: str = "head") -> Path | None:
    """Apply the missing migrations up to the revision `to`.

    Returns the backup that was made, or None if nothing had to move or be kept.

    Raises UnusableStore, with nothing changed.
    """
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    head = scripts.get_current_head() if to == "head" else to
    place = store.engine.url.database or store.engine.url.render_as_string(hide_password=True)
    try:
        with store.reading() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
    except DatabaseError as problem:
        raise UnusableStore(
            sentence("The database {place} cannot be opened. Check that it is there and may be written.", place=place)
        ) from problem
    if present == head:
        return None
    if present is not None and present not in {script.revision for script in scripts.walk_revisions()}:
        raise UnusableStore(
            sentence("The database {place} was made by a newer Rakurs. Install that version.", place=place)
        )
    backup = None
    if present is not None:
        backup = back_up(store.engine, f"before-{head}-{now().replace(':', '')}")
    with migrating(store.engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
    return backup
