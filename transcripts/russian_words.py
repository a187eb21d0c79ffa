"""Words of a text with their places, and what the Russian dictionary (pymorphy3) knows of a word."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pymorphy3 import MorphAnalyzer

NAME_TAGS = frozenset({"Name", "Surn", "Patr"})
STRESS = "\u0301"
"""After normalisation it stands alone on Cyrillic vowels only, where teaching texts mark the stress."""

_WORD = re.compile(r"[^\W\d_]+")
_CLUSTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_PROPER = NAME_TAGS | {"Geox", "Orgn", "Trad"}
LONGEST = 40
"""Letters of a word; what is longer is none that a dictionary has."""
_LIKELY = 0.3
_NONE = frozenset[str]()
_LEAST_WORDS, _FEW_CAPITALS = 20, 0.02


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters at [start, end) of a text: as written but normalised, and plain (lower case without ё)."""

    start: int
    end: int
    text: str
    plain: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def russian(self) -> bool:
        """Whether it is written in Russian letters."""
        return is_russian(self.plain)


def words_of(text: str) -> list[Word]:
    """The words in order; marks of stress are no part of what a word says, but lie within its place."""
    if STRESS not in text and unicodedata.is_normalized("NFC", text):
        return [_word(found, found.start(), found.end()) for found in _WORD.finditer(text)]
    letters, starts, ends = [], [], []
    for cluster in _CLUSTER.finditer(text):
        for letter in unicodedata.normalize("NFC", cluster[0]).replace(STRESS, ""):
            letters.append(letter)
            starts.append(cluster.start())
            ends.append(cluster.end())
    found = _WORD.finditer("".join(letters))
    return [_word(each, starts[each.start()], ends[each.end() - 1]) for each in found]


def mostly_lower(text: str) -> bool:
    """Whether nearly no word begins with a capital: recognisers do not see names in such a text."""
    words = _WORD.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    return capitals == 0 if len(words) < _LEAST_WORDS else capitals < _FEW_CAPITALS * len(words)


def plain(word: str) -> str:
    """In small letters, without ё."""
    return word.lower().replace("ё", "е")


def is_russian(word: str) -> bool:
    """Whether a plain word begins with a Russian letter."""
    return "а" <= word[0] <= "я"


@lru_cache(maxsize=100_000)
def readings(word: str) -> tuple[Any, ...]:
    """What the plain word may be, by pymorphy3, likeliest first; () for other scripts."""
    return tuple(_analyzer().parse(word)) if is_russian(word) and len(word) <= LONGEST else ()


@lru_cache(maxsize=100_000)
def lemmas(word: str) -> frozenset[str]:
    """Every dictionary form of a plain word; of other scripts the word itself."""
    return frozenset(plain(each.normal_form) for each in readings(word)) or frozenset({word})


@lru_cache(maxsize=100_000)
def noun_lemmas(word: str, *tags: str) -> frozenset[str]:
    """Dictionary forms of a plain word as the noun that it likely is, with these tags ("anim", "sing")."""
    found = [each for each in readings(word) if each.tag.POS == "NOUN" and all(tag in each.tag for tag in tags)]
    return (
        frozenset(plain(each.normal_form) for each in found) if sum(each.score for each in found) >= _LIKELY else _NONE
    )


@lru_cache(maxsize=50_000)
def name_lemmas(word: str, nominative: bool = False) -> frozenset[str]:
    """Dictionary forms that the word has as a name of a person; none for other scripts."""
    parses = [each for each in readings(word) if NAME_TAGS & set(each.tag.grammemes)]
    return frozenset(plain(each.normal_form) for each in parses if not nominative or "nomn" in each.tag)


@lru_cache(maxsize=50_000)
def is_ordinary(word: str) -> bool:
    """Whether the dictionary knows the word as something else than a person's name."""
    return any(each.is_known and not NAME_TAGS & set(each.tag.grammemes) for each in readings(word))


def is_common(word: str) -> bool:
    """Whether the dictionary knows the plain word as one that is no name of anything."""
    return any(each.is_known and not _PROPER & set(each.tag.grammemes) for each in readings(word))


def is_verb(word: str) -> bool:
    """Whether the plain word is likeliest a form of a verb that the dictionary has."""
    first = readings(word)[:1]
    return bool(first and first[0].is_known and first[0].tag.POS in {"VERB", "INFN", "GRND"})


@lru_cache(maxsize=50_000)
def share_tagged(word: str, *tags: str) -> float:
    """0 to 1: how likely the word is something that the dictionary marks so, of all that it may be."""
    found = [each.score for each in readings(word) if each.is_known and set(tags) & set(each.tag.grammemes)]
    return float(sum(found))


@lru_cache(maxsize=50_000)
def base(word: str, name: bool = False, gender: str = "") -> str:
    """The plain word in the nominative of its own gender ("волковой" gives "волкова"), read as a name where asked."""
    options = readings(word)
    if name:
        options = tuple(each for each in options if NAME_TAGS & set(each.tag.grammemes)) or options
        options = tuple(each for each in options if "plur" not in each.tag) or options
    if gender:
        options = tuple(each for each in options if gender in each.tag) or options
    if not options:
        return word
    inflected = options[0].inflect({"nomn"})
    return plain(inflected.word if inflected else options[0].normal_form)


def gender_of(word: str) -> str:
    """ "femn" or "masc" of a plain given name or patronymic, as it likely is; "" where it is none."""
    genders = [each.tag.gender for each in readings(word) if {"Name", "Patr"} & set(each.tag.grammemes)]
    return str(genders[0]) if genders and genders[0] in {"femn", "masc"} else ""


def neighbours(words: list[Word], text: str, apart: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Runs [first, last) of words between which only what `apart` fits stands."""
    first = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or not apart.fullmatch(text, words[at - 1].end, words[at].start):
            yield first, at
            first = at


def _word(found: re.Match[str], start: int, end: int) -> Word:
    return Word(start, end, found[0], plain(found[0]))


@cache
def _analyzer() -> MorphAnalyzer:
    return MorphAnalyzer()
