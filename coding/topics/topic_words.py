"""Words of topics by c-TF-IDF, from counts that add up: topics are merged, split and cut anew without a new model."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MOST_OF_IT = 0.5
"""Share of a word's weight from which a phrase that holds the word is shown in its place."""

CANDIDATES = 5
"""Terms that are looked at for each that is shown, so that enough stay when some say the same."""


def count_terms(documents: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> "csr_matrix":
    """How often each text says each term: (n texts, n terms), int64; terms outside the vocabulary do not count."""
    from scipy.sparse import csr_matrix

    place = {term: index for index, term in enumerate(vocabulary)}
    known = [[place[term] for term in document if term in place] for document in documents]
    ends = np.concatenate([[0], np.cumsum([len(each) for each in known], dtype=np.int64)])
    columns = np.fromiter((index for each in known for index in each), dtype=np.int64, count=int(ends[-1]))
    counts = csr_matrix((np.ones(len(columns), dtype=np.int64), columns, ends), (len(documents), len(vocabulary)))
    counts.sum_duplicates()
    return counts


def topic_counts(
    labels: Sequence[int] | np.ndarray, matrix: "csr_matrix", times: Sequence[int] | np.ndarray | None = None
) -> "csr_matrix":
    """How often each topic says each term: one row for every label from 0 to the largest, the sum of its texts' rows.

    `labels` has one entry a text; negative ones are left out. `times`: how many statements say each text. The row of
    two topics together is the sum of their rows.
    """
    from scipy.sparse import csr_matrix

    label = np.asarray(labels, dtype=np.int64)
    placed = np.flatnonzero(label >= 0)
    said = np.ones(len(label), dtype=np.int64) if times is None else np.asarray(times, dtype=np.int64)
    shape = (int(label.max(initial=-1)) + 1, len(label))
    return csr_matrix(csr_matrix((said[placed], (label[placed], placed)), shape) @ matrix)


def weights(counts: "csr_matrix", *, bm25_weighting: bool = False, reduce_frequent_words: bool = False) -> "csr_matrix":
    """c-TF-IDF of each topic's terms: (n topics, n terms), float64.

    Grootendorst (2022), eq. 2: W(t, c) = tf(t, c) * ln(1 + A / f(t)), with f(t) how often all topics say the term
    and A the mean number of words of a topic, a whole number; as in BERTopic tf is the share of the topic's words.
    `bm25_weighting` takes ln(1 + (A - f + 0.5) / (f + 0.5)), which is negative for very frequent terms, and
    `reduce_frequent_words` the root of tf. A topic without a word has no weights. Equal to BERTopic's
    ClassTfidfTransformer but where that gives zero to all, with less than one word a topic.
    """
    from scipy.sparse import csr_matrix, diags

    table = csr_matrix(counts, dtype=np.float64)
    if not table.shape[0]:
        return table
    frequency = np.asarray(table.sum(axis=0)).ravel()
    sizes = np.asarray(table.sum(axis=1)).ravel()
    mean = max(1, int(sizes.mean()))
    said = np.where(frequency > 0, frequency, 1)
    odds = (mean - said + 0.5) / (said + 0.5) if bm25_weighting else mean / said
    shares = csr_matrix(diags(1 / np.where(sizes > 0, sizes, 1)) @ table)
    if reduce_frequent_words:
        shares.data = np.sqrt(shares.data)
    return csr_matrix(shares @ diags(np.log1p(odds)))


def top_words(
    weighted: "csr_matrix", vocabulary: Sequence[str], n: int = 10, forms: Mapping[str, str] | None = None
) -> list[list[str]]:
    """For each topic its `n` weightiest terms, the weightiest first, equal ones by the alphabet; fewer if it has fewer.

    A word and a phrase that holds it are not both among them: the phrase takes the word's place if it has at least
    half of its weight, else the word stays alone. Of terms with the same written form, by `forms`, the first stays.
    """
    return [
        _different(weighted.indices[start:end], weighted.data[start:end], vocabulary, n, forms or {})
        for start, end in zip(weighted.indptr[:-1], weighted.indptr[1:], strict=True)
    ]


def _different(
    columns: np.ndarray, values: np.ndarray, vocabulary: Sequence[str], n: int, forms: Mapping[str, str]
) -> list[str]:
    ranked = sorted((-value, vocabulary[column]) for column, value in zip(columns, values, strict=True) if value > 0)
    weight = {term: -negative for negative, term in ranked[: CANDIDATES * n]}
    place: dict[str, float] = {}
    shown: set[str] = set()
    for term, own in weight.items():
        form = forms.get(term, term).lower()
        inside = [each for each in place if _holds(term, each)]
        if form in shown or any(_holds(each, term) for each in place):
            continue
        if any(own < MOST_OF_IT * weight[each] for each in inside):
            continue
        shown.add(form)
        place[term] = max([own, *(place.pop(each) for each in inside)])
    return sorted(place, key=lambda each: (-place[each], each))[:n]


def _holds(phrase: str, term: str) -> bool:
    """Whether the words of `term` stand in a longer `phrase`, in order and next to each other."""
    return len(phrase) > len(term) and f" {term} " in f" {phrase} "
