"""Where groups differ: segments and codes as a heat map of "k/n", shaded by what all experts together let expect."""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.differences import differences_of
from coding.frames import Frames
from coding.segments import ALL, Segmentation
from survey_app.language import _, label, ngettext
from survey_app.views import measures, segment_tiles, style
from survey_app.views.code_rows import code_rows
from survey_app.views.difference_words import how_sure_of_any, p_value, signed
from survey_app.views.segment_names import each_once, records, segment_name

STEPS = (1.0, 2.0, 3.0)
"""Residuals from which on a tile is shaded a step stronger."""
_TESTED = [
    "rest_k", "rest_n", "difference", "log_odds_ratio", "p", "smallest_p", "adjusted_p", "residual", "omnibus_p",
    "omnibus_adjusted_p", "omnibus_exact",
]  # fmt: skip


def title() -> str:
    """The question that the chart answers."""
    return _("Where do groups differ?")


def reading() -> str:
    """How to read it."""
    return _(
        "2/3 means that two of the three experts of the group name it. Orange: more of them than one would expect from "
        "what all experts say together, blue: fewer. The shade is a hint and no proof: one expert more or less changes "
        "it in a small group. Select a tile to read the words behind it."
    )


def prepare(
    frames: Frames, segmentation: Segmentation, *, root: str = "", layer: str = "adjudicated",
    coder_id: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Rows of `code_rows` for the codes under `root` (all if ""), with the columns of `differences_of`.

    `rank` 0 is the code that chance explains least (the finding is about it); then come those with the largest residual
    of a segment, at last as in the codebook. Everybody's row has the tests of the code as a whole, and no difference.
    These codes are what p is adjusted for.
    """
    rows = code_rows(frames, segmentation, layer=layer, coder_id=coder_id)
    rows = rows[rows["root"] == root] if root else rows
    tested = differences_of(rows)
    rows = rows.merge(tested[["code_id", "segment", *_TESTED]], on=["code_id", "segment"], how="left")
    whole = [name for name in _TESTED if name.startswith("omnibus")]
    rows[whole] = rows.groupby("code_id", sort=False)[whole].transform("first")
    farthest = rows["residual"].abs().groupby(rows["code_id"], sort=False).max().fillna(0).round(9)
    chance = rows.groupby("code_id", sort=False)["omnibus_p"].first().fillna(1).round(9)
    ranked = farthest.sort_values(ascending=False, kind="stable").index
    surest = chance[ranked].sort_values(kind="stable").index[:1]
    rows["rank"] = surest.append(ranked.drop(surest)).get_indexer(pd.Index(rows["code_id"]))
    return rows.sort_values(["rank", "position"], kind="stable", ignore_index=True)


def figure(prepared: pd.DataFrame, *, top: int = 12, dark: bool = False) -> go.Figure:
    """Tiles of the first `top` codes, all experts apart, and below them what the colours say."""
    shown = records(prepared[prepared["rank"] < top])
    if not shown:
        return style.nothing_to_show(_("There are no codes here."), dark)
    codes = list({row["code_id"]: row for row in shown}.values())
    more = prepared["code_id"].nunique() - len(codes)
    figure = segment_tiles.tiles(
        shown, key="code_id", dark=dark, room=48 if more else 26,
        labels=[style.wrapped(label(row), 40) for row in codes], hovers=[_hover(row) for row in shown],
        colours=[_colour(row, dark) for row in shown],
    )  # fmt: skip
    look = style.palette(dark)
    below: dict[str, Any] = {
        "xref": "paper", "x": 1, "xanchor": "right", "yref": "paper", "y": 0, "yanchor": "top", "showarrow": False,
        "font": {"color": look.soft, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip
    figure.add_annotation(text=_key(dark), yshift=-2, **below)
    if more:
        text = ngettext("{count} more in the table", "{count} more in the table", more)
        figure.add_annotation(text=text, yshift=-26, **below)
    return figure


def finding(prepared: pd.DataFrame) -> str:
    """The code that differs most, where, and how sure that is."""
    rows = records(prepared)
    if not any(row["k"] for row in rows if row["segment"] == ALL):
        return _("Nobody has named any of these codes yet.")
    parts = [row for row in rows if row["segment"] != ALL and row["n"] and row["rest_n"]]
    if not parts:
        return _("There is only one segment here: nothing to compare.")
    first = max((row for row in parts if not row["rank"]), key=_residual, default=None)
    if first is None or not first["residual"]:
        return _("The segments hardly differ here.")
    said = _(
        "Segments differ most on “{code}”: {segment} {count}, all others {rest}", code=label(first),
        segment=segment_name(first), count=style.k_of_n(first["k"], first["n"]),
        rest=style.k_of_n(int(first["rest_k"]), int(first["rest_n"])),
    )  # fmt: skip
    smallest = min(row["smallest_p"] for row in parts)
    codes = prepared["code_id"].nunique()
    return f"{said}. {how_sure_of_any(first['omnibus_p'], first['omnibus_adjusted_p'], smallest, codes)}"


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every code: k/n of each segment with its residual, whether any differ, and the one that stands out."""
    rows = records(prepared)
    segments = list({row["segment"]: row for row in sorted(rows, key=lambda row: row["position"])}.values())
    of_code: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        of_code.setdefault(row["code_id"], {})[row["segment"]] = row
    names = [
        _("Codes"), *(segment_name(row, brief=True) for row in segments), _("any difference: p"),
        _("any difference: adjusted p"), _("stands out"), _("against all others: p"),
        _("against all others: adjusted p"), _("smallest p possible"),
    ]  # fmt: skip
    cells = [_line(parts, [row["segment"] for row in segments]) for parts in of_code.values()]
    index = pd.MultiIndex.from_tuples([(code_id, ALL) for code_id in of_code], names=["code_id", "segment"])
    return pd.DataFrame(cells, columns=pd.Index(each_once(names)), index=index)


def colour_of(residual: float, dark: bool) -> str:
    """The shade of a residual: a step stronger from each of `STEPS` on, orange above and blue below."""
    low, middle, high = ("#6cb2ea", "#2b2f38", "#f2a24a") if dark else ("#2a6f9e", "#f1eee9", "#c2670c")
    step = sum(abs(residual) >= edge for edge in STEPS)
    return style.mixed(middle, high if residual > 0 else low, (0, 0.3, 0.62, 1)[step])


def _residual(row: dict[str, Any]) -> float:
    return round(abs(row["residual"]), 9)


def _colour(row: dict[str, Any], dark: bool) -> str:
    """No more steps than there are experts who stand behind it: two of two are a large residual and two people."""
    if row["segment"] == ALL:
        return style.palette(dark).track
    behind = row["k"] if row["residual"] > 0 else row["n"] - row["k"]
    most = STEPS[min(behind, len(STEPS)) - 1] if behind else 0.0
    return colour_of(max(-most, min(most, row["residual"])), dark)


def _key(dark: bool) -> str:
    edges = [-edge for edge in reversed(STEPS)], list(STEPS)
    blocks = "".join(
        f"<span style='color:{colour_of(residual, dark)};font-size:17px'>■</span>"
        for residual in (*edges[0], 0.0, *edges[1])
    )
    return f"{style.plain(_('fewer'))} {blocks} {style.plain(_('more than expected'))}"


def _hover(row: dict[str, Any]) -> str:
    told = segment_tiles.hover(label(row), row)
    if row["segment"] == ALL or not row["n"]:
        return told
    rest = _("all others: {count}", count=style.k_of_n_experts(int(row["rest_k"]), int(row["rest_n"])))
    p = _("p = {p}, adjusted {adjusted}", p=p_value(row["p"]), adjusted=p_value(row["adjusted_p"]))
    smallest = _("smallest p possible: {p}", p=p_value(row["smallest_p"]))
    return f"{told}<br>{rest}<br>{p}<br>{smallest}"


def _line(parts: dict[str, dict[str, Any]], segments: list[str]) -> list[str]:
    """A row of the table, from the code's rows by segment."""
    cells = [segment_tiles.k_of_n_cell(parts[segment]) for segment in segments]
    tested = [parts[segment] for segment in segments if segment != ALL and parts[segment]["n"]]
    with_residuals = [
        cell if segment == ALL or not parts[segment]["n"] else f"{cell} ({signed(parts[segment]['residual'])})"
        for segment, cell in zip(segments, cells, strict=True)
    ]
    line = [label(parts[ALL]), *with_residuals]
    if not tested:
        return [*line, *[measures.NONE] * 6]
    first = max(tested, key=_residual)
    return [
        *line, p_value(first["omnibus_p"]), p_value(first["omnibus_adjusted_p"]),
        segment_name(first, brief=True) if first["residual"] else measures.NONE, p_value(first["p"]),
        p_value(first["adjusted_p"]), p_value(first["smallest_p"]),
    ]  # fmt: skip
