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
