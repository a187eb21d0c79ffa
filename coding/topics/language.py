"""spaCy as the frame of the words: tokens, where sentences end, and the dictionary form of every word."""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from transcripts.sentences import is_cyrillic, sentence_spans

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SENTENCES, LEMMAS = "rakurs_sentences", "rakurs_lemmas"
LANGUAGES = ("en", "ru", "xx")

LONGEST_WORD = 60
"""Letters above which a word is its own dictionary form: it is no word, and splitting it would take seconds."""

CYRILLIC = re.compile(r"[Ѐ-ԯ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_BEGINS, _INSIDE = 1, -1
_BROKEN = re.compile(r"[\ud800-\udfff]")


def language_of(text: str) -> str:
    """ "ru" from three Cyrillic letters in ten, "en" with any Latin letter, else "xx": whose rules cut the text."""
    if is_cyrillic(text):
        return "ru"
    return "en" if _LATIN.search(text) else "xx"


def as_text(value: object) -> str:
    """A text that spaCy takes: "" for None, NaN and whatever else is no text; half a surrogate pair is a space."""
    return _BROKEN.sub(" ", value) if isinstance(value, str) else ""


@cache
def pipeline(language: str) -> "Language":
    """A blank spaCy pipeline with sentence ends and lemmas: of English, of Russian, or of no language in particular.

    Sentence ends are those of `transcripts.sentences` (razdel for Russian, so that "г.", "т. д." and "руб." end
    none). The script of each word, and not `language`, decides how its lemma is found. Words with hyphens stay
    whole, underscores part words. Texts of any length are taken.
    """
    import spacy
    from spacy.attrs import LOWER, NORM
    from spacy.util import compile_infix_regex

    _register()
    frame: Any = spacy.blank(language if language in {"en", "ru"} else "xx")
    frame.max_length = 2**31
    infixes = [each for each in frame.Defaults.infixes or () if not _parts_at_hyphens(each)]
    frame.tokenizer.infix_finditer = compile_infix_regex([*infixes, "_+", "[、。，！？]"]).finditer
    # Shape, likeness to addresses and the like cost two thirds of the time of a new word, and nobody asks for them.
    getters = frame.vocab.lex_attr_getters
    for attribute in set(getters) - {LOWER, NORM}:
        del getters[attribute]
    frame.add_pipe(SENTENCES)
    frame.add_pipe(LEMMAS)
    return cast("Language", frame)


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The dictionary form of one word, chosen by its script; of equally likely Russian readings a noun ("данные").

    Small letters, ё as е.
    """
    small = word.lower()
    if not small or len(small) > LONGEST_WORD:
        return small.replace("ё", "е")
    if CYRILLIC.search(small):
        first, *others = readings(small)
        likely = [first, *(each for each in others if each.score == first.score)]
        noun = next((each for each in likely if each.tag.POS == "NOUN"), first)
        return str(noun.normal_form).replace("ё", "е")
    from simplemma import lemmatize

    return str(lemmatize(small, lang="en")).lower()


@lru_cache(maxsize=200_000)
def readings(word: str) -> Any:
    """What pymorphy3 knows of a Russian word in small letters: its readings, the likeliest first."""
    return _morphology().parse(word)


@cache
def _morphology() -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer()


@cache
def _register() -> None:
    from spacy.language import Language

    Language.component(SENTENCES, func=_mark_sentences)
    Language.component(LEMMAS, func=_write_lemmas)


def _mark_sentences(doc: "Doc") -> "Doc":
    from spacy.attrs import IDX, LENGTH, SENT_START

    if not len(doc):
        return doc
    starts = [start for start, _end in sentence_spans(doc.text)]
    places = doc.to_array([IDX, LENGTH])
    ends = (places[:, 0] + places[:, 1]).astype(np.int64)
    marks: Any = np.full((len(doc), 1), _INSIDE, dtype=np.int64)
    marks[np.searchsorted(ends, starts, side="right")] = _BEGINS
    # All at once: spaCy looks through the whole text each time that one token is marked.
    return doc.from_array([SENT_START], marks.astype(np.uint64))


def _write_lemmas(doc: "Doc") -> "Doc":
    from spacy.attrs import LEMMA, ORTH

    if not len(doc):
        return doc
    strings = doc.vocab.strings
    found: Any = np.array(
        [[strings.add(lemma(strings[word]))] for word in doc.to_array(ORTH).tolist()], dtype=np.uint64
    )
    return doc.from_array([LEMMA], found)


def _parts_at_hyphens(infix: str) -> bool:
    """Whether a rule of spaCy's tokenizer would part "веб-портал"."""
    return bool(re.search(infix, "а-б") or re.search(infix, "a-b"))
