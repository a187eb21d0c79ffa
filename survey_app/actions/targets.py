"""Targets of a study: codes that the codebook gives a figure, as more than 70 per cent in 2024."""

from coding.codebook import Indicator
from survey_app.actions.rights import needs
from survey_app.store import codes as code_rows
from survey_app.store.log import Store
from survey_app.store.team import Role


@needs(Role.READER)
def indicators_of(store: Store, study_id: str) -> dict[str, Indicator]:
    """The declared figure of each code that has one, by the code's key, in the order of the codebook."""
    with store.reading() as connection:
        found = code_rows.codes_that_count(connection, study_id)
    return {row["key"]: Indicator(**row["indicator"]) for row in found if row["indicator"]}
