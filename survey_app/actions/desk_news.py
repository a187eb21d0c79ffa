"""Whether a desk would be told anything new: asked every second by every desk, and answered with yes or no."""

from hashlib import sha256

from sqlalchemy import Connection, select

from survey_app.actions.desk_terms import Terms, terms_within
from survey_app.actions.rights import needs
from survey_app.store import codebooks, codes, schema
from survey_app.store.desk_log import anything_since
from survey_app.store.log import Store
from survey_app.store.recordings import recording_of
from survey_app.store.team import Role

LONGEST = 500
"""After so many changes of anybody a desk is told of news anyway, so that the next question has few to look through."""


@needs(Role.CODER)
def state_of(store: Store, study_id: str, source_id: str, coder_id: str) -> str:
    """A word that changes with whatever a desk shows besides codings and marks: text, codebook, recording, terms."""
    with store.reading() as connection:
        terms = terms_within(connection, store, study_id, source_id, coder_id)
        return _state(connection, study_id, source_id, terms)


@needs(Role.CODER)
def has_news(store: Store, study_id: str, source_id: str, coder_id: str, revision: int, state: str) -> bool:
    """Whether anything that the coder may see has changed since `revision` or since `state` was told.

    What others do that this coder does not see is no news. A desk that was shut has no `state`.
    """
    with store.reading() as connection:
        newest = codes.last_change(connection)
        if newest == revision and state:
            return False
        if not 0 <= newest - revision <= LONGEST:
            return True
        terms = terms_within(connection, store, study_id, source_id, coder_id)
        if _state(connection, study_id, source_id, terms) != state:
            return True
        return anything_since(connection, study_id, source_id, coder_id, terms.other_ids, revision)


def _state(connection: Connection, study_id: str, source_id: str, terms: Terms) -> str:
    version = connection.scalar(select(schema.source.c.version).where(schema.source.c.id == source_id))
    heard = recording_of(connection, source_id)
    sound = heard and (heard["id"], heard["shift_s"])
    told = (version, codebooks.version_of(connection, study_id), sound, terms.word)
    return sha256(repr(told).encode()).hexdigest()[:16]
