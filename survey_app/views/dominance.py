"""Whether one voice carries a code: places by experts beside places by statements. Not for a release with its keys."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.counts import SESSIONS
from coding.dominance import FEWEST, voices
from coding.frames import Frames
from coding.segments import ALL, Segmentation, segment_of
from coding.shown_codes import shown_codes
from survey_app.language import _, label, ngettext
from survey_app.views import measures, style
from survey_app.views.segment_names import named_segments, records, segment_name

_LABEL_WIDTH = 40  # characters a line
_ROOM = 2.05  # length of a column in bars as long as they can be: the last words stand behind a full bar
_COLUMNS = ("", "2")
_PAD = 0.42  # of such a bar: places stand before it
_BAR = 18  # pixels


def title() -> str:
    """The question that the chart answers."""
    return _("Does one voice carry it?")


def reading() -> str:
    """How to read it."""
    return _(
        "At the left how many experts name a code, at the right how many statements do; before each bar its place. "
        "The coloured part comes from the one expert who says it most. A code in bold is carried by one voice: at "
        "least half of its statements, and at least {fewest}, are one expert's. Select a code to read the words behind "
        "it.",
        fewest=FEWEST,
    )


def prepare(
    frames: Frames,
    segmentation: Segmentation,
    *,
    layer: str = "adjudicated",
    coder_id: str | None = None,
    source_kinds: Sequence[str] = SESSIONS,
    experts: bool = True,
) -> pd.DataFrame:
    """One row a code below a root, those that most experts name first: code_id, root, labels, order and the columns of
    `coding.dominance.voices`, with the names of the top expert's segment (`ALL` and "" where there is none).

    Without `experts`, as for readers, top_expert is "" and the segment `ALL`.
    """
    found = voices(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id)
    codes = frames.codes.loc[shown_codes(frames)]
    rows = codes[["code_id", "root", "label_en", "label_ru", "order"]].merge(found, on="code_id")
    if not experts:
        rows["top_expert"] = ""
    rows["segment"] = rows["top_expert"].map(segment_of(frames.experts, segmentation)).fillna("").replace("", ALL)
    rows = rows.merge(named_segments(frames, segmentation).drop(columns="position"), on="segment", how="left")
    return rows.sort_values(["k", "statements", "order"], ascending=[False, False, True], ignore_index=True)


def figure(prepared: pd.DataFrame, *, top: int = 8, dark: bool = False) -> go.Figure:
    """Two columns of bars for the codes among the first `top` in either, and for those that one voice carries."""
    rows = _shown(prepared, top)
    if rows.empty:
        return style.nothing_to_show(_("No expert's words have a code yet."), dark)
    look = style.palette(dark)
    listed = records(rows)
    placed: list[tuple[int, dict[str, Any]]] = []
    depth = 0  # pixels from above
    for row in listed:
        depth += _height(row)
        placed.append((depth - _BAR // 2 - 2, row))
    wholes = (int(rows["n"].max()), int(rows["statements"].max()))
    figure = go.Figure([*_bars(placed, look, dark), *_strips(placed, wholes, look)])
    words = [part for y, row in placed for part in (_name(row, y, look), *_counts(row, y, look))]
    more = int((prepared["k"] > 0).sum()) - len(rows)
    if more:
        words.append(_note(more, depth, look))
    columns = {
        f"xaxis{name}": {"range": [-_PAD * whole, whole * _ROOM], "domain": domain, "showticklabels": False}
        for name, whole, domain in zip(_COLUMNS, wholes, ([0, 0.5], [0.5, 1]), strict=True)
    }
    return style.dressed(
        figure, dark=dark, height=depth + 40 + 24 * bool(more), barmode="overlay",
        margin={"l": 4, "r": 4, "t": 32, "b": 8 + 24 * bool(more)}, annotations=[*words, *_headings(look)], **columns,
        yaxis={"range": [depth, 0], "showticklabels": False},
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """Codes that one voice carries, and what is first either way."""
    said = records(prepared[prepared["k"] > 0])
    if not said:
        return _("No expert's words have a code yet.")
    carried = sorted((row for row in said if row["one_voice"]), key=lambda row: -row["top_statements"])
    if not carried:
        return _("No code is carried by one voice.")
    told, first = [_carried(carried[0])], carried[0]
    if len(carried) > 1:
        told.append(ngettext("So is {count} more code.", "So are {count} more codes.", len(carried) - 1))
    leader = said[0]
    if first["place_by_statements"] == 1 and first["place_by_experts"] > 1:
        told.append(
            _(
                "By statements it comes first, by experts “{name}” does ({count}).", name=label(leader),
                count=style.k_of_n_experts(leader["k"], leader["n"]),
            )
        )  # fmt: skip
    return " ".join(told)


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every code with both counts, both places and the expert who says it most."""
    rows = records(prepared)
    return pd.DataFrame(
        {
            _("Codes"): [label(row) for row in rows],
            _("Experts"): [style.k_of_n(row["k"], row["n"]) for row in rows],
            _("place by experts"): [_place(row["place_by_experts"]) for row in rows],
            _("Statements"): [row["statements"] for row in rows],
            _("place by statements"): [_place(row["place_by_statements"]) for row in rows],
            _("says it most"): [row["top_expert"] or measures.NONE for row in rows],
            _("Segment"): [segment_name(row) if row["segment"] != ALL else measures.NONE for row in rows],
            _("of one expert"): [style.k_of_n(row["top_statements"], row["statements"]) for row in rows],
            _("one voice"): [_("yes") if row["one_voice"] else "" for row in rows],
        },
        index=pd.MultiIndex.from_tuples([(row["code_id"], ALL) for row in rows], names=["code_id", "segment"]),
    )


def _shown(prepared: pd.DataFrame, top: int) -> pd.DataFrame:
    """Rows that are drawn: the first by experts and by statements (equals in the order of the rows), and one voices."""
    said = prepared[prepared["k"] > 0]
    by_statements = said.sort_values("place_by_statements", kind="stable").head(top).index
    return said[said.index.isin(said.head(top).index.union(by_statements)) | said["one_voice"]]


def _carried(row: dict[str, Any]) -> str:
    count = style.k_of_n(row["top_statements"], row["statements"])
    if not row["top_expert"]:
        return _("“{name}” is carried by one voice: {count} statements are one expert's.", name=label(row), count=count)
    who = row["top_expert"] if row["segment"] == ALL else f"{row['top_expert']} ({segment_name(row)})"
    return _(
        "“{name}” is carried by one voice: {count} statements are those of {expert}.", name=label(row), count=count,
        expert=who,
    )  # fmt: skip


def _place(place: int) -> str:
    return str(place) if place else measures.NONE


def _height(row: dict[str, Any]) -> int:
    """Pixels of a code with its label and its bars."""
    return 16 * style.lines_of(_label(row)) + _BAR + 10


def _label(row: dict[str, Any]) -> str:
    return style.wrapped(label(row), _LABEL_WIDTH)


def _bars(placed: list[tuple[int, dict[str, Any]]], look: style.Palette, dark: bool) -> list[go.Bar]:
    """Bed and bar of experts; bar of statements with the loudest expert's part darker."""
    pale, strong = style.mixed(look.track, look.soft, 0.6), style.shade(1, dark)
    bar: dict[str, Any] = {
        "orientation": "h", "y": [y for y, _row in placed], "width": _BAR, "hoverinfo": "skip",
        "unselected": {"marker": {"opacity": 1}},
    }  # fmt: skip
    parts = (("n", look.track, ""), ("k", pale, ""), ("statements", pale, "2"), ("top_statements", strong, "2"))
    return [
        go.Bar(x=[row[name] for _y, row in placed], xaxis=f"x{column}", marker={"color": colour, "line": {"width": 0}},
               **bar)
        for name, colour, column in parts
    ]  # fmt: skip


def _strips(placed: list[tuple[int, dict[str, Any]]], wholes: tuple[int, int], look: style.Palette) -> list[go.Bar]:
    """What takes the pointer: a code with its label and bars, in either column."""
    tall = [_height(row) - 2 for _y, row in placed]
    return [
        go.Bar(
            x=[whole * (_ROOM + _PAD)] * len(placed), base=-_PAD * whole, xaxis=f"x{column}", width=tall,
            y=[y + _BAR / 2 + 2 - height / 2 for (y, _row), height in zip(placed, tall, strict=True)],
            orientation="h", customdata=[[row["code_id"], ALL] for _y, row in placed],
            marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
            selected={"marker": {"color": style.through(look.touched, 0.16)}}, unselected={"marker": {"opacity": 0}},
            hovertext=[_hover(row) for _y, row in placed], hovertemplate="%{hovertext}<extra></extra>",
        )
        for column, whole in zip(_COLUMNS, wholes, strict=True)
    ]  # fmt: skip


def _name(row: dict[str, Any], y: int, look: style.Palette) -> dict[str, Any]:
    text = _label(row)
    return {
        "xref": "paper", "x": 0, "xanchor": "left", "y": y - _BAR / 2, "yanchor": "bottom",
        "yshift": 1, "showarrow": False, "align": "left", "text": f"<b>{text}</b>" if row["one_voice"] else text,
        "font": {"color": look.ink, "size": style.TEXT_SIZE},
    }  # fmt: skip


def _counts(row: dict[str, Any], y: int, look: style.Palette) -> list[dict[str, Any]]:
    """The place before each bar and what it counts behind it."""
    common: dict[str, Any] = {"y": y, "yanchor": "middle", "showarrow": False}
    small = {"color": look.ink, "size": style.TEXT_SIZE - 1}
    told = (style.k_of_n(row["k"], row["n"]), _statements(row))
    found: list[dict[str, Any]] = []
    for column, name, place, text in zip(
        _COLUMNS, ("k", "statements"), (row["place_by_experts"], row["place_by_statements"]), told, strict=True
    ):
        axis = {"xref": f"x{column}", **common}
        found.append(axis | {"x": 0, "xanchor": "right", "xshift": -5, "text": f"<b>{place}</b>", "font": small})
        found.append(axis | {"x": row[name], "xanchor": "left", "xshift": 5, "text": text, "font": small})
    return found


def _statements(row: dict[str, Any]) -> str:
    """How many, and of whom most, if one says it more than once."""
    most = row["top_statements"]
    whose = f"{row['top_expert']}: {most}" if row["top_expert"] else str(most)
    return f"{row['statements']} ({style.plain(whose)})" if most > 1 else str(row["statements"])


def _headings(look: style.Palette) -> list[dict[str, Any]]:
    common: dict[str, Any] = {
        "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 8,
        "showarrow": False, "font": {"color": look.ink, "size": style.TEXT_SIZE + 1},
    }  # fmt: skip
    headings = (_("Place by experts"), _("Place by statements"))
    return [{"x": x, "text": f"<b>{text}</b>", **common} for x, text in zip((0, 0.5), headings, strict=True)]


def _note(more: int, depth: int, look: style.Palette) -> dict[str, Any]:
    return {
        "xref": "paper", "x": 0, "xanchor": "left", "y": depth, "yanchor": "top", "yshift": -4,
        "showarrow": False, "text": ngettext("{count} more in the table", "{count} more in the table", more),
        "font": {"color": look.soft, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip


def _hover(row: dict[str, Any]) -> str:
    whose = _("of one expert: {count}", count=style.k_of_n(row["top_statements"], row["statements"]))
    lines = [
        f"<b>{style.wrapped(label(row), 48)}</b>", style.k_of_n_experts(row["k"], row["n"]),
        style.statements(row["statements"]), whose,
    ]  # fmt: skip
    return "<br>".join(lines)
