"""Wording as people and forms write it: one key for what reads the same, both halves of a text in two languages."""

import re
import unicodedata
from functools import lru_cache
from itertools import islice

from survey_app.questionnaires.headings import HIDDEN

_BETWEEN = re.compile(r"\s+[/|]\s+|\s*\n\s*")
_GENDERED = re.compile(r"\s*\(\s*-?(?:а|на|ла|о)\s*\)")
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_PUREST = 0.6
"""Least share of a half's letters that are of its own script."""
_EVEN = 0.25
"""Least length of the shorter half, relative to the longer."""
_MOST_BREAKS = 40
_WORDS = re.compile(r"\w+")
_BREAKS = frozenset("/|\n")


@lru_cache(maxsize=16384)
def plain_key(text: str) -> str:
    """What is equal for texts that read the same: no case, signs, hidden signs, ё, or endings as in «согласен(на)»."""
    if text.isascii():
        plain = text.lower()
    else:
        plain = unicodedata.normalize("NFKC", HIDDEN.sub("", text)).casefold().replace("ё", "е").replace("−", "-")
    words = _WORDS.findall(_GENDERED.sub("", plain) if "(" in plain else plain)
    return " ".join(words) or plain.strip()


@lru_cache(maxsize=16384)
def forms(text: str) -> frozenset[str]:
    """Keys under which a text may be known: of the whole and of each language in it."""
    both = halves(text)
    return frozenset(key for part in (text, *(both or ())) if (key := plain_key(part)))


@lru_cache(maxsize=4096)
def halves(text: str) -> tuple[str, str] | None:
    """English and Russian of a text written in both («да / yes», or line under line); None when it is in one."""
    if _BREAKS.isdisjoint(text):
        return None
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1:
        each = [_split(line) for line in lines]
        if all(each):
            return " ".join(pair[0] for pair in each if pair), " ".join(pair[1] for pair in each if pair)
    return _split(text)


def pair(text: str) -> tuple[str, str]:
    """English and Russian label of a text; one is empty when the text is in the other alone."""
    both = halves(text)
    one = " ".join(text.split())
    return both or (("", one) if script(text) == "ru" else (one, ""))


def script(text: str) -> str:
    """ru or en, whichever alphabet has more letters in it; "" without letters of either."""
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if not cyrillic and not latin:
        return ""
    return "ru" if cyrillic >= latin else "en"


def in_language(text: str, language: str) -> str:
    """The half of a bilingual text that is in `language`, or the whole text."""
    both = halves(text)
    if both is None or language not in {"en", "ru"}:
        return text
    return both[0] if language == "en" else both[1]


def _split(text: str) -> tuple[str, str] | None:
    """The most even break between a half in one alphabet and a half in the other; None without one."""
    breaks = list(islice(_BETWEEN.finditer(text), _MOST_BREAKS))
    if not breaks:
        return None
    starts, ends = [0, *(found.end() for found in breaks)], [*(found.start() for found in breaks), len(text)]
    parts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    letters = [(len(_CYRILLIC.findall(part)), len(_LATIN.findall(part))) for part in parts]
    whole = sum(cyrillic for cyrillic, _latin in letters), sum(latin for _cyrillic, latin in letters)
    before, best, score = (0, 0), None, 0.0
    for found, (cyrillic, latin) in zip(breaks, letters, strict=False):
        before = before[0] + cyrillic, before[1] + latin
        after = whole[0] - before[0], whole[1] - before[1]
        if not sum(before) or not sum(after) or (before[0] > before[1]) == (after[0] > after[1]):
            continue
        pure = [max(side) / sum(side) for side in (before, after)]
        left, right = text[: found.start()].strip(), text[found.end() :].strip()
        even = min(len(left), len(right)) >= _EVEN * max(len(left), len(right))
        if even and min(pure) >= _PUREST and sum(pure) > score:
            best, score = ((right, left) if before[0] > before[1] else (left, right)), sum(pure)
    return best
