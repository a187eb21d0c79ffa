"""One module a platform. A reader has `PLATFORM` (its proper name), `sniff(brought) -> float` (0 no, 1 certain) and
`read(brought) -> Export`, and is found by lying here. The plain table takes what nobody else knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import import_module
from pkgutil import iter_modules

from survey_app.questionnaires.export import Export
from survey_app.rosters.tables import Limits, Table, UnreadableTable, as_table, decode_text, need_shape, read_lines_told
from transcripts.messages import Message

LIMITS = Limits(file=60_000_000, unpacked=400_000_000, rows=50_000, columns=1000)
"""A panel has twenty rows; a survey of citizens may have more."""


@dataclass(frozen=True)
class Brought:
    """A file as it was brought. What is read of it, is read once and behind the limits of `rosters.tables`.

    `sheet` are the filled lines of one sheet of a workbook, if it is not the first that is meant.
    """

    name: str
    content: bytes
    sheet: list[list[str]] | None = field(default=None, repr=False)

    @cached_property
    def lines(self) -> list[list[str]]:
        """Filled rows of a CSV, or of the sheet or first filled sheet of an XLSX. Raises UnreadableTable."""
        return self._told[0]

    @property
    def warnings(self) -> tuple[Message, ...]:
        """What a person should know of the lines; () of a file that is no table, or JSON or XML."""
        if self.content[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"[", b"{", b"<")):
            return ()
        try:
            return self._told[1]
        except UnreadableTable:
            return ()

    @cached_property
    def _told(self) -> tuple[list[list[str]], tuple[Message, ...]]:
        if self.sheet is not None:
            return self.sheet, ()
        return read_lines_told(self.name, self.content, LIMITS)

    @cached_property
    def header(self) -> list[str]:
        """The first filled row; [] of a file that is no table."""
        try:
            return self.lines[0]
        except UnreadableTable:
            return []

    @cached_property
    def text(self) -> str:
        """The file as text, with line feeds. Raises UnreadableTable for what is no text."""
        return decode_text(self.name, self.content)

    def table(self, lines: list[list[str]] | None = None) -> Table:
        """A table of all rows, or of these; the header first. Raises UnreadableTable."""
        return as_table(self.name, self.lines if lines is None else lines, LIMITS)

    def filled(self, header: Sequence[str], rows: Sequence[Mapping[int, str]]) -> list[list[str]]:
        """Lines of rows that say some of their cells, by place from 0. Raises UnreadableTable beyond the limits."""
        need_shape(self.name, len(header), len(rows), LIMITS)
        places = range(len(header))
        return [[*header], *([row.get(place, "") for place in places] for row in rows)]


@dataclass(frozen=True, slots=True)
class Reader:
    """A platform whose exports can be read."""

    platform: str
    sniff: Callable[[Brought], float]
    read: Callable[[Brought], Export]


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader in this folder."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return tuple(Reader(module.PLATFORM, module.sniff, module.read) for module in modules)
