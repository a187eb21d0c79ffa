"""Headings of LimeSurvey's exports: codes, codes with texts, texts alone, and what the survey does not ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

SYSTEM = {
    "id": "system", "submitdate": "time", "lastpage": "system", "startlanguage": "system", "seed": "system",
    "startdate": "time", "datestamp": "time", "token": "respondent", "ipaddr": "personal", "refurl": "personal",
    "firstname": "personal", "lastname": "personal", "email": "personal",
}  # fmt: skip
"""Columns that LimeSurvey adds, and why they are left out."""
_TITLES = {
    "id": r"response id|id ответа|номер ответа",
    "submitdate": r"date submitted|(дата|время) (отправки|отправления|завершения)( ответа)?",
    "lastpage": r"last page|последняя страница",
    "startlanguage": r"start language|(начальный|исходный|стартовый) язык|язык (начала|заполнения)",
    "seed": r"seed|начальное значение|зерно",
    "startdate": r"date started|дата начала",
    "datestamp": r"date last action|дата последнего действия",
    "token": r"token|access code|код доступа|ключ( доступа)?|токен",
    "ipaddr": r"ip address|ip[ -]адрес",
    "refurl": r"referrer url|referring url|ссылающийся url|реферер",
    "firstname": r"first name|имя", "lastname": r"last name|фамилия",
    "email": r"e-?mail( address)?|(адрес )?электронной почты",
}  # fmt: skip
_TIMES = re.compile(
    r"interviewtime|grouptime\d+|\d+x\d+(x\d+)?time|[qg]\d+time|(total|group|question) time\b.*|"
    r"(общее время|время группы|время вопроса)\b.*", re.IGNORECASE
)  # fmt: skip
_CODED = re.compile(
    r"(?P<code>[A-Za-z][A-Za-z0-9_]*|\d+X\d+X\w+)(?:\[(?P<line>[^\[\]]*)\])?(?:\[(?P<scale>[^\[\]]*)\])?"
    r"(?:\.(?: (?P<text>.*))?)?"
)
_BRACKETS = re.compile(r"\s*\[([^\[\]]*)\]\s*$")
_RANK = re.compile(r"(?:rank|ранг|место)\s*(\d{1,3})", re.IGNORECASE)
_OTHER = {"other": "other", "другое": "other", "comment": "comment", "комментарий": "comment"}


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: keys and words of the question and the line, or which system column it is (`system`)."""

    question: str = ""
    line: str = ""
    asked: str = ""
    line_asked: str = ""
    system: str = ""


def headings_of(columns: Sequence[str], *, underscored: bool = False) -> list[Heading]:
    """What every heading says. `underscored` codes (VV) have a line after the first underscore."""
    coded = [_CODED.fullmatch(name) for name in columns]
    if sum(found is not None for found in coded) < 0.8 * len(columns):
        return _by_words(columns)
    codes = {match["code"] for match in coded if match}
    found = [
        Heading(system="times") if match and _times_a_question(match["code"], codes)
        else _of_code(match, name, underscored=underscored)
        for match, name in zip(coded, columns, strict=True)
    ]  # fmt: skip
    return [_second_scale(heading, found) if underscored else heading for heading in found]


def system_name(name: str) -> str:
    """Which of LimeSurvey's own columns it is; "" for a question."""
    code, _dot, _text = name.partition(". ")
    low = name.lower()
    if code in SYSTEM or re.fullmatch(r"attribute_\d+", code):
        return code
    if _TIMES.fullmatch(code):
        return "times"
    return next((key for key, title in _TITLES.items() if re.fullmatch(title, low)), "")


def _times_a_question(code: str, codes: set[str]) -> bool:
    return code.endswith("Time") and code.removesuffix("Time") in codes


def _of_code(found: re.Match[str] | None, name: str, *, underscored: bool) -> Heading:
    system = system_name(name)
    if system or found is None:
        return Heading(system=system) if system else Heading(name, asked=name)
    question, line, text = found["code"], found["line"] or "", found["text"] or ""
    if underscored and not line:
        question, _sign, line = question.partition("_")
    scale = int(found["scale"]) if (found["scale"] or "").isdecimal() else 0
    line, sharp, zero_based = line.partition("#")
    if sharp and zero_based.isdecimal():
        scale = int(zero_based) + 1
    asked, words = _split(text, 0 if not line else 2 if scale or "_" in line else 1)
    if scale:
        question, asked, words = f"{question}_{scale}", " — ".join([asked, *words[1:]]), words[:1]
    return Heading(question, line, asked or found["code"], ": ".join(words) or line)


def _second_scale(heading: Heading, others: Sequence[Heading]) -> Heading:
    """`Q_SQ001_0` beside `Q_SQ001_1` are the scales of one line."""
    line, _sign, scale = heading.line.rpartition("_")
    lines = {other.line for other in others if other.question == heading.question}
    if not line or scale not in {"0", "1"} or not {f"{line}_0", f"{line}_1"} <= lines:
        return heading
    return Heading(f"{heading.question}_{int(scale) + 1}", line, heading.asked, line)


def _by_words(columns: Sequence[str]) -> list[Heading]:
    """Headings without codes: questions are numbered by where they begin, and what stands in brackets is a line."""
    split = [_split(name, 1) for name in columns]
    first: dict[str, int] = {}
    for number, (asked, _words) in enumerate(split, 1):
        first.setdefault(asked, number)
    found, counts = [], dict.fromkeys(first, 0)
    for name, (asked, words) in zip(columns, split, strict=True):
        if system := system_name(name):
            found.append(Heading(system=system))
            continue
        counts[asked] += bool(words)
        line = words[0] if words else ""
        rank = _RANK.fullmatch(line)
        key = _OTHER.get(line.lower()) or (rank[1] if rank else str(counts[asked]))
        found.append(Heading(f"q{first[asked]:02d}", key if words else "", asked, line))
    return found


def _split(text: str, most: int) -> tuple[str, list[str]]:
    """A text without the brackets at its end, and what stands in them."""
    words: list[str] = []
    while len(words) < most and (found := _BRACKETS.search(text)):
        text = text[: found.start()]
        words.insert(0, found[1].strip())
    return text.strip(), [word for word in words if word]
