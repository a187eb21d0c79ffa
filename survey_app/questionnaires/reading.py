"""A questionnaire's file as a table with one row an expert, or the sentence that says why it is none."""

import re

from survey_app.rosters.tables import Table, UnreadableTable, read_table
from transcripts.messages import sentence

MOST_ROWS = 2000
_BLANK = re.compile(r"[-–—−.\s]*")


def read_questionnaire(name: str, content: bytes) -> Table:
    """Read CSV or XLSX; cells of dashes alone are blank. Raises UnreadableTable."""
    table = read_table(name, content)
    rows = tuple({column: "" if _BLANK.fullmatch(cell) else cell for column, cell in row.items()} for row in table.rows)
    if not any(any(row.values()) for row in rows):
        raise UnreadableTable(
            sentence(
                "{file} has a header and no answers. Export the questionnaire again with its responses.", file=name
            )
        )
    if len(rows) > MOST_ROWS:
        raise UnreadableTable(
            sentence(
                "{file} has {rows} rows. A questionnaire has one row an expert, at most {limit}.",
                file=name, rows=len(rows), limit=MOST_ROWS,
            )
        )  # fmt: skip
    return Table(table.columns, rows, table.warnings)
