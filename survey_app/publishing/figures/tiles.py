"""Who speaks of what: a tile for each row and segment with "2/3" in it, all experts apart at the right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey_app.publishing.figures.drawing import HATCH, LINE, SMALL, Count, Figure, Sheet, drawn, hidden_word
from survey_app.publishing.figures.letters import fits, width_of, wrapped

_LABEL = 204
_TILE = 36
_APART = 10
"""Between the segments and the column of all experts."""
_TINY = 5
"""Experts up to whom a tile shows each as a dot."""
_STEPS = 5
_MOST_LINES = 4
"""Of a name above its column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A segment with its name, and a brief one for a column where that does not fit."""

    key: str
    name: str
    brief: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of tiles; rows of one group stand together below its heading."""

    key: str
    name: str
    group: str = ""


def tiles(
    rows: Sequence[Row], columns: Sequence[Column], cells: Mapping[tuple[str, str], Count], title: str,
    description: str, all_key: str,
) -> Figure:  # fmt: skip
    """`cells` are by the keys of row and column. Marks tell both."""

    def draw(sheet: Sheet) -> float:
        left = 0 if sheet.narrow else _LABEL + 12
        apart = _APART if len(columns) > 1 and columns[-1].key == all_key else 0
        wide = (sheet.width - left - apart) / len(columns)
        places = [left + wide * n + (apart if column.key == all_key else 0) for n, column in enumerate(columns)]
        y = _headings(sheet, columns, places, wide, all_key)
        group = ""
        for row in rows:
            if row.group != group:
                group = row.group
                sheet.words(0, y + 17, group, "h")
                y += 26
            y = _row(sheet, row, list(zip(columns, places, strict=True)), wide, cells, y)
        return y

    return drawn(draw, title, description)


def _headings(sheet: Sheet, columns: Sequence[Column], places: Sequence[float], wide: float, all_key: str) -> float:
    """Names above their columns, or numbers with a list above where a name does not fit."""
    lines = [_in_column(column, wide - 5) for column in columns]
    if all(lines):
        deep = max(map(len, lines))
        for told, x in zip(lines, places, strict=True):
            for n, line in enumerate(told):
                sheet.words(x + wide / 2, 14 + (deep - len(told) + n) * 15, line, "s", "middle")
        return deep * 15 + 8.0
    y = 0.0
    numbered = {column.key: str(n) for n, column in enumerate(columns, 1) if column.key != all_key}
    for column in columns:
        if column.key in numbered:
            sheet.words(0, y + 11.5, numbered[column.key], "n s")
            y = sheet.lines(18, y, column.name, sheet.width - 18, "s", size=SMALL)
    for column, x in zip(columns, places, strict=True):
        sheet.words(x + wide / 2, y + 22, numbered.get(column.key, column.brief), "n s", "middle")
    return y + 30


def _in_column(column: Column, room: float) -> tuple[str, ...]:
    """The name in lines that fit, the brief one where the long does not, () where neither does."""
    for name in (column.name, column.brief):
        lines = wrapped(name, room, SMALL)
        if fits(name, room, SMALL) and len(lines) <= _MOST_LINES:
            return lines
    return ()


def _row(
    sheet: Sheet, row: Row, columns: list[tuple[Column, float]], wide: float,
    cells: Mapping[tuple[str, str], Count], y: float,
) -> float:  # fmt: skip
    lines = len(wrapped(row.name, sheet.width if sheet.narrow else _LABEL, 14.5))
    if sheet.narrow:
        top = sheet.lines(0, y, row.name, sheet.width) + 2
        foot = top + _TILE + 12
    else:
        deep = max(lines * LINE, _TILE)
        sheet.lines(0, y + (deep - lines * LINE) / 2, row.name, _LABEL)
        top, foot = y + (deep - _TILE) / 2, y + deep + 4
    sheet.open("row", code=row.key)
    for column, x in columns:
        count = cells.get((row.key, column.key))
        if count is not None:
            sheet.open("m", segment=column.key)
            _tile(sheet, count, x + 2, top, wide - 4)
            sheet.close()
    sheet.close()
    return foot


def _tile(sheet: Sheet, count: Count, x: float, y: float, wide: float) -> None:
    middle = x + wide / 2
    if count.k is None:
        sheet.box(x, y, wide, _TILE, "hid", HATCH)
        word = hidden_word()
        sheet.words(middle, y + _TILE / 2 + 4.5, word if width_of(word, SMALL) <= wide - 4 else "×", "n s over-hatch")
        return
    step = -(-count.k * _STEPS // count.n) if count.n else 0
    sheet.box(x, y, wide, _TILE, f"t t{step}")
    sheet.words(middle, y + 16, f"{count.k}/{count.n}", f"n on{step}")
    if count.n <= _TINY:
        sheet.words(middle, y + 30, "●" * count.k + "○" * (count.n - count.k), f"d on{step}")
    else:
        full = wide - 14
        sheet.box(x + 7, y + 24, full, 4, f"gauge on{step}")
        sheet.box(x + 7, y + 24, full * count.share, 4, f"filled on{step}")
