"""How far coders agree on each code: alpha with its interval, a line a code, lowest on top."""

from __future__ import annotations

from typing import Any

import pandas as pd
from plotly import graph_objects as go

from coding.agreement import Agreement
from coding.agreement_words import RELIABLE, TENTATIVE
from coding.segments import ALL
from survey_app.language import _, label, ngettext, translate
from survey_app.views import measures, style
from survey_app.views.segment_names import records

FIGURES = ("percent", "cohen", "fleiss", "alpha", "ac1", "brennan_prediger", "prevalence")
EQUAL = 1 - 1e-12
"""An alpha from which on coders agree everywhere."""


def title() -> str:
    """The question that the chart answers."""
    return _("On which codes do coders agree?")


def reading() -> str:
    """How to read it."""
    return _(
        "Each dot is Krippendorff's alpha of one code, the line its interval (95 %); codes on which coders agree least "
        "stand on top, those on which they agree everywhere in the table alone. At .667 begins what Krippendorff calls "
        "tentative, at .80 what he calls reliable: conventions, not laws. Select a code to read what pulls it down."
    )


def prepare(result: Agreement, codes: pd.DataFrame) -> pd.DataFrame:
    """One row a code of `codes` (a CODES frame), lowest alpha first, then those without, in the codebook's order.

    The columns of the code, `FIGURES`, low and high (of alpha), the four cells both, first, second, neither (two
    coders; else of all pairs), agreeing and differing pairs, and `reason` and `ci_reason`: a Message or None.
    """
    rows = []
    for code in records(codes):
        one = result.per_code[code["code_id"]]
        low, high = one.ci or (None, None)
        both, first, second, neither = one.pairs_table
        agree, differ = measures.agreeing(one)
        names = {name: code[name] for name in ("code_id", "short", "label_en", "label_ru", "order")}
        figures = {name: getattr(one, name) for name in FIGURES}
        rows.append(
            names | figures
            | {"units": result.n_units_compared, "low": low, "high": high,
               "both": both, "first": first, "second": second, "neither": neither,
               "agreeing": agree, "differing": differ, "reason": one.reason, "ci_reason": one.ci_reason}
        )  # fmt: skip
    columns = [
        "code_id", "short", "label_en", "label_ru", "order", *FIGURES, "units", "low", "high", "both", "first",
        "second", "neither", "agreeing", "differing", "reason", "ci_reason",
    ]  # fmt: skip
    prepared = pd.DataFrame(rows, columns=columns)
    prepared = prepared.astype(dict.fromkeys([*FIGURES, "low", "high"], "float64"))
    return prepared.sort_values(["alpha", "order"], kind="stable", na_position="last", ignore_index=True)


def figure(prepared: pd.DataFrame, *, top: int = 30, dark: bool = False) -> go.Figure:
    """Dots and intervals of the `top` codes with the lowest alpha; those with an alpha of 1 are told, not drawn."""
    known = prepared[prepared["alpha"].notna()]
    rows = known[known["alpha"] < EQUAL].head(top)
    if rows.empty:
        return style.nothing_to_show(finding(prepared), dark)
    look = style.palette(dark)
    labels = [style.wrapped(code_label(row), 34) for row in records(rows)]
    lowest = min(0.0, float(rows[["alpha", "low"]].min().min()))
    left = max(-1.05, lowest - 0.08) if lowest < 0 else -0.02
    drawn = go.Figure(_dots(rows, look))
    more = len(known) - len(rows)
    if more:
        drawn.add_annotation(
            text=ngettext("{count} more in the table", "{count} more in the table", more), showarrow=False, x=left,
            xanchor="left", y=len(rows) - 0.5, yanchor="top", yshift=-26,
            font={"color": look.soft, "size": style.TEXT_SIZE - 1},
        )  # fmt: skip
    for place in (TENTATIVE, RELIABLE):
        drawn.add_vline(x=place, line={"color": look.soft, "width": 1, "dash": "dot"}, layer="below")
        drawn.add_annotation(
            x=place, y=1, yref="paper", yanchor="bottom", showarrow=False, text=style.number(place, 3),
            xanchor="right" if place == TENTATIVE else "left", font={"color": look.soft, "size": style.TEXT_SIZE - 1},
        )  # fmt: skip
    ticks = [tick for tick in (-1, -0.5, 0, 0.5, 1) if tick >= left]
    return style.dressed(
        drawn, dark=dark, height=style.height_of(labels, 30) + 54 + 24 * bool(more),
        margin={"l": 8, "r": 14, "t": 24, "b": 30 + 24 * bool(more)},
        xaxis={
            "range": [left, 1.03], "tickmode": "array", "tickvals": ticks,
            "ticktext": [style.number(tick) for tick in ticks], "tickfont": {"color": look.soft},
        },
        yaxis={
            "range": [len(rows) - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(len(rows))),
            "ticktext": labels,
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """The code on which coders agree least, and for how many there is a figure."""
    known = prepared[prepared["alpha"].notna()]
    if known.empty:
        return _("Alpha cannot be computed for any code.")
    first = records(known)[0]
    if first["alpha"] >= EQUAL:
        return ngettext(
            "Coders agree everywhere on the {count} code that they used.",
            "Coders agree everywhere on the {count} codes that they used.", len(known),
        )  # fmt: skip
    equal = int((known["alpha"] >= EQUAL).sum())
    return _(
        "Coders agree least on “{code}”: alpha {alpha}; on {equal} codes they agree everywhere",
        code=label(first), alpha=measures.coefficient(first["alpha"]), equal=style.k_of_n(equal, len(known)),
    )  # fmt: skip


def table(prepared: pd.DataFrame, coders: tuple[str, ...]) -> pd.DataFrame:
    """Every code, lowest alpha first; of two coders with their four counts, else with pairs that agree and differ."""
    rows = records(prepared)
    two = len(coders) == 2
    columns: dict[str, list[Any]] = {
        _("Code"): [code_label(row) for row in rows],
        measures.name("alpha"): _figures(rows, "alpha"),
        _("Interval (95 %)"): [_interval(row) for row in rows],
    }
    for name in (*(["cohen"] if two else []), "fleiss", "ac1", "brennan_prediger"):
        columns[measures.name(name)] = _figures(rows, name)
    for name in ("percent", "prevalence"):
        columns[measures.name(name)] = [measures.percent(_known(row[name])) for row in rows]
    columns[_("Units")] = [row["units"] for row in rows]
    cells = dict(zip(("both", "first", "second", "neither"), measures.cell_names(*coders), strict=True)) if two else {
        "agreeing": _("Pairs that agree"), "differing": _("Pairs that differ"),
    }  # fmt: skip
    columns |= {heading: [row[cell] for row in rows] for cell, heading in cells.items()}
    columns[_("Remark")] = [remark(row) for row in rows]
    index = pd.MultiIndex.from_tuples([(row["code_id"], ALL) for row in rows], names=["code_id", "segment"])
    return pd.DataFrame(columns, index=index)


def without(prepared: pd.DataFrame) -> dict[str, list[str]]:
    """Why codes have no coefficient: each reason in words with the names of its codes, in the codebook's order."""
    found: dict[str, list[str]] = {}
    for row in records(prepared.sort_values("order", kind="stable")):
        if row["reason"] is not None:
            found.setdefault(translate(row["reason"]), []).append(code_label(row))
    return found


def code_label(row: dict[str, Any]) -> str:
    """Short name and name of a code."""
    return f"{row['short']} {label(row)}".strip() or str(row["code_id"])


def remark(row: dict[str, Any]) -> str:
    """Why there is no figure, or no interval."""
    if row["reason"] is not None:
        return _("Not computable: {reason}", reason=translate(row["reason"]))
    return translate(row["ci_reason"]) if row["ci_reason"] is not None else ""


def _dots(rows: pd.DataFrame, look: style.Palette) -> go.Scatter:
    high = (rows["high"] - rows["alpha"]).fillna(0).clip(lower=0)
    low = (rows["alpha"] - rows["low"]).fillna(0).clip(lower=0)
    return go.Scatter(
        x=rows["alpha"], y=list(range(len(rows))), mode="markers",
        marker={"color": look.ink, "size": 9}, unselected={"marker": {"opacity": 0.4}},
        error_x={"type": "data", "symmetric": False, "array": high, "arrayminus": low, "color": look.soft,
                 "thickness": 1.5, "width": 0},
        customdata=[[code_id, ALL] for code_id in rows["code_id"]], cliponaxis=False,
        hovertext=[_hover(row) for row in records(rows)], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _hover(row: dict[str, Any]) -> str:
    alpha = f"{measures.name('alpha')}: {measures.coefficient(row['alpha'])}"
    between = _interval(row) or style.wrapped(remark(row), 48)
    share = f"{measures.name('prevalence')}: {measures.percent(row['prevalence'])}"
    return f"<b>{style.wrapped(code_label(row), 48)}</b><br>{alpha}<br>{between}<br>{share}"


def _interval(row: dict[str, Any]) -> str:
    return measures.interval((row["low"], row["high"])) if _known(row["low"]) is not None else ""


def _figures(rows: list[dict[str, Any]], name: str) -> list[str]:
    return [measures.coefficient(_known(row[name])) for row in rows]


def _known(value: float) -> float | None:
    return None if pd.isna(value) else value
