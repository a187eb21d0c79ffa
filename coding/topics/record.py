"""What another run needs in order to find the same topics, and what shows whether it was given the same."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from coding.topics import large, partition
from coding.topics.part import Asked
from coding.topics.result import StatementText

LIBRARIES = ("numpy", "scipy", "scikit-learn", "umap-learn", "sentence-transformers", "torch", "spacy", "pymorphy3",
             "simplemma")  # fmt: skip
METHOD = 3
"""Rises when the same statements with the same settings may give other topics."""


def record(
    statements: Sequence[StatementText], *, model: str, n_topics: int | None, asked: Asked, codes: int, seconds: float
) -> dict[str, Any]:
    """`data`: SHA-256 of the statements with their ids and experts, whatever their order; the settings, among
    them the `model` that was asked for, "" if it was left to the language; the method and the versions of what it
    computes with; how long it took."""
    return {
        "data": fingerprint_of(statements), "method": METHOD, "n_topics": n_topics, "codes": codes,
        "wished_model": model,
        "words": {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(asked.words).items()
        },
        "guided": asked.guided, "seed_topics": {code: list(texts) for code, texts in asked.seed_topics.items()},
        "runs": partition.RUNS, "epochs": partition.EPOCHS, "largest": large.LIMIT,
        "libraries": {name: version(name) for name in LIBRARIES}, "seconds": round(seconds, 2),
    }  # fmt: skip


def fingerprint_of(statements: Sequence[StatementText]) -> str:
    """SHA-256, in hexadecimal digits, of the statements in the order of their ids."""
    rows = sorted([each.id, each.text, each.group, each.expert, *each.codes] for each in statements)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
