"""A report as blocks (headings, paragraphs, tables), and as one page of HTML that needs nothing beside it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.publishing.public_page import templates


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest below the title. A question begins a page where the paper is upright."""

    text: str
    level: int = 1
    question: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain words; `quiet` ones stand beside the matter, smaller."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list, a line each."""

    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what it shows; every cell is words. `widths` in cm, for Word, which else makes columns equal."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with what it shows in words: PNG `width` pixels across for Word, SVG for a page."""

    alt: str
    png: bytes = b""
    svg: bytes = b""
    width: int = 0

    @property
    def address(self) -> str:
        """The drawing inside the page."""
        return "data:image/svg+xml;base64," + b64encode(self.svg).decode()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that somebody said, and who, as far as that may be told."""

    text: str
    said_by: str


Block = Heading | Paragraph | Points | Table | Picture | Quotation


@dataclass(frozen=True, slots=True)
class Paper:
    """A report in one language; an `upright` one is printed in portrait."""

    title: str
    language: str
    blocks: Sequence[Block]
    upright: bool = False


def as_html(paper: Paper) -> bytes:
    """One file without scripts: what it holds is shown as text, whatever it is."""
    named = [(type(block).__name__.lower(), block) for block in paper.blocks]
    page = templates().get_template("paper.html").render(paper=paper, blocks=named)
    return page.encode()
