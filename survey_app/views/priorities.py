"""What comes first: how high a matter is rated, how many speak of it, and in how many groups."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.counts import SESSIONS
from coding.frames import Frames
from coding.item_statistics import spread
from coding.item_values import segment_numbers, tally
from coding.segments import ALL, Segmentation
from coding.talk_and_form import beside, matters
from survey_app.language import _, label
from survey_app.views import measures, style
from survey_app.views.segment_names import named_segments, records, segment_name

_KEY_WIDTH = 44  # characters a line of the key below the field
_TAGS_WIDTH = 8
_MOST_TICKS = 12
_FEWEST = 2  # matters that can be compared


def title() -> str:
    """The question that the chart answers."""
    return _("What is rated high, and how many speak of it?")


def reading() -> str:
    """How to read it."""
    return _(
        "The higher, the higher the median rating; the further right, the more experts speak of it; the larger, the "
        "more stakeholder groups do. The dotted lines are the medians of what is shown: at the top right lies what is "
        "both. Select a matter to read the words behind it."
    )


def questions(frames: Frames) -> dict[str, tuple[str, ...]]:
    """The questions with several matters on one scale, each with its lines; those about problems come first."""
    found = matters(frames)
    found = found[found["parent_id"] != ""]
    lines = {str(key): tuple(part["item_id"]) for key, part in found.groupby("parent_id", sort=False)}
    polarity = frames.codes.set_index("code_id")["polarity"]
    first = {key: polarity.get(part["code_id"].iloc[0], "") for key, part in found.groupby("parent_id", sort=False)}
    listed = [key for key, items in lines.items() if len(items) >= _FEWEST]
    return {key: lines[key] for key in sorted(listed, key=lambda key: first[key] != "negative")}


def prepare(
    frames: Frames,
    segmentation: Segmentation,
    question: str,
    *,
    layer: str = "adjudicated",
    coder_id: str | None = None,
    source_kinds: Sequence[str] = SESSIONS,
) -> pd.DataFrame:
    """One row a matter of the question and segment, `ALL` last: item_id, code_id, short, labels, segment, n experts,
    rated, median and mean (NaN where nobody rated), lowest and highest of the scale (NaN without one), k who mention
    it, and groups (of groups_n) that somebody who does is in. No expert is named. Raises KeyError for a question that
    `questions` does not list.
    """
    lines = questions(frames)[question]
    listed = beside(frames, lines, source_kinds=source_kinds, layer=layer, coder_id=coder_id)
    items = {row["item_id"]: row for row in records(frames.items[frames.items["item_id"].isin(lines)])}
    short = dict(zip(frames.codes["code_id"], frames.codes["short"], strict=True))
    where = segment_numbers(frames.experts, segmentation)
    segments = records(named_segments(frames, segmentation))
    group, group_names = pd.factorize(frames.experts["group_id"])
    rows = []
    for one in listed:
        lies = spread(*tally(one.values, where, len(segments) - 1))
        points = [float(point["value"]) for point in items[one.item_id]["scale"]]
        ends = {"lowest": min(points, default=np.nan), "highest": max(points, default=np.nan)}
        for place, segment in enumerate(segments):
            inside = np.ones(len(where), dtype=bool) if segment["segment"] == ALL else where == place
            speakers = inside & one.mentioned
            rows.append(
                {"item_id": one.item_id, "code_id": one.code_id, "short": short[one.code_id],
                 "label_en": items[one.item_id]["label_en"], "label_ru": items[one.item_id]["label_ru"], **segment,
                 "n": int(inside.sum()), "rated": int(lies.n[place]), "median": lies.median[place],
                 **ends, "mean": lies.mean[place], "k": int(speakers.sum()), "groups": len(np.unique(group[speakers])),
                 "groups_n": len(np.unique(group[inside])) if len(group_names) else 0}
            )  # fmt: skip
    return pd.DataFrame(rows)


def figure(prepared: pd.DataFrame, *, segment: str = ALL, dark: bool = False) -> go.Figure:
    """A field of bubbles with the codes' short names, what lies on one spot as one, and their key below it."""
    rows = _ordered(prepared, segment)
    shown = [row for row in rows if row["rated"]]
    if not shown:
        return style.nothing_to_show(_("Nobody has rated any of these."), dark)
    look = style.palette(dark)
    n, most = (max(row[key] for row in shown) for key in ("n", "k"))
    pad = 0.3 + 0.06 * most  # less than a step of the axis, which would else begin below nobody
    low, high = _range(shown)
    figure = go.Figure(_bubbles(shown, rows, look, dark))
    across, up = np.median([row["k"] for row in shown]), np.median([row["median"] for row in shown])
    figure.add_vline(x=across, line={"color": look.soft, "width": 1, "dash": "dot"}, layer="below")
    figure.add_hline(y=up, line={"color": look.soft, "width": 1, "dash": "dot"}, layer="below")
    key = [style.wrapped(f"{_tag(row, rows)}  {label(row)}", _KEY_WIDTH) for row in rows]
    below = sum(16 * style.lines_of(line) for line in key)
    field, title = 330, {"color": look.soft, "size": style.TEXT_SIZE - 1}
    return style.dressed(
        figure, dark=dark, height=field + below + 68, margin={"l": 8, "r": 10, "t": 10, "b": below + 58},
        annotations=[_key(key, look)],
        xaxis={
            "range": [-pad, most + pad], "showgrid": True, "gridcolor": look.track, "tickfont": {"color": look.soft},
            "tickformat": "d", "dtick": 1 if most < _MOST_TICKS else None,
            "title": {"text": _("experts who speak of it (of {n})", n=n), "font": title, "standoff": 6},
        },
        yaxis={
            "range": [low, high], "showgrid": True, "gridcolor": look.track, "tickfont": {"color": look.soft},
            "dtick": 1 if high - low < _MOST_TICKS else None,
            "title": {"text": _("median rating"), "font": title, "standoff": 6},
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame, *, segment: str = ALL) -> str:
    """What lies above both medians, or that nothing does."""
    rows = [row for row in _ordered(prepared, segment) if row["rated"]]
    if not rows:
        return _("Nobody has rated any of these.")
    across, up = np.median([row["k"] for row in rows]), np.median([row["median"] for row in rows])
    first = [row for row in rows if row["k"] > across and row["median"] >= up]
    about = "" if segment == ALL else f"{segment_name(rows[0])}. "
    if not first:
        return about + _("Nothing is both rated high and spoken of by many")
    top = max(first, key=lambda row: (row["median"], row["k"]))
    return about + _(
        "Rated high and spoken of by many, above all: “{name}” (median {median}; {count})", name=label(top),
        median=style.number(top["median"]), count=style.k_of_n_experts(top["k"], top["n"]),
    )  # fmt: skip


def table(prepared: pd.DataFrame, *, segment: str = ALL) -> pd.DataFrame:
    """The same numbers, those that nobody rated too."""
    rows = _ordered(prepared, segment)
    columns: dict[str, list[Any]] = {
        _("Code"): [_tag(row, rows) for row in rows],
        _("Matter"): [label(row) for row in rows],
        _("rated"): [style.k_of_n(row["rated"], row["n"]) for row in rows],
        _("median"): [measures.NONE if pd.isna(row["median"]) else style.number(row["median"]) for row in rows],
        _("mean"): [measures.NONE if pd.isna(row["mean"]) else style.number(row["mean"], 2) for row in rows],
        _("speak of it"): [style.k_of_n(row["k"], row["n"]) for row in rows],
        _("groups that do"): [style.k_of_n(row["groups"], row["groups_n"]) for row in rows],
    }
    index = pd.MultiIndex.from_tuples([(row["item_id"], row["segment"]) for row in rows], names=["item_id", "segment"])
    return pd.DataFrame(columns, index=index)


def _ordered(prepared: pd.DataFrame, segment: str) -> list[dict[str, Any]]:
    rows = records(prepared[prepared["segment"] == segment])
    return sorted(rows, key=lambda row: (-row["median"] if row["rated"] else np.inf, -row["k"]))


def _tag(row: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """What a matter is called in the field: its code's short name, or its number in the list."""
    return row["short"] or str(1 + [one["item_id"] for one in rows].index(row["item_id"]))


def _range(shown: list[dict[str, Any]]) -> tuple[float, float]:
    """What the field reaches over: the whole scale, or a little more than the medians where there is none."""
    first = shown[0]
    low, high = first["lowest"], first["highest"]
    if pd.isna(low):
        medians = [row["median"] for row in shown]
        low, high = min(medians), max(medians)
    pad = 0.16 * (high - low) or 1
    return low - pad, high + pad


def _bubbles(
    shown: list[dict[str, Any]], rows: list[dict[str, Any]], look: style.Palette, dark: bool
) -> list[go.Scatter]:
    spots: dict[tuple[int, float], list[dict[str, Any]]] = {}
    for row in shown:
        spots.setdefault((row["k"], row["median"]), []).append(row)
    colour = style.scale_colours(2, dark)[1]
    found = []
    for (k, median), here in spots.items():
        groups = max(row["groups"] for row in here)
        tags = style.wrapped(" ".join(_tag(row, rows) for row in here), _TAGS_WIDTH)
        found.append(
            go.Scatter(
                x=[k], y=[median], mode="markers+text", text=[tags],
                textposition="top center" if len(here) > 1 or groups < 3 else "middle center", cliponaxis=False,
                marker={"size": 12 + 4.5 * groups, "color": style.through(colour, 0.4),
                        "line": {"width": 1.5, "color": colour}},
                textfont={"color": look.ink, "size": style.TEXT_SIZE - 1}, selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 0.5}, "textfont": {"color": look.ink}},
                customdata=[[here[0]["item_id"], here[0]["segment"]]], hovertext=[_hover(here)],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )  # fmt: skip
    return found


def _hover(here: list[dict[str, Any]]) -> str:
    told = []
    for row in here:
        speakers = _("speak of it: {count}", count=style.k_of_n_experts(row["k"], row["n"]))
        median = _("median {value}", value=style.number(row["median"]))
        groups = _("groups that do: {count}", count=style.k_of_n(row["groups"], row["groups_n"]))
        told.append(f"<b>{style.wrapped(label(row), 48)}</b><br>{median}<br>{speakers}<br>{groups}")
    return "<br>".join(told)


def _key(lines: list[str], look: style.Palette) -> dict[str, Any]:
    return {
        "xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "yshift": -50,
        "showarrow": False, "align": "left", "text": "<br>".join(lines),
        "font": {"color": look.ink, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip
