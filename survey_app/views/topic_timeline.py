"""When topics come up: statements along the sessions. Not for a release: a mark is one statement."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.segments import Segmentation
from survey_app.language import _, label
from survey_app.views import session_strokes, style
from survey_app.views.segment_names import named_segments, records
from survey_app.views.spoken import clock
from survey_app.views.topic_rows import Topic, named_topics, said_in_topics


def title() -> str:
    """The question that the chart answers."""
    return _("When do topics come up?")


def reading() -> str:
    """How to read it."""
    return _(
        "Each stroke is a statement, from the beginning of its session at the left to the end at the right; several "
        "sessions are laid over each other. The longer stroke is the middle one. Select a stroke to read what its "
        "group says in the topic."
    )


def prepare(
    topics: Sequence[Topic], assigned: pd.DataFrame, frames: Frames, segmentation: Segmentation, source: str = ""
) -> pd.DataFrame:
    """One row a statement that an expert said in a session, or in the one `source`: `said_in_topics` with `share` of
    the session before it (0 to 1), the topic's names and rank, the segment's names.

    The session's time counts where every statement of it has one, else its statements, moderators' too.
    """
    said = said_in_topics(topics, assigned, frames, segmentation)
    said = said[(said["source_kind"] == "session") & (said["source_id"].eq(source) | (not source))]
    whole = frames.statements.groupby("source_id").agg(
        first=("start_s", "min"), last=("start_s", "max"), timed=("start_s", "count"), number=("order", "size"),
        first_order=("order", "min"), last_order=("order", "max"),
    )  # fmt: skip
    rows = said.join(whole, on="source_id")
    by_time = (rows["timed"] == rows["number"]) & (rows["last"] > rows["first"])
    time = (rows["start_s"] - rows["first"]) / (rows["last"] - rows["first"]).replace(0, 1)
    place = (rows["order"] - rows["first_order"]) / (rows["last_order"] - rows["first_order"]).replace(0, 1)
    rows["share"] = np.where(by_time, time, place).astype(float)
    rows = rows.drop(columns=list(whole.columns))
    rows = rows.merge(named_topics(topics).rename(columns={"position": "rank"}), on="topic")
    rows = rows.merge(named_segments(frames, segmentation), on="segment", how="left")
    names = ["segment_en", "segment_ru", "brief_en", "brief_ru"]
    rows[names] = rows[names].fillna("")
    return rows.sort_values(["rank", "share"], kind="stable", ignore_index=True)


def figure(prepared: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """A lane a topic, those that come up first on top."""
    if prepared.empty:
        return style.nothing_to_show(_("No statement of a session is in these topics."), dark)
    look = style.palette(dark)
    middles = _middles(prepared)
    lane = {topic: place for place, topic in enumerate(middles)}
    names = {row["topic"]: label(row, "name") for row in records(prepared.drop_duplicates("topic"))}
    labels = [style.wrapped(names[topic], 24) for topic in middles]
    strokes = session_strokes.strokes(
        prepared["share"].tolist(), [lane[topic] for topic in prepared["topic"]],
        [[str(topic), segment] for topic, segment in zip(prepared["topic"], prepared["segment"], strict=True)],
        [session_strokes.hover(label(row, "name"), row) for row in records(prepared)], dark=dark,
        crowded=prepared["source_id"].nunique() > 1,
    )  # fmt: skip
    usual = go.Scatter(
        x=list(middles.values()), y=list(lane.values()), mode="markers", hoverinfo="skip",
        marker={"symbol": "line-ns", "size": 26, "line": {"width": 2, "color": look.ink}},
        unselected={"marker": {"opacity": 1}},
    )  # fmt: skip
    return style.dressed(
        go.Figure([strokes, usual]), dark=dark, height=style.height_of(labels, 38) + 44,
        margin={"l": 8, "r": 14, "t": 6, "b": 30},
        xaxis={
            "range": [-0.03, 1.03], "tickmode": "array", "tickvals": [0, 0.5, 1], "showgrid": True,
            "gridcolor": look.track, "tickfont": {"color": look.soft},
            "ticktext": [_("beginning"), _("middle"), _("end")],
        },
        yaxis={
            "range": [len(lane) - 0.5, -0.5], "tickmode": "array", "tickvals": list(lane.values()), "ticktext": labels,
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """What comes up first, and what last, by the middle statement of each topic."""
    if prepared.empty:
        return _("No statement of a session is in these topics.")
    sizes = prepared["topic"].value_counts()
    told = [topic for topic in _middles(prepared) if sizes[topic] >= session_strokes.FEWEST]
    names = {row["topic"]: label(row, "name") for row in records(prepared.drop_duplicates("topic"))}
    if len(told) < 2:
        return _("Too few statements to say when topics come up")
    return _("“{first}” comes up early, “{last}” late", first=names[told[0]], last=names[told[-1]])


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every statement in the order of topics and of talk, with its group, its minute and how far the session was."""
    rows = records(prepared)
    return pd.DataFrame(
        {
            _("Topic"): [label(row, "name") for row in rows],
            _("Group"): [session_strokes.whose(row) for row in rows],
            _("Time"): [clock(row["start_s"]) for row in rows],
            _("of the session, %"): [round(100 * row["share"]) for row in rows],
        },
        index=pd.MultiIndex.from_tuples(
            [(str(row["topic"]), row["segment"]) for row in rows], names=["topic", "segment"]
        ),
    )


def _middles(prepared: pd.DataFrame) -> dict[int, float]:
    """The median moment of each topic, the earliest first."""
    found = prepared.groupby("topic")["share"].median()
    return {int(topic): float(found[topic]) for topic in sorted(found.index, key=lambda each: (found[each], each))}
