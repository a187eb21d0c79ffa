"""Decide what stands in texts for readers: of a pseudonym in the whole study, of one place, of many, by hand."""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from sqlalchemy import Connection, update

from survey_app.actions.held_back import hidden_words, hold_back, holding_back
from survey_app.actions.identified_places import MOST_WRITTEN
from survey_app.actions.known_by_name import known_by_name
from survey_app.actions.looking_through import betrayals
from survey_app.actions.rights import needs
from survey_app.actions.undoing import undo_own
from survey_app.store import deidentification, schema
from survey_app.store.deidentification import LEVELS, UNSURE
from survey_app.store.log import Change, Row, Store, fetch, now
from survey_app.store.team import Role
from transcripts.messages import Message, MessageError, counted, sentence
from transcripts.seen_words import seen

LONGEST_LABEL = 60
VERBS = (
    "decide_pseudonym", "decide_place", "decide_pseudonyms", "mark_place", "unmark_place", "merge_pseudonyms",
    "finish_review", "sign_review", "reopen_review",
)  # fmt: skip
"""What a person can turn back of their own."""


class DeidentifyingRefused(MessageError):
    """A decision that cannot be taken as it was asked; nothing has changed."""


class _Decided(Exception):
    """Somebody has decided already."""


@needs(Role.RESEARCHER)
def decide_pseudonym(
    store: Store, person: str, study_id: str, pseudonym_id: str, level: str, *, words_en: str = "", words_ru: str = "",
    if_waiting: bool = False,
) -> bool:  # fmt: skip
    """Decide for every place that stands for a person or thing, in all texts ("": nothing is decided any more).

    `words_en` and `words_ru` are what stands within the brackets instead of the usual words. Places whose words were
    corrected take the decision too; those decided otherwise keep theirs. `if_waiting`: what somebody has decided
    already stays, and False is returned.
    """
    values = {"label_en": _label(words_en), "label_ru": _label(words_ru)}
    with (
        suppress(_Decided),
        store.change(study_id, person, "decide_pseudonym") as change,
        holding_back(change, study_id),
    ):
        _standing(change.connection, study_id, pseudonym_id)
        if if_waiting and not _waiting(change.connection, study_id, [pseudonym_id]):
            raise _Decided  # and there was no change
        _refuse_betraying(change.connection, study_id, values.values())
        _decide(change, pseudonym_id, person, _level(level), **values)
        return True
    return False


@needs(Role.RESEARCHER)
def decide_pseudonyms(store: Store, person: str, study_id: str, levels: Mapping[str, str]) -> int:
    """Decide many at once, each as `levels` says; what somebody has decided already stays. Returns how many were."""
    with store.change(study_id, person, "decide_pseudonyms") as change, holding_back(change, study_id):
        waiting = _waiting(change.connection, study_id, levels)
        for each in waiting:
            _decide(change, each, person, _level(levels[each]))
    return len(waiting)


@needs(Role.RESEARCHER)
def decide_place(store: Store, person: str, study_id: str, place_id: str, level: str) -> None:
    """Decide of one place otherwise than of its pseudonym; "": as its pseudonym."""
    with store.change(study_id, person, "decide_place") as change, holding_back(change, study_id):
        place_of_study(change.connection, study_id, place_id)
        change.update(schema.identifying, place_id, own_level=_level(level))


@needs(Role.RESEARCHER)
def merge_pseudonyms(store: Store, person: str, study_id: str, pseudonym_id: str, into_id: str) -> None:
    """Say that two are the same: from now on the places of the first, and what is found like them, are the second's.

    An expert of the roster is never merged into somebody else; then it is the other way round.
    """
    with store.change(study_id, person, "merge_pseudonyms") as change, holding_back(change, study_id):
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
        before = hidden_words(connection, study_id)
        number = undo_own(connection, person, study_id, VERBS)
        if number:
            hold_back(Change(connection, number), study_id, before)
    return number > 0


def _waiting(connection: Connection, study_id: str, ids: Iterable[str]) -> list[str]:
    """Those of these pseudonyms, or of some places of theirs, nobody has decided on."""
    ids = list(ids)
    found = {row["id"]: row for row in deidentification.pseudonyms(connection, study_id)}
    places = deidentification.places_of(connection, ids)
    unsure = {row["pseudonym_id"] for row in places if row["own_level"] == UNSURE}
    return [
        each for each in ids
        if each in found and not found[each]["merged_into_id"] and (not found[each]["level"] or each in unsure)
    ]  # fmt: skip


def _decide(change: Change, pseudonym_id: str, person: str, level: str, **values: str) -> None:
    change.update(schema.pseudonym, pseudonym_id, level=level, person=person, at=now(), **values)
    for row in deidentification.places_of(change.connection, [pseudonym_id]):
        if row["own_level"] == UNSURE:
            change.update(schema.identifying, row["id"], own_level="")


def _standing(connection: Connection, study_id: str, pseudonym_id: str) -> Row:
    row = fetch(connection, schema.pseudonym, pseudonym_id, study_id)
    if row["merged_into_id"]:
        raise DeidentifyingRefused(sentence("This has become one with another in the meantime. Load the page again."))
    return row


def place_of_study(connection: Connection, study_id: str, place_id: str) -> Row:
    """One place in a text of the study. Raises Gone."""
    row = fetch(connection, schema.identifying, place_id)
    fetch(connection, schema.source, row["source_id"], study_id)
    return row


def _level(level: str) -> str:
    if level and level not in LEVELS:
        raise KeyError(level)
    return level


def take_out_betraying_labels(connection: Connection, study_id: str) -> list[Message]:
    """Of a study that has just been brought in: usual words in the place of labels that name or lead to somebody."""
    table, known, count = schema.pseudonym, known_by_name(connection, study_id), 0
    for row in deidentification.pseudonyms(connection, study_id):
        written = f"{row['label_en']}\n{row['label_ru']}"
        if written.strip() and betrayals(written, known):
            connection.execute(update(table).where(table.c.id == row["id"]).values(label_en="", label_ru=""))
            count += 1
    if not count:
        return []
    return [
        counted(
            "{count} label was replaced by the usual words: it named somebody or led to somebody.",
            "{count} labels were replaced by the usual words: they named somebody or led to somebody.", count,
        )
    ]  # fmt: skip


def _refuse_betraying(connection: Connection, study_id: str, labels: Iterable[str]) -> None:
    """A label that is itself a name, or leads to somebody, would take the place of what it is to hide."""
    found = betrayals("\n".join(labels), known_by_name(connection, study_id))
    if found:
        raise DeidentifyingRefused(
            sentence(
                "Readers see the label, and this in it names somebody or leads to somebody: {words}. Choose other "
                "words.",
                words=", ".join(found),
            )
        )


def _label(words: str) -> str:
    label = " ".join(seen(words).split())
    if len(label) > LONGEST_LABEL:
        raise DeidentifyingRefused(sentence("A label has at most {most} characters.", most=LONGEST_LABEL))
    return label
