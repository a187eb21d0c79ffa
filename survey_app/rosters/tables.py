"""CSV and XLSX as rows of text, behind limits that hold before anything is read."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from charset_normalizer import from_bytes
from openpyxl import load_workbook

from transcripts.decoding import CYRILLIC_ENCODINGS
from transcripts.messages import Message, MessageError, counted, sentence

LARGEST_FILE = 20_000_000
LARGEST_RATIO = 100
_NEAR = 64
MOST_OPEN_QUOTES = 500
MOST_NAMED = 5
_SIGNS = ",;\t"
_SEPARATOR = re.compile(r'"?sep=([^\n"])"?[,;\t]*(?:\n|$)', re.IGNORECASE)
_LOOKED_AT = 20
_END = "\x1e"
"""Stands behind the last line: a row of its own unless a quotation mark is open there."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most: bytes of the file, bytes when unpacked, rows below the header, columns."""

    file: int = LARGEST_FILE
    unpacked: int = 60_000_000
    rows: int = 20_000
    columns: int = 500


LIMITS = Limits()


class UnreadableTable(MessageError):
    """A file that is no table, or one that is too large."""


@dataclass(slots=True)
class _Cells:
    """Rows column by column. A table with the same rows and other warnings has the same."""

    rows: tuple[dict[str, str], ...]
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    _values: dict[str, list[str]] = field(default_factory=dict)

    def values(self, columns: Sequence[str]) -> dict[str, list[str]]:
        """Turned a few rows at a time, for as long as these are near at hand."""
        if not self._values:
            found: list[list[str]] = [[] for _name in columns]
            for first in range(0, len(self.rows), _NEAR):
                some = (map(row.__getitem__, columns) for row in self.rows[first : first + _NEAR])
                turned = zip(*some, strict=True)
                for column, cells in zip(found, turned, strict=True):
                    column += cells
            self._values = dict(zip(columns, found, strict=True))
        return self._values


class _Stripped(dict[str, str]):
    """Cells without white space at their edges; what is written often is one text and not many that are equal."""

    def __missing__(self, cell: str) -> str:
        plain = cell.strip()
        self[cell] = self[plain] = self.get(plain, plain)
        return self[plain]


class Line(list[str]):
    """The cells of one row, and which row of the file (or of its sheet) it is, from 1."""

    __slots__ = ("number",)

    def __init__(self, cells: Iterable[str], number: int) -> None:
        super().__init__(cells)
        self.number = number


@dataclass(frozen=True, slots=True)
class Table:
    """Columns in order, rows by column; every value is text without white space at its edges.

    `beyond` are cells under no column, by the row of the file; `numbers` the rows of the file that `rows` were.
    """

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    warnings: tuple[Message, ...] = ()
    beyond: tuple[tuple[int, tuple[str, ...]], ...] = ()
    numbers: tuple[int, ...] = field(default=(), repr=False, compare=False)
    _cells: _Cells | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self._cells is None or self._cells.rows is not self.rows:
            object.__setattr__(self, "_cells", _Cells(self.rows))

    def values(self, column: str) -> list[str]:
        """One column from top to bottom. Put together once: callers must not write into it."""
        assert self._cells is not None
        return self._cells.values(self.columns)[column]

    def row_number(self, place: int) -> int:
        """Which row of the file stands at a place from 0; below a header in row 1 where no file tells."""
        return self.numbers[place] if self.numbers else place + 2

    def distinct(self, column: str) -> dict[str, int]:
        """The different values of a column as they come, each with how often it is there. Callers must not write."""
        assert self._cells is not None
        if column not in self._cells.counts:
            self._cells.counts[column] = Counter(self.values(column))
        return self._cells.counts[column]


def read_table(name: str, content: bytes) -> Table:
    """Read a CSV or XLSX file. Raises UnreadableTable with a sentence for the person who brought it."""
    lines, warnings = read_lines_told(name, content)
    table = as_table(name, lines)
    return replace(table, warnings=(*warnings, *table.warnings))


def read_lines(name: str, content: bytes, limits: Limits = LIMITS) -> list[list[str]]:
    """The filled rows of a CSV, or of the first filled sheet of an XLSX, as text. Raises UnreadableTable."""
    return read_lines_told(name, content, limits)[0]


def read_lines_told(
    name: str, content: bytes, limits: Limits = LIMITS
) -> tuple[list[list[str]], tuple[Message, ...]]:  # fmt: skip
    """The rows as of `read_lines`, and what a person should know of them. Raises UnreadableTable."""
    need_size(name, content, limits)
    lines, warnings = (_xlsx(name, content, limits), ()) if is_packed(content) else _csv(name, content)
    if not lines:
        raise UnreadableTable(sentence("{file} is empty. Save it again with its rows.", file=name))
    return lines, warnings


def is_packed(content: bytes) -> bool:
    """Whether a file may be a workbook."""
    return content.startswith(b"PK\x03\x04")


def number_of(line: list[str], otherwise: int) -> int:
    """Which row of the file a line is, if it comes from a file."""
    return line.number if isinstance(line, Line) else otherwise


def need_size(name: str, content: bytes, limits: Limits = LIMITS) -> None:
    """Raise UnreadableTable for a file without content, or with too much of it."""
    if not content:
        raise UnreadableTable(sentence("{file} is empty. Save it again with its rows.", file=name))
    if len(content) > limits.file:
        raise UnreadableTable(
            sentence("{file} is too large for a table (at most {limit} MB).", file=name, limit=limits.file // 1_000_000)
        )


def need_shape(name: str, columns: int, rows: int, limits: Limits = LIMITS) -> None:
    """Raise UnreadableTable for a table of more columns or rows than the limits allow."""
    if columns > limits.columns or rows > limits.rows:
        raise UnreadableTable(
            sentence("{file} has more than {rows} rows or {columns} columns. Cut it down.", file=name, rows=limits.rows,
                     columns=limits.columns)
        )  # fmt: skip


def as_table(name: str, lines: list[list[str]], limits: Limits = LIMITS) -> Table:
    """Rows of cells, the header first, as a table. Raises UnreadableTable beyond the limits."""
    header = lines[0]
    while header and not header[-1]:
        header = header[:-1]
    need_shape(name, len(header), len(lines) - 1, limits)
    columns = _unique(header)
    width = len(columns)
    beyond = tuple(
        (number_of(line, row), tuple(line[width:]))
        for row, line in enumerate(lines[1:], 2) if len(line) > width and any(line[width:])
    )  # fmt: skip
    rows = tuple(
        dict(zip(columns, line if len(line) >= width else [*line, *[""] * (width - len(line))], strict=False))
        for line in lines[1:]
    )
    warnings = []
    if ragged := len(beyond):
        warnings.append(
            counted(
                "{count} row has more cells than the header; the cells beyond were left out.",
                "{count} rows have more cells than the header; the cells beyond were left out.", ragged,
            )
        )  # fmt: skip
    numbers = tuple(number_of(line, row) for row, line in enumerate(lines[1:], 2))
    return Table(columns, rows, tuple(warnings), beyond, numbers)


def _unique(header: Iterable[str]) -> tuple[str, ...]:
    """Names of the columns; an empty one gets a number, a second one of the same name a suffix."""
    found: list[str] = []
    for number, name in enumerate(header, 1):
        plain = name or f"[{number}]"
        unique = plain
        again = 2
        while unique in found:
            unique = f"{plain} ({again})"
            again += 1
        found.append(unique)
    return tuple(found)


def _csv(name: str, content: bytes) -> tuple[list[list[str]], tuple[Message, ...]]:
    """The filled rows, and which of them open a quotation mark that is never closed: these are read without quotation.

    A first line `sep=;`, as Excel writes and obeys it, says what separates cells, and is no row.
    """
    text = decode_text(name, content)
    told = _SEPARATOR.match(text)
    delimiter = told[1] if told else _delimiter(text)
    text = text[told.end() :] if told else text
    before = 1 if told else 0
    written = [*io.StringIO(text if text.endswith("\n") else f"{text}\n"), _END]
    try:
        lines, opened = _rows(written, delimiter)
    except csv.Error as problem:
        raise UnreadableTable(
            sentence("{file} cannot be read as a table. Save it as CSV (UTF-8) or XLSX.", file=name)
        ) from problem
    stripped = _Stripped().__getitem__
    numbered = (Line(map(stripped, line), number) for number, line in enumerate(lines, before + 1))
    warnings = (_open_quotes([before + row for row in opened]),) if opened else ()
    return [line for line in numbered if any(line)], warnings


def _delimiter(text: str) -> str:
    """What separates cells: the sign that is most often in the first line; where that may be a title, with one such
    sign at most, the sign that more of the lines below have."""
    first, *below = list(islice((line for line in text.split("\n") if line.strip()), _LOOKED_AT)) or [""]
    delimiter = max(_SIGNS, key=lambda sign: _outside_quotes(first, sign))
    if _outside_quotes(first, delimiter) > 1:
        return delimiter
    counts = {sign: [_outside_quotes(line, sign) for line in below] for sign in _SIGNS}
    having = {sign: sum(map(bool, counts[sign])) for sign in _SIGNS}
    other = max(_SIGNS, key=lambda sign: (having[sign], sum(counts[sign])))
    return other if having[other] > having[delimiter] or not _outside_quotes(first, delimiter) else delimiter


def _rows(written: list[str], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The rows of lines whose last is _END, and the numbers of those that open a quotation mark for good.

    A mark is open for good where it closes in another line and not at the end of a cell, or not at all. Raises
    csv.Error for very many.
    """
    rows: list[list[str]] = []
    opened: list[int] = []
    start = 0
    while start < len(written):
        reader = csv.reader(_from(written, start), delimiter=delimiter, strict=True)
        began = 0
        try:
            for row in reader:
                rows.append(row)
                began = reader.line_num
            break
        except csv.Error:
            if len(opened) == MOST_OPEN_QUOTES:
                raise
            start, began = start + began, reader.line_num - began
        if began == 1:
            reader = csv.reader(_from(written, start), delimiter=delimiter)
            row, began = next(reader), reader.line_num
        if began == 1:
            rows.append(row)
        else:
            opened.append(1 + len(rows))
            rows += csv.reader([written[start]], delimiter=delimiter, quoting=csv.QUOTE_NONE)
        start += 1
    return (rows[:-1] if rows[-1] == [_END] else rows), opened


def _from(written: list[str], start: int) -> Iterator[str]:
    return (written[place] for place in range(start, len(written)))


def _open_quotes(rows: list[int]) -> Message:
    named = ", ".join(map(str, rows[:MOST_NAMED])) + (", …" if len(rows) > MOST_NAMED else "")
    return counted(
        "A quotation mark opens in row {rows} and is never closed. Rows before or after it may be joined: look at "
        "them, or close the mark and bring the file again.",
        "Quotation marks open in {count} rows and are never closed: {rows}. Rows before or after them may be joined: "
        "look at them, or close the marks and bring the file again.", len(rows), rows=named,
    )  # fmt: skip


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def decode_text(name: str, content: bytes) -> str:
    """The text of a file in whichever encoding, with line feeds. Raises UnreadableTable for what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if b"\0" in content or content.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG")):
        raise UnreadableTable(sentence("{file} is not a table. Bring a CSV or XLSX file.", file=name))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content[:200_000], cp_isolation=CYRILLIC_ENCODINGS).best()
        if best is None:
            raise UnreadableTable(sentence("{file} is not a table. Bring a CSV or XLSX file.", file=name)) from None
        text = content.decode(best.encoding, "replace")
    if "<html" in text[:2000].lower():
        raise UnreadableTable(
            sentence("{file} is a web page and not the table. Sign in and download it again.", file=name)
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_sheets(name: str, content: bytes, limits: Limits = LIMITS) -> dict[str, list[list[str]]]:
    """Every sheet of an XLSX by its name, with its rows as they stand, empty ones too. Raises UnreadableTable."""
    need_size(name, content, limits)
    return dict(_sheets(name, content, limits))


def filled_sheets(name: str, content: bytes, limits: Limits = LIMITS) -> dict[str, list[list[str]]]:
    """The sheets of an XLSX that hold something, by their names, with their filled rows. Raises UnreadableTable."""
    need_size(name, content, limits)
    found = {title: _filled(lines) for title, lines in _sheets(name, content, limits)}
    return {title: lines for title, lines in found.items() if lines}


def _xlsx(name: str, content: bytes, limits: Limits) -> list[list[str]]:
    return next((found for _title, lines in _sheets(name, content, limits) if (found := _filled(lines))), [])


def _filled(lines: list[list[str]]) -> list[list[str]]:
    return [Line(line, number) for number, line in enumerate(lines, 1) if any(line)]


def _sheets(name: str, content: bytes, limits: Limits) -> Iterator[tuple[str, list[list[str]]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
            if unpacked > limits.unpacked or unpacked > LARGEST_RATIO * max(len(content), 50_000):
                raise UnreadableTable(sentence("{file} is suspiciously large inside and was not opened.", file=name))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = islice(sheet.iter_rows(values_only=True, max_col=limits.columns + 1), limits.rows + 2)
            stripped = _Stripped().__getitem__
            yield sheet.title, [[stripped(_cell(value)) for value in line] for line in rows]
    except UnreadableTable:
        raise
    except Exception as problem:
        raise UnreadableTable(
            sentence("{file} cannot be opened as a workbook. Save it again as XLSX or CSV.", file=name)
        ) from problem


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").strip()
