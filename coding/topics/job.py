"""Topics as a job: plain values in, plain values out, so that the work can run in another process."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coding.topics.result import Level, TopicResult
from transcripts.messages import Message


def fit(payload: Mapping[str, Any], report: Callable[[float, Message], None]) -> dict[str, Any]:
    """`fit_topics` for JSON.

    `payload`: statements (a list of {id, text, group, expert, codes}), model, seed, n_topics, codes, cache_folder,
    stop_words, words (fields of a Wording), guided (whether topics grow around the statements' codes), seed_topics
    (texts that describe a code, by code); all but statements and cache_folder may be missing. The answer has the keys
    of the command line's JSON, with statement_id in its assignments, statement ids in `representative`, and notices
    as the fields of a Message; and beside them `levels` (coarse to fine), `leaves`, `places` and `record`, in each of
    which statements come in the order of the assignments.
    """
    from coding.topics.model import fit_topics
    from coding.topics.result import StatementText
    from coding.topics.terms import wording_of

    result = fit_topics(
        [
            StatementText(
                str(each["id"]), str(each["text"]), str(each.get("group", "")), str(each.get("expert", "")),
                tuple(each.get("codes", ())),
            )
            for each in payload["statements"]
        ],
        model=payload.get("model") or None,
        seed=int(payload.get("seed") or 0),
        n_topics=payload.get("n_topics"),
        cache_folder=Path(payload["cache_folder"]),
        progress=report,
        stop_words=payload.get("stop_words") or (),
        words=wording_of(payload.get("words") or {}),
        codes=int(payload.get("codes") or 0),
        guided=bool(payload.get("guided")),
        seed_topics={code: tuple(texts) for code, texts in (payload.get("seed_topics") or {}).items()},
    )  # fmt: skip
    return as_json(result)


def as_json(result: TopicResult) -> dict[str, Any]:
    """A result as JSON can hold it."""
    leaves = result.leaves
    return {
        "n": result.n,
        "model": result.model,
        "fingerprint": result.fingerprint,
        "seed": result.seed,
        "topics": [_topic(each) for each in result.topics],
        "assignments": [asdict(each) for each in result.assignments],
        "quality": asdict(result.quality),
        "notices": [asdict(each) for each in result.notices],
        "levels": [_level(each) for each in result.levels],
        "leaves": leaves
        and {
            "of_statement": list(leaves.of_statement),
            "merges": [[list(one), list(other)] for one, other in leaves.merges],
            "terms": list(leaves.terms),
            "forms": dict(leaves.forms),
            "counts": [[[term, count] for term, count in each.items()] for each in leaves.counts],
        },
        "places": [list(each) for each in result.places],
        "record": dict(result.record),
    }


def _level(level: Level) -> dict[str, Any]:
    return {
        "topics": [_topic(each) for each in level.topics], "stability": level.stability, "npmi": level.npmi,
        "diversity": level.diversity, "together": list(level.together),
    }  # fmt: skip


def _topic(topic: Any) -> dict[str, Any]:
    return {
        "topic": topic.number, "size": topic.size, "words": list(topic.words),
        "representative": list(topic.representative), "stability": topic.stability, "leaves": list(topic.leaves),
        "grown_around": list(topic.grown_around),
    }  # fmt: skip
