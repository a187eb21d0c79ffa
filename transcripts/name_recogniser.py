"""Recognisers of names: Natasha's model for Russian, a model of spaCy for English where one is installed.

They load once a process and cost some 250 MB; they belong into a worker. They go by capital letters: in a text without
them (`russian_words.mostly_lower`) they see nothing.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from razdel import sentenize
from threadpoolctl import threadpool_limits

from transcripts.identifying import Kind, Recogniser

_KINDS = {
    "PER": Kind.PERSON, "PERSON": Kind.PERSON, "ORG": Kind.ORGANISATION, "LOC": Kind.PLACE, "GPE": Kind.PLACE,
    "FAC": Kind.PLACE,
}  # fmt: skip
_ENGLISH_MODELS = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm")
_CAPITAL_WITHIN = re.compile(r"\w\W+[A-ZА-ЯЁ]")
_LONGEST = 4_000
"""Code points of a sentence; whatever is longer is cut, for the memory grows with the longest."""


def recogniser(language: str) -> Recogniser | None:
    """The recogniser that is installed for a language ("en", "ru"), or None."""
    if language == "ru" and find_spec("natasha") and find_spec("slovnet"):
        return russian_names
    if language == "en" and any(find_spec(model) for model in _ENGLISH_MODELS):
        return english_names
    return None


def russian_names(text: str) -> Sequence[tuple[int, int, Kind]]:
    """What Natasha's model recognises, sentence by sentence; sentences without a capital within are left out."""
    pieces = [piece for piece in _sentences(text) if _CAPITAL_WITHIN.search(piece[1]) or len(piece[1].split()) < 4]
    pieces.sort(key=lambda piece: len(piece[1]))  # batches of equal lengths
    model, found = _natasha(), []
    with threadpool_limits(1):  # matrices this small take ten times as long where threads wait for each other
        for (start, _piece), marked in zip(pieces, model.map([piece for _start, piece in pieces]), strict=True):
            found += [(start + span.start, start + span.stop, _KINDS[span.type]) for span in marked.spans]
    return sorted(found)


def english_names(text: str) -> Sequence[tuple[int, int, Kind]]:
    """What the installed model of spaCy recognises."""
    found = _spacy()(text).ents
    return [(each.start_char, each.end_char, _KINDS[each.label_]) for each in found if each.label_ in _KINDS]


def _sentences(text: str) -> list[tuple[int, str]]:
    found = []
    for sentence in sentenize(text):
        for at in range(0, len(sentence.text), _LONGEST):
            found.append((sentence.start + at, sentence.text[at : at + _LONGEST]))
    return found


@cache
def _natasha() -> Any:
    """The model in Natasha's wheel; natasha itself is not imported, it would load pymorphy2."""
    from navec import Navec
    from slovnet import NER

    origin = find_spec("natasha")
    if origin is None or origin.origin is None:
        raise ModuleNotFoundError("natasha")
    folder = Path(origin.origin).parent / "data"
    model = NER.load(folder / "model" / "slovnet_ner_news_v1.tar")
    return model.navec(Navec.load(folder / "emb" / "navec_news_v1_1B_250K_300d_100q.tar"))


@cache
def _spacy() -> Any:
    import spacy

    model = next(each for each in _ENGLISH_MODELS if find_spec(each))
    return spacy.load(model, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler"])
