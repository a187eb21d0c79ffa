"""Whether those who speak of a matter also rate it high: Spearman's rho of mention and rating, a line a matter."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.counts import SESSIONS
from coding.frames import Frames
from coding.item_values import segment_numbers
from coding.segments import ALL, Segmentation
from coding.talk_and_form import Beside, beside, matters
from survey_app.language import _, label, ngettext, translate
from survey_app.views import measures, style
from survey_app.views.segment_names import named_segments, records, segment_name
from transcripts.messages import Message

FEWEST = 3
"""Fewest experts whose mean rating is shown to readers."""
_LABEL_WIDTH = 30  # characters a line


def title() -> str:
    """The question that the chart answers."""
    return _("Do those who speak of it rate it higher?")


def reading() -> str:
    """How to read it."""
    return _(
        "Each dot is Spearman's correlation of rating and mention over the experts who rated, the line its interval "
        "(95 %, Bonett and Wright): at the right of zero, those who speak of a matter rate it higher. With few experts "
        "the lines are long; read them first. Select a matter to read the words behind it."
    )


def prepare(
    frames: Frames,
    segmentation: Segmentation,
    *,
    layer: str = "adjudicated",
    coder_id: str | None = None,
    source_kinds: Sequence[str] = SESSIONS,
    experts: bool = True,
) -> pd.DataFrame:
    """One row a matter (`coding.talk_and_form.matters`) and segment, `ALL` last.

    item_id, code_id, labels, segment, n experts, rated, mentioned, mean_mentioned, mean_silent (NaN where nobody
    rated), rho, low, high (NaN where there is none), `reason` (a Message or None), bounded (whether high and low
    are known), says_low and silent_high: how many; says_low_ids and silent_high_ids: who, tuples that are empty
    without `experts`, as for readers, to whom a mean of fewer than three would tell who rated what.
    """
    found = matters(frames)
    listed = beside(frames, found["item_id"].tolist(), source_kinds=source_kinds, layer=layer, coder_id=coder_id)
    where = segment_numbers(frames.experts, segmentation)
    segments = records(named_segments(frames, segmentation))
    rows = [
        {"label_en": item["label_en"], "label_ru": item["label_ru"], **segment}
        | _row(one.only(slice(None) if segment["segment"] == ALL else where == place), experts)
        for item, one in zip(records(found), listed, strict=True)
        for place, segment in enumerate(segments)
    ]
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else ["item_id", "code_id", "segment"])


def figure(prepared: pd.DataFrame, *, segment: str = ALL, dark: bool = False) -> go.Figure:
    """Dots with intervals, the closest matter on top; a matter without a figure says why."""
    rows = _ordered(prepared, segment)
    if not rows:
        return style.nothing_to_show(_("No rated item measures a code."), dark)
    look = style.palette(dark)
    labels = [style.wrapped(label(row), _LABEL_WIDTH) for row in rows]
    drawn = [(place, row) for place, row in enumerate(rows) if not pd.isna(row["rho"])]
    figure = go.Figure(_dots(drawn, look))
    words = [_why(row, place, look) for place, row in enumerate(rows) if pd.isna(row["rho"])]
    ticks = [-1, -0.5, 0, 0.5, 1]
    return style.dressed(
        figure, dark=dark, height=style.height_of(labels, 30) + 40, margin={"l": 8, "r": 14, "t": 8, "b": 30},
        annotations=words,
        xaxis={
            "range": [-1.05, 1.05], "tickmode": "array", "tickvals": ticks, "showgrid": True, "gridcolor": look.track,
            "ticktext": [measures.coefficient(tick)[: -2 if tick % 1 else -4] for tick in ticks], "zeroline": True,
            "zerolinecolor": look.soft, "zerolinewidth": 1, "tickfont": {"color": look.soft},
        },
        yaxis={
            "range": [len(rows) - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(len(rows))),
            "ticktext": labels,
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame, *, segment: str = ALL) -> str:
    """Where talk and form go together most, and on how many matters nothing can be computed."""
    rows = _ordered(prepared, segment)
    known = [row for row in rows if not pd.isna(row["rho"])]
    about = [] if segment == ALL or not rows else [f"{segment_name(rows[0])}."]
    if not known:
        return " ".join([*about, _("Talk and form cannot be compared on any matter.")])
    first = known[0]
    said = [
        _(
            "Talk and form go together most on “{name}” (rho {rho}, {count})", name=label(first),
            rho=measures.coefficient(first["rho"]), count=style.k_of_n_experts(first["rated"], first["n"]),
        )
    ]  # fmt: skip
    without = len(rows) - len(known)
    if without:
        said[0] += ". "
        said.append(
            ngettext("On {count} matter nothing can be computed", "On {count} matters nothing can be computed", without)
        )
    return " ".join([*about, "".join(said)])


def table(prepared: pd.DataFrame, *, segment: str = ALL) -> pd.DataFrame:
    """Every matter with ratings, mentions, means, rho, and who says it and rates it low or the other way round."""
    rows = _ordered(prepared, segment)
    columns: dict[str, list[Any]] = {
        _("Matter"): [label(row) for row in rows],
        _("rated"): [style.k_of_n(row["rated"], row["n"]) for row in rows],
        _("mention it"): [style.k_of_n(row["mentioned"], row["n"]) for row in rows],
        _("mean if mentioned"): [_number(row["mean_mentioned"]) for row in rows],
        _("mean if not"): [_number(row["mean_silent"]) for row in rows],
        _("Spearman's rho"): [measures.coefficient(_known(row["rho"])) for row in rows],
        _("Interval (95 %)"): [_interval(row) for row in rows],
        _("says it, rates it low"): [_who(row, "says_low") for row in rows],
        _("silent, rates it high"): [_who(row, "silent_high") for row in rows],
        _("Remark"): [remark(row) for row in rows],
    }  # fmt: skip
    index = pd.MultiIndex.from_tuples([(row["item_id"], row["segment"]) for row in rows], names=["item_id", "segment"])
    return pd.DataFrame(columns, index=index)


def remark(row: dict[str, Any]) -> str:
    """Why there is no rho, or no interval."""
    if not isinstance(row["reason"], Message):
        return ""
    said = translate(row["reason"])
    return _("Not computable: {reason}", reason=said) if pd.isna(row["rho"]) else said


def _row(one: Beside, experts: bool) -> dict[str, Any]:
    found = one.correlation()
    low, high = found.interval or (None, None)
    says_low, silent_high = one.says_and_rates_low, one.silent_and_rates_high
    who = {name: tuple(one.expert_ids[mask]) if experts else () for name, mask in
           (("says_low_ids", says_low), ("silent_high_ids", silent_high))}  # fmt: skip
    means = {
        name: _nan(one.mean(spoke))
        if experts or int((one.rated & (one.mentioned == spoke)).sum()) >= FEWEST
        else np.nan
        for name, spoke in (("mean_mentioned", True), ("mean_silent", False))
    }
    return {
        "item_id": one.item_id, "code_id": one.code_id, "n": len(one.values), "rated": int(one.rated.sum()),
        "mentioned": int(one.mentioned.sum()), **means, "rho": _nan(found.rho), "low": _nan(low), "high": _nan(high),
        "reason": found.reason, "bounded": one.low is not None, "says_low": int(says_low.sum()),
        "silent_high": int(silent_high.sum()), **who,
    }  # fmt: skip


def _ordered(prepared: pd.DataFrame, segment: str) -> list[dict[str, Any]]:
    """The matters of a segment, the highest rho first, those without one last in the questionnaire's order."""
    rows = records(prepared[prepared["segment"] == segment])
    return sorted(rows, key=lambda row: (pd.isna(row["rho"]), 0 if pd.isna(row["rho"]) else -row["rho"]))


def _dots(drawn: list[tuple[int, dict[str, Any]]], look: style.Palette) -> go.Scatter:
    rho = [row["rho"] for _place, row in drawn]
    ends = [(row["low"], row["high"]) if not pd.isna(row["low"]) else (row["rho"], row["rho"]) for _p, row in drawn]
    return go.Scatter(
        x=rho, y=[place for place, _row in drawn], mode="markers", cliponaxis=False,
        marker={"color": look.ink, "size": 9}, unselected={"marker": {"opacity": 0.4}},
        error_x={"type": "data", "symmetric": False, "color": look.soft, "thickness": 1.5, "width": 0,
                 "array": [high - at for at, (_low, high) in zip(rho, ends, strict=True)],
                 "arrayminus": [at - low for at, (low, _high) in zip(rho, ends, strict=True)]},
        customdata=[[row["item_id"], row["segment"]] for _place, row in drawn],
        hovertext=[_hover(row) for _place, row in drawn], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _why(row: dict[str, Any], place: int, look: style.Palette) -> dict[str, Any]:
    return {
        "x": -1, "xanchor": "left", "y": place, "showarrow": False, "align": "left",
        "text": style.wrapped(translate(row["reason"]), 24),
        "font": {"color": look.soft, "size": style.TEXT_SIZE - 2},
    }  # fmt: skip


def _hover(row: dict[str, Any]) -> str:
    said = [
        _("rho {rho}", rho=measures.coefficient(row["rho"])),
        _interval(row) or style.wrapped(remark(row), 48),
        _("rated: {count}", count=style.k_of_n_experts(row["rated"], row["n"])),
        _("mention it: {count}", count=style.k_of_n_experts(row["mentioned"], row["n"])),
    ]
    return f"<b>{style.wrapped(label(row), 48)}</b><br>" + "<br>".join(said)


def _who(row: dict[str, Any], name: str) -> str:
    if not row["bounded"]:
        return measures.NONE
    return ", ".join(row[f"{name}_ids"]) or str(row[name])


def _interval(row: dict[str, Any]) -> str:
    return "" if pd.isna(row["low"]) else measures.interval((row["low"], row["high"]))


def _known(value: float) -> float | None:
    return None if pd.isna(value) else value


def _number(value: float) -> str:
    return measures.NONE if pd.isna(value) else style.number(value, 2)


def _nan(value: float | None) -> float:
    return float("nan") if value is None else value
