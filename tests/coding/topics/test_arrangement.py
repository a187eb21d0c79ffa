"""Topics by hand: levels, merging, splitting, names that stay with their statements."""

from math import log

import pytest

from coding.topics.arranged import arranged
from coding.topics.arrangement import (
    Arrangement,
    ArrangementProblem,
    Name,
    at_level,
    begin,
    carried,
    groups_of,
    merged,
    named,
    names_of,
    parts,
    split,
)
from coding.topics.job import as_json
from tests.coding.topics.small_run import LEAF, small_run

FINE = Arrangement(1)
ALL = ((0,), (1,), (2,), (3,))


def names(run, arrangement):
    """The English names of topics by their leaves."""
    return {
        leaves: each.name_en for leaves, each in names_of(run, groups_of(run, arrangement), arrangement.names).items()
    }


def test_the_level_that_the_run_shows_is_the_beginning():
    run = small_run()
    assert begin(run) == Arrangement(0)
    assert begin(small_run(topics=run["levels"][1]["topics"])) == FINE
    assert groups_of(run, FINE) == ALL


def test_a_level_is_shown_as_the_run_has_it():
    run = small_run()
    found = arranged(run, FINE)
    kept = ("topic", "size", "words", "representative", "stability", "leaves")
    assert [{name: each[name] for name in kept} for each in found["topics"]] == run["levels"][1]["topics"]
    assert [each["topic"] for each in found["assignments"]] == LEAF
    assert [each["probability"] for each in found["assignments"]] == run["levels"][1]["together"]
    assert (found["quality"]["stability"], found["quality"]["npmi"]) == (0.6, 0.2)
    assert found["quality"]["without_experts"] == 0.7
    assert found["arrangement"] == {"level": 1, "by_hand": False, "measured": 4}


def test_what_is_merged_has_the_words_of_both_by_their_sums():
    """c-TF-IDF by hand: three topics with 6 + 4 + 4 words; A = 4 (14 / 3, whole), f as counted."""
    run = small_run()
    changed = merged(run, FINE, (1,), (2,))
    assert set(groups_of(run, changed)) == {(0,), (1, 2), (3,)}
    found = arranged(run, changed)["topics"]
    assert [(each["topic"], each["size"], each["leaves"]) for each in found] == [
        (0, 6, [1, 2]), (1, 4, [0]), (2, 2, [3]),
    ]  # fmt: skip
    assert found[0]["words"] == ["Portal", "staff"]
    assert found[0]["weights"] == pytest.approx([3 / 6 * log(1 + 4 / 3), 3 / 6 * log(1 + 4 / 3)], abs=1e-5)


def test_a_topic_that_was_merged_holds_as_its_statements_do_at_the_nearest_level():
    """Leaves 1 and 2: (1 + 1 + 1 + 0.25 * 3) / 6."""
    run = small_run()
    found = arranged(run, merged(run, FINE, (1,), (2,)))
    assert found["topics"][0]["stability"] == pytest.approx((3 + 0.75) / 6)
    assert found["arrangement"] == {"level": 1, "by_hand": True, "measured": 4}


def test_representative_statements_come_from_both_parts_and_from_different_experts():
    run = small_run()
    changed = merged(run, FINE, (1,), (2,))
    assert arranged(run, changed)["topics"][0]["representative"] == ["s4", "s7", "s5"]
    experts = {"s4": "A", "s7": "A", "s5": "B", "s8": "A"}
    assert arranged(run, changed, experts)["topics"][0]["representative"][:2] == ["s4", "s5"]


def test_a_split_gives_back_what_a_topic_was_made_of():
    run = small_run()
    assert groups_of(run, split(run, begin(run), (0, 1))) == ((2, 3), (0,), (1,))
    assert parts(run, (0, 1, 2, 3)) == ((0, 1), (2, 3))
    assert parts(run, (1, 2)) == ((1,), (2,))  # merged by hand across the tree
    assert parts(run, (0, 1, 2)) == ((0, 1), (2,))
    assert parts(run, (3,)) is None
    by_hand = merged(run, FINE, (0,), (3,))
    assert set(groups_of(run, split(run, by_hand, (0, 3)))) == set(ALL)


def test_two_languages_are_two_trees_and_what_was_merged_over_them_can_be_split():
    run = small_run()
    run["leaves"] = run["leaves"] | {"merges": [[[0], [1]], [[2], [3]]]}
    assert parts(run, (0, 1, 2, 3)) == ((2, 3), (0, 1))
    assert parts(run, (0, 2)) == ((0,), (2,))
    assert parts(run, (0, 2, 3)) == ((2, 3), (0,))


@pytest.mark.parametrize("act", [
    lambda run: merged(run, FINE, (0,), (1, 2)),
    lambda run: merged(run, FINE, (0,), (0,)),
    lambda run: split(run, FINE, (0,)),
    lambda run: split(run, begin(run), (0,)),
    lambda run: named(run, FINE, (9,), "x", ""),
    lambda run: at_level(run, FINE, 2),
    lambda run: at_level(run, FINE, -1),
    lambda run: split({"topics": run["topics"], "assignments": []}, FINE, (0, 1)),
], ids=["gone", "itself", "finest", "other level", "name", "too fine", "below", "earlier version"])  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(act):
    with pytest.raises(ArrangementProblem):
        act(small_run())


def test_a_name_stays_with_its_statements_over_levels_and_back():
    run = small_run()
    arrangement = named(run, begin(run), (0, 1), "Registers", "Реестры")
    fine = at_level(run, arrangement, 1)
    assert names(run, fine) == {(0,): "Registers"}  # 4 of the 7 statements
    assert names(run, at_level(run, fine, 0)) == {(0, 1): "Registers"}


def test_a_name_gives_way_where_one_of_its_parts_has_its_own():
    run = small_run()
    arrangement = at_level(run, named(run, begin(run), (0, 1), "Registers", ""), 1)
    arrangement = named(run, arrangement, (1,), "Portals", "")
    assert names(run, arrangement) == {(1,): "Portals"}
    assert names(run, at_level(run, arrangement, 0)) == {(0, 1): "Registers"}


def test_what_is_merged_is_called_as_the_topic_that_it_went_into():
    run = small_run()
    arrangement = named(run, named(run, FINE, (0,), "One", ""), (1,), "Two", "")
    together = merged(run, arrangement, (0,), (1,))
    assert names(run, together) == {(0, 1): "Two"}
    assert names(run, split(run, together, (0, 1))) == {(0,): "One", (1,): "Two"}
    nameless = merged(run, named(run, FINE, (0,), "One", ""), (0,), (1,))
    assert names(run, nameless) == {(0, 1): "One"}


def test_a_name_can_be_taken_away():
    run = small_run()
    arrangement = at_level(run, named(run, begin(run), (0, 1), " Regi \n sters ", ""), 1)
    assert names(run, arrangement) == {(0,): "Regi sters"}
    assert names(run, named(run, arrangement, (0,), "", " ")) == {}


def test_names_are_carried_to_a_new_run_where_half_of_the_statements_are_the_same():
    before = small_run()
    arrangement = named(before, named(before, begin(before), (0, 1), "Registers", ""), (2, 3), "Staff", "")
    now = small_run()
    now["assignments"] = [each | {"statement_id": f"t{place}" if place > 8 else each["statement_id"]}
                          for place, each in enumerate(now["assignments"])]  # fmt: skip
    found = carried(arranged(before, arrangement), arrangement, now)
    assert {each.leaves: each.name_en for each in found.names} == {(0, 1): "Registers", (2, 3): "Staff"}
    other = carried(arranged(before, arrangement), arrangement, small_run(prefix="t"))
    assert other == begin(now)


def test_a_run_of_an_earlier_version_keeps_its_topics():
    run = {"topics": [{"topic": 0, "size": 1, "words": ["a"], "representative": []}], "assignments": [], "quality": {}}
    found = arranged(run, begin(run))
    assert found["topics"] == [run["topics"][0] | {"name_en": "", "name_ru": "", "weights": []}]
    assert carried(found, Arrangement(0, names=(Name((0,), "x"),)), small_run()) == Arrangement(0)


def test_a_topic_without_counted_words_has_those_of_a_topic_within():
    run = small_run()
    run["leaves"] = run["leaves"] | {"counts": [[], [], [], []]}
    found = arranged(run, merged(run, FINE, (1,), (2,)))["topics"]
    assert found[0]["words"] == ["portal"]
    assert found[0]["weights"] == [0.0]


@pytest.mark.slow
@pytest.mark.xdist_group("topics")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_words_from_sums_are_those_of_the_run_at_every_level(demo_topics, language):
    run = as_json(demo_topics(language))
    for place, level in enumerate(run["levels"]):
        groups = groups_of(run, Arrangement(place))
        again = arranged(run, Arrangement(place, groups))
        assert {tuple(each["leaves"]): each["words"] for each in again["topics"]} == {
            tuple(each["leaves"]): each["words"] for each in level["topics"]
        }
        assert again["quality"]["stability"] == level["stability"]
