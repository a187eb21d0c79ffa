"""Words stand beside meaning: statements that share words come nearer to each other."""

import numpy as np

from coding.topics.wording import with_words


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
    assert alike[0, 1] > 0.15
    assert alike[0, 1] > alike[0, 2]
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_a_statement_without_a_counted_word_keeps_its_meaning():
    meaning = np.eye(4, dtype=np.float32)
    vectors = with_words(meaning, [["a", "b"], ["a"], ["b", "c"], []], ["a", "b", "c"])
    assert vectors[3] @ np.pad(meaning[3], (0, vectors.shape[1] - 4)) > 0.999


def test_without_words_in_common_nothing_changes():
    meaning = np.eye(3, dtype=np.float32)
    assert with_words(meaning, [["a"], ["a"], ["a"]], ["a"]) is meaning
