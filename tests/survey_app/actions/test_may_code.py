"""What a person may code: the texts of their assignments, as long as those are not handed in."""

import pytest

from survey_app.actions.assigning import assign, change_assignment, give_back, hand_in, own_assignment
from survey_app.actions.may_code import HANDED_IN, NO_CODER, NOT_YOURS, may_code, sampled_statements
from survey_app.actions.sampling import draw_sample, give_sample
from survey_app.store.samples import statements_of
from tests.survey_app.actions.planning import ids_of


@pytest.fixture
def plan(team):
    """The team with ways to ask: may(role, text), give(role, *texts), and the ids."""
    study, people = team
    store = people["owner"][0].acting(None)
    ids = ids_of(store, study)
    answers = [(None, "yes"), (NOT_YOURS, "not yours"), (HANDED_IN, "handed in"), (NO_CODER, "no coder")]

    def may(role, text, coder=None):
        in_hands, own = people[role]
        with store.reading() as connection:
            said = may_code(connection, in_hands, study["id"], ids.source[text], coder or (own["id"] if own else ""))
        return next(name for answer, name in answers if answer == said)

    def give(role, *texts, **how):
        return assign(store, "A", study["id"], [people[role][1]["id"]], [ids.source[one] for one in texts], **how)

    return study, people, store, ids, may, give


def test_without_any_assignment_every_coder_may_code_every_text(plan):
    may = plan[4]
    assert {may(role, text) for role in ("owner", "researcher", "coder") for text in ("S-A", "S-B")} == {"yes"}
    assert may("reader", "S-A") == "no coder"


def test_assignments_bind_coders_and_leave_researchers_free_until_they_have_their_own(plan):
    may, give = plan[4:]
    give("coder", "S-A")
    assert (may("coder", "S-A"), may("coder", "S-B")) == ("yes", "not yours")
    assert (may("researcher", "S-B"), may("owner", "S-A")) == ("yes", "yes")
    give("researcher", "S-B")
    assert (may("researcher", "S-B"), may("researcher", "S-A"), may("owner", "S-A")) == ("yes", "not yours", "yes")


def test_a_coder_without_assignments_codes_nothing_once_others_have_some(plan):
    may, give = plan[4:]
    give("researcher", "S-B")
    assert may("coder", "S-B") == "not yours"


def test_a_text_that_was_handed_in_is_closed_until_it_is_given_back(plan):
    study, people, store, ids, may, give = plan
    give("coder", "S-A")
    in_hands, own = people["coder"]
    hand_in(in_hands, own["key"], study["id"], own["id"], ids.source["S-A"], incomplete=True)
    assert may("coder", "S-A") == "handed in"
    with store.reading() as connection:
        row = own_assignment(connection, study["id"], own["id"], ids.source["S-A"])
    give_back(people["researcher"][0], people["researcher"][1]["key"], study["id"], row["id"])
    assert may("coder", "S-A") == "yes"


def test_nobody_codes_under_the_name_of_another(plan):
    _study, people, _store, _ids, may, _give = plan
    assert may("coder", "S-A", people["owner"][1]["id"]) == "no coder"
    assert may("owner", "S-A", people["coder"][1]["id"]) == "no coder"


def test_whoever_sits_at_the_machine_may_code_anything(plan):
    study, people, store, ids, _may, give = plan
    give("coder", "S-A")
    with store.reading() as connection:
        for one in people.values():
            if one[1]:
                assert may_code(connection, store, study["id"], ids.source["S-B"], one[1]["id"]) is None
        stranger = store.acting("nobody")
        assert may_code(connection, stranger, study["id"], ids.source["S-B"], ids.coder["C"]) == NO_CODER


def test_a_sample_gives_its_statements_and_whole_texts_all(plan):
    study, _people, store, ids, may, _give = plan
    sample_id = draw_sample(store, "A", study["id"], "Double", 40, seed=7)
    give_sample(store, "A", study["id"], sample_id, [ids.coder["C"]])
    with store.reading() as connection:
        here = sampled_statements(connection, study["id"], ids.source["S-A"], ids.coder["C"])
        assert here == statements_of(connection, sample_id, ids.source["S-A"])
        assert here
        assert sampled_statements(connection, study["id"], ids.source["S-A"], ids.coder["B"]) is None
        row = own_assignment(connection, study["id"], ids.coder["C"], ids.source["S-B"])
    change_assignment(store, "A", study["id"], row["id"], mode="blind", purpose="work")
    with store.reading() as connection:
        assert sampled_statements(connection, study["id"], ids.source["S-B"], ids.coder["C"]) is None
    assert may("coder", "S-A") == "yes"
