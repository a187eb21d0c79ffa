"""Who speaks of what: stakeholder segments and codes as a heat map of "k/n"."""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.inference import fisher_p
from coding.segments import ALL, Segmentation
from survey_app.language import _, label, ngettext
from survey_app.views import segment_tiles, style
from survey_app.views.code_rows import code_rows
from survey_app.views.segment_names import each_once, records, segment_name


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
    """Rows of `code_rows`."""
    return code_rows(frames, segmentation, layer=layer, coder_id=coder_id)


def roots(prepared: pd.DataFrame) -> dict[str, str]:
    """The roots that have codes under them, and their names, in the codebook's order."""
    first = records(prepared[prepared["code_id"] != prepared["root"]].drop_duplicates("root"))
    return {row["root"]: label(row, "root") or row["root"] for row in first}


def figure(prepared: pd.DataFrame, *, root: str = "", top: int = 15, dark: bool = False) -> go.Figure:
    """Tiles, the `top` most named codes under `root` (of all codes if "") by segments, all experts apart."""
    rows = _ranked(prepared, root)
    codes = rows.drop_duplicates("code_id").head(top)
    if codes.empty:
        return style.nothing_to_show(_("There are no codes here."), dark)
    shown = records(rows[rows["code_id"].isin(codes["code_id"])])
    more = prepared[prepared["root"].eq(root) | (not root)]["code_id"].nunique() - len(codes)
    figure = segment_tiles.tiles(
        shown, key="code_id", dark=dark, room=24 if more else 0,
        labels=[style.wrapped(label(row), 40) for row in records(codes)],
        hovers=[segment_tiles.hover(label(row), row) for row in shown],
    )  # fmt: skip
    if more:
        figure.add_annotation(
            text=ngettext("{count} more in the table", "{count} more in the table", more), showarrow=False,
            xref="paper", x=1, xanchor="right", yref="paper", y=0, yanchor="top", yshift=-2,
            font={"color": style.palette(dark).soft, "size": style.TEXT_SIZE - 1},
        )  # fmt: skip
    return figure


def finding(prepared: pd.DataFrame, *, root: str = "", top: int = 15) -> str:
    """The segment that stands out most against all others, described and not tested; where the chart leaves codes out,
    so does this, and says it."""
    ranked = _ranked(prepared, root)
    rows = ranked[ranked["code_id"].isin(ranked["code_id"].drop_duplicates().head(top))]
    looked_at = _looked_at(rows["code_id"].nunique()) if len(rows) < len(ranked) else ""
    everyone = rows[rows["segment"] == ALL].set_index("code_id")
    if everyone["k"].sum() == 0:
        return _("Nobody has named any of these codes yet.")
    if not (rows["n"].gt(0) & rows["n"].lt(everyone["n"].max())).any():
        return _("There is only one segment here: nothing to compare.")
    outstanding: tuple[float, dict[str, Any], int, int] = (1.1, {}, 0, 0)
    for row in records(rows[rows["segment"] != ALL]):
        rest_k = int(everyone["k"][row["code_id"]]) - row["k"]
        rest_n = int(everyone["n"][row["code_id"]]) - row["n"]
        outstanding = min(outstanding, (fisher_p(row["k"], row["n"], rest_k, rest_n), row, rest_k, rest_n), key=_first)
    p, row, rest_k, rest_n = outstanding
    if p >= 1:
        return " ".join(filter(None, (_("The segments hardly differ here."), looked_at)))
    said = _(
        "Segments differ most on “{code}”: {segment} {count}, all others {rest}", code=label(row),
        segment=segment_name(row), count=style.k_of_n(row["k"], row["n"]), rest=style.k_of_n(rest_k, rest_n),
    )  # fmt: skip
    return f"{said}. {looked_at}" if looked_at else said


def table(prepared: pd.DataFrame, *, root: str = "") -> pd.DataFrame:
    """Every code under `root` by segments, "k/n" in the cells, and the statements of all experts."""
    rows = _ranked(prepared, root)
    codes = rows.drop_duplicates("code_id")
    cells = rows.assign(cell=[segment_tiles.k_of_n_cell(row) for row in records(rows)])
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


def _looked_at(codes: int) -> str:
    return ngettext("Looked at: the code named most.", "Looked at: the {count} codes named most.", codes)


def _first(candidate: tuple[float, Any, int, int]) -> float:
    return candidate[0]
