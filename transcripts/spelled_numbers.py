"""Numbers that are spelled out in words, in Russian and English: telephones, policies and codes as people say them.

A quantity ("двадцать пять тысяч", "one hundred and five") is no such number: what is dictated falls into several.
"""

import itertools
import re
from dataclasses import dataclass

from transcripts.russian_words import lemmas, plain

_RUSSIAN = {
    "ноль": 0, "нуль": 0, "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8,
    "девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14,
    "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20,
    "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80,
    "девяносто": 90, "сто": 100, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600,
    "семьсот": 700, "восемьсот": 800, "девятьсот": 900, "тысяча": 1000, "миллион": 1_000_000,
}  # fmt: skip
_ENGLISH = {
    "zero": 0, "oh": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
    "million": 1_000_000,
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3}
_SAME_FORMS = {"семье", "семьи", "семья", "семей", "пятью"}
"""Forms that may be of a number and of another word; "семью" stays a number where numbers stand around it."""
_TOKEN = re.compile(r"[^\W_]+")
_APART = re.compile(r"\s*[,;–—-]?\s*")
_PLUS = re.compile(r"(?:\bплюс|\bplus|\+)\s*,?\s*$", re.IGNORECASE)
_LEAST_GROUPS, _LEAST_DIGITS = 3, 5


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number said digit by digit or in groups, at [start, end); `plus`: it begins as a telephone abroad does."""

    start: int
    end: int
    digits: str
    groups: int
    plus: bool


def number_value(word: str) -> int | None:
    """What a plain word counts, in any case of Russian grammar; None if it is no number."""
    if word in _ENGLISH:
        return _ENGLISH[word]
    if word in _SAME_FORMS:
        return None
    found = [_RUSSIAN[form] for form in lemmas(word) if form in _RUSSIAN]
    return found[0] if found else None


def spelled_numbers(text: str, least_groups: int = _LEAST_GROUPS, least_digits: int = _LEAST_DIGITS) -> list[Spelled]:
    """Numbers in several groups with enough digits; counting up ("раз, два, три") and quantities are none."""
    found = []
    for run in _runs(text):
        groups = _groups([value for _start, _end, value, _written in run])
        digits = "".join(groups)
        start, end = run[0][0], run[-1][1]
        said = _PLUS.search(text, max(0, start - 12), start)
        enough = len(groups) >= least_groups and len(digits) >= least_digits
        if groups and enough and not _counted_up(groups):
            found.append(Spelled(said.start() if said else start, end, digits, len(groups), said is not None))
    return found


_Said = tuple[int, int, int | tuple[int, int], bool]


def _runs(text: str) -> list[list[_Said]]:
    """Neighbouring numbers (start, end, value, in words), at least two of them in words."""
    runs: list[list[_Said]] = [[]]
    times, last = 1, 0
    for token in _TOKEN.finditer(text):
        word = plain(token[0])
        if not _APART.fullmatch(text, last, token.start()) and runs[-1]:
            runs.append([])
        last = token.end()
        if word in _TIMES:
            times = _TIMES[word]
            continue
        value = int(word) if word.isdecimal() and len(word) < 5 else number_value(word)
        if value is None:
            if runs[-1]:
                runs.append([])
        else:
            repeated = value if times == 1 else (value, times)
            runs[-1].append((token.start(), token.end(), repeated, not word.isdecimal()))
        times = 1
    return [run for run in runs if sum(in_words for *_place, in_words in run) >= 2]


def _groups(values: list[int | tuple[int, int]]) -> list[str]:
    """The numbers that are said one after another, as digits; [] for a quantity of thousands."""
    groups: list[list[int]] = []
    for value in values:
        if isinstance(value, tuple):
            groups += [[value[0]]] * value[1]
        elif value >= 1000:
            return []
        elif groups and _joins(groups[-1], value):
            groups[-1].append(value)
        else:
            groups.append([value])
    return [_digits(group) for group in groups]


def _joins(group: list[int], value: int) -> bool:
    last = group[-1]
    if value == 100 and len(group) == 1 and 1 <= last <= 9:
        return True  # "five hundred"; «пять сто» is not said
    if last >= 100:
        return 1 <= value < 100
    return 20 <= last <= 90 and last % 10 == 0 and 1 <= value <= 9


def _digits(group: list[int]) -> str:
    if len(group) > 1 and group[1] == 100:
        return str(group[0] * 100 + sum(group[2:]))
    return str(sum(group))


def _counted_up(groups: list[str]) -> bool:
    """One, two, three; ten, twenty, thirty."""
    steps = {int(b) - int(a) for a, b in itertools.pairwise(groups)}
    return len(steps) == 1 and steps <= {1, 10, 100, -1}
