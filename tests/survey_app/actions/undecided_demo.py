"""The demo with nothing decided of what could identify somebody, and what tests ask of it."""

from sqlalchemy import update

from survey_app.actions.deidentified import texts_for_readers
from survey_app.actions.deidentifying import (
    decide_pseudonyms,
)
from survey_app.actions.review_queue import review_queue, suggestions
from survey_app.actions.review_state import text_states
from survey_app.actions.studies import need_study
from survey_app.store import schema, sources


def undecided(store):
    """The English demo, looked through, with nothing decided yet."""
    study = need_study(store, "demo-en")
    with store.writing() as connection:
        connection.execute(update(schema.pseudonym).values(level=""))
        connection.execute(update(schema.deidentification).values(finished_at="", finished_by=""))
    with store.change(study["id"], "", "forget"):
        pass  # what is kept of the study is read anew
    return study


def card_of(store, study, written):
    return next(card for card in review_queue(store, study["id"]) if written in card.written)


def said_with(store, study, words):
    """What readers would see of every statement in which these words were said: {id: (said, seen)}."""
    with store.reading() as connection:
        seen = texts_for_readers(connection, study["id"])
        found = {}
        for source in sources.sources(connection, study["id"], "session", "chat"):
            text = sources.source(connection, source["id"])["text"]
            for row in sources.statements(connection, source["id"]):
                if words in text[row["start"] : row["end"]]:
                    found[row["id"]] = (text[row["start"] : row["end"]], seen[row["id"]].text)
    return found


def state(store, study, key="S-A"):
    return next(each for each in text_states(store, study["id"]) if each.key == key)


def decide_all(store, study, person="A"):
    return decide_pseudonyms(store, person, study["id"], suggestions(review_queue(store, study["id"])))
