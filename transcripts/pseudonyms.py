"""What stands in the place of a name: labels in brackets, which no grammar declines, and texts with them.

The text of a source never changes; a text with labels is made anew from it whenever one goes out.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from transcripts.identifying import Kind

PSEUDONYM, GENERAL, KEPT = "pseudonym", "general", "kept"
"""Levels: who it is stays apart from others by a number; what it is alone; as it was said."""

_NUMBERED = {
    Kind.PERSON: ("Person", "Лицо"),
    Kind.ORGANISATION: ("Organisation", "Организация"),
    Kind.POSITION: ("Position", "Должность"),
    Kind.PLACE: ("Place", "Место"),
    Kind.EMAIL: ("E-mail", "Почта"),
    Kind.PHONE: ("Telephone", "Телефон"),
    Kind.LINK: ("Link", "Ссылка"),
    Kind.HANDLE: ("Account", "Учётная запись"),
    Kind.DOCUMENT: ("Document", "Документ"),
    Kind.DATE: ("Date", "Дата"),
    Kind.NUMBER: ("Number", "Номер"),
    Kind.OTHER: ("Detail", "Подробность"),
}
_GENERAL = {
    Kind.PERSON: ("a person", "лицо"),
    Kind.ORGANISATION: ("organisation", "организация"),
    Kind.POSITION: ("an official", "должностное лицо"),
    Kind.PLACE: ("place", "место"),
    Kind.EMAIL: ("e-mail", "адрес почты"),
    Kind.PHONE: ("telephone", "телефон"),
    Kind.LINK: ("link", "ссылка"),
    Kind.HANDLE: ("account", "учётная запись"),
    Kind.DOCUMENT: ("document number", "номер документа"),
    Kind.DATE: ("date", "дата"),
    Kind.NUMBER: ("number", "номер"),
    Kind.OTHER: ("detail", "подробность"),
}
_EXPERT = {PSEUDONYM: ("Expert", "Эксперт"), GENERAL: ("an expert", "эксперт")}


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text with labels. `cuts` are (start, end) in the original and (start, end) of the label here, in order."""

    text: str
    cuts: tuple[tuple[int, int, int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the words at [start, end) of the original stand here; a label that they touch is taken whole."""
        return self._at(start, last=False), max(self._at(end, last=True), self._at(start, last=False))

    def _at(self, place: int, last: bool) -> int:
        at = bisect_right(self.cuts, place, key=lambda cut: cut[0]) - 1
        if at < 0:
            return place
        start, end, here, after = self.cuts[at]
        if place >= end:
            return after + place - end
        return after if last and place > start else here


def label(kind: Kind, level: str, number: int, language: str, words: str = "", expert: bool = True) -> str:
    """The label of a place: "[Expert 3]", "[an official]"; "" for what is kept as it was said.

    `words` say something else within the brackets; `expert`: a person is one of the study's experts. A level that
    nobody has decided on yet is a pseudonym.
    """
    if level == KEPT:
        return ""
    within = " ".join(words.translate({ord("["): None, ord("]"): None}).split())
    if within:
        return f"[{within}]"
    general = level == GENERAL
    usual = (_GENERAL if general else _NUMBERED)[kind]
    if expert and kind == Kind.PERSON:
        usual = _EXPERT[GENERAL if general else PSEUDONYM]
    name = usual[language == "ru"]
    return f"[{name}]" if general else f"[{name} {number}]"


def replaced(text: str, places: Iterable[tuple[int, int, str]]) -> Replaced:
    """The text with a label instead of each place (start, end, label); a place with the label "" stays as it is.

    Raises ValueError if places overlap, are empty or lie outside.
    """
    pieces, cuts, done, length = list[str](), list[tuple[int, int, int, int]](), 0, 0
    for start, end, name in sorted(places):
        if not done <= start < end <= len(text):
            raise ValueError(f"a place at {start} to {end} overlaps, is empty or lies outside of the text")
        if name:
            pieces += [text[done:start], name]
            length += start - done
            cuts.append((start, end, length, length + len(name)))
            length += len(name)
            done = end
    return Replaced("".join([*pieces, text[done:]]), tuple(cuts))
