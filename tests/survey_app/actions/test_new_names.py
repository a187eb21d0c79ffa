"""A name that comes into the roster after a text was looked through opens the review of that text again."""

import pytest

from survey_app.actions.deidentifying import DeidentifyingRefused, decide_pseudonym
from survey_app.actions.identifying import look_through, texts_to_look_through
from survey_app.actions.people import import_roster
from survey_app.actions.review_state import text_states, unreviewed
from survey_app.actions.reviewing import finish_review, reopen_review, sign_review
from survey_app.actions.studies import need_study
from survey_app.store import sources
from tests.survey_app.actions.test_people import roster_of
from tests.survey_app.actions.undecided_demo import card_of, said_with, state


@pytest.fixture
def study(store):
    return need_study(store, "demo-en")


@pytest.fixture
def named(store, study):
    """Somebody comes into the roster whose name is a word of a session and of an answer."""
    content = "id,name,group\nZ1,Ottilie Kindergartens,loc\n"
    import_roster(store, "A", study["id"], roster_of(store, study, content))
    return state(store, study).source_id


def quoted(store, source_id):
    with store.reading() as connection:
        return [sources.statements(connection, source_id)[0]["id"]]


def test_the_review_of_the_text_in_which_the_name_stands_is_open_again_and_no_other(store, study, named):
    assert {each.key for each in text_states(store, study["id"]) if each.state != "finished"} == {"S-A", "Q-t1.o1"}
    assert (state(store, study).state, state(store, study).new_names) == ("new_names", ("Kindergartens",))
    assert named in texts_to_look_through(store, study["id"])
    assert len(texts_to_look_through(store, study["id"])) == 2
    (reason,) = unreviewed(store, study, quoted(store, named))
    assert "came into the roster later" in str(reason)
    assert not unreviewed(store, study, quoted(store, state(store, study, "S-B").source_id))


def test_nobody_finishes_or_signs_before_the_text_is_looked_through_again(store, study, named):
    for act in (finish_review, sign_review):
        with pytest.raises(DeidentifyingRefused, match=r"Kindergartens\. Look through it again first"):
            act(store, "B", study["id"], named)
    reopen_review(store, "A", study["id"], named)
    assert state(store, study).state == "new_names"


def test_looked_through_and_decided_the_text_is_finished_anew(store, study, named):
    assert look_through(store, "A", study, [named]) == 1
    assert (state(store, study).state, state(store, study).new_names) == ("open", ())
    decide_pseudonym(store, "A", study["id"], card_of(store, study, "Kindergartens").pseudonym_id, "pseudonym")
    finish_review(store, "A", study["id"], named)
    assert state(store, study).state == "finished"
    assert not unreviewed(store, study, quoted(store, named))
    assert all("Kindergartens" not in seen for _said, seen in said_with(store, study, "Kindergartens").values())
