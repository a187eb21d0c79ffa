"""A form that was filled in as the tables that everything speaks: its items, its answers, its open answers."""

from __future__ import annotations

from typing import Any

from survey_app.questionnaires.filling import Filled, asked, day_of, options_of, section_of
from survey_app.questionnaires.instrument import (
    DATE,
    LIKERT,
    MULTI,
    NOTE,
    NUMERIC,
    OPEN,
    RANK,
    SINGLE,
    Instrument,
    Item,
    Option,
    Words,
)
from survey_app.questionnaires.survey import Said


def item_rows(instrument: Instrument) -> list[dict[str, Any]]:
    """Rows of the ITEMS contract, in order; a question before its lines, and these before their options."""
    rows: list[dict[str, Any]] = []

    def add(item: Item, item_id: str, parent_id: str, kind: str, label: Words, scale: list[Any], code_id: str) -> None:
        rows.append(
            {"item_id": item_id, "parent_id": parent_id, "type": kind, "label_en": label[0], "label_ru": label[1],
             "scale": scale, "code_id": code_id, "order": len(rows), "section": section_of(instrument, item),
             "reverse": item.reverse}
        )  # fmt: skip

    for item in instrument.items:
        lines = instrument.lines(item.key)
        if item.kind == NOTE and not lines:
            continue
        kind = lines[0].kind if item.kind == NOTE else item.kind
        points = _points(kind, options_of(instrument, item))
        ticked = kind in {MULTI, RANK}
        scale = [{"value": point.value, "en": point.label[0], "ru": point.label[1]} for point in points]
        add(item, item.key, item.parent, kind, item.label, [] if ticked else scale, item.code)
        for point in points if ticked and not lines else ():
            add(item, f"{item.key}.{point.key}", item.key, kind, point.label, [], point.code)
    return rows


def closed_answers(instrument: Instrument, filled: Filled) -> list[Said]:
    """The answers to closed items; an item without an answer has none."""
    return [
        said for item in asked(instrument) if item.kind != OPEN and item.key in filled.answers
        for said in _said(item, options_of(instrument, item), filled)
    ]  # fmt: skip


def open_answers(instrument: Instrument, filled: Filled) -> dict[str, str]:
    """The words written to open items, by their keys."""
    return {
        item.key: str(filled.answers[item.key])
        for item in asked(instrument) if item.kind == OPEN and item.key in filled.answers
    }  # fmt: skip


def _said(item: Item, options: tuple[Option, ...], filled: Filled) -> list[Said]:
    answer, words = filled.answers[item.key], filled.words.get(item.key, {})
    points = _points(item.kind, options)
    lines = [f"{item.key}.{point.key}" for point in points] if item.kind in {MULTI, RANK} else [item.key]
    chosen = [answer] if isinstance(answer, str) else answer if isinstance(answer, list) else []
    if item.kind not in {NUMERIC, DATE} and {option.key for option in options if option.cannot_say} & set(chosen):
        return [Said(line, cannot_say=True) for line in lines]
    if item.kind in {SINGLE, LIKERT}:
        point = next(point for point in points if point.key == chosen[0])
        value = points[0].value + points[-1].value - point.value if item.reverse else point.value
        return [Said(item.key, float(value), words.get(point.key, ""))]
    if item.kind == MULTI:
        return [
            Said(line, float(point.key in chosen), words.get(point.key, ""))
            for line, point in zip(lines, points, strict=True)
        ]
    if item.kind == RANK:
        return [
            Said(f"{item.key}.{key}", float(place), words.get(key, "")) for place, key in enumerate(chosen, 1)
        ]  # fmt: skip
    if item.kind == NUMERIC:
        return [Said(item.key, answer)] if isinstance(answer, float) else []
    return [Said(item.key, text=str(answer))] if day_of(answer) else []


def _points(kind: str, options: tuple[Option, ...]) -> list[Option]:
    """The options that count; those of a scale ascending."""
    proper = [option for option in options if not option.cannot_say]
    return sorted(proper, key=lambda option: option.value) if kind == LIKERT else proper
