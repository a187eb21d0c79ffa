"""The codebook with how often each code is used, as far as the one who asks may know."""

from collections import Counter

from survey_app.actions.rights import needs, sight_of
from survey_app.store import codes as code_rows
from survey_app.store.log import Row, Store
from survey_app.store.team import Role


@needs(Role.CODER)
def codes_seen(store: Store, study_id: str) -> list[Row]:
    """All codes (`store.codes.codes`), those out of use too; `codings` counts the codings that are seen."""
    with store.reading() as connection:
        found = code_rows.codes(connection, study_id, archived=True)
        seen = sight_of(connection, store, study_id)
        if seen.everything:
            return found
        used = Counter[str]()
        for row in code_rows.codings_by_coder(connection, study_id):
            if seen.sees(row["source_id"], row["coder_key"], row["layer"]):
                used[row["code_id"]] += row["codings"]
    return [row | {"codings": used[row["id"]]} for row in found]
