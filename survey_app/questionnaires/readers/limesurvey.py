"""LimeSurvey: responses as CSV or XLSX under codes, codes with texts or texts, and the tab-separated VV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from survey_app.questionnaires.export import Export
from survey_app.questionnaires.lime_headings import Heading, headings_of, system_name
from survey_app.questionnaires.lime_heads import with_heads
from survey_app.questionnaires.markup import plain_text
from survey_app.questionnaires.readers import Brought
from survey_app.rosters.tables import Line, Table, UnreadableTable
from transcripts.messages import counted, sentence

PLATFORM = "LimeSurvey"
_TELLING = {"submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"}
_NOT_SHOWN = "{question_not_shown}"
_SIGNS = (("{newline}", "\n"), ("{cr}", "\n"), ("{tab}", " "), ("{quote}", '"'), ("{lbrace}", "{"))
_LONGEST_HEADER = 200_000


def sniff(brought: Brought) -> float:
    """Sure of a file with three of the columns that only LimeSurvey adds."""
    if _vv_header(brought):
        return 1.0
    telling = _TELLING & {system_name(plain_text(name)) for name in brought.header}
    return 0.95 if len(telling) >= 3 else 0.7 if len(telling) == 2 else 0.0


def read(brought: Brought) -> Export:
    """Every response, finished or not. Raises UnreadableTable."""
    if _vv_header(brought):
        lines = _vv_lines(brought)
        header = [name.strip() for name in lines[0]]
        return as_export(brought.table(lines), headings_of(header, underscored=True))
    header = [plain_text(name) for name in brought.lines[0]]
    table = brought.table([header, *brought.lines[1:]])
    return as_export(table, headings_of(table.columns))


def as_export(table: Table, headings: Sequence[Heading]) -> Export:
    """A table whose headings are known, with a warning about responses that were not finished."""
    headings = [*headings, *(Heading(name, asked=name) for name in table.columns[len(headings) :])]
    table, heads = with_heads(table, headings[: len(table.columns)])
    by_system = {heading.system: name for name, heading in zip(table.columns, headings, strict=False) if heading.system}
    token, submitted = by_system.get("token"), by_system.get("submitdate")
    unfinished = sum(not row[submitted] for row in table.rows) if submitted else 0
    if unfinished:
        warning = counted(
            "{count} response was not finished (it has no date of submission). What it answers is read all the same.",
            "{count} responses were not finished (they have no date of submission). What they answer is read all the "
            "same.", unfinished,
        )  # fmt: skip
        table = replace(table, warnings=(*table.warnings, warning))
    named = token if token is not None and any(table.values(token)) else None
    return Export(PLATFORM, table, heads, respondent=named)


def _vv_header(brought: Brought) -> list[str]:
    """The codes of a VV file, which stand in its second line; [] for any other file."""
    if brought.content.startswith(b"PK"):
        return []
    try:
        first, _end, rest = brought.text[:_LONGEST_HEADER].partition("\n")
    except UnreadableTable:
        return []
    codes = [code.strip('" ') for code in rest.partition("\n")[0].split("\t")]
    return codes if "\t" in first and len(_TELLING.intersection(codes)) >= 2 and "id" in codes else []


def _vv_lines(brought: Brought) -> list[list[str]]:
    try:
        lines = list(csv.reader(io.StringIO(brought.text), delimiter="\t"))[1:]
    except csv.Error as problem:
        raise UnreadableTable(
            sentence("{file} cannot be read as a table. Save it as CSV (UTF-8) or XLSX.", file=brought.name)
        ) from problem
    below = enumerate(lines[1:], 3)
    return [lines[0], *(Line(map(_unmasked, line), number) for number, line in below if any(line))]


def _unmasked(cell: str) -> str:
    """A cell without the words that VV puts for signs and for what was not shown."""
    if cell == _NOT_SHOWN:
        return ""
    for mask, sign in _SIGNS:
        cell = cell.replace(mask, sign)
    return cell.strip()
