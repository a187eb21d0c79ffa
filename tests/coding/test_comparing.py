"""How coders differ: the demo's known differences, whose code stands in whose place, and totals that fit."""

import pandas as pd
import pytest
from demo_study import EXPECTED, demo, reviewed_by, statement_uuid, table
from hypothesis import given as drawn
from hypothesis import strategies as st
from small_codings import JUDGED, LINE, TWO, codings_of, judged, reviews_of, statements_of, two_coders

from coding.comparing import (
    ADJUDICATED,
    Given,
    confusions,
    differences,
    pairs,
    side_by_side,
    what_was_given,
    with_code,
    with_coder,
    with_kind,
)


def told(given: Given, reference: str = "A") -> list[tuple]:
    found = differences(given, reference)
    return list(zip(found["statement_id"], found["kind"], found["code_id"], found["other_code_id"], strict=True))


@pytest.fixture(scope="module", params=["en", "ru"])
def study(request) -> Given:
    frames = demo(request.param)
    seen = reviews_of([(statement_uuid(label), coder) for coder in "ABC" for label in reviewed_by(coder)])
    return what_was_given(frames.statements, frames.codings, seen, ["A", "B", "C"], codes=frames.codes)


def named(found: pd.DataFrame) -> set[tuple]:
    labels = {statement_uuid(row["statement_id"]): row["statement_id"] for row in table("statements.csv")}
    ids = [labels[key] for key in found["statement_id"]]
    return set(zip(ids, found["kind"], found["code_id"], found["other_code_id"], strict=True))


def test_the_six_differences_of_a_and_b_are_found_and_named(study):
    found = differences(study, "A", ["B"])
    assert named(found) == {
        ("S-A.U1.04", "missed", "prob.skills", ""),
        ("S-A.B1.08", "extra", "", "prob.admin"),
        ("S-A.B1.11", "extra", "", "prob.admin"),
        ("S-B.N2.07", "missed", "prob.unready", ""),
        ("S-C.R3.05", "other_code", "prob.unready", "prob.low_ict"),
        ("S-C.U2.04", "other_code", "prob.unready", "prob.low_ict"),
    }
    assert found["statement_id"].tolist() == [key for key in study.places if key in set(found["statement_id"])]


def test_who_has_not_looked_does_not_differ(study):
    known = EXPECTED["coder_C"]
    found = differences(study, "A", ["C"])
    assert found["statement_id"].nunique() == known["units_differing_from_A"]
    assert set(found["statement_id"]) <= {statement_uuid(label) for label in reviewed_by("C")}
    assert len(set(confusions(study, "A", "C")["statement_ids"].explode())) == known["reviewed"]


def test_the_adjudicated_layer_is_a_reference_like_a_coder(study):
    against_a, against_decided = (differences(study, reference, ["B"]) for reference in ("A", ADJUDICATED))
    decided = set(study.decided)
    assert len(decided) == EXPECTED["statements_coded"]
    expected = against_a[against_a["statement_id"].isin(decided)].reset_index(drop=True)
    pd.testing.assert_frame_equal(against_decided, expected)
    assert differences(study, ADJUDICATED, ["A"]).empty


def test_all_differ_from_the_reference_but_itself(study):
    assert set(differences(study, "A")["coder_id"]) == {"B", "C"}


def test_a_statement_decided_to_have_no_code_is_compared():
    codings = codings_of([("A", "x", 0, 10)])
    statements = statements_of(LINE, TWO)
    assert told(what_was_given(statements, codings, reviews_of([]), ["A"]), ADJUDICATED) == []
    settled = what_was_given(statements, codings, reviews_of([]), ["A"], decided=["s0"])
    assert told(settled, ADJUDICATED) == [("s0", "extra", "", "x")]


def test_adjudicated_codings_belong_to_no_coder():
    codings = codings_of([("A", "x", 0, 10)], layer="adjudicated")
    found = what_was_given(statements_of(LINE, TWO), codings, reviews_of([("s0", "A")]), ["A"])
    assert found.coders == ("A",)
    assert (found.of["A"], found.decided) == ({"s0": {}}, {"s0": {"x": ((0, 10),)}})


def test_a_coding_is_a_look():
    found = what_was_given(statements_of(LINE, TWO), codings_of([("A", "x", 0, 10)]), reviews_of([]), ["A", "B"])
    assert (set(found.of["A"]), set(found.of["B"])) == ({"s0"}, set())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("A", "x", 0, 10), ("B", "x", 0, 6)], [("s0", "other_span", "x", "x")]),
        ([("A", "x", 0, 10), ("B", "x", 0, 11)], []),  # the line feed is no word
        ([("A", "x", 0, 10), ("B", "x", 0, 13)], [("s0", "other_span", "x", "x")]),  # runs on into s1
        ([("A", "x", 0, 23), ("B", "x", 0, 10), ("B", "x", 11, 23)], []),  # one coding or two: the same words
        ([("A", "x", 0, 10), ("B", "x", 0, 5), ("B", "x", 5, 10)], []),
        ([("A", "x", 0, 10), ("B", "x", 0, 4), ("B", "x", 5, 10)], [("s0", "other_span", "x", "x")]),
        # the neighbour is missed, and that alone
        ([("A", "x", 0, 23), ("B", "x", 0, 10)], [("s1", "missed", "x", "")]),
        ([("A", "x", 0, 10), ("A", "x", 11, 23), ("B", "x", 0, 10)], [("s1", "missed", "x", "")]),
    ],
)
def test_the_same_code_may_lie_on_other_words(rows, expected):
    assert told(two_coders(rows)) == expected


def test_white_space_between_codings_is_no_difference():
    whole = ("A", "x", 0, 9)
    assert told(two_coders([whole, ("B", "x", 0, 4), ("B", "x", 5, 9)], "aaaa bbbb", [(0, 9)])) == []
    assert told(two_coders([whole, ("B", "x", 0, 4), ("B", "x", 5, 9)], "aaaaxbbbb", [(0, 9)])) != []


def test_a_code_is_paired_with_the_one_on_the_same_words():
    given = two_coders([("A", "a", 0, 5), ("A", "b", 5, 10), ("B", "y", 5, 10), ("B", "z", 0, 5)])
    assert told(given) == [("s0", "other_code", "a", "z"), ("s0", "other_code", "b", "y")]


def test_on_the_same_words_kin_come_first_and_then_the_alphabet():
    codes = pd.DataFrame({"code_id": ["a", "b", "z"], "parent_id": ["one", "two", "two"]})
    rows = [("A", "a", 0, 10), ("A", "b", 0, 10), ("B", "z", 0, 10)]
    assert told(two_coders(rows, codes=codes)) == [("s0", "missed", "a", ""), ("s0", "other_code", "b", "z")]
    assert told(two_coders(rows)) == [("s0", "other_code", "a", "z"), ("s0", "missed", "b", "")]


CODES = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.integers(0, 5), st.integers(1, 4)).map(lambda at: ((at[0], at[0] + at[1]),))
)


@drawn(CODES, CODES)
def test_each_code_is_paired_once_and_alike_from_both_sides(some, others):
    found = pairs(some, others, {})
    assert sorted(code for code, _ in found if code) == sorted(some)
    assert sorted(other for _, other in found if other) == sorted(others)
    assert {code for code, other in found if code == other} == set(some) & set(others)
    assert not (any(not code for code, _ in found) and any(not other for _, other in found))


@drawn(JUDGED)
def test_the_totals_of_confusions_are_those_of_side_by_side(judgements):
    found = judged(judgements)
    rows, cells = side_by_side(found), confusions(found, "A", "B")
    both = [codes for codes in rows["codes"] if codes["A"] is not None and codes["B"] is not None]
    for name, coder in (("code_id", "A"), ("other_code_id", "B")):
        given = pd.Series([code for codes in both for code in codes[coder]], dtype=object).value_counts().to_dict()
        assert cells[cells[name] != ""].groupby(name)["n"].sum().to_dict() == given
    off = cells[cells["code_id"] != cells["other_code_id"]]
    assert {key for ids in off["statement_ids"] for key in ids} == set(
        rows.loc[
            [codes["A"] is not None and codes["B"] is not None and codes["A"] != codes["B"] for codes in rows["codes"]],
            "statement_id",
        ]
    )
    assert {key for ids in cells["statement_ids"] for key in ids} == set(found.of["A"]) & set(found.of["B"])
    assert cells["n"].tolist() == [len(ids) for ids in cells["statement_ids"]]
    assert int(off["n"].sum()) == len(differences(found, "A", ["B"]))


@drawn(JUDGED)
def test_side_by_side_shows_what_two_looked_at_and_nothing_else(judgements):
    rows = side_by_side(judged(judgements))
    lookers = pd.Series([key for key, _coder in judgements], dtype=object).value_counts()
    assert set(rows["statement_id"]) == set(lookers[lookers >= 2].index)
    for row in rows.itertuples():
        sets = [codes for codes in row.codes.values() if codes is not None]
        assert row.agree == (len(set(sets)) == 1) == (row.differ == 0)
        assert row.differ == min(sum(each != one for each in sets) for one in sets)
    assert rows["agree"].is_monotonic_increasing
    for _agree, part in rows.groupby("agree"):
        assert part["statement_id"].is_monotonic_increasing


def test_side_by_side_of_the_demo_begins_with_its_differences(study):
    rows = side_by_side(study)
    assert len(rows) == 280
    differing = rows[~rows["agree"]]
    assert {statement_uuid(label) for label in EXPECTED["adjudication"]} <= set(differing["statement_id"])
    assert not rows["agree"].head(len(differing)).any()
    assert set(differing["statement_id"]) == set(differences(study, "A")["statement_id"])
    unseen = rows[[codes["C"] is None for codes in rows["codes"]]]
    assert len(unseen) == 280 - EXPECTED["coder_C"]["reviewed"]


def test_rows_are_filtered_by_code_kind_and_coder(study):
    rows, found = side_by_side(study), differences(study, "A", ["B"])
    columns = ["codes_coder_a", "codes_coder_b", "codes_coder_c"]
    unready = [
        row for row in table("statements.csv") if any("prob.unready" in row[name].split(";") for name in columns)
    ]
    assert len(with_code(rows, "prob.unready")) == len(unready) > 0
    assert len(with_coder(rows, "C")) == EXPECTED["coder_C"]["reviewed"]
    assert len(with_kind(rows, found, "extra")) == 2
    assert len(with_kind(rows, found, "extra", "missed")) == 4
    assert with_code(rows, "nothing").empty


def test_nothing_compared_keeps_its_columns():
    nobody = what_was_given(statements_of(LINE, TWO), codings_of([]), reviews_of([]), ["A", "B"])
    rows = side_by_side(nobody)
    for frame in (
        rows,
        with_code(rows, "x"),
        with_coder(rows, "A"),
        with_kind(rows, differences(nobody, "A"), "extra"),
    ):
        assert list(frame.columns) == ["statement_id", "codes", "agree", "differ", "same_spans"]
        assert frame.empty
    assert list(confusions(nobody, "A", "B").columns) == ["code_id", "other_code_id", "n", "statement_ids"]


def test_a_cell_of_confusions_leads_to_its_statements(study):
    cells = confusions(study, "A", "B").set_index(["code_id", "other_code_id"])
    labels = ["S-C.R3.05", "S-C.U2.04"]
    assert cells.loc[("prob.unready", "prob.low_ict"), "statement_ids"] == tuple(
        statement_uuid(label) for label in labels
    )
    assert cells.loc[("prob.skills", "prob.skills"), "n"] == EXPECTED["agreement_A_B_all_codes"]["prob.skills"]["both"]
