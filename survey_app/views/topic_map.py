"""What lies near what: a mark a statement, topics by their names, groups by their marks. Not for a release.

A mark is one statement of one person; the map is for those who may read the statements.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.segments import Segmentation
from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.label_places import beside
from survey_app.views.segment_names import named_segments, records, segment_name
from survey_app.views.topic_rows import Topic, named_topics, said_in_topics

MOST_MARKS = 4000
"""Marks that are drawn; of more statements every second, third ... is."""
_WIDTH, _HEIGHT = 340, 500  # pixels of the field where it is narrowest
_LABEL_SIZE = style.TEXT_SIZE - 2
_LETTER, _LINE, _LABEL_WIDTH, _LABEL_LINES = 5.9, 13, 16, 2  # pixels of a letter and of a line; letters in a line


def title() -> str:
    """The question that the chart answers."""
    return _("Which statements lie near each other?")


def reading() -> str:
    """How to read it."""
    return _(
        "Each mark is a statement; what stands near is alike in words and sense, shape and colour say the group. The "
        "axes mean nothing, and far or very far makes no difference: the map flattens many directions into two. Select "
        "a mark to read what its group says in the topic."
    )


def prepare(
    topics: Sequence[Topic], assigned: pd.DataFrame, result: Mapping[str, Any], frames: Frames,
    segmentation: Segmentation,
) -> pd.DataFrame:  # fmt: skip
    """One row a statement with a place on the map, in the order of topics: `said_in_topics`, x and y (-1 to 1), the
    topic's names and rank, the segment's names and position (at the end: in no segment). No rows without places.
    """
    places = result.get("places") or []
    ids = [each["statement_id"] for each in result["assignments"]][: len(places)]
    where = pd.DataFrame(places, columns=["x", "y"], dtype=float).iloc[: len(ids)]
    where["statement_id"] = pd.Series(ids, dtype=object)
    rows = said_in_topics(topics, assigned, frames, segmentation).merge(where, on="statement_id")
    rows = rows.merge(named_topics(topics).rename(columns={"position": "rank"}), on="topic")
    rows = rows.merge(named_segments(frames, segmentation), on="segment", how="left")
    rows["position"] = rows["position"].fillna(len(segmentation.segments)).astype(int)
    names = ["segment_en", "segment_ru", "brief_en", "brief_ru"]
    rows[names] = rows[names].fillna("")
    return rows.sort_values(["rank", "position", "source_id", "order"], kind="stable", ignore_index=True)


def figure(prepared: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """Marks by segment and the names of topics, none of which lies over another."""
    if prepared.empty:
        return style.nothing_to_show(_("This run has kept no places on a map. Run the topics again."), dark)
    prepared = prepared.assign(x=_filling(prepared["x"]), y=_filling(prepared["y"]))
    step = -(-len(prepared) // MOST_MARKS)
    shown = prepared.iloc[::step]
    kinds = style.kinds(int(prepared["position"].max()) + 1, dark)
    figure = go.Figure()
    kind = go.Scattergl if len(shown) > 1500 else go.Scatter
    for position, part in shown.groupby("position", sort=True):
        colour, symbol = kinds[int(str(position))]
        figure.add_trace(kind(
            x=part["x"], y=part["y"], mode="markers", name=style.plain(_segment(records(part.head(1))[0], brief=True)),
            customdata=[[str(topic), segment] for topic, segment in zip(part["topic"], part["segment"], strict=True)],
            marker={"color": colour, "symbol": symbol, "size": 9 if len(shown) < 600 else 6,
                    "line": {"width": 0.7, "color": style.palette(dark).paper}},
            hovertext=[_hover(row) for row in records(part)], hovertemplate="%{hovertext}<extra></extra>",
            unselected={"marker": {"opacity": 0.35}},
        ))  # fmt: skip
    below = 26 + 20 * -(-shown["position"].nunique() // 2)
    words, lines = _names(prepared, dark)
    if step > 1:
        words.append(_note(step, dark))
    edge = {"showticklabels": False, "range": [-1.06, 1.06]}
    return style.dressed(
        figure, dark=dark, height=_HEIGHT + below, margin={"l": 4, "r": 4, "t": 4, "b": below}, annotations=words,
        shapes=lines, xaxis=edge, yaxis=edge, showlegend=True,
        legend={
            "orientation": "h", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "bgcolor": "rgba(0,0,0,0)",
            "itemsizing": "constant",
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """Which topic lies closest together, and which is scattered most."""
    if prepared.empty:
        return _("There is no map of this run.")
    drawn = style.statements(len(prepared))
    far = {}
    for name, part in prepared.groupby("topic", sort=True):
        away = np.hypot(part["x"] - part["x"].median(), part["y"] - part["y"].median())
        far[name] = float(np.median(away))
    if len(far) < 2:
        return _("{statements} in one topic", statements=drawn)
    names = {row["topic"]: label(row, "name") for row in records(prepared.drop_duplicates("topic"))}
    return _(
        "{statements}: “{near}” lies closest together, “{far}” is scattered most", statements=drawn,
        near=names[min(far, key=far.__getitem__)], far=names[max(far, key=far.__getitem__)],
    )  # fmt: skip


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every statement with its topic, group and place; nobody's words."""
    rows = records(prepared)
    return pd.DataFrame(
        {
            _("Topic"): [label(row, "name") for row in rows],
            _("Group"): [_segment(row) for row in rows],
            _("across"): [round(row["x"], 3) for row in rows],
            _("up"): [round(row["y"], 3) for row in rows],
            _("Stays together"): [row["probability"] for row in rows],
        },
        index=pd.MultiIndex.from_tuples([(str(row["topic"]), row["segment"]) for row in rows],
                                        names=["topic", "segment"]),
    )  # fmt: skip


def _names(prepared: pd.DataFrame, dark: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The names of topics beside the middle of their statements, and lines to those that had to make room."""
    look = style.palette(dark)
    topics = records(prepared.drop_duplicates("topic"))
    texts = [_short(label(row, "name")) for row in topics]
    middles = prepared.groupby("topic")[["x", "y"]].median().loc[[row["topic"] for row in topics]].to_numpy()
    across, up = 2.12 / _WIDTH, 2.12 / _HEIGHT
    boxes = [
        ((_LETTER * _longest(text) + 4) * across, (_LINE * style.lines_of(text) + 2) * up) for text in texts
    ]  # fmt: skip
    places = beside(middles.tolist(), boxes, prepared[["x", "y"]].to_numpy())
    words = [
        {"x": x, "y": y, "text": f"<b>{text}</b>", "showarrow": False, "bgcolor": style.through(look.paper, 0.55),
         "borderpad": 0, "font": {"size": _LABEL_SIZE, "color": look.ink}}
        for (x, y), text in zip(places, texts, strict=True)
    ]  # fmt: skip
    lines = [
        {"type": "line", "x0": from_x, "y0": from_y, "x1": x, "y1": y, "line": {"color": look.soft, "width": 1}}
        for (x, y), (from_x, from_y), (_wide, tall) in zip(places, middles.tolist(), boxes, strict=True)
        if np.hypot(x - from_x, y - from_y) > tall
    ]
    return words, lines


def _short(name: str) -> str:
    """A name in as many lines as a label has; the whole of it stands at each mark of the topic."""
    lines = style.wrapped(name, _LABEL_WIDTH).split("<br>")
    cut = len(lines) > _LABEL_LINES
    return "<br>".join(lines[:_LABEL_LINES]).rstrip(",") + ("…" if cut else "")


def _filling(values: pd.Series) -> pd.Series:
    """From -1 to 1: what is drawn fills the field, since the axes mean nothing."""
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) * 2 - 1 if high > low else values * 0


def _longest(text: str) -> int:
    return max(len(line) for line in text.split("<br>"))


def _note(step: int, dark: bool) -> dict[str, Any]:
    text = ngettext("one statement of {count} is drawn", "one statement of {count} is drawn", step)
    return {
        "text": text, "x": 1, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "top",
        "showarrow": False, "font": {"size": style.TEXT_SIZE - 1, "color": style.palette(dark).soft},
    }  # fmt: skip


def _segment(row: dict[str, Any], *, brief: bool = False) -> str:
    return segment_name(row, brief=brief) if row["segment"] else _("in no segment")


def _hover(row: dict[str, Any]) -> str:
    return f"<b>{style.wrapped(label(row, 'name'), 48)}</b><br>{style.plain(_segment(row))}"
