"""Decide what stands in texts for readers: of a pseudonym in the whole study, of one place, of many, by hand."""

import re
from collections.abc import Mapping

from sqlalchemy import Connection

from survey_app.actions.identified_places import MOST_WRITTEN, Key, identity
from survey_app.actions.rights import needs
from survey_app.actions.undoing import undo_own
from survey_app.store import deidentification, schema
from survey_app.store.deidentification import LEVELS, UNSURE
from survey_app.store.log import Change, Row, Store, fetch, now, rows
from survey_app.store.revisions import open_source
from survey_app.store.team import Role
from transcripts.identifying import How, Kind
from transcripts.messages import MessageError, sentence

LONGEST_LABEL = 60
VERBS = (
    "decide_pseudonym", "decide_place", "decide_pseudonyms", "mark_place", "unmark_place", "merge_pseudonyms",
    "finish_review", "sign_review", "reopen_review",
)  # fmt: skip
"""What a person can turn back of their own."""
_BY_HAND = {"how": str(How.HAND), "risk": 1, "own_level": ""}


class DeidentifyingRefused(MessageError):
    """A decision that cannot be taken as it was asked; nothing has changed."""


@needs(Role.RESEARCHER)
def decide_pseudonym(
    store: Store, person: str, study_id: str, pseudonym_id: str, level: str, *, words_en: str = "", words_ru: str = ""
) -> None:
    """Decide for every place that stands for a person or thing, in all texts ("": nothing is decided any more).

    `words_en` and `words_ru` are what stands within the brackets instead of the usual words. Places whose words were
    corrected take the decision too; those decided otherwise keep theirs.
    """
    values = {"label_en": _label(words_en), "label_ru": _label(words_ru)}
    with store.change(study_id, person, "decide_pseudonym") as change:
        _standing(change.connection, study_id, pseudonym_id)
        _decide(change, pseudonym_id, person, _level(level), **values)


@needs(Role.RESEARCHER)
def decide_pseudonyms(store: Store, person: str, study_id: str, levels: Mapping[str, str]) -> int:
    """Decide many at once, each as `levels` says; what somebody has decided already stays. Returns how many were."""
    with store.change(study_id, person, "decide_pseudonyms") as change:
        found = {row["id"]: row for row in deidentification.pseudonyms(change.connection, study_id)}
        unsure = {
            row["pseudonym_id"]
            for row in deidentification.places_of(change.connection, [*levels])
            if row["own_level"] == UNSURE
        }
        open_now = [
            each for each in levels
            if each in found and not found[each]["merged_into_id"] and (not found[each]["level"] or each in unsure)
        ]  # fmt: skip
        for each in open_now:
            _decide(change, each, person, _level(levels[each]))
    return len(open_now)


@needs(Role.RESEARCHER)
def decide_place(store: Store, person: str, study_id: str, place_id: str, level: str) -> None:
    """Decide of one place otherwise than of its pseudonym; "": as its pseudonym."""
    with store.change(study_id, person, "decide_place") as change:
        _place(change.connection, study_id, place_id)
        change.update(schema.identifying, place_id, own_level=_level(level))


@needs(Role.RESEARCHER)
def mark_place(
    store: Store, person: str, study_id: str, source_id: str, start: int, end: int, kind: Kind, *, revision: int,
    everywhere: bool = False,
) -> int:  # fmt: skip
    """Mark words that were not found: [start, end) of a text as it is in `revision`; returns how many places are new.

    Places that the new one touches become part of it. `everywhere`: also wherever these words stand unmarked in texts
    that were looked through. The same words of the same kind have one pseudonym.
    """
    with store.change(study_id, person, "mark_place") as change:
        source = open_source(change.connection, study_id, source_id)
        words = source["text"][start:end]
        if source["revision"] != revision or not 0 <= start < end or words != words.strip() or not words:
            raise DeidentifyingRefused(sentence("These words are no longer there. Load the page again."))
        form = " ".join(words.lower().split())
        pseudonym = Key(change, study_id).of([(identity(kind, form, ""), words)])[0]
        new = _mark(change, source, start, end, kind, pseudonym)
        if everywhere:
            for each in _looked_through(change.connection, study_id, source):
                new += _mark_free(change, each, words, kind, pseudonym)
    return new


@needs(Role.RESEARCHER)
def unmark_place(store: Store, person: str, study_id: str, place_id: str) -> None:
    """Take back a place that was marked by hand. What was found by itself is kept as it was said instead."""
    with store.change(study_id, person, "unmark_place") as change:
        if _place(change.connection, study_id, place_id)["how"] != How.HAND:
            raise DeidentifyingRefused(
                sentence("This was not marked by hand. Decide that it is kept as it was said instead.")
            )
        change.delete(schema.identifying, place_id)


@needs(Role.RESEARCHER)
def merge_pseudonyms(store: Store, person: str, study_id: str, pseudonym_id: str, into_id: str) -> None:
    """Say that two are the same: from now on the places of the first, and what is found like them, are the second's.

    An expert of the roster is never merged into somebody else; then it is the other way round.
    """
    with store.change(study_id, person, "merge_pseudonyms") as change:
        gone, stays = (_standing(change.connection, study_id, each) for each in (pseudonym_id, into_id))
        if gone["expert_id"] and not stays["expert_id"]:
            gone, stays = stays, gone
        if gone["id"] == stays["id"] or gone["expert_id"]:
            raise DeidentifyingRefused(sentence("Two experts of the roster, or one and the same, cannot become one."))
        for row in deidentification.places_of(change.connection, [gone["id"]]):
            change.update(schema.identifying, row["id"], pseudonym_id=stays["id"])
        written = list(dict.fromkeys([*stays["written"], *gone["written"]]))[:MOST_WRITTEN]
        change.update(schema.pseudonym, stays["id"], written=written)
        change.update(schema.pseudonym, gone["id"], merged_into_id=stays["id"], person=person, at=now())


@needs(Role.RESEARCHER)
def undo_deidentifying(store: Store, person: str, study_id: str) -> bool:
    """Turn back this person's own last decision. False: there is none. Raises UndoRefused."""
    with store.writing() as connection:
        return undo_own(connection, person, study_id, VERBS)


def _decide(change: Change, pseudonym_id: str, person: str, level: str, **values: str) -> None:
    change.update(schema.pseudonym, pseudonym_id, level=level, person=person, at=now(), **values)
    for row in deidentification.places_of(change.connection, [pseudonym_id]):
        if row["own_level"] == UNSURE:
            change.update(schema.identifying, row["id"], own_level="")


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
    taken = [(row["start"], row["end"]) for row in deidentification.places_in(change.connection, source["id"])]
    free = [
        each.span()
        for each in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", source["text"], re.IGNORECASE)
        if not any(start < each.end() and end > each.start() for start, end in taken)
    ]
    of_all = {"source_id": source["id"], "pseudonym_id": pseudonym_id, "kind": str(kind)} | _BY_HAND
    change.insert(schema.identifying, [{"start": start, "end": end} | of_all for start, end in free])
    return len(free)


def _looked_through(connection: Connection, study_id: str, first: Row) -> list[Row]:
    """The study's texts that somebody has looked through, the first one among them."""
    ids = {first["id"], *deidentification.reviews(connection, study_id)}
    return rows(connection, schema.source.select().where(schema.source.c.id.in_(ids)))


def _standing(connection: Connection, study_id: str, pseudonym_id: str) -> Row:
    row = fetch(connection, schema.pseudonym, pseudonym_id, study_id)
    if row["merged_into_id"]:
        raise DeidentifyingRefused(sentence("This has become one with another in the meantime. Load the page again."))
    return row


def _place(connection: Connection, study_id: str, place_id: str) -> Row:
    row = fetch(connection, schema.identifying, place_id)
    fetch(connection, schema.source, row["source_id"], study_id)
    return row


def _level(level: str) -> str:
    if level and level not in LEVELS:
        raise KeyError(level)
    return level


def _label(words: str) -> str:
    label = " ".join(words.split())
    if len(label) > LONGEST_LABEL:
        raise DeidentifyingRefused(sentence("A label has at most {most} characters.", most=LONGEST_LABEL))
    return label
