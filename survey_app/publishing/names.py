"""Names of the roster in a text: whole or in parts, in either script, in every case of Russian grammar.

The safe side is to find too much: a name that is also a word ("Вера", "Mark") is found wherever the word stands.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pymorphy3 import MorphAnalyzer

from transcripts.people import name_key

SHORTEST = 3
"""Letters that a part of a name must have to be looked for alone; shorter ones are looked for as whole names."""

_STRESS = "\u0301"
"""After normalisation it stands alone on Cyrillic vowels only, where teaching texts mark the stress."""
_ALPHABETS = "\u2e80"
"""Scripts from here on (Chinese, Japanese) write words without a space between."""
_WORD = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]|\s[-–—|/]\s(.*)$|[|,;/](.*)$")
_INVERTED = re.compile(r"^[^\W\d_]+(?:-[^\W\d_]+)?\s*,\s*([^\W\d_]+)$")
_NOBODY = {
    "admin", "administrator", "assistant", "chair", "conference", "expert", "facilitator", "host", "interpreter",
    "interviewer", "meeting", "moderator", "observer", "office", "organizer", "participant", "respondent", "room",
    "secretary", "speaker", "stenographer", "support", "tech", "technical", "translator", "unknown", "администратор",
    "ассистент", "ведущая", "ведущий", "докладчик", "зал", "интервьюер", "конференц", "модератор", "наблюдатель",
    "неизвестный", "оператор", "организатор", "офис", "переводчик", "переговорная", "протоколист", "респондент",
    "секретарь", "спикер", "стенографист", "техподдержка", "технический", "участник", "участница", "хост", "эксперт",
}  # fmt: skip
"""What display names say instead of a name."""
_NAME_TAGS = frozenset({"Name", "Surn", "Patr"})
_STEM = 4
_ENDINGS = {
    "cyrillic": (
        "ыми", "ими", "ого", "его", "ому", "ему", "ами", "ями", "ая", "яя", "ую", "юю", "ой", "ей", "ою", "ею", "ый",
        "ий", "ым", "им", "ом", "ем", "ых", "их", "ам", "ям", "ах", "ях", "а", "я", "у", "ю", "е", "ы", "и", "ь",
    ),
    "latin": (
        "imi", "ogo", "ego", "omu", "emu", "ami", "aia", "uiu", "oi", "ei", "oiu", "eiu", "im", "om", "em", "ih", "am",
        "ah", "iu", "ia", "a", "u", "e", "i",
    ),
}  # fmt: skip
"""Endings of Russian names, as written and as `name_key` folds them."""
_BASIC = {"cyrillic": ("ая", "яя", "ый", "ий", "ой", "а", "я", "й", "ь"), "latin": ("aia", "ia", "oi", "a", "i")}
"""Endings of the nominative: what is taken off a name to have its stem."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What to look for. `words` and `stems` are lower case without ё; `sounds` and `sound_stems` are Latin keys.

    `short` are whole names of two letters, as written; `written` are names of scripts that part no words by spaces.
    """

    words: frozenset[str]
    lemmas: frozenset[str]
    stems: frozenset[str]
    sounds: frozenset[str]
    sound_stems: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    short: frozenset[str]
    written: frozenset[str]


def names_within(text: str, names: Iterable[str]) -> list[str]:
    """The words of `text` that name somebody in `names`, as written, each once, in order.

    `names` are names of a roster and display names; devices, titles, roles and affiliations in them are no names.
    """
    known = _known(tuple(names))
    text = unicodedata.normalize("NFC", text).replace(_STRESS, "")
    tokens = _WORD.findall(text)
    shouted = all(token.islower() for token in tokens)
    found = [token for token in tokens if _names_somebody(token, known, shouted or not token.islower())]
    plain = [_plain(token) for token in tokens]
    for phrase in known.phrases:
        size = len(phrase)
        found += [
            " ".join(tokens[at : at + size])
            for at in range(len(tokens) - size + 1)
            if sorted(plain[at : at + size]) == sorted(phrase)
        ]
    found += [token for token in tokens if token in known.short]
    found += [name for name in sorted(known.written) if name in text]
    return list(dict.fromkeys(found))


def name_words(name: str) -> list[str]:
    """The words of a roster's or display name that are somebody's name: "iPad (Boris)" gives Boris."""
    name = unicodedata.normalize("NFC", name)
    inverted = _INVERTED.match(name.strip())
    main = _people(_ASIDE.sub(" ", name))
    if inverted and len(main) == 1:
        return [*main, *_people(inverted.group(1))]
    if any(len(word) > 1 for word in main):
        return main
    asides = " ".join(part for groups in _ASIDE.findall(name) for part in groups)
    return main + [word for word in _people(asides) if not word.islower()]


def _people(text: str) -> list[str]:
    keys = set(name_key(text).split())
    return [word for word in _WORD.findall(text) if word.lower() not in _NOBODY and name_key(word) in keys]


@lru_cache(maxsize=8)
def _known(names: Sequence[str]) -> _Known:
    words, phrases, short, written = set[str](), set[tuple[str, ...]](), set[str](), set[str]()
    for name in names:
        parts = [_plain(word) for word in name_words(name)]
        words.update(part for part in parts if len(part) >= SHORTEST)
        whole = unicodedata.normalize("NFC", name).strip()
        if len(whole) == 2 and whole.isalpha():
            short.add(whole)
        written.update(part for part in _WORD.findall(whole) if len(part) > 1 and min(part) > _ALPHABETS)
        if len(parts) > 1 and all(len(part) > 1 for part in parts) and any(len(part) < SHORTEST for part in parts):
            phrases.add(tuple(parts))
    lemmas = words.union(*(_name_lemmas(word, nominative=True) for word in words))
    sounds = {key for word in lemmas if len(key := name_key(word)) >= SHORTEST}
    return _Known(
        frozenset(words), frozenset(lemmas), frozenset(_stem(word, "cyrillic") for word in words if _is_russian(word)),
        frozenset(sounds), frozenset(_stem(sound, "latin") for sound in sounds), frozenset(phrases),
        frozenset(short), frozenset(written),
    )  # fmt: skip


def _names_somebody(token: str, known: _Known, capital: bool) -> bool:
    word = _plain(token)
    if len(word) < SHORTEST:
        return False
    if word in known.words:
        return True
    if not _is_russian(word):
        return capital and name_key(word) in known.sounds
    lemmas = _name_lemmas(word)
    if lemmas & known.lemmas or _declined(word, "cyrillic") & known.stems:
        return True
    if not capital and _is_ordinary(word):
        return False  # it only sounds like a name, or like a short form of one: «июля» and Yulia, «свет» and Света
    keys = {name_key(each) for each in (word, *lemmas)}
    return bool(keys & known.sounds or _declined(name_key(word), "latin") & known.sound_stems)


@lru_cache(maxsize=50_000)
def _name_lemmas(word: str, nominative: bool = False) -> frozenset[str]:
    """Dictionary forms that the word has as a name of a person; none for Latin script."""
    if not _is_russian(word):
        return frozenset()
    parses = [parse for parse in _analyzer().parse(word) if _NAME_TAGS & set(parse.tag.grammemes)]
    return frozenset(_plain(parse.normal_form) for parse in parses if not nominative or "nomn" in parse.tag)


@lru_cache(maxsize=50_000)
def _is_ordinary(word: str) -> bool:
    """Whether the dictionary knows the word as something else than a person's name."""
    return any(parse.is_known and not _NAME_TAGS & set(parse.tag.grammemes) for parse in _analyzer().parse(word))


def _stem(name: str, script: str) -> str:
    """The name without its ending, or whole if too little would be left."""
    for ending in _BASIC[script]:
        if name.endswith(ending) and len(name) - len(ending) >= _STEM:
            return name.removesuffix(ending)
    return name


def _declined(word: str, script: str) -> set[str]:
    """Every stem that the word may be a case of."""
    stems = {word.removesuffix(ending) for ending in _ENDINGS[script] if word.endswith(ending)}
    return {stem for stem in stems | {word} if len(stem) >= _STEM}


def _plain(word: str) -> str:
    return word.lower().replace("ё", "е")


def _is_russian(word: str) -> bool:
    return "а" <= word[0] <= "я"


@cache
def _analyzer() -> MorphAnalyzer:
    return MorphAnalyzer()
