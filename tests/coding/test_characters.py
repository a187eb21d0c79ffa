"""Agreement on characters: a case counted by hand, and the same letter by letter."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.agreement import compare
from coding.characters import character_agreement, stretches_of
from coding.coded import Coded
from coding.judgements import UnusableCodings
from coding.resampling import Bootstrap

SPANS = ["source_id", "start", "end", "code_id", "coder_id"]
SEEN = ["source_id", "start", "end", "coder_id"]
FIGURES = ("percent", "cohen", "fleiss", "alpha", "ac1", "prevalence", "pairs_table")


def seen_by(*coders: str, statements: int = 10, size: int = 10) -> pd.DataFrame:
    return pd.DataFrame(
        [("s", size * n, size * (n + 1), coder) for n in range(statements) for coder in coders], columns=SEEN
    )


def test_two_coders_whose_passages_overlap():
    """Of 100 characters A coded 0 to 30, B 10 to 40: 20 both, 10 each alone, 60 neither."""
    codings = pd.DataFrame([("s", 0, 30, "x", "A"), ("s", 10, 40, "x", "B")], columns=SPANS)
    found = character_agreement(codings, seen_by("A", "B"))
    one = found.per_code["x"]
    assert (found.n_units, found.n_units_compared, one.table) == (100, 100, (20, 10, 10, 60))
    assert one.percent == pytest.approx(0.8)
    assert one.cohen == pytest.approx((0.8 - 0.58) / (1 - 0.58))
    assert one.alpha == pytest.approx(1 - (0.2 / (2 * 60 * 140 / (200 * 199))))
    assert one.prevalence == pytest.approx(0.3)


def test_text_that_a_coder_has_not_seen_is_not_compared():
    codings = pd.DataFrame([("s", 0, 30, "x", "A"), ("s", 10, 40, "x", "B")], columns=SPANS)
    seen = seen_by("A", "B")
    seen = seen[(seen["coder_id"] == "A") | (seen["start"] < 70)]
    found = character_agreement(codings, seen)
    assert (found.n_units_compared, found.per_code["x"].table) == (70, (20, 10, 10, 30))


def test_what_a_coder_coded_was_seen():
    codings = pd.DataFrame([("s", 0, 30, "x", "A"), ("s", 65, 75, "x", "B")], columns=SPANS)
    seen = seen_by("A", "B")
    found = character_agreement(codings, seen[(seen["coder_id"] == "A") | (seen["start"] < 70)])
    assert (found.n_units_compared, found.per_code["x"].table) == (75, (0, 30, 10, 35))


def test_few_statements_are_few_however_many_characters_they_have():
    codings = pd.DataFrame([("s", 0, 30, "x", "A"), ("s", 10, 40, "x", "B")], columns=SPANS)
    one = character_agreement(codings, seen_by("A", "B", statements=2, size=50)).per_code["x"]
    assert one.alpha is None
    assert str(one.reason) == "Only 2 units were seen by two coders; at least 3 are needed."
    assert one.percent == pytest.approx(0.8)


def test_intervals_draw_statements_or_their_experts():
    generator = np.random.default_rng(2)
    starts = [10 * n + int(generator.integers(0, 4)) for n in range(40) for _ in "AB"]
    codings = pd.DataFrame(
        [("s", start, start + 5, "x", "AB"[place % 2]) for place, start in enumerate(starts)], columns=SPANS
    )
    seen = seen_by("A", "B", statements=40)
    of_statements = character_agreement(codings, seen, resamples=300).per_code["x"]
    assert of_statements.ci[0] < of_statements.alpha < of_statements.ci[1]
    experts = seen.assign(expert_id=(seen["start"] // 100).astype(str))
    of_experts = character_agreement(codings, experts, resamples=300).per_code["x"]
    assert str(of_experts.ci_reason) == "An interval needs 10 experts; here are 4."
    assert of_experts.alpha == of_statements.alpha


def test_coders_of_different_texts_cannot_be_compared():
    seen = pd.DataFrame([("s", 0, 100, "A"), ("t", 0, 100, "B")], columns=SEEN)
    with pytest.raises(UnusableCodings, match="No text was seen by two coders"):
        character_agreement(pd.DataFrame([("s", 0, 30, "x", "A")], columns=SPANS), seen)


places = st.integers(0, 40)
spans = st.tuples(st.sampled_from("st"), places, places, st.sampled_from("xy"), st.sampled_from("ABC"))
reviews = st.tuples(st.sampled_from("st"), places, places, st.sampled_from("ABC"))


def letter_by_letter(codings: pd.DataFrame, seen: pd.DataFrame, coded: Coded) -> Coded:
    """One unit a character, filled in one by one."""
    units = [(source, letter) for source in "st" for letter in range(40)]
    saw = np.zeros((len(units), len(coded.coders)), dtype=bool)
    applied = np.zeros((*saw.shape, len(coded.codes)), dtype=bool)
    for frame in (codings, seen):
        for row in frame.itertuples():
            for letter in range(row.start, row.end):
                place, coder = units.index((row.source_id, letter)), coded.coders.index(row.coder_id)
                saw[place, coder] = True
                if "code_id" in frame:
                    applied[place, coder, coded.codes.index(row.code_id)] = True
    kept = saw.any(axis=1)
    return Coded([str(unit) for unit in units], coded.coders, coded.codes, saw, applied, np.ones(len(units))).only(kept)


@given(st.lists(spans, max_size=8), st.lists(reviews, max_size=8))
@settings(max_examples=100, deadline=None)
def test_stretches_count_what_letters_count(coded_spans, reviewed):
    ordered = [(source, min(a, b), max(a, b), *rest) for source, a, b, *rest in coded_spans]
    codings = pd.DataFrame(ordered, columns=SPANS)
    seen = pd.DataFrame([(s, min(a, b), max(a, b), c) for s, a, b, c in reviewed], columns=SEEN)
    codings = codings.astype({"start": int, "end": int})
    seen = seen.astype({"start": int, "end": int})
    if codings.empty and seen.empty:
        return
    stretches, _, _ = stretches_of(codings, seen, ["x", "y"])
    letters = letter_by_letter(codings, seen, stretches)
    # both as units of one kind, so that only the arithmetic is compared
    stretches = Coded(
        stretches.units, stretches.coders, stretches.codes, stretches.seen, stretches.applied, stretches.sizes,
        np.arange(len(stretches.units)),
    )  # fmt: skip
    quick = compare(stretches, Bootstrap(len(stretches.units), 0, sizes=stretches.sizes))
    slow = compare(letters, Bootstrap(len(letters.units), 0))
    assert (quick.n_units, quick.n_units_compared) == (slow.n_units, slow.n_units_compared)
    for code in "xy":
        mine, theirs = quick.per_code[code], slow.per_code[code]
        assert mine.pairs_table == theirs.pairs_table
        assert mine.percent == pytest.approx(theirs.percent)
        assert mine.prevalence == pytest.approx(theirs.prevalence)
        if mine.reason is None:  # fewer stretches than letters may be too few
            for name in FIGURES:
                assert getattr(mine, name) == pytest.approx(getattr(theirs, name))
            assert quick.overall.alpha_masi == pytest.approx(slow.overall.alpha_masi)
