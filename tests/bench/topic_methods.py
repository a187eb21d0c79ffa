"""The methods that are compared: corpus in, a label for each statement out, -1 for what is left out."""

import csv
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from coding.topics import embeddings
from coding.topics.model import fit_topics
from coding.topics.result import StatementText
from coding.topics.terms import Wording
from coding.topics.terms import terms as terms_of
from coding.topics.vocabulary import vocabulary
from tests.bench.synthetic import answers
from tests.coding.topics.demo import demo_rows, demo_statements
from tests.coding.topics.test_model import field_of
from tests.conftest import CORPORA

FILES = {"en": CORPORA / "topics" / "sib200_eng_Latn.tsv", "ru": CORPORA / "topics" / "sib200_rus_Cyrl.tsv"}


@dataclass
class Corpus:
    """`truth`: the known topic of each statement, "" where none is known; `vectors` (n, d), the same for all methods;
    `documents`: terms without stop words, `known`: which of them may name a topic."""

    name: str
    language: str
    statements: list[StatementText]
    truth: list[str]
    vectors: np.ndarray
    documents: list[tuple[str, ...]]
    known: list[str]

    @property
    def number(self):
        """How many topics there are in truth."""
        return len(set(filter(None, self.truth)))

    @property
    def texts(self):
        return [each.text for each in self.statements]


def corpora(language, sizes, folder):
    """The first n sentences of SIB-200 for each size below 1,004, the demo with 280 statements, and the synthetic
    answers for 5,000; by size, so that the most memory of a process is that of its newest corpus."""
    for n in sizes:
        if n == 280:
            statements = demo_statements(language)
            truth = [field_of(row) or "" for row in demo_rows()]
            name = "demo"
        elif n > 1_004:
            statements, truth = answers(n, language)
            name = "synthetic"
        else:
            with FILES[language].open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[:n]
            statements = [StatementText(f"{row:05}", each["text"]) for row, each in enumerate(rows)]
            truth = [each["category"] for each in rows]
            name = "SIB-200"
        texts = [each.text for each in statements]
        documents = terms_of(texts, Wording())
        vectors = embeddings.embed(texts, embeddings.for_language(language).name, folder)
        yield Corpus(name, language, statements, truth, vectors, documents, vocabulary(documents))


def rakurs(corpus, seed, folder, n_topics):
    result = fit_topics(corpus.statements, n_topics=n_topics, seed=seed, cache_folder=folder)
    placed = {each.statement_id: each.topic for each in result.assignments}
    return np.array([placed[each.id] for each in corpus.statements])


def bertopic(corpus, seed):
    """All defaults but the seed, and the vectors that all methods share."""
    from bertopic import BERTopic
    from umap import UMAP

    reduction = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    return np.array(BERTopic(umap_model=reduction).fit_transform(corpus.texts, embeddings=corpus.vectors)[0])


def nmf(corpus, seed):
    """Of the terms' TF-IDF, with the number given; a statement without a term is left out."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    table = TfidfVectorizer(analyzer=list, vocabulary=corpus.known, sublinear_tf=True).fit_transform(corpus.documents)
    weights = NMF(corpus.number, random_state=seed, init="nndsvdar", max_iter=400).fit_transform(table)
    return np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1)


def k_means(corpus, seed):
    """Of the vectors, with the number given."""
    from sklearn.cluster import KMeans

    return KMeans(corpus.number, random_state=seed, n_init=10).fit(corpus.vectors).labels_


def keynmf(corpus, seed, language, folder):
    """With the number given, on the words and vectors that all methods share, all else by default; a statement without
    a keyword is left out."""
    from sklearn.feature_extraction.text import CountVectorizer
    from turftopic import KeyNMF

    class Encoder:
        def encode(self, texts, **_asked):
            return embeddings.embed(list(texts), embeddings.for_language(language).name, folder)

    terms = dict(zip(corpus.texts, corpus.documents, strict=True))
    counted = CountVectorizer(analyzer=lambda text: list(terms[text]), vocabulary=corpus.known)
    model = KeyNMF(corpus.number, encoder=Encoder(), vectorizer=counted, random_state=seed)
    weights = np.asarray(model.fit_transform(corpus.texts, embeddings=corpus.vectors))
    return np.where(weights.max(axis=1) > 0, weights.argmax(axis=1), -1)


METHODS = {
    "Rakurs, number given": lambda corpus, seed, folder: rakurs(corpus, seed, folder, corpus.number),
    "Rakurs, its own number": lambda corpus, seed, folder: rakurs(corpus, seed, folder, None),
    "BERTopic, defaults": lambda corpus, seed, _folder: bertopic(corpus, seed),
    "k-means, number given": lambda corpus, seed, _folder: k_means(corpus, seed),
    "NMF, number given": lambda corpus, seed, _folder: nmf(corpus, seed),
}
if find_spec("turftopic"):
    METHODS["KeyNMF, number given"] = lambda corpus, seed, folder: keynmf(corpus, seed, corpus.language, folder)
