"""How wide words are in the page's typeface, so that lines can be broken where nobody can measure them."""

from functools import lru_cache

_WIDTHS = {
    0.2: " ", 0.25: "',.:;ij|‘’·", 0.275: "Il", 0.3: "!f", 0.325: "()-[]{}", 0.35: "/\\rt°", 0.425: "*?szг",
    0.45: "\"x«»“”„х", 0.475: "cvyзстуэ", 0.5: "#$+0123456789<=>FJLY^_ek~–×ёГекь", 0.525: "VXagУХавчя",
    0.55: "AESTZ`hnouЁАЕЗТбдло", 0.575: "CPRbdpqРСЭийнпрц", 0.6: "BKБВКЧЬЯъ●○", 0.625: "&DG", 0.65: "NUДЛПЦм",
    0.675: "HOQИЙНОы", 0.7: "ж", 0.725: "wЪ", 0.75: "MМФфшю", 0.775: "щ", 0.8: "W—Ы", 0.825: "%", 0.85: "@mЖ",
    0.9: "№ШЩ", 0.925: "Ю", 0.95: "…",
}  # fmt: skip
"""Widths of Source Sans in ems, rounded up to fortieths; every other sign is taken for a wide one."""
_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_UNKNOWN = 0.75
_SPARE = 1.01
"""Room for typefaces that are a little wider, where the page's own cannot be loaded."""


@lru_cache(maxsize=8192)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width of a line of text, in the unit that `size` is in."""
    return sum(_OF.get(letter, _UNKNOWN) for letter in text) * size * _SPARE * (1.04 if bold else 1)


@lru_cache(maxsize=8192)
def wrapped(text: str, room: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """The text in lines that fit into `room`; a word that is too long for a line is cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size, bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, room, size, bold)
    return tuple(lines or [""])


def fits(text: str, room: float, size: float, bold: bool = False) -> bool:
    """Whether every word of the text can stand whole in a line of this length."""
    return all(width_of(word, size, bold) <= room for word in text.split())


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    found = [""]
    for letter in word:
        if found[-1] and width_of(found[-1] + letter, size, bold) > room:
            found.append("")
        found[-1] += letter
    return found
