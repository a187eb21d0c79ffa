"""Days and ages, in digits and in words. A year alone is no day, and a span of years is no age unless it is said so."""

import re
from collections.abc import Iterator

from transcripts.identifying import Found, How, Kind
from transcripts.russian_words import lemmas, plain
from transcripts.spelled_numbers import number_value

_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_RU_MONTH = (
    r"(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:[ьяею]|ём|ем)|(?:март|август)(?:а|е|у|ом)?|"
    r"ма(?:й|я|е|ю|ем)"
)
_EN_MONTH = (
    r"jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|"
    r"oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?"
)
_ORDINALS = {
    "первый": 1, "второй": 2, "третий": 3, "четвертый": 4, "пятый": 5, "шестой": 6, "седьмой": 7, "восьмой": 8,
    "девятый": 9, "десятый": 10, "одиннадцатый": 11, "двенадцатый": 12, "тринадцатый": 13, "четырнадцатый": 14,
    "пятнадцатый": 15, "шестнадцатый": 16, "семнадцатый": 17, "восемнадцатый": 18, "девятнадцатый": 19,
    "двадцатый": 20, "тридцатый": 30, "сороковой": 40, "пятидесятый": 50, "шестидесятый": 60, "семидесятый": 70,
    "восьмидесятый": 80, "девяностый": 90, "двухтысячный": 2000,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
_YEAR_SAID = r"(?:\s*(?:год[ау]?(?!\w)|г\.))"
_NUMERIC = re.compile(
    rf"(?<![\w.,-])(?:(?P<day>[0-3]?\d)(?P<mark>[./-])(?P<month>[01]?\d)(?P=mark)(?P<year>{_YEAR}|\d\d)"
    rf"|(?P<iso>{_YEAR})-(?P<m>[01]\d)-(?P<d>[0-3]\d))(?![\w-]|[.,]\d){_YEAR_SAID}?"
)
_WRITTEN = re.compile(
    rf"(?<![\w.,-])(?P<day>[0-3]?\d)(?:-?(?:го|е|ое|st|nd|rd|th))?\s+(?:of\s+)?(?P<month>{_RU_MONTH}|{_EN_MONTH})\b"
    rf"(?:,?\s+(?P<year>{_YEAR}){_YEAR_SAID}?)?"
    rf"|\b(?P<en>{_EN_MONTH})\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\s*[%:]|\d)(?:,?\s+(?P<y>{_YEAR}))?",
    re.IGNORECASE,
)
_MONTH_OF_YEAR = re.compile(
    rf"\b(?P<month>{_RU_MONTH}|{_EN_MONTH}),?\s+(?P<year>{_YEAR})\b{_YEAR_SAID}?", re.IGNORECASE
)
_BIRTH = re.compile(
    rf"\b(?P<place>{_YEAR}){_YEAR_SAID}?\s*(?:рождения|р\.)"
    rf"|\b(?:родил\w+|born)\s+(?:в|in)\s+(?P<other>{_YEAR}){_YEAR_SAID}?",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?<![\w.,-])(?P<age>\d{1,2})\s*-?\s*(?:лет(?:н\w+)?|год(?:а|ика)?|years?[\s-]olds?|y\.?o\.?)(?!\w)", re.IGNORECASE
)
_AGED = re.compile(
    r"\b(?:aged|(?:i['’]?m|i am|he is|she is|he['’]s|she['’]s)(?=\s+\d\d\s*(?:[.,!?;]|and\b|$))|turned|"
    r"возраст\w*|исполнил\w+|исполнит\w+)[\s—–:,-]+(?P<age>\d{1,2})\b",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"\b(?:мне|ему|ей|тебе|вам|нам|им|возраст\w*|исполн\w+|сыну|дочери|дочке|мужу|жене|матери|маме|отцу|папе|am|"
    r"i['’]?m|is|['’]s|was|turn\w*)\s+(?:(?:уже|сейчас|было|только|всего|скоро|будет|now|already|only)\s+){0,2}$",
    re.IGNORECASE,
)
_TWO_DIGITS = re.compile(r"\d\d(?![\d-])")
_AGE_ASKED = re.compile(
    r"\b(?:возраст\w*|исполнил\w+|исполнит\w+|aged|turned)[\s—–:,-]+(?:уже\s|скоро\s|just\s)?", re.IGNORECASE
)
_BIRTH_SAID = re.compile(r"\s{1,3}года?\s{1,3}рождения|(?P<born>\b(?:родил\w+\s+в|born\s+in)\s+)", re.IGNORECASE)
_AGE_BARE = re.compile(
    r"\b(?:мне|ему|ей|тебе|вам)\s(?:(?:уже|почти|под|за|всего|около|только|сейчас|было|будет|скоро)\s){0,2}",
    re.IGNORECASE,
)
_AGE_ENDS = re.compile(r"\s?(?:[.,!?;:…)—–]|$|и\b|а\b|но\b)")
_YEARS_WORD = re.compile(r"\s{0,3}(?:лет|год|года|years?[\s-]olds?)(?!\w)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_MONTH_WORD = re.compile(rf"\b(?:{_RU_MONTH}|{_EN_MONTH})(?!\w)", re.IGNORECASE)
_APART = re.compile(r"[\s-]{1,2}(?:of\s|the\s)?")


def dates(text: str) -> Iterator[Found]:
    """Days, months of a year, years of birth, and ages."""
    yield from _digits(text)
    yield from _words(text)
    for place in _MONTH_OF_YEAR.finditer(text):
        yield _found(place.start(), place.end(), 4, f"{place['year']}-{_month(place['month']):02}")
    for place in _BIRTH.finditer(text):
        start, end = (place.start("place"), place.end()) if place["place"] else (place.start("other"), place.end())
        yield _found(start, end, 2, place["place"] or place["other"])
    yield from _births_said(text)
    yield from _ages(text)


def _births_said(text: str) -> Iterator[Found]:
    """«тысяча девятьсот восемьдесят восьмого года рождения», "born in nineteen eighty-eight"."""
    for place in _BIRTH_SAID.finditer(text):
        start, end = place.start(), place.end()
        if place["born"]:
            start, (end, total) = place.end(), _numbers_after(text, place.end())
        else:
            start, total = _numbers_before(text, start, words=4, most=2030)
        if start < end and total > 31:
            yield _found(start, end, 2, _whole(str(total)) if total < 100 else str(total))


def _digits(text: str) -> Iterator[Found]:
    for place in _NUMERIC.finditer(text):
        year, month, day = place["iso"] or place["year"], place["m"] or place["month"], place["d"] or place["day"]
        swapped = int(month) > 12 >= int(day)  # the American order
        month, day = (day, month) if swapped else (month, day)
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            yield _found(place.start(), place.end(), 3, f"{_whole(year)}-{int(month):02}-{int(day):02}")
    for place in _WRITTEN.finditer(text):
        day, year = int(place["day"] or place["d"]), place["year"] or place["y"]
        if 1 <= day <= 31:
            month = _month(place["month"] or place["en"])
            yield _found(place.start(), place.end(), 3, f"{year or ''}-{month:02}-{day:02}".lstrip("-"))


def _words(text: str) -> Iterator[Found]:
    """«третье марта двадцать шестого года», «March the third»: numbers around a month, at least a day."""
    for month in _MONTH_WORD.finditer(text):
        start, day = _numbers_before(text, month.start())
        end, year = _numbers_after(text, month.end())
        if start < month.start() and 1 <= day <= 31:
            form = f"{_month(month[0]):02}-{day:02}"
            yield _found(start, end, 3, f"{_whole(str(year))}-{form}" if year else form)


def _numbers_before(text: str, end: int, words: int = 2, most: int = 31) -> tuple[int, int]:
    """Where the number in words begins that ends here, and what it counts."""
    start, values = end, list[int]()
    for word in reversed(list(_LETTERS.finditer(text, max(0, end - 60), end))[-words:]):
        value = _counted(word[0])
        if value is None or value > most or not _joined(text, word.end(), start) or (values and value < 20):
            break
        start, values = word.start(), [value, *values]
    return start, _total(values)


def _numbers_after(text: str, end: int, words: int = 5) -> tuple[int, int]:
    """Where the number in words ends that begins here, a word for "year" with it, and what it counts."""
    last, values = end, list[int]()
    for word in list(_LETTERS.finditer(text, end, end + 60))[:words]:
        value = _counted(word[0])
        if value is None or not _joined(text, last, word.start()):
            break
        last, values = word.end(), [*values, value]
    year = _YEARS_SAID.match(text, last) if values else None
    return (year.end() if year else last), _total(values)


def _total(values: list[int]) -> int:
    """Two thousand and three; nineteen eighty-eight."""
    total = 0
    for value in values:
        if value == 1000:
            total = max(total, 1) * 1000
        elif value >= 20 and 10 <= total < 100 and total % 10 + value < 100 and (total < 20 or value > 9):
            total = total * 100 + value
        else:
            total += value
    return total


def _joined(text: str, end: int, start: int) -> bool:
    return end == start or _APART.fullmatch(text, end, start) is not None


_YEARS_SAID = re.compile(r"\s+года?(?!\w)|\s+г\.", re.IGNORECASE)


def _ages(text: str) -> Iterator[Found]:
    for pattern in (_AGE, _AGED):
        for place in pattern.finditer(text):
            sure = pattern is _AGED or "old" in place[0].lower() or "летн" in place[0].lower()
            yield _age(text, place.start("age"), place.end(), int(place["age"]), sure)
    for asked in _AGE_ASKED.finditer(text):
        end, total = _numbers_after(text, asked.end(), words=2)
        if total and 10 <= total < 100:
            yield _age(text, asked.end(), end, total, True)
    for asked in _AGE_BARE.finditer(text):
        digits = _TWO_DIGITS.match(text, asked.end())
        end, total = (digits.end(), int(digits[0])) if digits else _numbers_after(text, asked.end(), words=2)
        if 10 <= total < 100 and _AGE_ENDS.match(text, end):
            yield _age(text, asked.end(), end, total, True)
    for years in _YEARS_WORD.finditer(text):
        start, total = years.start(), 0
        for word in reversed(list(_LETTERS.finditer(text, max(0, years.start() - 30), years.start()))[-2:]):
            value = number_value(plain(word[0]))
            if value is None or value >= 100 or not _APART.fullmatch(text, word.end(), max(start, word.end() + 1)):
                break
            start, total = word.start(), total + value
        if 10 <= total < 100:
            yield _age(text, start, years.end(), total, False)


def _age(text: str, start: int, end: int, years: int, sure: bool) -> Found:
    sure = sure or _OF_SOMEBODY.search(text, max(0, start - 40), start) is not None
    return Found(start, end, Kind.OTHER, How.PATTERN, 2 if sure else 4, f"age {years}")


def _counted(word: str) -> int | None:
    word = plain(word)
    value = number_value(word)
    if value is not None:
        return value
    return next((_ORDINALS[form] for form in lemmas(word) if form in _ORDINALS), None)


def _month(written: str) -> int:
    word = plain(written).rstrip(".")
    for number, (russian, english) in enumerate(zip(_MONTHS, _ENGLISH_MONTHS, strict=True), start=1):
        if (
            word[:3] == english[:3]
            or word[:3] == russian[:3]
            or (number == 5 and word.startswith("ма") and word[2:3] != "р")
        ):
            return number
    return 0


def _whole(year: str) -> str:
    return year if len(year) == 4 else f"{20 if int(year) < 50 else 19}{int(year):02}"


def _found(start: int, end: int, risk: int, form: str) -> Found:
    return Found(start, end, Kind.DATE, How.PATTERN, risk, form)
