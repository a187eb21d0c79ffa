"""A heat map of "k/n": a tile for each row and segment, all experts apart at the right."""

from collections.abc import Mapping, Sequence
from typing import Any

from plotly import graph_objects as go

from coding.segments import ALL
from survey_app.views import style
from survey_app.views.segment_names import segment_name

_APART = 0.3  # room between the segments and the column of all experts, in columns
_ALL_WIDTH = 1.35  # that column holds longer numbers
Row = Mapping[str, Any]


def tiles(
    rows: Sequence[Row], *, key: str, labels: Sequence[str], hovers: Sequence[str], dark: bool, room: int = 0
) -> go.Figure:  # fmt: skip
    """Rows name their `segment` with its `position`, k, n, and the `rank` that is the place of their label from above;
    a tile that is selected tells its `key` and segment. `room`: pixels below the tiles."""
    segments = list({row["segment"]: row for row in rows}.values())
    left = {row["segment"]: row["position"] + (_APART if row["segment"] == ALL else 0) for row in segments}
    return style.dressed(
        go.Figure(_bars(rows, key, left, hovers, dark)), dark=dark, height=style.height_of(labels) + 76 + room,
        margin={"l": 8, "r": 4, "t": 8, "b": 6 + room},
        xaxis={
            "side": "top", "range": [0, max(left.values()) + _ALL_WIDTH], "tickmode": "array",
            "ticktext": [style.wrapped(segment_name(row, brief=True), 13) for row in segments],
            "tickvals": [left[row["segment"]] + _width(row) / 2 for row in segments],
        },
        yaxis={
            "range": [len(labels) - 0.5, -0.5], "tickmode": "array", "ticktext": list(labels),
            "tickvals": list(range(len(labels))),
        },
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


def _bars(
    rows: Sequence[Row], key: str, left: Mapping[str, float], hovers: Sequence[str], dark: bool
) -> go.Bar:  # fmt: skip
    """Bars of one length side by side: unlike the cells of a plotly heat map they can be selected."""
    colours = [style.shade(row["k"] / row["n"] if row["n"] else 0, dark) for row in rows]
    look = style.palette(dark)
    return go.Bar(
        orientation="h", x=[_width(row) - 0.05 for row in rows], width=0.92,
        base=[left[row["segment"]] + 0.025 for row in rows], y=[row["rank"] for row in rows],
        customdata=[[str(row[key]), row["segment"]] for row in rows],
        marker={"color": colours, "line": {"width": 0}}, **style.stepping_back(dark),
        text=[k_of_n_cell(row) for row in rows], textposition="inside", insidetextanchor="middle", textangle=0,
        constraintext="none",
        textfont={
            "size": style.TEXT_SIZE,
            "color": [
                style.ink_on(colour) if row["k"] else look.soft for colour, row in zip(colours, rows, strict=True)
            ],
        },
        hovertext=list(hovers), hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _width(row: Row) -> float:
    return _ALL_WIDTH if row["segment"] == ALL else 1
