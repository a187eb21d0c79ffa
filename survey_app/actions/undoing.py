"""Turn back the last act of a kind: on a source, whoever did it, or one's own. Which kinds a person may turn back is
for the action to say that calls."""

from collections.abc import Iterable

from sqlalchemy import Connection

from survey_app.store import undo
from survey_app.store.revisions import rise


def undo_last(connection: Connection, person: str, study_id: str, verb: str, source_id: str) -> bool:
    """False: there is nothing to undo. Raises UndoRefused where the same rows have been changed since."""
    done = undo.last_in_scope(connection, study_id, verb, source_id)
    if done is None:
        return False
    undo.turn_back(connection, done, person)
    rise(connection, source_id)
    return True


def undo_own(connection: Connection, person: str, study_id: str, verbs: Iterable[str]) -> int:
    """Turn back this person's own last act among `verbs`; returns the number of the change that did, 0 where there is
    nothing to undo. Raises UndoRefused."""
    done = undo.last_done(connection, study_id, person, None, verbs)
    return 0 if done is None else undo.turn_back(connection, done, person)
