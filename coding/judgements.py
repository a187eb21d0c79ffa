"""Judgements: who gave which unit which code, as the table that agreement is computed from."""

import csv
import io

import pandas as pd

from coding.codings import codes_of_statements
from transcripts.messages import MessageError, sentence

LARGEST_FILE = 50_000_000
"""Bytes."""

COLUMNS = ["unit", "coder", "code"]
"""An empty code says: looked at, nothing applied. A unit without a row of a coder was not seen by that coder."""

EXPERT = "expert"
"""A column that may say who said the unit; the bootstrap then draws experts."""


class UnusableCodings(MessageError):
    """Codings from which agreement cannot be computed."""


def judgements_of(statements: pd.DataFrame, codings: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """The table unit (statement_id), coder, code of a study's coders.

    `reviews` (statement_id, coder_id) says who looked at what; a statement that a coder coded counts as looked at.
    """
    found = codes_of_statements(statements, codings[codings["layer"] == "coder"])
    looked_at = reviews[reviews["statement_id"].isin(statements["statement_id"])]
    rows = pd.concat(
        [found[["statement_id", "coder_id", "code_id"]], looked_at[["statement_id", "coder_id"]].assign(code_id="")]
    )
    return rows.drop_duplicates().set_axis(COLUMNS, axis="columns").astype("str").reset_index(drop=True)


def read_judgements(content: bytes, group: str | None = None) -> pd.DataFrame:
    """Read a CSV with the columns unit, coder, code (comma, semicolon or tab; UTF-8).

    The columns expert, if there is one, and `group`, if it is named, come along; others are left out. Raises
    UnusableCodings for a file that is too large, in another encoding, without these columns, or with a row that names
    no unit or no coder.
    """
    if len(content) > LARGEST_FILE:
        raise UnusableCodings(sentence("The file is larger than {limit} MB.", limit=LARGEST_FILE // 1_000_000))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnusableCodings(sentence("The file is not in UTF-8. Save it as CSV UTF-8 and try again.")) from problem
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [_as_name(name) for name in next(rows, [])]
        missing = [name for name in COLUMNS if name not in names]
        if missing:
            raise UnusableCodings(
                sentence(
                    "The first line has no column “{column}”. The file needs the columns unit, coder and code.",
                    column=missing[0],
                )
            )
        also = [name for name in dict.fromkeys([EXPERT, _as_name(group)]) if name in names and name not in COLUMNS]
        if group is not None and _as_name(group) not in also:
            raise UnusableCodings(sentence("The first line has no column “{column}” to group units by.", column=group))
        places = [names.index(name) for name in (*COLUMNS, *also)]
        judgements = list[tuple[str, ...]]()
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            unit, coder, *rest = (row[place].strip() if place < len(row) else "" for place in places)
            if not unit or not coder:
                raise UnusableCodings(
                    sentence("Line {line} names no unit or no coder. Fill in both.", line=rows.line_num)
                )
            judgements.append((unit, coder, *rest))
    except csv.Error as problem:
        raise UnusableCodings(
            sentence("Line {line} cannot be read as CSV. Check its quotation marks.", line=rows.line_num)
        ) from problem
    if not judgements:
        raise UnusableCodings(sentence("The file has no rows below its first line."))
    return pd.DataFrame(judgements, columns=[*COLUMNS, *also])


def of_units(judgements: pd.DataFrame, column: str) -> dict[str, str]:
    """What a column says of each unit (unit -> expert, unit -> group); rows that leave it empty say nothing.

    Raises UnusableCodings where two rows of one unit say different things.
    """
    said = judgements.loc[judgements[column] != "", ["unit", column]].drop_duplicates()
    twice = said[said.duplicated("unit")]
    if len(twice):
        raise UnusableCodings(
            sentence(
                "The unit “{unit}” has different entries in the column “{column}”.",
                unit=twice["unit"].iloc[0],
                column=column,
            )
        )
    return dict(zip(said["unit"], said[column], strict=True))


def _as_name(column: str | None) -> str:
    """A column's name as it is looked for."""
    return (column or "").strip().lower()
