"""What the first page of a regulation or a strategy says of it: title, number, date, issuer, level. Proposals only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transcripts.dates import date_in

_FIRST_PAGE = 40
_LONGEST = 1000
"""Paragraphs of the first page, and how much of each is looked at."""
_MONTH = r"[^\W\d_]{3,9}"
_DAY = (
    rf"(?:\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|«?\d{{1,2}}»?\s{_MONTH}\s\d{{4}}|{_MONTH}\s\d{{1,2}},\s\d{{4}}"
    r"|\d{4}-\d{2}-\d{2})"
)
_SIGN = r"(?:№|N|No\.?|Nr\.?)"
_DATED = re.compile(
    rf"(?:\bот\s)?(?P<day1>{_DAY})\s?(?:г\.|года)?,?\s{_SIGN}\s?(?P<number1>[\w/.-]*\d[\w/.-]*)"
    rf"|{_SIGN}\s?(?P<number2>[\w/.-]*\d[\w/.-]*),?\s(?:от|of|dated)?\s?(?P<day2>{_DAY})",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:Regulation|Directive|Decision)\s\((?:EU|EC)\)\s(?:No\s)?(?P<eu>\d+/\d+)"
    r"|\bExecutive Order\s(?P<order>\d{4,5})|\bPublic Law\s(?P<law>\d+[–-]\d+)"
    r"|\bAct\s(?P<act>\d{4}\s\(c\.\s?\d+\))",
    re.IGNORECASE,
)
_TYPES = (
    "указ", "постановление", "распоряжение", "приказ", "закон", "федеральный закон", "решение", "концепция",
    "стратегия", "программа", "региональная программа", "государственная программа", "национальная программа",
    "муниципальная программа", "положение", "регламент", "доктрина", "план", "паспорт", "методические рекомендации",
    "concept", "strategy", "programme", "program", "regional programme", "regional program", "resolution", "decree",
    "order", "act", "law", "regulation", "directive", "decision", "executive order", "policy", "plan", "guidelines",
    "white paper", "federal law", "charter", "action plan",
)  # fmt: skip
_TYPE = re.compile(rf"(?:{'|'.join(sorted(_TYPES, key=len, reverse=True))})\b", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:президент|правительств|министерств|комисси|дум[аы]|совет|администраци|собрани|департамент|комитет|"
    r"агентств|служб|управлени[ея] |government|ministry|commission|council|parliament|president|department|agency|"
    r"administration|assembly|congress|senate|authority|office)",
    re.IGNORECASE,
)
_NOMINATIVE = {
    "президента": "президент", "правительства": "правительство", "министерства": "министерство",
    "администрации": "администрация", "думы": "дума", "совета": "совет", "комиссии": "комиссия",
    "собрания": "собрание", "департамента": "департамент", "комитета": "комитет", "агентства": "агентство",
    "службы": "служба",
}  # fmt: skip
_LOWER = {"on", "of", "the", "and", "for", "in", "to", "by", "with", "until", "a", "an"}
_NAMES_PLACE = re.compile(
    r"\b(?!городск|муниципальн|сельск|автономн)(\w+(?:ой|ого|ий|ая|ый))\s(област|кра[йяю]|республик|округ|район|город)",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"муниципальн\w+ (?:образовани|район|округ|программ)|городск\w+ (?:округ|поселени)|сельск\w+ поселени|"
    r"администраци\w+ город|совет\w* депутатов|municipal (?:programme|program|council)|city council|town council|"
    r"district council|borough", re.IGNORECASE,
)  # fmt: skip
_REGIONAL = re.compile(
    r"област[ьи]\b|\bкра[йяю]\b|республик[аи] (?!росси)|автономн\w+ округ|региональн\w+ программ|субъект\w* федерации|"
    r"\bregion\b|regional programme|regional program|\bprovince\b|\bcounty\b|state of [A-Z]", re.IGNORECASE,
)  # fmt: skip
_FEDERAL = re.compile(
    r"российской федерации|федеральн|межведомственн|государственн\w+ (?:дум|программ)|национальн|\bfederal\b|"
    r"interdepartmental|\bnational\b|european (?:parliament|union|commission)|president of the|united states|ministry",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """`date` is ISO or "", `level` federal, regional, local or "". What is not found is empty."""

    title: str = ""
    number: str = ""
    date: str = ""
    issuer: str = ""
    level: str = ""


def metadata_of(paragraphs: Sequence[str]) -> Metadata:
    """Read the first page of a document."""
    page = _first_page(paragraphs)
    number, day = _numbered(page)
    issuer = _issuer(page)
    title = _title(page)
    return Metadata(title, number, day, issuer, _level(" ".join((issuer, title)), " ".join(page)))


def _first_page(paragraphs: Sequence[str]) -> list[str]:
    """What stands before the first numbered clause."""
    page: list[str] = []
    for paragraph in paragraphs[:_FIRST_PAGE]:
        if page and re.match(r"(?:1\.|I\.|Статья 1|Article 1|Глава 1|Chapter 1)\s", paragraph):
            break
        page.append(paragraph[:_LONGEST])
    return page


def _numbered(page: Sequence[str]) -> tuple[str, str]:
    for paragraph in page:
        if len(paragraph) > 300:
            continue
        found = _DATED.search(paragraph)
        if found:
            day = found["day1"] or found["day2"]
            return (found["number1"] or found["number2"]).strip(".,"), date_in(day.replace("«", "").replace("»", ""))
    for paragraph in page:
        english = _ENGLISH.search(paragraph)
        if english:
            number = next(value for value in english.groupdict().values() if value)
            return number, date_in(paragraph[english.end() :]) or _first_day(page)
    return "", _first_day(page)


def _first_day(page: Sequence[str]) -> str:
    return next((day for paragraph in page if len(paragraph) <= 300 and (day := date_in(paragraph))), "")


def _issuer(page: Sequence[str]) -> str:
    for paragraph in page:
        line = paragraph.strip(" .")
        if len(line) > 160 or not _BODY.search(line) or _DATED.search(line):
            continue
        words = line.split()
        kind = _TYPE.match(line)
        if kind and kind.end() < len(line):
            words = line[kind.end() :].split()
            if not words or (words[0].lower() not in _NOMINATIVE and line[: kind.end()].isupper() is False):
                continue
        elif not line.isupper() and len(words) > 8:
            continue
        if words and words[0].lower() in _NOMINATIVE:
            words[0] = _NOMINATIVE[words[0].lower()]
        return _named(" ".join(words))
    return ""


def _title(page: Sequence[str]) -> str:
    """The line that says what it is about (“О …”); else the kind of document with what follows it."""
    about = next((p for p in page if re.match(r"(?:О|Об|Обо)\s\S", p) and len(p) <= 300), "")
    if about:
        return _calm(about.strip(" ."))
    for number, paragraph in enumerate(page):
        line = paragraph.strip()
        kind = _TYPE.match(line)
        if not kind or len(line) > 300 or _BODY.match(line[kind.end() :].strip()) or _DATED.search(line):
            continue
        shouted = line[: kind.end()].isupper()
        words = f"{line[: kind.end()].capitalize()}{line[kind.end() :]}" if shouted else line
        rest = line[kind.end() :].strip()
        if not rest and number + 1 < len(page) and len(page[number + 1]) <= 300 and not _DATED.search(page[number + 1]):
            words = f"{words} {page[number + 1].strip()}"
        return _calm(words)
    plain = [p for p in page if 3 <= len(p) <= 200 and not _DATED.search(p) and not _BODY.match(p)]
    return _calm(plain[0].strip(" .")) if plain else ""


def _level(named: str, page: str) -> str:
    for text in (named, page):
        for level, sign in (("local", _LOCAL), ("regional", _REGIONAL), ("federal", _FEDERAL)):
            if sign.search(text):
                return level
    return ""


def _calm(text: str) -> str:
    """A line in capitals as a sentence."""
    return _named(text) if text.isupper() else text


def _named(text: str) -> str:
    """A body's name as it is written in running text."""
    if not text.isupper() and text[:1].isupper():
        return text
    if re.search("[а-яё]", text, re.IGNORECASE):
        calm = text.lower().replace("российской федерации", "Российской Федерации")
        calm = _NAMES_PLACE.sub(lambda found: f"{found[1].capitalize()} {found[2]}", calm)
        return calm[:1].upper() + calm[1:]
    words = [word.lower() if word.lower() in _LOWER else word.capitalize() for word in text.split()]
    return " ".join([words[0].capitalize(), *words[1:]]) if words else ""
