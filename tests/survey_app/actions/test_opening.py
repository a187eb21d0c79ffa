"""The comparison of texts is opened by a researcher; who still codes blind stays blind."""

import pytest

from survey_app.actions.assigning import assign, hand_in
from survey_app.actions.opening import OpeningRefused, StillCoding, close_comparison, open_comparison, plan_of
from survey_app.actions.results import frames_of
from survey_app.actions.rights import NotPermitted
from tests.survey_app.actions.planning import ids_of


@pytest.fixture
def here(team):
    study, people = team
    store = people["owner"][0].acting(None)
    ids = ids_of(store, study)
    assign(store, "A", study["id"], [ids.coder[key] for key in "ABC"], [ids.source["S-A"]])
    return study, store, people, ids


def coders_seen(people, study, role, source_id):
    codings = frames_of(people[role][0], study["id"]).codings
    here = codings[(codings["source_id"] == source_id) & (codings["layer"] == "coder")]
    return set(here["coder_id"])


def test_it_says_who_has_not_handed_in_and_opens_when_that_is_meant(here):
    study, _store, people, ids = here
    hands, text = people["researcher"][0], ids.source["S-A"]
    hand_in(people["owner"][0], "A", study["id"], ids.coder["A"], text)
    with pytest.raises(StillCoding) as refused:
        open_comparison(hands, "B", study["id"], [text])
    assert [row["coder_key"] for row in refused.value.rows] == ["B", "C"]
    assert "B (S-A), C (S-A)" in str(refused.value)
    assert coders_seen(people, study, "owner", text) == {"A"}
    assert open_comparison(hands, "B", study["id"], [text], early=True) == 1
    assert coders_seen(people, study, "owner", text) == {"A", "B", "C"}
    assert coders_seen(people, study, "coder", text) == {"C"}
    hand_in(people["coder"][0], "C", study["id"], ids.coder["C"], text, incomplete=True)
    assert coders_seen(people, study, "coder", text) == {"A", "B", "C"}


def test_it_opens_without_a_question_when_all_are_done_or_nobody_has_it(here):
    study, _store, people, ids = here
    hands = people["researcher"][0]
    for role, key in (("owner", "A"), ("researcher", "B"), ("coder", "C")):
        hand_in(people[role][0], key, study["id"], ids.coder[key], ids.source["S-A"], incomplete=True)
    assert open_comparison(hands, "B", study["id"], [ids.source["S-A"], ids.source["S-B"]]) == 2
    with pytest.raises(OpeningRefused, match="already"):
        open_comparison(hands, "B", study["id"], [ids.source["S-A"]])


def test_trainees_are_not_waited_for(here):
    study, store, people, ids = here
    assign(store, "A", study["id"], [ids.coder["C"]], [ids.source["S-B"]], purpose="training")
    assert open_comparison(people["researcher"][0], "B", study["id"], [ids.source["S-B"]]) == 1


def test_a_comparison_is_closed_again(here):
    study, _store, people, ids = here
    hands, text = people["researcher"][0], ids.source["S-B"]
    open_comparison(hands, "B", study["id"], [text])
    assert coders_seen(people, study, "owner", text) == {"A", "B"}
    assert list(plan_of(hands, study["id"]).opened) == [text]
    assert close_comparison(hands, "B", study["id"], [text]) == 1
    assert coders_seen(people, study, "owner", text) == {"A"}
    with pytest.raises(OpeningRefused, match="not open"):
        close_comparison(hands, "B", study["id"], [text])


def test_coders_and_readers_open_nothing(here):
    study, _store, people, ids = here
    for role, key in (("coder", "C"), ("reader", "")):
        for act in (open_comparison, close_comparison):
            with pytest.raises(NotPermitted):
                act(people[role][0], key, study["id"], [ids.source["S-B"]])


def test_the_plan_tells_numbers_of_statements_looked_at(here):
    study, _store, people, ids = here
    plan = plan_of(people["researcher"][0], study["id"])
    far = {each.row["coder_key"]: (each.looked, each.total) for each in plan.assigned.values()}
    assert far == {"A": (102, 102), "B": (102, 102), "C": (60, 102)}
    assert ids.source["S-B"] in {row["id"] for row in plan.texts}
