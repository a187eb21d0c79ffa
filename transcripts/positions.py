"""Positions and professions in a text: what one is by work, with what tells where (“head of the tax office”).

Of one person only: analysts and inspectors in the plural are nobody.
"""

import re
from collections.abc import Iterator, Sequence

from transcripts.heads import form_of, genitive, is_noun
from transcripts.identifying import Found, How, Kind
from transcripts.professions import (
    ENGLISH,
    ENGLISH_GENERAL,
    ENGLISH_OFFICES,
    ENGLISH_RANKS,
    russian_general,
    russian_positions,
    russian_ranks,
)
from transcripts.russian_words import Word, base, lemmas, noun_lemmas, readings

_TITLE = re.compile(rf"\b(?:(?:{ENGLISH_RANKS})[ -])*(?P<title>{ENGLISH})\b(?![-’'])", re.IGNORECASE)
_AREA = re.compile(
    r"(?: of| for)(?: the| our| a| an)? (?!mine\b|yours\b|this\b|that\b|it\b|all\b|us\b|them\b)[\w’'-]+"
    r"(?: (?:of|and) (?:the )?[\w’'-]+| [A-Z][\w’'-]*| (?:office|department|division|unit|agency|ministry|development|"
    r"government|administration|services?|policy|union|school|region|district|council|committee)\b){0,8}"
)
_SPACE = re.compile(r"[ \u00a0]")
_LONGEST = 5
"""Words behind a position that may belong to it."""


def positions(text: str, words: Sequence[Word]) -> Iterator[Found]:
    """Positions with what belongs to them; alone they are less of a risk."""
    for place in _TITLE.finditer(text):
        title = place["title"].lower()
        area = _AREA.match(text, place.end()) if title in ENGLISH_OFFICES else None
        end = area.end() if area else place.end()
        if area or " " in place[0] or title not in ENGLISH_GENERAL:
            form = form_of(text[place.start() : end])
            yield _found(place.start(), end, bool(area) or " " in place[0], form)
    at = 0
    while at < len(words):
        last = _hyphened(text, words, at)
        forms = _forms(words[at : last + 1]) & russian_positions() if words[at].russian else frozenset()
        if forms:
            first, end = _before(text, words, at), _after(text, words, last)
            more = first < at or end > last
            if more or not forms & russian_general():
                form = " ".join(base(word.plain) for word in words[first : last + 1])
                rest = form_of(text[words[last].end : words[end].end])
                yield _found(words[first].start, words[end].end, more, f"{form} {rest}".strip())
                last = end
        at = last + 1


def _hyphened(text: str, words: Sequence[Word], at: int) -> int:
    """The last word of those that a hyphen joins to this one."""
    while at + 1 < len(words) and text[words[at].end : words[at + 1].start] == "-":
        at += 1
    return at


def _forms(words: Sequence[Word]) -> frozenset[str]:
    """Dictionary forms of one person; of a compound also by its last and by its first word («врач-методист»)."""
    last = noun_lemmas(words[-1].plain, "anim", "sing")
    if len(words) == 1:
        return last
    before = "-".join(word.plain for word in words[:-1])
    whole = frozenset(f"{before}-{form}" for form in last)
    return whole | last | (noun_lemmas(words[0].plain, "anim", "sing") if last else frozenset())


def _before(text: str, words: Sequence[Word], at: int) -> int:
    ranks = russian_ranks()
    while at and _SPACE.fullmatch(text, words[at - 1].end, words[at].start) and lemmas(words[at - 1].plain) & ranks:
        at -= 1
    return at


def _after(text: str, words: Sequence[Word], at: int) -> int:
    """The last word of the chain behind: genitives, «по закупкам», abbreviations («директор МФЦ»)."""
    end, by = at, False
    for index in range(at + 1, min(len(words), at + 1 + _LONGEST)):
        word = words[index]
        if not word.russian or not _SPACE.fullmatch(text, words[index - 1].end, word.start):
            break
        if word.plain == "по" and index == end + 1:
            by = True
            continue
        abbreviation = word.text.isupper() and len(word.text) > 1
        belongs = _dative(word.plain) if by else genitive(word.plain) and not word.text.istitle()
        if not abbreviation and not belongs:
            break
        if abbreviation or is_noun(word.plain):
            end = index
    return end


def _dative(word: str) -> bool:
    return any("datv" in each.tag and each.tag.POS in {"NOUN", "ADJF"} for each in readings(word))


def _found(start: int, end: int, more: bool, form: str) -> Found:
    return Found(start, end, Kind.POSITION, How.LISTED, 3 if more else 4, form)
