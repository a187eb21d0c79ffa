"""What must hold of agreement whatever was coded."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_judgements import sets_of

from coding.agreement import agreement, bootstrap_of, compare
from coding.agreement_cli import plain
from coding.agreement_parts import pulling_down
from coding.code_coefficients import cell_coefficients, code_coefficients, two_by_two
from coding.coded import coded_of
from coding.pairs import per_pair
from coding.resampling import Bootstrap, Draws
from coding.set_agreement import set_coefficients

seeds = st.integers(0, 10_000)
FIGURES = ("percent", "cohen", "fleiss", "alpha", "ac1", "brennan_prediger", "prevalence")
SETS = ("percent", "alpha_nominal", "alpha_jaccard", "alpha_masi")


def figures(found) -> dict[str, float | None]:
    return {
        **{f"{code} {name}": getattr(one, name) for code, one in found.per_code.items() for name in FIGURES},
        **{name: getattr(found.overall, name) for name in SETS},
    }


@given(seeds, st.integers(2, 4))
@settings(max_examples=30, deadline=None)
def test_the_order_of_rows_and_the_names_of_coders_do_not_matter(seed, coders):
    judgements, _ = sets_of(seed, units=20, coders=coders)
    shuffled = judgements.sample(frac=1, random_state=seed)
    renamed = shuffled.assign(coder=shuffled["coder"].map(lambda name: f"z{9 - int(name[1:])}"))
    assert figures(agreement(renamed, resamples=0)) == pytest.approx(figures(agreement(judgements, resamples=0)))


@given(seeds, st.integers(2, 4))
@settings(max_examples=20, deadline=None)
def test_coders_who_say_the_same_agree_fully(seed, coders):
    judgements, _ = sets_of(seed, units=20, coders=1, missing=0)
    alike = pd.concat([judgements.assign(coder=f"k{coder}") for coder in range(coders)])
    found = agreement(alike, resamples=0)
    for one in found.per_code.values():
        assert one.percent == 1
        assert one.alpha == (None if one.reason else pytest.approx(1))
        assert one.ac1 == (None if one.reason else pytest.approx(1))
    assert found.overall.alpha_masi == pytest.approx(1)
    assert pulling_down(alike).empty


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_drawing_everything_once_is_the_plain_figure(seed):
    coded = coded_of(sets_of(seed, units=25)[0])
    once = Bootstrap(len(coded.units), 0).everything()
    for coefficients in (code_coefficients, set_coefficients):
        twice = coefficients(coded, [once, Draws(2 * once.times / 2, once.members)])
        assert all(np.allclose(value[0], value[1], equal_nan=True) for value in twice.values())


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_a_resample_is_the_agreement_of_the_units_drawn(seed):
    """The arithmetic on draws, against copies of the units that were drawn."""
    judgements, _ = sets_of(seed, units=15)
    coded = coded_of(judgements)
    drawn = np.random.default_rng(seed).integers(0, 15, size=15)
    assume(coded.pairable[drawn % len(coded.units)].any())
    times = np.bincount(drawn % len(coded.units), minlength=len(coded.units)).astype(float)
    draws = Draws(times[None, :], Bootstrap(len(coded.units), 0).members)
    copies = coded.only(np.repeat(np.arange(len(coded.units)), times.astype(int)))
    plainly = Bootstrap(len(copies.units), 0).everything()
    for coefficients in (code_coefficients, set_coefficients):
        of_draws, of_copies = coefficients(coded, [draws]), coefficients(copies, [plainly])
        for name, value in of_draws.items():
            assert value[0] == pytest.approx(of_copies[name][0], nan_ok=True)


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_a_table_of_four_cells_says_all_about_two_coders(seed):
    coded = coded_of(sets_of(seed, coders=2)[0])
    of_cells = cell_coefficients(two_by_two(coded))
    of_units = code_coefficients(coded, [Bootstrap(len(coded.units), 0).everything()])
    for name in ("percent", "cohen", "alpha"):
        assert of_cells[name] == pytest.approx(of_units[name][0], nan_ok=True)


@given(seeds, st.integers(2, 5))
@settings(max_examples=20, deadline=None)
def test_the_tables_of_pairs_sum_to_the_one_of_all(seed, coders):
    judgements, _ = sets_of(seed, coders=coders)
    whole = agreement(judgements, resamples=0)
    pairs = per_pair(judgements, by_code=True)
    for code, one in whole.per_code.items():
        assert one.pairs_table == tuple(np.sum([pair.per_code[code].table for pair in pairs], axis=0).tolist())


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_a_pair_alone_is_the_pair_among_many(seed):
    judgements, _ = sets_of(seed, coders=4)
    for pair in per_pair(judgements, by_code=True):
        alone = agreement(judgements[judgements.coder.isin([pair.first, pair.second])], resamples=0)
        for name in SETS:
            assert getattr(pair, name) == pytest.approx(getattr(alone.overall, name))
        for code, one in alone.per_code.items():
            assert pair.per_code[code].table == one.table
            assert pair.per_code[code].alpha == pytest.approx(one.alpha)
            assert pair.per_code[code].reason == one.reason


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_what_pulls_agreement_down_is_all_of_the_disagreement(seed):
    judgements, _ = sets_of(seed)
    for code in (None, "c1"):
        found = pulling_down(judgements, code)
        assert found["share"].sum() == pytest.approx(1)
        assert found["share"].is_monotonic_decreasing
        assert found["disagreement"].between(0, 1).all()


def test_whole_experts_are_drawn():
    """With as many experts as units, but each saying all of its units the same, intervals widen as with few units."""
    judgements, _ = sets_of(1, units=12, missing=0)
    copies = pd.concat([judgements.assign(unit=judgements["unit"] + f"/{copy}") for copy in range(6)])
    experts = {unit: unit.partition("/")[0] for unit in copies["unit"]}
    coded, alone = coded_of(copies), coded_of(judgements)
    of_experts = compare(coded, bootstrap_of(coded, 1000, 0, experts)).overall.ci["percent"]
    of_units = compare(coded, bootstrap_of(coded, 1000, 0)).overall.ci["percent"]
    of_few = compare(alone, bootstrap_of(alone, 1000, 0)).overall.ci["percent"]
    assert np.subtract(*of_experts) == pytest.approx(np.subtract(*of_few), rel=0.15)
    assert abs(np.subtract(*of_units)) < 0.6 * abs(np.subtract(*of_experts))


cells = st.tuples(st.sampled_from("uvwxyz"), st.sampled_from("AB"), st.sampled_from(["", "a", "b"]))


@given(st.lists(cells, min_size=1, max_size=40))
@settings(max_examples=100, deadline=None)
def test_nothing_is_ever_not_a_number(rows):
    judgements = pd.DataFrame(rows, columns=["unit", "coder", "code"])
    coded = coded_of(judgements, ["never"])
    found = compare(coded, bootstrap_of(coded, 50))
    json.dumps(plain([found, per_pair(judgements, codes=["never"], by_code=True)]), allow_nan=False)
    for one in found.per_code.values():
        figures_of_one = (one.cohen, one.fleiss, one.alpha, one.ac1, one.brennan_prediger)
        assert (one.reason is None) == any(value is not None for value in figures_of_one)
        assert (one.ci is None) == (one.ci_reason is not None)
    assert found.per_code["never"].reason is not None
