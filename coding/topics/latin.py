"""Latin letters are not always English: told by function words, those of other languages by spaCy's lists."""

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module

ENGLISH_WORDS = """
the of and to that it is was for with are this be have has had from or by they you we not but what which his her
their there been were who when can will would about out if than other into could only then our does did these your
all any some its how where because very at
"""
"""Function words of English that are hardly words of its neighbours. No list of spaCy's: the server asks without it."""

ENGLISH_SHARE = 0.1
"""Share of ENGLISH_WORDS below which texts are hardly English; see docs/measurements.md."""

LANGUAGE_SHARE = 0.2
"""Share of a language's function words, as spaCy lists them, from which texts are taken to be of it."""

WORDS_OF_A_SENTENCE = 4
"""Words of a text, in the mean, from which function words can be asked for: keywords have none in any language."""

LANGUAGES = ("de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "hr", "sl", "lt", "lv", "et", "fi", "sv", "da", "nb",
             "hu", "ro", "tr", "az", "ca")  # fmt: skip
"""Latin script besides English, as far as spaCy has lists of their function words."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def hardly_english(texts: Sequence[str]) -> bool:
    """Whether texts in Latin letters are of another language; False for keywords, of which nobody can tell."""
    words = _words(texts)
    return len(words) >= WORDS_OF_A_SENTENCE * max(1, len(texts)) and _share(words, _english()) < ENGLISH_SHARE


def function_words(texts: Sequence[str]) -> frozenset[str]:
    """Those of the language that most words speak for, in small letters; none if it is none of `LANGUAGES`."""
    words = _words(texts)
    found = max(map(_listed, LANGUAGES), key=lambda listed: _share(words, listed))
    return found if _share(words, found) >= LANGUAGE_SHARE else frozenset()


def _words(texts: Sequence[str]) -> list[str]:
    return [word.lower() for text in texts for word in _WORD.findall(text)]


def _share(words: Sequence[str], listed: frozenset[str]) -> float:
    return sum(word in listed for word in words) / len(words) if words else 0.0


@cache
def _english() -> frozenset[str]:
    return frozenset(ENGLISH_WORDS.split())


@cache
def _listed(language: str) -> frozenset[str]:
    return frozenset(map(str.lower, import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS))
