"""Text in the cells of a table that goes out: it stays text, and nothing in it runs."""

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767
"""Characters that a cell holds."""


def may_run(value: str) -> bool:
    """Whether a spreadsheet might take text for a formula."""
    return value.startswith(_DANGEROUS)


def defused(value: str) -> str:
    """Text for a CSV file that a spreadsheet will not take for a formula. A workbook says so itself (`write_text`)."""
    return f"'{value}" if may_run(value) else value


def write_text(cell: Cell, text: str) -> None:
    """Text as it is, said to be text: no program takes it for a formula, also after it was edited.

    Control characters, which no workbook can hold, become the replacement sign.
    """
    cell.value = writable(text)
    cell.data_type = "s"
    if may_run(text):
        cell.quotePrefix = True


def writable(text: str) -> str:
    """What of a text a cell can hold."""
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)[:LONGEST_CELL]
