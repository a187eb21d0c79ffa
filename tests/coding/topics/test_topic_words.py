"""c-TF-IDF from counts that add up, beside BERTopic's own."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix, vstack

from coding.topics.topic_words import count_terms, top_words, topic_counts, weights

VOCABULARY = ["bus", "data", "map", "open data"]
DOCUMENTS = [("data", "map", "data"), (), ("bus",), ("open data", "somewhere else"), ("map", "bus")]


def random_counts(seed, topics=7, terms=40):
    counts = np.random.default_rng(seed).poisson(0.7, (topics, terms))
    counts[:, counts.sum(axis=0) == 0] = 1  # BERTopic divides by zero where no topic says a term
    return csr_matrix(counts)


def test_terms_of_texts_are_counted_and_others_are_not():
    assert count_terms(DOCUMENTS, VOCABULARY).toarray().tolist() == [
        [0, 2, 1, 0], [0, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [1, 0, 1, 0],
    ]  # fmt: skip


def test_counts_are_those_of_the_vectoriser_that_bertopic_uses():
    from sklearn.feature_extraction.text import CountVectorizer

    theirs = CountVectorizer(analyzer=list, vocabulary=VOCABULARY).transform(DOCUMENTS)
    assert (count_terms(DOCUMENTS, VOCABULARY) != theirs).nnz == 0


def test_a_topic_is_the_sum_of_its_texts_without_those_left_out():
    table = count_terms(DOCUMENTS, VOCABULARY)
    assert topic_counts([0, 1, -1, 2, 0], table).toarray().tolist() == [[1, 2, 2, 0], [0, 0, 0, 0], [0, 0, 0, 1]]
    assert topic_counts([0, 0, -1, -1, 0], table, times=[3, 1, 1, 1, 2]).toarray().tolist() == [[2, 6, 5, 0]]


def test_merged_topics_are_the_sum_of_their_rows():
    table = count_terms(DOCUMENTS, VOCABULARY)
    apart = topic_counts([0, 1, 2, 1, 2], table)
    merged = topic_counts([0, 1, 0, 1, 0], table)
    assert (merged != vstack([apart[0] + apart[2], apart[1]])).nnz == 0


@pytest.mark.parametrize("bm25_weighting", [False, True])
@pytest.mark.parametrize("reduce_frequent_words", [False, True])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_weights_are_those_of_bertopic(bm25_weighting, reduce_frequent_words, seed):
    from bertopic.vectorizers import ClassTfidfTransformer

    counts = random_counts(seed)
    theirs = ClassTfidfTransformer(bm25_weighting=bm25_weighting, reduce_frequent_words=reduce_frequent_words)
    expected = theirs.fit(counts.copy()).transform(counts.copy().astype(float)).toarray()
    ours = weights(counts, bm25_weighting=bm25_weighting, reduce_frequent_words=reduce_frequent_words)
    np.testing.assert_allclose(ours.toarray(), expected, rtol=1e-12)


def test_weights_of_two_small_topics_by_hand():
    counts = csr_matrix([[3, 1, 0], [0, 1, 1]])  # A = (4 + 2) / 2 = 3
    expected = [[0.75 * np.log(2), 0.25 * np.log(2.5), 0], [0, 0.5 * np.log(2.5), 0.5 * np.log(4)]]
    np.testing.assert_allclose(weights(counts).toarray(), expected)


@pytest.mark.parametrize("counts", [np.zeros((0, 3)), np.zeros((3, 0)), np.zeros((2, 2)), [[0, 0], [0, 1]]], ids=str)
def test_topics_without_words_have_no_weights_and_no_names(counts):
    weighted = weights(csr_matrix(counts))
    assert np.isfinite(weighted.toarray()).all()
    words = top_words(weighted, ["a", "b", "c"])
    assert words == [["b"] if row.any() else [] for row in np.asarray(counts)]


def test_texts_without_labels_or_words_are_no_topic():
    assert topic_counts([], count_terms([], VOCABULARY)).shape == (0, 4)
    assert topic_counts([-1, -1], count_terms([(), ()], [])).shape == (0, 0)


def shown(listed, n=10, forms=None):
    """The words of one topic whose terms have these weights."""
    return top_words(csr_matrix([list(listed.values())]), list(listed), n, forms)[0]


def test_the_weightiest_come_first_and_equal_ones_by_the_alphabet():
    assert shown({"b": 0.2, "c": 0.9, "a": 0.2, "never": 0.0, "too frequent": -0.1}) == ["c", "a", "b"]
    assert shown({"b": 0.2, "c": 0.9, "a": 0.2}, n=2) == ["c", "a"]


def test_a_phrase_with_half_the_weight_takes_the_place_of_its_word():
    assert shown({"data": 1.0, "map": 0.8, "open data": 0.5}) == ["open data", "map"]
    assert shown({"data": 1.0, "map": 0.8, "open data": 0.4}) == ["data", "map"]


def test_a_word_of_a_phrase_that_is_shown_is_not_shown_again():
    assert shown({"personal account": 1.0, "account": 0.9, "personal": 0.8, "accountant": 0.7}) == [
        "personal account", "accountant",
    ]  # fmt: skip


def test_two_phrases_may_share_a_word_that_neither_is():
    assert shown({"data": 1.0, "open data": 0.6, "personal data": 0.6}) == ["open data", "personal data"]


def test_one_phrase_may_take_the_place_of_two_words_and_others_move_up():
    listed = {"single": 1.0, "window": 0.9, "single window": 0.8, "queue": 0.3, "ticket": 0.2}
    assert shown(listed, n=3) == ["single window", "queue", "ticket"]


def test_two_terms_that_are_written_alike_are_one():
    assert shown({"данные": 1.0, "данный": 0.5, "карта": 0.2}, forms={"данные": "данных", "данный": "Данных"}) == [
        "данные", "карта",
    ]  # fmt: skip
