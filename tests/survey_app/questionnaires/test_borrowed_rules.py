"""Conditions of other platforms: what our rules can say is said, anything else is None and never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.borrowed_rules import DEEPEST, borrowed, compared

PARTS = [
    "a",
    "[a]",
    "and",
    "or",
    "not",
    "!",
    "(",
    ")",
    "==",
    "=",
    "<",
    "is_empty",
    "'x'",
    '"y"',
    "3",
    "-1.5",
    "&&",
    "$",
]


def ours(condition):
    return borrowed(condition, lambda name, operator, literal: compared(name.strip("[]"), operator, literal))


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("a == 'x'", "${a} = 'x'"),
        ("[a] <> 'x'", "${a} != 'x'"),
        ("3 >= a", "${a} <= 3"),
        ("a eq 1 OR a gt 2 AND b le 3", "${a} = '1' or ${a} > 2 and ${b} <= 3"),
        ("not(a = 'x')", "not(${a} = 'x')"),
        ("!(a = 'x' || b = 'y')", "not(${a} = 'x' or ${b} = 'y')"),
        ("is_empty(a)", "${a} = ''"),
        ("not is_empty(a)", "${a} != ''"),
        ("(" * DEEPEST + "a = 1" + ")" * DEEPEST, "(" * DEEPEST + "${a} = '1'" + ")" * DEEPEST),
    ],
)
def test_what_can_be_said(condition, said):
    assert ours(condition) == said


@pytest.mark.parametrize(
    "condition",
    ["", "a", "a =", "= a", "a = b", "1 = 1", "a = 'x", "a + 1 = 2", "sum(a) > 1", "a = 'x' b = 'y'", "(a = 1",
     "a = 1)", "not", "is_empty(3)", "a = \"it's\"", "(" * 3000, "a > 'x' and", "not not a = 1"],
)  # fmt: skip
def test_what_cannot(condition):
    assert ours(condition) is None


def test_a_name_nobody_knows_takes_the_whole_condition_with_it():
    assert borrowed("a = 1 and b = 2", lambda name, *_rest: "yes" if name == "a" else None) is None


@given(st.lists(st.sampled_from(PARTS), max_size=30).map(" ".join))
def test_no_condition_is_an_error(condition):
    said = ours(condition)
    assert said is None or "${a}" in said
