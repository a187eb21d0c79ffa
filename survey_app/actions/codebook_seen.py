"""The codebook with how often each code is used, as far as the one who asks may know."""

from survey_app.actions.results import frames_of
from survey_app.actions.rights import needs
from survey_app.store import codes as code_rows
from survey_app.store.log import Row, Store
from survey_app.store.team import Role


@needs(Role.CODER)
def codes_seen(store: Store, study_id: str) -> list[Row]:
    """All codes (`store.codes.codes`), those out of use too; `codings` counts the codings that are seen."""
    used = frames_of(store, study_id).codings["code_id"].value_counts()
    with store.reading() as connection:
        found = code_rows.codes(connection, study_id, archived=True)
    return [row | {"codings": int(used.get(row["key"], 0))} for row in found]
