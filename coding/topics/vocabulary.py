"""Words that can name a topic: lemmas of Russian and English, without the words that say nothing."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from transcripts.references import without_references

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*")
_CYRILLIC = re.compile(r"[Ѐ-ԯ]")
_NEGATED = re.compile(r"n['’]t$")
_APOSTROPHE = re.compile(r"['’].*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s+)[\s\"'«“„(—–-]*$")
_FUNCTION_WORDS = {"PREP", "CONJ", "PRCL", "INTJ", "NPRO", "PRED", "NUMR"}
"""Parts of speech of OpenCorpora (pymorphy3) that name nothing."""

LIKELY = 0.1
"""Probability from which a reading of a Russian word form is taken into account."""

_PEOPLE = {"Name", "Patr", "Surn"}

SPOKEN = """
well yeah yes okay ok sort kind lot thing really actually basically probably maybe let say says said think know
mean want come came got going gone look right simply quite good ago
ну вот да нет типа скажем собственно просто вообще конечно наверное например пожалуйста очень говорить сказать
мочь хотеть знать думать стать идти давать дать делать сделать иметь
"""
"""Fillers of transcribed speech that lists made for written language lack."""


def tokens(text: str) -> list[str]:
    """Lemmas of a text in order, small letters, ё as е; numbers, single letters and contracted negations dropped."""
    return [lemma(word) for word in words(text)]


def words(text: str) -> list[str]:
    """Words as written, without what follows an apostrophe ("council’s": council) and without bracketed references."""
    matter = without_references(text)
    found = (_APOSTROPHE.sub("", word) for word in _WORD.findall(matter) if not _NEGATED.search(word.lower()))
    return [word for word in found if len(word) > 1]


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The dictionary form of one word, chosen by its script; of equally likely Russian readings a noun ("данные")."""
    small = word.lower()
    if _CYRILLIC.search(small):
        readings = [each for each in _analyses(small) if each.score == _analyses(small)[0].score]
        noun = next((each for each in readings if each.tag.POS == "NOUN"), readings[0])
        return str(noun.normal_form).replace("ё", "е")
    from simplemma import lemmatize

    return lemmatize(small, lang="en").lower()


def names_something(word: str) -> bool:
    """False for Russian prepositions, pronouns, particles and the like, and for Russian names of people."""
    if not _CYRILLIC.search(word):
        return True
    tags = [each.tag for each in _analyses(word.lower()) if each.score >= LIKELY]
    person = word[0].isupper() and any(_PEOPLE & tag.grammemes for tag in tags)
    return not person and not any(tag.POS in _FUNCTION_WORDS for tag in tags[:1])


@cache
def stop_lemmas(own: frozenset[str] = frozenset()) -> frozenset[str]:
    """spaCy's stop words of both languages, fillers of speech and the caller's `own`; as written and as lemmas."""
    from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
    from spacy.lang.ru.stop_words import STOP_WORDS as RUSSIAN

    plain = {word.lower().replace("ё", "е") for word in {*ENGLISH, *RUSSIAN, *SPOKEN.split(), *own}}
    return frozenset(plain | {lemma(word) for word in plain})


def content_lemmas(text: str, stop: Collection[str]) -> list[str]:
    """The lemmas of a text that may name a topic, in order."""
    written = words(text)
    return [
        each
        for each, word in zip(map(lemma, written), written, strict=True)
        if each not in stop and word.lower().replace("ё", "е") not in stop and len(each) > 1 and names_something(word)
    ]


def vocabulary(documents: Sequence[Iterable[str]], fewest: int = 2) -> list[str]:
    """Lemmas in at least `fewest` documents, sorted; all of them if there is none."""
    found = Counter(each for document in documents for each in set(document))
    return sorted(each for each, count in found.items() if count >= fewest) or sorted(found)


def readable_forms(texts: Iterable[str]) -> Mapping[str, str]:
    """For each lemma the form that is written most often: "данных" for "данные", "GIS" for "gis".

    Small letters, except abbreviations and names that are capitals within a sentence.
    """
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for match in _WORD.finditer(text):
            word = _APOSTROPHE.sub("", match.group())
            begins = _SENTENCE_START.search(text[: match.start()][-6:] if match.start() > 6 else text[: match.start()])
            abbreviation = word.isupper() and len(word) > 1
            forms[lemma(word)][word if abbreviation or not begins else word.lower()] += 1
    return {each: min(counts, key=lambda form: (-counts[form], form)) for each, counts in forms.items()}


@cache
def _morphology() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


@lru_cache(maxsize=200_000)
def _analyses(word: str) -> Any:
    return _morphology().parse(word)
