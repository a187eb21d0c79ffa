"""Rules: one table of cases that the form's own script is held to as well, and what nobody may slip into a rule."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.patterns import UnsafePattern, compiled, matches
from survey_app.questionnaires.rules import DEEPEST_RULE, LONGEST_RULE, UnreadableRule, holds, parse, renamed

TABLE = json.loads((Path(__file__).parent / "rule_cases.json").read_text("utf-8"))


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["rule"])
def test_a_rule_holds_as_the_table_says(case):
    assert holds(parse(case["rule"]), case["answers"], case["own"]) is case["holds"]


@pytest.mark.parametrize("text", TABLE["unreadable"])
def test_what_is_not_understood_is_refused_with_its_place(text):
    with pytest.raises(UnreadableRule) as refused:
        parse(text)
    assert refused.value.near in text
    assert str(refused.value)


def test_the_sentence_names_the_place_and_what_is_known():
    with pytest.raises(UnreadableRule, match=r"at “today\(\)” \(character 12\)\. Known are \$\{name\}"):
        parse("${born} <= today()")


def test_a_rule_tells_whose_answers_it_asks_for():
    rule = parse("${t1.c1} >= 4 and (selected(${b}, 'x') or count-selected(.) > 2)")
    assert rule.keys == {"t1.c1", "b"}


def test_a_rule_goes_to_the_browser_as_lists():
    rule = parse("not(${a} >= 4) or regex(., '[0-9]+')")
    assert rule.to_json() == [
        "or",
        ["not", [">=", ["answer", "a"], ["number", 4.0]]],
        ["regex", ["own"], ["text", "[0-9]+"]],
    ]
    assert json.loads(json.dumps(rule.to_json())) == rule.to_json()


def test_items_of_a_rule_can_be_renamed():
    assert renamed("${ a } = 'a' and ${b}>1", {"a": "g.a"}) == "${g.a} = 'a' and ${b}>1"


def test_long_and_deep_rules_are_refused():
    with pytest.raises(UnreadableRule, match="longer"):
        parse("1 = 1 or " * LONGEST_RULE + "1 = 1")
    assert holds(parse("(" * DEEPEST_RULE + "1 = 1" + ")" * DEEPEST_RULE), {})
    with pytest.raises(UnreadableRule):
        parse("not(" * (DEEPEST_RULE + 1) + "1 = 1" + ")" * (DEEPEST_RULE + 1))


@given(st.text(alphabet="${}a.b'\"=!<>()0123456789 andorselectedregexnot,-*+[]\\|", max_size=60))
def test_any_text_is_a_rule_or_refused(text):
    try:
        rule = parse(text)
    except UnreadableRule:
        return
    assert holds(rule, {"a": ["x"], "b": 3}, "own") in {True, False}


@pytest.mark.parametrize(
    "pattern", ["[a-z]*[a-z]*[a-z]*1", "a?a?a?a?a?a?a?a?a?a?a?a?" * 2 + "b", "(a|a)(a|a)(a|a)" * 8]
)
def test_the_worst_of_what_is_known_comes_to_an_end(pattern):
    assert not matches(pattern, "a" * 200)


@pytest.mark.parametrize(
    "pattern",
    ["(a*)*", "(a|aa)+", "((ab)*c?)*", "(a?){30}", "(|)" * 25, "\\", "a)", "(a", "a**", "x" * 201, "[^]", "(" * 50],
)
def test_patterns_that_could_be_slow_are_refused(pattern):
    with pytest.raises(UnsafePattern):
        compiled(pattern)
