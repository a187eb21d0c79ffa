"""Words stand beside meaning: statements that share words come nearer to each other."""

import numpy as np
import pytest

from coding.topics.wording import WEIGHT, WordSpace, with_words


def test_the_same_words_bring_statements_of_equal_meaning_together():
    meaning = np.eye(6, dtype=np.float32)
    lemmas = [
        ["register", "exchange"],
        ["register", "exchange"],
        ["money", "road"],
        ["money"],
        ["map"],
        ["map", "road"],
    ]
    vectors = with_words(meaning, lemmas, sorted({word for words in lemmas for word in words}))
    alike = vectors @ vectors.T
    assert alike[0, 1] == pytest.approx(WEIGHT**2 / (1 + WEIGHT**2))
    assert alike[0, 1] > alike[0, 2]
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_a_statement_without_a_counted_word_keeps_its_meaning():
    meaning = np.eye(4, dtype=np.float32)
    vectors = with_words(meaning, [["a", "b"], ["a"], ["b", "c"], []], ["a", "b", "c"])
    assert vectors[3] @ np.pad(meaning[3], (0, vectors.shape[1] - 4)) > 0.999


def test_without_words_in_common_nothing_changes():
    meaning = np.eye(3, dtype=np.float32)
    assert with_words(meaning, [["a"], ["a"], ["a"]], ["a"]) is meaning


def test_a_later_statement_lies_where_an_equal_one_does():
    lemmas = [["a", "b"], ["a", "c"], ["b", "c"], ["a", "b", "c"]]
    meaning = np.eye(4, dtype=np.float32)
    space = WordSpace(lemmas, ["a", "b", "c"])
    assert np.allclose(space.beside(meaning[2:3], [["b", "c", "new"]]), space.beside(meaning, lemmas)[2])
