"""A report as Word file, PDF and workbook: the answer on the first page, then each question, then how it was done."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from survey_app.actions.figures import printed
from survey_app.actions.paper_files import as_docx
from survey_app.actions.reporting import Part, Report
from survey_app.actions.table_files import cells_of, header_of, table_sheet
from survey_app.actions.workbooks import Sheet, workbook
from survey_app.language import _, ngettext
from survey_app.publishing.paper import Block, Heading, Paper, Paragraph, Picture, Points, Quotation, Table, as_html
from survey_app.views.style import number

WIDTH = 700
"""Pixels across a page: letters of 13 pixels are some 9 points there."""
MOST_ROWS, ROOM = 15, 115


def report_docx(report: Report, pictures: Sequence[bytes]) -> bytes:
    """A Word file; `pictures` are the PNG of the parts, or none at all."""
    return as_docx(paper_of(report, [Picture(part.alt, png=png) for part, png in _with(report, pictures)]))


def report_pdf(report: Report, drawings: Sequence[bytes]) -> bytes:
    """The same as PDF; `drawings` are SVG. Raises NoBrowser and NotDrawn."""
    return printed(as_html(paper_of(report, [Picture(part.alt, svg=svg) for part, svg in _with(report, drawings)])))


def report_xlsx(report: Report) -> bytes:
    """Every table whole, each on a sheet that is numbered as the questions are, and a sheet that says what they are."""
    titles = [f"{place}. {part.question}" for place, part in enumerate(report.parts, 1)]
    about = [[line] for line in (report.title, report.audience, report.source, "", *titles)]
    for head, lines in report.closing:
        about += [[""], [head], *([line] for line in lines)]
    sheets = [table_sheet(title, part.table) for title, part in zip(titles, report.parts, strict=True)]
    return workbook([Sheet(_("About"), [_("About")], about, [120]), *sheets])


def paper_of(report: Report, pictures: Sequence[Picture]) -> Paper:
    """The report in the language in force; without pictures where nothing could draw them."""
    blocks: list[Block] = [
        Paragraph(report.audience),
        Paragraph(f"{report.spoke} {report.date}", quiet=True),
        Heading(_("In short")),
        Points(report.findings),
    ]
    for place, part in enumerate(report.parts):
        blocks += _part(part, pictures[place : place + 1])
    for head, lines in report.closing:
        blocks += [Heading(head), Points(lines)]
    return Paper(report.title, report.language, blocks, upright=True)


def fitted(part: Part, most: int, room: int) -> tuple[list[str], list[list[str]], str]:
    """Header and rows of the table as far as `most` rows and `room` letters across go, and in words what is left."""
    header = header_of(part.table)
    cells = [[written(cell) for cell in row] for row in cells_of(part.table)]
    taken = accumulate(room_of(name, [row[at] for row in cells[:most]]) for at, name in enumerate(header))
    columns = max(sum(each <= room for each in taken), 2)
    more = [
        ngettext("{count} more row", "{count} more rows", len(cells) - most) if len(cells) > most else "",
        ngettext("{count} more column", "{count} more columns", len(header) - columns) if len(header) > columns else "",
    ]
    left = ", ".join(each for each in more if each)
    kept = [row[:columns] for row in cells[:most]]
    return header[:columns], kept, _("{left} in the workbook", left=left) if left else ""


def room_of(name: str, cells: Sequence[str]) -> int:
    """How many letters across a column wants: names and cells are broken between words."""
    longest = max((len(cell) for cell in cells), default=0)
    return min(max(longest, *(len(word) for word in name.split()), 7), 34)


def written(cell: object) -> str:
    """A cell's value as people write it."""
    return number(cell, 3) if isinstance(cell, float) else str(cell)


def _part(part: Part, pictures: Sequence[Picture]) -> list[Block]:
    header, rows, left = fitted(part, MOST_ROWS, ROOM)
    found: list[Block] = [Heading(part.question, question=True), Paragraph(part.finding), *pictures]
    if part.reading:
        found.append(Paragraph(part.reading, quiet=True))
    if rows:
        found.append(Table("", header, rows))
    if left:
        found.append(Paragraph(left, quiet=True))
    return [*found, *(Quotation(_("“{quote}”", quote=quote.text), quote.group) for quote in part.quotes)]


def _with(report: Report, pictures: Sequence[bytes]) -> list[tuple[Part, bytes]]:
    return list(zip(report.parts, pictures, strict=True)) if pictures else []
