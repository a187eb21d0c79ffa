"""Which codes form clusters: codes that enough experts say together, as a network."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.closeness import clusters, side_by_side
from coding.co_occurrence import Unit
from coding.frames import Frames
from coding.segments import ALL
from survey_app.language import _, label, ngettext
from survey_app.views import measures, style
from survey_app.views import together as matrix
from survey_app.views.code_pairs import code_names, distances, hover, most_together, nothing_together, pair_rows, units
from survey_app.views.label_places import apart
from survey_app.views.node_places import spread
from survey_app.views.segment_names import records

MOST = 20
CLOSE = 0.5
"""Mean Jaccard from which on codes are one cluster."""
_LINKS = 2.0  # links a code that are drawn, on average
_WIDTH = 340  # pixels of the field where it is narrowest
_LETTER, _LINE, _LABEL_WIDTH = 7.0, 15, 16  # pixels of a letter and of a line; letters in a line
_NODE = (10, 30)  # pixels of the smallest and the largest node
_AIR = 2.8  # times the area that marks and names take together
_EDGE = 1.0  # of the field, to all sides
_SHORTEST = 0.15  # length of a link between codes that never part
_THIN, _THICK = 1.0, 9.0  # pixels of a line between codes that always part, and how much it grows until they never do
_NAMED = 3  # clusters in the finding


def title() -> str:
    """The question that the chart answers."""
    return _("Which codes form clusters?")


def reading(*, unit: Unit = "expert", minimum: int = 3) -> str:
    """How to read it."""
    joined = {
        "statement": ngettext("A line joins codes that {count} expert or more says in one statement.",
                              "A line joins codes that {count} experts or more say in one statement.", minimum),
        "turn": ngettext("A line joins codes that {count} expert or more says in one turn.",
                         "A line joins codes that {count} experts or more say in one turn.", minimum),
        "expert": ngettext("A line joins codes that {count} expert or more names both.",
                           "A line joins codes that {count} experts or more name both.", minimum),
    }[unit]  # fmt: skip
    return joined + " " + _(
        "The thicker it is, the less they part (Jaccard); strong lines lie inside a cluster. The larger a mark, the "
        "more often its code is said; problems are orange, enablers blue. Where a mark stands means nothing but what "
        "it is near to. Select a mark or the middle of a line to read the words."
    )  # fmt: skip


def prepare(
    frames: Frames, *, unit: Unit = "expert", minimum: int = 3, layer: str = "adjudicated", coder_id: str | None = None
) -> pd.DataFrame:
    """Rows of `code_pairs.pair_rows` that enough experts say, with first_cluster and second_cluster: the number of the
    cluster that each code is in, from 1 (the largest), 0 where it is in none. Codes are one cluster where their Jaccard
    is `CLOSE` or more in the mean (average linkage over all codes of these rows).
    """
    rows = pair_rows(frames, unit, minimum=minimum, layer=layer, coder_id=coder_id)
    rows = rows[rows["supported"]].reset_index(drop=True)
    codes = list(code_names(rows))
    label_of = pd.Series(clusters(distances(rows, codes), 1 - CLOSE + 1e-9), index=pd.Index(codes, dtype=object))
    sizes = label_of.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    number = {cluster: at for at, cluster in enumerate(sizes.index[sizes > 1], 1)}
    for side in ("first", "second"):
        rows[f"{side}_cluster"] = rows[side].map(label_of).map(number).fillna(0).astype(int)
    return rows


def figure(prepared: pd.DataFrame, *, top: int = MOST, dark: bool = False) -> go.Figure:
    """At most `top` codes, those of clusters first, then those most often together, and the closest of their pairs.

    `customdata` of a mark is [code_id, ALL], of
    the middle of a line [mark of the pair, ALL] (`code_pairs.codes_of_mark`)."""
    clustered = prepared["first_cluster"].where(prepared["first_cluster"] == prepared["second_cluster"], 0)
    clustered = clustered.replace(0, len(prepared) + 1)
    codes = most_together(prepared.iloc[np.argsort(clustered.to_numpy(), kind="stable")], top)
    if not codes:
        return style.nothing_to_show(nothing_together(), dark)
    named = code_names(prepared)
    inside = records(prepared[prepared["first"].isin(codes) & prepared["second"].isin(codes)])
    drawn = _strongest(inside, len(codes))
    largest = max(named[code]["n"] for code in codes)
    nodes = {code: _NODE[0] + (_NODE[1] - _NODE[0]) * (named[code]["n"] / largest) ** 0.5 for code in codes}
    texts = {code: style.wrapped(label(named[code]), _LABEL_WIDTH, whole_words=True) for code in codes}
    boxes = [
        (_LETTER * _longest(texts[code]) + 6, nodes[code] + _LINE * style.lines_of(texts[code]) + 8) for code in codes
    ]
    height = max(300, int(sum(wide * tall for wide, tall in boxes) / _WIDTH * _AIR))
    scale = np.array([2 * _EDGE / _WIDTH, 2 * _EDGE / height])
    middles = apart(_places(prepared, codes).tolist(), [tuple(box * scale) for box in np.array(boxes)], _EDGE)
    top_of = {
        code: (x, y + (box[1] / 2 - nodes[code] / 2 - 2) * scale[1])
        for code, (x, y), box in zip(codes, middles, boxes, strict=True)
    }
    note = len(inside) - len(drawn)
    foot = 24 if note else 4
    words = [_word(texts[code], top_of[code], nodes[code], dark) for code in codes]
    if note:
        words.append(_note(note, dark))
    edge = {"showticklabels": False, "range": [-_EDGE, _EDGE]}
    return style.dressed(
        go.Figure([
            *_lines(drawn, top_of, dark), _middles(drawn, top_of, dark), _marks(codes, named, nodes, top_of, dark)
        ]),
        dark=dark, height=height + foot, margin={"l": 2, "r": 2, "t": 2, "b": foot}, annotations=words, xaxis=edge,
        yaxis=edge,
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """The codes of the largest clusters."""
    if prepared.empty:
        return nothing_together()
    members: dict[int, dict[str, str]] = {}
    for row in records(prepared):
        for side in ("first", "second"):
            members.setdefault(row[f"{side}_cluster"], {})[row[side]] = label(row, side)
    members.pop(0, None)
    if not members:
        return _("No codes form a cluster: in no group of them do pairs share half of those who say either.")
    listed = [
        ", ".join(_("“{name}”", name=name) for name in members[number].values()) for number in sorted(members)[:_NAMED]
    ]
    said = _("Closest together: {clusters}", clusters="; ".join(listed))
    more = len(members) - len(listed)
    return said if not more else said + "; " + ngettext("{count} more cluster", "{count} more clusters", more)


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """The table of `together`, and the clusters of both codes."""
    rows = matrix.table(prepared)
    for name, side in ((_("Cluster"), "first"), (_("Cluster of the other"), "second")):
        rows[name] = [str(number or measures.NONE) for number in prepared[f"{side}_cluster"]]
    return rows


def _strongest(rows: Sequence[dict[str, Any]], codes: int) -> list[dict[str, Any]]:
    """The closest link of every code, and the closest of the others up to `_LINKS` a code; the weaker ones first."""
    ranked = sorted(rows, key=lambda row: -row["jaccard"])
    seen = set[str]()
    own: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for row in ranked:
        (others if {row["first"], row["second"]} <= seen else own).append(row)
        seen |= {row["first"], row["second"]}
    return sorted(own + others[: max(0, int(_LINKS * codes) - len(own))], key=lambda row: row["jaccard"])


def _places(prepared: pd.DataFrame, codes: Sequence[str]) -> np.ndarray:
    """Where codes would stand if nothing had a name: the closer, the nearer."""
    far = distances(prepared, codes)
    start = side_by_side(far)
    ordered = far[np.ix_(start, start)]
    places = np.empty((len(codes), 2))
    places[start] = spread(np.where(ordered < 1, ordered + _SHORTEST, np.inf))
    return places


def _lines(rows: Sequence[dict[str, Any]], place: Mapping[str, tuple[float, float]], dark: bool) -> list[go.Scatter]:
    look = style.palette(dark)
    pale = style.mixed(look.paper, look.soft, 0.45)
    drawn = []
    for row in rows:
        (from_x, from_y), (to_x, to_y) = place[row["first"]], place[row["second"]]
        own = row["first_cluster"] and row["first_cluster"] == row["second_cluster"]
        drawn.append(go.Scatter(
            x=[from_x, to_x], y=[from_y, to_y], mode="lines", hoverinfo="skip",
            line={"width": _THIN + _THICK * row["jaccard"], "color": look.soft if own else pale},
        ))  # fmt: skip
    return drawn


def _middles(rows: Sequence[dict[str, Any]], place: Mapping[str, tuple[float, float]], dark: bool) -> go.Scatter:
    """What takes the pointer in the middle of a line."""
    ends = [(place[row["first"]], place[row["second"]]) for row in rows]
    return go.Scatter(
        x=[(one[0] + other[0]) / 2 for one, other in ends], y=[(one[1] + other[1]) / 2 for one, other in ends],
        mode="markers", customdata=[[row["mark"], ALL] for row in rows],
        marker={"size": 16, "color": style.palette(dark).touched, "opacity": 0}, selected={"marker": {"opacity": 0.7}},
        unselected={"marker": {"opacity": 0}}, hovertext=[hover(row) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _marks(
    codes: Sequence[str], named: Mapping[str, dict[str, Any]], nodes: Mapping[str, float],
    place: Mapping[str, tuple[float, float]], dark: bool,
) -> go.Scatter:  # fmt: skip
    colours = [style.of_polarity(named[code]["polarity"], dark) for code in codes]
    return go.Scatter(
        x=[place[code][0] for code in codes], y=[place[code][1] for code in codes], mode="markers",
        customdata=[[code, ALL] for code in codes], unselected={"marker": {"opacity": 0.45}},
        marker={"size": [nodes[code] for code in codes], "color": colours, "opacity": 1,
                "line": {"width": 2, "color": style.palette(dark).paper}},
        hovertext=[f"<b>{style.wrapped(label(named[code]), 48)}</b><br>{units(named[code])}" for code in codes],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _word(text: str, place: tuple[float, float], node: float, dark: bool) -> dict[str, Any]:
    """A name below its mark."""
    look = style.palette(dark)
    return {
        "x": place[0], "y": place[1], "yshift": -node / 2 - 1, "yanchor": "top", "showarrow": False, "text": text,
        "bgcolor": style.through(look.paper, 0.8), "borderpad": 0,
        "font": {"color": look.ink, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip


def _note(more: int, dark: bool) -> dict[str, Any]:
    return {
        "x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "yshift": -2,
        "showarrow": False, "font": {"color": style.palette(dark).soft, "size": style.TEXT_SIZE - 1},
        "text": ngettext("{count} weaker link in the table", "{count} weaker links in the table", more),
    }  # fmt: skip


def _longest(text: str) -> int:
    return max(len(line) for line in text.split("<br>"))
