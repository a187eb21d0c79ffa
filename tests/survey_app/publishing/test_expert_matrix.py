"""Experts by codes: no row alone, no group of one segment, nothing of what is hidden, every number true."""

from collections import Counter, defaultdict
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.publishing.expert_matrix import expert_matrix

CODES = pd.DataFrame(
    [("p", ""), ("p.a", "p"), ("p.b", "p"), ("q", ""), ("q.a", "q"), ("q.b", "q")], columns=["code_id", "parent_id"]
)
LEAVES = ("p.a", "p.b", "q.a", "q.b")


def said_by(bits):
    """Rows of who said what, with the codes above; bits: a row of `LEAVES` for each expert."""
    found = set()
    for number, row in enumerate(bits):
        for code, there in zip(LEAVES, row, strict=True):
            if there:
                found |= {(f"E{number}", code), (f"E{number}", code[0])}
    return pd.DataFrame(sorted(found), columns=["expert_id", "code_id"])


def made(bits, homes, **settings):
    names = [f"E{number}" for number in range(len(bits))]
    return expert_matrix(said_by(bits), CODES, names, homes, **{"minimum": 3} | settings)


def counts(bits):
    return Counter(said_by(bits)["code_id"])


@st.composite
def studies(draw):
    size = draw(st.integers(6, 14))
    bits = [draw(st.tuples(*[st.booleans()] * len(LEAVES))) for _each in range(size)]
    homes = [[draw(st.sampled_from("xyz")) for _each in range(size)] for _grouping in range(draw(st.integers(1, 2)))]
    return bits, homes


@given(studies())
def test_every_row_is_there_as_often_as_a_segment_needs_and_numbers_are_true(study):
    bits, homes = study
    found = made(bits, homes)
    if found is None:
        return
    assert len(found.rows) == len(bits)
    assert min(Counter(group for group, _values in found.rows).values()) >= 3
    assert len({values for _group, values in found.rows}) <= len({group for group, _values in found.rows})
    true = counts(bits)
    for place, code in enumerate(found.codes):
        told = [values[place] for _group, values in found.rows]
        assert told.count(1) <= true[code] <= len(bits) - told.count(0)
        if told.count(1):
            assert true[code] >= 6, "as many others said so too"


@given(studies())
def test_who_said_a_quote_remains_possible_in_two_groups(study):
    bits, homes = study
    said = said_by(bits)
    quotes = [set(rows["code_id"]) for _expert, rows in said.groupby("expert_id")]
    found = made(bits, homes, quoted=quotes)
    if found is None:
        return
    groups = dict(found.rows)
    for quote in quotes:
        places = [found.codes.index(code) for code in quote]
        assert sum(all(values[place] != 0 for place in places) for values in groups.values()) >= 2


def test_groups_are_of_several_segments_also_where_each_segment_says_the_same():
    bits = [(1, 0, 0, 0)] * 4 + [(0, 0, 1, 0)] * 4
    apart = made(bits, [["x"] * 8])
    assert {values for _group, values in apart.rows} == {(0, 0, 0, None, None, 0), (None, None, 0, 0, 0, 0)}
    together = made(bits, [["x"] * 4 + ["y"] * 4])
    assert {values for _group, values in together.rows} == {(None, None, 0, None, None, 0)}


def test_a_one_needs_others_who_said_so_and_a_code_that_nobody_said_is_a_zero():
    bits = [(1, 0, 0, 0)] * 8
    found = made(bits, [["x", "y"] * 4])
    assert {values for _group, values in found.rows} == {(1, 1, 0, 0, 0, 0)}


def test_hidden_codes_and_those_above_and_below_have_no_column():
    bits = [(1, 0, 0, 0)] * 8
    assert made(bits, [["x", "y"] * 4], closed=["p.a"]).codes == ("p.b", "q", "q.a", "q.b")
    assert made(bits, [["x", "y"] * 4], closed=["q"]).codes == ("p", "p.a", "p.b")
    assert made(bits, [["x", "y"] * 4], closed=["p", "q"]) is None


@pytest.mark.parametrize("size", [0, 1, 5])
def test_few_experts_are_not_grouped(size):
    assert made([(1, 0, 0, 0)] * size, [["x", "y"] * size][:1] if size else [[]]) is None


def test_the_order_of_the_roster_makes_no_difference():
    rng = np.random.default_rng(3)
    rows = np.unique(rng.random((40, 4)) < 0.4, axis=0)[:12]
    homes = np.array(["x", "y", "z"] * 4)
    order = rng.permutation(len(rows))
    assert made(rows.tolist(), [homes.tolist()]) == made(rows[order].tolist(), [homes[order].tolist()])


def test_nothing_of_a_hidden_number_can_be_computed_by_who_knows_all_rules():
    """Every study of four experts and two codes without kin: those that publish the same numbers and the same table
    have the same hidden numbers possible as those that publish the same numbers."""
    codes = pd.DataFrame([("a", ""), ("b", "")], columns=["code_id", "parent_id"])
    names, home = ["E0", "E1", "E2", "E3"], ["x", "x", "y", "y"]
    by_numbers, by_table = defaultdict(set), defaultdict(set)
    for bits in product([0, 1], repeat=8):
        table = np.array(bits).reshape(4, 2)
        cells = {
            (segment, code): int(table[[name == segment for name in home], place].sum())
            for place, code in enumerate("ab")
            for segment in "xy"
        }
        hidden = {place for place, k in cells.items() if k == 2}
        closed = {code for code in "ab" if any(place[1] == code for place in hidden)}
        shown = tuple(sorted((place, k) for place, k in cells.items() if place[1] not in closed))
        said = pd.DataFrame(
            [(names[row], "ab"[column]) for row, column in np.argwhere(table)], columns=["expert_id", "code_id"]
        )
        found = expert_matrix(said, codes, names, [home], minimum=2, closed=closed)
        concealed = tuple(k for place, k in sorted(cells.items()) if place[1] in closed)
        by_numbers[shown].add(concealed)
        by_table[shown, found].add(concealed)
    assert len(by_table) > len(by_numbers)
    for (shown, _found), possible in by_table.items():
        assert possible == by_numbers[shown]
