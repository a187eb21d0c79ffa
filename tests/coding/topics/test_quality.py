"""Figures about topics, checked by hand on examples of a few words."""

import pytest

from coding.topics import quality


def test_diversity_is_the_share_of_different_words():
    assert quality.diversity([["a", "b"], ["a", "c"]]) == 0.75
    assert quality.diversity([["a", "b"], ["c", "d"]]) == 1.0
    assert quality.diversity([]) == 0.0


def test_words_that_always_meet_cohere_fully_and_words_that_never_meet_not_at_all():
    documents = [["a", "b"], ["a", "b"], ["c"], ["d"]]
    assert quality.npmi([["a", "b"]], documents) == pytest.approx(1.0)
    assert quality.npmi([["a", "c"]], documents) == -1.0


def test_words_that_meet_as_often_as_chance_would_have_it_cohere_by_nothing():
    """p(a) = p(b) = 1/2, p(a, b) = 1/4."""
    assert quality.npmi([["a", "b"]], [["a", "b"], ["a"], ["b"], ["c"]]) == pytest.approx(0.0)


def test_one_word_has_no_coherence():
    assert quality.npmi([["a"]], [["a"]]) is None


def test_coherence_is_that_of_gensim_where_a_document_is_one_window():
    """gensim adds 1e-12 to probabilities, so that a pair that never meets is near -1; here each pair meets."""
    models = pytest.importorskip("gensim.models")
    dictionary = pytest.importorskip("gensim.corpora").Dictionary
    documents = [["a", "b", "c"], ["a", "b"], ["a", "c", "d"], ["b", "c"], ["d", "e"], ["a", "e"], ["b", "e", "d"]]
    topics = [["a", "b", "c"], ["d", "e"]]
    there = models.CoherenceModel(
        topics=topics, texts=documents, dictionary=dictionary(documents), coherence="c_npmi", window_size=10
    )
    assert quality.npmi(topics, documents) == pytest.approx(there.get_coherence(), abs=1e-6)
