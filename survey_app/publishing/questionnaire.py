"""The closed questions of a release as plain data: what is drawn, and the tables beside it. Opinions alone, and no word
of a person's own. Everything here speaks the language in force."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from coding.frames import Frames
from coding.remembered import Remembered
from coding.segments import ALL, Segmentation
from survey_app.language import _, label
from survey_app.publishing.crossing import crossed
from survey_app.views import answer_figures, answers
from survey_app.views.answer_counts import ANSWER
from survey_app.views.answer_strips import Strip, by_segments, points, strips
from survey_app.views.segment_names import records

OPINIONS = ("likert", "rank", "multi", "numeric")
"""Kinds of questions that a release may show. A single choice or a lone number mostly describes the person."""
_SPOKEN = Remembered[pd.DataFrame](6)
_LINES = Remembered[dict[str, list[Segmentation]]](128)


def questionnaire(frames: Frames, segmentations: Sequence[Segmentation], fewest: int) -> dict[str, Any] | None:
    """The questions that ask for an opinion; None when nobody answered any.

    A line that fewer than `fewest` experts answered is not told at all. By segments it is told only where each set of
    experts that the segmentations part, and the rest outside, has at least `fewest` answers or none: fewer could be
    computed from the others. A segmentation for which that does not hold together with those before is left out.
    """
    spoken = _without_words(frames, _("another answer"))
    found = [
        told
        for question in answers.questions(spoken)
        if _is_opinion(question)
        for told in [_question(spoken, question, segmentations, _lines(frames, question, segmentations, fewest))]
        if told
    ]
    return {"title": answers.title(), "questions": found} if found else None


def told_lines(frames: Frames, segmentations: Sequence[Segmentation], fewest: int) -> dict[str, list[Segmentation]]:
    """The lines that are told, each with the segmentations that it is told by."""
    return {
        line: told
        for question in answers.questions(frames)
        if _is_opinion(question)
        for line, told in _lines(frames, question, segmentations, fewest).items()
    }


def as_table(table: pd.DataFrame) -> dict[str, Any]:
    """A view's table as plain data; a row's `id` is the code or the line that it is about."""
    ids = table.index.get_level_values(0)
    rows = [
        {"id": str(key), "cells": [_cell(value) for value in row]}
        for key, row in zip(ids, table.itertuples(index=False), strict=True)
    ]
    return {"columns": [str(name) for name in table.columns], "rows": rows}


def _question(
    frames: Frames, question: answers.Question, segmentations: Sequence[Segmentation],
    told: Mapping[str, Sequence[Segmentation]],
) -> dict[str, Any] | None:  # fmt: skip
    """One question: all experts line by line, and each line by the segments that it may be `told` by."""
    lines = list(told)
    if not lines:
        return None
    everyone = answers.prepare(frames, _nobody(), question.item_id)
    alone = len(lines) == 1
    first = list(told[lines[0]][:1]) if alone else []
    shown = answers.prepare(frames, first[0] if first else _nobody(), question.item_id)
    shown = shown[shown["item_id"].isin(lines)]
    return {
        "key": question.item_id, "name": label(question), "kind": question.kind, "finding": answers.finding(shown),
        "reading": answers.reading(shown), "table": as_table(answers.table(shown)), **_drawn(question.kind, shown),
        "lines": [
            {"name": name if len(segmentations) == 1 else f"{name} · {label(each)}",
             "table": as_table(answers.table(prepared[prepared["item_id"] == line], line=line))}
            for line in lines
            for name in [label(records(everyone[everyone["item_id"] == line].head(1))[0])]
            for each in told[line]
            if each not in first
            for prepared in [answers.prepare(frames, each, question.item_id)]
        ],
    }  # fmt: skip


def _is_opinion(question: answers.Question) -> bool:
    return question.kind in OPINIONS and (question.kind != "numeric" or len(question.lines) > 1)


def _lines(
    frames: Frames, question: answers.Question, segmentations: Sequence[Segmentation], fewest: int
) -> dict[str, list[Segmentation]]:
    """The lines that are told, each with the segmentations that it is told by; the same in every language."""

    def told() -> dict[str, list[Segmentation]]:
        spoken = _without_words(frames, "")
        everyone = answers.prepare(spoken, _nobody(), question.item_id)
        return {
            line: _tellable(spoken, question, line, segmentations, fewest)
            for line in question.lines
            if _answered(everyone, line)[ALL] >= fewest
        }

    tables = frames.answers, frames.items, frames.experts, frames.groups
    return _LINES.get(tables, (question.item_id, tuple(segmentations), fewest), told)


def _drawn(kind: str, shown: pd.DataFrame) -> dict[str, Any]:
    """What the figure is drawn from: points, and a row for each line, or for each segment of the only line."""
    rows = strips(shown)
    scale = points(rows) if kind in {"likert", "rank"} else []
    names = [
        _("place {place}", place=int(point["value"])) if kind == "rank" else answer_figures.choice_name(point)
        for point in scale
    ]
    asides = [
        (_("cannot say"), [strip.cannot_say for strip in rows]),
        (_("off the scale"), [strip.off_scale for strip in rows]),
        (_("could not be read"), [strip.unfit for strip in rows]),
        (_("no answer"), [strip.missing for strip in rows]),
    ]
    shown_asides = [(name, counts) for name, counts in asides if any(counts)]
    return {
        "points": names, "by_segments": by_segments(shown, ""),
        "rows": [
            {"name": strip.name, "answered": strip.answered,
             "counts": [strip.chose(point["value"]) for point in scale] if scale else [strip.chose(1)],
             "aside": [[name, counts[place]] for name, counts in shown_asides], **_numbers(kind, strip)}
            for place, strip in enumerate(rows)
        ],
    }  # fmt: skip


def _numbers(kind: str, strip: Strip) -> dict[str, Any]:
    if kind != "numeric":
        return {}
    values = [[float(row["value"]), int(row["k"])] for row in strip.rows if row["state"] == ANSWER and row["k"] > 0]
    return {"values": values, "median": None if np.isnan(strip.spread.median) else float(strip.spread.median)}


def _tellable(
    frames: Frames, question: answers.Question, line: str, segmentations: Sequence[Segmentation], fewest: int
) -> list[Segmentation]:
    """The segmentations by which the line may be told, all at once. Numbers never: each answer would be seen."""
    if question.kind == "numeric":
        return []
    told: list[Segmentation] = []
    for each in segmentations:
        together = answers.prepare(frames, crossed(frames, [*told, each]), question.item_id)
        if _safe(together, line, fewest) and not _alike(together, line):
            told.append(each)
    return told


def _nobody() -> Segmentation:
    """No segments: all experts alone."""
    return Segmentation("", "", "", ())


def _safe(prepared: pd.DataFrame, line: str, fewest: int) -> bool:
    answered = _answered(prepared, line)
    segments = [count for segment, count in answered.items() if segment != ALL]
    return all(count == 0 or count >= fewest for count in [*segments, answered[ALL] - sum(segments)])


def _alike(prepared: pd.DataFrame, line: str) -> bool:
    """Whether everybody of a segment who answered gave the same answer: then it is known of each of them."""
    rows = prepared[(prepared["item_id"] == line) & (prepared["segment"] != ALL) & (prepared["k"] > 0)]
    of_all = rows["k"] == rows["answered"].where(rows["state"] == ANSWER, rows["n"])
    return bool(of_all.any())


def _answered(prepared: pd.DataFrame, line: str) -> dict[str, int]:
    """How many experts of each segment, and of all, answered the line."""
    rows = prepared[prepared["item_id"] == line]
    return {str(segment): int(count) for segment, count in zip(rows["segment"], rows["answered"], strict=True)}


def _without_words(frames: Frames, instead: str) -> Frames:
    """The study with no word of a person's own among its closed answers, but the same one in place of each."""

    def told() -> pd.DataFrame:
        given = frames.answers
        worded = given["value"].isna() & ~given["cannot_say"] & ~given["unfit"]
        return replace(frames, answers=given.assign(text=np.where(worded, instead, ""), raw="")).answers

    return replace(frames, answers=_SPOKEN.get([frames.answers], instead, told))


def _cell(value: Any) -> str | int | float:
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return "–"
    number = float(value)
    return int(number) if number.is_integer() else number
