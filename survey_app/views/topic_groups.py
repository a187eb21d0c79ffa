"""Who speaks of which topic: topics and stakeholder segments as a heat map of "k/n"."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.inference import fisher_p
from coding.segments import ALL, Segmentation, sizes
from survey_app.language import _, label
from survey_app.views import segment_tiles, style
from survey_app.views.segment_names import each_once, named_segments, records, segment_name
from survey_app.views.topic_rows import Topic, counted, named_topics, said_in_topics


def title() -> str:
    """The question that the chart answers."""
    return _("Who speaks of which topic?")


def reading() -> str:
    """How to read it."""
    return _(
        "2/3 means that two of the three experts of the group say something in the topic; the stronger the colour, the "
        "larger the share. Topics are a model’s proposal and no codings; in groups as small as these, chance alone "
        "makes differences."
    )


def prepare(
    topics: Sequence[Topic], assigned: pd.DataFrame, frames: Frames, segmentation: Segmentation
) -> pd.DataFrame:
    """One row a topic and segment, `ALL` last, in the order of the run: topic and segment with their names, k of
    n experts, statements.
    """
    said = said_in_topics(topics, assigned, frames, segmentation)
    people = {**sizes(frames.experts, segmentation), ALL: len(frames.experts)}
    return counted(said, named_topics(topics), named_segments(frames, segmentation), people)


def figure(prepared: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """Tiles, a row a topic, all experts apart."""
    if prepared.empty:
        return style.nothing_to_show(_("There are no topics."), dark)
    rows = records(prepared)
    return segment_tiles.tiles(
        rows, key="topic", dark=dark,
        labels=[style.wrapped(label(row, "name"), 40) for row in records(prepared.drop_duplicates("topic"))],
        hovers=[segment_tiles.hover(label(row, "name"), row) for row in rows],
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """The topic that most experts speak of, and the segment that stands out most, described and not tested."""
    rows = records(prepared)
    everyone = {row["topic"]: row for row in rows if row["segment"] == ALL}
    if not any(row["k"] for row in everyone.values()):
        return _("No expert speaks of these topics.")
    most = max(everyone.values(), key=lambda row: (row["k"], row["statements"], -row["rank"]))
    said = _(
        "Most experts speak of “{name}” ({count})", name=label(most, "name"),
        count=style.k_of_n_experts(most["k"], most["n"]),
    )  # fmt: skip
    apart: list[tuple[float, int, dict[str, Any], int, int]] = []
    for row in rows:
        whole = everyone[row["topic"]]
        rest_k, rest_n = whole["k"] - row["k"], whole["n"] - row["n"]
        if row["segment"] != ALL and row["n"] and rest_n:
            apart.append((fisher_p(row["k"], row["n"], rest_k, rest_n), len(apart), row, rest_k, rest_n))
    p, _place, row, rest_k, rest_n = min(apart, default=(1.0, 0, most, 0, 0), key=lambda each: each[:2])
    if p >= 1:
        return said
    return said + ". " + _(
        "Segments differ most on “{name}”: {segment} {count}, all others {rest}", name=label(row, "name"),
        segment=segment_name(row), count=style.k_of_n(row["k"], row["n"]), rest=style.k_of_n(rest_k, rest_n),
    )  # fmt: skip


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every topic by segments, "k/n" in the cells, and the statements of all experts."""
    rows = prepared.assign(cell=[segment_tiles.k_of_n_cell(row) for row in records(prepared)])
    topics = records(rows.drop_duplicates("topic"))
    wide = rows.pivot_table(index="topic", columns="position", values="cell", aggfunc="first")
    wide = wide.reindex(index=[row["topic"] for row in topics])
    statements = rows[rows["segment"] == ALL].set_index("topic")["statements"].reindex(wide.index)
    segments = records(rows.drop_duplicates("segment").sort_values("position"))
    wide.insert(0, "topic", [label(row, "name") for row in topics])
    wide["statements"] = statements.tolist()
    names = [_("Topic"), *(segment_name(row, brief=True) for row in segments), _("Statements")]
    wide.columns = pd.Index(each_once(names))
    wide.index = pd.MultiIndex.from_tuples([(str(row["topic"]), ALL) for row in topics], names=["topic", "segment"])
    return wide
