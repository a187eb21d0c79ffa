"""Names that nobody told of: given names, patronymics and surnames by the dictionary, and capitals within a sentence.

A dictionary's name that is also a word ("Вера", "Роман", "Mark") counts where it has a capital within a sentence.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

import simplemma

from transcripts.given_names import families, kin
from transcripts.identifying import Found, How, Kind
from transcripts.russian_words import (
    LONGEST,
    Word,
    base,
    gender_of,
    is_common,
    is_ordinary,
    mostly_lower,
    neighbours,
    readings,
    share_tagged,
)

_OPENERS = " \t\u00a0«»„“”\"'‘(—–-*_>#[]"
_QUOTES = '«„“"'
_SENTENCE_ENDS = ".!?…\n:;"
_SIDE_BY_SIDE = re.compile(r"[ \u00a0]|-")
_PATRONYMIC = re.compile(r"[а-я]{2,}(?:ович|евич|овн|евн|ичн|иничн)(?:а|у|е|ы|ой|ем|ом)?$")
_SURNAME = re.compile(
    r"[а-я]{2,}(?:[оеё]в|[иы]н|ск|цк)(?:а|у|е|ым|ой|ых|ыми|ий|ая|ую|ого|ому|им)?$|[а-я]{3,}(?:енко|ук|юк|швили|дзе|ян)$"
    r"|[a-z]{2,}(?:ov|ova|ev|eva|in|ina|skiy|sky|skii|skaya|enko|yan|shvili)$"
)
_ADDRESSES = {
    "i", "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam", "ok", "okay", "god", "internet", "tv", "pc",
    "cv", "am",
    "pm", "a", "an", "the", "synthetic", "no", "yes", "hi", "hello", "thanks",
}  # fmt: skip
_ABBREVIATIONS = {
    "снилс", "инн", "кпп", "огрн", "фио", "сми", "рф", "сша", "ссср", "ес", "снг", "жкх", "тв", "пк", "эцп", "смс",
    "нпа",
    "фз", "ндс", "ввп", "чп", "пдф", "pdf", "api", "it", "sms", "vpn", "usb", "html", "faq", "id", "ui", "ux", "kpi",
    "crm",
    "ai", "url", "uk", "us", "usa", "eu", "un", "gdp", "vat", "ngo", "covid", "hr", "pr", "www", "http", "https",
}  # fmt: skip
"""Written in capitals by everybody, of nobody."""
_TITLES = {
    "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "господин", "госпожа", "господина", "господину", "госпожи",
    "госпоже", "товарищ", "профессор", "профессора", "профессору", "академик", "д-р",
}  # fmt: skip
"""A capital behind them is a name."""
_TITLE_ENDS = re.compile(r"\.?[ \u00a0]")
_CALENDAR = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "christmas", "easter",
}  # fmt: skip
_PEOPLES = {
    "english", "russian", "american", "british", "german", "french", "spanish", "italian", "chinese", "european",
    "ukrainian", "polish", "dutch", "japanese", "indian", "canadian", "australian", "african", "asian", "latin",
    "soviet", "russians", "americans", "germans", "europeans", "africans", "estonian", "finnish", "turkish", "kazakh",
    "western", "eastern", "northern", "southern", "muslim", "jewish", "orthodox", "portuguese", "greek", "swedish",
    "norwegian", "danish", "czech", "hungarian", "romanian", "bulgarian", "serbian", "croatian", "latvian",
    "lithuanian",
    "belarusian", "georgian", "armenian", "uzbek", "tatar", "korean", "vietnamese", "thai", "arab", "arabic", "israeli",
    "brazilian", "mexican", "irish", "scottish", "welsh", "swiss", "austrian", "belgian", "martian", "slavic",
    "siberian",
}  # fmt: skip
_NOBODY = _ADDRESSES | _CALENDAR | _PEOPLES | _ABBREVIATIONS
_HARDLY = 4
_SHORT = 3
_SHOUTED = 5
"""Letters of a word of the dictionary that is written in capitals for emphasis, not as an abbreviation."""
_POLITE = {"вы", "вас", "вам", "вами", "ваш", "ваша", "ваше", "ваши", "вашего", "вашей", "вашу", "вашим", "ваших"}
_KNOWN_SHARE, _SURE_SHARE = 0.1, 0.5
"""How likely a word must be a place within a sentence; a name at its beginning, or in a text without capitals."""


def likely_names(text: str, words: Sequence[Word]) -> Iterator[Found]:
    """Names by the dictionary and capitals within sentences; neighbours that go together are one place."""
    small = {word.plain for word in words if word.text.islower()}
    lower = mostly_lower(text)
    kinds = [_kind(text, word, small, lower) for word in words]
    for at in range(1, len(words)):
        before, word = words[at - 1], words[at]
        titled = before.plain in _TITLES and _TITLE_ENDS.fullmatch(text, before.end, word.start)
        if titled and word.capital and word.plain not in _NOBODY:
            kinds[at] = Kind.PERSON, How.LISTED, 1
    for first, last in neighbours(list(words), text, _SIDE_BY_SIDE):
        at = first
        while at < last:
            end = at + 1
            if (here := kinds[at]) is None:
                at = end
                continue
            while end < last and _goes_on(here, kinds[end], words[end]):
                here = max(filter(None, (here, kinds[end])), key=_sureness)
                end += 1
            while at > first and _leads(text, here, words[at - 1]):
                at -= 1
            at, end = _hyphened(text, words, at, end, whole=here[0] == Kind.PLACE)
            kind, how, risk = here
            yield Found(words[at].start, words[end - 1].end, kind, how, risk, name_form(words[at:end], kind))
            at = end


def name_form(words: Sequence[Word], kind: Kind) -> str:
    """The words in the nominative: "Мариной Сергеевной" gives "марина сергеевна"."""
    if kind != Kind.PERSON:
        return " ".join(base(word.plain) for word in words)
    gender = next(filter(None, (gender_of(word.plain) for word in words)), "")
    return " ".join(base(word.plain, name=True, gender=gender) for word in words)


def begins_sentence(text: str, word: Word) -> bool:
    """Whether nothing of a sentence, or of a quotation, stands before the word."""
    at = word.start
    if at and text[at - 1] in _QUOTES:
        return True
    while at and text[at - 1] in _OPENERS:
        at -= 1
    return at == 0 or text[at - 1] in _SENTENCE_ENDS


_Kind = tuple[Kind, How, int]


def _kind(text: str, word: Word, small: Collection[str], lower: bool) -> _Kind | None:
    if not 2 <= len(word.plain) <= LONGEST:
        return None
    if word.capital:
        within = not begins_sentence(text, word)
        return _russian(word, small, within) if word.russian else _latin(word, small, within)
    return _small_russian(word.plain, lower) if word.russian else _small_latin(word.plain, lower)


def _russian(word: Word, small: Collection[str], within: bool) -> _Kind | None:
    plain = word.plain
    if word.text.isupper() and len(plain) > 1:
        return None if is_common(plain) or plain in small or plain in _ABBREVIATIONS else (Kind.OTHER, How.CAPITAL, 4)
    named = max(share_tagged(plain, "Name", "Patr"), share_tagged(plain, "Surn"))
    if kin(plain) or _PATRONYMIC.fullmatch(plain):
        named = max(named, 0.0 if is_ordinary(plain) else 1.0)
    if named and (within or named >= _SURE_SHARE):
        return Kind.PERSON, How.LISTED, 1 if not is_ordinary(plain) else 2
    if share_tagged(plain, "Geox") >= _KNOWN_SHARE and (within or not is_common(plain)):
        return Kind.PLACE, How.LISTED, 3
    if share_tagged(plain, "Orgn", "Trad"):
        return Kind.ORGANISATION, How.LISTED, 3
    if is_common(plain) or plain in small:
        return None
    if "Surn" in readings(plain)[0].tag or (within and _SURNAME.fullmatch(plain)):
        return Kind.PERSON, How.CAPITAL, 2
    return Kind.OTHER, How.CAPITAL, 3 if within else 4


def _latin(word: Word, small: Collection[str], within: bool) -> _Kind | None:
    plain = word.plain
    if plain in _NOBODY or plain.removesuffix("s") in _NOBODY or (plain in small and not families(plain)):
        return None
    if word.text.isupper():
        return None if len(plain) >= _SHOUTED and is_english(plain) else (Kind.OTHER, How.CAPITAL, 4)
    if families(plain) and (within or plain not in small):
        return Kind.PERSON, How.LISTED, 1
    if not within and is_english(plain):
        return None
    if _SURNAME.fullmatch(plain) and not is_english(plain):
        return Kind.PERSON, How.CAPITAL, 2
    return Kind.OTHER, How.CAPITAL, 3 if within else 4


def _small_russian(plain: str, lower: bool) -> _Kind | None:
    """Without a capital: what can hardly be anything else, and where no word has capitals, what is likely a name."""
    given = share_tagged(plain, "Name", "Patr")
    listed = (kin(plain) or _PATRONYMIC.fullmatch(plain)) and not is_ordinary(plain)
    if (given and not is_ordinary(plain)) or listed:
        return Kind.PERSON, How.LISTED, 1
    if not lower:
        return None
    if max(given, share_tagged(plain, "Surn")) >= _SURE_SHARE:
        return Kind.PERSON, How.LISTED, 2
    if share_tagged(plain, "Geox") >= _SURE_SHARE:
        return Kind.PLACE, How.LISTED, 3
    if share_tagged(plain, "Orgn", "Trad") >= _SURE_SHARE:
        return Kind.ORGANISATION, How.LISTED, 3
    return None


def _small_latin(plain: str, lower: bool) -> _Kind | None:
    if lower and families(plain) and not is_english(plain):
        return Kind.PERSON, How.LISTED, 2
    return None


@lru_cache(maxsize=50_000)
def is_english(word: str) -> bool:
    """Whether simplemma's dictionary has the word; it has many names of places as well."""
    return bool(simplemma.is_known(word, lang="en"))


def _hyphened(text: str, words: Sequence[Word], first: int, end: int, whole: bool) -> tuple[int, int]:
    """With what hyphens join to it: all of it for a place (Йошкар-Ола), else what is no word by itself (Ing-wen)."""
    while whole and first and text[words[first - 1].end : words[first].start] == "-":
        first -= 1
    while end < len(words) and text[words[end - 1].end : words[end].start] == "-":
        part = words[end]
        if not whole and (part.russian or (len(part.plain) > _SHORT and is_english(part.plain))):
            break
        end += 1
    return first, end


def _goes_on(here: _Kind, beside: _Kind | None, word: Word) -> bool:
    """Whether the next word belongs to the name, be it a common word with a capital («Павел Горновой»)."""
    return _may_belong(here, word) if beside is None else _together(here, beside)


def _leads(text: str, here: _Kind, word: Word) -> bool:
    """Whether the common word before, which has a capital within a sentence, belongs to the name (New York)."""
    return _may_belong(here, word) and not begins_sentence(text, word)


def _may_belong(here: _Kind, word: Word) -> bool:
    if not word.text.istitle() or len(word.plain) < 3:
        return False
    if word.russian:
        return here[:2] == (Kind.PERSON, How.LISTED) and len(word.plain) > 3 and word.plain not in _POLITE
    return here[2] < _HARDLY and word.plain not in _NOBODY and word.plain not in _TITLES


def _together(here: _Kind, beside: _Kind) -> bool:
    people = {here[0], beside[0]} <= {Kind.PERSON, Kind.OTHER}
    return here[0] == beside[0] or (people and How.CAPITAL in (here[1], beside[1]))


def _sureness(kind: _Kind) -> tuple[bool, int]:
    return kind[0] == Kind.PERSON, -kind[2]
