"""Of rows of codings, those that the one who acts may see."""

from collections.abc import Iterable

from sqlalchemy import Connection

from survey_app.actions.rights import sight_of
from survey_app.store import studies
from survey_app.store.log import Row, Store


def only_seen(connection: Connection, store: Store, study_id: str, codings: Iterable[Row]) -> list[Row]:
    """Rows of the table of codings, or of what the log keeps of it, without those that are hidden."""
    seen = sight_of(connection, store, study_id)
    if seen.everything:
        return list(codings)
    keys = {row["id"]: row["key"] for row in studies.coders(connection, study_id)}
    return [row for row in codings if seen.sees(row["source_id"], keys.get(row["coder_id"], ""), row["layer"])]
