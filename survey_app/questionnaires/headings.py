"""Headings as people type and forms mark them up: the words alone, and which heading repeats another."""

import html
import re
from collections.abc import Container
from functools import lru_cache

_LINE_ENDS = re.compile(r"<\s*(?:br\s*/?|/\s*(?:p|div|li|h[1-6]|tr))\s*>", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:a|b|i|u|s|p|br|hr|em|strong|span|div|font|img|ul|ol|li|h[1-6]|sup|sub|small|big|center|label|strike|"
    r"table|tbody|tr|td|th)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,24}\d{0,2});", re.IGNORECASE)
HIDDEN = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff]")
"""Signs that nobody sees: soft hyphens, joiners, marks of direction, marks of byte order."""
_NUMBERING = re.compile(
    r"(^|\n|\s[/|]\s)\s*(?:(?:question|вопрос|q|№)\s*№?\s*\d{1,3}(?:\.\d{1,2})*(?:\s*[.):]|\s+[—–-](?=\s))|"
    r"в?\d{1,3}(?:\.\d{1,2})*\s*[.)])\s*(?=[^\W\d]|[«\"“„(\[])",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"(.*\S) \((\d{1,4})\)", re.DOTALL)


@lru_cache(maxsize=4096)
def unmarked(text: str) -> str:
    """A heading without tags, entities, hidden signs and hard blanks; its line breaks stay."""
    text = _TAGS.sub("", _LINE_ENDS.sub("\n", text))
    text = HIDDEN.sub("", _ENTITY.sub(lambda found: html.unescape(found[0]), text)).replace("\u00a0", " ")
    return "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))


@lru_cache(maxsize=4096)
def plain_heading(text: str) -> str:
    """A heading as it reads: `unmarked`, and in no language numbered («1. », "Q1. ", «Вопрос 3: »)."""
    return _NUMBERING.sub(r"\1", unmarked(text))


def asked_again(name: str, columns: Container[str]) -> tuple[str, int]:
    """The heading of a column and which of its name it is: the table calls the second of one name "name (2)"."""
    found = _AGAIN.fullmatch(name)
    if found and int(found[2]) > 1 and found[1] in columns:
        return found[1], int(found[2])
    return name, 1
