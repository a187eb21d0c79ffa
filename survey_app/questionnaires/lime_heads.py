"""What the columns of a LimeSurvey export hold, from their headings and their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from survey_app.questionnaires import choices
from survey_app.questionnaires.export import ASIDE, AT_PLACE, TICK, WORDS, Head
from survey_app.questionnaires.lime_headings import SYSTEM, Heading
from survey_app.questionnaires.scales import Scale
from survey_app.questionnaires.wording import plain_key
from survey_app.rosters.tables import Table

_YES, _NO, _NOT_ASKED = {"y", "yes", "да", "1"}, {"n", "no", "нет", "0"}, {"n/a"}
"""How a multiple choice is written: as a code, in words, or as a number."""
Groups = Mapping[str, Mapping[str, Heading]]
"""The lines of each question: headings by the name of the column."""


def with_heads(table: Table, headings: Sequence[Heading]) -> tuple[Table, dict[str, Head]]:
    """The table with ticks as Y and N, and a head for every column."""
    named = dict(zip(table.columns, headings, strict=True))
    heads = {name: _plain_head(heading, headings) for name, heading in named.items()}
    rows = [dict(row) for row in table.rows]
    for columns in _groups(named, heads).values():
        if _ticked(table, columns):
            heads |= {name: replace(heads[name], role=TICK) for name in columns}
            beside = [name for name, head in heads.items()
                      if head.role == WORDS and head.question == heads[next(iter(columns))].question]  # fmt: skip
            for row in rows:
                _tick(row, columns, beside)
        elif points := _ranked(table, columns):
            for name, heading in columns.items():
                heads[name] = replace(heads[name], role=AT_PLACE, line="", place=int(heading.line), points=points)
    return replace(table, rows=tuple(rows)), heads


def _plain_head(heading: Heading, headings: Sequence[Heading]) -> Head:
    if heading.system:
        return Head("", role=ASIDE, why=SYSTEM.get(heading.system, _why(heading.system)))
    lines = {other.line for other in headings if other.question == heading.question}
    head = Head(heading.question, heading.asked, heading.line, heading.line_asked)
    if "filecount" in lines:
        return replace(head, role=ASIDE, why="system")
    base = heading.line.removesuffix("comment")
    if base != heading.line and base in lines:
        return replace(head, role=WORDS, line=base or "comment")
    return replace(head, role=WORDS) if heading.line == "other" else head


def _why(system: str) -> str:
    return "personal" if system.startswith("attribute_") else "system"


def _groups(named: Mapping[str, Heading], heads: Mapping[str, Head]) -> Groups:
    found: dict[str, dict[str, Heading]] = {}
    for name, heading in named.items():
        if heading.line and heads[name].role not in {WORDS, ASIDE}:
            found.setdefault(heading.question, {})[name] = heading
    return found


def _ticked(table: Table, columns: Mapping[str, Heading]) -> bool:
    """Whether every cell says yes, no, or the option's own words; 1 counts where some rows leave options blank."""
    said: set[str] = set()
    for name, heading in columns.items():
        own = plain_key(heading.line_asked)
        said |= {"y" if own and plain_key(cell) == own else cell.lower() for cell in table.values(name)}
    said -= {"", *_NOT_ASKED}
    if said == {"1"}:
        return any(len({row[name] for name in columns}) > 1 for row in table.rows)
    return bool(said) and said <= _YES | _NO


def _tick(row: dict[str, str], columns: Mapping[str, Heading], beside: Sequence[str]) -> None:
    """Say no for what a row leaves blank beside a tick; a row that ticks nothing may not have been asked."""
    for name, heading in columns.items():
        if row[name].lower() in _NOT_ASKED:
            row[name] = ""
        elif (
            row[name] and row[name].lower() not in _YES | _NO and plain_key(row[name]) == plain_key(heading.line_asked)
        ):
            row[name] = "Y"
    if any(row[name] and row[name].lower() not in _NO for name in (*columns, *beside)):
        for name in columns:
            row[name] = row[name] or "N"


def _ranked(table: Table, columns: Mapping[str, Heading]) -> Scale:
    """The options of a ranking: columns 1, 2, 3, …, filled from the first, and no option twice in a row; else ()."""
    places = [heading.line for heading in columns.values()]
    if len(places) < 2 or places != [str(place) for place in range(1, len(places) + 1)]:
        return ()
    several, said = False, []
    for row in table.rows:
        cells = [row[name] for name in columns]
        filled = [cell for cell in cells if cell]
        if cells[: len(filled)] != filled or len(set(filled)) < len(filled):
            return ()
        several = several or len(filled) > 1
        said += filled
    if not several or all(cell.isdecimal() for cell in said):
        return ()
    return choices.points(sorted(set(said)))
