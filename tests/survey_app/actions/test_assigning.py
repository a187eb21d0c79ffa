"""Texts are given, changed, handed in, given back and withdrawn; work is never lost or called what it was not."""

import pytest

from survey_app.actions.assigning import (
    AssigningRefused,
    NotAllLookedAt,
    assign,
    change_assignment,
    give_back,
    hand_in,
    own_assignment,
    undo_assigning,
    withdraw_assignment,
)  # fmt: skip
from survey_app.actions.opening import own_texts, plan_of
from survey_app.actions.rights import NotPermitted
from survey_app.actions.sampling import draw_sample
from survey_app.actions.studies import create_study
from survey_app.store import schema
from survey_app.store.log import Gone
from tests.survey_app.actions.planning import forgets, ids_of, looks_at_all


@pytest.fixture
def here(team):
    """The demo's study without assignments: study, its store in nobody's hands, people, ids."""
    study, people = team
    store = people["owner"][0].acting(None)
    return study, store, people, ids_of(store, study)


def row_of(store, study, coder_id, source_id):
    with store.reading() as connection:
        return own_assignment(connection, study["id"], coder_id, source_id)


def codings(store):
    with store.reading() as connection:
        return {tuple(row) for row in connection.execute(schema.coding.select())}


def test_texts_are_given_once_and_what_a_coder_has_stays_as_it_is(here):
    study, store, _people, ids = here
    texts, coders = [ids.source["S-A"], ids.source["S-B"]], [ids.coder["A"], ids.coder["C"]]
    assert assign(store, "A", study["id"], coders[:1], texts[:1], mode="open") == 1
    assert assign(store, "A", study["id"], coders, texts) == 3
    modes = {pair: each.row["mode"] for pair, each in plan_of(store, study["id"]).assigned.items()}
    assert modes[(texts[0], coders[0])] == "open"
    assert sorted(modes.values()) == ["blind", "blind", "blind", "open"]
    with pytest.raises(AssigningRefused, match="nothing to give"):
        assign(store, "A", study["id"], coders, texts)


def test_nothing_of_another_study_is_given(here):
    study, store, _people, ids = here
    other = create_study(store, "A", title_en="Another panel")
    strangers = ids_of(store, other)
    for coders, texts in (
        ([strangers.coder["A"]], [ids.source["S-A"]]), ([ids.coder["A"]], ["no such text"]),
    ):  # fmt: skip
        with pytest.raises(AssigningRefused, match="no longer in the study"):
            assign(store, "A", study["id"], coders, texts)
    assign(store, "A", study["id"], [ids.coder["A"]], [ids.source["S-A"]])
    row = row_of(store, study, ids.coder["A"], ids.source["S-A"])
    with pytest.raises(Gone):
        withdraw_assignment(store, "A", other["id"], row["id"])


def test_handing_in_asks_where_statements_wait_and_then_closes(here):
    study, store, people, ids = here
    text, coder = ids.source["S-A"], ids.coder["C"]
    mine = people["coder"][0]
    assign(store, "A", study["id"], [coder], [text])
    assert [(each.looked, each.total) for each in own_texts(mine, study["id"], coder)] == [(60, 102)]
    with pytest.raises(NotAllLookedAt) as refused:
        hand_in(mine, "C", study["id"], coder, text)
    assert refused.value.count == 42
    assert row_of(store, study, coder, text)["finished_at"] == ""
    hand_in(mine, "C", study["id"], coder, text, incomplete=True)
    assert row_of(store, study, coder, text)["finished_at"]
    with pytest.raises(AssigningRefused, match="already"):
        hand_in(mine, "C", study["id"], coder, text, incomplete=True)
    with pytest.raises(AssigningRefused, match="not assigned"):
        hand_in(mine, "C", study["id"], coder, ids.source["S-B"])


def test_a_text_that_was_looked_at_as_a_whole_is_handed_in_without_a_question(here):
    study, store, people, ids = here
    text, coder = ids.source["S-A"], ids.coder["C"]
    assign(store, "A", study["id"], [coder], [text])
    assert looks_at_all(store, study, coder, text) == 42
    hand_in(people["coder"][0], "C", study["id"], coder, text)
    (mine,) = own_texts(store, study["id"], coder)
    assert (mine.looked, mine.total, mine.handed_in) == (102, 102, True)


def test_only_the_coder_hands_in_and_only_researchers_plan(here):
    study, store, people, ids = here
    text, coder = ids.source["S-A"], ids.coder["C"]
    assign(people["researcher"][0], "B", study["id"], [coder], [text])
    row = row_of(store, study, coder, text)
    for role, key in (("researcher", "B"), ("owner", "A")):
        with pytest.raises(NotPermitted):
            hand_in(people[role][0], key, study["id"], coder, text, incomplete=True)
    mine = people["coder"][0]
    for asked in (
        lambda: assign(mine, "C", study["id"], [coder], [ids.source["S-B"]]),
        lambda: change_assignment(mine, "C", study["id"], row["id"], mode="open", purpose="work"),
        lambda: withdraw_assignment(mine, "C", study["id"], row["id"]),
        lambda: give_back(mine, "C", study["id"], row["id"]),
        lambda: plan_of(mine, study["id"]),
        lambda: undo_assigning(mine, "C", study["id"]),
        lambda: own_texts(mine, study["id"], ids.coder["A"]),
    ):
        with pytest.raises(NotPermitted):
            asked()


def test_a_text_is_withdrawn_only_from_who_has_not_begun(here):
    study, store, _people, ids = here
    assign(store, "A", study["id"], [ids.coder["C"]], [ids.source["S-A"], ids.source["S-B"]])
    begun, fresh = (row_of(store, study, ids.coder["C"], ids.source[key]) for key in ("S-A", "S-B"))
    before = codings(store)
    withdraw_assignment(store, "A", study["id"], fresh["id"])
    with pytest.raises(AssigningRefused, match="out of reach"):
        withdraw_assignment(store, "A", study["id"], begun["id"])
    assert list(plan_of(store, study["id"]).assigned) == [(ids.source["S-A"], ids.coder["C"])]
    assert codings(store) == before


def test_what_has_begun_changes_only_where_nothing_is_hidden(here):
    study, store, _people, ids = here
    text, coder = ids.source["S-A"], ids.coder["C"]
    sample_id = draw_sample(store, "A", study["id"], "Double", 40, seed=7)
    assign(store, "A", study["id"], [coder], [text], mode="open")
    row = row_of(store, study, coder, text)
    for kind in ({"mode": "blind"}, {"purpose": "training", "mode": "blind"}, {"sample_id": sample_id}):
        with pytest.raises(AssigningRefused, match="begun"):
            change_assignment(store, "A", study["id"], row["id"], **({"mode": "open", "purpose": "work"} | kind))
    assert row_of(store, study, coder, text) == row
    forgets(store, coder, text)
    change_assignment(store, "A", study["id"], row["id"], mode="blind", purpose="training", sample_id=sample_id)
    changed = row_of(store, study, coder, text)
    assert (changed["mode"], changed["purpose"], changed["sample_id"]) == ("blind", "training", sample_id)


def test_blind_work_may_become_open_and_a_sample_the_whole_text(here):
    study, store, _people, ids = here
    text, coder = ids.source["S-A"], ids.coder["C"]
    sample_id = draw_sample(store, "A", study["id"], "Double", 40, seed=7)
    assign(store, "A", study["id"], [coder], [text], sample_id=sample_id)
    row = row_of(store, study, coder, text)
    change_assignment(store, "A", study["id"], row["id"], mode="open", purpose="work")
    changed = row_of(store, study, coder, text)
    assert (changed["mode"], changed["sample_id"]) == ("open", None)


def test_training_is_blind_new_and_rests_on_what_was_settled(here):
    study, store, _people, ids = here
    coder = ids.coder["C"]
    for texts, how, why in (
        ("S-B", {"mode": "open"}, "always blind"), ("S-A", {}, "new"), ("S-A-chat", {}, "settled"),
    ):  # fmt: skip
        with pytest.raises(AssigningRefused, match=why):
            assign(store, "A", study["id"], [coder], [ids.source[texts]], purpose="training", **how)
    assert assign(store, "A", study["id"], [coder], [ids.source["S-B"]], purpose="training") == 1


def test_a_training_that_was_handed_in_is_not_given_back(here):
    study, store, people, ids = here
    coder, text = ids.coder["C"], ids.source["S-B"]
    assign(store, "A", study["id"], [coder], [text], purpose="training")
    row = row_of(store, study, coder, text)
    with pytest.raises(AssigningRefused, match="has not been handed in"):
        give_back(store, "A", study["id"], row["id"])
    hand_in(people["coder"][0], "C", study["id"], coder, text, incomplete=True)
    with pytest.raises(AssigningRefused, match="has seen"):
        give_back(store, "A", study["id"], row["id"])


def test_the_last_act_is_undone_unless_work_would_be_out_of_reach(here):
    study, store, _people, ids = here
    coder = ids.coder["C"]
    assert not undo_assigning(store, "B", study["id"])
    assign(store, "A", study["id"], [coder], [ids.source["S-B"]])
    row = row_of(store, study, coder, ids.source["S-B"])
    withdraw_assignment(store, "A", study["id"], row["id"])
    assert undo_assigning(store, "A", study["id"])
    assert row_of(store, study, coder, ids.source["S-B"]) == row
    looks_at_all(store, study, coder, ids.source["S-B"])
    with pytest.raises(AssigningRefused, match="out of reach"):
        undo_assigning(store, "A", study["id"])
    assert row_of(store, study, coder, ids.source["S-B"]) == row
    forgets(store, coder, ids.source["S-B"])
    assert undo_assigning(store, "A", study["id"])
    assert row_of(store, study, coder, ids.source["S-B"]) is None


def test_undo_does_not_call_open_work_blind(here):
    study, store, _people, ids = here
    coder, text = ids.coder["C"], ids.source["S-B"]
    assign(store, "A", study["id"], [coder], [text])
    row = row_of(store, study, coder, text)
    change_assignment(store, "A", study["id"], row["id"], mode="open", purpose="work")
    looks_at_all(store, study, coder, text)
    with pytest.raises(AssigningRefused, match="blind"):
        undo_assigning(store, "A", study["id"])
