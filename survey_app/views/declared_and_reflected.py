"""What documents declare beside what experts speak of: k of n documents, k of n experts, four kinds in words."""

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.declared import document_counts
from coding.frames import Frames
from coding.segments import ALL, Segmentation
from survey_app.language import _, label, ngettext
from survey_app.views import style
from survey_app.views.code_rows import code_rows
from survey_app.views.segment_names import records, segment_name

BOTH, DECLARED, SPOKEN, NEITHER = "both", "declared", "spoken", "neither"
_DRAWN = (DECLARED, SPOKEN, BOTH)  # the gaps first
_LABEL_WIDTH = 42  # characters a line
_NAMED = 3  # codes that a finding names
_ROOM = 1.75  # length of a column in bars as long as they can be: the counts stand behind them
_COLUMNS = ("", "2")
_BAR = 18  # pixels


def title() -> str:
    """The question that the chart answers."""
    return _("What do documents declare, and what do experts speak of?")


def reading() -> str:
    """How to read it."""
    return _(
        "At the left in how many of the coded documents a code is, at the right how many experts speak of it; the pale "
        "bed is all of them. Documents and experts are counted apart, each against their own number: that a document "
        "is silent does not make a matter unimportant. Select a code to read the words behind it."
    )


def prepare(
    frames: Frames, segmentation: Segmentation, *, layer: str = "adjudicated", coder_id: str | None = None
) -> pd.DataFrame:
    """Rows of `code_rows` with in_documents of `documents`, `coded` (how many of these have any code of the layer), and
    `kind`: both, declared (and not spoken of by the segment), spoken (of, and not declared) or neither.

    Documents are counted against those that are coded: in others nobody has looked.
    """
    rows = code_rows(frames, segmentation, layer=layer, coder_id=coder_id)
    written = document_counts(frames, layer=layer, coder_id=coder_id)
    rows = rows.merge(written.set_axis(["code_id", "in_documents", "documents", "coded"], axis=1), on="code_id")
    declared, spoken = rows["in_documents"] > 0, rows["k"] > 0
    rows["kind"] = NEITHER
    rows.loc[declared & spoken, "kind"] = BOTH
    rows.loc[declared & ~spoken, "kind"] = DECLARED
    rows.loc[~declared & spoken, "kind"] = SPOKEN
    return rows


def figure(
    prepared: pd.DataFrame, *, segment: str = ALL, root: str = "", top: int = 6, dark: bool = False
) -> go.Figure:
    """Two columns of bars under a heading for each kind, the gaps first, the `top` of each kind."""
    nothing = _nothing(prepared)
    if nothing:
        return style.nothing_to_show(nothing, dark)
    rows = _chosen(prepared, segment, root)
    kinds = {kind: rows[rows["kind"] == kind] for kind in _DRAWN}
    if all(part.empty for part in kinds.values()):
        return style.nothing_to_show(_("None of these codes is declared or spoken of."), dark)
    look = style.palette(dark)
    placed: list[tuple[int, dict[str, Any]]] = []
    words, depth = list[dict[str, Any]](), 0  # pixels from above
    for kind, part in kinds.items():
        if part.empty:
            continue
        words.append(_heading(kind, len(part), depth, look))
        depth += 26
        for row in records(part.head(top)):
            depth += 16 * style.lines_of(_label(row)) + _BAR + 10
            placed.append((depth - _BAR // 2 - 2, row))
        if len(part) > top:
            words.append(_note(len(part) - top, depth, look))
            depth += 20
        depth += 16
    wholes = (placed[0][1]["coded"], max(row["n"] for _y, row in placed) or 1)
    figure = go.Figure([*_bars(placed, dark), *_strips(placed, wholes, look)])
    for y, row in placed:
        words += _words(row, y, look)
    columns = {
        f"xaxis{name}": {"range": [0, whole * _ROOM], "domain": domain, "showticklabels": False}
        for name, whole, domain in zip(_COLUMNS, wholes, ([0, 0.42], [0.46, 1]), strict=True)
    }
    return style.dressed(
        figure, dark=dark, height=depth + 36 + 8, barmode="overlay", margin={"l": 4, "r": 4, "t": 36, "b": 8},
        annotations=[*words, *_columns(look)], **columns, yaxis={"range": [depth, 0], "showticklabels": False},
    )  # fmt: skip


def finding(prepared: pd.DataFrame, *, segment: str = ALL, root: str = "") -> str:
    """How many are both, and the gaps by name."""
    nothing = _nothing(prepared)
    if nothing:
        return nothing
    rows = _chosen(prepared, segment, root)
    kinds = {kind: records(rows[rows["kind"] == kind]) for kind in _DRAWN}
    about = [] if segment == ALL or rows.empty else [f"{segment_name(records(rows.head(1))[0])}."]
    if not any(kinds.values()):
        return " ".join([*about, _("None of these codes is declared or spoken of.")])
    both = ngettext(
        "{count} code is both declared and spoken of.", "{count} codes are both declared and spoken of.",
        len(kinds[BOTH]),
    )  # fmt: skip
    gaps = [
        _("Declared, not spoken of: {names}.", names=_names(kinds[DECLARED])),
        _("Spoken of, not declared: {names}.", names=_names(kinds[SPOKEN])),
    ]
    return " ".join([*about, both, *gaps, *_uncoded(prepared)])


def table(prepared: pd.DataFrame, *, segment: str = ALL, root: str = "") -> pd.DataFrame:
    """Every code with both counts and its kind, in the order of the figure; what is neither last."""
    rows = records(_chosen(prepared, segment, root))
    return pd.DataFrame(
        {
            _("Codes"): [label(row) for row in rows],
            _("in documents"): [_in_documents(row) for row in rows],
            _("Experts"): [style.k_of_n(row["k"], row["n"]) for row in rows],
            _("Statements"): [row["statements"] for row in rows],
            _("Kind"): [_kind(row["kind"]) if row["coded"] else "" for row in rows],
        },
        index=pd.MultiIndex.from_tuples(
            [(row["code_id"], row["segment"]) for row in rows], names=["code_id", "segment"]
        ),
    )


def _nothing(prepared: pd.DataFrame) -> str:
    """Why nothing can be laid beside each other, or ""."""
    if prepared.empty:
        return _("There are no codes here.")
    if not prepared["documents"].iloc[0]:
        return _("The study has no documents.")
    if not prepared["coded"].iloc[0]:
        return _("No document is coded yet.")
    return ""


def _uncoded(prepared: pd.DataFrame) -> list[str]:
    left = int(prepared["documents"].iloc[0] - prepared["coded"].iloc[0])
    if not left:
        return []
    return [ngettext("{count} document is not coded yet.", "{count} documents are not coded yet.", left)]


def _chosen(prepared: pd.DataFrame, segment: str, root: str) -> pd.DataFrame:
    """Codes of a segment and root: by kind, within it by documents, then by experts."""
    rows = prepared[(prepared["segment"] == segment) & (prepared["root"].eq(root) | (not root))]
    rank = rows["kind"].map({kind: place for place, kind in enumerate((*_DRAWN, NEITHER))})
    rows = rows.assign(rank=rank)
    return rows.sort_values(["rank", "in_documents", "k", "order"], ascending=[True, False, False, True], kind="stable")


def _kind(kind: str) -> str:
    return {
        BOTH: _("Declared and spoken of"), DECLARED: _("Declared, not spoken of"),
        SPOKEN: _("Spoken of, not declared"), NEITHER: _("Neither declared nor spoken of"),
    }[kind]  # fmt: skip


def _names(rows: list[dict[str, Any]]) -> str:
    """The first codes by name, the rest as a number."""
    if not rows:
        return _("nothing")
    names = ", ".join(_("“{name}”", name=label(row)) for row in rows[:_NAMED])
    more = len(rows) - _NAMED
    return names if more <= 0 else ngettext("{names} and {count} more", "{names} and {count} more", more, names=names)


def _in_documents(row: dict[str, Any]) -> str:
    return style.k_of_n(row["in_documents"], row["coded"])


def _bars(placed: list[tuple[int, dict[str, Any]]], dark: bool) -> list[go.Bar]:
    """Bed and bar in both columns."""
    look = style.palette(dark)
    strong, calm = style.shade(0.95, dark), style.mixed(look.track, look.soft, 0.75)
    bar: dict[str, Any] = {
        "orientation": "h", "y": [y for y, _row in placed], "width": _BAR, "hoverinfo": "skip",
        "unselected": {"marker": {"opacity": 1}},
    }  # fmt: skip
    parts = (("coded", look.track, ""), ("in_documents", calm, ""), ("n", look.track, "2"), ("k", strong, "2"))
    return [
        go.Bar(x=[row[name] for _y, row in placed], xaxis=f"x{column}", marker={"color": colour, "line": {"width": 0}},
               **bar)
        for name, colour, column in parts
    ]  # fmt: skip


def _strips(placed: list[tuple[int, dict[str, Any]]], wholes: tuple[int, int], look: style.Palette) -> list[go.Bar]:
    """What takes the pointer: a code with its label and bar, in either column."""
    tall = [16 * style.lines_of(_label(row)) + _BAR + 8 for _y, row in placed]
    return [
        go.Bar(
            x=[whole * _ROOM] * len(placed), xaxis=f"x{column}", width=tall, orientation="h",
            y=[y + _BAR / 2 + 2 - height / 2 for (y, _row), height in zip(placed, tall, strict=True)],
            customdata=[[row["code_id"], row["segment"]] for _y, row in placed],
            marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
            selected={"marker": {"color": style.through(look.touched, 0.16)}}, unselected={"marker": {"opacity": 0}},
            hovertext=[_hover(row) for _y, row in placed], hovertemplate="%{hovertext}<extra></extra>",
        )
        for column, whole in zip(_COLUMNS, wholes, strict=True)
    ]  # fmt: skip


def _words(row: dict[str, Any], y: int, look: style.Palette) -> list[dict[str, Any]]:
    """The code above its bars and both counts behind them."""
    small = {"color": look.ink, "size": style.TEXT_SIZE - 1}
    counts = ((row["coded"], _in_documents(row)), (row["n"], style.k_of_n(row["k"], row["n"])))
    behind = [
        {"xref": f"x{column}", "x": whole, "xanchor": "left", "xshift": 5, "y": y, "yanchor": "middle",
         "showarrow": False, "text": text, "font": small}
        for column, (whole, text) in zip(_COLUMNS, counts, strict=True)
    ]  # fmt: skip
    name = {
        "xref": "paper", "x": 0, "xanchor": "left", "y": y - _BAR / 2, "yanchor": "bottom", "yshift": 1,
        "showarrow": False, "align": "left", "text": _label(row), "font": {"color": look.ink, "size": style.TEXT_SIZE},
    }  # fmt: skip
    return [name, *behind]


def _label(row: dict[str, Any]) -> str:
    return style.wrapped(label(row), _LABEL_WIDTH)


def _heading(kind: str, count: int, y: int, look: style.Palette) -> dict[str, Any]:
    return {
        "xref": "paper", "x": 0, "xanchor": "left", "y": y, "yanchor": "top", "showarrow": False,
        "text": f"<b>{_kind(kind)}</b>: {count}", "font": {"color": look.touched, "size": style.TEXT_SIZE + 1},
    }  # fmt: skip


def _note(more: int, y: int, look: style.Palette) -> dict[str, Any]:
    return {
        "xref": "paper", "x": 0, "xanchor": "left", "y": y, "yanchor": "top", "yshift": -2, "showarrow": False,
        "text": ngettext("{count} more in the table", "{count} more in the table", more),
        "font": {"color": look.soft, "size": style.TEXT_SIZE - 1},
    }  # fmt: skip


def _columns(look: style.Palette) -> list[dict[str, Any]]:
    common: dict[str, Any] = {
        "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 10,
        "showarrow": False, "font": {"color": look.soft, "size": style.TEXT_SIZE},
    }  # fmt: skip
    return [{"x": x, "text": text, **common} for x, text in ((0, _("in documents")), (0.46, _("among experts")))]


def _hover(row: dict[str, Any]) -> str:
    lines = [
        f"<b>{style.wrapped(label(row), 48)}</b>",
        ngettext("{k} of {count} document", "{k} of {count} documents", row["coded"], k=row["in_documents"]),
        f"{style.plain(segment_name(row))}: {style.k_of_n_experts(row['k'], row['n'])}",
        style.statements(row["statements"]),
    ]
    return "<br>".join(lines)
