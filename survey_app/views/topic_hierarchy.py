"""Which topics would become one next: the tree that the runs agree on, from the present topics upwards."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.segments import ALL
from survey_app.language import _, label
from survey_app.views import style
from survey_app.views.segment_names import records
from survey_app.views.topic_rows import Topic, named_topics
from survey_app.views.tree_lines import Join, Leaf, tree


def title() -> str:
    """The question that the chart answers."""
    return _("Which topics are closest to each other?")


def reading() -> str:
    """How to read it."""
    return _(
        "From the left, lines join the topics that would become one if fewer were wanted: the sooner they meet, the "
        "more often their statements lie together in other runs. Only the order of meetings is shown; how long a line "
        "is means nothing more. Select a topic to read it."
    )


def prepare(topics: Sequence[Topic], leaves: Mapping[str, Any] | None) -> pd.DataFrame:
    """One row a joining, the first to come first: step (from 1), one, other (tuples of topic numbers), and one row with
    step 0 for each topic (one: the topic alone), with its names and size.

    `leaves` are those of a run's result; a run without them has no joinings. Topics that a person has put together
    count as joined from the start.
    """
    names = named_topics(topics)
    size = {int(topic["topic"]): int(topic["size"]) for topic in topics}
    rows: list[dict[str, Any]] = [
        {"step": 0, "one": (row["topic"],), "other": (), "size": size[row["topic"]], **row} for row in records(names)
    ]
    home = {int(leaf): int(topic["topic"]) for topic in topics for leaf in topic.get("leaves", ())}
    held: dict[int, tuple[int, ...]] = {topic: (topic,) for topic in size}
    step = 0
    for first, second in (leaves or {}).get("merges", ()):
        met = list(dict.fromkeys(held[home[leaf]] for leaf in (*first, *second) if leaf in home))
        while len(met) > 1:
            step += 1
            one, other = met.pop(0), met.pop(0)
            joined = (*one, *other)
            held |= dict.fromkeys(joined, joined)
            met.insert(0, joined)
            rows.append({"step": step, "one": one, "other": other})
    columns = ["step", "one", "other", "topic", "position", "name_en", "name_ru", "size"]
    found = pd.DataFrame(rows, columns=columns)
    found[["name_en", "name_ru"]] = found[["name_en", "name_ru"]].fillna("")
    return found


def figure(prepared: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """A dendrogram that grows to the right; statements of a topic are the size of its mark."""
    joins = _joins(prepared)
    topics = {row["topic"]: row for row in records(prepared[prepared["step"] == 0])}
    if not joins:
        return style.nothing_to_show(_("This run has kept no tree of topics. Run the topics again."), dark)
    leaves = [
        Leaf(topic, label(row, "name"), int(row["size"]), style.shade(0.8, dark), _hover(row), [str(int(topic)), ALL])
        for topic, row in topics.items()
    ]
    return tree(
        leaves, [Join(join["one"], join["other"], join["step"]) for join in joins], dark=dark,
        xaxis={"range": [-0.3, len(joins) + 0.5], "showticklabels": False},
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """Which two would become one first, and which stays by itself longest."""
    joins = _joins(prepared)
    if not joins:
        return _("There is no tree of this run.")
    names = _names(prepared)
    said = _("“{one}” and “{other}” would become one first", one=names[joins[0]["one"][0]],
             other=names[joins[0]["other"][0]])  # fmt: skip
    alone = [join for join in joins if len(join["one"]) == 1 or len(join["other"]) == 1][-1]
    last = alone["one"] if len(alone["one"]) == 1 else alone["other"]
    if alone is joins[0]:
        return said
    return said + "; " + _("“{name}” stays by itself longest", name=names[last[0]])


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every joining with the topics on both sides, the first one first."""
    joins, names = _joins(prepared), _names(prepared)
    return pd.DataFrame(
        {
            _("Step"): [join["step"] for join in joins],
            _("These topics"): ["; ".join(names[each] for each in join["one"]) for join in joins],
            _("join these"): ["; ".join(names[each] for each in join["other"]) for join in joins],
        },
        index=pd.MultiIndex.from_tuples([(str(join["one"][0]), ALL) for join in joins], names=["topic", "segment"]),
    )


def _joins(prepared: pd.DataFrame) -> list[dict[str, Any]]:
    return records(prepared[prepared["step"] > 0].sort_values("step"))


def _names(prepared: pd.DataFrame) -> dict[int, str]:
    return {int(row["topic"]): label(row, "name") for row in records(prepared[prepared["step"] == 0])}


def _hover(row: dict[str, Any]) -> str:
    return f"<b>{style.wrapped(label(row, 'name'), 48)}</b><br>{style.statements(int(row['size']))}"
