"""How many of each group say it: one code, a row of dots for each segment, a dot for each expert."""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.segments import ALL, Segmentation
from coding.shown_codes import shown_codes
from survey_app.language import _, label
from survey_app.views import measures, style
from survey_app.views.code_rows import code_rows
from survey_app.views.difference_words import range_of, with_intervals
from survey_app.views.segment_names import records, segment_name

_PITCH = 16.4  # pixels from dot to dot
_ACROSS = 20  # dots a line, as many as a phone has room for
_COLOURS = {"negative": style.PROBLEM, "positive": style.ENABLER}


def title() -> str:
    """The question that the chart answers."""
    return _("How many of each group say it?")


def reading() -> str:
    """How to read it."""
    return _(
        "Each dot is one expert; a full one has named it at least once. Groups of fewer than five have no interval: "
        "the dots are all that is known. Select a full dot to read the words behind it."
    )


def codes(frames: Frames) -> dict[str, str]:
    """The codes that may be chosen, and their names, in the codebook's order."""
    listed = frames.codes[shown_codes(frames)].sort_values("order", kind="stable")
    return {row["code_id"]: label(row) or row["code_id"] for row in records(listed)}


def prepare(
    frames: Frames, segmentation: Segmentation, code_id: str = "", *, layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Rows of `code_rows` for one code (that which most experts name if ""), with `low` and `high` of the 95 % interval
    of the share, NaN below five experts. No row for a code that `codes` does not list.
    """
    rows = code_rows(frames, segmentation, layer=layer, coder_id=coder_id)
    if not code_id and len(rows):
        everyone = rows[rows["segment"] == ALL]
        code_id = str(everyone.sort_values(["k", "statements"], ascending=False, kind="stable")["code_id"].iloc[0])
    return with_intervals(rows[rows["code_id"] == code_id].reset_index(drop=True))


def figure(prepared: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """Rows of dots, all experts first; above each row its segment with k of n."""
    rows = _ordered(prepared)
    if not rows:
        return style.nothing_to_show(_("There are no codes here."), dark)
    look = style.palette(dark)
    full, hollow, words = _Dots(), _Dots(), list[dict[str, Any]]()
    below = 0.0
    for row in rows:
        text = _heading(row, look)
        words.append(
            {"x": 0, "y": below, "xanchor": "left", "yanchor": "top", "text": text, "align": "left", "showarrow": False,
             "font": {"color": look.ink, "size": style.TEXT_SIZE}}
        )  # fmt: skip
        top = below + 16 * style.lines_of(text) + 16
        for number in range(row["n"]):
            line, place = divmod(number, _ACROSS)
            (full if number < row["k"] else hollow).add(row, (place + 0.5) * _PITCH, top + line * _PITCH)
        lines = max(-(-row["n"] // _ACROSS), 1)
        below = top + (lines - 1) * _PITCH + (34 if row["segment"] == ALL else 22)
    colour = _COLOURS.get(rows[0]["polarity"], style.scale_colours(2, dark)[1])
    width = _ACROSS * _PITCH
    return style.dressed(
        go.Figure(_traces(full, hollow, colour, look)), dark=dark, height=int(below) + 8, annotations=words,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis={
            "range": [0, width], "showticklabels": False, "scaleanchor": "y", "scaleratio": 1, "constrain": "domain",
            "constraintoward": "left",
        },
        yaxis={"range": [below, 0], "showticklabels": False, "constrain": "domain", "constraintoward": "top"},
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """How many of all name it, and the segments of which all do or nobody does."""
    rows = _ordered(prepared)
    if not rows:
        return _("There are no codes here.")
    everyone, parts = rows[0], [row for row in rows[1:] if row["n"]]
    said = [_("“{name}” ({count})", name=label(everyone), count=style.k_of_n_experts(everyone["k"], everyone["n"]))]
    whole = [f"{segment_name(row)} ({style.k_of_n(row['k'], row['n'])})" for row in parts if row["k"] == row["n"]]
    none = [f"{segment_name(row)} ({style.k_of_n(0, row['n'])})" for row in parts if not row["k"]]
    if whole:
        said.append(_("named by everyone in: {segments}", segments=", ".join(whole)))
    if none and everyone["k"]:
        said.append(_("by nobody in: {segments}", segments=", ".join(none)))
    return "; ".join(said)


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Each segment with k of n, the interval where there is one, and statements."""
    rows = _ordered(prepared)
    columns: dict[str, list[Any]] = {
        _("Segment"): [segment_name(row) for row in rows],
        _("Experts"): [style.k_of_n(row["k"], row["n"]) for row in rows],
        _("95 % interval"): [range_of(row) or measures.NONE for row in rows],
        _("Statements"): [row["statements"] for row in rows],
    }
    index = pd.MultiIndex.from_tuples([(row["code_id"], row["segment"]) for row in rows], names=["code_id", "segment"])
    return pd.DataFrame(columns, index=index)


class _Dots:
    """Places of dots with what each belongs to."""

    def __init__(self) -> None:
        self.rows = list[dict[str, Any]]()
        self.x = list[float]()
        self.y = list[float]()

    def add(self, row: dict[str, Any], x: float, y: float) -> None:
        self.rows.append(row)
        self.x.append(x)
        self.y.append(y)


def _ordered(prepared: pd.DataFrame) -> list[dict[str, Any]]:
    """All experts first, then the segments in their order."""
    return sorted(records(prepared), key=lambda row: row["segment"] != ALL)


def _heading(row: dict[str, Any], look: style.Palette) -> str:
    name = style.wrapped(f"{style.k_of_n(row['k'], row['n'])} · {segment_name(row)}", 40)
    known = range_of(row)
    return f"{name}<br>{style.aside(look, _('95 % interval: {range}', range=known), 40)}" if known else name


def _traces(full: _Dots, hollow: _Dots, colour: str, look: style.Palette) -> list[go.Scatter]:
    common: dict[str, Any] = {"mode": "markers", "cliponaxis": False}
    told = [
        f"<b>{style.wrapped(label(row), 48)}</b><br>{style.plain(segment_name(row))}: "
        f"{style.k_of_n_experts(row['k'], row['n'])}<br>{style.statements(row['statements'])}"
        for row in full.rows
    ]
    return [
        go.Scatter(
            x=full.x, y=full.y, customdata=[[row["code_id"], row["segment"]] for row in full.rows],
            marker={"size": 13, "color": colour, "line": {"width": 1.5, "color": colour}},
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.5}},
            hovertext=told, hovertemplate="%{hovertext}<extra></extra>", **common,
        ),
        go.Scatter(
            x=hollow.x, y=hollow.y, hoverinfo="skip", unselected={"marker": {"opacity": 1}},
            marker={"size": 13, "color": look.paper, "line": {"width": 1.5, "color": look.soft}}, **common,
        ),
    ]  # fmt: skip
