"""SurveyMonkey: CSV and XLSX with two rows of headers, the question and what of it a column holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey_app.questionnaires.choices import is_other
from survey_app.questionnaires.column_groups import (
    as_ticks,
    hold_places,
    hold_ticks,
    kind_of_choice,
    with_cells,
    words_kind,
)
from survey_app.questionnaires.dates import iso_date
from survey_app.questionnaires.export import ANSWER, ASIDE, PLACE, TICK, WORDS, Export, Head
from survey_app.questionnaires.instrument import DATE, MULTI
from survey_app.questionnaires.markup import plain_text
from survey_app.questionnaires.readers import Brought
from survey_app.questionnaires.wording import pair, plain_key
from survey_app.rosters.tables import Table

PLATFORM = "SurveyMonkey"

_SYSTEM = {
    "respondentid": "system", "collectorid": "system", "startdate": "time", "enddate": "time",
    "datecreated": "time", "datemodified": "time", "ipaddress": "personal", "emailaddress": "personal",
    "firstname": "personal", "lastname": "personal", "customdata": "respondent",
    "идентификаторреспондента": "system", "идреспондента": "system",
    "идентификаторколлектора": "system", "идколлектора": "system", "идентификаторсборщика": "system",
    "датаначала": "time", "датаокончания": "time", "датазавершения": "time", "ipадрес": "personal",
    "адресэлектроннойпочты": "personal", "электроннаяпочта": "personal", "имя": "personal", "фамилия": "personal",
    "пользовательскиеданные": "respondent",
}  # fmt: skip
"""Columns before the questions, by their headings without blanks and signs, and why they are no answers."""

_IDS = {key for key, why in _SYSTEM.items() if why == "system"}
_COLLECTORS = {"collectorid", "идентификаторколлектора", "идколлектора", "идентификаторсборщика"}
_WHOLE = {"", "response", "ответ", "ответы", "date time", "дата время"}
_OPEN = {"open ended response", "открытый ответ", "ответ в свободной форме", "ответ в свободной форме открытый"}
_ASKS_WORDS = re.compile(r"(please )?specify|укажите|уточните|comments?$|комментари[йи]", re.IGNORECASE)
_CONTACT = {
    "name", "company", "address", "address 2", "city town", "state province", "zip postal code", "country",
    "email address", "phone number", "имя", "компания", "адрес", "адрес 2", "город", "страна", "почтовый индекс",
    "адрес электронной почты", "номер телефона",
}  # fmt: skip
_FEWEST_OF_CONTACT = 3


@dataclass(frozen=True, slots=True)
class _Column:
    question: str
    asked: str
    line: str
    label: str


def sniff(brought: Brought) -> float:
    """By the columns before the questions, else by a second row that says which columns hold a response."""
    headings = set(map(_heading, brought.header))
    known = len(headings & set(_SYSTEM))
    if headings & _COLLECTORS and known > 1:
        return 0.95
    below = brought.lines[1] if brought.header and len(brought.lines) > 1 else []
    words = any(cell and plain_key(cell) in _WHOLE | _OPEN for cell in below)
    return 0.8 if words and (known > 1 or "" in brought.header) else 0.0


def read(brought: Brought) -> Export:
    """Every question with its lines, however the answers were spread over columns. Raises UnreadableTable."""
    first, *rest = brought.lines
    below = rest.pop(0) if rest and _is_header(first, rest[0]) else []
    width = max(place for line in (first, below) for place, cell in enumerate(line, 1) if cell)
    first, below = ([plain_text(cell) for cell in [*line, *[""] * width][:width]] for line in (first, below))
    columns = _columns(first, below)
    names = [column if isinstance(column, str) else _name(column) for column in columns]
    table = brought.table([names, *rest])
    heads: dict[str, Head] = {}
    groups: dict[str, dict[str, _Column]] = {}
    for name, column in zip(table.columns, columns, strict=False):
        if isinstance(column, str):
            heads[name] = Head(column, column, role=ASIDE, why=_SYSTEM[_heading(column)])
        else:
            groups.setdefault(column.question, {})[name] = column
    cells: dict[str, list[str]] = {}
    for group in groups.values():
        found, ticks = _heads(table, group)
        heads |= found
        cells |= ticks
    table = with_cells(table, cells)
    filled = [name for name, head in heads.items() if head.why == "respondent" and any(table.values(name))]
    return Export(PLATFORM, table, heads, respondent=filled[0] if filled else None)


def _heading(cell: str) -> str:
    return re.sub(r"[\W\d_]+", "", cell.casefold())


def _is_header(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the second row heads columns too: a respondent has an id."""
    ids = [place for place, cell in enumerate(first) if _heading(cell) in _IDS]
    return not any(second[place] for place in ids if place < len(second))


def _columns(first: Sequence[str], below: Sequence[str]) -> list[_Column | str]:
    """A heading of the system's, or the question and what of it a column holds; a blank cell goes on with the question
    before it.
    """
    found: list[_Column | str] = []
    number, line, asked = 0, 0, ""
    for heading, label in zip(first, below, strict=True):
        if heading and not number and _heading(heading) in _SYSTEM:
            found.append(heading)
            continue
        if heading or not number:
            number, line, asked = number + 1, 0, heading or label
        line += 1
        found.append(_Column(f"q{number:02d}", asked, str(line), label))
    return found


def _name(column: _Column) -> str:
    whole = plain_key(column.label) in _WHOLE | _OPEN if column.label else True
    return column.asked if whole else f"{column.asked} [{column.label}]"


def _heads(table: Table, group: Mapping[str, _Column]) -> tuple[dict[str, Head], dict[str, list[str]]]:
    """Heads of one question's columns, and their cells anew where these are ticks."""
    whole = [name for name, column in group.items() if not column.label or plain_key(column.label) in _WHOLE | _OPEN]
    if len(whole) == len(group) > 1:
        whole = whole[:1]
    beside = [name for name, column in group.items() if name not in whole and len(group) > 1
              and _takes_words(column.label, table.values(name))]  # fmt: skip
    lines = [name for name in group if name not in {*whole, *beside}]
    found = {name: _whole(table.values(name), group[name], beside=bool(beside)) for name in whole}
    found |= {name: _line(group[name], role=WORDS) for name in beside}
    if len({plain_key(group[name].label) for name in lines} & _CONTACT) >= _FEWEST_OF_CONTACT:
        return found | {name: _line(group[name], role=ASIDE, why="personal") for name in lines}, {}
    crossed = _crossed(table, lines, group)
    if crossed is not None:
        return found | crossed[0], crossed[1]
    role = _role(table, lines, group)
    ticks = as_ticks([table.values(name) for name in lines]) if role == TICK else []
    found |= {name: _line(group[name], role=role) for name in lines}
    return found, dict(zip(lines, ticks, strict=bool(ticks)))


def _takes_words(label: str, cells: Sequence[str]) -> bool:
    """Whether a column holds words of one's own beside the options: it asks for them, and its cells differ from it."""
    en, ru = pair(label)
    asks = _ASKS_WORDS.search(label) is not None or is_other({"en": en, "ru": ru})
    said = {plain_key(cell) for cell in cells if cell}
    return asks and not (said and said <= {plain_key(label), "1"}) and not all(cell.isdigit() for cell in said)


def _role(table: Table, lines: Sequence[str], group: Mapping[str, _Column]) -> str:
    if not lines:
        return ANSWER
    if hold_places(table, lines):
        return PLACE
    return TICK if hold_ticks([table.values(name) for name in lines], [group[name].label for name in lines]) else ANSWER


def _whole(values: list[str], column: _Column, *, beside: bool) -> Head:
    """A question answered in one cell."""
    if plain_key(column.label) in _OPEN:
        return Head(column.question, column.asked, kind=words_kind(values))
    if values and all(iso_date(value) for value in values if value) and any(values):
        return Head(column.question, column.asked, kind=DATE)
    kind, points = kind_of_choice(values, column.asked)
    said = [value for value in values if value]
    if kind == MULTI or beside or len(set(said)) < len(said):
        separator = "," if kind == MULTI else ""
        return Head(column.question, column.asked, kind=kind, points=points, separator=separator)
    return Head(column.question, column.asked)


def _line(column: _Column, *, role: str = ANSWER, why: str = "") -> Head:
    return Head(column.question, column.asked, column.line, column.label, role=role, why=why)


def _crossed(
    table: Table, lines: Sequence[str], group: Mapping[str, _Column]
) -> tuple[dict[str, Head], dict[str, list[str]]] | None:
    """Of a matrix with rows and columns («Roads - often»): each row is a question of ticks, or each column one of
    answers. None for any other question.
    """
    split = {name: group[name].label.rpartition(" - ") for name in lines}
    rows = list(dict.fromkeys(row for row, _, _ in split.values()))
    across = list(dict.fromkeys(column for _, _, column in split.values()))
    if "" in rows or len(lines) != len(rows) * len(across) or len(rows) < 2 or len(across) < 2:
        return None
    if hold_ticks([table.values(name) for name in lines], [split[name][2] for name in lines]):
        found: dict[str, Head] = {}
        cells: dict[str, list[str]] = {}
        for place, row in enumerate(rows, 1):
            names = [name for name in lines if split[name][0] == row]
            cells |= dict(zip(names, as_ticks([table.values(name) for name in names]), strict=True))
            found |= {name: _cell_of(group[name], place, row, across, split[name][2], TICK) for name in names}
        return found, cells
    return {
        name: _cell_of(group[name], across.index(column) + 1, column, rows, row, ANSWER)
        for name, (row, _, column) in split.items()
    }, {}


def _cell_of(column: _Column, place: int, part: str, lines: Sequence[str], line: str, role: str) -> Head:
    """The head of a cell of a matrix, where each `part` of it is a question."""
    return Head(f"{column.question}-{place}", f"{column.asked} - {part}", str(lines.index(line) + 1), line, role=role)
