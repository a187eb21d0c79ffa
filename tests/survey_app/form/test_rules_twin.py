"""The rules in the browser are those of the server: one table of cases, whose trees the browser's tests read.

After a change of the cases or of the trees: python -m tests.survey_app.form.test_rules_twin
"""

import json
from pathlib import Path

from survey_app.questionnaires.rules import holds, parse

TESTS = Path(__file__).parents[2]
CASES = TESTS / "survey_app" / "questionnaires" / "rule_cases.json"
TREES = TESTS / "js" / "rule_trees.json"


def trees():
    cases = json.loads(CASES.read_text("utf-8"))["cases"]
    return [case | {"tree": parse(case["rule"]).to_json()} for case in cases]


def written():
    return json.dumps(trees(), ensure_ascii=False, indent=0) + "\n"


def test_the_browsers_tests_read_the_trees_of_the_present_cases():
    assert TREES.read_text("utf-8") == written(), f"Run: python -m {__name__}"


def test_a_tree_that_has_travelled_as_json_is_the_same():
    for case in trees():
        assert holds(parse(case["rule"]), case["answers"], case["own"]) is case["holds"], case["rule"]
        assert json.loads(json.dumps(case["tree"])) == case["tree"]


if __name__ == "__main__":
    TREES.write_text(written(), "utf-8")
