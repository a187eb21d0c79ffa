"""The starter guide as a questionnaire: everything it asks in closed form, under the keys that answers are stored by."""

from dataclasses import replace

from survey_app.questionnaires.guide_form import instrument_of_guide
from survey_app.questionnaires.instrument import Instrument
from tests.coding.demo_study import guide

FORM = instrument_of_guide(guide())


def test_every_question_of_the_guide_is_asked_under_its_key():
    asked = {item.key for item in FORM.items}
    asked |= {f"{item.key}.{option.key}" for item in FORM.items for option in item.options}
    known = set(guide().items["item_id"]) - {"group"}
    assert known <= asked
    assert "group" not in asked


def test_tasks_are_pages_in_the_order_of_the_guide():
    assert [section.key for section in FORM.sections] == ["profile", "t1", "t2", "t3", "closing"]
    assert {item.section for item in FORM.items if item.key.startswith("t2")} == {"t2"}
    assert {item.section for item in FORM.items if item.key.startswith("z")} == {"closing"}
    assert FORM.consent[1].startswith("Встреча записывается")


def test_a_matrix_has_its_points_and_cannot_say_beside_them():
    matrix = FORM.item("t2.c1")
    assert [(option.key, option.value, option.cannot_say) for option in matrix.options] == [
        ("1", 1, False), ("2", 2, False), ("3", 3, False), ("4", 4, False), ("5", 5, False), ("cannot_say", 98, True),
    ]  # fmt: skip
    lines = FORM.lines("t2.c1")
    assert (len(lines), lines[0].key, lines[0].code) == (9, "t2.c1.skills", "prob.skills")


def test_how_many_may_be_ranked_or_chosen_is_kept():
    ranking, choice = FORM.item("t1.c2"), FORM.item("t2.c2")
    assert (ranking.kind, ranking.most, len(ranking.options)) == ("rank", 3, 6)
    assert (choice.kind, choice.most) == ("multi", 3)
    assert [option.key for option in choice.options if option.other] == ["other"]


def test_numbers_keep_their_bounds_and_the_number_for_cannot_say():
    shares = FORM.item("z.c1")
    assert (shares.kind, shares.lowest, shares.highest) == ("numeric", 0, 100)
    assert [(option.value, option.cannot_say) for option in shares.options] == [(-1, True)]
    assert [(line.lowest, line.highest) for line in FORM.lines("z.c1")] == [(0, 100)] * 4


def test_questions_in_words_have_room():
    assert [item.key for item in FORM.items if item.kind == "open" and item.long] == [
        "t1.o1", "t1.o2", "t2.o1", "t2.o2", "t3.o1", "z.o1",
    ]  # fmt: skip


def test_a_closed_item_without_an_open_one_behind_it_is_in_the_last_page():
    own = guide()
    bare = instrument_of_guide(replace(own, questions=(), tasks=()))
    assert {item.section for item in bare.items if item.key.startswith("t1")} == {"closing"}


def test_it_goes_through_the_store():
    assert Instrument.from_json(FORM.to_json()) == FORM
