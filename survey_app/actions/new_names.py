"""Names of the study that stand in a text where nobody has looked at them: they came after it was looked through."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection

from survey_app.actions.known_by_name import known_by_name
from survey_app.store import schema
from survey_app.store.log import Row, fetch_all
from transcripts.identifying import Kind
from transcripts.known_names import mentions

People = tuple[tuple[str, tuple[str, ...]], ...]


def new_names(
    connection: Connection, study_id: str, places: Mapping[str, Sequence[Row]]
) -> dict[str, tuple[str, ...]]:  # fmt: skip
    """The words by which people are named outside the places of texts, by the id of the text; texts without any are
    left out. `places` says which texts, and what was found in them."""
    if not places:
        return {}
    people = tuple((each.key, each.names) for each in known_by_name(connection, study_id) if each.kind == Kind.PERSON)
    found = {}
    for source in fetch_all(connection, schema.source, list(places)):
        covered = [(row["start"], row["end"]) for row in places[source["id"]]]
        words = [
            source["text"][start:end]
            for start, end in _named(source["text"], people)
            if not any(first < end and last > start for first, last in covered)
        ]
        if words:
            found[source["id"]] = tuple(dict.fromkeys(words))
    return found


@lru_cache(maxsize=256)
def _named(text: str, people: People) -> tuple[tuple[int, int], ...]:
    """Kept, since a page asks for it at each click."""
    return tuple((each.start, each.end) for each in mentions(text, people))
