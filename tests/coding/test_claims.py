"""Claims against the demo's known answers, and as JSON that nobody has to trust."""

from dataclasses import replace

import pandas as pd
import pytest
from demo_study import EXPECTED, demo
from hypothesis import given
from hypothesis import strategies as st

from coding.claim_form import read_claim, renamed, write_claim
from coding.claims import AtLeast, AtMost, FirstAmong, Measured, MoreIn, MoreNamed, UnusableClaim, measured
from coding.counts import k_of_n

GROUPS = ("fed", "reg", "loc", "corp", "civ", "bus", "sci", "rmc")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_shares_are_those_of_the_known_answers(language):
    frames = demo(language)
    assert measured(frames, AtLeast("prob.skills", 1, 2)) == Measured(True, ((10, 20),))
    assert measured(frames, AtLeast("prob.skills", 11, 20)) == Measured(False, ((10, 20),))
    assert measured(frames, AtMost("prob.skills", 10, 20)) == Measured(True, ((10, 20),))
    assert measured(frames, AtMost("prob.skills", 9, 20)) == Measured(False, ((10, 20),))
    assert measured(frames, AtLeast("prob.skills", 3, 3, ("loc",))) == Measured(True, ((3, 3),))


def test_a_share_is_compared_without_rounding():
    frames = demo()
    assert measured(frames, AtLeast("prob.skills", 2, 3, ("reg",))).holds  # 2 of 3
    assert not measured(frames, AtLeast("prob.skills", 667, 1000, ("reg",))).holds


def test_groups_are_set_against_groups():
    frames = demo()
    apart = measured(frames, MoreIn("prob.interagency", ("reg", "loc", "rmc")))
    assert apart == Measured(True, ((8, 8), (1, 12)))  # D4
    assert measured(frames, MoreIn("prob.skills", ("reg", "loc"), ("civ", "bus"))).counts == ((5, 6), (0, 5))  # D3
    assert measured(frames, MoreIn("prob.rights", ("fed", "reg", "loc"))).holds is False  # D7: 2/8 and 4/12


def test_the_first_place_is_another_one_by_statements():
    frames, known = demo(), EXPECTED["statement_level"]
    claim = FirstAmong("enab.data", "enab")
    assert measured(frames, claim) == Measured(False, ((5, 20), (11, 20)), "enab.quality")
    by_statements = measured(frames, claim, "statements")
    assert by_statements == Measured(True, ((known["enab.data"], 280), (known["enab.quality"], 280)), "enab.quality")
    assert measured(frames, MoreNamed("enab.quality", "enab.data")) == Measured(True, ((11, 20), (5, 20)))


def test_a_tie_is_no_first_place_and_nothing_more():
    frames = demo()
    three = frames.codes[frames.codes["code_id"].isin(["prob", "prob.skills", "prob.interagency"])]
    once = frames.codings[(frames.codings["code_id"] == "prob.skills") & (frames.codings["layer"] == "adjudicated")]
    once = once[once["source_id"].eq(once["source_id"].iloc[0])].head(1)
    both = pd.concat([once, once.assign(code_id="prob.interagency", coding_id="again")])
    tied = replace(frames, codes=three, codings=both)
    assert measured(tied, FirstAmong("prob.skills", "prob")).holds is False
    assert measured(tied, MoreNamed("prob.skills", "prob.interagency")).holds is False
    assert measured(tied, MoreIn("prob.skills", ("bus",))).holds is False


def test_where_nothing_is_coded_nothing_is_rare():
    bare = replace(demo(), codings=demo().codings.head(0))
    assert measured(bare, AtMost("prob.skills", 0, 20)) == Measured(None, ((0, 0),))


def test_shares_of_experts_are_no_question_to_statements():
    assert measured(demo(), AtLeast("prob.skills", 1, 2), "statements") == Measured(None, ((13, 280),))


def test_a_root_is_named_with_any_code_below_it():
    frames = demo()
    assert measured(frames, AtLeast("prob", 1, 1)).counts == (k_of_n(frames, "prob"),)


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        (AtLeast("prob.gone", 1, 2), "no longer in the codebook"),
        (MoreNamed("prob.skills", "gone"), "no longer in the codebook"),
        (MoreNamed("prob.skills", "prob.skills"), "compared with itself"),
        (AtLeast("prob.skills", 1, 2, ("nowhere",)), "Nobody is in the group"),
        (MoreIn("prob.skills", ()), "both sides"),
        (MoreIn("prob.skills", ("reg",), ("reg", "loc")), "both sides"),
        (FirstAmong("prob.skills", "enab"), "does not stand below"),
        (FirstAmong("prob", "prob"), "does not stand below"),
    ],
    ids=["gone", "other", "itself", "nobody", "no side", "same groups", "root", "own root"],
)
def test_what_the_study_does_not_have_is_told_in_one_sentence(claim, told):
    with pytest.raises(UnusableClaim, match=told):
        measured(demo(), claim)


keys = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs")), min_size=1, max_size=12)
groups = st.lists(keys, unique=True, max_size=4).map(tuple)
shares = st.tuples(st.integers(0, 99), st.integers(1, 99)).map(sorted).filter(lambda pair: pair[1])
claims = st.one_of(
    st.builds(lambda code, share, some: AtLeast(code, *share, some), keys, shares, groups),
    st.builds(lambda code, share, some: AtMost(code, *share, some), keys, shares, groups),
    st.builds(MoreNamed, keys, keys, groups),
    st.builds(MoreIn, keys, groups, groups),
    st.builds(FirstAmong, keys, keys, groups),
)


@given(claims)
def test_a_claim_comes_back_from_json(claim):
    assert read_claim(write_claim(claim)) == claim


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["k", "n", "x"]), inner, max_size=3),
    max_leaves=5,
)


@given(claims, st.sampled_from(["kind", "code", "groups", "k", "n", "other", "others", "root", "more"]), json_like)
def test_whatever_is_written_there_is_a_claim_or_one_sentence(claim, name, value):
    try:
        read = read_claim(write_claim(claim) | {name: value})
    except UnusableClaim as problem:
        assert str(problem).endswith(".")
    else:
        assert read_claim(write_claim(read)) == read


@pytest.mark.parametrize(
    "given_one", [None, [], "at_least", {}, {"kind": ["at_least"]}, {"kind": "at_least", "code": "a"}]
)
def test_what_is_no_claim_is_refused(given_one):
    with pytest.raises(UnusableClaim):
        read_claim(given_one)


def test_merged_codes_are_followed():
    claim = FirstAmong("enab.data", "enab", ("loc",))
    assert renamed(claim, {"enab.data": "enab.quality"}) == FirstAmong("enab.quality", "enab", ("loc",))
