"""Organisations and places in Russian by the word that heads them: «ООО …», «министерство …», «улица …»."""

import re
from collections.abc import Iterator, Sequence

from transcripts.identifying import Found, How, Kind
from transcripts.likely_names import begins_sentence
from transcripts.russian_words import Word, base, lemmas, noun_lemmas, readings


def _listed(written: str) -> frozenset[str]:
    return frozenset(written.split())


_LEGAL = _listed("""
    ооо оао зао пао ао ип фгбу фгуп фгаоу фгбоу гбу гуп гбоу мбу муп мбоу маоу мкоу мку гку фку фкп ано нко нии тоо сро
    тсж гаоу
""")
_OFFICIAL = _listed("""
    министерство департамент управление комитет агентство служба инспекция прокуратура администрация правительство мэрия
    университет академия палата ассоциация
""")
"""These are named by a chain of genitives in small letters."""
_BODIES = _OFFICIAL | _listed("""
    префектура дума институт школа лицей гимназия колледж техникум училище больница поликлиника госпиталь диспансер
    клиника банк фонд компания фирма корпорация госкорпорация холдинг завод фабрика комбинат издательство партия союз
    общество
    театр музей библиотека редакция газета журнал телеканал магазин ресторан кафе гостиница отель санаторий кооператив
    бюро лаборатория
""")
_REGIONS = _listed("""
    область край район округ республика губерния улица проспект переулок шоссе площадь бульвар набережная уезд волость
    проезд поселение
""")
"""An adjective before them tells which."""
_SETTLEMENTS = _listed("""
    город городок село деревня поселок станица хутор аул республика улица проспект переулок бульвар шоссе площадь
    набережная проезд тупик микрорайон метро станция остров река озеро
""")
"""A name behind them tells which."""
_NOT_REGIONAL = _listed("""
    городской сельский областной районный федеральный муниципальный российский русский государственный соседний
    национальный избирательный военный советский автономный административный политический экономический исторический
    технический детский практический географический климатический европейский пилотный
""")
_REGIONAL = re.compile(r"(?:ск|цк)(?:ий|ая|ое|ой|ого|ому|ую|им|ом)$")
_ADDRESS = re.compile(
    r"(?<!\w)(?:г|гор|ул|пр-т|просп|пер|пл|пос|дер|обл|респ|мкр|наб|б-р)\.\s?"
    r"(?:[А-ЯЁ][\w-]*(?:\s[А-ЯЁ][\w-]*)*|\d+-?\w*\s[А-ЯЁ][\w-]*)"
)
_BY_A_RIVER = re.compile(r"\b[А-ЯЁ][а-яё]+-(?:на|над|под)-[А-ЯЁ][а-яё]+")
_HOUSE = re.compile(r"\b(?:д(?:ом|\.)|кв(?:артира|\.)|корп(?:ус|\.)|стр\.)\s?\d+\w?(?:/\d+)?(?!\w)", re.IGNORECASE)
_QUOTED = re.compile(r"\s*(?:им(?:\.|ени)\s[^,.;\n]{2,30}?)?\s*[«\"“„][^«»\"“”\n]{2,60}[»\"”]")
_NUMBER = re.compile(r"\s*(?:№|номер)?\s*\d+")
_SPACE = re.compile(r"[ \u00a0]|-")
_SHORT_LEGAL, _LONGEST_CHAIN, _LONGEST_NAME, _LIKELY = 3, 4, 8, 0.2


def heads(text: str, words: Sequence[Word]) -> Iterator[Found]:
    """Organisations and places with the words that tell which."""
    for pattern in (_ADDRESS, _BY_A_RIVER, _HOUSE):
        for place in pattern.finditer(text):
            yield Found(place.start(), place.end(), Kind.PLACE, How.LISTED, 3, form_of(place[0]))
    for at, word in enumerate(words):
        if word.russian:
            yield from _organisation(text, words, at)
            yield from _place(text, words, at)


def genitive(word: str) -> bool:
    """Whether the plain word is likely an adjective or a noun in the genitive."""
    found = [
        each.score for each in readings(word)
        if "gent" in each.tag and each.tag.POS in {"NOUN", "ADJF"} and "Apro" not in each.tag
    ]  # fmt: skip
    return (
        len(word) > 2 and sum(found) >= _LIKELY and readings(word)[0].tag.POS not in {"PREP", "ADVB"} and word != "раз"
    )


def is_noun(word: str) -> bool:
    """Whether the plain word is likely a noun."""
    return any(each.tag.POS == "NOUN" for each in readings(word)[:2])


def form_of(written: str) -> str:
    """Small letters, one space, no quotation marks."""
    return re.sub(r"\s+", " ", re.sub(r"[«»„“”\"]", "", written)).lower().replace("ё", "е").strip()


def _organisation(text: str, words: Sequence[Word], at: int) -> Iterator[Found]:
    word = words[at]
    legal = word.plain in _LEGAL and (word.text.isupper() or len(word.plain) >= _SHORT_LEGAL)
    forms = noun_lemmas(word.plain)
    if not legal and not forms & _BODIES:
        return
    end = _named(text, words, at)
    if end == word.end and forms & _OFFICIAL:
        end = _genitives(text, words, at)
    first = at if legal else _before(text, words, at)
    if end > word.end or first < at:
        yield _found(text, words, first, at, end, Kind.ORGANISATION)


def _place(text: str, words: Sequence[Word], at: int) -> Iterator[Found]:
    word = words[at]
    forms = noun_lemmas(word.plain)
    if forms & _SETTLEMENTS and at + 1 < len(words) and _beside(text, word, words[at + 1]) and _proper(words[at + 1]):
        yield _found(text, words, at, at, words[_capitals(text, words, at + 1)].end, Kind.PLACE)
    if forms & _REGIONS and at and _beside(text, words[at - 1], word):
        before = words[at - 1]
        if _regional(before) or (before.capital and before.russian and not begins_sentence(text, before)):
            first = at - 1
            while first and text[words[first - 1].end : words[first].start] == "-":
                first -= 1
            yield _found(text, words, first, at, word.end, Kind.PLACE)


def _named(text: str, words: Sequence[Word], at: int) -> int:
    """The end of a name in quotes, of a number, or of words with capitals behind the head."""
    for pattern in (_QUOTED, _NUMBER):
        if place := pattern.match(text, words[at].end):
            return place.end()
    at = _capitals(text, words, at)
    quoted = _QUOTED.match(text, words[at].end)
    return quoted.end() if quoted else words[at].end


def _capitals(text: str, words: Sequence[Word], at: int) -> int:
    """The last of the words with capitals that follow."""
    last = min(len(words) - 1, at + _LONGEST_NAME)
    while at < last and _beside(text, words[at], words[at + 1]) and words[at + 1].capital:
        at += 1
    return at


def _genitives(text: str, words: Sequence[Word], at: int) -> int:
    """The end of the adjectives and nouns in the genitive behind the head (министерство цифрового развития)."""
    end = words[at].end
    for index in range(at + 1, min(len(words), at + 1 + _LONGEST_CHAIN)):
        word, before = words[index], words[index - 1]
        if word.plain == "и" and end == before.end > words[at].end:
            continue
        apart = text[before.end : word.start]
        if not (_SPACE.fullmatch(apart) or apart == ", ") or not genitive(word.plain):
            break
        if is_noun(word.plain):
            end = word.end
    return end


def _before(text: str, words: Sequence[Word], at: int) -> int:
    """The first of the adjectives with a capital before the head (Казанский федеральный университет)."""
    first = index = at
    while index and _beside(text, words[index - 1], words[index]):
        index -= 1
        word = words[index]
        if not any(each.tag.POS == "ADJF" and "Apro" not in each.tag for each in readings(word.plain)[:2]):
            break
        if word.capital and (_regional(word) or not begins_sentence(text, word)):
            first = index
    return first


def _proper(word: Word) -> bool:
    """Whether the word beside the head is its name: a capital, or what the dictionary knows as a place."""
    return word.capital or any("Geox" in each.tag and each.score > _LIKELY for each in readings(word.plain))


def _regional(word: Word) -> bool:
    """Whether it is an adjective of a place, also in small letters («ленинградская»)."""
    first = readings(word.plain)[:1]
    adjective = bool(first) and first[0].tag.POS == "ADJF" and _REGIONAL.search(word.plain) is not None
    return adjective and not lemmas(word.plain) & _NOT_REGIONAL


def _beside(text: str, word: Word, other: Word) -> bool:
    return _SPACE.fullmatch(text, word.end, other.start) is not None


def _found(text: str, words: Sequence[Word], first: int, head: int, end: int, kind: Kind) -> Found:
    """The form has the head, and what stands before it, in the nominative."""
    form = " ".join([*(base(word.plain) for word in words[first : head + 1]), form_of(text[words[head].end : end])])
    return Found(words[first].start, end, kind, How.LISTED, 2 if kind == Kind.ORGANISATION else 3, form.strip())
