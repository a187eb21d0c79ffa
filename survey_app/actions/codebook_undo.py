"""Turn back the last change of a codebook, whoever made it, and do it again. Both make a version of their own."""

from sqlalchemy import Connection

from survey_app.store import undo
from survey_app.store.codebooks import rise_version
from survey_app.store.log import Change, Row, Store
from transcripts.messages import MessageError, sentence

VERBS = (
    "add_code", "change_code", "move_code", "archive_code", "merge_codes", "split_code", "assign_codings",
    "import_codebook", "change_rules", "change_attributes", "change_literature",
)  # fmt: skip


class NothingToTurn(MessageError):
    """There is no change to undo, or none to do again."""


def last_codebook_change(connection: Connection, study_id: str) -> Row | None:
    """The change that `undo_codebook` would turn back, or None."""
    return undo.last_done(connection, study_id, None, "", VERBS)


def last_codebook_undone(connection: Connection, study_id: str) -> Row | None:
    """The change that `redo_codebook` would do again, or None."""
    return undo.last_undone(connection, study_id, None, "", VERBS)


def undo_codebook(store: Store, person: str, study_id: str) -> str:
    """Turn back the last change; returns its verb. Raises UndoRefused where the same rows have been changed since."""
    with store.writing() as connection:
        done = last_codebook_change(connection, study_id)
        if done is None:
            raise NothingToTurn(sentence("There is nothing more to undo in the codebook."))
        number = undo.turn_back(connection, done, person)
        rise_version(Change(connection, number), study_id)
    return str(done["verb"])


def redo_codebook(store: Store, person: str, study_id: str) -> str:
    """Do the change again that was undone last, if nothing new was done since; returns its verb."""
    with store.writing() as connection:
        undone = last_codebook_undone(connection, study_id)
        if undone is None:
            raise NothingToTurn(sentence("There is nothing to do again in the codebook."))
        number = undo.do_again(connection, undone, person)
        rise_version(Change(connection, number), study_id)
    return str(undone["verb"])
