"""Experts by codes, as a statistics program reads them."""

import pandas as pd
from demo_study import EXPECTED, demo

from coding.codings import choose_layer, codes_of_statements
from coding.presence import columns_of, presence
from coding.queries import Query, find

NO_VALUES = pd.DataFrame(columns=["statement_id", "attribute", "value"])


def found(frames):
    codings = choose_layer(frames.codings, "adjudicated")
    return find(
        Query(),
        frames.statements,
        codes_of_statements(frames.statements, codings),
        frames.codes,
        frames.experts,
        NO_VALUES,
    )


def test_sums_of_columns_are_the_known_numbers_of_experts():
    frames = demo()
    table = presence(found(frames), frames.codes, frames.experts)
    names = columns_of(frames.codes)
    for code, counts in EXPECTED["expert_level"].items():
        assert table[names[code]].sum() == counts["k"], code
    assert len(table) == len(frames.experts)
    assert set(table[list(names.values())].to_numpy().ravel()) == {0, 1}


def test_a_root_is_1_where_a_code_below_it_is():
    frames = demo()
    table = presence(found(frames), frames.codes, frames.experts)
    below = frames.codes.loc[frames.codes["parent_id"] == "prob", "code_id"].map(columns_of(frames.codes))
    assert (table["prob"] == table[list(below)].max(axis=1)).all()


def test_who_said_nothing_is_a_row_of_zeros_that_says_so():
    frames = demo()
    some = found(frames)
    some = some[some["expert_id"] != "L1"]
    row = presence(some, frames.codes, frames.experts).set_index("expert_id").loc["L1"]
    assert row["statements"] == 0
    assert row.drop("group_id").sum() == 0


def test_names_of_columns_are_names_in_every_program_and_differ():
    codes = pd.DataFrame({"code_id": ["a.b", "a_b", "A-B", "1x", "код", "statements", "…"]})
    names = list(columns_of(codes).values())
    assert all(name.isidentifier() and name.isascii() for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert "statements" not in names
