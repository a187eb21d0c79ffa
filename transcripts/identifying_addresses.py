"""Addresses on the net, written and said: e-mail, links, names of accounts."""

import re
from collections.abc import Iterator

from transcripts.identifying import Found, How, Kind

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+")
_SAID_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+(?:\s+(?:точка|dot)\s+\w+)?\s+(?:собак[аиу]|at)\s+\w[\w-]*(?:\s+(?:точка|dot)\s+\w+)+",
    re.IGNORECASE,
)
_ENDS = (
    "ru|рф|com|org|net|info|biz|gov|edu|int|eu|uk|de|fr|su|by|kz|ua|am|ge|kg|uz|me|io|app|dev|ai|online|site|xyz|"
    "example|test|tv|us|ca|ch|at|pl|fi|ee|lv|lt|moscow|москва"
)
_LINK = re.compile(
    rf"\b(?:https?://|www\.)[^\s<>«»\"]+|(?<![@\w.-])(?:[\w-]+\.)+(?:{_ENDS})\b(?:/[^\s<>«»\"]*)?", re.IGNORECASE
)
_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.)?\b(?:t\.me|telegram\.me|vk\.com|ok\.ru|instagram\.com|facebook\.com|fb\.com|twitter\.com|"
    r"x\.com|linkedin\.com/in|github\.com|tiktok\.com)/@?(?P<account>[\w.-]+)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?<![\w.@/])@(?P<account>\w[\w.]*\w)")
_NICK = re.compile(
    r"\b(?:ник(?:нейм)?|логин|телеграм\w*|скайп\w*|username|nickname|login|telegram|skype)(?:\s*[:—–-]\s*|\s+)"
    r"(?P<account>(?=\w*[a-z])[a-z]\w*[_\d]\w*)",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?)]}…'\""


def addresses(text: str) -> Iterator[Found]:
    """Addresses in the text, the same place perhaps twice (an account within a link)."""
    for place in _EMAIL.finditer(text):
        yield _found(text, place.start(), place.end(), Kind.EMAIL, place[0].lower())
    for place in _SAID_EMAIL.finditer(text):
        said = re.sub(r"\s+(?:собак[аиу]|at)\s+", "@", re.sub(r"\s+(?:точка|dot)\s+", ".", place[0].lower()))
        yield _found(text, place.start(), place.end(), Kind.EMAIL, said)
    for place in _PROFILE.finditer(text):
        yield _found(text, place.start(), place.end(), Kind.HANDLE, place["account"].lower())
    for pattern in (_ACCOUNT, _NICK):
        for place in pattern.finditer(text):
            start = place.start() if pattern is _ACCOUNT else place.start("account")
            yield _found(text, start, place.end(), Kind.HANDLE, place["account"].lower())
    for place in _LINK.finditer(text):
        form = re.sub(r"^(?:https?://)?(?:www\.)?", "", place[0].lower()).rstrip(_TRAILING + "/")
        yield _found(text, place.start(), place.end(), Kind.LINK, form)


def _found(text: str, start: int, end: int, kind: Kind, form: str) -> Found:
    end = start + len(text[start:end].rstrip(_TRAILING))
    return Found(start, end, kind, How.PATTERN, 2 if kind == Kind.LINK else 1, form.rstrip(_TRAILING))
