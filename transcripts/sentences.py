"""Where sentences end, in Russian, English and speech that a machine wrote down without a full stop."""

import re
from collections.abc import Iterator
from functools import partial

from razdel import sentenize

_CYRILLIC_SHARE = 0.3
_CYRILLIC = re.compile(r"[\u0400-\u04ff]+")
_LATIN = re.compile(r"[A-Za-z]+")

_TITLES = {
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "gen", "col", "sen", "rep", "gov", "lt", "sgt", "capt", "cmdr",
    "hon", "rev", "mt",
}  # fmt: skip
_SHORT_FORMS = {
    "vs", "etc", "eg", "e.g", "ie", "i.e", "cf", "nos", "vol", "fig", "figs", "dept", "inc", "ltd", "co", "corp",
    "approx", "est", "u.s", "u.k", "u.n", "e.u", "u.s.a", "d.c", "p.m", "a.m", "ph.d", "art", "sec", "pp", "ed", "eds",
    "al", "ave", "blvd", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "ex-gov",
    "tel", "ext", "misc", "min", "max", "par", "para", "ch", "app",
}  # fmt: skip
_INSIDE_ONLY = {"e.g", "eg", "i.e", "ie", "cf", "vs", "approx", "vol", "fig", "figs", "pp"}
"""Short forms that always want something after them."""
_STARTERS = {
    "a", "all", "an", "and", "are", "but", "did", "do", "does", "everybody", "everyone", "he", "here", "how", "i", "if",
    "is", "it", "its", "it's", "i'm", "let", "my", "no", "nobody", "not", "now", "okay", "on", "our", "please", "she",
    "so", "some", "thank", "that", "that's", "the", "their", "then", "there", "these", "they", "they're", "this",
    "those", "was", "we", "we're", "well", "what", "when", "where", "which", "who", "why", "yes", "you", "your",
}  # fmt: skip
"""With which sentences begin, so that the full stop of a short form before them was the end of one."""
_OPENING = r"[\"'“‘«(\[–—-]*\s?"
_END = re.compile(rf"[.!?…]+[\"'”’»)\]]*\s+(?={_OPENING}(?:[A-Z0-9À-ÞА-ЯЁ]|[a-z][A-Z]))")
_END_IN_SMALL_LETTERS = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=\S)")
_CJK_END = re.compile(r"[。！？]+[」』”’）]*\s*")
_QUOTED = re.compile(r"“[^“”]{1,300}”|«[^«»]{1,300}»")
_WORD_BEFORE = re.compile(r"[^\s\"“‘«(\[]*$")
_WORD_AFTER = re.compile(r"[\w'’]+")
_LONGEST_WORD = 24
_LONGEST_BLOCK = 20_000


def is_cyrillic(text: str) -> bool:
    """Whether at least three letters in ten are Cyrillic: what such a text says is cut as Russian."""
    cyrillic = sum(map(len, _CYRILLIC.findall(text)))
    return cyrillic > 0 and cyrillic >= _CYRILLIC_SHARE * (cyrillic + sum(map(len, _LATIN.findall(text))))


def sentence_spans(text: str, language: str = "") -> list[tuple[int, int]]:
    """Places of the sentences in `text`, without the white space around them.

    `language` counts only where the text has no letter that would tell: the script of the words decides.
    """
    if is_cyrillic(text) or (language == "ru" and not _LATIN.search(text)):
        return [
            (start + found.start, start + found.stop)
            for start, end in _blocks(text)
            for found in sentenize(text[start:end])
            if found.text.strip()
        ]
    return _trimmed(text, _ends(text))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """The whole text, or pieces of one that is far too long: razdel's time grows with the square of a long one."""
    start = 0
    while len(text) - start > _LONGEST_BLOCK:
        end = text.rfind(" ", start + 1, start + _LONGEST_BLOCK) + 1 or start + _LONGEST_BLOCK
        yield start, end
        start = end
    yield start, len(text)


def _ends(text: str) -> list[int]:
    small = text.islower()
    quoted = [found.span() for found in _QUOTED.finditer(text)][::-1]
    cuts: list[int] = []
    for found in (_END_IN_SMALL_LETTERS if small else _END).finditer(text):
        place, next_place = found.start(), found.end()
        while quoted and quoted[-1][1] <= place:
            quoted.pop()
        if quoted and quoted[-1][0] < place and next_place < quoted[-1][1]:
            continue
        if text[place] == "." and text[place : place + 2] != ".." and _goes_on(text, place, next_place, cuts):
            continue
        cuts.append(next_place)
    cuts += [found.end() for found in _CJK_END.finditer(text)]
    return sorted(set(cuts))


def _goes_on(text: str, dot: int, after: int, cuts: list[int]) -> bool:
    """Whether the full stop at `dot` belongs to a title, an initial, a number of a list or a short form."""
    begin = max(cuts[-1] if cuts else 0, dot - _LONGEST_WORD)
    found = _WORD_BEFORE.search(text, begin, dot)
    word = found[0].lower() if found else ""
    following = _WORD_AFTER.search(text, after)
    next_word = following[0].lower().replace("’", "'") if following else ""
    if word == "no":
        return next_word.isdigit()
    if word.isdigit():
        return not text[cuts[-1] if cuts else 0 : dot - len(word)].strip()
    if word in _INSIDE_ONLY:
        return True
    if word in _TITLES or word in _SHORT_FORMS:
        return next_word not in _STARTERS
    return len(word) == 1 and word.isalpha() and word != "i" and next_word not in _STARTERS


def _trimmed(text: str, cuts: list[int]) -> list[tuple[int, int]]:
    trim = partial(_trim, text)
    return [span for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True) if (span := trim(start, end))]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = text[start:end]
    left, right = len(part) - len(part.lstrip()), len(part.rstrip())
    return (start + left, start + right) if right > left else None
