"""What a study's codebook lets coders say of statements besides codes, for those who read what was counted."""

from coding.codebook import StatementAttribute
from survey_app.actions.codebook_files import attributes_in
from survey_app.actions.rights import needs
from survey_app.store.codebooks import codebook_of
from survey_app.store.log import Store
from survey_app.store.team import Role


@needs(Role.READER)
def attributes_of(store: Store, study_id: str) -> tuple[StatementAttribute, ...]:
    """The attributes with the names of their values, in the codebook's order; of an open list what it has so far."""
    with store.reading() as connection:
        return attributes_in(codebook_of(connection, study_id))
