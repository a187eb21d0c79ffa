"""Who speaks of what: stakeholder segments and codes as a heat map of "k/n"."""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.inference import fisher_p
from coding.segments import ALL, Segmentation
from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.code_rows import code_rows
from survey_app.views.segment_names import each_once, records, segment_name

_APART = 0.3  # room between the segments and the column of all experts, in columns
_ALL_WIDTH = 1.35  # that column holds longer numbers


def title() -> str:
    """The question that the chart answers."""
    return _("Who speaks of what?")


def reading() -> str:
    """How to read it."""
    return _(
        "2/3 means that two of the three experts of the group name it; the stronger the colour, the larger the share. "
        "In groups as small as these, chance alone makes differences: read them as hints. Select a cell to read the "
        "words behind it."
    )


def prepare(
    frames: Frames, segmentation: Segmentation, *, layer: str = "adjudicated", coder_id: str | None = None
) -> pd.DataFrame:
    """Rows of `code_rows` for every code below a root."""
    return code_rows(frames, segmentation, layer=layer, coder_id=coder_id)


def roots(prepared: pd.DataFrame) -> dict[str, str]:
    """The roots that have codes under them, and their names, in the codebook's order."""
    first = records(prepared.drop_duplicates("root"))
    return {row["root"]: label(row, "root") or row["root"] for row in first}


def figure(prepared: pd.DataFrame, *, root: str = "", top: int = 15, dark: bool = False) -> go.Figure:
    """Tiles, the `top` most named codes under `root` (of all codes if "") by segments, all experts apart."""
    rows = _ranked(prepared, root)
    codes = rows.drop_duplicates("code_id").head(top)
    if codes.empty:
        return style.nothing_to_show(_("There are no codes here."), dark)
    place = {code_id: number for number, code_id in enumerate(codes["code_id"])}
    rows = rows[rows["code_id"].isin(place)]
    segments = records(rows.drop_duplicates("segment"))
    left = {row["segment"]: row["position"] + (_APART if row["segment"] == ALL else 0) for row in segments}
    labels = [style.wrapped(label(row), 28) for row in records(codes)]
    headings = [style.wrapped(segment_name(row, brief=True), 13) for row in segments]
    figure = go.Figure(_tiles(rows, place, left, dark))
    more = prepared[prepared["root"].eq(root) | (not root)]["code_id"].nunique() - len(codes)
    if more:
        figure.add_annotation(
            text=ngettext("{count} more in the table", "{count} more in the table", more), showarrow=False,
            x=0, xanchor="left", xshift=2, y=len(codes) - 0.5, yanchor="top", yshift=-4,
            font={"color": style.palette(dark).soft, "size": style.TEXT_SIZE - 1},
        )  # fmt: skip
    return style.dressed(
        figure, dark=dark, height=style.height_of(labels) + 76 + 24 * bool(more),
        margin={"l": 8, "r": 4, "t": 8, "b": 28 if more else 6},
        xaxis={
            "side": "top", "range": [0, max(left.values()) + _ALL_WIDTH], "tickmode": "array", "ticktext": headings,
            "tickvals": [left[row["segment"]] + _width(row["segment"]) / 2 for row in segments],
        },
        yaxis={
            "range": [len(codes) - 0.5, -0.5], "tickmode": "array", "ticktext": labels,
            "tickvals": list(place.values()),
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame, *, root: str = "", top: int = 15) -> str:
    """The segment that stands out most against all others, described and not tested."""
    rows = _ranked(prepared, root)
    rows = rows[rows["code_id"].isin(rows["code_id"].drop_duplicates().head(top))]
    everyone = rows[rows["segment"] == ALL].set_index("code_id")
    if everyone["k"].sum() == 0:
        return _("Nobody has named any of these codes yet.")
    outstanding: tuple[float, dict[str, Any], int, int] = (1.1, {}, 0, 0)
    for row in records(rows[rows["segment"] != ALL]):
        rest_k = int(everyone["k"][row["code_id"]]) - row["k"]
        rest_n = int(everyone["n"][row["code_id"]]) - row["n"]
        outstanding = min(outstanding, (fisher_p(row["k"], row["n"], rest_k, rest_n), row, rest_k, rest_n), key=_first)
    p, row, rest_k, rest_n = outstanding
    if p >= 1:
        return _("The segments hardly differ here.")
    return _(
        "Segments differ most on “{code}”: {segment} {count}, all others {rest}", code=label(row),
        segment=segment_name(row), count=style.k_of_n(row["k"], row["n"]), rest=style.k_of_n(rest_k, rest_n),
    )  # fmt: skip


def table(prepared: pd.DataFrame, *, root: str = "") -> pd.DataFrame:
    """Every code under `root` by segments, "k/n" in the cells, and the statements of all experts."""
    rows = _ranked(prepared, root)
    codes = rows.drop_duplicates("code_id")
    cells = rows.assign(cell=[_cell(row) for row in records(rows)])
    wide = cells.pivot_table(index="code_id", columns="position", values="cell", aggfunc="first")
    wide = wide.reindex(index=codes["code_id"])
    segments = records(rows.drop_duplicates("segment").sort_values("position"))
    statements = rows[rows["segment"] == ALL].set_index("code_id")["statements"].reindex(wide.index)
    wide.insert(0, "code", [label(row) for row in records(codes)])
    wide["statements"] = statements.tolist()
    names = [_("Codes"), *(segment_name(row, brief=True) for row in segments), _("Statements")]
    wide.columns = pd.Index(each_once(names))
    wide.index = pd.MultiIndex.from_tuples([(code_id, ALL) for code_id in wide.index], names=["code_id", "segment"])
    return wide


def _ranked(prepared: pd.DataFrame, root: str) -> pd.DataFrame:
    """Rows of the codes under a root, codes that most experts name first; within a code the segments in order."""
    rows = prepared[prepared["root"] == root] if root else prepared
    everyone = rows[rows["segment"] == ALL].set_index("code_id")
    rank = everyone.sort_values(["k", "statements", "order"], ascending=[False, False, True], kind="stable").index
    return rows.assign(rank=rank.get_indexer(pd.Index(rows["code_id"]))).sort_values(["rank", "position"])


def _tiles(rows: pd.DataFrame, place: dict[str, int], left: dict[str, float], dark: bool) -> go.Bar:
    """Bars of one length side by side: unlike the cells of a plotly heat map they can be selected."""
    colours = [style.shade(row["k"] / row["n"] if row["n"] else 0, dark) for row in records(rows)]
    look = style.palette(dark)
    return go.Bar(
        orientation="h", x=[_width(segment) - 0.05 for segment in rows["segment"]], width=0.92,
        base=[left[segment] + 0.025 for segment in rows["segment"]],
        y=[place[code_id] for code_id in rows["code_id"]],
        customdata=rows[["code_id", "segment"]].to_numpy().tolist(),
        marker={"color": colours, "line": {"width": 0}},
        **style.stepping_back(dark),
        text=[_cell(row) for row in records(rows)], textposition="inside", insidetextanchor="middle",
        textangle=0, constraintext="none",
        textfont={
            "size": style.TEXT_SIZE,
            "color": [
                style.ink_on(colour) if row["k"] else look.soft
                for colour, row in zip(colours, records(rows), strict=True)
            ],
        },
        hovertext=[_hover(row) for row in records(rows)], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _width(segment: str) -> float:
    return _ALL_WIDTH if segment == ALL else 1


def _cell(row: dict[str, Any]) -> str:
    return f"{row['k']}/{row['n']}" if row["n"] else "–"


def _hover(row: dict[str, Any]) -> str:
    return (
        f"<b>{style.wrapped(label(row), 48)}</b><br>{style.plain(segment_name(row))}: "
        f"{style.k_of_n_experts(row['k'], row['n'])}<br>{style.statements(row['statements'])}"
    )


def _first(candidate: tuple[float, Any, int, int]) -> float:
    return candidate[0]
