"""Which code a coder gave where another, or the decision, has which: tiles that lead to the statements behind them."""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.segment_names import each_once, records

TOP = 12
"""Codes that are drawn; the rest is in the table."""


def title() -> str:
    """The question that the chart answers."""
    return _("Which codes are taken for which?")


def reading(rows: str, columns: str) -> str:
    """How to read it: who stands beside the rows, and who above the columns."""
    return _(
        "Rows: what {rows} gave. Columns: what {columns} gave to the same statements. Numbers are statements; what "
        "both gave lies on the diagonal. Select a cell to read the statements behind it.", rows=rows, columns=columns,
    )  # fmt: skip


def prepare(confusions: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Cells of `coding.comparing.confusions` for codes that were confused with anything at all.

    Adds `name` and `other_name`, and the `rank` and `other_rank` of both codes: those confused most first, none last.
    """
    off = confusions[confusions["code_id"] != confusions["other_code_id"]]
    weight: dict[str, int] = {}
    for name in ("code_id", "other_code_id"):
        for code_id, n in zip(off[name], off["n"], strict=True):
            weight[code_id] = weight.get(code_id, 0) + int(n)
    place = dict(zip(codes["code_id"], codes["order"], strict=True))
    order = sorted(weight, key=lambda key: (key == "", -weight[key], place.get(key, len(place)), key))
    rank = {code_id: number for number, code_id in enumerate(order)}
    names = {row["code_id"]: f"{row['short']} {label(row)}".strip() for row in records(codes)} | {"": _("no code")}
    cells = confusions[confusions["code_id"].isin(rank) & confusions["other_code_id"].isin(rank)]
    cells = cells[(cells["code_id"] != "") | (cells["other_code_id"] != "")]
    return cells.assign(
        name=[names.get(key, key) for key in cells["code_id"]],
        other_name=[names.get(key, key) for key in cells["other_code_id"]],
        rank=[rank[key] for key in cells["code_id"]],
        other_rank=[rank[key] for key in cells["other_code_id"]],
    ).reset_index(drop=True)


def figure(prepared: pd.DataFrame, *, top: int = TOP, dark: bool = False) -> go.Figure:
    """Tiles with the number of statements; each code confused has a row and a column, "no code" is last."""
    shown = _shown(prepared, top)
    if shown.empty:
        return style.nothing_to_show(_("No code was taken for another."), dark)
    order = _order(shown)
    place = {code_id: number for number, code_id in enumerate(order)}
    names = _names(prepared)
    labels = [style.wrapped(names[code_id], 28) for code_id in order]
    shorts = [style.wrapped(names[code_id].partition(" ")[0] if code_id else names[code_id], 6) for code_id in order]
    more = len(_order(prepared)) - len(order)
    drawn = go.Figure(_tiles(shown, place, dark))
    if more:
        drawn.add_annotation(
            text=ngettext("{count} more in the table", "{count} more in the table", more), showarrow=False,
            x=0, xanchor="left", xshift=2, y=len(order) - 0.5, yanchor="top", yshift=-4,
            font={"color": style.palette(dark).soft, "size": style.TEXT_SIZE - 1},
        )  # fmt: skip
    return style.dressed(
        drawn, dark=dark, height=style.height_of(labels) + 56 + 24 * bool(more),
        margin={"l": 8, "r": 4, "t": 8, "b": 28 if more else 6},
        xaxis={
            "side": "top", "range": [0, len(order)], "tickmode": "array", "ticktext": shorts,
            "tickvals": [number + 0.5 for number in range(len(order))],
        },
        yaxis={
            "range": [len(order) - 0.5, -0.5], "tickmode": "array", "ticktext": labels,
            "tickvals": list(range(len(order))),
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """The pair of codes that is confused most often."""
    off = prepared[prepared["code_id"] != prepared["other_code_id"]]
    pairs = off[(off["code_id"] != "") & (off["other_code_id"] != "")]
    if off.empty:
        return _("No code was taken for another, and none was missed.")
    if pairs.empty:
        count = int(off["n"].sum())
        return ngettext(
            "No code was taken for another; {count} was given by one of them alone",
            "No code was taken for another; {count} were given by one of them alone", count,
        )  # fmt: skip
    [row] = records(pairs.sort_values(["n", "rank", "other_rank"], ascending=[False, True, True]).head(1))
    return ngettext(
        "“{code}” and “{other}” are confused most: {count} statement",
        "“{code}” and “{other}” are confused most: {count} statements", row["n"],
        code=row["name"], other=row["other_name"],
    )  # fmt: skip


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every cell off the diagonal, the fullest first."""
    off = prepared[prepared["code_id"] != prepared["other_code_id"]]
    off = off.sort_values(["n", "rank", "other_rank"], ascending=[False, True, True])
    listed = off[["name", "other_name", "n"]]
    listed.columns = pd.Index(each_once([_("Reference"), _("Coder"), _("Statements")]))
    listed.index = pd.MultiIndex.from_frame(off[["code_id", "other_code_id"]])
    return listed


def _shown(prepared: pd.DataFrame, top: int) -> pd.DataFrame:
    kept = set(_order(prepared)[:top])
    return prepared[
        (prepared["code_id"].isin(kept) | (prepared["code_id"] == ""))
        & (prepared["other_code_id"].isin(kept) | (prepared["other_code_id"] == ""))
    ]


def _order(prepared: pd.DataFrame) -> list[str]:
    """Codes of the rows and columns, by rank."""
    both = [(row["rank"], row["code_id"]) for row in records(prepared)]
    both += [(row["other_rank"], row["other_code_id"]) for row in records(prepared)]
    return [code_id for _rank, code_id in sorted(set(both))]


def _names(prepared: pd.DataFrame) -> dict[str, str]:
    rows = records(prepared)
    return {row["code_id"]: row["name"] for row in rows} | {row["other_code_id"]: row["other_name"] for row in rows}


def _tiles(shown: pd.DataFrame, place: dict[str, int], dark: bool) -> go.Bar:
    """Bars of one length side by side: unlike the cells of a plotly heat map they can be selected."""
    rows = records(shown)
    most = max((row["n"] for row in rows if row["code_id"] != row["other_code_id"]), default=1)
    look = style.palette(dark)
    colours = [
        look.track if row["code_id"] == row["other_code_id"] else style.shade(row["n"] / most, dark) for row in rows
    ]
    return go.Bar(
        orientation="h", x=[0.95] * len(rows), width=0.92,
        base=[place[row["other_code_id"]] + 0.025 for row in rows], y=[place[row["code_id"]] for row in rows],
        customdata=[[row["code_id"], row["other_code_id"]] for row in rows],
        marker={"color": colours, "line": {"width": 0}},
        **style.stepping_back(dark),
        text=[str(row["n"]) for row in rows], textposition="inside", insidetextanchor="middle", textangle=0,
        constraintext="none",
        textfont={"size": style.TEXT_SIZE, "color": [_ink(colour, look.track, look.soft) for colour in colours]},
        hovertext=[_hover(row) for row in rows], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _ink(colour: str, track: str, soft: str) -> str:
    return soft if colour == track else style.ink_on(colour)


def _hover(row: dict[str, Any]) -> str:
    names = f"<b>{style.wrapped(row['name'], 48)}</b><br>→ {style.wrapped(row['other_name'], 48)}"
    return f"{names}<br>{style.statements(row['n'])}"
