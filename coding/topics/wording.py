"""The words of statements beside their meaning: two statements are alike if both agree."""

from collections.abc import Sequence

import numpy as np

DIMENSIONS = 100
WEIGHT = 0.4
"""Length of the words' part beside the meaning's part of 1. On the demo, in which seven fields of topics are known, it
raises the normalised mutual information of 14 topics from 0.49 to 0.61 in English and from 0.34 to 0.57 in Russian; on
the news sentences of SIB-200 it changes little (seven topics: 0.56 to 0.53, and 0.37 to 0.39)."""


class WordSpace:
    """Latent semantic analysis (Deerwester et al. 1990) of statements, in which later ones find their place as well."""

    def __init__(self, lemmas: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> None:
        """`lemmas` of the n statements it is made of; `vocabulary` says which lemmas count."""
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        size = min(DIMENSIONS, len(lemmas) - 1, len(vocabulary) - 1)
        self._table = self._reduction = None
        if size >= 2:
            self._table = TfidfVectorizer(analyzer=list, vocabulary=vocabulary, sublinear_tf=True)
            self._reduction = TruncatedSVD(size, random_state=0).fit(self._table.fit_transform(lemmas))

    def beside(self, vectors: np.ndarray, lemmas: Sequence[Sequence[str]]) -> np.ndarray:
        """`vectors` (n, d) of length 1, and beside them the lemmas' TF-IDF in at most 100 dimensions; of length 1."""
        if self._table is None or self._reduction is None:
            return vectors
        words = self._reduction.transform(self._table.transform(lemmas))
        return _unit(np.hstack([vectors, WEIGHT * _unit(words)]).astype(np.float32))


def with_words(vectors: np.ndarray, lemmas: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> np.ndarray:
    """`vectors` (n, d) of length 1 with the words of the same n statements beside them; length 1 again."""
    return WordSpace(lemmas, vocabulary).beside(vectors, lemmas)


def _unit(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1)
