"""How agreement is drawn: the middle half and the median of answers, mean ranks of a ranking."""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from survey_app.language import _
from survey_app.views import measures, style

_LABEL_WIDTH = 28  # characters a line


def bands(rows: list[dict[str, Any]], names: list[str], dark: bool) -> go.Figure:
    """A band from quartile to quartile and the median as an upright bar; at the right Cns, or how many answered."""
    look, colour = style.palette(dark), style.scale_colours(2, dark)[1]
    figure = go.Figure()
    words = []
    for place, row in enumerate(rows):
        mark = [[row["item_id"], row["segment"]]]
        hover = {"hovertext": [_hover(row, names[place])], "hovertemplate": "%{hovertext}<extra></extra>"}
        text = measures.NONE
        if row["answered"]:
            half = (row["upper"] - row["lower"]) or 0.02 * (
                row["high_end"] - row["low_end"] if row["points"] > 1 else 1
            )
            figure.add_bar(
                x=[half], base=[row["lower"] if row["upper"] > row["lower"] else row["lower"] - half / 2], y=[place],
                width=0.5, orientation="h", customdata=mark, marker={"color": colour, "opacity": 0.55}, **hover,
                unselected={"marker": {"opacity": 0.3}}, selected={"marker": {"opacity": 0.8}},
            )  # fmt: skip
            figure.add_scatter(
                x=[row["median"]], y=[place], mode="markers", customdata=mark, cliponaxis=False, **hover,
                marker={"symbol": "line-ns", "size": 20, "line": {"width": 3, "color": look.ink}},
                unselected={"marker": {"opacity": 1}},
            )  # fmt: skip
            text = (
                measures.coefficient(row["cns"]) if row["points"] and not pd.isna(row["cns"]) else str(row["answered"])
            )
        words.append(_at_right(text, place, look))
    heading = "Cns" if any(row["points"] for row in rows) else _("answered")
    words.append(_heading(heading, look))
    return _laid_out(figure, names, dark, words, _axis(rows, look), bold=len({row["segment"] for row in rows}) > 1)


def ranks(rows: list[dict[str, Any]], names: list[str], dark: bool) -> go.Figure:
    """A dot at the mean rank, the first place at the left; at the right how many placed it."""
    look, colour = style.palette(dark), style.scale_colours(2, dark)[1]
    figure = go.Figure()
    known = [(place, row) for place, row in enumerate(rows) if not pd.isna(row["mean_rank"])]
    figure.add_scatter(
        x=[row["mean_rank"] for _place, row in known], y=[place for place, _row in known], mode="markers",
        marker={"color": colour, "size": 13}, customdata=[[row["item_id"], row["segment"]] for _place, row in known],
        hovertext=[_hover_rank(row, names[place]) for place, row in known], cliponaxis=False,
        hovertemplate="%{hovertext}<extra></extra>", unselected={"marker": {"opacity": 0.45}},
    )  # fmt: skip
    words = [_at_right(style.k_of_n(row["placed"], row["answered"]), place, look) for place, row in enumerate(rows)]
    objects = max(int(row["objects"]) for row in rows)
    axis = {
        "range": [0.8, objects + 0.2], "tickmode": "array", "tickvals": list(range(1, objects + 1)), "showgrid": True,
        "gridcolor": look.track, "tickfont": {"color": look.soft},
    }  # fmt: skip
    words.append(_heading(_("placed"), look))
    return _laid_out(figure, names, dark, words, axis, bold=len({row["segment"] for row in rows}) > 1)


def said(value: float, digits: int = 1) -> str:
    """A number, or a dash where there is none."""
    return measures.NONE if pd.isna(value) else style.number(value, digits)


def middle_half(row: dict[str, Any]) -> str:
    """ "from 3 to 4"; a dash where nobody answered."""
    if pd.isna(row["lower"]):
        return measures.NONE
    return _("from {low} to {high}", low=style.number(row["lower"], 2), high=style.number(row["upper"], 2))


def _axis(rows: list[dict[str, Any]], look: style.Palette) -> dict[str, Any]:
    grid = {"showgrid": True, "gridcolor": look.track, "tickfont": {"color": look.soft, "size": style.TEXT_SIZE - 1}}
    scaled = [row for row in rows if row["points"]]
    if len(scaled) == len(rows):
        low, high = min(row["low_end"] for row in scaled), max(row["high_end"] for row in scaled)
        pad = 0.04 * (high - low) or 0.5
        many = max(int(row["points"]) for row in scaled)
        ticks = [low + (high - low) * number / (many - 1) for number in range(many)] if many > 1 else [low]
        return grid | {
            "range": [low - pad, high + pad], "tickmode": "array", "tickvals": ticks,
            "ticktext": [style.number(tick) for tick in ticks],
        }  # fmt: skip
    high = max((row["upper"] for row in rows if row["answered"]), default=1.0)
    low = min([0.0, *(row["lower"] for row in rows if row["answered"])])
    pad = 0.04 * (high - low) or 1
    return grid | {"range": [low - pad, high + pad]}


def _at_right(text: str, place: int, look: style.Palette) -> dict[str, Any]:
    return {
        "xref": "paper", "x": 1, "xanchor": "right", "y": place, "showarrow": False, "text": text,
        "font": {"color": look.ink, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip


def _heading(text: str, look: style.Palette) -> dict[str, Any]:
    return {
        "xref": "paper", "x": 1, "xanchor": "right", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False,
        "text": style.plain(text), "font": {"color": look.soft, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip


def _laid_out(
    figure: go.Figure, names: list[str], dark: bool, words: list[dict[str, Any]], axis: dict[str, Any], *, bold: bool
) -> go.Figure:
    labels = [style.wrapped(name, _LABEL_WIDTH) for name in names]
    if bold:
        labels[0] = f"<b>{labels[0]}</b>"
    return style.dressed(
        figure, dark=dark, height=style.height_of(labels) + 58, margin={"l": 8, "r": 4, "t": 24, "b": 34},
        annotations=words, barmode="overlay", xaxis=axis | {"domain": [0, 0.84]},
        yaxis={
            "range": [len(names) - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(len(names))),
            "ticktext": labels,
        },
    )  # fmt: skip


def _hover(row: dict[str, Any], name: str) -> str:
    said_of = [
        _("median {value}", value=said(row["median"])), _("middle half {half}", half=middle_half(row)),
        style.k_of_n_experts(row["answered"], row["n"]),
    ]  # fmt: skip
    return f"<b>{style.wrapped(name, 48)}</b><br>" + "<br>".join(said_of)


def _hover_rank(row: dict[str, Any], name: str) -> str:
    mean = _("mean rank {value}", value=style.number(row["mean_rank"], 2))
    first = _("In first place: {count}", count=style.k_of_n_experts(row["first"], row["answered"]))
    return f"<b>{style.wrapped(name, 48)}</b><br>{mean}<br>{first}"
