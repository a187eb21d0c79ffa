"""One loud expert is seen, and stays one expert."""

from dataclasses import replace

from coding.segments import by_groups
from survey_app.views import who_speaks as view

from .conftest import EXPECTED


def test_statements_of_each_expert_are_known(frames):
    rows = view.prepare(frames, by_groups(frames.groups))
    assert dict(zip(rows.expert_id, rows.statements, strict=True)) == EXPECTED["statements_by_expert"]
    assert (rows.statements - rows.coded).tolist() == [4] * 20


def test_the_loudest_expert_is_named(english):
    rows = view.prepare(english, by_groups(english.groups))
    assert view.finding(rows) == "S2 (State corporations) spoke most: 26 of 280 statements; the median is 13.5"
    assert view.figure(rows).data[0].customdata[0] == ["S2", "corp"]


def test_a_silent_expert_stands_in_the_table_alone(english):
    quieter = replace(english, statements=english.statements[english.statements.expert_id != "L2"])
    rows = view.prepare(quieter, by_groups(english.groups))
    assert view.table(rows).set_index("Expert").loc["L2", "Statements"] == 0
    assert "L2" not in [expert for expert, _segment in view.figure(rows).data[0].customdata]


def test_when_nobody_spoke_it_says_so(english):
    rows = view.prepare(replace(english, statements=english.statements.head(0)), by_groups(english.groups))
    assert view.finding(rows) == "No expert has said anything yet."
    assert view.figure(rows).layout.annotations[0].text == "No expert has said anything yet."
