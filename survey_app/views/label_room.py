"""Room for the labels of an axis, so that plotly.js need not find out by drawing a chart a second time how much they
take. It still measures: where a font is wider than this one, it makes room as before."""

import html
import math
import re
from collections.abc import Mapping
from typing import Any

_SIZE = 13
_LINE = 1.2 * _SIZE
_GAP = 10
"""Between labels and what is drawn, with the edge of the chart."""
_WIDTHS = {
    3.0: " ", 3.5: "',.:;Iijl|’·", 4.0: "!()[]f{}", 4.5: "-t", 5.0: "/r\\", 5.5: "*sг", 6.0: '"?cxzзстхэ«»“”„',
    6.5: "#$+0123456789<=>FJLY^_ekvy~Гекуьё–", 7.0: "ESTVXagЕТУХавдлчяЁ", 7.5: "ACPRZ`bdhnopquАЗРСЭбийнопрц",
    8.0: "&BDKБВКЧЬЯъ●○", 8.5: "GHNUДЛНПЦм", 9.0: "OQИЙОжы", 9.5: "MwМЪ", 10.0: "Ффшщю", 10.5: "WЫ—", 11.0: "%mЖ",
    11.5: "@ШЩ", 12.0: "Ю№", 12.5: "…",
}  # fmt: skip
"""Letters of Source Sans at 13 px by the pixels that they take, rounded up to halves; any other takes the widest."""
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


def lines_within(text: str, pixels: float) -> list[str]:
    """Text in lines that take so many pixels at most in letters of 13 px, none of it cut; a word that is longer is
    broken."""
    lines = [""]
    for word in text.split():
        if lines[-1] and text_width(f"{lines[-1]} {word}") > pixels:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
        while text_width(lines[-1]) > pixels and len(lines[-1]) > 1:  # one word alone
            fits = max(most for most in range(1, len(lines[-1])) if most == 1 or text_width(lines[-1][:most]) <= pixels)
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return lines


def margin_with_room(layout: Mapping[str, Any]) -> dict[str, float]:
    """The margin of a layout in pixels, with room for the texts left of its rows and above its columns."""
    margin = dict(layout["margin"])
    rows, columns = layout["yaxis"], layout["xaxis"]
    if _has_texts(rows) and rows.get("side", "left") == "left":
        widest = max(text_width(line) for text in rows["ticktext"] for line in _lines(text))
        margin["l"] = max(margin["l"], math.ceil(widest * _scale(rows)) + _GAP)
    if _has_texts(columns) and columns.get("side") == "top":
        most = max(len(_lines(text)) for text in columns["ticktext"])
        margin["t"] = max(margin["t"], math.ceil(most * _LINE * _scale(columns)) + _GAP + 3)
    return margin


def _has_texts(axis: Mapping[str, Any]) -> bool:
    shown = axis.get("automargin") and axis.get("showticklabels", True) and axis.get("visible", True)
    return bool(shown and len(axis.get("ticktext", ())))


def _scale(axis: Mapping[str, Any]) -> float:
    return float(axis["tickfont"]["size"]) / _SIZE


def _lines(text: object) -> list[str]:
    return [html.unescape(re.sub("<[^>]*>", "", line)) for line in str(text).split("<br>")]


def text_width(line: str) -> float:
    """Pixels that a line takes, or a little more."""
    return sum(_WIDTH_OF.get(letter, max(_WIDTHS)) for letter in line)
