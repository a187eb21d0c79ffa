"""A report as slides, 16:9: a title, a question a slide with its finding above a large figure, then tables and methods.

A slide is measured in points, and a figure is drawn a pixel a point, so that its letters are as large as they look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image
from plotly import graph_objects as go
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from survey_app.actions.report_paper import fitted, room_of
from survey_app.actions.reporting import Part, Report
from survey_app.actions.word_files import writable
from survey_app.language import _
from survey_app.theme import LIGHT

SMALLEST = 12
"""Points of the smallest words."""
_WIDTH, _HEIGHT, _EDGE, _FOOT = 960, 540, 34, 30
_BESIDE = 250  # what a finding takes at the left of a tall figure
_READABLE = 0.8  # how far a figure may be made smaller
_HALVED = 1.6  # how much higher the whole figure may be than what stands below a finding; else it stands beside it
_ROWS, _ROOM, _LONGEST = 11, 125, 90
_INK, _SOFT, _ACCENT = (
    RGBColor.from_string(LIGHT[f"{name}Color"].removeprefix("#").upper()) for name in ("text", "grayText", "primary")
)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Pt, Pt, Pt, Pt]:
        """The same in the unit of the file."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


WIDE = Box(_EDGE, 124, _WIDTH - 2 * _EDGE, _HEIGHT - 124 - _FOOT - 12)
TALL = Box(_EDGE + _BESIDE + 16, 18, _WIDTH - 2 * _EDGE - _BESIDE - 16, _HEIGHT - 18 - _FOOT - 6)


@dataclass(frozen=True, slots=True)
class Slide:
    """A part as it fits a slide: the figure and where it lies. Without a figure its table stands."""

    part: Part
    figure: go.Figure | None
    box: Box


def slide_of(part: Part) -> Slide:
    """The figure with as many lines as a slide has room for, below the finding or beside it."""
    if part.figures is None:
        return Slide(part, None, WIDE)
    whole = part.figures.whole.layout.height
    below, beside = part.figures.within(WIDE.height), part.figures.within(TALL.height)
    if below.layout.height <= WIDE.height and whole <= _HALVED * below.layout.height:
        return Slide(part, below, WIDE)
    readable = beside.layout.height * _READABLE <= TALL.height
    return Slide(part, beside, TALL) if readable else Slide(part, None, WIDE)


def report_pptx(report: Report, slides: Sequence[Slide], pictures: Mapping[int, bytes]) -> bytes:
    """The deck; `pictures` are PNG by the number of the slide. A slide without one has the table."""
    deck = _Deck(report)
    deck.title()
    for number, slide in enumerate(slides):
        deck.part(slide, pictures.get(number, b""))
    for number, slide in enumerate(slides):
        if number in pictures:
            deck.table(slide.part)
    for head, lines in report.closing:
        deck.lines(head, lines)
    return deck.content()


class _Deck:
    """The slides in the making."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Pt(_WIDTH), Pt(_HEIGHT)
        self._deck.core_properties.title = writable(report.title)
        self._deck.core_properties.author = ""
        self._deck.core_properties.language = {"en": "en-GB"}.get(report.language, report.language)
        self._count = 0

    def title(self) -> None:
        slide = self._slide(self._report.title, Box(_EDGE, 40, _WIDTH - 2 * _EDGE, 110), 30, number=False)
        self._words(slide, [self._report.audience], Box(_EDGE, 14, _WIDTH - 2 * _EDGE, 20), 13, _ACCENT)
        facts = f"{self._report.spoke} {self._report.date}"
        self._words(slide, [facts], Box(_EDGE, 152, _WIDTH - 2 * _EDGE, 26), 16, _SOFT)
        findings = [_short(each, 230) for each in self._report.findings]
        self._words(slide, findings, Box(_EDGE, 190, _WIDTH - 2 * _EDGE, 310), 17 if len(findings) < 5 else 15, _INK, 9)

    def part(self, one: Slide, png: bytes) -> None:
        finding, question = one.part.finding, one.part.question
        beside = one.box is TALL and bool(png)
        width = _BESIDE if beside else _WIDTH - 2 * _EDGE
        size = (17 if len(finding) < 200 else 15) if beside else 22 if len(finding) < 130 else 18
        asked = 18 * -(-len(question) // (32 if beside else 130))  # points that the lines of the question take
        slide = self._slide(finding, Box(_EDGE, 22 + asked, width, 380 if beside else 82), size)
        self._words(slide, [question], Box(_EDGE, 18, width, asked), 13, _ACCENT)
        if png:
            self._picture(slide, png, one.box, one.part.alt)
        else:
            self._rows(slide, one.part)
        self._foot(slide)
        self._notes(slide, one.part)

    def table(self, part: Part) -> None:
        slide = self._slide(part.question, Box(_EDGE, 18, _WIDTH - 2 * _EDGE, 60), 20)
        self._rows(slide, part, top=84)
        self._foot(slide)

    def lines(self, heading: str, lines: Sequence[str]) -> None:
        slide = self._slide(heading, Box(_EDGE, 18, _WIDTH - 2 * _EDGE, 60), 24)
        self._words(slide, lines, Box(_EDGE, 90, _WIDTH - 2 * _EDGE, 400), 15, _INK, 9)

    def content(self) -> bytes:
        out = BytesIO()
        self._deck.save(out)
        return out.getvalue()

    def _slide(self, title: str, box: Box, size: int, *, number: bool = True) -> Any:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[5])
        self._count += 1
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = box.emu
        self._write(shape.text_frame, [title], size, _INK, bold=True)
        if number:
            at = Box(_WIDTH - _EDGE - 40, _HEIGHT - _FOOT, 40, 22)
            self._words(slide, [str(self._count)], at, SMALLEST, _SOFT)
        return slide

    def _words(self, slide: Any, lines: Sequence[str], box: Box, size: int, colour: RGBColor, gap: int = 0) -> None:
        self._write(slide.shapes.add_textbox(*box.emu).text_frame, lines, size, colour, gap=gap)

    def _write(
        self, frame: Any, lines: Sequence[str], size: int, colour: RGBColor, *, bold: bool = False, gap: int = 0
    ) -> None:
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for place, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.alignment, paragraph.space_after = 1, Pt(gap)
            run = paragraph.add_run()
            run.text = writable(line)
            run.font.size, run.font.bold, run.font.color.rgb, run.font.name = Pt(size), bold, colour, "Calibri"

    def _picture(self, slide: Any, png: bytes, box: Box, alt: str) -> None:
        across, high = Image.open(BytesIO(png)).size
        width = min(box.width, box.height * across / high)
        shape = slide.shapes.add_picture(BytesIO(png), Pt(box.left), Pt(box.top), width=Pt(width))
        shape._element.nvPicPr.cNvPr.set("descr", writable(alt))

    def _rows(self, slide: Any, part: Part, top: float = 128) -> None:
        header, rows, left = fitted(part, _ROWS, _ROOM)
        if not rows:
            return
        width, high = _WIDTH - 2 * _EDGE, 24
        shape = slide.shapes.add_table(len(rows) + 1, len(header), *Box(_EDGE, top, width, high * (len(rows) + 1)).emu)
        shape._element.nvGraphicFramePr.cNvPr.set("descr", writable(part.question))
        shape._element.find(f".//{qn('a:tableStyleId')}").text = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # lines alone
        shares = [room_of(name, [row[at] for row in rows]) for at, name in enumerate(header)]
        for column, share in zip(shape.table.columns, shares, strict=True):
            column.width = Pt(width * share / sum(shares))
        for down, row in enumerate([header, *rows]):
            for at, cell in enumerate(row):
                into = shape.table.cell(down, at)
                into.margin_top = into.margin_bottom = Pt(1)
                self._write(into.text_frame, [_short(cell, _LONGEST)], SMALLEST, _INK, bold=down == 0)
                into.margin_left = into.margin_right = Pt(4)
        if left:
            self._words(slide, [left], Box(_EDGE, _HEIGHT - _FOOT - 24, width, 20), SMALLEST, _SOFT)

    def _foot(self, slide: Any) -> None:
        self._words(
            slide, [_short(self._report.source, 130)], Box(_EDGE, _HEIGHT - _FOOT, _WIDTH - 2 * _EDGE - 60, 22),
            SMALLEST, _SOFT,
        )  # fmt: skip

    def _notes(self, slide: Any, part: Part) -> None:
        quotes = [f"{_('“{quote}”', quote=quote.text)} {quote.group}" for quote in part.quotes]
        lines = [part.finding, part.reading, *quotes, self._report.source]
        slide.notes_slide.notes_text_frame.text = writable("\n".join(line for line in lines if line))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
