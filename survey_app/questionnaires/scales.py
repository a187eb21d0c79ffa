"""Scales of closed questions: what an answer's words or number stand for, and which scale a column probably has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from survey_app.questionnaires.likert_words import FAMILIES, Level
from survey_app.questionnaires.wording import forms, pair, plain_key

Point = dict[str, Any]
"""{"value": float, "en": str, "ru": str}, as in the contract of items; "key" and "also" (a list) are other wordings."""
Scale = tuple[Point, ...]

CANNOT_SAY_NUMBERS = (98.0, 99.0, -1.0)
"""Numbers that stand for it by custom, where the scale itself does not reach them."""
LARGEST_POINT = 10
MOST_WORDINGS = 20
"""Most different answers, "cannot say" among them, that may still be one scale."""
_LONGEST_CANNOT_SAY = 120

_LEADING = re.compile(r"^\s*([-−]?\d{1,3})\s*(?:[-–—.:)=]+\s*(?!\d)|$)(.*)$", re.DOTALL)
_TRAILING = re.compile(r"^(.*\S)\s*\(\s*(\d{1,2})\s*\)\s*$", re.DOTALL)
_RANGE = re.compile(r"(?<![\d.,])(\d{1,3})\s*(?:[-–—…]|\.\.\.?|\bдо\b|\bto\b)\s*(\d{1,3})(?![\d.,]\d)", re.IGNORECASE)
_CODE_IN_HEADER = re.compile(r"([-−]?\d{1,3})\s*[=–—:]\s*([^;,()/\n]+)")
_NUMBER = re.compile(
    r"(?<![\w.,])(?<!\d[eE][-+])[-−]?(?:\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|"
    r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:\.\d{3})+,\d+|\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?)"
    r"(?:[eE][-+]?\d{1,2})?(?!\w|[.,]\d)"
)
_AMBIGUOUS = re.compile(r"(?<![\w.,])[1-9]\d{0,2},\d{3}(?![\d.,]*\d)")
_THOUSANDS = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:,\d{3})+\.\d+|\d+\.\d+)(?![\d.,]*\d)")
_DECIMALS = re.compile(
    r"(?<![\w.,])(?:\d+(?:,\d{1,2}|,\d{4,})|0,\d{3}|\d{4,},\d{3}|\d{1,3}(?:\.\d{3})+,\d+)(?![\d.,]*\d)"
)
_ERROR = re.compile(
    r"#(?:DIV/0!|N/A|REF!|NAME\?|VALUE!|NUM!|NULL!|SPILL!|CALC!|ERROR!|BLOCKED!|FIELD!|CONNECT!|UNKNOWN!|GETTING_DATA|"
    r"ДЕЛ/0!|Н/Д|ССЫЛКА!|ИМЯ\?|ЗНАЧ!|ЧИСЛО!|ПУСТО!)",
    re.IGNORECASE,
)
DECIMAL, THOUSANDS = "decimal", "thousands"
"""What a comma before exactly three digits is."""
_CANNOT_SAY = re.compile(
    r"(затрудня\w+|трудно сказать|сложно сказать|не знаю|не могу (сказать|ответить|оценить)|нет мнения|нет ответа|"
    r"не применимо|неприменимо|cannot say|can t say|cant say|hard to say|difficult to say|do not know|don t know|"
    r"dont know|no opinion|no answer|n a|not applicable|prefer not to (say|answer))( .{0,40})?"
)


def leading_number(text: str) -> tuple[float | None, str]:
    """Number and words of «4 — скорее согласен», "5) blocks", "Agree (4)" or "3"; None and the text otherwise."""
    found = _LEADING.match(text)
    if found:
        return float(found[1].replace("−", "-")), found[2].strip()
    found = _TRAILING.match(text)
    return (float(found[2]), found[1]) if found else (None, text)


def says_nothing(text: str, numbers: Iterable[float] = ()) -> bool:
    """Whether the answer is "cannot say", in words of either language or as one of `numbers`."""
    return _says_nothing(text, tuple(numbers))


@lru_cache(maxsize=16384)
def _says_nothing(text: str, numbers: tuple[float, ...]) -> bool:
    if len(text) > _LONGEST_CANNOT_SAY:
        return False
    number, words = leading_number(text)
    if number is not None and not words:
        return number in numbers
    return any(_CANNOT_SAY.fullmatch(key) for key in forms(words))


def point_of(scale: Sequence[Point], text: str) -> float | None:
    """The value an answer stands for: by its words, else by its number; None when it is not on the scale."""
    number, words = leading_number(text)
    for candidate in (text, words):
        keys = forms(candidate) if candidate else frozenset()
        for point in scale:
            if keys & _words_of(point):
                return float(point["value"])
    values = {float(point["value"]) for point in scale}
    return number if number in values else None


def propose_scale(
    values: Iterable[str], known: Sequence[Scale] = (), header: str = "", *, alike: bool = False
) -> Scale:  # fmt: skip
    """The scale that all `values` fit (blank and "cannot say" removed), or () when there is none.

    Tried in turn: numbers with words, `known` scales, the families of the lexicon, plain numbers whose range
    the header names. Levels that nobody has chosen are filled in. Two wordings of one language share a level only
    where `alike` allows it.
    """
    distinct = list(dict.fromkeys(values))
    if not distinct or len(distinct) > MOST_WORDINGS:
        return ()
    return _by_known(distinct, known) or _by_numbers(distinct, header) or _by_family(distinct, alike=alike)


def range_in(header: str) -> tuple[float, float] | None:
    """Lowest and highest of a range that a header names («от 1 до 5», "(0–100)"); None without one."""
    for found in _RANGE.finditer(header):
        low, high = float(found[1]), float(found[2])
        if low in {0, 1} and high > low:
            return low, high
    return None


def cannot_say_in(header: str) -> tuple[float, ...]:
    """Numbers that a header declares as "cannot say" («−1 = затрудняюсь ответить»)."""
    return tuple(
        dict.fromkeys(
            float(number.replace("−", "-")) for number, words in _CODE_IN_HEADER.findall(header) if says_nothing(words)
        )
    )


@lru_cache(maxsize=16384)
def number_in(text: str, comma: str = THOUSANDS) -> float | None:
    """The one number of an answer («2 года / 2 years», "75 %", "3,5"); None for none or several different ones.

    `comma` is what one before three digits is; where it is "", such a number is none.
    """
    if is_error(text) or (not comma and is_ambiguous(text)):
        return None
    found = {_value(number, comma) for number in _NUMBER.findall(text) if len(number) < 20}
    return found.pop() if len(found) == 1 else None


def is_error(text: str) -> bool:
    """Whether a cell is what a spreadsheet writes where it cannot count: "#DIV/0!", «#Н/Д»."""
    return _ERROR.fullmatch(text.strip()) is not None


def is_ambiguous(text: str) -> bool:
    """Whether an answer has a number such as "1,200": a thousand and more, or one and a fifth."""
    return _AMBIGUOUS.search(text) is not None


def comma_in(cells: Iterable[str]) -> str:
    """What the other numbers of a column say of its commas: DECIMAL, THOUSANDS, or "" for nothing for sure."""
    written = [cell for cell in cells if len(cell) <= _LONGEST_CANNOT_SAY]
    found = {
        kind for kind, sign in ((DECIMAL, _DECIMALS), (THOUSANDS, _THOUSANDS)) if any(map(sign.search, written))
    }  # fmt: skip
    return found.pop() if len(found) == 1 else ""


def _value(number: str, comma: str) -> float:
    plain = re.sub(r"[ \u00a0\u202f]", "", number).replace("−", "-")
    if plain.count(",") > 1 or 0 <= plain.find(",") < plain.find(".") or (comma == THOUSANDS and is_ambiguous(plain)):
        plain = plain.replace(",", "")
    elif plain.count(".") > 1 or 0 <= plain.find(".") < plain.find(","):
        plain = plain.replace(".", "")
    return float(plain.replace(",", "."))


def _words_of(point: Point) -> frozenset[str]:
    wordings = [str(point.get(name, "")) for name in ("en", "ru", "key")] + list(point.get("also", ()))
    return frozenset(key for wording in wordings if (key := plain_key(wording)))


def _by_known(values: list[str], known: Sequence[Scale]) -> Scale:
    """A scale whose words are those of the values; a number tells only where it stands alone."""
    fitting = [scale for scale in known if all(_fits(scale, value) for value in values)]
    worded = [scale for scale in fitting if any(forms(leading_number(value)[1]) for value in values)]
    return worded[0] if worded else ()


def _fits(scale: Scale, value: str) -> bool:
    words = leading_number(value)[1]
    if not words:
        return point_of(scale, value) is not None
    return any((forms(value) | forms(words)) & _words_of(point) for point in scale)


def _by_numbers(values: list[str], header: str) -> Scale:
    split = [leading_number(value) for value in values]
    words: dict[float, str] = {}
    for number, label in split:
        if number is None or not 0 <= number <= LARGEST_POINT:
            return ()
        before = words.get(number, "")
        if label and before and not forms(label) & forms(before):
            return ()
        words[number] = before or label
    labelled = any(words.values())
    named = range_in(header)
    if named and named[1] > LARGEST_POINT and not labelled:
        return ()
    if named and named[1] <= LARGEST_POINT and named[0] <= min(words) and max(words) <= named[1]:
        low, high = named
    else:
        low = 0.0 if 0 in words else 1.0
        high = max(words) if labelled else next(float(top) for top in (5, 7, LARGEST_POINT) if max(words) <= top)
    levels = [float(level) for level in range(int(low), int(high) + 1)]
    usual = {point["value"]: point for point in _by_family([label for label in words.values() if label])}
    alike = set(usual) == set(levels) and all(
        point_of((usual[number],), label) is not None for number, label in words.items() if label
    )
    return tuple(_point(level, words.get(level, ""), usual.get(level) if alike else None) for level in levels)


def _by_family(values: list[str], *, alike: bool = False) -> Scale:
    for family in FAMILIES:
        if not alike and any(_double(level, values) for level in family):
            continue
        names = [frozenset(plain_key(word) for both in level for word in both.split("|")) for level in family]
        places = [next((n for n, level in enumerate(names) if forms(value) & level), None) for value in values]
        if len(set(places)) > 1 and None not in places:
            return tuple(
                _level(number, level, [value for value, at in zip(values, places, strict=True) if at == number])
                for number, level in enumerate(family)
            )
    return ()


def _double(level: Level, values: list[str]) -> bool:
    """Whether the values have two wordings of one level in one language."""
    written = {key for value in values for key in forms(value)}
    return any(len(written & {plain_key(word) for word in words.split("|")}) > 1 for words in level)


def _level(number: int, usual: Level, written: list[str]) -> Point:
    """A level of a family in the file's own words, or in the usual ones where nobody chose it."""
    en, ru = usual[0].split("|")[0], usual[1].split("|")[0]
    point = _point(number + 1.0, written[0] if written else "", {"en": en, "ru": ru})
    return point | {"also": written[1:]}


def _point(value: float, words: str, usual: Point | None = None) -> Point:
    en, ru = pair(words)
    return {"value": value, "en": en or (usual or {}).get("en", ""), "ru": ru or (usual or {}).get("ru", "")}
