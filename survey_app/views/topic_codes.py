"""Which topics meet which codes: a heat map of the experts who said both at once, shaded by what chance would give."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.topics.crosswalk import Likeness, topics_and_codes
from survey_app.language import _, label, ngettext
from survey_app.views import measures, style
from survey_app.views.segment_names import each_once, records
from survey_app.views.topic_rows import Topic, named_topics

_CLEAR = 2.0
"""Residual from which on a pair is said to meet more often than by chance; no test (`coding.topics.crosswalk`)."""
_WITHIN = 1.0
"""Residual up to which a cell has no colour."""
_FULL = 4.0
"""Residual of the strongest colour."""
_KEY_WIDTH = 40  # letters a line of the list of topics


def title() -> str:
    """The question that the chart answers."""
    return _("Which topics meet which codes?")


def reading() -> str:
    """How to read it."""
    return _(
        "A number is how many experts said something that is in the topic and has the code, each counted once. Teal: "
        "more than the sizes of topic and code would give by chance, violet: fewer. The shade is a hint and no test, "
        "since the same people stand in many cells. Select a cell to read the words."
    )


def prepare(topics: Sequence[Topic], assigned: pd.DataFrame, coded: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    """One row a topic of the run and a code that meets any: `topics_and_codes` with the topic's names and rank, the
    code's short name and labels, and `met`, its experts in all topics. `coded` as `coding.counts.mentions`.
    """
    here = assigned[assigned["topic"].isin([int(topic["topic"]) for topic in topics])]
    rows = topics_and_codes(here, coded)
    names = named_topics(topics).rename(columns={"position": "rank"})
    pairs = names.merge(pd.DataFrame({"code_id": rows["code_id"].unique()}, dtype=object), how="cross")
    rows = pairs.merge(rows, on=["topic", "code_id"], how="left")
    counts = ["statements", "k", "expected", "residual"]
    rows[counts] = rows[counts].fillna(0)
    rows[["statements", "k"]] = rows[["statements", "k"]].astype("int64")
    met = coded[coded["statement_id"].isin(here["statement_id"])].groupby("code_id")["expert_id"].nunique()
    rows["met"] = rows["code_id"].map(met).fillna(0).astype("int64")
    rows = rows.merge(frames.codes[["code_id", "short", "label_en", "label_ru", "order"]], on="code_id")
    return rows.sort_values(["met", "order", "rank"], ascending=[False, True, True], kind="stable", ignore_index=True)


def figure(prepared: pd.DataFrame, *, top: int = 15, dark: bool = False) -> go.Figure:
    """Tiles: the `top` codes of most experts by topics, which are numbered and listed below."""
    codes = records(prepared.drop_duplicates("code_id").head(top))
    if not codes:
        return style.nothing_to_show(_("No statement of a topic has a code yet."), dark)
    look, place = style.palette(dark), {row["code_id"]: number for number, row in enumerate(codes)}
    rows = records(prepared[prepared["code_id"].isin(place)])
    topics = records(prepared.drop_duplicates("topic").sort_values("rank"))
    colours = [_colour(row["residual"], dark) for row in rows]
    tiles = go.Bar(
        orientation="h", x=[0.94] * len(rows), width=0.92, base=[row["rank"] + 0.03 for row in rows],
        y=[place[row["code_id"]] for row in rows],
        customdata=[[str(row["topic"]), row["code_id"]] for row in rows],
        marker={"color": colours, "line": {"width": 0}}, **style.stepping_back(dark),
        text=[str(row["k"]) if row["k"] else "·" for row in rows], textposition="inside", insidetextanchor="middle",
        textangle=0, constraintext="none",
        textfont={"size": style.TEXT_SIZE - 1, "color": [
            style.ink_on(colour) if row["k"] else look.soft for colour, row in zip(colours, rows, strict=True)
        ]},
        hovertext=[_hover(row) for row in rows], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    labels = [style.wrapped(label(row), 24) for row in codes]
    key = [style.wrapped(f"{number}  {label(row, 'name')}", _KEY_WIDTH) for number, row in enumerate(topics, 1)]
    more = prepared["code_id"].nunique() - len(codes)
    if more:
        key.append(style.plain(ngettext("{count} more in the table", "{count} more in the table", more)))
    below = 17 * sum(style.lines_of(line) for line in key) + 16
    height = style.height_of(labels, 30) + 34 + below
    return style.dressed(
        go.Figure(tiles), dark=dark, height=height,
        margin={"l": 8, "r": 4, "t": 26, "b": below}, title=_key(key, (below - 14) / height, look),
        xaxis={
            "side": "top", "range": [0, len(topics)], "tickmode": "array",
            "ticktext": [str(number) for number, _row in enumerate(topics, 1)],
            "tickvals": [number + 0.5 for number in range(len(topics))],
        },
        yaxis={
            "range": [len(codes) - 0.5, -0.5], "tickmode": "array", "tickvals": list(place.values()),
            "ticktext": labels,
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """The pair that most experts say together, of those that meet beyond chance."""
    rows = [row for row in records(prepared) if row["k"] > 1]
    if not rows:
        return _("No topic and code are said together by two experts.")
    clear = [row for row in rows if row["residual"] >= _CLEAR]
    if not clear:
        return _("No topic meets a code much more often than chance would have it.")
    first = max(clear, key=lambda row: (row["k"], row["residual"]))
    return _(
        "“{topic}” and the code “{code}” go together most ({count})", topic=label(first, "name"), code=label(first),
        count=style.k_of_n_experts(first["k"], first["met"]),
    )  # fmt: skip


def likeness_words(one: Likeness) -> str:
    """How far topics and codes part the statements alike, with what the figures mean."""
    if one.nmi is None or one.ari is None:
        return _("Too few statements have both a topic and a code to say how alike they are.")
    return ngettext(
        "Over {count} statement with a topic and a code: NMI {nmi}, adjusted Rand index {ari}.",
        "Over {count} statements with a topic and a code: NMI {nmi}, adjusted Rand index {ari}.",
        one.statements, nmi=measures.coefficient(one.nmi), ari=measures.coefficient(one.ari),
    ) + " " + _(
        "1 would be the same parts; the second is 0 by chance. Topics are usually coarser than codes, so that neither "
        "comes near 1: a topic that holds several codes lowers both without being wrong."
    )  # fmt: skip


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every code that meets a topic: in each cell experts and, in brackets, statements of both."""
    codes = records(prepared.drop_duplicates("code_id"))
    topics = records(prepared.drop_duplicates("topic").sort_values("rank"))
    cells = {(row["code_id"], row["topic"]): _cell(row) for row in records(prepared)}
    names = each_once([_("Code"), _("Experts"), *(label(row, "name") for row in topics)])
    rows = [[label(row), row["met"], *(cells[row["code_id"], topic["topic"]] for topic in topics)] for row in codes]
    index = pd.MultiIndex.from_tuples([("", row["code_id"]) for row in codes], names=["topic", "code_id"])
    return pd.DataFrame(rows, columns=pd.Index(names), index=index)


def _colour(residual: float, dark: bool) -> str:
    low, middle, high = style.scale_colours(3, dark)
    share = min(max(abs(residual) - _WITHIN, 0) / (_FULL - _WITHIN), 1)
    empty = style.mixed(style.palette(dark).paper, middle, 0.4)
    return style.mixed(empty, high if residual > 0 else low, share)


def _cell(row: dict[str, Any]) -> str:
    return f"{row['k']} ({row['statements']})" if row["k"] else "–"


def _key(lines: list[str], top: float, look: style.Palette) -> dict[str, Any]:
    """The list of topics below the tiles. As plotly's title: that alone can begin at the edge of the whole chart, left
    of the codes' names, so that it has room on a phone."""
    return {
        "xref": "container", "yref": "container", "x": 0, "y": top, "xanchor": "left", "yanchor": "top",
        "pad": {"l": 8}, "automargin": False, "text": "<br>".join(lines),
        "font": {"color": look.ink, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip


def _hover(row: dict[str, Any]) -> str:
    both = ngettext("{count} expert said both at once", "{count} experts said both at once", row["k"])
    chance = _("by the sizes alone: {number}", number=style.number(row["expected"]))
    return (
        f"<b>{style.wrapped(label(row), 48)}</b><br>{style.wrapped(label(row, 'name'), 48)}<br>{both}<br>"
        f"{chance}<br>{style.statements(row['statements'])}"
    )
