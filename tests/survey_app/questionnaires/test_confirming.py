"""What a person changes in a proposed column, and which row counts of two of one person."""

from survey_app.questionnaires.column import Column
from survey_app.questionnaires.confirming import (
    FIRST,
    LAST,
    NEITHER,
    as_kind,
    double_keys,
    doubles,
    moved,
    questions_of,
    saying_nothing,
    turned,
    without_doubles,
)
from survey_app.questionnaires.previewing import CANNOT_SAY, LEFT, UNFIT, VALUES, WORDS, preview
from survey_app.questionnaires.reading import read_questionnaire
from tests.coding.demo_study import guide
from tests.survey_app.questionnaires.forms import FORM, column_of, demo_form, propose_columns

SCALE = tuple({"value": float(n), "en": en, "ru": ""} for n, en in enumerate(["low", "middle", "high"], 1))


def scale(**more):
    return Column("Mood?", "likert", "q1", ("Mood?", ""), points=SCALE, **more)


def words(points):
    return [(point["value"], point["en"]) for point in points]


def outcomes(found):
    return {row.cell: row.outcome for row in found.written}


def test_the_lines_of_a_grid_are_one_decision():
    columns = propose_columns(read_questionnaire(FORM, demo_form()).table, guide())
    questions = questions_of(columns)
    assert sorted(place for question in questions for place in question.places) == list(range(len(columns)))
    assert [len(question.places) for question in questions if len(question.places) > 1] == [4, 6, 9, 4, 4]
    assert len(questions) == 20


def test_what_was_left_out_of_a_grid_stands_alone():
    line = {"kind": "likert", "parent_id": "q1", "label": ("", "")}
    columns = [Column("a", item_id="q1.1", **line), Column("b", item_id="q1.2", **line | {"kind": "leave_out"})]
    assert [question.places for question in questions_of(columns)] == [(0,), (1,)]


def test_a_point_is_moved_and_the_values_stay():
    assert words(moved(SCALE, 2, -1)) == [(1, "low"), (2, "high"), (3, "middle")]
    assert words(moved(SCALE, 0, -1)) == words(SCALE)
    assert words(turned(SCALE)) == [(1, "high"), (2, "middle"), (3, "low")]


def test_any_answer_may_mean_cannot_say_and_one_that_did_may_be_a_point():
    column = column_of("Pet?", "cat", "dog", "cat", "dog", "hard to say")
    assert outcomes(preview(column, {"hard to say": 1, "dog": 2}))["hard to say"] == CANNOT_SAY
    changed = saying_nothing(column, ["dog"], ["cat", "dog", "hard to say"])
    assert outcomes(preview(changed, {"hard to say": 1, "Dog": 2, "cat": 1})) == {
        "hard to say": VALUES, "Dog": CANNOT_SAY, "cat": VALUES,
    }  # fmt: skip
    assert [point["en"] for point in changed.points] == ["cat", "hard to say"]


def test_a_choice_of_very_many_answers_has_the_most_usual_as_options():
    answers = ["often", "often", *(f"answer {number}" for number in range(100))]
    points = as_kind(Column("Why?", "open", "q1", ("Why?", "")), answers, "single").points
    assert (len(points), points[0]["en"]) == (40, "often")


def test_a_preview_counts_values_and_sets_apart_what_is_none():
    found = preview(scale(), {"low": 3, "high": 1, "5": 2, "don't know": 1, "": 4})
    assert [(tally.value, tally.count) for tally in found.tallies] == [(1, 3), (2, 0), (3, 1)]
    assert (found.answered, found.cannot_say, found.blank, found.unfit) == (4, 1, 4, 2)
    assert outcomes(found) == {"low": VALUES, "high": VALUES, "5": UNFIT, "don't know": CANNOT_SAY}


def test_a_reverse_line_is_previewed_from_its_other_end():
    found = preview(scale(reverse=True), {"low": 3})
    assert [(tally.value, tally.count) for tally in found.tallies] == [(1, 0), (2, 0), (3, 3)]


def test_a_preview_of_choices_counts_each_option():
    column = column_of("Where?", "town; village", "town", "village; town", "town; village")
    assert column.kind == "multi"
    found = preview(column, {"town; village": 3, "town": 1})
    assert sorted((column.points[tally.place]["en"], tally.count) for tally in found.tallies) == [
        ("town", 4), ("village", 3),
    ]  # fmt: skip


def test_a_preview_of_words_and_of_what_is_left_out():
    wordy = Column("Why?", "open", "q1", ("Why?", ""))
    both = {"да, конечно / yes, of course": 2}
    assert preview(wordy, both, "en").written[0].text == "yes, of course"
    assert outcomes(preview(wordy, both, "en")) == dict.fromkeys(both, WORDS)
    assert outcomes(preview(Column("Why?", "leave_out", "q1", ("Why?", "")), both)) == dict.fromkeys(both, LEFT)


def test_two_columns_of_one_key_are_found_and_places_of_a_ranking_are_none():
    first, second = Column("a", "open", "q1", ("", "")), Column("b", "open", "q1", ("", ""))
    assert double_keys([first, second]) == {"q1": ["a", "b"]}
    places = [Column(name, "rank", "q1", ("", ""), points=SCALE, place=at) for at, name in ((1, "a"), (2, "b"))]
    assert double_keys(places) == {}


def test_of_two_rows_of_one_person_the_chosen_one_counts():
    whose = {0: "L1", 1: "C1", 4: "L1", 7: "L1"}
    assert doubles(whose) == {"L1": [0, 4, 7]}
    assert without_doubles(whose, FIRST) == {0: "L1", 1: "C1"}
    assert without_doubles(whose, LAST) == {1: "C1", 7: "L1"}
    assert without_doubles(whose, NEITHER) == {1: "C1"}
