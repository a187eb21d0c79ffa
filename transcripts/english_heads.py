"""Organisations and places in English by the word that heads them: “University of …”, “… Ltd”, “city of …”."""

import re
from collections.abc import Iterator

from transcripts.identifying import Found, How, Kind

_NAME = r"(?:[A-Z][\w'’&-]*)"
_NAMES = rf"{_NAME}(?: (?:(?:of|and|for|the|&) ){{0,2}}{_NAME}){{0,6}}"
_BODY = (
    r"(?:Ministry|Department|Agency|Office|Committee|Commission|Council|Board|Bureau|University|Institute|Academy|College|"
    r"School|Hospital|Clinic|Bank|Fund|Foundation|Association|Company|Corporation|Centre|Center|Service|Authority|"
    r"Administration|Government|Chamber|Party|Union|Laboratory|Museum|Library|Church)"
)
_LEGAL = r"(?:Ltd|Limited|Inc|LLC|LLP|Corp|PLC|plc|GmbH|AG|Co)\b"
_AREA = r"(?:City|Town|Village|Region|District|County|Province|State|Republic|Island)"
_GROUND = (
    r"(?:Street|Avenue|Road|Lane|Square|County|District|Region|Province|Oblast|Territory|Island|River|Lake|Valley|City|"
    r"Town|Village|Park|street|avenue|road|region|district|county|province|oblast)"
)
_FIELD = r"(?:affairs|development|science|technology|services?|policy|defence|safety|protection)"
_PATTERNS = (
    (Kind.ORGANISATION, re.compile(rf"\b{_BODY} (?:of|for) (?:the )?{_NAMES}")),
    (Kind.ORGANISATION, re.compile(rf"\b{_NAMES} {_BODY}\b(?: (?:of|for) (?:the )?{_NAMES})?")),
    (Kind.ORGANISATION, re.compile(rf"\b{_NAMES},? {_LEGAL}")),
    (
        Kind.ORGANISATION,
        re.compile(
            r"\b(?:ministry|department|agency|university|institute) of (?:the )?"
            rf"(?!the\b|this\b|that\b|our\b|their\b|his\b|her\b|my\b|your\b)[a-z]{{4,}}(?: and [a-z]{{4,}}| {_FIELD})?"
        ),
    ),
    (Kind.PLACE, re.compile(rf"\b(?i:{_AREA}) of {_NAMES}")),
    (Kind.PLACE, re.compile(rf"\b(?:\d+ )?{_NAME}(?: {_NAME}){{0,4}} {_GROUND}\b(?: \d+)?")),
)
_NOT_ITS = re.compile(
    r"(?:The|A|An|This|That|These|Our|Their|My|Your|His|Her|Each|Every|In|At|And|But|Of|For|From|With|To|On|By|As|I) "
)


def english_heads(text: str) -> Iterator[Found]:
    """Organisations and places with the words that tell which."""
    for kind, pattern in _PATTERNS:
        for place in pattern.finditer(text):
            start = place.start()
            while lead := _NOT_ITS.match(text, start, place.end()):
                start = lead.end()
            if " " in text[start : place.end()]:
                risk = 2 if kind == Kind.ORGANISATION else 3
                yield Found(start, place.end(), kind, How.LISTED, risk, text[start : place.end()].lower())
