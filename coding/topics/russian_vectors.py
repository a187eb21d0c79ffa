"""The Russian word vectors navec as a sentence-transformers model: built once on this machine, then read."""

import hashlib
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from coding.topics import models

FOLDER = "navec-sif-1"
"""The number rises when the recipe below changes, so that an old folder is never taken for a new one."""

SMOOTHING = 1e-3
"""`a` of the weight a / (a + p(word)) by which frequent words count less (SIF: Arora, Liang, Ma 2017, eq. 3)."""

SOURCE_SHA256 = "f07270833d78523edc5781538d67038e95b43975e4a7ae757c693b687f9cbfca"


def static_model(cache_folder: Path) -> Path:
    """The folder of the model: a text's vector is the mean of its words' weighted vectors (300 dimensions).

    Words in capitals and words with ё are found as written in small letters with е. Built in a folder of its own
    and moved into place, so that two processes may come at the same time. Raises UnusableModel.
    """
    folder = cache_folder / FOLDER
    if not folder.is_dir():
        cache_folder.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=cache_folder, prefix=f"{FOLDER}."))
        try:
            _build(unfinished)
            os.replace(unfinished, folder)
        except OSError:
            if not folder.is_dir():
                raise
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def _build(folder: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, normalizers, pre_tokenizers
    from tokenizers.models import WordLevel

    words, weights = _weighted_words()
    tokenizer = Tokenizer(WordLevel({word: index for index, word in enumerate(words)}, unk_token="<unk>"))  # noqa: S106
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Lowercase(), normalizers.Replace("ё", "е")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation()])
    embedding = StaticEmbedding(tokenizer, embedding_weights=torch.from_numpy(weights))
    SentenceTransformer(modules=[embedding.half()], device="cpu").save_pretrained(str(folder), create_model_card=False)


def _weighted_words() -> tuple[list[str], np.ndarray]:
    """Words (the unknown one first) and their vectors: (words, 300), float32."""
    from navec import Navec

    file = _source()
    if hashlib.sha256(file.read_bytes()).hexdigest() != SOURCE_SHA256:
        raise models.unexpected_files(models.RUSSIAN)
    navec = Navec.load(str(file))
    counts = np.asarray(navec.vocab.counts, dtype=np.float64)
    chosen: dict[str, int] = {}
    for index in np.argsort(-counts, kind="stable"):  # of two spellings with ё and е the frequent one stays
        word = navec.vocab.words[index].replace("ё", "е")
        if word not in {"<unk>", "<pad>"}:
            chosen.setdefault(word, int(index))
    rows = list(chosen.values())
    sif = SMOOTHING / (SMOOTHING + counts[rows] / counts.sum())
    weighted = np.zeros((1 + len(rows), navec.pq.dim), dtype=np.float32)
    weighted[1:] = navec.pq.sampled(rows).unpack()
    weighted[1:] *= sif[:, None].astype(np.float32)
    return ["<unk>", *chosen], weighted


def _source() -> Path:
    """Natasha's wheel carries the file; natasha itself is not imported."""
    natasha = find_spec("natasha")
    if natasha is None or natasha.origin is None:
        raise ModuleNotFoundError("natasha")
    return Path(natasha.origin).parent / "data" / "emb" / "navec_news_v1_1B_250K_300d_100q.tar"
