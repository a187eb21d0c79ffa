"""What hinders and what helps: problems to the left, enablers to the right, by the experts who name them."""

from typing import Any, Literal

import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.segments import ALL, Segmentation
from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.code_rows import code_rows
from survey_app.views.segment_names import records, segment_name

Unit = Literal["experts", "statements"]

_SIDES = {"negative": (-1, style.PROBLEM), "positive": (1, style.ENABLER)}
_LABEL_WIDTH = 165  # pixels: half of a narrow screen
_ROOM = 1.24  # length of a side in bars as long as they can be: the last words stand behind a full bar


def title() -> str:
    """The question that the chart answers."""
    return _("What hinders, and what helps?")


def reading() -> str:
    """How to read it."""
    return _(
        "Each bar is the number of experts who name the problem or enabler at least once, however often; its pale bed "
        "is all experts. Select a bar to read the words behind it."
    )


def prepare(
    frames: Frames, segmentation: Segmentation, *, layer: str = "adjudicated", coder_id: str | None = None
) -> pd.DataFrame:
    """Rows of `code_rows` for every problem (polarity negative) and every enabler (positive)."""
    rows = code_rows(frames, segmentation, layer=layer, coder_id=coder_id)
    return rows[rows["polarity"].isin(_SIDES)].reset_index(drop=True)


def figure(
    prepared: pd.DataFrame, *, segment: str = ALL, top: int = 12, unit: Unit = "experts", dark: bool = False
) -> go.Figure:
    """Mirrored bars of the `top` most named on either side; what nobody names stands in the table alone."""
    named = {polarity: _ranking(prepared, segment, polarity, unit, named=True) for polarity in _SIDES}
    shown = {polarity: rows.head(top) for polarity, rows in named.items()}
    depth = max(len(rows) for rows in shown.values())
    if not depth:
        return style.nothing_to_show(_("Nobody has named a problem or an enabler here."), dark)
    every = pd.concat(shown.values())
    whole = int(every["n"].max() if unit == "experts" else every["statements"].max())
    lines = max(style.lines_of(text) for text in _labels(every))
    figure = go.Figure()
    words: list[dict[str, Any]] = []
    for polarity, rows in shown.items():
        figure.add_traces(_bars(rows, polarity, unit, whole, lines, dark))
        words += _words(rows, polarity, unit, lines, dark)
        more = len(named[polarity]) - len(rows)
        if more:
            words.append(_note(more, polarity, depth, dark))
    below = 0.35 if any(len(named[polarity]) > top for polarity in _SIDES) else 0
    return style.dressed(
        figure, dark=dark, height=int((depth + below) * _row(lines)) + 40, barmode="overlay",
        margin={"l": 4, "r": 4, "t": 34, "b": 6}, annotations=words,
        xaxis={
            "range": [-whole * _ROOM, whole * _ROOM], "showticklabels": False, "zeroline": True, "zerolinewidth": 1,
            "zerolinecolor": style.palette(dark).line,
        },
        yaxis={"range": [depth - 0.5 + below, -0.5], "showticklabels": False},
    )  # fmt: skip


def finding(prepared: pd.DataFrame, *, segment: str = ALL, unit: Unit = "experts") -> str:
    """Who is named most on either side."""
    leaders = {polarity: _leaders(_ranking(prepared, segment, polarity, unit, named=True), unit) for polarity in _SIDES}
    problem, enabler = leaders["negative"], leaders["positive"]
    said = []
    if problem:
        said.append(_("Named most as a problem: {leaders}.", leaders=problem))
    if enabler:
        said.append(_("Named most as an enabler: {leaders}.", leaders=enabler))
    if not said:
        said.append(_("Nobody has named a problem or an enabler here."))
    about = [] if segment == ALL else [f"{segment_name(_about(prepared, segment))}."]
    return " ".join(about + said)


def table(prepared: pd.DataFrame, *, segment: str = ALL) -> pd.DataFrame:
    """Every problem and enabler, those that nobody names included."""
    rows = pd.concat([_ranking(prepared, segment, polarity, "experts") for polarity in _SIDES])
    kinds = {"negative": _("problem"), "positive": _("enabler")}
    return pd.DataFrame(
        {
            _("Kind"): [kinds[polarity] for polarity in rows["polarity"]],
            _("Codes"): [label(row) for row in records(rows)],
            _("Experts"): [style.k_of_n(row["k"], row["n"]) for row in records(rows)],
            _("Statements"): rows["statements"].tolist(),
        },
        index=pd.MultiIndex.from_frame(rows[["code_id", "segment"]]),
    )


def _ranking(prepared: pd.DataFrame, segment: str, polarity: str, unit: Unit, named: bool = False) -> pd.DataFrame:
    """One side of one segment, the most named first; ties as in the codebook."""
    rows = prepared[(prepared["segment"] == segment) & (prepared["polarity"] == polarity)]
    if named:
        rows = rows[rows["statements"] > 0]
    by = ["k", "statements"] if unit == "experts" else ["statements", "k"]
    return rows.sort_values([*by, "order"], ascending=[False, False, True], kind="stable")


def _leaders(rows: pd.DataFrame, unit: Unit) -> str:
    """The code or the two codes at the top with their count, or how many share it; "" without any.

    A heading leads nothing, and a code that holds others not where one of them is named as often.
    """
    rows = rows[(rows["code_id"] != rows["root"]) | ~rows["code_id"].isin(rows["parent_id"])]
    if rows.empty:
        return ""
    measure = rows["k" if unit == "experts" else "statements"]
    first = rows[measure == measure.max()]
    first = first[~first["code_id"].isin(first["parent_id"])]
    top = first.iloc[0]
    count = style.k_of_n_experts(int(top["k"]), int(top["n"]))
    if unit == "statements":
        count = style.statements(int(top["statements"]))
    names = [label(row) for row in records(first)]
    if len(names) == 1:
        return _("“{name}” ({count})", name=names[0], count=count)
    if len(names) == 2:
        return _("“{first}” and “{second}” (each {count})", first=names[0], second=names[1], count=count)
    return ngettext("{count} code ({share})", "{count} codes alike ({share} each)", len(names), share=count)


def _about(prepared: pd.DataFrame, segment: str) -> dict[str, Any]:
    """A row that names the segment."""
    rows = records(prepared[prepared["segment"] == segment].head(1))
    return rows[0] if rows else {"segment": segment}


def _bars(rows: pd.DataFrame, polarity: str, unit: Unit, whole: int, lines: int, dark: bool) -> list[go.Bar]:
    """Bed, bar and the clear strip that takes the pointer, for one side."""
    direction, colour = _SIDES[polarity]
    look = style.palette(dark)
    places = list(range(len(rows)))
    low, thick = _inside(lines)
    bar: dict[str, Any] = {
        "orientation": "h", "y": [place + low for place in places], "width": thick, "hoverinfo": "skip",
        "unselected": {"marker": {"opacity": 1}},
    }  # fmt: skip
    counts = rows["k" if unit == "experts" else "statements"]
    beds = go.Bar(x=direction * rows["n"], marker={"color": look.track, "line": {"width": 0}}, **bar)
    drawn = go.Bar(x=direction * counts, marker={"color": colour, "line": {"width": 0}}, **bar)
    strip = go.Bar(
        x=[direction * whole * _ROOM] * len(rows), y=places, width=0.98, orientation="h",
        customdata=rows[["code_id", "segment"]].to_numpy().tolist(),
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        selected={"marker": {"color": style.through(look.touched, 0.16)}}, unselected={"marker": {"opacity": 0}},
        hovertext=_hover(rows), hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    return [beds, drawn, strip] if unit == "experts" else [drawn, strip]


def _words(rows: pd.DataFrame, polarity: str, unit: Unit, lines: int, dark: bool) -> list[dict[str, Any]]:
    """Heading of one side, the code above each bar and its count behind it."""
    direction, _colour = _SIDES[polarity]
    look = style.palette(dark)
    low, thick = _inside(lines)
    aside = {"showarrow": False, "xanchor": "right" if direction < 0 else "left", "xshift": direction * 7}
    heading = _("Problems") if direction < 0 else _("Enablers")
    words: list[dict[str, Any]] = [
        {"x": 0, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 6, "text": f"<b>{heading}</b>",
         "font": {"color": look.ink, "size": style.TEXT_SIZE + 1}} | aside
    ]  # fmt: skip
    for place, (row, text) in enumerate(zip(records(rows), _labels(rows), strict=True)):
        count = row["k" if unit == "experts" else "statements"]
        words += [
            {"x": 0, "y": place + low - thick / 2, "yanchor": "bottom", "text": text,
             "align": "right" if direction < 0 else "left", "font": {"color": look.ink, "size": style.TEXT_SIZE}}
            | aside,
            {"x": direction * count, "y": place + low, "yanchor": "middle",
             "text": style.k_of_n(row["k"], row["n"]) if unit == "experts" else str(count),
             "font": {"color": look.ink, "size": style.TEXT_SIZE - 1}} | aside,
        ]  # fmt: skip
    return words


def _row(lines: int) -> int:
    """Pixels of a row whose label has so many lines at most."""
    return 28 + 16 * lines


def _inside(lines: int) -> tuple[float, float]:
    """Where in its row a bar lies and how thick it is, in rows: below its label."""
    return 0.5 - 14 / _row(lines), 16 / _row(lines)


def _labels(rows: pd.DataFrame) -> list[str]:
    return [style.wrapped_within(label(row), _LABEL_WIDTH) for row in records(rows)]


def _hover(rows: pd.DataFrame) -> list[str]:
    return [
        f"<b>{style.wrapped(label(row), 48)}</b><br>{style.k_of_n_experts(row['k'], row['n'])}"
        f"<br>{style.statements(row['statements'])}"
        for row in records(rows)
    ]


def _note(more: int, polarity: str, depth: int, dark: bool) -> dict[str, Any]:
    direction, _colour = _SIDES[polarity]
    return {
        "x": 0, "y": depth - 0.3, "xshift": direction * 7, "showarrow": False, "yanchor": "middle",
        "xanchor": "right" if direction < 0 else "left",
        "text": ngettext("{count} more in the table", "{count} more in the table", more),
        "font": {"color": style.palette(dark).soft, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip
