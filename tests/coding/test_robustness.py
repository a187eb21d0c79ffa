"""Whether a claim holds when it is counted otherwise: known answers of the demo, worked out by hand, and recounting."""

from dataclasses import replace

import pandas as pd
import pytest
from demo_study import demo, reviewed_by, statement_uuid
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coding.claims import AtLeast, AtMost, FirstAmong, MoreIn, MoreNamed, UnusableClaim, measured
from coding.counts import k_of_n
from coding.robustness import (
    AS_COUNTED,
    CODINGS,
    GROUPS,
    OTHER_GROUPS,
    STATEMENTS,
    STATEMENTS_WITHOUT,
    WITHOUT,
    loudest,
    readings,
    reanalyses,
    verdict,
)
from coding.segments import Segment, Segmentation, by_groups

FIVE = Segmentation(
    "five", "Five", "Пять",
    (
        Segment("upper", "Upper", "", ("fed", "reg")), Segment("local", "Local", "", ("loc",)),
        Segment("state", "State", "", ("corp", "rmc")), Segment("civil", "Civil", "", ("civ",)),
        Segment("market", "Market", "", ("bus", "sci")),
    ),
)  # fmt: skip
EXPERTS = demo().experts["expert_id"].tolist()
CODES = ["prob", "prob.skills", "prob.interagency", "enab.data", "enab.quality", "enab.feedback", "targ.docflow"]


def known(frames=None):
    """All readings of the demo, with what each coder has looked at."""
    return readings(frames or demo(), {coder: [statement_uuid(each) for each in reviewed_by(coder)] for coder in "ABC"})


def tried(claim, found=None):
    return reanalyses(found or known(), claim, [by_groups(demo().groups), FIVE])


def of_kind(rows, kind):
    return {row.key: row.measured for row in rows if row.kind == kind}


def test_half_of_the_experts_is_half_without_those_only_who_did_not_name_it():
    rows = tried(AtLeast("prob.skills", 1, 2))
    assert (rows[0].kind, rows[0].key, rows[0].measured.counts) == (AS_COUNTED, "adjudicated", ((10, 20),))
    without = of_kind(rows, WITHOUT)
    named = {"F1", "R1", "R2", "L1", "L2", "L3", "S1", "N1", "N2", "U1"}  # D1, by name
    assert {key for key, one in without.items() if not one.holds} == named
    assert {one.counts for key, one in without.items() if key in named} == {((9, 19),)}  # 9/19 < 1/2
    assert {one.counts for key, one in without.items() if key not in named} == {((10, 19),)}
    codings = of_kind(rows, CODINGS)
    assert (codings["A"].counts, codings["B"].counts) == (((10, 20),), ((9, 20),))
    said = verdict(rows)
    # 20 experts and the coders A and B; C has read nobody whole, there are no groups and no statements to ask
    assert (said.holds, said.kept, said.tried) == (True, 11, 22)
    assert (set(said.keys(WITHOUT)), said.keys(CODINGS)) == (named, ["B"])


def test_the_difference_between_groups_holds_everywhere():
    rows = tried(MoreIn("prob.interagency", ("reg", "loc", "rmc")))
    assert {key: one.counts for key, one in of_kind(rows, GROUPS).items()} == {
        "reg": ((3, 3), (1, 12)), "loc": ((3, 3), (1, 12)), "rmc": ((2, 2), (1, 12)),
    }  # fmt: skip
    assert of_kind(rows, STATEMENTS)[""].counts == ((8, 102), (1, 178))
    said = verdict(rows)
    # A and B, 20 experts, three groups, by statements with and without S2
    assert (said.holds, said.kept, said.tried, said.turned) == (True, 27, 27, ())


def test_the_loudest_expert_alone_makes_data_the_first_enabler():
    rows = tried(FirstAmong("enab.data", "enab"))
    assert rows[0].measured.counts == ((5, 20), (11, 20))
    assert of_kind(rows, STATEMENTS)[""].holds
    without = of_kind(rows, STATEMENTS_WITHOUT)["S2"]
    assert (without.holds, without.counts, without.rival) == (False, ((4, 254), (10, 254)), "enab.feedback")
    said = verdict(rows)
    assert (said.holds, said.kept, said.tried) == (False, 1, 24)
    assert [row.kind for row in said.turned] == [STATEMENTS]
    assert [row.key for row in rows if row.speaks_most] == ["S2", "S2"]  # left out of experts, and of statements


def test_only_who_is_counted_is_left_out():
    rows = tried(AtLeast("prob.skills", 2, 3, ("loc",)))
    assert set(of_kind(rows, WITHOUT)) == {"L1", "L2", "L3"}
    assert verdict(rows).turned == ()  # two who stay are more than two of three


def test_segments_that_are_a_part_are_tried_and_no_others():
    rows = tried(AtMost("prob.rights", 1, 4, ("fed", "reg", "loc")))
    assert {key: one.counts[0] for key, one in of_kind(rows, GROUPS).items()} == {
        "fed": (1, 2), "reg": (1, 3), "loc": (0, 3), "upper": (2, 5),
    }  # fmt: skip
    assert not of_kind(tried(AtMost("prob.rights", 1, 4, ("reg",))), GROUPS)  # fed and reg are other people
    both = tried(MoreIn("prob.skills", ("reg", "loc"), ("civ", "bus")))
    assert set(of_kind(both, GROUPS)) == {"reg", "loc"}
    assert set(of_kind(both, OTHER_GROUPS)) == {"civ", "bus"}


def test_a_larger_segment_takes_its_experts_from_the_others():
    rows = tried(MoreIn("prob.skills", ("reg",)))
    upper = of_kind(rows, GROUPS)["upper"]
    assert upper.counts == (k_of_n(demo(), "prob.skills", ["fed", "reg"]), (7, 15))


def test_a_coder_counts_over_experts_read_whole_and_only_where_these_are_like_all():
    frames = demo()
    half = {"C": frames.statements.loc[frames.statements["expert_id"].isin(["L1", "R1"]), "statement_id"]}
    found = readings(frames, half)
    assert found["C"].experts[found["C"].counted].tolist() == ["R1", "L1"]
    rows = of_kind(reanalyses(found, AtMost("prob.skills", 1, 2)), CODINGS)
    assert rows["C"].counts[0][1] == 2
    assert rows["C"].holds is None  # both name it as adjudicated too: that is no matter of coder C
    assert rows["A"].holds is True


def test_without_reviews_a_coder_has_looked_at_the_texts_they_coded():
    found = readings(demo())
    at_a = set(demo().statements.query("source_id == 'S-A'")["expert_id"])
    elsewhere = set(demo().statements.query("source_id != 'S-A'")["expert_id"])
    assert set(found["C"].experts[found["C"].counted]) == at_a - elsewhere
    assert found["A"].counted.all()


def test_a_claim_counted_on_a_coder_is_held_against_the_others():
    rows = reanalyses(known(), AtLeast("prob.skills", 1, 2), base="B")
    assert (rows[0].key, rows[0].measured.counts) == ("B", ((9, 20),))
    assert set(of_kind(rows, CODINGS)) == {"adjudicated", "A", "C"}
    assert set(verdict(rows).keys(CODINGS)) == {"adjudicated", "A"}


def test_nobody_to_count_is_no_answer():
    frames = replace(demo(), codings=demo().codings.iloc[:0])
    rows = reanalyses(readings(frames), AtLeast("prob.skills", 1, 2))
    assert verdict(rows).holds is None
    nobody = replace(frames, experts=frames.experts.iloc[:0], statements=frames.statements.iloc[:0])
    said = verdict(reanalyses(readings(nobody), AtLeast("prob.skills", 1, 2)))
    assert (said.holds, said.tried, said.turned) == (None, 0, ())


def test_a_bad_claim_is_told_before_anything_is_counted():
    with pytest.raises(UnusableClaim):
        tried(AtLeast("prob.gone", 1, 2))


def test_the_one_who_speaks_most_is_the_voice_of_a_code_and_of_the_study():
    assert loudest(known()["adjudicated"], AtLeast("prob.skills", 1, 2)) == ["S2"]
    quiet = demo().statements.query("expert_id != 'S2' or order < 40")
    frames = replace(demo(), statements=quiet)
    assert loudest(known(frames)["adjudicated"], MoreNamed("enab.data", "enab.quality"))[-1] != "S2"


GROUP_SETS = st.sets(st.sampled_from(demo().groups["group_id"].tolist()), min_size=1, max_size=4).map(sorted).map(tuple)
CLAIMS = st.one_of(
    st.builds(AtLeast, st.sampled_from(CODES), st.integers(0, 4), st.just(4), st.just(()) | GROUP_SETS),
    st.builds(AtMost, st.sampled_from(CODES), st.integers(0, 4), st.just(4), st.just(()) | GROUP_SETS),
    st.builds(MoreNamed, st.sampled_from(CODES[:3]), st.sampled_from(CODES[3:]), st.just(()) | GROUP_SETS),
    st.builds(MoreIn, st.sampled_from(CODES), GROUP_SETS),
    st.builds(FirstAmong, st.sampled_from(CODES[3:6]), st.just("enab"), st.just(()) | GROUP_SETS),
)


@settings(max_examples=25)
@given(CLAIMS, st.sampled_from(EXPERTS))
def test_leaving_out_an_expert_equals_recounting_without_them(claim, expert):
    frames = demo()
    gone = replace(frames, experts=frames.experts[frames.experts["expert_id"] != expert])
    rows = of_kind(tried(claim, KNOWN), WITHOUT)
    assume(rows)  # not where leaving out could never break the claim
    row = rows.get(expert)
    try:
        again = measured(gone, claim)
    except UnusableClaim:  # the last of a group
        assert row is None or row.holds is None
        return
    if row is None:
        assert again == measured(frames, claim)
    else:
        assert (row.holds, row.counts) == (again.holds, again.counts)


@settings(max_examples=15)
@given(CLAIMS)
def test_a_verdict_counts_its_own_table(claim):
    rows = tried(claim, KNOWN)
    said = verdict(rows)
    answers = pd.Series([row.measured.holds for row in rows[1:] if row.measured.holds is not None], dtype=bool)
    assert (said.kept, said.tried) == (int(answers.sum()), len(answers))
    assert len(said.turned) == (said.tried - said.kept if said.holds else said.kept)


KNOWN = known()


@pytest.mark.parametrize(
    "claim", [AtLeast("prob.skills", 3, 3, ("loc",)), AtMost("targ.docflow", 0, 20)], ids=["all", "none"]
)
def test_leaving_an_expert_out_is_not_counted_where_it_could_never_break_the_claim(claim):
    tried = reanalyses(readings(demo()), claim)
    assert tried[0].measured.holds
    assert not [each for each in tried if each.kind == WITHOUT]
