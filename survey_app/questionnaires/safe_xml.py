"""XML as survey platforms write it, behind limits and without entities."""

from __future__ import annotations

from itertools import islice
from xml.etree.ElementTree import Element

from survey_app.rosters.tables import UnreadableTable
from transcripts.decoding import UnreadableTranscript
from transcripts.messages import sentence
from transcripts.zipped import tree

MOST_MARKS = 3_000_000
"""Most angle brackets of a file; every element takes memory."""
MOST_TABLES = 200


def xml_root(name: str, content: bytes) -> Element:
    """The root of an XML file. Raises UnreadableTable for what is damaged, forbidden or too much."""
    if content.count(b"<") > MOST_MARKS:
        raise UnreadableTable(sentence("{file} is suspiciously large inside and was not opened.", file=name))
    try:
        return tree(name, content)
    except UnreadableTranscript as problem:
        raise UnreadableTable(problem.message) from problem


def rows_of(root: Element) -> dict[str, list[dict[str, str]]]:
    """The tables of a database written as XML (`<table><rows><row>…`): cells by column; what is null is missing."""
    return {
        str(table.tag): [
            {str(cell.tag): (cell.text or "").strip() for cell in row} for row in table.iterfind("rows/row")
        ]
        for table in islice(root, MOST_TABLES)
    }
