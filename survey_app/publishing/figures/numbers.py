"""Answers that are numbers: a dot for each, larger where several gave it, and the median as an upright bar."""

from collections.abc import Sequence

from survey_app.language import _
from survey_app.publishing.figures.drawing import LINE, SIZE, Figure, Sheet, drawn
from survey_app.publishing.figures.letters import wrapped
from survey_app.publishing.figures.scales import Row
from survey_app.views.style import number

_LABEL = 236
_HIGH = 30


def numbers(rows: Sequence[Row], title: str, description: str) -> Figure:
    """`rows`: name, values (a number and how many gave it), median."""
    told = [value for row in rows for value, _count in row["values"]]
    low, high = min([0.0, *told]), max([*told, 1.0])

    def draw(sheet: Sheet) -> float:
        left = 8 if sheet.narrow else _LABEL + 20
        unit = (sheet.width - left - 14) / (high - low)
        y = 6.0
        for row in rows:
            middle, y = _label(sheet, row["name"], y)
            _line(sheet, row, [left + (value - low) * unit for value, _count in row["values"]], middle)
            if row["median"] is not None:
                x = left + (row["median"] - low) * unit
                sheet.line(x, middle - 11, x, middle + 11, "median")
                sheet.words(x, middle - 13, number(row["median"]), "n s", "middle")
        for n in range(5):
            value = low + (high - low) * n / 4
            sheet.words(left + (value - low) * unit, y + 12, number(value), "s", "middle")
        sheet.words(sheet.width, y + 32, _("upright bar: the median"), "s", "end")
        return y + 38

    return drawn(draw, title, description)


def _label(sheet: Sheet, name: str, y: float) -> tuple[float, float]:
    """Write the row's name; returns the height at which its dots lie and where the next row begins."""
    if sheet.narrow:
        top = sheet.lines(0, y, name, sheet.width)
        return top + 24, top + 44
    lines = len(wrapped(name, _LABEL, SIZE))
    deep = max(lines * LINE, _HIGH) + 12
    sheet.lines(0, y + (deep - lines * LINE) / 2, name, _LABEL)
    return y + deep / 2 + 4, y + deep + 4


def _line(sheet: Sheet, row: Row, places: Sequence[float], y: float) -> None:
    if places:
        sheet.line(min(places), y, max(places), y, "range")
    for x, (_value, count) in zip(places, row["values"], strict=True):
        size = min(8 + 3 * (count - 1), 20)
        sheet.parts.append(f'<circle class="o" cx="{x:.1f}" cy="{y:.1f}" r="{size / 2:.1f}"/>')
