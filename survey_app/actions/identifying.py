"""Look through texts for what could identify somebody, and keep what is found: at once, or as a job in the worker."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from survey_app import jobs
from survey_app.actions.held_back import holding_back
from survey_app.actions.identified_places import keep_found
from survey_app.actions.known_by_name import known_by_name
from survey_app.actions.new_names import new_names
from survey_app.actions.rights import needs
from survey_app.store import deidentification, schema, sources
from survey_app.store.log import Row, Store, fetch, now
from survey_app.store.revisions import open_source
from survey_app.store.team import Role
from transcripts.decoding import language_of
from transcripts.identify_job import Looked, look_at
from transcripts.identifying import Known

LOOK = "transcripts.identify_job:look"
QUOTED = ("session", "chat", "answer")
"""Kinds of sources in which experts speak."""


def job_key(study: Row) -> str:
    """The name under which the job that looks through a study's texts is found again after a reload."""
    return f"identifying-{study['id']}"


@needs(Role.RESEARCHER)
def start_looking(store: Store, person: str, study: Row, source_ids: Sequence[str]) -> None:
    """Send texts to the worker, where recognisers of names are; returns at once. What is found is kept at the end."""
    with store.reading() as connection:
        texts = _texts(connection, study["id"], source_ids)
        known = known_by_name(connection, study["id"])
    told = [{"key": each.key, "names": list(each.names), "kind": each.kind} for each in known]
    jobs.submit(
        LOOK, texts, told, key=job_key(study), on_done=lambda found: keep_looked(store, person, study["id"], found)
    )


@needs(Role.RESEARCHER)
def look_through(store: Store, person: str, study: Row, source_ids: Sequence[str]) -> int:
    """The same here and now, without a recogniser; returns how many places are new."""
    with store.reading() as connection:
        texts = _texts(connection, study["id"], source_ids)
        known: list[Known] = known_by_name(connection, study["id"])
    return keep_looked(store, person, study["id"], [look_at(each, known) for each in texts])


@needs(Role.RESEARCHER)
def keep_looked(store: Store, person: str, study_id: str, looked: Sequence[Looked]) -> int:
    """Keep what was found; returns how many places are new. A text that was corrected meanwhile is left for next time.

    Decisions stay, and so do places marked by hand; undecided places that are no longer found go. A review that was
    finished is open again where something undecided has come.
    """
    new = 0
    with store.change(study_id, person, "look_through") as change, holding_back(change, study_id):
        for each in looked:
            source = open_source(change.connection, study_id, each["id"])
            if source["revision"] != each["revision"]:
                continue
            added = keep_found(change, source, each["places"])
            new += added
            _note(change, source, each, reopened=added > 0)
    return new


def _texts(connection: Connection, study_id: str, source_ids: Sequence[str]) -> list[dict[str, Any]]:
    found = []
    for source_id in source_ids:
        row = fetch(connection, schema.source, source_id, study_id)
        language = row["language"] if row["language"] in {"en", "ru"} else language_of(row["text"])
        found.append({"id": row["id"], "revision": row["revision"], "language": language, "text": row["text"]})
    return found


@needs(Role.RESEARCHER)
def texts_to_look_through(store: Store, study_id: str) -> list[str]:
    """Ids of the sources in which experts speak that nobody has looked through as they are now, or in which names
    stand that the study learned since."""
    with store.reading() as connection:
        done = deidentification.reviews(connection, study_id)
        found = sources.sources(connection, study_id, *QUOTED)
        waiting = {
            row["id"] for row in found if row["id"] not in done or done[row["id"]]["revision"] != row["revision"]
        }
        places: dict[str, list[Row]] = {row["id"]: [] for row in found if row["id"] not in waiting}
        for place in deidentification.places(connection, study_id, list(places)):
            places[place["source_id"]].append(place)
        waiting |= new_names(connection, study_id, places).keys()
    return [row["id"] for row in found if row["id"] in waiting]


def _note(change: Any, source: Row, looked: Looked, *, reopened: bool) -> None:
    table = schema.deidentification
    present = deidentification.review_of(change.connection, source["id"])
    values = {"revision": source["revision"], "mostly_lower": looked["mostly_lower"], "scanned_at": now()}
    if present is None:
        change.insert(table, {"source_id": source["id"]} | values)
    else:
        again = dict.fromkeys(("finished_at", "finished_by"), "") if reopened else {}
        change.update(table, present["id"], **values, **again)
