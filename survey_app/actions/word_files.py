"""Word files: headings, plain and quiet paragraphs, tables, links inside the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

QUIET = RGBColor(0x5B, 0x66, 0x70)
_HIGHEST_CM = 19.0
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a place marked in the same file."""

    text: str
    mark: str


class WordFile:
    """One document in the making."""

    def __init__(self, title: str, *, wide: bool = False, language: str = "") -> None:
        self._document = Document()
        self._marks = 0
        self._document.core_properties.title = writable(title)
        self._document.core_properties.author = ""
        self._document.styles["Normal"].font.name = "Calibri"
        self._document.styles["Normal"].font.size = Pt(10.5)
        if language:
            self._speak(language)
        page = self._document.sections[0]
        page.page_width, page.page_height = Cm(21.0), Cm(29.7)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.2)
        if wide:
            page.orientation = WD_ORIENT.LANDSCAPE
            page.page_width, page.page_height = page.page_height, page.page_width
        self._end = self._document.element.body.sectPr
        self._plain, self._quiet = self._pattern(), self._pattern()
        self._plain.paragraph_format.space_after = Pt(2)
        self._quiet.runs[0].font.size, self._quiet.runs[0].font.color.rgb = Pt(9), QUIET
        self.heading(title, 0)

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """A heading; 0 is the title."""
        self._document.add_heading(writable(text), level).paragraph_format.page_break_before = new_page or None

    def paragraph(self, text: str, *, mark: str = "") -> None:
        """Plain words; with `mark` a place that links lead to."""
        paragraph = self._add(self._plain, text)
        if mark:
            self._mark(paragraph, mark)

    def quiet(self, text: str) -> None:
        """What stands beside: smaller and gray."""
        self._add(self._quiet, text)

    def picture(self, png: bytes, alt: str, width_cm: float) -> None:
        """A PNG with what it shows in words, at most as high as a page has room below a heading."""
        shape = self._document.add_picture(BytesIO(png), width=Cm(width_cm))
        if shape.height > Cm(_HIGHEST_CM):
            shape.width, shape.height = round(shape.width * Cm(_HIGHEST_CM) / shape.height), Cm(_HIGHEST_CM)
        shape._inline.docPr.set("descr", writable(alt))

    def quotation(self, text: str, said_by: str) -> None:
        """Words that somebody said, and below them who."""
        paragraph = self._document.add_paragraph(writable(text), style="Quote")
        paragraph.paragraph_format.left_indent = Cm(0.8)
        paragraph.paragraph_format.space_after = Pt(6)
        if said_by:
            paragraph.add_run().add_break()
            said = paragraph.add_run(writable(said_by))
            said.font.size, said.font.color.rgb, said.italic = Pt(9), QUIET, False

    def points(self, lines: Sequence[str]) -> None:
        """A list, a line each."""
        for line in lines:
            self._document.add_paragraph(writable(line), style="List Bullet")

    def table(
        self, header: Sequence[str], rows: Sequence[Sequence[str | Sequence[str | Link]]], widths: Sequence[float] = ()
    ) -> None:
        """A table whose header is repeated on every page; a cell of several pieces may hold links. `widths` in cm."""
        table = self._document.add_table(rows=1, cols=len(header), style="Table Grid")
        first = OxmlElement("w:tblHeader")
        first.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(first)
        for cell, name in zip(table.rows[0].cells, header, strict=True):
            cell.paragraphs[0].add_run(writable(name)).bold = True
        for row in rows:
            for cell, content in zip(table.add_row().cells, row, strict=True):
                self._fill(cell, [content] if isinstance(content, str) else content)
        for column, width in zip(table.columns, widths, strict=False):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
        self._document.add_paragraph()

    def content(self) -> bytes:
        """The file."""
        out = BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _speak(self, language: str) -> None:
        """Say in which language the words are, for whoever reads them aloud or checks their spelling."""
        words = {"en": "en-GB", "ru": "ru-RU"}.get(language, language)
        self._document.core_properties.language = words
        for found in self._document.styles.element.iter(qn("w:lang")):
            found.set(qn("w:val"), words)

    def _pattern(self) -> Paragraph:
        """A paragraph that stands nowhere, to be copied."""
        paragraph = self._document.add_paragraph()
        paragraph.add_run()
        paragraph._p.getparent().remove(paragraph._p)
        return paragraph

    def _add(self, pattern: Paragraph, text: str) -> Paragraph:
        """A copy at the end, before the section's properties: to make each paragraph anew takes far longer."""
        paragraph = Paragraph(deepcopy(pattern._p), pattern._parent)
        paragraph.runs[0].text = writable(text)
        self._end.addprevious(paragraph._p)
        return paragraph

    def _fill(self, cell: _Cell, pieces: Sequence[str | Link]) -> None:
        paragraph = cell.paragraphs[0]
        for piece in pieces:
            if isinstance(piece, Link):
                _link(paragraph, piece)
            else:
                paragraph.add_run(writable(piece)).font.size = Pt(9)

    def _mark(self, paragraph: Paragraph, name: str) -> None:
        self._marks += 1
        begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        begin.set(qn("w:name"), name)
        for element in (begin, end):
            element.set(qn("w:id"), str(self._marks))
        paragraph._p.append(begin)
        paragraph._p.append(end)


def _link(paragraph: Paragraph, link: Link) -> None:
    outer = OxmlElement("w:hyperlink")
    outer.set(qn("w:anchor"), link.mark)
    run = paragraph.add_run(writable(link.text))
    run.font.size, run.font.color.rgb, run.font.underline = Pt(9), RGBColor(0x05, 0x63, 0xC1), True
    outer.append(run._r)
    paragraph._p.append(outer)


def writable(text: str) -> str:
    """Without characters that no XML can hold."""
    return _UNWRITABLE.sub("\ufffd", text)
