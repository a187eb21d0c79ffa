"""The board of targets: what is declared, who speaks of it, which documents do, and how likely experts hold it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.codebook import Indicator
from coding.counts import SESSIONS, presence
from coding.declared import document_counts
from coding.frames import Frames
from coding.item_statistics import spread
from coding.item_values import item_values, segment_numbers, tally
from coding.segments import ALL, Segmentation
from survey_app.language import _, label
from survey_app.views import measures, style
from survey_app.views.segment_names import named_segments, records, segment_name

_LABEL_WIDTH = 26  # characters a line


def title() -> str:
    """The question that the chart answers."""
    return _("Will the targets be reached, and who speaks of them?")


def reading() -> str:
    """How to read it."""
    return _(
        "Each dot is the mean judgement of a segment, the upright bar the mean of all experts who judged. Below the "
        "name stands in how many documents the target is, and how many experts speak of it. Select a target to see who "
        "judged what, and to read the words behind it."
    )


def targets(frames: Frames, indicators: Mapping[str, Indicator]) -> list[str]:
    """Codes with a declared figure, in the codebook's order."""
    return [code_id for code_id in frames.codes.sort_values("order")["code_id"] if code_id in indicators]


def prepare(
    frames: Frames,
    segmentation: Segmentation,
    indicators: Mapping[str, Indicator],
    *,
    layer: str = "adjudicated",
    coder_id: str | None = None,
    source_kinds: Sequence[str] = SESSIONS,
) -> pd.DataFrame:
    """One row a target (a code with an indicator) and segment, `ALL` last: code_id, labels, declared value, comparator,
    unit, year; segment, n experts, k who mention it; item_id of the number that judges it ("" if none does),
    answered, cannot_say, missing, median, mean (NaN where nobody judged); in_documents of documents, and coded: how
    many of these have any code. No expert is named.
    """
    said = presence(frames, source_kinds=source_kinds, layer=layer, coder_id=coder_id)
    found_in = {row["code_id"]: row for row in records(document_counts(frames, layer=layer, coder_id=coder_id))}
    numbers = frames.items[frames.items["type"] == "numeric"].drop_duplicates("code_id").set_index("code_id")["item_id"]
    where = segment_numbers(frames.experts, segmentation)
    segments = records(named_segments(frames, segmentation))
    masks = [where == place for place in range(len(segments) - 1)] + [np.ones(len(where), dtype=bool)]
    codes = frames.codes.set_index("code_id", drop=False)
    rows = []
    for code_id in targets(frames, indicators):
        one, item_id = indicators[code_id], str(numbers.get(code_id, ""))
        given = item_values(frames, [item_id])
        lies = spread(*tally(given.values[:, 0], where, len(segments) - 1))
        names = {name: codes.loc[code_id, name] for name in ("code_id", "label_en", "label_ru")}
        figures = {"declared": one.value, "comparator": one.comparator, "unit": one.unit, "year": one.year}
        written = found_in[code_id]
        documents = {"in_documents": written["k"], "documents": written["n"], "coded": written["coded"]}
        for place, (segment, mask) in enumerate(zip(segments, masks, strict=True)):
            rows.append(
                {**names, **figures, **segment, **documents, "item_id": item_id, "n": int(mask.sum()),
                 "k": int(said[code_id].to_numpy()[mask].sum()), "answered": int(lies.n[place]),
                 "cannot_say": int(given.cannot_say[mask].sum()), "missing": int(given.missing[mask].sum()),
                 "median": lies.median[place], "mean": lies.mean[place]}
            )  # fmt: skip
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else ["code_id", "segment"])


def figure(prepared: pd.DataFrame, *, dark: bool = False) -> go.Figure:
    """A row a target: dots of segments, the mean of all as a bar, what is declared below the name, counts aside."""
    if prepared.empty:
        return style.nothing_to_show(_("No code has a declared figure."), dark)
    look, colour = style.palette(dark), style.scale_colours(2, dark)[1]
    everyone = records(prepared[prepared["segment"] == ALL])
    figure = go.Figure()
    labels = []
    for place, row in enumerate(everyone):
        labels.append(_label(row, look))
        parts = records(prepared[(prepared["code_id"] == row["code_id"]) & (prepared["segment"] != ALL)])
        figure.add_traces(_judged([part for part in parts if part["answered"]], row, place, look, colour))
    means = [mean for mean in prepared["mean"] if not pd.isna(mean)]
    low, high = min([0.0, *means]), max([1.0, *means])
    if all(row["unit"] == "percent" for row in everyone) and low >= 0 and high <= 100:
        low, high = 0.0, 100.0
    pad = 0.03 * (high - low)
    return style.dressed(
        figure, dark=dark, height=style.height_of(labels, 44) + 60, margin={"l": 8, "r": 8, "t": 8, "b": 50},
        xaxis={
            "range": [low - pad, high + pad], "showgrid": True, "gridcolor": look.track,
            "tickfont": {"color": look.soft, "size": style.TEXT_SIZE - 1}, "nticks": 6,
            "title": {
                "text": _("mean judgement"), "standoff": 6, "font": {"color": look.soft, "size": style.TEXT_SIZE - 1},
            },
        },
        yaxis={
            "range": [len(everyone) - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(len(everyone))),
            "ticktext": labels,
        },
    )  # fmt: skip


def finding(prepared: pd.DataFrame) -> str:
    """The target that is held most likely and the one that nobody speaks of."""
    everyone = records(prepared[prepared["segment"] == ALL]) if len(prepared) else []
    judged = [row for row in everyone if row["answered"]]
    unsaid = [row for row in everyone if not row["k"]]
    said = []
    if judged:
        first, last = max(judged, key=lambda row: row["mean"]), min(judged, key=lambda row: row["mean"])
        said.append(
            _(
                "Most likely: “{first}” (mean {high}), least: “{last}” ({low})", first=label(first), last=label(last),
                high=style.number(first["mean"]), low=style.number(last["mean"]),
            )
        )  # fmt: skip
    if unsaid:
        names = ", ".join(_("“{name}”", name=label(row)) for row in unsaid)
        said.append(_("Nobody speaks of {names}", names=names))
    return ". ".join(said) or _("Experts speak of every target")


def table(prepared: pd.DataFrame) -> pd.DataFrame:
    """Every target with what is declared, and each segment's judgement and mentions."""
    rows = records(prepared)
    rows = [row for row in rows if row["segment"] == ALL or row["n"]]
    rows.sort(key=lambda row: (list(prepared["code_id"]).index(row["code_id"]), row["segment"] != ALL))
    columns: dict[str, list[Any]] = {
        _("Target"): [label(row) for row in rows],
        _("declared"): [declared(row) for row in rows],
        _("Segment"): [segment_name(row) for row in rows],
        _("in documents"): [in_documents(row) for row in rows],
        _("speak of it"): [style.k_of_n(row["k"], row["n"]) for row in rows],
        _("judged"): [style.k_of_n(row["answered"], row["n"]) for row in rows],
        _("mean"): [measures.NONE if pd.isna(row["mean"]) else style.number(row["mean"]) for row in rows],
        _("median"): [measures.NONE if pd.isna(row["median"]) else style.number(row["median"]) for row in rows],
        _("cannot say"): [row["cannot_say"] if row["item_id"] else measures.NONE for row in rows],
        _("no answer"): [row["missing"] if row["item_id"] else measures.NONE for row in rows],
    }
    index = pd.MultiIndex.from_tuples([(row["code_id"], row["segment"]) for row in rows], names=["code_id", "segment"])
    return pd.DataFrame(columns, index=index).astype(object)


def declared(row: Mapping[str, Any]) -> str:
    """What a target is measured by: "> 70 % in 2024"."""
    unit = {"percent": "%", "services": _("services")}.get(row["unit"], row["unit"])
    figure = " ".join(part for part in (row["comparator"], style.number(row["declared"], 2), unit) if part)
    return _("{figure} in {year}", figure=figure, year=int(row["year"]))


def in_documents(row: Mapping[str, Any]) -> str:
    """In how many documents a target is; a dash where the study has none, words where none of them is coded."""
    if not row["documents"]:
        return measures.NONE
    return style.k_of_n(row["in_documents"], row["documents"]) if row["coded"] else _("not coded")


def _judged(
    parts: list[dict[str, Any]], everyone: dict[str, Any], place: int, look: style.Palette, colour: str
) -> list[go.Scatter]:
    """The dots of the segments, those of one place above one another, and the bar of all."""
    common: dict[str, Any] = {"mode": "markers", "hovertemplate": "%{hovertext}<extra></extra>", "cliponaxis": False}
    dots = go.Scatter(
        x=[part["mean"] for part in parts], y=[place] * len(parts), hovertext=[_hover(part) for part in parts],
        customdata=[[part["code_id"], part["segment"]] for part in parts], unselected={"marker": {"opacity": 0.4}},
        marker={"size": 12, "color": style.through(colour, 0.55), "line": {"width": 1, "color": look.paper}}, **common,
    )  # fmt: skip
    if not everyone["answered"]:
        return [dots]
    bar = go.Scatter(
        x=[everyone["mean"]], y=[place], hovertext=[_hover(everyone)], unselected={"marker": {"opacity": 1}},
        customdata=[[everyone["code_id"], ALL]],
        marker={"symbol": "line-ns", "size": 24, "line": {"width": 3, "color": look.ink}}, **common,
    )  # fmt: skip
    return [dots, bar]


def _label(row: dict[str, Any], look: style.Palette) -> str:
    """The target with what is declared and both counts below it, so that they have room on a narrow screen."""
    below = [
        declared(row), _("in documents: {count}", count=in_documents(row)),
        _("speak of it: {count}", count=style.k_of_n(row["k"], row["n"])),
    ]  # fmt: skip
    return "<br>".join([style.wrapped(label(row), _LABEL_WIDTH), *(style.aside(look, text) for text in below)])


def _hover(row: dict[str, Any]) -> str:
    said = [
        _("mean {value}", value=style.number(row["mean"])), _("median {value}", value=style.number(row["median"])),
        _("judged: {count}", count=style.k_of_n_experts(row["answered"], row["n"])),
        _("speak of it: {count}", count=style.k_of_n_experts(row["k"], row["n"])),
    ]  # fmt: skip
    return f"<b>{style.wrapped(segment_name(row), 48)}</b><br>" + "<br>".join(said)
