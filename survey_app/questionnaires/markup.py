"""Text of questions and options as people read it: without HTML, entities, soft hyphens and breaks of lines."""

import re
from html import unescape

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z!][\w-]*)[^<>]*>")
LONGEST = 20_000
"""Code points of a text that are looked at; no question is longer."""
_UNSEEN = {"script", "style"}
_WITHIN_WORDS = {"a", "b", "em", "font", "i", "s", "small", "span", "strong", "sub", "sup", "u"}


def plain_text(text: str) -> str:
    """One line of plain text. Marks that are no tags («5 < 7») stay."""
    text = text[:LONGEST]
    seen: list[str] = []
    start, hidden = 0, ""
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if not hidden:
            seen += [text[start : tag.start()], "" if name in _WITHIN_WORDS else " "]
            hidden = name if name in _UNSEEN and not tag["end"] else ""
        elif tag["end"] and name == hidden:
            hidden = ""
        start = tag.end()
    if not hidden:
        seen.append(text[start:])
    return " ".join(unescape("".join(seen)).replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "").split())
