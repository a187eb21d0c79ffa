"""Telephones, numbers of documents and other long numbers, in digits and in words. Numbers of laws are nobody's."""

import re
from collections.abc import Iterator

from transcripts.identifying import Found, How, Kind
from transcripts.spelled_numbers import spelled_numbers

_FREE = r"(?<![\w.,+-])"
_PHONE = re.compile(
    r"(?<![\w+])(?:\+\s?\d{1,3}|8)[\s-]{0,2}\(?\d{2,5}\)?(?:[\s-]{0,2}\d){5,8}(?![\w-])"
    r"|(?<![\w+])\(\d{3,5}\)\s?\d(?:[\s-]?\d){4,6}(?![\w-])"
    rf"|{_FREE}(?:[78]\d{{10}}|9\d{{9}})(?![\w-])"
    rf"|{_FREE}\d{{3}}[-\s]\d{{3}}[-\s]\d{{2}}[-\s]\d{{2}}(?![\w-])"
    rf"|{_FREE}\d{{2,3}}-\d{{2}}-\d{{2}}(?![\w-])"
    rf"|{_FREE}[2-9]\d{{2}}[-.\s]\d{{3}}[-.]\d{{4}}(?![\w-])"
)
_SNILS = re.compile(rf"{_FREE}\d{{3}}-\d{{3}}-\d{{3}}[\s-]\d{{2}}(?![\w-])")
_PASSPORT = re.compile(rf"{_FREE}\d{{2}}\s?\d{{2}}\s(?:№\s?)?\d{{6}}(?![\w-])")
_CODE = r"(?:[^\W\d_]{1,5}[-–/ ]?)?\d[\w/–-]*(?:[ .]\d[\w/–-]*){0,4}"
_NAMED = (
    r"(?<!\w)(?:паспорт|снилс|инн|кпп|огрн|полис|договор|контракт|заказ|карт[аеоыу]|сч[её]т|заявлени|заявк|обращени|"
    r"дел[оау]\b|удостоверени|лицензи|свидетельств|накладн|квитанци|диплом|табельн|passport|policy|contract|order|"
    r"invoice|account|card\b|case\b|certificate|licen[cs]e|ticket|ssn\b|insurance|diploma)\w*"
)
_BETWEEN = r"(?:[\s:,—–-]{1,4}(?:сери[ияей]+|номер\w*|за|number|no\.?|is|was|мой|мо[яё]|у меня)){0,4}[\s:,—–-]{0,4}"
_DOCUMENT = re.compile(rf"{_NAMED}{_BETWEEN}(?:№|N\b|#)?\s?(?P<place>{_CODE})", re.IGNORECASE)
_NUMBERED = re.compile(rf"(?:№|\bNo\.|#)\s*(?P<place>{_CODE})")
_LETTERED = re.compile(r"(?<![\w-])[A-ZА-ЯЁ]{1,4}[-–]?\d{3,}(?:[-/]\d+)*(?![\w-])")
_LONG = re.compile(rf"{_FREE}\d(?:[ -]?\d){{5,}}(?![\w-]|[.,]\d)")
_LAW = re.compile(
    r"\b(?:(?:под)?закон|фз\b|постановлени|распоряжени|приказ|указ[аоуе]?\b|кодекс|стать|пункт|част|гост|регламент|"
    r"директив|снип|санпин|act\b|law|regulation|directive|resolution|decree|article|section|standard|iso\b|"
    r"школ|лице[йяюе]|гимнази|сад[аоуе]?\b|больниц|поликлиник|слайд|вопрос|school|slide|question)\w*[^.!?\n]{0,30}$",
    re.IGNORECASE,
)
_LAW_NUMBER = re.compile(r"\d\s?[-–]\s?(?:фз|фкз|рп?|п|пп|iso)\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+")
_WORTH = re.compile(
    r"[ \u00a0]*(?:руб|₽|\$|€|долл|евро|млн|млрд|тыс|процент|%|человек|жител|штук|раз\b|user|people|rouble|dollar|euro|"
    r"percent|год|лет\b|year)",
    re.IGNORECASE,
)
_ASKS_PHONE = re.compile(r"\b(?:телефон|звон|мобильн|phone|mobile|call|cell)\w*[^.!?\n]{0,60}$", re.IGNORECASE)
_ASKS_DOCUMENT = re.compile(rf"{_NAMED}[^.!?\n]{{0,60}}$", re.IGNORECASE)
_ASKS_NUMBER = re.compile(r"\b(?:номер|код|пин|пароль|number|code|pin|password)\w*[^.!?\n]{0,40}$", re.IGNORECASE)
_BEFORE = 100


def numbers(text: str) -> Iterator[Found]:
    """Numbers in the text that may be somebody's, the same place perhaps under two kinds; the surest kind first."""
    for place in _SNILS.finditer(text):
        yield _found(place.start(), place.end(), Kind.DOCUMENT, 1, text)
    for place in _PHONE.finditer(text):
        if not _is_worth(text, place.start(), place.end()):
            kind = Kind.DOCUMENT if _asked(_ASKS_DOCUMENT, text, place.start()) else Kind.PHONE
            yield _found(place.start(), place.end(), kind, 1, text)
    for place in _PASSPORT.finditer(text):
        yield _found(place.start(), place.end(), Kind.DOCUMENT, 1, text)
    for pattern in (_DOCUMENT, _NUMBERED):
        for place in pattern.finditer(text):
            start, end = place.span("place")
            if not _of_law(text, place.start(), end) and not _is_worth(text, start, end):
                enough = sum(letter.isdigit() for letter in text[start:end]) >= (3 if pattern is _DOCUMENT else 2)
                if enough:
                    yield _found(start, end, Kind.DOCUMENT, 1 if pattern is _DOCUMENT else 2, text)
    for place in _LETTERED.finditer(text):
        if not _of_law(text, place.start(), place.end()):
            yield _found(place.start(), place.end(), Kind.DOCUMENT, 3, text)
    for place in _LONG.finditer(text):
        if not _is_worth(text, place.start(), place.end()) and not _of_law(text, place.start(), place.end()):
            kind = Kind.DOCUMENT if _asked(_ASKS_DOCUMENT, text, place.start()) else Kind.NUMBER
            yield _found(place.start(), place.end(), kind, 1 if kind == Kind.DOCUMENT else 2, text)
    yield from _spelled(text)


def _spelled(text: str) -> Iterator[Found]:
    for said in spelled_numbers(text, least_groups=2, least_digits=4):
        asked = _asked(_ASKS_PHONE, text, said.start)
        document = _asked(_ASKS_DOCUMENT, text, said.start)
        if said.plus or (asked and not document and len(said.digits) >= 5):
            yield Found(said.start, said.end, Kind.PHONE, How.PATTERN, 1, said.digits)
        elif document:
            yield Found(said.start, said.end, Kind.DOCUMENT, How.PATTERN, 1, said.digits)
        elif len(said.digits) >= 10:
            yield Found(said.start, said.end, Kind.NUMBER, How.PATTERN, 1, said.digits)
        elif (said.groups >= 3 and len(said.digits) >= 5) or _asked(_ASKS_NUMBER, text, said.start):
            yield Found(said.start, said.end, Kind.NUMBER, How.PATTERN, 2, said.digits)


def _asked(pattern: re.Pattern[str], text: str, start: int) -> bool:
    return pattern.search(text, max(0, start - _BEFORE), start) is not None


def _of_law(text: str, start: int, end: int) -> bool:
    """Whether the number is a law's, a standard's, a school's, a slide's."""
    return _LAW_NUMBER.search(text, start, end + 5) is not None or _asked(_LAW, text, start)


def _is_worth(text: str, start: int, end: int) -> bool:
    """Whether the number counts something: thousands parted by spaces, or a unit behind it."""
    return bool(_THOUSANDS.fullmatch(text, start, end)) or _WORTH.match(text, end) is not None


def _found(start: int, end: int, kind: Kind, risk: int, text: str) -> Found:
    end = start + len(text[start:end].rstrip(" .-–/"))
    written = text[start:end]
    digits = "".join(letter for letter in written if letter.isdigit())
    letters = any(letter.isalpha() for letter in written)
    return Found(start, end, kind, How.PATTERN, risk, written.lower() if letters else digits)
