"""Names of the roster in what is to be published."""

import re
import unicodedata
from collections.abc import Iterable

from transcripts.known_names import mentions, name_words
from transcripts.russian_words import STRESS

_BROKEN = re.compile(r"(\w)[-‐]\s*\n\s*(\w)")
"""A word that a line's end has parted."""

__all__ = ["as_seen", "name_words", "names_within"]


def names_within(text: str, names: Iterable[str]) -> list[str]:
    """The words of `text` that name somebody in `names`, as written, each once, in order.

    `names` are names of a roster and display names; devices, titles, roles and affiliations in them are no names.
    """
    text = as_seen(text)
    return list(dict.fromkeys(text[each.start : each.end] for each in mentions(text, [("", tuple(names))])))


def as_seen(text: str) -> str:
    """As a reader sees it: in one form, without marks of stress and signs that nobody sees (soft hyphens, joiners,
    marks of direction), which would part a name, and with words whole that a line's end has parted."""
    text = unicodedata.normalize("NFC", text).replace(STRESS, "")
    return _BROKEN.sub(r"\1\2", "".join(sign for sign in text if unicodedata.category(sign) != "Cf"))
