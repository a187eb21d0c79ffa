"""Codes together: the demo's known answers (D13), a worked example, and laws that hold for any codings."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from demo_study import EXPECTED, demo
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.co_occurrence import COLUMNS, association, co_occurrences, quotes_of_pair
from coding.counts import presence, quotes_of

UNITS = ["statement", "turn", "expert"]
MEASURES = ["jaccard", "lift", "pmi", "npmi"]


def pairs(frames, unit, **which):
    found = co_occurrences(frames, unit, **which)
    return found.set_index(["first", "second"])


def pair(found, one, other):
    return found.loc[(one, other) if (one, other) in found.index else (other, one)]


def small(codings, *, turns=(0, 0, 1, 2, 3, 4), speakers="AABBCC"):
    """Six statements of three experts, coded ("prob.skills" and so on) as {number of the statement: codes}."""
    study = demo()
    statements = study.statements.head(6).assign(
        statement_id=[f"s{n}" for n in range(6)], source_id="S", turn=list(turns), order=range(6), text="words",
        start=range(0, 60, 10), end=range(5, 65, 10), expert_id=list(speakers),
    )  # fmt: skip
    experts = study.experts.head(3).assign(expert_id=list("ABC"))
    rows = [(n, code) for n, codes in codings.items() for code in codes]
    coded = pd.DataFrame(
        [{"coding_id": f"{n}{code}", "source_id": "S", "start": 10 * n, "end": 10 * n + 5, "code_id": code,
          "coder_id": "A", "layer": "adjudicated", "origin": "hand"} for n, code in rows],
        columns=study.codings.columns,
    )  # fmt: skip
    return replace(study, statements=statements, experts=experts, codings=coded)


def test_eight_and_ten_of_twenty_with_six_in_both():
    found = association(20, np.array([8]), np.array([10]), np.array([6]))
    known = {"jaccard": 0.5, "lift": 1.5, "pmi": 0.584963, "npmi": 0.336773}
    assert {name: values[0] for name, values in found.items()} == pytest.approx(known, abs=5e-7)


def test_where_a_measure_has_no_value():
    # nobody says either; one is never said; never together; always both; everybody says both
    found = association(10, *np.array([[0, 0, 3, 4, 10], [0, 5, 4, 4, 10], [0, 0, 0, 4, 10]]))
    assert np.isnan(found["jaccard"]).tolist() == [True, False, False, False, False]
    assert found["jaccard"][1:].tolist() == [0, 0, 1, 1]
    assert np.isnan(found["lift"]).tolist() == [True, True, False, False, False]
    assert found["pmi"][2:].tolist() == [-np.inf, pytest.approx(np.log2(2.5)), 0]
    assert np.isnan(found["npmi"]).tolist() == [True, True, False, False, True]
    assert found["npmi"][2:4].tolist() == pytest.approx([-1, 1])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_demo_has_its_known_pairs(language):
    found = pairs(demo(language), "statement")
    for names, times in EXPECTED["cooccurrence_statement"].items():
        assert pair(found, *names.split(" + ")).both == times
    found = pairs(demo(language), "expert")
    for names, known in EXPECTED["cooccurrence_expert_jaccard"].items():
        assert pair(found, *names.split(" + ")).jaccard == pytest.approx(known, abs=5e-5)


def test_counts_of_a_pair_are_counts_of_units():
    found = pair(pairs(demo(), "expert"), "prob.skills", "prob.interagency")
    assert found[["both", "only_first", "only_second", "neither", "experts"]].tolist() == [6, 4, 3, 7, 6]
    found = pair(pairs(demo(), "statement"), "prob.skills", "prob.unready")
    assert found[["both", "only_first"]].tolist() == [4, 9]
    assert found[["both", "only_first", "only_second", "neither"]].sum() == 280


def test_who_says_both_in_one_unit_is_one_expert_however_often():
    study = small({0: ["prob.skills", "prob.rights"], 1: ["prob.skills", "prob.rights"], 2: ["prob.skills"],
                   3: ["prob.rights"], 4: ["prob.skills"], 5: ["prob.rights"]})  # fmt: skip
    both = {unit: pair(pairs(study, unit, minimum=2), "prob.skills", "prob.rights") for unit in UNITS}
    assert [both[unit].both for unit in UNITS] == [2, 1, 3]
    assert [both[unit].experts for unit in UNITS] == [1, 1, 3]
    assert [bool(both[unit].supported) for unit in UNITS] == [False, False, True]
    assert [both[unit][["both", "only_first", "only_second", "neither"]].sum() for unit in UNITS] == [6, 5, 3]


def test_a_turn_is_of_one_source_and_one_speaker():
    study = small({0: ["prob.skills"], 1: ["prob.rights"]}, turns=[0] * 6, speakers="ABABAB")
    assert pair(pairs(study, "turn"), "prob.skills", "prob.rights").both == 0
    assert pair(pairs(replace(study, statements=study.statements.assign(expert_id="A")), "turn"),
                "prob.skills", "prob.rights").both == 1  # fmt: skip


def test_pairs_of_few_experts_are_kept_and_marked():
    everything, some = pairs(demo(), "expert"), pairs(demo(), "expert", minimum=5)
    pd.testing.assert_frame_equal(everything.drop(columns="supported"), some.drop(columns="supported"))
    assert (some.supported == (some.experts >= 5)).all()
    assert everything.supported.sum() > some.supported.sum() > 0


def test_no_code_is_paired_with_one_above_it():
    study = demo()
    deeper = study.codes.assign(
        parent_id=study.codes.parent_id.where(study.codes.code_id != "prob.unready", "prob.skills")
    )
    found = co_occurrences(replace(study, codes=deeper), "expert")
    listed = {frozenset(names) for names in zip(found["first"], found["second"], strict=True)}
    for code, above in (("prob.unready", "prob.skills"), ("prob.unready", "prob"), ("prob.skills", "prob")):
        assert {code, above} not in listed
    assert {"prob.unready", "enab"} in listed
    assert {"prob.skills", "prob.rights"} in listed
    said = presence(replace(study, codes=deeper))
    counted = pair(found.set_index(["first", "second"]), "prob.skills", "enab.data")
    assert counted.both == (said["prob.skills"] & said["enab.data"]).sum()
    bare = pair(pairs(replace(study, codes=deeper), "expert", with_parents=False), "prob.skills", "enab.data")
    own = presence(study)
    assert bare.both == (own["prob.skills"] & own["enab.data"]).sum()


def test_the_words_behind_a_pair_of_one_statement_are_those_with_both():
    study = demo()
    quotes = quotes_of_pair(study, "prob.skills", "prob.unready", unit="statement")
    either = [set(quotes_of(study, code).statement_id) for code in ("prob.skills", "prob.unready")]
    assert set(quotes.statement_id) == either[0] & either[1]
    assert len(quotes) == 4
    assert list(quotes.columns) == list(quotes_of(study, "prob.skills").columns)


def test_the_words_behind_a_pair_of_experts_are_what_they_say_of_either():
    study = demo()
    quotes = quotes_of_pair(study, "enab.feedback", "plat.network")
    found = pair(pairs(study, "expert"), "enab.feedback", "plat.network")
    assert quotes.expert_id.nunique() == found.experts == 5
    for code in ("enab.feedback", "plat.network"):
        own = quotes_of(study, code)
        assert set(own[own.expert_id.isin(quotes.expert_id)].statement_id) <= set(quotes.statement_id)
    assert not quotes.statement_id.duplicated().any()
    place = {label: n for n, label in enumerate(study.statements.label)}
    assert quotes.label.map(place).is_monotonic_increasing
    civil = quotes_of_pair(study, "enab.feedback", "plat.network", ["civ"])
    assert set(civil.group_id) == {"civ"}
    assert quotes_of_pair(study, "enab.feedback", "targ.docflow").empty


@pytest.mark.parametrize("unit", UNITS)
def test_without_codings_codes_or_statements_nothing_is_together(unit):
    study = demo()
    for nothing in (replace(study, codings=study.codings.head(0)), replace(study, statements=study.statements.head(0))):
        found = co_occurrences(nothing, unit)
        assert list(found.columns) == COLUMNS
        assert found[["both", "experts"]].to_numpy().sum() == 0
        assert not found.supported.any()
    assert co_occurrences(replace(study, codes=study.codes.head(0)), unit).empty


CODES = ["prob.skills", "prob.rights", "enab.data"]
coded = st.dictionaries(st.integers(0, 5), st.sets(st.sampled_from(CODES)), max_size=6)


@settings(max_examples=25, deadline=None)
@given(coded, st.sampled_from(UNITS), st.permutations(CODES))
def test_laws_of_pairs(codings, unit, renamed):
    found = pairs(small(codings), unit)
    counts = found[["both", "only_first", "only_second", "neither"]]
    assert (counts >= 0).all(axis=None)
    assert (counts.sum(axis=1) == {"statement": 6, "turn": 5, "expert": 3}[unit]).all()
    assert (found.experts <= found.both).all()
    assert found.jaccard.dropna().between(0, 1).all()
    assert (found.lift.dropna() >= 0).all()
    assert found.npmi.dropna().between(-1 - 1e-9, 1 + 1e-9).all()
    to = dict(zip(CODES, renamed, strict=True))
    other = pairs(small({n: {to[code] for code in codes} for n, codes in codings.items()}), unit)
    for one, another in ((0, 1), (0, 2), (1, 2)):
        before, after = pair(found, CODES[one], CODES[another]), pair(other, renamed[one], renamed[another])
        assert before[["both", "neither", "experts"]].tolist() == after[["both", "neither", "experts"]].tolist()
        assert before[MEASURES].astype(float).to_numpy() == pytest.approx(
            after[MEASURES].astype(float).to_numpy(), nan_ok=True
        )


@given(st.integers(1, 50), st.data())
def test_measures_are_symmetric(n, data):
    first, second = (data.draw(st.integers(0, n)) for _ in range(2))
    both = data.draw(st.integers(max(0, first + second - n), min(first, second)))
    one, other = (
        association(n, np.array([each[0]]), np.array([each[1]]), np.array([both]))
        for each in ((first, second), (second, first))
    )
    for name in MEASURES:
        assert one[name] == pytest.approx(other[name], nan_ok=True)
