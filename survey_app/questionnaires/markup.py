"""Words out of the HTML that survey platforms keep their questions in."""

import html
import re

LONGEST = 20_000
"""Code points of a text that are looked at; no question is longer."""
_UNSEEN = re.compile(r"<(script|style)\b[^<>]*>[^<]*</\1\s*>|<!--[^<>]*-->", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|b|big|em|font|i|mark|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def plain_words(text: str) -> str:
    """The text on one line, without tags, entities, soft hyphens and spaces that do not break."""
    bare = html.unescape(_TAG.sub(" ", _INLINE.sub("", _UNSEEN.sub(" ", text[:LONGEST]))))
    return " ".join(bare.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "").split())
