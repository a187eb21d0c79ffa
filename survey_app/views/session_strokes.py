"""Statements as strokes along a session, for topics and for codes."""

from collections.abc import Mapping, Sequence
from typing import Any

from plotly import graph_objects as go

from survey_app.language import _
from survey_app.views import style
from survey_app.views.segment_names import segment_name
from survey_app.views.spoken import clock

FEWEST = 3
"""Fewest statements of which a usual moment is told."""


def strokes(
    x: Sequence[float], y: Sequence[float], customdata: Sequence[Sequence[str]], hovers: Sequence[str], *, dark: bool,
    crowded: bool = False,
) -> go.Scatter:  # fmt: skip
    """An upright stroke a statement; where many lie over each other (`crowded`) they let one another be seen."""
    return go.Scatter(
        x=list(x), y=list(y), mode="markers", customdata=[list(mark) for mark in customdata],
        marker={
            "symbol": "line-ns", "size": 15, "opacity": 0.6 if crowded else 0.9,
            "line": {"width": 2, "color": style.shade(0.85, dark)},
        },
        unselected={"marker": {"opacity": 0.25}}, hovertext=list(hovers), hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def whose(row: Mapping[str, Any]) -> str:
    """The name of the segment whose expert said it."""
    return segment_name(row) if row["segment"] else _("in no segment")


def hover(name: str, row: Mapping[str, Any]) -> str:
    """What a stroke tells of itself: what it is of, whose group, when."""
    told = " · ".join(part for part in (style.plain(whose(row)), clock(row["start_s"])) if part)
    return f"<b>{style.wrapped(name, 48)}</b><br>{told}"
