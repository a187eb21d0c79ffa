"""Names that a study once knew are found in its words for good, whatever the roster says now."""

import pytest

from survey_app.actions.known_by_name import EXPERT, known_by_name
from survey_app.actions.people import import_roster, remove_expert
from survey_app.actions.studies import create_study
from survey_app.publishing.names import names_within
from survey_app.store import experts, undo
from tests.survey_app.actions.test_people import roster_of

HEAD = "id,name,other names,role,group\n"


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "", title_en="Panel")


def bring(store, study, *lines):
    """A roster as a file."""
    import_roster(store, "A", study["id"], roster_of(store, study, HEAD + "\n".join(lines) + "\n"))


def found_in(store, study, words):
    """What the gate finds, and whom the review of texts knows by name."""
    with store.reading() as connection:
        known = {each.key: each.names for each in known_by_name(connection, study["id"])}
        return names_within(words, experts.names(connection, study["id"])), known


def id_of(store, study, key):
    with store.reading() as connection:
        return next(row["id"] for row in experts.experts(connection, study["id"]) if row["key"] == key)


def test_an_expert_who_was_renamed_is_found_by_either_name(fresh_store, study):
    bring(fresh_store, study, "L1,Anna Orlova,Anyuta Belkina,expert,loc")
    bring(fresh_store, study, "L1,Anna Sokolova,,expert,loc")
    named, known = found_in(fresh_store, study, "Orlova said, Belkina agreed, Sokolova did not.")
    assert named == ["Orlova", "Belkina", "Sokolova"]
    names = known[f"{EXPERT}{id_of(fresh_store, study, 'L1')}"]
    assert (names[0], {*names}) == ("Anna Sokolova", {"Anna Sokolova", "Anna Orlova", "Anyuta Belkina"})


def test_who_left_the_roster_is_still_found(fresh_store, study):
    bring(fresh_store, study, "L1,Anna Orlova,,expert,loc", "L2,Boris Utkin,,expert,loc", "M1,Vera Lisina,,moderator,")
    remove_expert(fresh_store, "A", study["id"], id_of(fresh_store, study, "L2"))
    bring(fresh_store, study, "L3,Vera Lisina,,expert,loc")
    bring(fresh_store, study, "L3,Zoya Novaya,,expert,loc")
    named, known = found_in(fresh_store, study, "Utkin and Lisina.")
    assert named == ["Utkin", "Lisina"]
    assert any("Boris Utkin" in names for key, names in known.items() if not key.startswith(EXPERT))


def test_names_that_were_exchanged_by_mistake_stay_with_who_bears_them_now(fresh_store, study):
    bring(fresh_store, study, "L1,Boris Utkin,,expert,loc", "L2,Anna Orlova,,expert,loc")
    bring(fresh_store, study, "L1,Anna Orlova,,expert,loc", "L2,Boris Utkin,,expert,loc")
    _named, known = found_in(fresh_store, study, "")
    assert [*known.values()] == [("Anna Orlova",), ("Boris Utkin",)]


def test_what_an_undo_took_back_was_never_so(fresh_store, study):
    bring(fresh_store, study, "L1,Anna Orlova,,expert,loc")
    bring(fresh_store, study, "L1,Vera Slova,,expert,loc")
    with fresh_store.writing() as connection:
        done = undo.last_done(connection, study["id"], "A", None, ["import_roster"])
        undo.turn_back(connection, done, "A")
    assert found_in(fresh_store, study, "Orlova, Slova.")[0] == ["Orlova"]
    with fresh_store.writing() as connection:
        undo.do_again(connection, done, "A")
    assert found_in(fresh_store, study, "Orlova, Slova.")[0] == ["Orlova", "Slova"]
