"""Answers on a scale: bars that diverge from the middle; places of a ranking: bars from the left."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey_app.publishing.figures.drawing import LINE, SIZE, SMALL, Figure, Sheet, drawn, room_for
from survey_app.publishing.figures.letters import width_of, wrapped
from survey_app.views.style import k_of_n

_LABEL = 236
_BAR = 24
_COLUMN = 58
"""A column of those who gave no answer that could be drawn."""
Row = Mapping[str, Any]


def scale(points: Sequence[str], rows: Sequence[Row], title: str, description: str) -> Figure:
    """`rows`: name, counts (one a point), answered, aside (a name and a count each). The bar is all who answered."""
    starts = [_below(row["counts"]) / max(row["answered"], 1) for row in rows]
    ends = [sum(row["counts"]) / max(row["answered"], 1) - start for row, start in zip(rows, starts, strict=True)]
    before, behind = max([*starts, 0.01]), max([*ends, 0.01])
    looks = [f"l{_step(n, len(points))}" for n in range(len(points))]

    def draw(sheet: Sheet) -> float:
        names = [name for name, _count in rows[0]["aside"]]
        x, room = _field(sheet, len(names))
        y = _legend(sheet, points, looks, 0)
        y = _aside_heads(sheet, names, y)
        middle = x + room * before / (before + behind)
        for row, start in zip(rows, starts, strict=True):
            top, y = _label(sheet, row["name"], y)
            unit = room / (before + behind) / max(row["answered"], 1)
            sheet.line(middle, top - 4, middle, top + _BAR + 4, "axis")
            _pieces(sheet, row["counts"], looks, middle - start * room / (before + behind), top, unit)
            _aside(sheet, row["aside"], top)
        return y

    return drawn(draw, title, description)


def places(points: Sequence[str], rows: Sequence[Row], title: str, description: str) -> Figure:
    """The same rows; bars begin at the left, first places first, and end with how many gave any place."""
    looks = [f"r{min(n, 4)}" for n in range(len(points))]

    def draw(sheet: Sheet) -> float:
        x, room = _field(sheet, 0)
        y = _legend(sheet, points, looks, 0) + 4
        sums = [k_of_n(sum(row["counts"]), row["answered"]) for row in rows]
        full = room - room_for(sums) - 12
        for row, told in zip(rows, sums, strict=True):
            top, y = _label(sheet, row["name"], y)
            unit = full / max(row["answered"], 1)
            sheet.box(x, top, full, _BAR, "bed")
            end = _pieces(sheet, row["counts"], looks, x, top, unit)
            sheet.words(max(end, x) + 7 if end + 70 < x + full else x + full + 7, top + 17, told, "n")
        return y

    return drawn(draw, title, description)


def _below(counts: Sequence[int]) -> float:
    """How many stand below the middle of the scale, half of the middle point among them."""
    half = len(counts) // 2
    return sum(counts[:half]) + (counts[half] / 2 if len(counts) % 2 else 0)


def _step(number: int, points: int) -> int:
    """Which of the seven colours a point has: 0 to 6, the middle one 3."""
    return round(6 * number / (points - 1)) if points > 1 else 6


def _field(sheet: Sheet, columns: int) -> tuple[float, float]:
    """Where bars begin, and how much room they have."""
    left = 0 if sheet.narrow else _LABEL + 12
    aside = columns * (_COLUMN if not sheet.narrow else 44)
    return left, sheet.width - left - (aside + 12 if aside else 0)


def _label(sheet: Sheet, name: str, y: float) -> tuple[float, float]:
    """Write the row's name; returns the top of its bar and where the next row begins."""
    if sheet.narrow:
        top = sheet.lines(0, y, name, sheet.width) + 2
        return top, top + _BAR + 11
    lines = len(wrapped(name, _LABEL, SIZE))
    deep = max(lines * LINE, _BAR)
    sheet.lines(0, y + (deep - lines * LINE) / 2, name, _LABEL)
    return y + (deep - _BAR) / 2, y + deep + 9


def _pieces(sheet: Sheet, counts: Sequence[int], looks: Sequence[str], x: float, y: float, unit: float) -> float:
    for count, look in zip(counts, looks, strict=True):
        wide = count * unit
        if count:
            sheet.open(look)
            sheet.box(x, y, wide, _BAR, "piece")
            if wide >= width_of(str(count), SMALL) + 3:
                sheet.words(x + wide / 2, y + 16.5, str(count), "n", "middle")
            sheet.close()
        x += wide
    return x


def _legend(sheet: Sheet, points: Sequence[str], looks: Sequence[str], y: float) -> float:
    """Each point with its colour, in as many lines as they need."""
    x, y = 0.0, y + 6
    for point, look in zip(points, looks, strict=True):
        lines = wrapped(point, sheet.width - 20, SMALL)
        wide = max(width_of(line, SMALL) for line in lines) + 36
        if x and x + wide - 16 > sheet.width:
            x, y = 0.0, y + 20
        sheet.open(look)
        sheet.box(x, y, 12, 12, "piece")
        sheet.close()
        for n, line in enumerate(lines):
            sheet.words(x + 18, y + 10.5 + n * 15, line, "s")
        y += (len(lines) - 1) * 15
        x += wide
    return y + 26


def _aside_heads(sheet: Sheet, names: Sequence[str], y: float) -> float:
    wide = 44 if sheet.narrow else _COLUMN
    deepest = 0
    for n, name in enumerate(names):
        lines = wrapped(name, wide - 4, 11.5)
        deepest = max(deepest, len(lines))
        for at, line in enumerate(lines):
            sheet.words(sheet.width - (len(names) - n - 0.5) * wide, y + 9 + at * 13, line, "xs", "middle")
    return y + deepest * 13 + (6 if deepest else 0)


def _aside(sheet: Sheet, counts: Sequence[tuple[str, int]], y: float) -> None:
    wide = 44 if sheet.narrow else _COLUMN
    for n, (_name, count) in enumerate(counts):
        x = sheet.width - (len(counts) - n) * wide
        if count:
            sheet.box(x + 3, y, wide - 6, _BAR, "bed")
        sheet.words(x + wide / 2, y + 16.5, str(count) if count else "–", "n" if count else "s", "middle")
