"""A heat map of "k/n": a tile for each row and segment, all experts apart at the right."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from plotly import graph_objects as go

from coding.segments import ALL
from survey_app.views import style
from survey_app.views.segment_names import segment_name

_APART = 0.3  # room between the segments and the column of all experts, in columns
_ALL_WIDTH = 1.35  # that column holds longer numbers
_TILE = 30  # pixels of a tile below its label
_PHONE = 330  # pixels of a narrow figure
_SHORT_ALONE = re.compile(r"(^|<br>)(\w{1,2})<br>")  # “to” alone in a line, which goes with the next
Row = Mapping[str, Any]


def tiles(
    rows: Sequence[Row], *, key: str, labels: Sequence[str], hovers: Sequence[str], dark: bool,
    colours: Sequence[str] = (), room: int = 0,
) -> go.Figure:  # fmt: skip
    """Rows name their `segment` with its `position`, k, n, and the `rank` that is the place of their label from above;
    a tile that is selected tells its `key` and segment. Labels stand above their tiles, which so have the whole width,
    on a phone too. `colours`: of the tiles, else by their shares. `room`: pixels below the tiles."""
    inks = [style.ink_on(colour) for colour in colours]
    if not colours:
        colours = [style.shade(row["k"] / row["n"] if row["n"] else 0, dark) for row in rows]
        soft = style.palette(dark).soft
        inks = [style.ink_on(colour) if row["k"] else soft for colour, row in zip(colours, rows, strict=True)]
    feet = list(accumulate(16 * style.lines_of(text) + _TILE + 14 for text in labels))  # in pixels from above
    figure = go.Figure(_bars(rows, key, hovers, colours, inks, dark))
    figure.update_traces(width=_TILE, y=[feet[row["rank"]] - _TILE / 2 for row in rows])
    font = {"color": style.palette(dark).ink, "size": style.TEXT_SIZE}
    words = [
        {"x": 0, "xanchor": "left", "y": foot - _TILE, "yanchor": "bottom", "text": text, "align": "left",
         "showarrow": False, "font": font}
        for foot, text in zip(feet, labels, strict=True)
    ]  # fmt: skip
    most = int(_PHONE / (max(_left(row) for row in rows) + _ALL_WIDTH) / 16.5)
    return style.dressed(
        figure, dark=dark, height=feet[-1] + 70 + room, annotations=words, margin={"l": 6, "r": 4, "t": 8, "b": room},
        xaxis={
            **_headings(rows, lambda name: _in_lines(name, max(most, 1))), "autotickangles": [0, 90],
            "ticklabeloverflow": "allow",
        },
        yaxis={"range": [feet[-1], 0], "showticklabels": False},
    )  # fmt: skip


def k_of_n_cell(row: Row) -> str:
    """What a tile says; a dash where the segment has nobody."""
    return f"{row['k']}/{row['n']}" if row["n"] else "–"


def hover(name: str, row: Row) -> str:
    """What a tile tells of itself: experts and statements of a segment."""
    return (
        f"<b>{style.wrapped(name, 48)}</b><br>{style.plain(segment_name(row))}: "
        f"{style.k_of_n_experts(row['k'], row['n'])}<br>{style.statements(row['statements'])}"
    )


def _left(row: Row) -> float:
    """Where a tile begins, in columns."""
    return float(row["position"]) + (_APART if row["segment"] == ALL else 0)


def _headings(rows: Sequence[Row], written: Callable[[str], str]) -> dict[str, Any]:
    """The axis that names the segments, above."""
    segments = list({row["segment"]: row for row in rows}.values())
    return {
        "side": "top", "range": [0, max(_left(row) for row in segments) + _ALL_WIDTH], "tickmode": "array",
        "ticktext": [written(segment_name(row, brief=True)) for row in segments],
        "tickvals": [_left(row) + _width(row) / 2 for row in segments],
    }  # fmt: skip


def _in_lines(name: str, most: int) -> str:
    """In so many lines at most that they lie within a narrow column when they are turned."""
    width = 9
    while style.lines_of(style.wrapped(name, width)) > most or max(map(len, name.split()), default=0) > width:
        width += 1
    return _SHORT_ALONE.sub(r"\1\2 ", style.wrapped(name, width))


def _bars(
    rows: Sequence[Row], key: str, hovers: Sequence[str], colours: Sequence[str], inks: Sequence[str], dark: bool
) -> go.Bar:  # fmt: skip
    """Bars of one length side by side: unlike the cells of a plotly heat map they can be selected."""
    return go.Bar(
        orientation="h", x=[_width(row) - 0.05 for row in rows], width=0.92,
        base=[_left(row) + 0.025 for row in rows], y=[row["rank"] for row in rows],
        customdata=[[str(row[key]), row["segment"]] for row in rows],
        marker={"color": list(colours), "line": {"width": 0}}, **style.stepping_back(dark),
        text=[k_of_n_cell(row) for row in rows], textposition="inside", insidetextanchor="middle", textangle=0,
        constraintext="none", textfont={"size": style.TEXT_SIZE, "color": list(inks)},
        hovertext=list(hovers), hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _width(row: Row) -> float:
    return _ALL_WIDTH if row["segment"] == ALL else 1
