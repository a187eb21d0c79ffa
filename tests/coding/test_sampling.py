"""A sample to be coded twice: the published numbers of units, a check by simulation, and every group in it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from demo_study import demo
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2

from coding.sampling import UnusableSample, covered, outcomes, shares, strata_of, stratified_sample, units_needed

# Donner and Rotondi (2010), table 2: kappa, lower limit, then 2 to 5 coders at prevalence 0.1, 0.3 and 0.5.
PUBLISHED = [
    (0.50, 0.40, [559, 373, 301, 255, 264, 146, 112, 95, 228, 120, 89, 76]),
    (0.60, 0.40, [140, 94, 76, 64, 66, 37, 28, 24, 57, 30, 23, 19]),
    (0.70, 0.60, [463, 311, 247, 207, 205, 124, 99, 87, 174, 102, 81, 73]),
    (0.80, 0.60, [116, 78, 62, 52, 52, 31, 25, 22, 44, 26, 21, 19]),
]
CELLS = [(prevalence, coders) for prevalence in (0.1, 0.3, 0.5) for coders in (2, 3, 4, 5)]
WITH_2_71 = 1 - chi2.sf(2.71, 1) / 2
"""The confidence at which chi-square is as rounded in the published tables."""


@pytest.mark.parametrize(("kappa", "lower", "known"), PUBLISHED)
def test_the_published_table_comes_out_with_its_rounded_chi_square(kappa, lower, known):
    found = [units_needed(kappa, lower, prevalence, coders, WITH_2_71) for prevalence, coders in CELLS]
    assert found == known


@pytest.mark.parametrize(("kappa", "lower", "known"), PUBLISHED)
def test_with_the_exact_one_a_few_are_smaller_by_one(kappa, lower, known):
    found = [units_needed(kappa, lower, prevalence, coders) for prevalence, coders in CELLS]
    assert {one - other for one, other in zip(known, found, strict=True)} <= {0, 1}


def test_the_numbers_of_the_planning_table():
    assert [units_needed(0.8, 0.6, prevalence) for prevalence in (0.1, 0.3, 0.5)] == [116, 52, 44]
    assert [units_needed(0.8, 0.6, prevalence, 3) for prevalence in (0.1, 0.3, 0.5)] == [78, 31, 26]


def judgements(kappa: float, prevalence: float, shape: tuple[int, int, int], seed: int) -> np.ndarray:
    """Coders (studies x statements x coders) who are of one mind with probability kappa and else judge alone."""
    generator = np.random.default_rng(seed)
    of_one_mind = generator.random((*shape[:2], 1)) < kappa
    return np.where(of_one_mind, generator.random((*shape[:2], 1)), generator.random(shape)) < prevalence


@pytest.mark.parametrize("coders", [2, 3, 4, 5, 6])
def test_the_three_outcomes_are_those_of_coders_who_are_of_one_mind_or_judge_alone(coders):
    applied = judgements(0.6, 0.3, (1, 200_000, coders), seed=coders)[0].sum(axis=1)
    simulated = (applied == coders).mean(), ((applied > 0) & (applied < coders)).mean(), (applied == 0).mean()
    assert outcomes(0.6, 0.3, coders) == pytest.approx(simulated, abs=0.006)


@pytest.mark.parametrize(("prevalence", "coders"), [(0.1, 2), (0.3, 2), (0.5, 2), (0.3, 3), (0.5, 4)])
def test_about_half_of_simulated_studies_of_that_size_end_above_the_lower_limit(prevalence, coders):
    size = units_needed(0.8, 0.6, prevalence, coders)

    def above(kappa: float) -> float:
        """Share of studies whose fit to a kappa of 0.6, at the prevalence that they found, is refuted from above."""
        applied = judgements(kappa, prevalence, (4_000, size, coders), seed=1)
        found, times = applied.mean(axis=(1, 2)), applied.sum(axis=2)
        applied_by = [times == coders, (times > 0) & (times < coders), times == 0]
        observed = [cell.mean(axis=1) for cell in applied_by]
        expected = outcomes(0.6, found, coders)
        distance = size * sum((one - other) ** 2 / other for one, other in zip(observed, expected, strict=True))
        return float(((distance > chi2.ppf(0.9, 1)) & (observed[1] < expected[1])).mean())

    assert above(0.8) == pytest.approx(0.5, abs=0.1)
    assert above(0.6) == pytest.approx(0.05, abs=0.03)


@given(
    kappa=st.floats(0.3, 1), lower=st.floats(0, 0.95), prevalence=st.floats(0.02, 0.98), coders=st.integers(2, 6)
)  # fmt: skip
def test_more_coders_or_a_wider_interval_never_need_more_units(kappa, lower, prevalence, coders):
    assume(lower < kappa - 0.02)
    needed = units_needed(kappa, lower, prevalence, coders)
    assert needed >= units_needed(kappa, lower, prevalence, coders + 1) >= 1
    assert needed >= units_needed(kappa, lower * 0.9, prevalence, coders)
    assert abs(needed - units_needed(kappa, lower, 1 - prevalence, coders)) <= 1
    assert needed <= units_needed(kappa, lower, prevalence, coders, 0.99)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ((0.6, 0.6, 0.3, 2), "smaller than the kappa"),
        ((0.8, -0.1, 0.3, 2), "between 0 and 1"),
        ((0.8, 0.6, 0.0, 2), "share of statements"),
        ((0.8, 0.6, 1.0, 2), "share of statements"),
        ((0.8, 0.6, 0.3, 1), "two coders"),
        ((0.8, 0.6, 0.3, 2, 0.5), "confidence"),
        ((0.8, 0.6, 0.3, 2, 1.0), "confidence"),
    ],
)
def test_what_cannot_be_planned_is_refused(plan, words):
    with pytest.raises(UnusableSample, match=words):
        units_needed(*plan)


@pytest.fixture(scope="module")
def strata():
    return strata_of(demo())


def test_moderators_are_in_no_stratum():
    frames = demo()
    statements = frames.statements.copy()
    statements.loc[0, ["role", "expert_id"]] = ["moderator", ""]
    found = strata_of(replace(frames, statements=statements))
    assert len(found) == 279
    assert statements.loc[0, "statement_id"] not in set(found["statement_id"])


@pytest.mark.parametrize("by_source", [False, True])
@pytest.mark.parametrize(("size", "fewest"), [(30, 1), (100, 3), (280, 1)])
def test_a_sample_has_its_size_and_every_group(by_source, size, fewest):
    strata = strata_of(demo(), by_source=by_source)
    drawn = stratified_sample(strata, size, seed=7, fewest=fewest)
    table = covered(drawn, strata)
    assert len(drawn) == len(set(drawn)) == table["chosen"].sum() == size
    assert table["available"].sum() == 280
    assert (table["chosen"] >= table["available"].clip(upper=fewest)).all()
    assert (table["chosen"] <= table["available"]).all()
    assert table["group_id"].nunique() == 8
    assert (table["source_id"] != "").all() == by_source
    order = {key: at for at, key in enumerate(strata["statement_id"])}
    assert [order[key] for key in drawn] == sorted(order[key] for key in drawn)


def test_the_same_seed_draws_the_same_sample_whatever_the_order(strata):
    drawn = stratified_sample(strata, 56, seed=1)
    assert stratified_sample(strata, 56, seed=1) == drawn
    assert set(stratified_sample(strata.sample(frac=1, random_state=3), 56, seed=1)) == set(drawn)
    assert set(stratified_sample(strata, 56, seed=2)) != set(drawn)


def test_every_statement_of_a_stratum_is_as_likely(strata):
    times = pd.Series([key for seed in range(400) for key in stratified_sample(strata, 140, seed)]).value_counts()
    assert len(times) == 280
    assert times.between(140, 260).all()  # 200 expected, standard deviation 10


def keyed(*counts: int) -> dict[tuple[str, str], int]:
    return {(f"g{n}", ""): count for n, count in enumerate(counts)}


@pytest.mark.parametrize(
    ("available", "size", "fewest", "expected"),
    [
        ([50, 30, 20], 10, 1, [5, 3, 2]),
        ([50, 30, 20], 11, 1, [6, 3, 2]),  # 5.5, 3.3, 2.2
        ([94, 3, 3], 10, 1, [8, 1, 1]),  # 9.4, 0.3, 0.3: the small ones are there
        ([94, 3, 3], 20, 5, [14, 3, 3]),  # five of each, while there are so many
        ([10, 10, 10], 4, 1, [2, 1, 1]),
        ([10, 20], 15, 1, [5, 10]),
        ([10, 20], 16, 1, [5, 11]),  # 5.33, 10.67
        ([2, 2], 4, 1, [2, 2]),
    ],
)
def test_shares_are_proportional_with_a_floor(available, size, fewest, expected):
    assert [shares(keyed(*available), size, fewest)[key] for key in keyed(*available)] == expected


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(1, 6), st.data())
def test_shares_add_up_and_stay_near_their_part(available, fewest, data):
    floors = [min(fewest, count) for count in available]
    size = data.draw(st.integers(sum(floors), sum(available)))
    found = [shares(keyed(*available), size, fewest)[key] for key in keyed(*available)]
    assert sum(found) == size
    for got, floor, count in zip(found, floors, available, strict=True):
        assert floor <= got <= count
        assert got == floor or got < size * count / sum(available) + 1


@pytest.mark.parametrize(
    ("size", "fewest", "words"),
    [
        (7, 1, "there are 8 groups"),
        (281, 1, "280 statements of experts"),
        (20, 3, "too small for 3 statements of each group. It needs at least 24"),
    ],
)
def test_a_sample_of_an_impossible_size_is_refused(strata, size, fewest, words):
    with pytest.raises(UnusableSample, match=words):
        stratified_sample(strata, size, seed=1, fewest=fewest)


def test_what_was_not_chosen_is_counted_too(strata):
    table = covered([], strata)
    assert table["chosen"].tolist() == [0] * 8
    assert table["available"].sum() == 280
