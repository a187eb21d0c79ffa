"""Unitizing alpha against Krippendorff's own example, and against its formula read word by word."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.unitizing import expected, observed, unitizing_agreement

SPANS = ["source_id", "start", "end", "code_id", "coder_id"]
TEXT = pd.DataFrame([("s", 150, 450)], columns=["source_id", "start", "end"])


def krippendorff_2004() -> pd.DataFrame:
    """Content Analysis (2004), p. 254: (code, coder, begin, length)."""
    passages = [
        ("c", "1", 225, 70), ("c", "1", 370, 30), ("c", "2", 220, 80), ("c", "2", 355, 20), ("c", "2", 400, 20),
        *[("k", coder, begin, length) for coder in "12" for begin, length in ((180, 60), (300, 50))],
    ]  # fmt: skip
    return pd.DataFrame(
        [("s", begin, begin + length, code, coder) for code, coder, begin, length in passages], columns=SPANS
    )


def test_krippendorff_2004_p254():
    found = unitizing_agreement(krippendorff_2004(), TEXT, ["1", "2"])
    one = found.per_code["c"]
    assert (one.observed, one.expected) == (pytest.approx(0.0144, abs=5e-5), pytest.approx(0.0532, abs=5e-5))
    assert one.alpha == pytest.approx(0.7286, abs=1e-4)
    assert found.per_code["k"].alpha == pytest.approx(1.0)
    assert found.overall.alpha == pytest.approx(0.858665, abs=1e-6)  # printed as .8591, from rounded sums


def test_a_text_in_two_sources_is_the_same_text():
    codings = krippendorff_2004()
    later = codings["start"] >= 300
    moved = codings.assign(
        source_id=np.where(later, "t", "s"),
        start=codings["start"] - 300 * later,
        end=codings["end"] - 300 * later,
    )
    texts = pd.DataFrame([("s", 150, 300), ("t", 0, 150)], columns=["source_id", "start", "end"])
    found = unitizing_agreement(moved, texts, ["1", "2"])
    assert found.overall.alpha == pytest.approx(0.858665, abs=1e-6)


def test_overlapping_passages_of_one_coder_are_one_and_text_outside_is_left_out():
    codings = krippendorff_2004()
    more = pd.DataFrame(
        [("s", 230, 280, "c", "1"), ("s", 0, 140, "c", "1"), ("other", 200, 210, "c", "2"), ("s", 160, 170, "c", "9")],
        columns=SPANS,
    )
    both = unitizing_agreement(pd.concat([codings, more]), TEXT, ["1", "2"])
    assert both == unitizing_agreement(codings, TEXT, ["1", "2"])


@pytest.mark.parametrize(
    ("spans", "coders", "words"),
    [
        ([], "12", "No coder marked a passage"),
        ([("s", 150, 450, "c", "1"), ("s", 150, 450, "c", "2")], "12", "nothing varies"),
        ([("s", 160, 170, "c", "1")], "1", "two coders or more"),
    ],
)
def test_where_nothing_varies_there_is_a_reason_and_no_figure(spans, coders, words):
    found = unitizing_agreement(pd.DataFrame(spans, columns=SPANS), TEXT, list(coders), ["c"])
    for one in (found.per_code["c"], found.overall):
        assert one.alpha is None
        assert words in str(one.reason)


def sections(passages: np.ndarray, length: int) -> list[tuple[int, int, bool]]:
    """(begin, length, is a passage) of everything, in order."""
    found, reached = [], 0
    for begin, size in passages.tolist():
        if begin > reached:
            found.append((reached, begin - reached, False))
        found.append((begin, size, True))
        reached = begin + size
    return [*found, (reached, length - reached, False)] if reached < length else found


def word_by_word(passages: list[np.ndarray], length: int) -> tuple[float, float]:
    """The formula as printed, section against section."""
    cut = [sections(each, length) for each in passages]
    m = len(cut)
    differences = 0.0
    for i, own in enumerate(cut):
        for j, other in enumerate(cut):
            if i == j:
                continue
            for b, size, valued in own:
                for b2, size2, valued2 in other:
                    if valued and valued2 and -size < b - b2 < size2:
                        differences += (b - b2) ** 2 + (b + size - b2 - size2) ** 2
                    elif valued and not valued2 and size2 - size >= b - b2 >= 0:
                        differences += size**2
                    elif not valued and valued2 and size - size2 >= b2 - b >= 0:
                        differences += size2**2
    all_sections = [section for each in cut for section in each]
    units = [size for _, size, valued in all_sections if valued]
    total = 0.0
    for size in units:
        total += (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        total += size**2 * sum(gap - size + 1 for _, gap, valued in all_sections if not valued and gap >= size)
    chance = m * length * (m * length - 1) - sum(size * (size - 1) for size in units)
    return differences / (m * (m - 1) * length**2), 2 / length * total / chance


lengths = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), max_size=5)


@given(st.lists(lengths, min_size=2, max_size=4))
@settings(max_examples=100, deadline=None)
def test_the_sums_are_those_of_the_formula(coders):
    passages = []
    for steps in coders:
        reached, own = 0, []
        for gap, size in steps:
            own.append((reached + gap, size))
            reached += gap + size
        passages.append(np.array(own, dtype=np.int64).reshape(-1, 2))
    length = max([10, *(int(each.sum(axis=1).max()) for each in passages if len(each))])
    slow_observed, slow_expected = word_by_word(passages, length)
    assert observed(passages, length) == pytest.approx(slow_observed)
    assert expected(passages, length) == pytest.approx(slow_expected)
