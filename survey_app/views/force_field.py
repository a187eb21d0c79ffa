"""Lewin's field of forces: what presses against change from the left, what drives it from the right.

After Kurt Lewin, Field Theory in Social Science (1951): a state holds as long as both sides press alike.
"""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.counts import mentions
from coding.frames import Frames
from coding.segments import ALL, Segmentation, segment_of
from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.code_rows import code_rows, outermost
from survey_app.views.segment_names import records, segment_name

_SIDES = {"negative": (-1, style.PROBLEM), "positive": (1, style.ENABLER)}
_LABEL_WIDTH = 20  # characters a line: half of a narrow screen
_ROOM = 1.5  # length of a side in arrows as long as they can be: counts stand behind their tails
_SHAFT, _HEAD = 6, 11  # half of an arrow's thickness and of its head's, in pixels
_TIP = 0.1  # length of a head in arrows as long as they can be
_GAP = 0.015  # between the tips and the line, the same way


def title() -> str:
    """The question that the chart answers."""
    return _("What presses against change, and what drives it?")


def reading() -> str:
    """How to read it."""
    return _(
        "Arrows press on the line in the middle, where things stand: restraining forces from the left, driving forces "
        "from the right. The longer an arrow, the more experts name it at least once; the strongest are on top. A "
        "force counts the finer ones below it, which have no arrow and stand in the table. How hard a force presses in "
        "fact is not measured here. Select an arrow to read the words behind it."
    )


def prepare(
    frames: Frames, segmentation: Segmentation, *, layer: str = "adjudicated", coder_id: str | None = None
) -> pd.DataFrame:
    """Rows of `code_rows` for problems (negative: restraining) and enablers (positive: driving), with

    counterpart: the code of the other side that is its opposite, or ""; and alike in all rows of a segment: how many of
    its experts name more restraining codes than driving ones (`restrained`), fewer (`driven`), as many (`even`), or
    neither (`silent`).
    """
    rows = code_rows(frames, segmentation, layer=layer, coder_id=coder_id)
    rows = rows[rows["polarity"].isin(_SIDES)].reset_index(drop=True)
    rows["counterpart"] = rows["code_id"].map(_counterparts(frames.codes)).fillna("")
    said = mentions(frames, layer=layer, coder_id=coder_id).drop_duplicates(["expert_id", "code_id"])
    sign = {"negative": -1, "positive": 1}
    polarity = frames.codes.set_index("code_id")["polarity"].map(sign).fillna(0)
    weights = said["code_id"].map(polarity)
    leaning = weights.groupby(said["expert_id"]).sum()
    names_any = weights.ne(0).groupby(said["expert_id"]).any()
    home = segment_of(frames.experts, segmentation)
    listed = [(segment, home.index if segment == ALL else home.index[home == segment])
              for segment in rows["segment"].unique()]  # fmt: skip
    totals = {
        segment: _leanings(leaning.reindex(members), names_any.reindex(members).eq(True)) for segment, members in listed
    }
    for name in ("restrained", "driven", "even", "silent"):
        rows[name] = rows["segment"].map({segment: found[name] for segment, found in totals.items()})
    return rows


def roots_with_pairs(prepared: pd.DataFrame) -> dict[str, str]:
    """The roots that have codes with an opposite on the other side, and their names, in the codebook's order."""
    paired = prepared[prepared["counterpart"] != ""].drop_duplicates("root")
    return {row["root"]: label(row, "root") or row["root"] for row in records(paired)}


def figure(
    prepared: pd.DataFrame, *, segment: str = ALL, pairs: str = "", top: int = 10, dark: bool = False
) -> go.Figure:
    """Arrows of the `top` strongest on either side; with `pairs`, a root's key, its codes each against its opposite."""
    rows = _rows(prepared, segment, pairs)
    if not rows:
        return style.nothing_to_show(_nothing(pairs), dark)
    shown, look = rows[:top], style.palette(dark)
    whole = max(row["n"] for pair in shown for row in pair.values())
    placed, depth = list[tuple[int, dict[str, dict[str, Any]]]](), 0  # pixels from above
    words = [_heading(side, look) for side in _SIDES]
    for pair in shown:
        depth += 16 * max(style.lines_of(_label(row)) for row in pair.values()) + 2 * _HEAD + 12
        placed.append((depth - _HEAD - 4, pair))
        words += [part for row in pair.values() for part in _words(row, depth - _HEAD - 4, look)]
    more = [sum(side in pair for pair in rows[top:]) for side in _SIDES]
    if any(more):
        words += [_note(count, side, depth, look) for side, count in zip(_SIDES, more, strict=True) if count]
    figure = go.Figure(
        [trace for side in _SIDES for trace in (_arrows(placed, side, whole), _strip(placed, side, whole, look))]
    )
    bottom = depth + (24 if any(more) else 4)
    figure.add_shape(
        type="line", x0=0, x1=0, y0=-6, y1=depth + 2, line={"color": look.ink, "width": 3}, layer="above",
    )  # fmt: skip
    return style.dressed(
        figure, dark=dark, height=bottom + 46, margin={"l": 4, "r": 4, "t": 42, "b": 4}, annotations=words,
        xaxis={"range": [-whole * _ROOM, whole * _ROOM], "showticklabels": False},
        yaxis={"range": [bottom, 0], "showticklabels": False}, barmode="overlay",
    )  # fmt: skip


def finding(prepared: pd.DataFrame, *, segment: str = ALL, pairs: str = "") -> str:
    """The strongest of either side, and to which side the experts lean."""
    rows = _rows(prepared, segment, pairs)
    if not rows:
        return _nothing(pairs)
    said = []
    every = [row for pair in rows for row in pair.values()]
    for side in _SIDES:
        own = sorted((row for row in every if row["polarity"] == side and row["k"]), key=lambda row: -row["k"])
        if own and side == "negative":
            said.append(_("Presses hardest against change: {force}.", force=_strongest(own)))
        elif own:
            said.append(_("Drives it hardest: {force}.", force=_strongest(own)))
    about = [] if segment == ALL else [f"{segment_name(every[0])}."]
    return " ".join([*about, *said, _net(every[0])])


def table(prepared: pd.DataFrame, *, segment: str = ALL, pairs: str = "") -> pd.DataFrame:
    """Every force with its side, its experts and what is its opposite; with `pairs` those of the root alone."""
    names = {row["code_id"]: label(row) for row in records(prepared.drop_duplicates("code_id"))}
    rows = prepared[prepared["segment"] == segment]
    if pairs:
        kept = {row["code_id"] for pair in _paired(rows, pairs) for row in pair.values()}
        rows = rows[rows["code_id"].isin(kept)]
    listed = records(rows.sort_values(["polarity", "k", "statements", "order"], ascending=[True, False, False, True]))
    kinds = {"negative": _("restraining"), "positive": _("driving")}
    return pd.DataFrame(
        {
            _("Force"): [kinds[row["polarity"]] for row in listed],
            _("Codes"): [label(row) for row in listed],
            _("Experts"): [style.k_of_n(row["k"], row["n"]) for row in listed],
            _("Statements"): [row["statements"] for row in listed],
            _("Opposite"): [names.get(row["counterpart"], "") for row in listed],
        },
        index=pd.MultiIndex.from_tuples(
            [(row["code_id"], row["segment"]) for row in listed], names=["code_id", "segment"]
        ),
    )


def _counterparts(codes: pd.DataFrame) -> dict[str, str]:
    """Codes of the two sides that are each other's opposite, whichever of the two says so; one opposite a code."""
    if "counterpart" not in codes:
        return {}
    polarity = dict(zip(codes["code_id"], codes["polarity"], strict=True))
    found: dict[str, str] = {}
    for code, other in zip(codes["code_id"], codes["counterpart"], strict=True):
        if {polarity[code], polarity.get(other)} == set(_SIDES) and code not in found and other not in found:
            found[code], found[other] = other, code
    return found


def _leanings(leaning: pd.Series, names_any: pd.Series) -> dict[str, int]:
    return {
        "restrained": int((leaning < 0).sum()), "driven": int((leaning > 0).sum()),
        "even": int((leaning.eq(0) & names_any).sum()), "silent": int((~names_any).sum()),
    }  # fmt: skip


def _rows(prepared: pd.DataFrame, segment: str, pairs: str) -> list[dict[str, dict[str, Any]]]:
    """What stands on one line, by side: the strongest of either side together, or a code and its opposite."""
    rows = prepared[prepared["segment"] == segment]
    if pairs:
        return [pair for pair in _paired(rows, pairs) if any(row["k"] for row in pair.values())]
    ranked = outermost(rows[rows["k"] > 0]).sort_values(["k", "statements", "order"], ascending=[False, False, True])
    sides = {side: records(ranked[ranked["polarity"] == side]) for side in _SIDES}
    depth = max((len(side) for side in sides.values()), default=0)
    return [{side: own[place] for side, own in sides.items() if place < len(own)} for place in range(depth)]


def _paired(rows: pd.DataFrame, root: str) -> list[dict[str, dict[str, Any]]]:
    """The codes of a root with their opposites, the line on which most is named on top."""
    known = {row["code_id"]: row for row in records(rows)}
    found = [
        {row["polarity"]: row, known[row["counterpart"]]["polarity"]: known[row["counterpart"]]}
        for row in known.values()
        if row["root"] == root and row["counterpart"] in known
    ]
    return sorted(found, key=lambda pair: (-sum(row["k"] for row in pair.values()), pair["negative"]["order"]))


def _nothing(pairs: str) -> str:
    return _("Nobody has named a force that has an opposite here.") if pairs else _(
        "Nobody has named a problem or an enabler here."
    )  # fmt: skip


def _strongest(own: list[dict[str, Any]]) -> str:
    """The first by name, or how many are alike."""
    first = [row for row in own if row["k"] == own[0]["k"]]
    count = style.k_of_n_experts(own[0]["k"], own[0]["n"])
    if len(first) == 1:
        return _("“{name}” ({count})", name=label(first[0]), count=count)
    return ngettext("{count} code ({share})", "{count} codes alike ({share} each)", len(first), share=count)


def _net(row: dict[str, Any]) -> str:
    """To which side the experts lean, whatever the pairs."""
    restrained, driven = style.k_of_n_experts(row["restrained"], row["n"]), style.k_of_n(row["driven"], row["n"])
    if row["restrained"] == row["driven"]:
        return _(
            "The sides are even: more that restrains is named by {count}, more that drives by as many.",
            count=restrained,
        )
    if row["restrained"] > row["driven"]:
        return _(
            "On the whole more presses against: more that restrains is named by {restrained}, more that drives by "
            "{driven}.",
            restrained=restrained, driven=driven,
        )  # fmt: skip
    return _(
        "On the whole more drives: more that drives is named by {driven}, more that restrains by {restrained}.",
        driven=style.k_of_n_experts(row["driven"], row["n"]), restrained=style.k_of_n(row["restrained"], row["n"]),
    )  # fmt: skip


def _arrows(placed: list[tuple[int, dict[str, dict[str, Any]]]], side: str, whole: int) -> go.Scatter:
    """Arrows of one side as one shape, from their tails to the line."""
    direction, colour = _SIDES[side]
    x: list[float | None] = []
    y: list[float | None] = []
    for middle, pair in placed:
        tail = pair[side]["k"] if side in pair else 0
        if not tail:
            continue
        tip, neck = _GAP * whole, min(_TIP * whole, 0.7 * tail)
        x += [direction * point for point in (tail, neck, neck, tip, neck, neck, tail, tail)]
        y += [middle + off for off in (-_SHAFT, -_SHAFT, -_HEAD, 0, _HEAD, _SHAFT, _SHAFT, -_SHAFT)]
        x.append(None)
        y.append(None)
    return go.Scatter(
        x=x, y=y, mode="lines", fill="toself", fillcolor=colour, line={"width": 0, "color": colour}, hoverinfo="skip"
    )


def _strip(
    placed: list[tuple[int, dict[str, dict[str, Any]]]], side: str, whole: int, look: style.Palette
) -> go.Bar:  # fmt: skip
    """What takes the pointer on one side: a force with its label."""
    direction, _colour = _SIDES[side]
    own = [(middle, pair[side]) for middle, pair in placed if side in pair]
    tall = [16 * style.lines_of(_label(row)) + 2 * _HEAD + 8 for _middle, row in own]
    return go.Bar(
        x=[direction * whole * _ROOM] * len(own), width=tall, orientation="h",
        y=[middle + _HEAD + 3 - height / 2 for (middle, _row), height in zip(own, tall, strict=True)],
        customdata=[[row["code_id"], row["segment"]] for _middle, row in own],
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        selected={"marker": {"color": style.through(look.touched, 0.16)}}, unselected={"marker": {"opacity": 0}},
        hovertext=[_hover(row) for _middle, row in own], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _words(row: dict[str, Any], middle: int, look: style.Palette) -> list[dict[str, Any]]:
    """The force above its arrow, and its count behind the tail."""
    direction, _colour = _SIDES[row["polarity"]]
    common = {"font": {"color": look.ink, "size": style.TEXT_SIZE - 1}, **_at(row["polarity"])}
    text = style.k_of_n(row["k"], row["n"])
    return [
        {"x": 0, "y": middle - _HEAD, "yanchor": "bottom", "text": _label(row), **common},
        {"x": direction * row["k"], "y": middle, "yanchor": "middle", "text": text, **common},
    ]


def _label(row: dict[str, Any]) -> str:
    return style.wrapped(label(row), _LABEL_WIDTH)


def _heading(side: str, look: style.Palette) -> dict[str, Any]:
    text = _("<b>Restraining forces →</b>") if side == "negative" else _("<b>← Driving forces</b>")
    font = {"color": look.ink, "size": style.TEXT_SIZE}
    return {"x": 0, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 14, "text": text, "font": font, **_at(side)}


def _note(more: int, side: str, depth: int, look: style.Palette) -> dict[str, Any]:
    text = ngettext("{count} more in the table", "{count} more in the table", more)
    font = {"color": look.soft, "size": style.TEXT_SIZE - 1}
    return {"x": 0, "y": depth, "yanchor": "top", "yshift": -4, "text": text, "font": font, **_at(side)}


def _at(side: str) -> dict[str, Any]:
    """Where words of a side stand: beside the line."""
    direction, _colour = _SIDES[side]
    anchor = "right" if direction < 0 else "left"
    return {"xanchor": anchor, "align": anchor, "xshift": direction * 7, "showarrow": False}


def _hover(row: dict[str, Any]) -> str:
    return (
        f"<b>{style.wrapped(label(row), 48)}</b><br>{style.k_of_n_experts(row['k'], row['n'])}"
        f"<br>{style.statements(row['statements'])}"
    )
