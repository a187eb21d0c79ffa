"""Statements in, topics out: BERTopic with vectors, groups and words that suit a few hundred statements."""

import warnings
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from coding.topics import embeddings, partition, quality, topic_words, vocabulary, wording
from coding.topics.result import (
    LEFT_OUT,
    Assignment,
    NoTopics,
    Progress,
    Quality,
    StatementText,
    Topic,
    TopicResult,
)
from coding.topics.terms import Reading, Wording, read, readable
from transcripts.messages import Message, counted, sentence
from transcripts.references import without_references

WORDS = 10
REPRESENTATIVE = 3
UNSTABLE = 0.6
BETWEEN = "\x1f"
"""Parts the terms of a document for BERTopic: terms of several words hold spaces."""


@dataclass(frozen=True, slots=True)
class _Text:
    """Statements that say the same: one text, its terms as read, everyone who said it."""

    text: str
    reading: Reading
    statements: tuple[StatementText, ...]

    @property
    def lemmas(self) -> tuple[str, ...]:
        return self.reading.terms


@dataclass(frozen=True, slots=True)
class _Part:
    """What was found in one language: `labels`, `together` and `vectors` (meaning and words) have one row a text."""

    model: str
    texts: tuple[_Text, ...]
    vectors: np.ndarray
    labels: np.ndarray
    together: np.ndarray
    lemmas: dict[int, list[str]]
    stability: float


def fit_topics(
    statements: Sequence[StatementText],
    *,
    model: str | None = None,
    seed: int = 0,
    n_topics: int | None = None,
    cache_folder: Path,
    progress: Progress = lambda _share, _message: None,
    stop_words: Collection[str] = (),
) -> TopicResult:
    """Topics of the statements; neither their order nor their ids matter, the same `seed` gives the same topics.

    `n_topics` None takes a proposal by the number of statements. `progress` hears shares of 1 and may raise to
    stop the work. Raises NoTopics below ten different statements with words, UnusableModel for the model.
    """
    progress(0.0, sentence("Choosing the language model"))
    ordered = sorted(statements, key=lambda each: (each.text, each.id))
    choice = embeddings.choose([each.text for each in ordered], model, fewest=partition.FEWEST)
    progress(0.02, sentence("Reading the words"))
    texts = _different_texts(ordered, Wording(stop_words=tuple(stop_words)))
    portions = {name: portion for name, portion in _portions(choice, texts).items() if len(portion) >= partition.FEWEST}
    if not portions:
        raise NoTopics(
            counted(
                "There is too little text for topics: {count} different statement with words that could name one. "
                "At least {needed} are needed.",
                "There is too little text for topics: {count} different statements with words that could name one. "
                "At least {needed} are needed.",
                len(texts), needed=partition.FEWEST,
            )
        )  # fmt: skip
    modelled = sum(map(len, portions.values()))
    parts, begun = [], 0.05
    for name, portion in portions.items():
        share = len(portion) / modelled
        wished = None if n_topics is None else max(partition.COARSEST, round(n_topics * share))
        parts.append(_fit(name, portion, wished, seed, cache_folder, partial(_within, progress, begun, 0.93 * share)))
        begun += 0.93 * share
    progress(0.98, sentence("Writing the topics down"))
    return _result(parts, ordered, choice, n_topics, seed, cache_folder)


def _within(progress: Progress, begun: float, width: float, share: float, message: Message) -> None:
    progress(begun + width * share, message)


def _different_texts(statements: Sequence[StatementText], words: Wording) -> list[_Text]:
    """Statements with the same terms are one text; those without any are none."""
    same: dict[tuple[str, ...], list[tuple[StatementText, Reading]]] = {}
    for each, reading in zip(statements, read([each.text for each in statements], words), strict=True):
        if reading.terms:
            same.setdefault(reading.terms, []).append((each, reading))
    return [
        _Text(members[0][0].text, members[0][1], tuple(each for each, _reading in members)) for members in same.values()
    ]


def _portions(choice: embeddings.BackendChoice, texts: Sequence[_Text]) -> dict[str, list[_Text]]:
    """Texts by the model that can read them; the largest portion first."""
    by_language = Counter(embeddings.language_of(each.text) for each in texts)
    if choice.name == embeddings.PER_LANGUAGE:
        languages = [language for language, _count in by_language.most_common()]
    elif choice.name in {embeddings.ENGLISH, embeddings.RUSSIAN} and choice.language != "any":
        languages = [choice.language]
    else:
        return {choice.name: list(texts)}
    return {
        embeddings.for_language(language).name: [
            each for each in texts if embeddings.language_of(each.text) == language
        ]
        for language in languages
    }


def _fit(
    name: str, texts: Sequence[_Text], wished: int | None, seed: int, cache_folder: Path, progress: Progress
) -> _Part:
    progress(0.0, sentence("Loading the language model; the first time takes longest"))
    turning = sentence("Turning statements into vectors")
    vectors = embeddings.embed(
        [without_references(each.text) for each in texts],
        name,
        cache_folder,
        lambda share: progress(0.1 + 0.4 * share, turning),
    )
    known = np.flatnonzero(np.abs(vectors).sum(axis=1))
    texts, vectors = tuple(texts[int(index)] for index in known), vectors[known]
    if len(texts) < partition.FEWEST:
        raise NoTopics(sentence("The model {model} knows too few of the words. Name another model.", model=name))
    k = partition.possible_number(len(texts), wished or partition.proposed_number(len(texts)))
    progress(0.5, sentence("Grouping statements that are alike"))
    named = vocabulary.vocabulary([each.lemmas for each in texts], 1 if len(texts) < partition.FEW else 2)
    vectors = wording.with_words(vectors, [each.lemmas for each in texts], named)
    labels, lemmas = _bertopic(texts, vectors, named, k, seed)
    others = []
    for run in range(1, partition.RUNS):
        progress(0.7 + 0.1 * run, sentence("Grouping again, to see what stays together"))
        others.append(partition.disturbed(vectors, k, seed + run))
    stability = partition.stability([labels, *others])
    return _Part(name, texts, vectors, labels, partition.togetherness(labels, others), lemmas, stability)


def _bertopic(
    texts: Sequence[_Text], vectors: np.ndarray, named: Sequence[str], k: int, seed: int
) -> tuple[np.ndarray, dict[int, list[str]]]:
    """Each text's group, and each group's lemmas by c-TF-IDF (Grootendorst 2022), the weightiest first."""
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from sklearn.feature_extraction.text import CountVectorizer

    topics = BERTopic(
        language="multilingual",  # "english" would delete every Cyrillic letter
        umap_model=partition.reducer(vectors, seed) or BaseDimensionalityReduction(),
        hdbscan_model=partition.clusterer(len(texts), k, seed),
        vectorizer_model=CountVectorizer(
            tokenizer=_terms_of, token_pattern=None, lowercase=False, vocabulary=list(named)
        ),
        calculate_probabilities=False,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # as in partition: no new statement will be placed later
        found, _none = topics.fit_transform([_as_document(each.lemmas) for each in texts], embeddings=vectors)
    labels = np.asarray(found, dtype=int)
    counted_terms = topic_words.count_terms([each.lemmas for each in texts], named)
    weighty = topic_words.top_words(
        topic_words.weights(topic_words.topic_counts(labels, counted_terms)), named, WORDS,
        readable(each.reading for each in texts),
    )  # fmt: skip
    return labels, {int(label): _lemmas_of(weighty[label], texts, labels, int(label)) for label in np.unique(labels)}


def _as_document(words: Sequence[str]) -> str:
    return "".join(f"{each}{BETWEEN}" for each in words)


def _terms_of(document: str) -> list[str]:
    """The terms of one or several documents that BERTopic has joined with spaces."""
    return [each.strip() for each in document.split(BETWEEN)[:-1]]


def _lemmas_of(weighty: Sequence[str], texts: Sequence[_Text], labels: np.ndarray, label: int) -> list[str]:
    frequent = Counter(
        each for text, own in zip(texts, labels, strict=True) if own == label for each in set(text.lemmas)
    )
    rest = sorted(frequent, key=lambda each: (-frequent[each], each))
    return list(dict.fromkeys([*weighty, *rest]))[:WORDS]


def _result(
    parts: Sequence[_Part],
    ordered: Sequence[StatementText],
    choice: embeddings.BackendChoice,
    n_topics: int | None,
    seed: int,
    cache_folder: Path,
) -> TopicResult:
    topics: list[Topic] = []
    lemmas: list[list[str]] = []
    placed: dict[str, Assignment] = {}
    for part in parts:
        forms = readable(each.reading for each in part.texts)
        for label in _largest_first(part):
            rows = np.flatnonzero(part.labels == label)
            members = [said.id for row in rows for said in part.texts[row].statements]
            words = tuple(dict.fromkeys(forms.get(each, each) for each in part.lemmas[label]))
            topics.append(Topic(len(topics), len(members), words, _representative(part, rows)))
            lemmas.append(part.lemmas[label])
            for row in rows:
                for said in part.texts[row].statements:
                    placed[said.id] = Assignment(said.id, topics[-1].number, round(float(part.together[row]), 4))
    weights = [len(part.texts) for part in parts]
    measured = Quality(
        npmi=quality.npmi(lemmas, [each.lemmas for part in parts for each in part.texts]),
        diversity=quality.diversity(lemmas),
        outliers=1 - len(placed) / len(ordered),
        stability=float(np.average([part.stability for part in parts], weights=weights)),
    )
    return TopicResult(
        model=" + ".join(part.model for part in parts),
        fingerprint=" + ".join(embeddings.fingerprint(part.model, cache_folder) for part in parts),
        seed=seed,
        n=len(ordered),
        topics=tuple(topics),
        assignments=tuple(
            placed.get(each, Assignment(each, LEFT_OUT, 0.0)) for each in sorted(each.id for each in ordered)
        ),
        quality=measured,
        notices=tuple(_notices(parts, choice, n_topics, len(topics), len(ordered) - len(placed), measured)),
    )


def _largest_first(part: _Part) -> list[int]:
    """Labels by size; of equal ones the one with the first statement."""
    sizes: Counter[int] = Counter()
    for text, label in zip(part.texts, part.labels.tolist(), strict=True):
        sizes[label] += len(text.statements)
    return sorted(sizes, key=lambda label: (-sizes[label], int(np.flatnonzero(part.labels == label)[0])))


def _representative(part: _Part, rows: np.ndarray) -> tuple[str, ...]:
    nearness = part.vectors[rows] @ part.vectors[rows].mean(axis=0)
    nearest = [part.texts[rows[index]].statements[0] for index in np.argsort(-nearness, kind="stable")]
    heard: set[str] = set()
    first: list[StatementText] = []
    later: list[StatementText] = []
    for each in nearest:
        (later if (each.expert or each.id) in heard else first).append(each)
        heard.add(each.expert or each.id)
    return tuple(each.id for each in [*first, *later][:REPRESENTATIVE])


def _notices(
    parts: Sequence[_Part],
    choice: embeddings.BackendChoice,
    n_topics: int | None,
    found: int,
    left_out: int,
    measured: Quality,
) -> list[Message]:
    told = [choice.reason]
    if n_topics is None:
        told.append(
            sentence(
                "{number} topics are a proposal by the number of statements. No method can say how many topics there "
                "are: try a coarser and a finer number.",
                number=found,
            )
        )
    elif found != n_topics:
        told.append(
            sentence("{wished} topics were asked for; {number} suit these statements.", wished=n_topics, number=found)
        )
    if any(len(part.texts) < partition.FEW for part in parts):
        told.append(
            sentence(
                "Below {few} statements topics change easily with every statement more or less. Take them as a first "
                "sorting.",
                few=partition.FEW,
            )
        )
    if left_out:
        told.append(
            counted(
                "{count} statement was left out: it has no word that could name a topic, or too few are in its "
                "language.",
                "{count} statements were left out: they have no word that could name a topic, or too few are in their "
                "language.",
                left_out,
            )
        )
    if measured.stability < UNSTABLE:
        told.append(
            sentence(
                "These topics change from run to run (stability {value} of 1). Trust the statements that stay together "
                "more than the number of topics.",
                value=f"{measured.stability:.2f}",
            )
        )
    return told
