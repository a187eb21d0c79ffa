"""A questionnaire's file as an export with one row a respondent, or the sentence that says why it is none."""

import re
from dataclasses import replace

from survey_app.questionnaires.column_groups import with_cells
from survey_app.questionnaires.continuing import with_continued
from survey_app.questionnaires.export import Export
from survey_app.questionnaires.readers import LIMITS, Brought, Reader, readers
from survey_app.questionnaires.sheets import chosen_sheet, sheet_of_answers
from survey_app.rosters.tables import Table, UnreadableTable, filled_sheets, is_packed, need_size
from transcripts.messages import Message, sentence

_BLANK = re.compile(r"[-–—−.\s]*")
_KNOWN = 0.5
"""How sure a reader is at least of a file of its platform."""
_DASHES = frozenset("-–—−.")


def read_questionnaire(name: str, content: bytes) -> Export:
    """Read a file by whichever reader is surest of it; cells of dashes alone are blank. Raises UnreadableTable."""
    need_size(name, content, LIMITS)
    reader, brought, told = _recognised(name, content)
    export = reader.read(brought)
    table = replace(_without_dashes(export.table), warnings=(*told, *brought.warnings, *export.table.warnings))
    if not any(any(row.values()) for row in table.rows):
        raise UnreadableTable(
            sentence(
                "{file} has a header and no answers. Export the questionnaire again with its responses.", file=name
            )
        )
    export = replace(export, table=table)
    return with_continued(export) if export.worded else export


def _recognised(name: str, content: bytes) -> tuple[Reader, Brought, tuple[Message, ...]]:
    """The reader that is surest; of a workbook with several filled sheets that of the first one of its platform, and
    else the sheet of most answers."""
    sheets = _sheets(name, content)
    if len(sheets) < 2:
        brought = Brought(name, content, next(iter(sheets.values()), None))
        return _surest(brought), brought, ()
    every = {title: Brought(name, content, lines) for title, lines in sheets.items()}
    surest = {title: _surest(each) for title, each in every.items()}
    sure = (title for title, each in every.items() if surest[title].sniff(each) >= _KNOWN)
    chosen = next(sure, None) or sheet_of_answers(sheets)
    return surest[chosen], every[chosen], chosen_sheet(chosen, sheets)


def _sheets(name: str, content: bytes) -> dict[str, list[list[str]]]:
    try:
        return filled_sheets(name, content, LIMITS) if is_packed(content) else {}
    except UnreadableTable:
        return {}


def _surest(brought: Brought) -> Reader:
    return max(readers(), key=lambda each: each.sniff(brought))


def _without_dashes(table: Table) -> Table:
    found = {}
    for column in table.columns:
        dashes = {cell for cell in table.distinct(column) if cell[:1] in _DASHES and _BLANK.fullmatch(cell)}
        if dashes:
            found[column] = ["" if cell in dashes else cell for cell in table.values(column)]
    return with_cells(table, found)
