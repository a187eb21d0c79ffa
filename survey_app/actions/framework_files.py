"""The framework matrix as Word and Excel files: summaries in a table, each linked to the words that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from survey_app.actions.framework import Matrix
from survey_app.actions.word_files import Link as WordLink
from survey_app.actions.word_files import WordFile
from survey_app.actions.workbooks import Link, Sheet, Value, workbook
from survey_app.language import _, label
from survey_app.store.log import Row

COLUMNS_ON_A_PAGE = 4
"""Columns of a table in Word, beside the expert's: more would be too narrow to read."""


@dataclass(frozen=True, slots=True)
class Charted:
    """A matrix with what its columns and sources are called."""

    matrix: Matrix
    title: str
    columns: Mapping[str, str]
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement linked to a cell; `number` counts through the whole matrix."""

    number: int
    expert: Row
    column: str
    statement: dict[str, Any]


def framework_xlsx(charted: Charted) -> bytes:
    """Two sheets: summaries with the numbers of their quotes, and quotes; cells lead there and back."""
    matrix, quotes = charted.matrix, quotes_of(charted.matrix)
    names = list(charted.columns)
    first = {(quote.expert["key"], quote.column): quote for quote in reversed(quotes)}
    table, said = _("Summaries"), _("Quotes")
    summaries: list[list[Value]] = []
    for expert in matrix.experts:
        row: list[Value] = [expert["key"], _group(matrix, expert)]
        for column in names:
            text = matrix.cell(expert["key"], column).text
            numbers = [
                quote.number for quote in quotes if (quote.expert["key"], quote.column) == (expert["key"], column)
            ]
            begins = first.get((expert["key"], column))
            whole = f"{text} [{', '.join(map(str, numbers))}]".strip() if numbers else text
            row.append(Link(whole, said, f"A{begins.number + 1}") if begins else whole)
        summaries.append(row)
    down = {expert["key"]: at for at, expert in enumerate(matrix.experts, start=2)}
    across = {column: get_column_letter(at) for at, column in enumerate(names, start=3)}
    listed: list[list[Value]] = [
        [
            quote.number,
            Link(quote.expert["key"], table, f"{across[quote.column]}{down[quote.expert['key']]}"),
            _group(matrix, quote.expert),
            charted.columns[quote.column],
            quote.statement["text"],
            charted.sources.get(quote.statement["source_id"], ""),
            quote.statement["label"],
        ]
        for quote in quotes
    ]
    header = [_("Number"), _("Expert"), _("Group"), _("Column"), _("Statement"), _("Text"), _("Label")]
    return workbook(
        [
            Sheet(table, [_("Expert"), _("Group"), *charted.columns.values()], summaries, [10, 18, *[45] * len(names)]),
            Sheet(said, header, listed, [9, 10, 18, 30, 90, 14, 14]),
        ]
    )


def framework_docx(charted: Charted) -> bytes:
    """Landscape tables of a few columns each, then the quotes by number; numbers in the tables lead to the quotes."""
    matrix, quotes = charted.matrix, quotes_of(charted.matrix)
    word = WordFile(charted.title, wide=True)
    names = list(charted.columns)
    for at in range(0, len(names), COLUMNS_ON_A_PAGE):
        columns = names[at : at + COLUMNS_ON_A_PAGE]
        rows = []
        for expert in matrix.experts:
            cells: list[list[str | WordLink]] = [[f"{expert['key']} · {_group(matrix, expert)}"]]
            for column in columns:
                cell: list[str | WordLink] = [matrix.cell(expert["key"], column).text]
                for quote in quotes:
                    if (quote.expert["key"], quote.column) == (expert["key"], column):
                        cell += [" ", WordLink(f"[{quote.number}]", f"quote_{quote.number}")]
                cells.append(cell)
            rows.append(cells)
        word.table([_("Expert"), *(charted.columns[column] for column in columns)], rows)
    if quotes:
        word.heading(_("Quotes"), 1)
    for quote in quotes:
        source = charted.sources.get(quote.statement["source_id"], "")
        facts = [quote.expert["key"], _group(matrix, quote.expert), source, quote.statement["label"]]
        word.paragraph(f"[{quote.number}] {quote.statement['text']}", mark=f"quote_{quote.number}")
        word.quiet(" · ".join(fact for fact in facts if fact))
    return word.content()


def quotes_of(matrix: Matrix) -> list[Quote]:
    """The linked statements, numbered in the order in which the matrix is read."""
    table = matrix.frames.statements
    statements: dict[str, Any] = {row["statement_id"]: row for row in table.to_dict("records")}
    found: list[Quote] = []
    for expert in matrix.experts:
        for column in matrix.columns:
            for quote in matrix.cell(expert["key"], column).quotes:
                found.append(Quote(len(found) + 1, expert, column, statements[quote]))
    return found


def _group(matrix: Matrix, expert: Row) -> str:
    groups = matrix.frames.groups
    row = groups[groups["group_id"] == expert["group_key"]]
    return label(row.iloc[0], "short") or label(row.iloc[0]) if len(row) else ""
