"""Samples are drawn reproducibly from every group, kept with their plan, given to coders and follow the text."""

import pytest

from coding.sampling import UnusableSample
from survey_app.actions.assigning import AssigningRefused, assign, withdraw_assignment
from survey_app.actions.opening import plan_of
from survey_app.actions.rights import NotPermitted
from survey_app.actions.sampling import (
    Precision,
    SampleRefused,
    coverage,
    draw_sample,
    give_sample,
    pool_of,
    remove_sample,
    samples_of,
)  # fmt: skip
from survey_app.actions.segmenting import split_statement
from survey_app.store import sources
from survey_app.store.progress import codable
from survey_app.store.samples import statements_of
from tests.survey_app.actions.planning import ids_of


@pytest.fixture
def here(team):
    study, people = team
    store = people["owner"][0].acting(None)
    return study, store, people, ids_of(store, study)


def drawn(store, sample_id):
    with store.reading() as connection:
        return statements_of(connection, sample_id)


def test_the_units_needed_are_those_of_the_planning_table():
    """Donner and Rotondi 2010, table 2: kappa 0.8 with a lower limit of 0.6."""
    assert [Precision(0.8, 0.6, share, 2).needed for share in (0.1, 0.3, 0.5)] == [116, 52, 44]


def test_only_what_experts_say_and_coders_code_is_drawn(here):
    study, store, _people, ids = here
    pool = pool_of(store, study["id"])
    assert len(pool) == 280
    with store.reading() as connection:
        assert set(pool["statement_id"]) <= codable(connection, study["id"])
    assert set(pool_of(store, study["id"], [ids.source["S-B"]])["source_id"]) == {ids.source["S-B"]}


def test_the_same_seed_draws_the_same_statements_and_another_others(here):
    study, store, _people, _ids = here
    first, again, other = (
        draw_sample(store, "A", study["id"], name, 44, seed=seed) for name, seed in (("x", 3), ("y", 3), ("z", 4))
    )
    assert drawn(store, first) == drawn(store, again)
    assert drawn(store, first) != drawn(store, other)
    assert [row["size"] for row in samples_of(store, study["id"])] == [44, 44, 44]


def test_a_sample_is_kept_with_its_plan_and_can_be_drawn_again_from_it(here):
    study, store, _people, ids = here
    wanted = Precision(0.8, 0.6, 0.3, 2)
    texts = [ids.source["S-A"], ids.source["S-C"]]
    made = draw_sample(store, "A", study["id"], " Double ", wanted.needed, source_ids=texts, precision=wanted)
    (row,) = samples_of(store, study["id"])
    plan = row["plan"]
    assert (row["name"], row["size"], plan["size"]) == ("Double", 52, 52)
    assert Precision(**plan["precision"]) == wanted
    again = draw_sample(
        store, "A", study["id"], "Again", plan["size"], source_ids=plan["source_ids"], seed=row["seed"],
        by_text=plan["by_text"],
    )  # fmt: skip
    assert drawn(store, again) == drawn(store, made)


def test_every_group_is_covered_in_every_text(here):
    study, store, _people, _ids = here
    made = draw_sample(store, "A", study["id"], "Double", 30, seed=1)
    pool = pool_of(store, study["id"])
    strata = set(zip(pool["group_id"], pool["source_id"], strict=True))
    kept = pool[pool["statement_id"].isin(drawn(store, made))]
    assert set(zip(kept["group_id"], kept["source_id"], strict=True)) == strata
    found = coverage(store, study["id"], made)
    assert found["chosen"].sum() == 30
    assert found["available"].sum() == len(pool)
    assert (found["chosen"] > 0).all()
    assert found["group_id"].is_unique


def test_a_sample_too_small_for_every_group_in_every_text_can_be_drawn_by_group(here):
    study, store, _people, _ids = here
    groups = pool_of(store, study["id"])["group_id"].nunique()
    with pytest.raises(UnusableSample, match="too small"):
        draw_sample(store, "A", study["id"], "Small", groups, seed=1)
    made = draw_sample(store, "A", study["id"], "Small", groups, seed=1, by_text=False)
    assert (coverage(store, study["id"], made)["chosen"] == 1).all()


def test_a_name_is_needed_and_is_taken_once(here):
    study, store, _people, _ids = here
    with pytest.raises(SampleRefused, match="needs a name"):
        draw_sample(store, "A", study["id"], "  ", 40)
    draw_sample(store, "A", study["id"], "Double", 40)
    with pytest.raises(SampleRefused, match="already"):
        draw_sample(store, "A", study["id"], "Double", 41)
    assert len(samples_of(store, study["id"])) == 1


def test_a_sample_is_given_text_by_text_and_who_has_the_whole_text_keeps_it(here):
    study, store, _people, ids = here
    made = draw_sample(store, "A", study["id"], "Double", 40, seed=1)
    assign(store, "A", study["id"], [ids.coder["B"]], [ids.source["S-A"]])
    assert give_sample(store, "A", study["id"], made, [ids.coder["B"], ids.coder["C"]]) == 5
    plan = plan_of(store, study["id"])
    assert plan.assigned[(ids.source["S-A"], ids.coder["B"])].sample == ""
    of_c = [each for (_text, coder), each in plan.assigned.items() if coder == ids.coder["C"]]
    assert {each.sample for each in of_c} == {"Double"}
    assert sum(each.total for each in of_c) == 40
    with pytest.raises(AssigningRefused, match="nothing to give"):
        give_sample(store, "A", study["id"], made, [ids.coder["C"]])


def test_a_sample_is_removed_only_if_nobody_has_it(here):
    study, store, _people, ids = here
    made = draw_sample(store, "A", study["id"], "Double", 40, source_ids=[ids.source["S-B"]])
    give_sample(store, "A", study["id"], made, [ids.coder["C"]])
    with pytest.raises(SampleRefused, match="given"):
        remove_sample(store, "A", study["id"], made)
    (given,) = plan_of(store, study["id"]).assigned.values()
    withdraw_assignment(store, "A", study["id"], given.row["id"])
    remove_sample(store, "A", study["id"], made)
    assert samples_of(store, study["id"]) == []
    assert drawn(store, made) == set()


def test_both_halves_of_a_statement_that_is_split_stay_in_the_sample(here):
    study, store, _people, ids = here
    made = draw_sample(store, "A", study["id"], "Double", 40, source_ids=[ids.source["S-B"]], seed=5)
    with store.reading() as connection:
        text = sources.source(connection, ids.source["S-B"])["text"]
        rows = sources.statements(connection, ids.source["S-B"])
    chosen = drawn(store, made)
    row = next(row for row in rows if row["id"] in chosen and " " in text[row["start"] + 1 : row["end"] - 1])
    at = text.index(" ", row["start"] + 1) + 1
    split_statement(store, "A", study["id"], ids.source["S-B"], row["id"], at)
    assert len(drawn(store, made)) == 41
    assert coverage(store, study["id"], made)["chosen"].sum() == 41


def test_coders_draw_nothing_and_do_not_see_what_was_drawn(here):
    study, store, people, _ids = here
    made = draw_sample(store, "A", study["id"], "Double", 40)
    mine = people["coder"][0]
    for asked in (
        lambda: draw_sample(mine, "C", study["id"], "Mine", 40), lambda: samples_of(mine, study["id"]),
        lambda: coverage(mine, study["id"], made), lambda: remove_sample(mine, "C", study["id"], made),
    ):  # fmt: skip
        with pytest.raises(NotPermitted):
            asked()
