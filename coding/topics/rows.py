"""Columns of a CSV file for the command line: of any common encoding and separator, with what a person should know."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from transcripts.decoding import UnreadableTranscript, decode_bytes
from transcripts.messages import Message, MessageError, counted, sentence

LARGEST_MEGABYTES = 100
SEPARATORS = ",;\t|"
NOTHING = frozenset({"nan", "none", "null", "n/a", "#n/a"})
"""What programs write into a cell that has nothing in it, in small letters."""


class UnusableTable(MessageError):
    """A CSV file, or a column of it, that cannot be used."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The cells of the columns that were asked for, row by row; `notices` say how the file was read."""

    cells: tuple[dict[str, str], ...]
    notices: tuple[Message, ...] = ()


def read_rows(file: Path, columns: Sequence[str]) -> Rows:
    """The rows of a CSV file, these columns only; missing cells, and those that say so (`NOTHING`), are empty.

    Of columns with the same name the first is read. Raises UnusableTable.
    """
    if not file.is_file():
        raise UnusableTable(sentence("There is no file {file}.", file=str(file)))
    if file.stat().st_size > LARGEST_MEGABYTES * 1_000_000:
        raise UnusableTable(
            sentence("The file {file} is larger than {limit} MB.", file=str(file), limit=LARGEST_MEGABYTES)
        )
    text, notices = _decoded(file)
    header = text.partition("\n")[0]
    separator = max(SEPARATORS, key=header.count)
    names, *lines = _lines(file, text, separator) or [[]]
    places = {column: _place(file, names, column) for column in columns}
    cells = tuple(
        {column: _cell(row[place]) if place < len(row) else "" for column, place in places.items()}
        for row in lines
        if row
    )
    notices += [
        sentence("The column {column} is there {times} times; the first is read.", column=each, times=names.count(each))
        for each in places
        if names.count(each) > 1
    ]
    return Rows(cells, tuple(notices + _empty(cells, columns[0])))


def _lines(file: Path, text: str, separator: str) -> list[list[str]]:
    """The header and the rows below. A cell may be as long as the file, here and nowhere else."""
    usual = csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as problem:
        raise _no_table(file) from problem
    finally:
        csv.field_size_limit(usual)


def _decoded(file: Path) -> tuple[str, list[Message]]:
    content = file.read_bytes()
    try:
        text, notices, _encoding = decode_bytes(file.name, content) if content else ("", [], "")
    except UnreadableTranscript as problem:
        raise _no_table(file) from problem
    if "\0" in text:
        raise _no_table(file)
    return text.lstrip("\ufeff"), list(notices)


def _place(file: Path, names: Sequence[str], column: str) -> int:
    """Which column bears the name."""
    if column in names:
        return names.index(column)
    if not all(letter.isprintable() for name in names for letter in name):
        raise _no_table(file)
    raise UnusableTable(
        sentence(
            "The file {file} has no column {column}. Its columns: {columns}.",
            file=str(file), column=column, columns=", ".join(names) or "–",
        )
    )  # fmt: skip


def _cell(text: str) -> str:
    return "" if text.strip().lower() in NOTHING else text


def _empty(cells: Sequence[dict[str, str]], column: str) -> list[Message]:
    empty = sum(not row[column].strip() for row in cells)
    if not empty:
        return []
    return [
        counted(
            "{count} cell of the column {column} is empty or says that it is (nan, null, none, n/a).",
            "{count} cells of the column {column} are empty or say that they are (nan, null, none, n/a).",
            empty, column=column,
        )
    ]  # fmt: skip


def _no_table(file: Path) -> UnusableTable:
    return UnusableTable(sentence("The file {file} is not a table in CSV form. Save it as CSV.", file=str(file)))
