"""Topics beside codes: known answers by hand, the usual measures where each statement has one code, laws for any."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from coding.topics.crosswalk import divided, lacking, likeness, spread, topics_and_codes, without_code


def in_topics(*numbers):
    """Statement s0 in the first of these topics, s1 in the second, and so on."""
    return pd.DataFrame(
        {"statement_id": [f"s{place}" for place in range(len(numbers))], "topic": list(numbers), "probability": 1.0}
    )


def with_codes(*listed, experts=None):
    """The codes of s0, s1, ...: a word of letters each, one letter a code."""
    rows = [
        (f"s{place}", code, experts[place] if experts else f"e{place}")
        for place, codes in enumerate(listed) for code in codes
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["statement_id", "code_id", "expert_id"])


def people(*experts):
    return pd.DataFrame({"statement_id": [f"s{place}" for place in range(len(experts))], "expert_id": list(experts)})


def test_the_residuals_are_those_of_agresti():
    """k = [[3, 1], [1, 5]]: row totals 4 and 6, column totals 4 and 6, n = 10. e of the first cell is 1.6 and its
    residual (3 - 1.6) / sqrt(1.6 * .6 * .6) = 1.8447; in a table of two by two all four are as large."""
    topics = in_topics(*[0] * 4, *[1] * 6)
    found = topics_and_codes(topics, with_codes(*"aaab", *"abbbbb"))
    cells = {(row.topic, row.code_id): row for row in found.itertuples()}
    assert {key: row.k for key, row in cells.items()} == {(0, "a"): 3, (0, "b"): 1, (1, "a"): 1, (1, "b"): 5}
    assert cells[0, "a"].expected == pytest.approx(1.6)
    assert cells[0, "a"].residual == pytest.approx(1.4 / np.sqrt(0.576))
    assert [row.residual for row in cells.values()] == pytest.approx([1.84466, -1.84466, -1.84466, 1.84466], abs=1e-4)


def test_an_expert_counts_once_for_a_topic_and_a_code():
    found = topics_and_codes(in_topics(0, 0, 0, 1), with_codes("a", "a", "a", "b", experts=["L1", "L1", "L2", "L1"]))
    first = found[(found["topic"] == 0) & (found["code_id"] == "a")].iloc[0]
    assert (first["statements"], first["k"]) == (3, 2)


def test_pairs_that_nobody_said_are_there_as_zeros_and_what_was_left_out_is_not():
    found = topics_and_codes(in_topics(0, 1, -1), with_codes("a", "b", "c"))
    assert list(found["k"]) == [1, 0, 0, 1]
    assert "c" not in set(found["code_id"])


def test_without_anything_in_common_there_are_no_rows():
    assert topics_and_codes(in_topics(0, 0), with_codes()).empty
    assert likeness(in_topics(0, 0), with_codes()).ari is None


def test_one_code_alone_leaves_no_room_for_a_residual():
    assert topics_and_codes(in_topics(0, 1), with_codes("a", "a"))["residual"].tolist() == [0.0, 0.0]


single = st.lists(st.tuples(st.integers(0, 4), st.sampled_from("abcd")), min_size=2, max_size=40)
several = st.lists(
    st.tuples(st.integers(0, 3), st.sets(st.sampled_from("abcd"), min_size=1, max_size=3)), min_size=2, max_size=12
)


@given(single)
def test_with_one_code_a_statement_both_measures_are_the_usual_ones(pairs):
    topics, codes = zip(*pairs, strict=True)
    found = likeness(in_topics(*topics), with_codes(*codes))
    assert found.statements == len(pairs)
    assert found.nmi == pytest.approx(normalized_mutual_info_score(topics, list(codes)), abs=1e-9)
    assert found.ari == pytest.approx(adjusted_rand_score(topics, list(codes)), abs=1e-9)


@given(several)
def test_with_several_codes_pairs_are_together_as_far_as_a_drawn_code_is_the_same(pairs):
    """The adjusted Rand index over all pairs of statements, one by one."""
    topics = [topic for topic, _codes in pairs]
    codes = [sorted(codes) for _topic, codes in pairs]
    same = [
        (topics[one] == topics[other], len(set(codes[one]) & set(codes[other])) / (len(codes[one]) * len(codes[other])))
        for one, other in combinations(range(len(pairs)), 2)
    ]
    here, there = sum(topic for topic, _code in same), sum(code for _topic, code in same)
    expected, most = here * there / len(same), (here + there) / 2
    assume(abs(most - expected) > 1e-9)
    known = (sum(topic * code for topic, code in same) - expected) / (most - expected)
    assert likeness(in_topics(*topics), with_codes(*codes)).ari == pytest.approx(known, abs=1e-9)


@given(several)
def test_the_order_of_rows_and_the_names_of_codes_do_not_matter(pairs):
    topics, coded = in_topics(*[topic for topic, _ in pairs]), with_codes(*[sorted(codes) for _, codes in pairs])
    other = coded.assign(code_id=coded["code_id"].map(str.upper)).iloc[::-1]
    one, two = likeness(topics, coded), likeness(topics.iloc[::-1], other)
    assert (one.nmi, one.ari) == pytest.approx((two.nmi, two.ari))
    assert 0 <= one.nmi <= 1
    assert one.ari <= 1


@given(several)
def test_residuals_weighted_by_what_they_were_divided_by_add_up_to_nothing(pairs):
    found = topics_and_codes(
        in_topics(*[topic for topic, _ in pairs]), with_codes(*[sorted(each) for _, each in pairs])
    )
    away = found.assign(away=found["k"] - found["expected"])
    assert away.groupby("topic")["away"].sum().abs().max() < 1e-9
    assert away.groupby("code_id")["away"].sum().abs().max() < 1e-9
    assert (
        np.sign(found["residual"].round(9)) == np.sign(away["away"].where(found["residual"] != 0, 0).round(9))
    ).all()


def test_a_topic_that_most_people_left_uncoded_may_be_missing_in_the_codebook():
    topics = in_topics(0, 0, 0, 0, 1, 1, 2, 2)
    coded = with_codes("a", "", "", "", "a", "a", "", "")
    found = without_code(topics, coded, people("L1", "L1", "L2", "L2", "L1", "L2", "L3", "L3"))
    assert found.set_index("topic")["uncoded"].to_dict() == {0: 3, 1: 0, 2: 2}
    assert found.set_index("topic")["experts"].to_dict() == {0: 2, 1: 0, 2: 1}
    assert list(lacking(found)["topic"]) == [0]  # all of topic 2 is one person's


def test_what_nobody_could_have_coded_is_not_missing():
    statements = people("L1", "L2", "L3").iloc[:1]
    found = without_code(in_topics(0, 0, 0), with_codes("", "", ""), statements)
    assert found[["statements", "uncoded", "experts"]].to_numpy().tolist() == [[1, 1, 1]]


def test_a_code_over_four_topics_alike_has_four_effective_topics():
    topics = in_topics(0, 0, 1, 1, 2, 2, 3, 3, 0, 0, 0, 0)
    found = spread(topics, with_codes(*"aaaaaaaa", *"bbbb")).set_index("code_id")
    assert found["effective"].to_dict() == pytest.approx({"a": 4.0, "b": 1.0})
    assert found["topics"].to_dict() == {"a": 4, "b": 1}


def test_of_few_statements_a_spread_is_not_told():
    found = spread(in_topics(0, 1, 2, 3), with_codes(*"aaaa"))
    assert found["effective"].tolist() == pytest.approx([4.0])
    assert divided(found).empty


@given(single)
def test_effective_topics_are_between_one_and_all_that_a_code_lies_in(pairs):
    topics, codes = zip(*pairs, strict=True)
    found = spread(in_topics(*topics), with_codes(*codes))
    assert (found["effective"] >= 1 - 1e-9).all()
    assert (found["effective"] <= found["topics"] + 1e-9).all()
