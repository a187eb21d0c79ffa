"""Turn back the last act of a kind on a source, whoever did it."""

from survey_app.store import undo
from survey_app.store.log import Store
from survey_app.store.revisions import rise


def undo_last(store: Store, person: str, study_id: str, verb: str, source_id: str) -> bool:
    """False: there is nothing to undo. Raises UndoRefused where the same rows have been changed since."""
    with store.writing() as connection:
        done = undo.last_in_scope(connection, study_id, verb, source_id)
        if done is None:
            return False
        undo.turn_back(connection, done, person)
        rise(connection, source_id)
        return True
