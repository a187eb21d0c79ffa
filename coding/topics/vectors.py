"""Vectors of texts: made once by a model, then read from a folder that topics, suggestions and search share.

The vectors lie in `vectors/` of the data folder, beside the database, one folder for each model with its settings;
deleting them costs only the time to make them again.

A stored vector has the same bits for ever, so that a run is found again bit for bit. A text that is embedded anew, with
other texts, has nearly the same: only texts of equal length in tokens share a batch and nothing is padded. Measured
with all-MiniLM-L6-v2 on 1,004 sentences (torch 2.13, x86-64), batches of 1, 4, 8 and 32, shuffled, one thread or two:
all bits equal (in padded batches 63 % of the rows differ, by at most 1e-7); a tiny model has been seen to differ in the
last bit when a text was alone. It is faster, too: 1,004 sentences of 21 words in 10 s of one core instead of 15.

Stored are float32 numbers, scaled to length 1. float16 would take half the room and keeps the same nearest neighbour
for all of 250 sentences, 99.97 % of the same fifteen and cosines to 7e-5; but a map of 280 Russian statements, which
lies on a knife's edge, then found four of the demo's seven fields and not five, so nothing is rounded.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from coding.topics import vector_shelf
from coding.topics.all_cores import on_all_cores
from coding.topics.models import LETTERS, UnusableModel, bytes_in, needed_folder, prefix_of, recipe
from transcripts.messages import sentence

FOLDER = "vectors"
RECIPE = "1"
"""Rises when texts are turned into vectors in another way than before, so that old vectors are never taken for new."""

PORTION = 2048
"""Texts that are embedded before their vectors are stored."""

BATCH = 64
BATCH_TOKENS = 4096
LONGEST = 512
"""Tokens of a text that are read, also by a model that could read more: a longer text would take minutes."""


def embed(
    texts: Sequence[str], name: str, folder: Path, done: Callable[[float], None] = lambda _share: None
) -> np.ndarray:
    """Vectors of length 1, float32, (n texts, dimensions); a text without a known word has zeros.

    Only texts that are not stored in the data `folder` yet are embedded, equal ones once; `done` hears the share
    that is ready and may raise, and what was ready by then stays. Comparison by spelling is of all texts with each
    other and therefore never stored. Raises UnusableModel.
    """
    if name == LETTERS:
        return Spelling(texts).vectors(texts)
    place = {text: index for index, text in enumerate(dict.fromkeys(texts))}
    different = list(place)
    shelf = folder / FOLDER / recipe_folder(name, folder)
    keys = vector_shelf.keys_of(different)
    there, vectors = vector_shelf.read(shelf, keys)
    new = np.flatnonzero(~there)
    if len(new) or vectors is None:
        done(0.0)
        model = _load(name, str(needed_folder(name, folder)))
        dimensions = model.get_embedding_dimension()
        if vectors is None or vectors.shape[1] != dimensions:
            vectors, new = np.zeros((len(different), dimensions), dtype=np.float32), np.arange(len(different))
        for start in range(0, len(new), PORTION):
            rows = new[start : start + PORTION]
            made, ready = np.zeros((len(rows), dimensions), dtype=np.float32), start
            for batch, found in _batches(model, [different[row] for row in rows], prefix_of(name)):
                made[batch] = found
                ready += len(batch)
                done(ready / len(new))
            vectors[rows] = _of_length_one(np.nan_to_num(made))
            vector_shelf.keep(shelf, keys[rows], vectors[rows])
    rows = np.array([place[text] for text in texts], dtype=int)
    return vectors[rows]


def recipe_folder(name: str, folder: Path) -> str:
    """The name of the folder in which a model's vectors lie."""
    return f"{recipe(name, folder)[:24]}-{RECIPE}"


def stored_bytes(folder: Path) -> int:
    """How much room the stored vectors take in a data folder."""
    return bytes_in(folder / FOLDER)


def forget(folder: Path) -> None:
    """Delete all stored vectors, whoever is using them; they are made again when they are needed."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)


def _of_length_one(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def _batches(model: Any, texts: list[str], prefix: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows of `texts` and their vectors, as they are ready; texts in a batch have equally many tokens."""
    texts = [text.encode("utf-8", "replace").decode() for text in texts]  # half a sign is none

    def vectors_of(own: Any, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        some = [texts[row] for row in rows]
        return rows, own.encode(some, prompt=prefix or None, batch_size=len(some), show_progress_bar=False)

    return on_all_cores(model, vectors_of, _of_equal_length(model, [prefix + text for text in texts]))


def _of_equal_length(model: Any, texts: list[str]) -> list[np.ndarray]:
    """Rows of `texts` in batches, the longest first."""
    lengths = _tokens(model, texts)
    order = np.argsort(-lengths, kind="stable")
    batches = []
    for same in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
        size = min(BATCH, max(1, BATCH_TOKENS // max(1, int(lengths[same[0]]))))
        batches += [same[start : start + size] for start in range(0, len(same), size)]
    return batches


def _tokens(model: Any, texts: list[str]) -> np.ndarray:
    """How many tokens each text has; in a model of word vectors, which pads nothing, all count as alike."""
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    if isinstance(model[0], StaticEmbedding):
        return np.zeros(len(texts), dtype=int)
    if not callable(tokenizer := getattr(model[0], "tokenizer", None)):
        return np.arange(len(texts))
    rows = tokenizer(texts, truncation=True, max_length=int(model.max_seq_length))["input_ids"]
    return np.array([len(row) for row in rows])


@lru_cache(maxsize=2)
def _load(name: str, folder: str) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    try:
        model = SentenceTransformer(
            folder, device="cpu", local_files_only=True, trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        ).float()  # fmt: skip
        if not isinstance(model[0], StaticEmbedding):
            model.max_seq_length = min(model.max_seq_length or LONGEST, LONGEST)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError, TypeError, AttributeError) as problem:
        raise UnusableModel(
            sentence(
                "The model {model} cannot be loaded. It must be a sentence-transformers model with its weights in "
                "safetensors form and no program code of its own.",
                model=name,
            )
        ) from problem
    return model


class Spelling:
    """A space of character 2- to 5-grams within words, TF-IDF, reduced to at most 200 dimensions."""

    def __init__(self, texts: Sequence[str]) -> None:
        """`texts` that it is made of."""
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._table = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        table = self._table.fit_transform(texts)
        size = min(200, min(table.shape) - 1)
        self._reduction = TruncatedSVD(size, random_state=0).fit(table) if size > 1 else None

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Where these or other texts lie in it: float32, (n, dimensions), of length 1."""
        table = self._table.transform(texts)
        return _of_length_one(self._reduction.transform(table) if self._reduction else table.toarray())
