"""The study card: kept with the study's choices, filled in field by field, taken back without touching the rest."""

from __future__ import annotations

from sqlalchemy import Connection

from survey_app.actions.rights import needs
from survey_app.publishing.study_card import Card, checked, merged, read_card, write_card
from survey_app.store import schema, undo
from survey_app.store.log import Row, Store, fetch, open_change
from survey_app.store.team import Role

CHOICE = "card"
"""Under which a study's choices keep it."""
FILL = "fill_study_card"


@needs(Role.RESEARCHER)
def study_card(store: Store, study_id: str) -> Card:
    """What has been said of the study, empty where nothing was."""
    with store.reading() as connection:
        return card_within(fetch(connection, schema.study, study_id))


@needs(Role.RESEARCHER)
def fill_study_card(store: Store, person: str, study_id: str, card: Card, *, seen: Card) -> None:
    """Keep what `card` says otherwise than the one that was `seen`. Raises CardProblem."""
    wanted = checked(card)
    with store.change(study_id, person, FILL) as change:
        row = fetch(change.connection, schema.study, study_id)
        kept = write_card(checked(merged(card_within(row), seen, wanted)))
        change.update(schema.study, study_id, choices=dict(row["choices"]) | {CHOICE: kept})


@needs(Role.RESEARCHER)
def undo_study_card(store: Store, person: str, study_id: str) -> bool:
    """Turn back this person's own last change of the card. False: there is none.

    The card lies in one row with all choices of the study, so that what counts is the card alone: other choices may
    have changed since. Raises UndoRefused where the same parts of the card have.
    """
    with store.writing() as connection:
        done = undo.last_done(connection, study_id, person, None, [FILL])
        if done is None:
            return False
        _turn_back(connection, done, person)
        return True


def card_within(study: Row) -> Card:
    """The card in the row of a study."""
    return read_card((study["choices"] or {}).get(CHOICE))


def _turn_back(connection: Connection, done: Row, person: str) -> None:
    row = fetch(connection, schema.study, done["study_id"])
    there = card_within(row)
    events = undo.events_of(connection, done["id"])
    for event in events:
        left, before = card_within(event["after"]), card_within(event["before"])
        if merged(there, before, left) != there:  # the change done again would alter something: so somebody has
            raise undo.UndoRefused(undo.CHANGED_SINCE)
        there = merged(there, left, before)
    new = open_change(connection, done["study_id"], person, FILL, kind="undo", target=done["id"])
    if events:
        new.update(schema.study, row["id"], choices=dict(row["choices"]) | {CHOICE: write_card(there)})
    undo.mark(connection, done, "undo")
