"""Who speaks how much: statements by expert, so that one loud voice is not taken for many. Not for a release."""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.counts import mentions, statements_by_expert
from coding.frames import Frames
from coding.segments import Segmentation, segment_of
from survey_app.language import _
from survey_app.views import style
from survey_app.views.segment_names import named_segments, records, segment_name


def title() -> str:
    """The question that the chart answers."""
    return _("Who spoke how much?")


def reading() -> str:
    """How to read it."""
    return _(
        "Each bar is one expert; its stronger part is coded. Whoever speaks much adds many statements but is still one "
        "expert: that is why experts are counted. Select a bar to read what was said."
    )


def prepare(
    frames: Frames, segmentation: Segmentation, *, layer: str = "adjudicated", coder_id: str | None = None
) -> pd.DataFrame:
    """One row an expert, those who spoke most first: expert_id, statements, coded, and the names of the segment.

    An expert whose group is in no segment has segment "".
    """
    spoken = statements_by_expert(frames)
    coded = mentions(frames, layer=layer, coder_id=coder_id).groupby("expert_id")["statement_id"].nunique()
    rows = spoken.reset_index()
    rows["coded"] = rows["expert_id"].map(coded).fillna(0).astype("int64")
    rows["segment"] = rows["expert_id"].map(segment_of(frames.experts, segmentation))
    rows = rows.merge(named_segments(frames, segmentation), on="segment", how="left")
    names = ["segment_en", "segment_ru", "brief_en", "brief_ru"]
    rows[names] = rows[names].fillna("")
    return rows.sort_values("statements", ascending=False, kind="stable", ignore_index=True)


def figure(prepared: pd.DataFrame, *, top: int = 30, dark: bool = False) -> go.Figure:
    """Bars of statements, the `top` experts who spoke most."""
    rows = prepared[prepared["statements"] > 0].head(top)
    if rows.empty:
        return style.nothing_to_show(_("No expert has said anything yet."), dark)
    look = style.palette(dark)
    whole, coded = style.mixed(look.track, look.soft, 0.25), style.mixed(look.track, look.soft, 0.9)
    figure = go.Figure()
    for column, colour, hover in (("statements", whole, True), ("coded", coded, False)):
        figure.add_bar(
            orientation="h", x=rows[column], y=list(range(len(rows))), width=0.62,
            marker={"color": colour, "line": {"width": 0}}, unselected={"marker": {"opacity": 0.55 if hover else 1}},
            customdata=rows[["expert_id", "segment"]].to_numpy().tolist(),
            hovertext=[_hover(row) for row in records(rows)], hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
    numbers = [
        {"x": row["statements"], "y": place, "xanchor": "left", "xshift": 5, "showarrow": False,
         "text": str(row["statements"]), "font": {"color": look.ink, "size": style.TEXT_SIZE - 1}}
        for place, row in enumerate(records(rows))
    ]  # fmt: skip
    labels = [
        f"{style.plain(row['expert_id'])} · {style.wrapped(segment_name(row, brief=True), 30)}" for row in records(rows)
    ]
    return style.dressed(
        figure, dark=dark, height=style.height_of(labels, 26) + 14, barmode="overlay", annotations=numbers,
        xaxis={"range": [0, int(rows["statements"].max()) * 1.1], "showticklabels": False},
        yaxis={
            "range": [len(rows) - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(len(rows))),
            "ticktext": labels,
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """Who spoke most, beside what is usual."""
    total = int(prepared["statements"].sum())
    if not total:
        return _("No expert has said anything yet.")
    first = records(prepared)[0]
    return _(
        "{expert} ({segment}) spoke most: {count} statements; the median is {median}", expert=first["expert_id"],
        segment=segment_name(first), count=style.k_of_n(first["statements"], total),
        median=style.number(float(prepared["statements"].median())),
    )  # fmt: skip


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every expert, the silent ones included."""
    return pd.DataFrame(
        {
            _("Expert"): prepared["expert_id"].tolist(),
            _("Segment"): [segment_name(row) for row in records(prepared)],
            _("Statements"): prepared["statements"].tolist(),
            _("coded"): prepared["coded"].tolist(),
        },
        index=pd.MultiIndex.from_frame(prepared[["expert_id", "segment"]]),
    )


def _hover(row: dict[str, Any]) -> str:
    coded = _("coded: {count}", count=style.k_of_n(row["coded"], row["statements"]))
    return (
        f"<b>{style.plain(row['expert_id'])}</b> · {style.plain(segment_name(row))}<br>"
        f"{style.statements(row['statements'])}<br>{coded}"
    )
