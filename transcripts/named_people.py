"""People whom a text names: words of names side by side, initials with them, and who of the known may be meant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transcripts.identifying import Found, How, Kind, Known
from transcripts.known_names import Keys, mentions, name_words
from transcripts.likely_names import name_form
from transcripts.names import name_key
from transcripts.russian_words import Word, is_common, lemmas, plain

_TOGETHER = re.compile(r"[ \u00a0_]|-|\.[ \u00a0]?(?=[^\W\d_]\.)")
_INITIALS_BEFORE = re.compile(r"(?<!\w)(?:[A-ZА-ЯЁ]\.[ \u00a0]?){1,2}$")
_INITIALS_AFTER = re.compile(r"[ \u00a0](?:[A-ZА-ЯЁ]\.[ \u00a0]?){0,1}[A-ZА-ЯЁ]\.")
_HANDLE_AFTER = re.compile(r"(?:_\w*|\d+\w*)")
_HANDLE_BEFORE = re.compile(r"(?:\w*_|\b[A-Za-zА-Я]['’ʼ])$")
"""A name within the name of an account («denis_v»), or behind an apostrophe (O'Connor)."""
_INTRODUCED = re.compile(
    r"\b(?:(?:my|his|her|their) name is|(?:меня|его|е[её]|их) зовут|зовут (?:меня|его|е[её])|по имени|по фамилии|"
    r"фамилия(?: у меня| у него| у не[её])?|имя)[ \u00a0:—–-]{1,3}"
    r"(?P<name>[^\W\d_]{3,}(?:[- ](?-i:[A-ZА-ЯЁ])[^\W\d_]+)?)",
    re.IGNORECASE,
)
_NO_NAME = {"not", "the", "still", "just", "really", "actually", "also", "now", "known", "irrelevant", "important"}
_PATRONYMIC = re.compile(r"(?:ович|евич|ич|овн|евн|ичн)(?:а|у|е|ы|ой|ем|ом)?$")


_MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    how: How
    risk: int
    keys: Keys | None
    """Who of the known may be meant; None: this word is nobody's of them."""


def people(text: str, words: Sequence[Word], known: Sequence[Known], others: Sequence[Found]) -> Iterator[Found]:
    """Places of people: those of the roster, and `others` (listed, recognised, capitals) beside or without them."""
    roster = {each.key: each for each in known if each.kind == Kind.PERSON}
    pieces = [
        _Piece(each.start, each.end, How.ROSTER, 1, each.keys)
        for each in mentions(text, ((each.key, each.names) for each in roster.values()), words)
    ]
    covered = {at for piece in pieces for at in range(piece.start, piece.end)}
    for place in others:
        pieces += [
            _Piece(word.start, word.end, place.how, place.risk, None)
            for word in words_within(words, place.start, place.end)
            if word.start not in covered
        ]
    pieces = _single(pieces)
    at = 0
    while at < len(pieces):
        end = at + 1
        while end < min(len(pieces), at + _MOST_PARTS) and _TOGETHER.fullmatch(
            text, pieces[end - 1].end, pieces[end].start
        ):
            if _somebody_else(pieces[at:end], pieces[end]):
                break
            end += 1
        yield _person(text, words, pieces[at:end], roster)
        at = end


def words_within(words: Sequence[Word], start: int, end: int) -> list[Word]:
    """The words that lie wholly in [start, end); words are in order."""
    return [word for word in words[_first(words, start) :][: end - start] if word.end <= end]


def echoes(words: Sequence[Word], recognised: Sequence[Found]) -> Iterator[Found]:
    """Other places with a capital of what was recognised as a person elsewhere."""
    forms = {
        form
        for place in recognised
        for word in words_within(words, place.start, place.end)
        if word.capital and len(word.plain) > 2
        for form in {word.plain, *lemmas(word.plain)}
    }
    for word in words:
        if word.capital and (word.plain in forms or lemmas(word.plain) & forms):
            yield Found(word.start, word.end, Kind.PERSON, How.RECOGNISED, 2, word.plain)


def introduced(text: str) -> Iterator[Found]:
    """What follows “my name is”, also in small letters; common words only with a capital."""
    for place in _INTRODUCED.finditer(text):
        start, end = place.span("name")
        first = plain(place["name"].split()[0])
        if text[start].isupper() or (first not in _NO_NAME and not is_common(first)):
            yield Found(start, end, Kind.PERSON, How.PATTERN, 1, plain(place["name"]))


def _first(words: Sequence[Word], start: int) -> int:
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if words[middle].start < start else (low, middle)
    return low


def _single(pieces: list[_Piece]) -> list[_Piece]:
    """One piece a place, the surest; in order, without overlaps."""
    standing: list[_Piece] = []
    rank = list(How)
    for piece in sorted(pieces, key=lambda each: (each.start, each.start - each.end, rank.index(each.how), each.risk)):
        if not standing or piece.start >= standing[-1].end:
            standing.append(piece)
    return standing


def _somebody_else(before: Sequence[_Piece], piece: _Piece) -> bool:
    """Two neighbouring names of the roster that nobody has together."""
    keys = _common(before)
    return bool(keys and piece.keys and not keys & piece.keys)


def _common(pieces: Sequence[_Piece]) -> Keys:
    found = [piece.keys for piece in pieces if piece.keys]
    return frozenset.intersection(*found) if found else frozenset()


def _person(text: str, words: Sequence[Word], pieces: Sequence[_Piece], roster: dict[str, Known]) -> Found:
    start, end = pieces[0].start, pieces[-1].end
    keys = _common(pieces)
    for piece in pieces:
        if piece.keys is None and keys:
            keys = _unless_contradicted(plain(text[piece.start : piece.end]), keys, roster)
    if handle := _HANDLE_AFTER.match(text, end):
        end = handle.end()
    if handle := _HANDLE_BEFORE.search(text, max(0, start - 30), start):
        start = handle.start()
    initials = ""
    if before := _INITIALS_BEFORE.search(text, max(0, start - 8), start):
        start, initials = before.start(), before[0]
    elif after := _INITIALS_AFTER.match(text, end):
        end, initials = after.end(), after[0]
    if initials:
        keys = _with_initial(initials, keys, roster)
    how = min((piece.how for piece in pieces), key=list(How).index)
    risk = min(piece.risk for piece in pieces)
    if len(keys) == 1:
        key = next(iter(keys))
        return Found(start, end, Kind.PERSON, how, risk, plain(roster[key].names[0]), key)
    form = " ".join(
        filter(
            None,
            [name_form(words_within(words, pieces[0].start, pieces[-1].end), Kind.PERSON), plain(initials).strip()],
        )
    )
    return Found(start, end, Kind.PERSON, how, risk, form)


def _unless_contradicted(word: str, keys: Keys, roster: dict[str, Known]) -> Keys:
    """Who may still be meant when a word that is not of their names stands beside: a patronymic fits everybody."""
    if _PATRONYMIC.search(word):
        return keys
    return frozenset(key for key in keys if max(len(name_words(name)) for name in roster[key].names) < 2)


def _with_initial(initials: str, keys: Keys, roster: dict[str, Known]) -> Keys:
    letter = name_key(initials.strip()[0])[:1]
    return frozenset(
        key for key in keys
        if any(name_key(word)[:1] == letter for name in roster[key].names for word in name_words(name))
    )  # fmt: skip
