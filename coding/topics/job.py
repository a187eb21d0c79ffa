"""Topics as a job: plain values in, plain values out, so that the work can run in another process."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from transcripts.messages import Message


def fit(payload: Mapping[str, Any], report: Callable[[float, Message], None]) -> dict[str, Any]:
    """`fit_topics` for JSON.

    `payload`: statements (a list of {id, text, group, expert}), model, seed, n_topics, cache_folder, stop_words;
    all but statements and cache_folder may be missing. The answer has the keys of the command line's JSON, with
    statement_id in its assignments, statement ids in `representative`, and notices as the fields of a Message.
    """
    from coding.topics.model import fit_topics
    from coding.topics.result import StatementText

    result = fit_topics(
        [
            StatementText(str(each["id"]), str(each["text"]), str(each.get("group", "")), str(each.get("expert", "")))
            for each in payload["statements"]
        ],
        model=payload.get("model") or None,
        seed=int(payload.get("seed") or 0),
        n_topics=payload.get("n_topics"),
        cache_folder=Path(payload["cache_folder"]),
        progress=report,
        stop_words=payload.get("stop_words") or (),
    )
    return {
        "n": result.n,
        "model": result.model,
        "fingerprint": result.fingerprint,
        "seed": result.seed,
        "topics": [
            {
                "topic": each.number, "size": each.size, "words": list(each.words),
                "representative": list(each.representative),
            }
            for each in result.topics
        ],
        "assignments": [asdict(each) for each in result.assignments],
        "quality": asdict(result.quality),
        "notices": [asdict(each) for each in result.notices],
    }  # fmt: skip
