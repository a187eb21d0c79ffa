"""Charts as a release shows them: drawn beforehand for every choice a reader has, in light and dark, with their tables.

Everything here speaks the language in force; a chart's drawing is filed under a key such as "problems/local".
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from coding.frames import Frames
from coding.segments import ALL, Segmentation
from survey_app.language import _, label
from survey_app.views import answers, groups_and_codes, problems_and_enablers
from survey_app.views.segment_names import named_segments, records, segment_name

Drawings = dict[str, dict[str, Any]]
"""Plotly specifications by key: {"light": {data, layout}, "dark": {data, layout}}."""

OPINIONS = ("likert", "rank", "multi", "numeric")
"""Kinds of questions that a release may show. A single choice or a lone number mostly describes the person."""


def segments_of(frames: Frames, merged: Segmentation) -> list[dict[str, Any]]:
    """The choices of a reader: everyone, then each segment with the number of its experts."""
    named = {row["segment"]: segment_name(row) for row in records(named_segments(frames, merged))}
    groups = {segment.key: list(segment.group_ids) for segment in merged.segments}
    experts = frames.experts["group_id"]
    return [{"key": ALL, "name": named[ALL], "n": len(experts)}] + [
        {"key": key, "name": named[key], "n": int(experts.isin(groups[key]).sum())} for key in merged.keys
    ]


def problems(
    frames: Frames, merged: Segmentation, layer: str, coder_id: str | None, drawings: Drawings
) -> dict[str, Any]:
    """Problems and enablers, a panel for everyone and one for each segment."""
    view = problems_and_enablers
    prepared = view.prepare(frames, merged, layer=layer, coder_id=coder_id)
    panels = []
    for segment in segments_of(frames, merged):
        key = segment["key"]
        panels.append(
            {"key": key, "name": segment["name"], "finding": view.finding(prepared, segment=key),
             "drawing": drawing(drawings, f"problems/{key}", partial(view.figure, prepared, segment=key)),
             "bars": _bars(prepared[prepared["segment"] == key]),
             "table": as_table(view.table(prepared, segment=key))}
        )  # fmt: skip
    return {"title": view.title(), "reading": view.reading(), "panels": panels}


def groups(
    frames: Frames, merged: Segmentation, layer: str, coder_id: str | None, drawings: Drawings
) -> dict[str, Any]:
    """Segments and codes, a panel for the codes named most and one for each root."""
    view = groups_and_codes
    prepared = view.prepare(frames, merged, layer=layer, coder_id=coder_id)
    panels = []
    for root, name in {"": _("Named most"), **view.roots(prepared)}.items():
        panels.append(
            {"key": root or "most", "name": name, "finding": view.finding(prepared, root=root),
             "drawing": drawing(drawings, f"groups/{root or 'most'}", partial(view.figure, prepared, root=root)),
             "table": as_table(view.table(prepared, root=root))}
        )  # fmt: skip
    return {"title": view.title(), "reading": view.reading(), "panels": panels, "columns": [*merged.keys, ALL]}


def questionnaire(frames: Frames, merged: Segmentation, fewest: int, drawings: Drawings) -> dict[str, Any] | None:
    """The closed questions that ask for an opinion; None when nobody answered any.

    A line that fewer than `fewest` experts answered is not told at all. By segments it is told only where each of
    them, and the rest outside, has at least `fewest` answers or none: fewer could be computed from the others.
    """
    spoken = _without_words(frames)
    found = [
        _question(question, lines, prepared[prepared["item_id"].isin(lines)], fewest, drawings)
        for question in answers.questions(spoken)
        if question.kind in OPINIONS and (question.kind != "numeric" or len(question.lines) > 1)
        for prepared in [answers.prepare(spoken, merged, question.item_id)]
        if (lines := [line for line in question.lines if _answered(prepared, line)[ALL] >= fewest])
    ]
    return {"title": answers.title(), "questions": found} if found else None


def as_table(table: pd.DataFrame) -> dict[str, Any]:
    """A view's table as plain data; a row's `id` is the code or the line that it is about."""
    ids = table.index.get_level_values(0)
    rows = [
        {"id": str(key), "cells": [_cell(value) for value in row]}
        for key, row in zip(ids, table.itertuples(index=False), strict=True)
    ]
    return {"columns": [str(name) for name in table.columns], "rows": rows}


def _question(
    question: answers.Question, lines: Sequence[str], prepared: pd.DataFrame, fewest: int, drawings: Drawings
) -> dict[str, Any]:
    told = [] if question.kind == "numeric" else [line for line in lines if _safe(prepared, line, fewest)]
    alone = len(lines) == 1
    shown = prepared if not alone or told else prepared[prepared["segment"] == ALL]
    return {
        "key": question.item_id, "name": label(question), "finding": answers.finding(shown),
        "reading": answers.reading(shown), "table": as_table(answers.table(shown)),
        "drawing": drawing(drawings, f"answers/{question.item_id}", partial(answers.figure, shown)),
        "lines": [] if alone else [
            {"name": _line_name(prepared, line),
             "table": as_table(answers.table(prepared, line=line))}
            for line in told
        ],
    }  # fmt: skip


def _line_name(prepared: pd.DataFrame, line: str) -> str:
    return label(records(prepared[prepared["item_id"] == line].head(1))[0])


def _safe(prepared: pd.DataFrame, line: str, fewest: int) -> bool:
    answered = _answered(prepared, line)
    segments = [count for segment, count in answered.items() if segment != ALL]
    return all(count == 0 or count >= fewest for count in [*segments, answered[ALL] - sum(segments)])


def _answered(prepared: pd.DataFrame, line: str) -> dict[str, int]:
    """How many experts of each segment, and of all, answered the line."""
    rows = prepared[prepared["item_id"] == line]
    return {str(segment): int(count) for segment, count in zip(rows["segment"], rows["answered"], strict=True)}


def _without_words(frames: Frames) -> Frames:
    """The study with no word of a person's own among its closed answers."""
    given = frames.answers
    worded = given["value"].isna() & ~given["cannot_say"] & ~given["unfit"]
    told = given.assign(text=np.where(worded, _("another answer"), ""), raw="")
    return replace(frames, answers=told)


def _bars(rows: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """For each code its side and the share of experts (per cent) who name it: how long its bar in the table is."""
    return {
        row["code_id"]: {"side": row["polarity"], "share": round(100 * row["k"] / row["n"]) if row["n"] else 0}
        for row in records(rows)
    }


def drawing(drawings: Drawings, key: str, draw: Callable[..., go.Figure]) -> dict[str, Any]:
    """File the chart under `key`; returns its key and its height in pixels."""
    light, night = (json.loads(draw(dark=dark).to_json()) for dark in (False, True))
    drawings[key] = {"light": light, "dark": night}
    return {"key": key, "height": int(light["layout"]["height"])}


def _cell(value: Any) -> str | int | float:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return "–"
    number = float(value)
    return int(number) if number.is_integer() else number
