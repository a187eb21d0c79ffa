"""What each column of a questionnaire probably is; a person confirms or says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from coding.guide import Guide
from survey_app.questionnaires import choices
from survey_app.questionnaires.column import BESIDE, LEAVE_OUT, Column
from survey_app.questionnaires.continuing import beside, together
from survey_app.questionnaires.export import ANSWER, ASIDE, WORDS, Export, Head
from survey_app.questionnaires.grids import Grid, grids_of
from survey_app.questionnaires.guide_items import Found, GuideItems
from survey_app.questionnaires.headings import plain_heading
from survey_app.questionnaires.heads import heads_of
from survey_app.questionnaires.inferring import infer
from survey_app.questionnaires.known_heads import from_head
from survey_app.questionnaires.rankings import with_last_places
from survey_app.questionnaires.scales import CANNOT_SAY_NUMBERS, Scale, cannot_say_in, says_nothing
from survey_app.questionnaires.why_not import why_not
from survey_app.rosters.tables import Table


def propose_columns(export: Export, guide: Guide | None) -> tuple[Column, ...]:
    """One proposal a column, in the file's order. No two columns share an item, but those of one ranking by place and
    words beside an option. A definition wins over the guide, the guide over the platform, and all over the answers.
    """
    heads, known = heads_of(export), GuideItems(guide)
    continues = {name: head.continues for name, head in heads.items() if head.continues}
    table = together(export.table, continues)
    grids = grids_of(table, heads)
    taken: set[str] = set()
    found: list[Column] = []
    for number, name in enumerate(table.columns, 1):
        if name in continues:
            first = found[table.columns.index(continues[name])]
            found.append(beside(first, Column(name, LEAVE_OUT, f"q{number:02d}", heads[name].label)))
            taken.add(found[-1].item_id)
            continue
        column = _propose(table, name, heads[name], known, grids[name])
        if column.item_id in taken and not column.place and column.kind != BESIDE:
            points = tuple({name: point[name] for name in ("value", "en", "ru")} for point in column.points)
            column = replace(
                column, item_id=f"q{number:02d}", parent_id="", points=points, code_id="", from_guide=False
            )
        taken.add(column.item_id)
        found.append(column)
    return tuple(with_last_places(found, found))


def _propose(table: Table, name: str, head: Head, known: GuideItems, grid: Grid) -> Column:
    values = {value: times for value, times in table.distinct(name).items() if value}
    column = Column(name, LEAVE_OUT, head.question, head.label, why=head.why)
    if head.role == ASIDE:
        return column
    why = "empty" if not values else "" if head.defined else why_not(plain_heading(head.asked or name), values)
    if head.defined and not why:
        return from_head(name, head)
    found = None if head.role == WORDS else known.find(name, head)
    if found is not None and values and why != "group":
        return _from_guide(table, name, values, found, known, grid, head)
    if why:
        return replace(column, why=why)
    if head.kind or head.role != ANSWER:
        return from_head(name, head)
    if head.line:
        column = replace(
            column, item_id=f"{head.question}.{head.line}", parent_id=head.question, label=head.line_label,
            parent_label=head.label,
        )  # fmt: skip
    return infer(replace(column, separator=head.separator), values, grid, known.scales)


def _from_guide(
    table: Table, name: str, values: Mapping[str, int], found: Found, known: GuideItems, grid: Grid, head: Head
) -> Column:
    parent = found.parent or {}
    item = found.item or parent | {"item_id": f"{parent['item_id']}.x{table.columns.index(name) + 1}", "code_id": ""}
    label = (item["label_en"], item["label_ru"]) if found.item is not None else head.line_label
    place = (head.place or grid.places.get(name, 0)) if item["type"] == "rank" and found.item is None else 0
    if place:
        item, parent, label = parent, {}, (parent["label_en"], parent["label_ru"])
    numbers = [_number(item["cannot_say"]), *head.cannot_say, *cannot_say_in(name)]
    if item["type"] == "likert":
        numbers += [number for number in CANNOT_SAY_NUMBERS if number not in {p["value"] for p in item["scale"]}]
    column = Column(
        name, item["type"], item["item_id"], label, parent_id=parent.get("item_id", ""),
        parent_label=(parent.get("label_en", ""), parent.get("label_ru", "")),
        points=_lines_as_points(known.lines(item["item_id"])) if item["type"] in {"multi", "rank"}
        else tuple(item["scale"]),
        code_id=item["code_id"], parent_code_id=parent.get("code_id", ""),
        cannot_say=tuple(dict.fromkeys(number for number in numbers if number is not None)),
        lowest=_number(item["lowest"]), highest=_highest(item, parent, known), place=place, separator=head.separator,
        from_guide=found.item is not None or place > 0,
    )  # fmt: skip
    if column.kind == "single" and not column.points:
        return replace(column, points=choices.points(v for v in values if not says_nothing(v, column.cannot_say)))
    return column


def _highest(item: dict[str, Any], parent: dict[str, Any], known: GuideItems) -> float | None:
    """The highest number that fits: of a line of a ranking the last place."""
    if item["type"] == "rank" and parent:
        return float(len(known.lines(parent["item_id"]))) or None
    return _number(item["highest"])


def _lines_as_points(lines: list[dict[str, Any]]) -> Scale:
    return tuple(
        {"value": float(number), "en": row["label_en"], "ru": row["label_ru"], "item_id": row["item_id"],
         "code_id": row["code_id"]}
        for number, row in enumerate(lines, 1)
    )  # fmt: skip


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)
