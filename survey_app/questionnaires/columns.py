"""What each column of a questionnaire probably is; a person confirms or says otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from coding.guide import Guide
from survey_app.questionnaires import choices
from survey_app.questionnaires.dates import iso_date
from survey_app.questionnaires.guide_items import Found, GuideItems, split_header
from survey_app.questionnaires.rankings import is_ranking, places
from survey_app.questionnaires.scales import (
    CANNOT_SAY_NUMBERS,
    MOST_WORDINGS,
    Scale,
    cannot_say_in,
    number_in,
    propose_scale,
    range_in,
    says_nothing,
)
from survey_app.questionnaires.wording import pair
from survey_app.rosters.tables import Table

LEAVE_OUT = "leave_out"
KINDS = ("likert", "single", "multi", "numeric", "rank", "date", "open", LEAVE_OUT)

_TIME = re.compile(r"timestamp|отметка времени|время (создания|изменения|начала|завершения)|submit ?date|start ?date|"
                   r"(start|completion|submission) time|дата (заполнения|отправки)", re.IGNORECASE)  # fmt: skip
_CONSENT = re.compile(r"consent|соглас|agree", re.IGNORECASE)
_CONSENT_TO = re.compile(r"запис|расшифр|публик|обработ|персональн|участ|цитир|record|publish|process|personal data|"
                         r"participat|quot|^\W*(вы согласны|do you agree|согласие|consent)\W*$",
                         re.IGNORECASE)  # fmt: skip
_OPINION = re.compile(r"agree (that|with)|согласны,? (что|с )|согласны ли", re.IGNORECASE)
_PERSONAL = re.compile(r"\be-?mail\b|электронн\w+ (почт|адрес)|имя пользователя|user ?name|телефон|\bphone\b|"
                       r"\bip address|\b(фио|ф\.\s?и\.\s?о\.)|full name|your name|ваше имя|фамилия|telegram|whatsapp|"
                       r"паспорт|дата рождения|date of birth|домашний адрес|home address", re.IGNORECASE)  # fmt: skip
_LONGEST_PERSONAL = 80
"""Longest header, in code points, that asks for something personal and not for an opinion about it."""
_PERSONAL_VALUE = re.compile(r"[^@\s]+@[^@\s]+\.\w+|\+?(?:\d[\s()-]*){10,15}")
_GROUP = re.compile(r"какую группу вы представл|к какой группе вы|which group do you|stakeholder group|"
                    r"группа стейкхолдер|^group$", re.IGNORECASE)  # fmt: skip
_MACHINE_KEY = re.compile(r"(?!q\d)[A-Za-z][A-Za-z0-9_-]{0,39}")
"""A header that may be a key: none that looks like one of ours (q01), and no dots, which stand before lines."""
_LONGEST_NUMBER = 25


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the item it becomes.

    `points` are the levels of a scale, ascending, or the options of a choice or a ranking; `cannot_say` the numbers
    that stand for it; `place` the place in a ranking whose options stand in the cells. `why` says why it is proposed
    to be left out: time, consent, personal, group, empty, respondent.
    """

    name: str
    kind: str
    item_id: str
    label: tuple[str, str]
    parent_id: str = ""
    parent_label: tuple[str, str] = ("", "")
    points: Scale = ()
    code_id: str = ""
    parent_code_id: str = ""
    cannot_say: tuple[float, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    place: int = 0
    from_guide: bool = False
    why: str = ""

    @property
    def kept(self) -> bool:
        """Whether its answers are to be stored."""
        return self.kind != LEAVE_OUT


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns of one question, every different value in them, and what they rank: places, or options by place."""

    names: tuple[str, ...]
    said: tuple[str, ...]
    ranking: bool
    places: dict[str, int]


def propose_columns(table: Table, guide: Guide | None) -> tuple[Column, ...]:
    """One proposal a column, in the table's order. No two columns share an item, but those of one ranking by place."""
    known = GuideItems(guide)
    grids = {name: grid for grid in _grids(table) for name in grid.names}
    taken: set[str] = set()
    found = []
    for number, name in enumerate(table.columns, 1):
        column = _propose(table, name, f"q{number:02d}", known, grids[name])
        if column.item_id in taken and not column.place:
            points = tuple({name: point[name] for name in ("value", "en", "ru")} for point in column.points)
            column = replace(
                column, item_id=f"q{number:02d}", parent_id="", points=points, code_id="", from_guide=False
            )
        taken.add(column.item_id)
        found.append(column)
    return tuple(found)


def _propose(table: Table, name: str, fresh_id: str, known: GuideItems, grid: Grid) -> Column:
    values = [value for value in table.values(name) if value]
    why = _why_not(name, values)
    found = known.find(name)
    if found is not None and values and why != "group":
        return _from_guide(table, name, values, found, known, grid)
    question, line = split_header(name)
    own = _MACHINE_KEY.fullmatch(name) is not None
    column = Column(name, LEAVE_OUT, name if own else fresh_id, pair(name), why=why)
    if why:
        return column
    if len(grid.names) > 1:
        parent = f"q{table.columns.index(grid.names[0]) + 1:02d}"
        column = replace(
            column, item_id=f"{parent}.{grid.names.index(name) + 1}", parent_id=parent, label=pair(line),
            parent_label=pair(question),
        )  # fmt: skip
    return _infer(column, values, grid, known.scales)


def _why_not(name: str, values: list[str]) -> str:
    if not values:
        return "empty"
    if _TIME.search(name) and sum(iso_date(value) != "" for value in values) > 0.5 * len(values):
        return "time"
    few = len(set(values)) <= 2 and all(len(value) < 60 for value in values)
    if few and _CONSENT.search(name) and _CONSENT_TO.search(name) and not _OPINION.search(name):
        return "consent"
    looks = sum(_PERSONAL_VALUE.fullmatch(value) is not None for value in values) > 0.5 * len(values)
    differ = len(set(values)) > 0.5 * len(values)
    if looks or (differ and len(name) <= _LONGEST_PERSONAL and _PERSONAL.search(name)):
        return "personal"
    return "group" if _GROUP.search(name.strip()) else ""


def _from_guide(table: Table, name: str, values: list[str], found: Found, known: GuideItems, grid: Grid) -> Column:
    parent = found.parent or {}
    item = found.item or parent | {"item_id": f"{parent['item_id']}.x{table.columns.index(name) + 1}", "code_id": ""}
    label = (item["label_en"], item["label_ru"]) if found.item is not None else pair(split_header(name)[1])
    place = grid.places.get(name, 0) if item["type"] == "rank" and found.item is None else 0
    if place:
        item, parent, label = parent, {}, (parent["label_en"], parent["label_ru"])
    numbers = [_number(item["cannot_say"]), *cannot_say_in(name)]
    if item["type"] == "likert":
        numbers += [number for number in CANNOT_SAY_NUMBERS if number not in {p["value"] for p in item["scale"]}]
    column = Column(
        name, item["type"], item["item_id"], label, parent_id=parent.get("item_id", ""),
        parent_label=(parent.get("label_en", ""), parent.get("label_ru", "")),
        points=_lines_as_points(known.lines(item["item_id"])) if item["type"] in {"multi", "rank"}
        else tuple(item["scale"]),
        code_id=item["code_id"], parent_code_id=parent.get("code_id", ""),
        cannot_say=tuple(dict.fromkeys(number for number in numbers if number is not None)),
        lowest=_number(item["lowest"]), highest=_number(item["highest"]), place=place,
        from_guide=found.item is not None or place > 0,
    )  # fmt: skip
    if column.kind == "single" and not column.points:
        return replace(column, points=choices.points(v for v in values if not says_nothing(v, column.cannot_say)))
    return column


def _lines_as_points(lines: list[dict[str, Any]]) -> Scale:
    return tuple(
        {"value": float(number), "en": row["label_en"], "ru": row["label_ru"], "item_id": row["item_id"],
         "code_id": row["code_id"]}
        for number, row in enumerate(lines, 1)
    )  # fmt: skip


def _infer(column: Column, values: list[str], grid: Grid, known: Sequence[Scale]) -> Column:
    declared = cannot_say_in(column.name)
    said = [value for value in values if not says_nothing(value, declared)]
    column = replace(column, cannot_say=declared)
    if grid.ranking:
        return replace(column, kind="rank")
    if place := grid.places.get(column.name, 0):
        return replace(
            column, kind="rank", place=place, points=choices.points(grid.said), item_id=column.parent_id,
            parent_id="", label=column.parent_label, parent_label=("", ""),
        )  # fmt: skip
    if not said:
        return replace(column, kind="open")
    for together in (grid.said, said):
        scale, numbers = _scale_of(column.name, together, declared, known, in_grid=len(grid.names) > 1)
        if scale:
            return replace(column, kind="likert", points=scale, cannot_say=numbers)
    dates = [iso_date(value) for value in said]
    if all(dates):
        return replace(column, kind="date")
    if not any(dates) and all(number_in(value) is not None and len(value) <= _LONGEST_NUMBER for value in said):
        return _as_numeric(column, [number for value in said if (number := number_in(value)) is not None])
    if ranked := choices.ranked(said):
        return replace(column, kind="rank", points=choices.points(ranked))
    if ticked := choices.ticked(said):
        return replace(column, kind="multi", points=choices.with_other(choices.points(ticked), said))
    if chosen := choices.chosen(said):
        return replace(column, kind="single", points=choices.points(chosen))
    return replace(column, kind="open")


def _as_numeric(column: Column, numbers: list[float]) -> Column:
    """With the range that the header names, if all numbers keep to it; -1 among none but positive ones says nothing."""
    declared = column.cannot_say or ((-1.0,) if {number for number in numbers if number < 0} == {-1.0} else ())
    low, high = range_in(column.name) or (None, None)
    if low is None or high is None or any(not low <= number <= high for number in numbers if number not in declared):
        low, high = None, None
    return replace(column, kind="numeric", cannot_say=declared, lowest=low, highest=high)


def _scale_of(
    header: str, said: Sequence[str], declared: tuple[float, ...], known: Sequence[Scale], *, in_grid: bool
) -> tuple[Scale, tuple[float, ...]]:
    """A scale, and the numbers that stand beside it for "cannot say"; plain numbers need a grid or a named range."""
    distinct = list(dict.fromkeys(said))
    if len(distinct) > MOST_WORDINGS:
        return (), declared
    for numbers in (declared, tuple(dict.fromkeys((*declared, *CANNOT_SAY_NUMBERS)))):
        rest = [value for value in distinct if not says_nothing(value, numbers)]
        scale = propose_scale(rest, known, header)
        plain = all(value.strip().lstrip("-−").isdigit() for value in rest)
        if scale and (not plain or in_grid or range_in(header) is not None):
            return scale, numbers
    return (), declared


def _grids(table: Table) -> list[Grid]:
    """Every column with those that share its question; a column without a line stands alone."""
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in table.columns:
        question, line = split_header(name)
        shared[question, "" if line else name].append(name)
    return [
        Grid(
            tuple(names), tuple(dict.fromkeys(value for name in names for value in table.values(name) if value)),
            len(names) > 1 and is_ranking(table, names), places(table, names),
        )
        for names in shared.values()
    ]  # fmt: skip


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)
