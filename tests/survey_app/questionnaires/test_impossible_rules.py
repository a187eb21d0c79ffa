"""Conditions that can never hold are told with their row and never taken in silence; all others are left alone."""

import pytest

from tests.survey_app.questionnaires.definitions.books import form, told, yaml

LISTS = (("yn", "yes", "Yes", "Да"), ("yn", "no", "No", "Нет"), ("ways", "bus", "Bus", "Автобус"),
         ("ways", "tram", "Tram", "Трамвай"), ("ways", "foot", "On foot", "Пешком"))  # fmt: skip
ASKED = (
    ("select_one yn", "use", "Do you?", "", "", ""), ("select_multiple ways", "ways", "How?", "", "", ""),
    ("integer", "age", "How old?", "", "", ". >= 18 and . <= 99"), ("text", "why", "Why?", "", "", ""),
    ("date", "since", "Since?", "", "", ""), ("note", "intro", "Read this", "", "", ""),
)  # fmt: skip


def with_rule(relevant="", constraint="", kind="text"):
    last = (kind, "last", "Last?", "", relevant, constraint)
    return form(*ASKED, last, choices=LISTS, more=("relevant", "constraint"))


NEVER = (
    "${use} = 'maybe'", "selected(${use}, 'yes') and selected(${use}, 'no')", "selected(${ways}, 'plane')",
    "count-selected(${ways}) > 3", "${age} < 18", "${age} > 30 and ${age} <= 30", "${age} = 40.5 and ${age} = 41",
    "${last} = 'x'", ". = 'x'", "1 = 2", "${why} = 'a' and ${why} = 'b'", "string-length(${why}) > 3 and ${why} = ''",
    "${since} > '2024-01-01' and ${since} < '2023-01-01'", "${intro} = 'x'", "not(1 = 1) or ${use} = 'perhaps'",
)  # fmt: skip


@pytest.mark.parametrize("rule", NEVER, ids=range(len(NEVER)))
def test_a_condition_that_never_holds_is_told(rule):
    instrument = with_rule(relevant=rule)
    assert told(instrument) == (
        "Row 8 of “survey”: the condition in the column relevant can never hold, so “last” is never asked. Correct the "
        "condition, or take it out."
    )
    assert instrument.item("last").relevant == rule


@pytest.mark.parametrize("rule", [
    "${use} = 'yes'", "${use} != 'yes'", "${use} = ''", "selected(${ways}, 'bus') and not(selected(${ways}, 'tram'))",
    "count-selected(${ways}) = 3", "${age} = 18", "${age} > 30 and ${age} < 30.5", "${age} = 99 or ${age} = 3",
    "string-length(${why}) > 100", "regex(${why}, '[a-z]+')", "${since} > '2024-01-01' and ${since} < '2024-06-01'",
    "${why} = 'a' or ${why} = 'b'", "${use} = 'yes' and ${age} >= 18 and selected(${ways}, 'foot') and ${why} != ''",
], ids=range(13))  # fmt: skip
def test_a_condition_that_may_hold_is_taken_over_without_a_word(rule):
    instrument = with_rule(relevant=rule)
    assert (told(instrument), instrument.item("last").relevant) == ("", rule)


@pytest.mark.parametrize(("kind", "rule"), [
    ("integer", ". > 5 and . < 3"), ("select_one yn", ". = 'maybe'"), ("select_multiple ways", "count-selected(.) > 4"),
    ("date", ". > '2024-01-02' and . < '2024-01-01'"), ("text", "string-length(.) < 1"),
], ids=range(5))  # fmt: skip
def test_a_constraint_that_no_answer_keeps_is_left_out_and_told(kind, rule):
    instrument = with_rule(constraint=rule, kind=kind)
    assert "no answer to “last” can keep the condition in the column constraint. It was left out" in told(instrument)
    assert instrument.item("last").constraint == ""


@pytest.mark.parametrize(("kind", "rule"), [
    ("integer", ". != 5"), ("select_one yn", ". != 'no'"), ("select_multiple ways", "not(selected(., 'bus'))"),
    ("date", ". > '2024-01-01'"), ("text", "regex(., '[0-9]+')"), ("text", "string-length(.) > 20"),
    ("integer", ". < ${age}"),
], ids=range(7))  # fmt: skip
def test_a_constraint_that_some_answer_keeps_stays(kind, rule):
    instrument = with_rule(constraint=rule, kind=kind)
    assert (told(instrument), instrument.item("last").constraint) == ("", rule)


def test_bounds_that_leave_nothing_between_them_are_left_out_and_told():
    instrument = with_rule(constraint=". >= 10 and . <= 5", kind="integer")
    item = instrument.item("last")
    assert (item.lowest, item.highest) == (None, None)
    assert "Row 8 of “survey”: no answer to “last” is both at least 10 and at most 5." in told(instrument)
    several = with_rule(constraint="count-selected(.) >= 3 and count-selected(.) <= 2", kind="select_multiple ways")
    assert (several.item("last").fewest, several.item("last").most) == (0, 0)
    assert "at least 3 and at most 2" in told(several)


def test_a_constraint_of_a_group_and_rules_of_a_yaml_file_are_told_too():
    instrument = yaml(
        "survey:\n- {type: begin_group, name: page, label: Page, constraint: '. > 3'}\n"
        "- {type: integer, name: age, label: Age, relevant: '1 = 2'}\n- {type: end_group}\n"
    )
    assert "“page” is a group and has no answer" in told(instrument)
    assert "Row 2 of “survey”: the condition in the column relevant can never hold, so “age”" in told(instrument)


def test_a_matrix_has_no_answer_of_its_own():
    table = (("begin_group", "grid", "How?", "", "", ". = 'yes'", "table-list"),
             ("select_one yn", "one", "One", "", "", "", ""), ("select_one yn", "two", "Two", "", "", "", ""),
             ("end_group", "", "", "", "", "", ""))  # fmt: skip
    for rule, never in (("${grid} = 'yes'", True), ("${grid.one} = 'yes'", False)):
        last = ("text", "last", "Last?", "", rule, "", "")
        instrument = form(*table, last, choices=LISTS, more=("relevant", "constraint", "appearance"))
        assert "“grid” is a group and has no answer" in told(instrument)
        assert instrument.item("grid").constraint == ""
        assert ("can never hold" in told(instrument)) == never
