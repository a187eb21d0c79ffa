"""Names of a roster in a text: whole or in parts, in either script, in every case of Russian grammar, in short forms.

The safe side is to find too much: a name that is also a word ("Вера", "Mark") is found wherever the word stands.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from transcripts.given_names import families, kin
from transcripts.likely_names import is_english
from transcripts.name_handles import accounts, joined, long_enough
from transcripts.names import name_key
from transcripts.russian_words import LONGEST, Word, is_ordinary, is_russian, mostly_lower, name_lemmas, plain, words_of

SHORTEST = 3
"""Letters that a part of a name must have to be looked for alone; shorter ones are looked for as whole names."""

_ALPHABETS = "\u2e80"
"""Scripts from here on (Chinese, Japanese) write words without a space between."""
_WORD = re.compile(r"[^\W\d_]+")
_ASIDE = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]|\s[-–—|/]\s(.*)$|[|,;/](.*)$")
_INVERTED = re.compile(r"^[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*\s*,\s*([^\W\d_]+)$")
_NOBODY = {
    "admin", "administrator", "assistant", "chair", "conference", "expert", "facilitator", "host", "interpreter",
    "interviewer", "meeting", "moderator", "observer", "office", "organizer", "participant", "respondent", "room",
    "secretary", "speaker", "stenographer", "support", "tech", "technical", "translator", "unknown", "администратор",
    "ассистент", "ведущая", "ведущий", "докладчик", "зал", "интервьюер", "конференц", "модератор", "наблюдатель",
    "неизвестный", "оператор", "организатор", "офис", "переводчик", "переговорная", "протоколист", "респондент",
    "секретарь", "спикер", "стенографист", "техподдержка", "технический", "участник", "участница", "хост", "эксперт",
}  # fmt: skip
"""What display names say instead of a name."""
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

Keys = frozenset[str]
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names somebody of the roster; `keys` are all who may be meant."""

    start: int
    end: int
    keys: Keys


@dataclass(frozen=True, slots=True)
class _Roster:
    """Who has which part of a name. Plain words, their lemmas and stems; `sounds` and `sound_stems` are Latin keys.

    `short` are whole names of two letters, as written; `written` are names of scripts that part no words by spaces;
    `accounts` are names in one word, with initials or whole, by sound.
    """

    words: dict[str, Keys]
    lemmas: dict[str, Keys]
    stems: dict[str, Keys]
    sounds: dict[str, Keys]
    sound_stems: dict[str, Keys]
    families: dict[int, Keys]
    phrases: dict[tuple[str, ...], Keys]
    short: dict[str, Keys]
    written: dict[str, Keys]
    accounts: dict[str, Keys]
    seen: dict[tuple[str, bool, bool], Keys] = field(default_factory=dict)
    """Words asked for before."""


def mentions(
    text: str, people: Iterable[tuple[str, Sequence[str]]], words: Sequence[Word] | None = None
) -> list[Mention]:
    """Places of words that name somebody of `people` (a key and the names of each), word by word.

    Words first, in order; then pairs with a part of two letters; then whole names of two letters or without spaces;
    then names of accounts that are made of a name.
    Names are those of a roster and display names; devices, titles, roles and affiliations in them are no names.
    """
    roster = _roster(tuple((key, tuple(names)) for key, names in people))
    words = words_of(text) if words is None else words
    shouted = mostly_lower(text)
    found = [
        Mention(word.start, word.end, keys)
        for word in words
        if (keys := _whose(word.plain, roster, not word.text.islower(), shouted))
    ]
    for phrase, keys in roster.phrases.items():
        size = len(phrase)
        found += [
            Mention(words[at].start, words[at + size - 1].end, keys)
            for at in range(len(words) - size + 1)
            if sorted(word.plain for word in words[at : at + size]) == sorted(phrase)
        ]
    found += [Mention(word.start, word.end, roster.short[word.text]) for word in words if word.text in roster.short]
    for name, keys in sorted(roster.written.items()):
        found += [Mention(each.start(), each.end(), keys) for each in re.finditer(re.escape(name), text)]
    for start, end, pieces in accounts(text):
        if keys := _any(roster.accounts, pieces) | _any(roster.sounds, filter(long_enough, pieces)):
            inside = [each for each in found if start <= each.start and each.end <= end]
            found = [each for each in found if each not in inside]
            found.append(Mention(start, end, keys.intersection(*(each.keys for each in inside)) or keys))
    return found


def name_words(name: str) -> list[str]:
    """The words of a roster's or display name that are somebody's name: "iPad (Boris)" gives Boris."""
    name = unicodedata.normalize("NFC", name)
    inverted = _INVERTED.match(name.strip())
    main = _people(_ASIDE.sub(" ", name))
    if inverted and sum(len(word) > 1 for word in main) == 1:
        return [*main, *_people(inverted.group(1))]
    if any(len(word) > 1 for word in main):
        return main
    asides = " ".join(part for groups in _ASIDE.findall(name) for part in groups)
    return main + [word for word in _people(asides) if not word.islower()]


def _people(text: str) -> list[str]:
    keys = set(name_key(text).split())
    return [word for word in _WORD.findall(text) if word.lower() not in _NOBODY and name_key(word) in keys]


@lru_cache(maxsize=8)
def _roster(people: tuple[tuple[str, tuple[str, ...]], ...]) -> _Roster:
    words, phrases = defaultdict[str, set[str]](set), defaultdict[tuple[str, ...], set[str]](set)
    short, written = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    made = defaultdict[str, set[str]](set)
    for key, name in ((key, name) for key, names in people for name in names):
        parts = [plain(word) for word in name_words(name)]
        for part in parts:
            if len(part) >= SHORTEST:
                words[part].add(key)
        for account in joined([name_key(part) for part in parts]):
            made[account].add(key)
        whole = unicodedata.normalize("NFC", name).strip()
        if len(whole) == 2 and whole.isalpha():
            short[whole].add(key)
        for part in _WORD.findall(whole):
            if len(part) > 1 and min(part) > _ALPHABETS:
                written[part].add(key)
        if len(parts) > 1 and all(len(part) > 1 for part in parts) and any(len(part) < SHORTEST for part in parts):
            phrases[tuple(parts)].add(key)
    forms, stems = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    sounds, sound_stems = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    given = defaultdict[int, set[str]](set)
    for word, keys in words.items():
        if is_russian(word):
            stems[_stem(word, "cyrillic")] |= keys
        for form in {word, *name_lemmas(word, nominative=True)}:
            forms[form] |= keys
            for family in families(form):
                given[family] |= keys
            if len(sound := name_key(form)) >= SHORTEST:
                sounds[sound] |= keys
                sound_stems[_stem(sound, "latin")] |= keys
    return _Roster(
        _frozen(words), _frozen(forms), _frozen(stems), _frozen(sounds), _frozen(sound_stems), _frozen(given),
        _frozen(phrases), _frozen(short), _frozen(written), _frozen(made),
    )  # fmt: skip


def _frozen(owners: dict[Part, set[str]]) -> dict[Part, Keys]:
    return {part: frozenset(keys) for part, keys in owners.items()}


def _whose(word: str, roster: _Roster, capital: bool, shouted: bool) -> Keys:
    """Who may be named by a plain word; nobody, if it is no name. `shouted`: capitals tell nothing in this text."""
    if not SHORTEST <= len(word) <= LONGEST:
        return frozenset()
    asked = (word, capital, shouted)
    if asked not in roster.seen:
        roster.seen[asked] = _owners(word, roster, capital, shouted)
    return roster.seen[asked]


def _owners(word: str, roster: _Roster, capital: bool, shouted: bool) -> Keys:
    if not is_russian(word):
        return _in_latin(word, roster, capital or shouted)
    forms = name_lemmas(word)
    keys = _any(roster.words, [word]) | _any(roster.lemmas, forms) | _any(roster.stems, _declined(word, "cyrillic"))
    if keys:
        return keys
    if not capital and is_ordinary(word) and not (shouted and forms):
        return keys  # it only sounds like a name, or like a short form of one: «июля» and Yulia, «свет» and Света
    return _alike(roster, {word, *forms}) | _any(roster.sound_stems, _declined(name_key(word), "latin"))


def _in_latin(word: str, roster: _Roster, likely: bool) -> Keys:
    """Whom a word in Latin letters names: as written; where it is `likely` a name, by sound and in cases of Russian
    («Zaozernogo»), unless English has the word («Marine») or it is a given name itself («Vicky», of Viktor); a name in
    one word with an initial («vzaozerny»)."""
    keys = _any(roster.words, [word])
    if likely:
        keys |= _alike(roster, {word, word.removesuffix("s")})
    if keys or is_english(word):
        return keys
    sound = name_key(word)
    declined = _declined(sound, "latin") - {sound} if likely and not families(word) else ()
    return _any(roster.accounts, [sound]) | _any(roster.sound_stems, declined)


def _alike(roster: _Roster, forms: set[str]) -> Keys:
    """By sound, and by the names that a given name may be a form of."""
    related = {family for form in forms for family in kin(form)}
    return _any(roster.sounds, map(name_key, forms)) | _any(roster.families, related)


def _any(owners: dict[Part, Keys], parts: Iterable[Part]) -> Keys:
    return frozenset().union(*(owners[part] for part in parts if part in owners))


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
