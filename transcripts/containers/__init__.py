"""What a file is packed in. One module a container: `fits(content, name) -> bool` tells it by its first bytes (or, for
text formats, by its name), `unpack(name, content) -> Opened` takes the words out; it is found by lying here."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from transcripts.messages import Message, counted


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; its lines are divided by line feeds."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows, top to bottom, as the texts of their cells; paragraphs in a cell are joined by a line feed."""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Opened:
    """What is in a file, whatever it came in.

    `text` (NFC, LF) serves the readers of text: a paragraph a line, a table's row a line with its cells joined by a
    tab. `blocks` (paragraphs and tables in the order of the body) serve those that look at layout; plain text has
    none. `encoding` is named only where it had to be guessed.
    """

    name: str
    container: str
    """text, docx, odt, rtf, pdf, html, xlsx"""
    text: str
    blocks: tuple[Block, ...] = ()
    notices: tuple[Message, ...] = ()
    encoding: str = ""

    def beginning(self, code_points: int) -> "Opened":
        """The same with no more text than that, for a look that costs little."""
        return self if len(self.text) <= code_points else replace(self, text=self.text[:code_points])


def as_text(blocks: Iterable[Block]) -> str:
    """Blocks as `Opened.text`: a paragraph's lines, a table's rows with their cells joined by a tab; NFC."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines += ["\t".join(" ".join(cell.split()) for cell in row) for row in block.rows]
    return unicodedata.normalize("NFC", "\n".join(lines)).replace("\0", "\ufffd")


def cell_text(blocks: Iterable[Block]) -> str:
    """What stands in a cell of a table, without empty lines."""
    return "\n".join(text for block in blocks if (text := as_text((block,))).strip())


def tables_told(count: int) -> tuple[Message, ...]:
    """That tables were read, where there were any."""
    if not count:
        return ()
    return (
        counted("The file has {count} table; it was read too.", "The file has {count} tables; they were read too.",
                count),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Container:
    """A way of packing. `unpack` raises UnreadableTranscript; it obeys the limits of `transcripts.limits`."""

    name: str
    fits: Callable[[bytes, str], bool]
    unpack: Callable[[str, bytes], Opened]


@cache
def containers() -> tuple[Container, ...]:
    """Every container in this folder."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return tuple(Container(module.__name__.rpartition(".")[2], module.fits, module.unpack) for module in modules)
