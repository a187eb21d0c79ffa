"""The closed items and open questions of an interview guide as a questionnaire to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from coding.guide import CLOSING, Guide
from survey_app.questionnaires.choices import is_other
from survey_app.questionnaires.instrument import (
    CANNOT_SAY,
    CANNOT_SAY_WORDS,
    LIKERT,
    MULTI,
    NUMERIC,
    OPEN,
    RANK,
    SINGLE,
    Instrument,
    Item,
    Option,
    Section,
    Words,
)

PROFILE = "profile"
_PROFILE_TITLE: Words = ("About you", "О вас")
_CLOSING_TITLE: Words = ("In closing", "В завершение")


def instrument_of_guide(guide: Guide) -> Instrument:
    """The guide as a form, with its keys: a page for what it asks about the expert, one for each task, and a last one.

    A choice whose options the guide leaves to the study (its groups) is not asked: the study knows the answer.
    """
    rows: list[dict[str, Any]] = guide.items.to_dict("records")  # type: ignore[assignment]
    lines: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        lines.setdefault(str(row["parent_id"]), []).append(row)
    items: list[Item] = []
    for row, section in zip(lines.get("", []), _sections(guide, lines.get("", [])), strict=True):
        items += _items(row, lines.get(str(row["item_id"]), []), section)
    titles = {PROFILE: _PROFILE_TITLE, **{task.key: (task.label_en, task.label_ru) for task in guide.tasks},
              CLOSING: _CLOSING_TITLE}  # fmt: skip
    used = {item.section for item in items}
    return Instrument(
        guide.key, (guide.title_en, guide.title_ru), tuple(items),
        sections=tuple(Section(key, title) for key, title in titles.items() if key in used),
        consent=(guide.consent_en, guide.consent_ru),
    )  # fmt: skip


def _sections(guide: Guide, rows: Sequence[dict[str, Any]]) -> list[str]:
    """The section of every question: that of the open question which follows it, as the guide is in order."""
    of_open = {question.key: question.task for question in guide.questions}
    tasks = [task.key for task in guide.tasks]
    found: list[str] = []
    following = CLOSING
    for row in reversed(rows):
        key = str(row["item_id"])
        following = of_open.get(key, following)
        own = next((task for task in tasks if key.startswith(f"{task}.")), following)
        found.append(PROFILE if row["profile"] else own)
    return found[::-1]


def _items(row: dict[str, Any], lines: Sequence[dict[str, Any]], section: str) -> list[Item]:
    item = Item(
        str(row["item_id"]), str(row["type"]), (str(row["label_en"]), str(row["label_ru"])), section=section,
        code=str(row["code_id"]), lowest=_number(row["lowest"]), highest=_number(row["highest"]),
        long=row["type"] == OPEN,
    )  # fmt: skip
    if item.kind in {MULTI, RANK}:
        options = tuple(_line_option(line, item.key, place) for place, line in enumerate(lines, 1))
        return [replace(item, options=options, most=int(row["choose"]))] if options else []
    options = _points(row)
    if item.kind in {LIKERT, SINGLE} and not options:
        return []
    members = [
        replace(
            item, key=str(line["item_id"]), label=(str(line["label_en"]), str(line["label_ru"])), parent=item.key,
            code=str(line["code_id"]),
        )
        for line in lines
    ]  # fmt: skip
    return [replace(item, options=options), *members]


def _points(row: dict[str, Any]) -> tuple[Option, ...]:
    """The points of a scale or the options of a choice; "cannot say" after them, and of a number it alone."""
    options = [
        Option(str(point.get("key") or f"{point['value']:g}"), (point["en"], point["ru"]), point["value"])
        for point in row["scale"]
    ]
    silent = _number(row["cannot_say"])
    if silent is not None and row["type"] in {LIKERT, SINGLE, NUMERIC}:
        options.append(Option(CANNOT_SAY, CANNOT_SAY_WORDS, silent, cannot_say=True))
    return tuple(options)


def _line_option(line: dict[str, Any], parent: str, place: int) -> Option:
    label = (str(line["label_en"]), str(line["label_ru"]))
    key = str(line["item_id"]).removeprefix(f"{parent}.")
    other = is_other({"en": label[0], "ru": label[1]})
    return Option(key, label, float(place), str(line["code_id"]), other)


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)
