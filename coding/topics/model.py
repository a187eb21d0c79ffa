"""Statements in, topics out: vectors, many runs, what they agree on, and words from BERTopic's c-TF-IDF."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from coding.topics import embeddings, large, levels, partition
from coding.topics.language import as_text
from coding.topics.latin import function_words, hardly_english
from coding.topics.notices import notices
from coding.topics.part import Asked, Part, Vectors, grouped, turned_into_vectors
from coding.topics.record import record
from coding.topics.result import (
    LEFT_OUT,
    Assignment,
    NoTopics,
    Progress,
    Quality,
    StatementText,
    TopicResult,
    check_settings,
)
from coding.topics.terms import Wording
from coding.topics.texts import Text, different_texts, portions
from transcripts.messages import Message, counted, sentence

VECTORS_TAKE = 0.4
"""Share of the work, as it is told, that vectors take."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What was asked for, why this language model was taken, and what it does not know."""

    wished: int | None
    seed: int
    codes: int
    reason: Message
    caution: Message | None


def fit_topics(
    statements: Sequence[StatementText],
    *,
    model: str | None = None,
    seed: int = 0,
    n_topics: int | None = None,
    cache_folder: Path,
    progress: Progress = lambda _share, _message: None,
    stop_words: Collection[str] = (),
    words: Wording | None = None,
    codes: int = 0,
    guided: bool = False,
    seed_topics: Mapping[str, Sequence[str]] = {},
) -> TopicResult:
    """Topics of the statements; neither their order nor their ids matter, the same `seed` gives the same topics.

    `n_topics` None takes a proposal by the number of statements, of experts and of `codes` in use. `words` says which
    words may name a topic, `stop_words` which may not beside. `guided`: topics grow around the codes of statements;
    `seed_topics`: and around texts that describe a code, by code. Of more than 4,000 different statements a sample is
    modelled and the others are placed in it (`coding.topics.large`). `progress` hears shares of 1 and may raise to
    stop the work. Raises NoTopics below ten different statements with words, TooLittleMemory, UnusableSettings for
    `seed` and `n_topics`, and UnusableModel for the model.
    """
    begun = perf_counter()
    check_settings(seed, n_topics)
    progress(0.0, sentence("Choosing the language model"))
    ordered = sorted((replace(each, text=as_text(each.text)) for each in statements), key=lambda e: (e.text, e.id))
    choice = embeddings.choose([each.text for each in ordered], model, fewest=partition.FEWEST)
    large.need_memory(len(ordered), choice)
    progress(0.01, sentence("Reading the words"))
    chosen = words or Wording()
    chosen = replace(chosen, stop_words=(*chosen.stop_words, *sorted(stop_words)))
    texts = different_texts(ordered, _with_function_words(chosen, ordered))
    there = {name: some for name, some in portions(choice, texts).items() if len(some) >= partition.FEWEST}
    if not there:
        raise _too_little(len(texts))
    asked = Asked(chosen, guided, seed_topics)
    codes = codes or len({code for each in ordered for code in each.codes} if guided else seed_topics)
    parts = _fit(there, asked, n_topics, seed, codes, cache_folder, partial(_within, progress, 0.03, 0.95))
    progress(0.98, sentence("Writing the topics down"))
    said = sorted(each.id for each in ordered)
    settings = Settings(n_topics, seed, codes, choice.reason, choice.caution)
    with partition.one_thread():
        found = _result(parts, said, settings)
    return replace(
        found, fingerprint=" + ".join(embeddings.fingerprint(part.vectors.model, cache_folder) for part in parts),
        record=record(
            ordered, model=model or "", n_topics=n_topics, asked=asked, codes=codes, seconds=perf_counter() - begun
        ),
    )  # fmt: skip


def _with_function_words(words: Wording, statements: Sequence[StatementText]) -> Wording:
    """Words that name no topic in a language besides Russian and English, for what is written in it."""
    texts = [each.text for each in statements if embeddings.language_of(each.text) == "en"]
    if not hardly_english(texts):
        return words
    return replace(words, stop_words=(*words.stop_words, *sorted(function_words(texts))))


def _fit(
    there: dict[str, list[Text]], asked: Asked, wished: int | None, seed: int, codes: int, folder: Path,
    progress: Progress,
) -> list[Part]:  # fmt: skip
    """All portions as vectors, then each grouped; of the number of topics each has its share."""
    modelled, begun = sum(map(len, there.values())), 0.0
    vectors: list[Vectors] = []
    for name, some in there.items():
        width = VECTORS_TAKE * len(some) / modelled
        told = partial(_within, progress, begun, width)
        first = large.sampled(some, seed, coded_first=asked.guided)
        vectors.append(turned_into_vectors(name, first, large.LIMIT, asked, folder, told))
        begun += width
    rungs, chosen = _rungs([each.texts for each in vectors], wished, codes)
    parts = []
    for place, each in enumerate(vectors):
        width = (1 - VECTORS_TAKE) * len(each.texts) / modelled
        numbers = sorted({max(partition.COARSEST, rung[place]) for rung in rungs})
        number = max(partition.COARSEST, chosen[place])
        with partition.one_thread():
            part = grouped(each, numbers, number, seed, partial(_within, progress, begun, width / 2))
            parts.append(large.with_all_placed(part, partial(_within, progress, begun + width / 2, width / 2)))
        begun += width
    return parts


def _rungs(
    texts: Sequence[Sequence[Text]], wished: int | None, codes: int
) -> tuple[list[tuple[int, ...]], tuple[int, ...]]:
    """How many topics each portion has at each level, coarse to fine, and at the level that is shown first."""
    n = sum(map(len, texts))
    experts = len(frozenset().union(*(text.experts for some in texts for text in some)))
    number = partition.possible_number(n, wished or partition.proposed_number(n, codes, experts))

    def shares(total: int) -> tuple[int, ...]:
        fewest = partition.COARSEST if len(texts) == 1 else 1
        return tuple(max(fewest, min(round(total * len(some) / n), len(some) // partition.SMALLEST)) for some in texts)

    every = sorted({shares(rung) for rung in partition.ladder(number, n)})
    kept = [every[0]]
    for _before, rung in pairwise(every):
        if all(now >= then for now, then in zip(rung, kept[-1], strict=True)):
            kept.append(rung)
    return kept, shares(number)


def _result(parts: Sequence[Part], ids: list[str], settings: Settings) -> TopicResult:
    rungs, chosen = _rungs([part.texts for part in parts], settings.wished, settings.codes)
    here = levels.ground(parts)
    digits = 2 if len(ids) > large.LIMIT else 4  # a figure a statement and level: most of a large answer
    every = {rung: levels.level(here, rung, ids, digits) for rung in rungs}
    shown, leaves = every[chosen], levels.leaves(here, ids)
    of_leaf = {leaf: topic.number for topic in shown.topics for leaf in topic.leaves}
    topic_of = [of_leaf.get(leaf, LEFT_OUT) for leaf in leaves.of_statement]
    left_out = topic_of.count(LEFT_OUT)
    without = [(part.without_experts, len(part.texts)) for part in parts if part.without_experts is not None]
    measured = Quality(
        npmi=shown.npmi, diversity=shown.diversity, outliers=left_out / len(ids), stability=shown.stability,
        without_experts=sum(each * n for each, n in without) / sum(n for _each, n in without) if without else None,
    )  # fmt: skip
    return TopicResult(
        model=" + ".join(part.vectors.model for part in parts), fingerprint="", seed=settings.seed, n=len(ids),
        topics=shown.topics,
        assignments=tuple(
            Assignment(each, topic, share) for each, topic, share in zip(ids, topic_of, shown.together, strict=True)
        ),
        quality=measured,
        notices=notices(
            list(filter(None, (settings.reason, settings.caution))), measured, wished=settings.wished,
            found=len(shown.topics), codes=settings.codes,
            left_out=left_out, fewest=min(len(part.texts) for part in parts),
            modelled=sum(len(part.vectors.words) for part in parts), texts=sum(len(part.texts) for part in parts),
        ),
        levels=tuple(every.values()), leaves=leaves, places=_places(parts, ids),
    )  # fmt: skip


def _places(parts: Sequence[Part], ids: list[str]) -> tuple[tuple[float, float], ...]:
    """Where each statement lies on the map; what was left out in the middle."""
    found = {
        said.id: (round(float(x), 4), round(float(y), 4))
        for part in parts for text, (x, y) in zip(part.texts, part.places, strict=True) for said in text.statements
    }  # fmt: skip
    return tuple(found.get(each, (0.0, 0.0)) for each in ids)


def _within(progress: Progress, begun: float, width: float, share: float, message: Message) -> None:
    progress(begun + width * share, message)


def _too_little(texts: int) -> NoTopics:
    return NoTopics(
        counted(
            "There is too little text for topics: {count} different statement with words that could name one. "
            "At least {needed} are needed.",
            "There is too little text for topics: {count} different statements with words that could name one. "
            "At least {needed} are needed.",
            texts, needed=partition.FEWEST,
        )
    )  # fmt: skip
