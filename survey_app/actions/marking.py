"""Mark by hand what was not found, and take such a mark back."""

import re
from collections.abc import Iterable

from sqlalchemy import Connection

from survey_app.actions.deidentifying import DeidentifyingRefused, place_of_study
from survey_app.actions.held_back import holding_back
from survey_app.actions.identified_places import Key, identity
from survey_app.actions.rights import needs
from survey_app.store import deidentification, schema
from survey_app.store.log import Change, Row, Store, fetch, rows
from survey_app.store.revisions import open_source
from survey_app.store.team import Role
from transcripts.identifying import How, Kind
from transcripts.messages import sentence

_BY_HAND = {"how": str(How.HAND), "risk": 1, "own_level": ""}


@needs(Role.RESEARCHER)
def mark_place(
    store: Store, person: str, study_id: str, source_id: str, start: int, end: int, kind: Kind, *, revision: int,
    everywhere: bool = False,
) -> int:  # fmt: skip
    """Mark [start, end) of a text as it is in `revision`; returns how many places are new.

    Places that the new one touches become part of it. `everywhere`: also wherever these words stand unmarked in texts
    that were looked through. The same words of the same kind have one pseudonym.
    """
    with store.change(study_id, person, "mark_place") as change, holding_back(change, study_id):
        source = open_source(change.connection, study_id, source_id)
        words = source["text"][start:end]
        if source["revision"] != revision or not 0 <= start < end or words != words.strip() or not words:
            raise DeidentifyingRefused(sentence("These words are no longer there. Load the page again."))
        return _marked(change, source, [(start, end)], kind, everywhere=everywhere)


@needs(Role.RESEARCHER)
def mark_words(
    store: Store, person: str, study_id: str, statement_id: str, words: str, kind: Kind, *, everywhere: bool = False
) -> int:
    """The same for words of a statement, wherever they stand in it. Raises DeidentifyingRefused if they do not."""
    with store.change(study_id, person, "mark_place") as change, holding_back(change, study_id):
        statement = fetch(change.connection, schema.statement, statement_id)
        source = open_source(change.connection, study_id, statement["source_id"])
        spans = list(_found(source["text"], words, statement["start"], statement["end"]))
        if not spans:
            raise DeidentifyingRefused(sentence("“{words}” does not stand in this statement.", words=words.strip()))
        return _marked(change, source, spans, kind, everywhere=everywhere)


@needs(Role.RESEARCHER)
def unmark_place(store: Store, person: str, study_id: str, place_id: str) -> None:
    """Take back a place that was marked by hand. What was found by itself is kept as it was said instead."""
    with store.change(study_id, person, "unmark_place") as change, holding_back(change, study_id):
        if place_of_study(change.connection, study_id, place_id)["how"] != How.HAND:
            raise DeidentifyingRefused(
                sentence("This was not marked by hand. Decide that it is kept as it was said instead.")
            )
        change.delete(schema.identifying, place_id)


def _marked(change: Change, source: Row, spans: list[tuple[int, int]], kind: Kind, *, everywhere: bool) -> int:
    words = source["text"][slice(*spans[0])]
    form = " ".join(words.lower().split())
    pseudonym = Key(change, source["study_id"]).of([(identity(str(kind), form, ""), words)])[0]
    new = sum(_mark(change, source, start, end, kind, pseudonym) for start, end in spans)
    if everywhere:
        for each in _looked_through(change.connection, source):
            new += _mark_free(change, each, words, kind, pseudonym)
    return new


def _found(text: str, words: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Where words stand as whole words, in capitals or small letters, with any space between."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return (each.span() for each in re.compile(rf"(?<!\w){pattern}(?!\w)", re.I).finditer(text, start, end) if pattern)


def _mark(change: Change, source: Row, start: int, end: int, kind: Kind, pseudonym_id: str) -> int:
    """Put a place down, taking in what it touches; 0 where the very same place has been marked so."""
    touched = [
        row
        for row in deidentification.places_in(change.connection, source["id"])
        if row["start"] < end and row["end"] > start
    ]
    start, end = min([start, *(row["start"] for row in touched)]), max([end, *(row["end"] for row in touched)])
    same = {"source_id": source["id"], "start": start, "end": end, "pseudonym_id": pseudonym_id, "kind": str(kind)}
    if any(row | same == row for row in touched):
        return 0
    change.delete(schema.identifying, [row["id"] for row in touched])
    change.insert(schema.identifying, same | _BY_HAND)
    return 1


def _mark_free(change: Change, source: Row, words: str, kind: Kind, pseudonym_id: str) -> int:
    """Put places down wherever the words stand and nothing is marked yet."""
    text = source["text"]
    taken = [(row["start"], row["end"]) for row in deidentification.places_in(change.connection, source["id"])]
    free = [
        (start, end)
        for start, end in _found(text, words, 0, len(text))
        if not any(first < end and last > start for first, last in taken)
    ]
    of_all = {"source_id": source["id"], "pseudonym_id": pseudonym_id, "kind": str(kind)} | _BY_HAND
    change.insert(schema.identifying, [{"start": start, "end": end} | of_all for start, end in free])
    return len(free)


def _looked_through(connection: Connection, first: Row) -> list[Row]:
    """The study's texts that somebody has looked through, the first one among them."""
    ids = {first["id"], *deidentification.reviews(connection, first["study_id"])}
    return rows(connection, schema.source.select().where(schema.source.c.id.in_(ids)))
