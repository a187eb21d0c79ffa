"""Pairs of coders, stakeholder groups, and the statements that pull agreement down, on the demo."""

import pandas as pd
import pytest
from demo_study import EXPECTED, demo, reviewed_by, statement_uuid, table

from coding.agreement_parts import PULLING_COLUMNS, per_segment, pulling_down
from coding.judgements import judgements_of
from coding.pairs import per_pair


@pytest.fixture(scope="module")
def judgements():
    study = demo()
    reviews = pd.DataFrame(
        [(statement_uuid(label), coder) for coder in "ABC" for label in reviewed_by(coder)],
        columns=["statement_id", "coder_id"],
    )
    return judgements_of(study.statements, study.codings, reviews)


def of(judgements, *coders):
    return judgements[judgements["coder"].isin(coders)]


def test_every_pair_of_the_demo(judgements):
    pairs = {(pair.first, pair.second): pair for pair in per_pair(judgements, codes=EXPECTED["codes"], by_code=True)}
    assert list(pairs) == [("A", "B"), ("A", "C"), ("B", "C")]
    assert [pair.n_units for pair in pairs.values()] == [280, 60, 60]
    for code, known in EXPECTED["agreement_A_B_all_codes"].items():
        one = pairs["A", "B"].per_code[code]
        assert one.table == (known["both"], known["only_A"], known["only_B"], known["neither"])
        assert one.cohen == (None if known["kappa"] is None else pytest.approx(known["kappa"], abs=5e-5))
    known = EXPECTED["coder_C"]["kappa_A_C"]
    assert {code: round(pairs["A", "C"].per_code[code].cohen, 4) for code in known} == known
    assert pairs["A", "C"].percent == pytest.approx(EXPECTED["coder_C"]["share_of_identical_units"], abs=5e-5)
    assert pairs["A", "B"].cohen is None


def test_kappa_of_a_pair_where_codes_are_categories():
    rows = [
        (f"u{unit}", coder, code)
        for coder, codes in (("A", "aabbab"), ("B", "aabbbb"), ("C", "abbbab"))
        for unit, code in enumerate(codes)
    ]
    pairs = per_pair(pd.DataFrame(rows, columns=["unit", "coder", "code"]))
    assert pairs[0].cohen == pytest.approx((5 / 6 - 0.5) / 0.5)
    assert pairs[0].percent == pytest.approx(5 / 6)


def test_a_pair_that_shares_no_unit_has_a_reason():
    rows = [("u1", "A", "x"), ("u1", "B", ""), ("u2", "B", "x"), ("u2", "C", "")]
    pair = per_pair(pd.DataFrame(rows, columns=["unit", "coder", "code"]), by_code=True)[1]
    assert (pair.first, pair.second, pair.n_units, pair.percent, pair.alpha_masi) == ("A", "C", 0, None, None)
    assert str(pair.reason) == "No unit was seen by two coders."
    assert pair.per_code["x"].percent is None


def test_groups_are_compared_within_themselves(judgements):
    expert_of = dict(zip(demo().statements["statement_id"], demo().statements["expert_id"], strict=True))
    group_of = dict(zip(demo().experts["expert_id"], demo().experts["group_id"], strict=True))
    groups = {unit: group_of[expert] for unit, expert in expert_of.items()}
    found = per_segment(of(judgements, "A", "B"), groups, codes=EXPECTED["codes"], resamples=100, clusters=expert_of)
    assert list(found) == sorted(set(groups.values()))
    assert sum(part.n_units_compared for part in found.values()) == 280
    differing = sum(round((1 - part.overall.percent) * part.n_units_compared) for part in found.values())
    assert differing == EXPECTED["agreement_A_B"]["_units_with_any_difference"]
    business = found["bus"]
    assert list(business.per_code) == list(EXPECTED["codes"])
    admin = business.per_code["prob.admin"]
    assert admin.pairs_table[2] == 2  # B fell for two statements of B1
    assert str(business.overall.ci_reason) == "An interval needs 10 experts; here are 2."
    assert all(one.reason is not None for part in found.values() for one in [part.per_code["targ.docflow"]])


def test_a_group_that_nobody_shares_is_there_with_its_reason():
    rows = [(f"u{unit}", coder, "x" if unit % 2 else "") for unit in range(10) for coder in "AB"]
    frame = pd.DataFrame([*rows, ("alone", "A", "x")], columns=["unit", "coder", "code"])
    found = per_segment(frame, {**{f"u{unit}": "first" for unit in range(8)}, "u8": "few", "u9": "few", "alone": "one"})
    assert list(found) == ["few", "first", "one"]
    assert found["first"].overall.alpha_masi == pytest.approx(1)
    assert str(found["few"].overall.reason) == "Only 2 units were seen by two coders; at least 3 are needed."
    assert str(found["one"].overall.reason) == "No unit was seen by two coders."
    assert (found["one"].overall.percent, found["one"].n_units, found["one"].n_units_compared) == (None, 1, 0)


def test_the_six_statements_on_which_a_and_b_differ(judgements):
    found = pulling_down(of(judgements, "A", "B"))
    assert set(found["unit"]) == {statement_uuid(row["statement_id"]) for row in table("adjudication.csv")}
    planted = pulling_down(of(judgements, "A", "B"), "prob.admin")
    assert set(planted["unit"]) == {statement_uuid("S-A.B1.08"), statement_uuid("S-A.B1.11")}
    assert planted["share"].tolist() == [0.5, 0.5]
    assert planted["disagreement"].tolist() == [1.0, 1.0]
    assert planted["given"].iloc[0] == (("A", ()), ("B", ("prob.admin",)))


def test_a_unit_with_more_disagreement_comes_first():
    rows = [(f"u{unit}", coder, code) for unit, codes in enumerate(["xxxx", "xxxy", "xxyy", "xyxx", "yyyy", "x..y"])
            for coder, code in zip("ABCD", codes, strict=True) if code != "."]  # fmt: skip
    found = pulling_down(pd.DataFrame(rows, columns=["unit", "coder", "code"]), "x")
    assert found["unit"].tolist() == ["u2", "u1", "u3", "u5"]
    assert found["disagreement"].tolist() == pytest.approx([2 / 3, 1 / 2, 1 / 2, 1])
    assert found["share"].tolist() == pytest.approx([8 / 26, 6 / 26, 6 / 26, 6 / 26])
    assert len(pulling_down(pd.DataFrame(rows, columns=["unit", "coder", "code"]), "x", limit=2)) == 2


def test_a_code_that_nobody_used_pulls_nothing_down(judgements):
    found = pulling_down(judgements, "no.such.code")
    assert found.empty
    assert list(found.columns) == PULLING_COLUMNS
