"""Differences become decisions: the demo's six, what needs no discussion, and what a coder sees after training."""

import math

import pandas as pd
import pytest
from demo_study import EXPECTED, demo, reviewed_by, statement_uuid, table
from hypothesis import given as drawn
from small_codings import JUDGED, LINE, TWO, codings_of, judged, reviews_of, statements_of, two_coders

from coding.adjudication import (
    WHOLE,
    Decision,
    Progress,
    decision,
    progress,
    proposal,
    training_result,
    unanimous,
    waiting,
)
from coding.comparing import confusions, side_by_side, what_was_given

DIFFERING = {statement_uuid(row["statement_id"]): row for row in table("adjudication.csv")}


def demo_given(coders: str, decided=None, layer: bool = True):
    """The demo's coders; with its adjudicated layer, or before anything was decided."""
    frames = demo()
    codings = frames.codings if layer else frames.codings[frames.codings["layer"] == "coder"]
    seen = reviews_of([(statement_uuid(label), coder) for coder in coders for label in reviewed_by(coder)])
    return what_was_given(frames.statements, codings, seen, list(coders), codes=frames.codes, decided=decided or ())


def all_ids() -> list[str]:
    return demo().statements["statement_id"].tolist()


def test_the_six_units_wait_until_they_are_decided():
    rows = side_by_side(demo_given("AB", layer=False))
    assert set(waiting(rows, [])["statement_id"]) == set(DIFFERING)
    assert progress(rows, []) == Progress(decided=0, agreed=274, waiting=6)
    settled = list(DIFFERING)[:4]
    assert set(waiting(rows, settled)["statement_id"]) == set(list(DIFFERING)[4:])
    assert progress(rows, settled) == Progress(decided=4, agreed=274, waiting=2)
    assert progress(rows, all_ids()) == Progress(decided=280, agreed=0, waiting=0)


def test_decisions_without_and_with_discussion_make_the_adjudicated_layer():
    before, after = demo_given("AB", layer=False), demo_given("AB")
    decided = {each.statement_id: dict(each.codes) for each in unanimous(before, "A")}
    assert len(decided) == 274
    for statement_id, row in DIFFERING.items():
        codes = [code for code in row["codes_adjudicated"].split(";") if code]
        made = decision(before, statement_id, dict.fromkeys(codes, row["decision"]))
        decided[statement_id] = dict(made.codes)
    assert {key: codes for key, codes in decided.items() if codes} == after.decided


def test_what_is_decided_is_not_decided_again():
    given = demo_given("AB", decided=all_ids())
    assert unanimous(given, "A") == []


def test_agreed_codes_take_the_words_of_the_reference():
    rows = [("A", "x", 0, 10), ("B", "x", 2, 8), ("A", "y", 11, 23)]
    given = two_coders(rows)
    assert unanimous(given, "B") == [Decision("s0", (("x", ((2, 8),)),))]
    assert unanimous(given, "A") == [Decision("s0", (("x", ((0, 10),)),))]


def test_agreement_on_nothing_is_a_decision_too():
    assert unanimous(two_coders([("A", "x", 0, 10)]), "A") == [Decision("s1", ())]


def test_where_the_reference_has_not_looked_the_first_coder_speaks():
    statements = statements_of(LINE, TWO)
    codings = codings_of([("B", "x", 0, 9), ("C", "x", 0, 10), ("B", "y", 11, 23)])
    given = what_was_given(statements, codings, reviews_of([]), ["A", "B", "C"])
    assert unanimous(given, "A") == [Decision("s0", (("x", ((0, 9),)),))]


def three(votes: dict[str, str]):
    """Codes (letters) that each coder gave to the first statement."""
    rows = [(coder, code, 0, 10) for coder, codes in votes.items() for code in codes]
    return what_was_given(
        statements_of(LINE, TWO), codings_of(rows), reviews_of([("s0", coder) for coder in votes]), list(votes)
    )


@pytest.mark.parametrize(
    ("votes", "codes", "tied"),
    [
        ({"A": "x", "B": "x", "C": "y"}, ("x",), ()),
        ({"A": "xy", "B": "x", "C": "y"}, ("x", "y"), ()),
        ({"A": "x", "B": ""}, (), ("x",)),
        ({"A": "xz", "B": "yz"}, ("z",), ("x", "y")),
        ({"A": "x", "B": "y", "C": "z"}, (), ()),
        ({"A": "", "B": ""}, (), ()),
        ({"A": "b", "B": "b", "C": "ab", "D": "a"}, ("b",), ("a",)),
    ],
)
def test_a_majority_is_proposed_and_ties_are_named(votes, codes, tied):
    found = proposal(three(votes), "s0")
    assert (found.codes, found.tied, found.looked) == (codes, tied, len(votes))
    assert found.votes == {code: sum(code in each for each in votes.values()) for code in set("".join(votes.values()))}


def test_only_those_who_looked_have_a_vote():
    found = proposal(demo_given("ABC", layer=False), statement_uuid("S-C.R3.05"))
    assert (found.looked, found.codes, found.tied) == (2, (), ("prob.low_ict", "prob.unready"))


def test_a_decision_takes_a_coders_words_or_the_whole_statement():
    given = two_coders([("A", "x", 2, 8), ("B", "x", 0, 10), ("B", "y", 0, 4)])
    assert decision(given, "s0", {"y": "B", "x": "A"}).codes == (("x", ((2, 8),)), ("y", ((0, 4),)))
    assert decision(given, "s0", {"z": WHOLE}).codes == (("z", ((0, 10),)),)
    assert decision(given, "s1", {}).codes == ()
    with pytest.raises(ValueError, match="did not give"):
        decision(given, "s0", {"y": "A"})


def test_a_decided_part_of_a_longer_coding_stays_within_its_statement():
    given = two_coders([("A", "x", 0, 23)])
    assert decision(given, "s1", {"x": "A"}).codes == (("x", ((11, 23),)),)


def test_training_shows_what_b_missed_against_what_was_decided():
    found = training_result(demo_given("AB", decided=all_ids()), "B")
    assert (found.compared, found.alike) == (280, 274)
    rows = found.per_code.set_index("code_id")
    for code, known in EXPECTED["agreement_A_B_all_codes"].items():
        if known["both"] + known["only_A"] + known["only_B"]:
            got = rows.loc[code]
            assert (got["hits"], got["missed"], got["extra"]) == (known["both"], known["only_A"], known["only_B"])
    assert rows.loc["prob.unready", "recall"] == 3 / 6
    assert rows.loc["prob.low_ict", "precision"] == 3 / 5
    unready = found.missed[found.missed["code_id"] == "prob.unready"]
    assert set(unready["statement_id"]) == {statement_uuid(label) for label in ("S-B.N2.07", "S-C.R3.05", "S-C.U2.04")}
    assert sorted(unready["other_code_id"]) == ["", "prob.low_ict", "prob.low_ict"]


def test_training_of_c_counts_only_what_c_has_looked_at():
    found = training_result(demo_given("C", decided=all_ids()), "C")
    known = EXPECTED["coder_C"]
    assert (found.compared, found.compared - found.alike) == (known["reviewed"], known["units_differing_from_A"])
    assert found.per_code["hits"].sum() + found.per_code["extra"].sum() == known["codes_applied"]


def test_a_share_of_nothing_is_not_a_number():
    codings = pd.concat([codings_of([("A", "x", 0, 10)]), codings_of([("decided", "y", 0, 10)], "adjudicated")])
    given = what_was_given(statements_of(LINE, TWO), codings, reviews_of([]), ["A"])
    rows = training_result(given, "A").per_code.set_index("code_id")
    assert math.isnan(rows.loc["x", "recall"])
    assert math.isnan(rows.loc["y", "precision"])
    assert (rows.loc["x", "precision"], rows.loc["y", "recall"]) == (0, 0)


def test_nothing_decided_trains_nobody():
    found = training_result(two_coders([("A", "x", 0, 10)]), "A")
    assert (found.compared, found.alike, len(found.per_code), len(found.missed)) == (0, 0, 0, 0)


@drawn(JUDGED)
def test_every_statement_is_either_decided_or_agreed_or_waits(judgements):
    given = judged(judgements)
    rows = side_by_side(given)
    for decided in ([], ["s0", "s2"]):
        counts = progress(rows, decided)
        assert counts.decided + counts.agreed + counts.waiting == len(rows)
        assert counts.waiting == len(waiting(rows, decided))
        assert counts.decided == rows["statement_id"].isin(decided).sum()
    agreed = {each.statement_id for each in unanimous(given, "A")}
    assert agreed == set(rows["statement_id"]) - set(waiting(rows, [])["statement_id"])
    for each in unanimous(given, "A"):
        assert tuple(code for code, _spans in each.codes) == proposal(given, each.statement_id).codes


@drawn(JUDGED)
def test_hits_and_misses_are_those_of_the_confusions(judgements):
    decided = {key: codes for (key, coder), codes in judgements.items() if coder == "A"}
    own = {place: codes for place, codes in judgements.items() if place[1] == "B"}
    given = judged(own, decided)
    found, cells = training_result(given, "B").per_code.set_index("code_id"), confusions(given, "", "B")
    for code, row in found.iterrows():
        same = (cells["code_id"] == code) & (cells["other_code_id"] == code)
        assert row["hits"] == cells.loc[same, "n"].sum()
        assert row["hits"] + row["missed"] == cells.loc[cells["code_id"] == code, "n"].sum()
        assert row["hits"] + row["extra"] == cells.loc[cells["other_code_id"] == code, "n"].sum()
