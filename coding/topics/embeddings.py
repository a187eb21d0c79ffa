"""Which model suits the language of the statements; nothing is ever downloaded here."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coding.topics.latin import hardly_english
from coding.topics.models import (
    ENGLISH,
    LETTERS,
    MULTILINGUAL,
    RUSSIAN,
    UnusableModel,
    fingerprint,
    is_here,
)
from coding.topics.vectors import Spelling, embed
from transcripts.messages import Message, sentence

__all__ = [
    "ENGLISH", "LETTERS", "MULTILINGUAL", "PER_LANGUAGE", "RUSSIAN", "BackendChoice", "UnusableModel", "can_read",
    "choose", "embed", "fingerprint", "for_language", "is_here", "language_of", "reader",
]  # fmt: skip

PER_LANGUAGE = "per language"
NAMED_BY_HAND = sentence("The model {model} was named by hand.").template

Heard = Callable[[float], None]
Reader = Callable[[Sequence[str], Heard], np.ndarray]
"""Texts in, vectors of length 1 out, (n, dimensions); hears the share that is ready."""

CYRILLIC_LIMIT = 0.2
"""Above this share of letters the English model is never used: it shreds Cyrillic into single letters, and its
topics are then stable and meaningless (seven known topics of 1,004 Russian sentences: NMI 0.03 against 0.28)."""

_ENGLISH_ONLY = re.compile(r"^(gt-)?all-(minilm|mpnet|distilroberta)|^(?!.*(multi|\bru\b)).*\ben\b", re.IGNORECASE)
_CYRILLIC = re.compile(r"[Ѐ-ԯ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


@dataclass(frozen=True, slots=True)
class BackendChoice:
    """A model's name, the language it is for ("en", "ru", "other", "any", "mixed") and why it was chosen; `caution`
    where it does not know the language of some.

    With the name `PER_LANGUAGE` each language has to be embedded and grouped on its own: the spaces of two
    models of one language cannot be compared.
    """

    name: str
    language: str
    reason: Message
    caution: Message | None = None


def language_of(text: str) -> str:
    """ "ru" above a fifth of Cyrillic letters, "en" for Latin ones (whether they are English only many texts tell:
    `coding.topics.latin`), "other", or "" without letters."""
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
    foreign = _hardly_english(texts) if counts["en"] >= fewest else None
    if model:
        if cyrillic > CYRILLIC_LIMIT and _ENGLISH_ONLY.search(Path(model).name):
            raise UnusableModel(
                sentence(
                    "The model {model} knows English only, but {percent} % of the letters are Cyrillic. Leave the "
                    "model empty, or name a multilingual one.",
                    model=model, percent=round(100 * cyrillic),
                )
            )  # fmt: skip
        reason = Message(NAMED_BY_HAND, {"model": model})
        return BackendChoice(model, "any", reason, foreign if _ENGLISH_ONLY.search(Path(model).name) else None)
    several = len(present) > 1
    if several or cyrillic > CYRILLIC_LIMIT or (foreign and "en" in present):
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
            foreign,
        )
    most = counts.most_common(1)[0][0] if counts else "en"
    return BackendChoice(ENGLISH, "en", foreign) if foreign and most == "en" else for_language(most)


def _hardly_english(texts: Sequence[str]) -> Message | None:
    if not hardly_english([text for text in texts if language_of(text) == "en"]):
        return None
    return sentence(
        "Written in Latin letters, but hardly English: the model {model} knows English only, so that these topics rest "
        "on words more than on sense. Name a multilingual model such as {other}.",
        model="all-MiniLM-L6-v2", other=MULTILINGUAL[0],
    )  # fmt: skip


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


def can_read(name: str, text: str) -> bool:
    """Whether a model is made for the language of a text; of one that does not come with Rakurs it is believed."""
    return name not in {ENGLISH, RUSSIAN} or for_language(language_of(text)).name == name


def reader(name: str, texts: Sequence[str], folder: Path) -> Reader:
    """What turns texts into vectors of one space; that of spelling is made of `texts`."""
    if name == LETTERS:
        spelling = Spelling(texts)
        return lambda some, _heard: spelling.vectors(some)
    return lambda some, heard: embed(some, name, folder, heard)
