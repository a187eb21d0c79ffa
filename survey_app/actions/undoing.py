"""Turn back the last act of a kind: on a source, whoever did it, or one's own."""

from collections.abc import Iterable

from survey_app.actions.rights import needs
from survey_app.store import undo
from survey_app.store.log import Store
from survey_app.store.revisions import rise
from survey_app.store.team import Role


@needs(Role.CODER)
def undo_last(store: Store, person: str, study_id: str, verb: str, source_id: str) -> bool:
    """False: there is nothing to undo. Raises UndoRefused where the same rows have been changed since."""
    with store.writing() as connection:
        done = undo.last_in_scope(connection, study_id, verb, source_id)
        if done is None:
            return False
        undo.turn_back(connection, done, person)
        rise(connection, source_id)
        return True


@needs(Role.CODER)
def undo_own(store: Store, person: str, study_id: str, verbs: Iterable[str]) -> bool:
    """Turn back this person's own last act among `verbs`. False: there is nothing to undo. Raises UndoRefused."""
    with store.writing() as connection:
        done = undo.last_done(connection, study_id, person, None, verbs)
        if done is None:
            return False
        undo.turn_back(connection, done, person)
        return True
