"""Versions that readers can open: which stand, and what of them may no longer be shown."""

from survey_app.actions.rights import needs
from survey_app.store import results as result_rows
from survey_app.store.log import Row, Store
from survey_app.store.team import Role


@needs(Role.RESEARCHER)
def standing_releases(store: Store, study: Row) -> list[Row]:
    """Versions of the study that readers can open, newest first."""
    with store.reading() as connection:
        found = result_rows.releases(connection, study["id"])
    return [row for row in found if not row["manifest"].get("withdrawn_at")]
