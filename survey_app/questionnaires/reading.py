"""A questionnaire's file as an export with one row a respondent, or the sentence that says why it is none."""

import re
from dataclasses import replace

from survey_app.questionnaires.column_groups import with_cells
from survey_app.questionnaires.continuing import with_continued
from survey_app.questionnaires.export import Export
from survey_app.questionnaires.readers import LIMITS, Brought, readers
from survey_app.rosters.tables import Table, UnreadableTable, need_size
from transcripts.messages import sentence

_BLANK = re.compile(r"[-–—−.\s]*")
_DASHES = frozenset("-–—−.")


def read_questionnaire(name: str, content: bytes) -> Export:
    """Read a file by whichever reader is surest of it; cells of dashes alone are blank. Raises UnreadableTable."""
    need_size(name, content, LIMITS)
    brought = Brought(name, content)
    reader = max(readers(), key=lambda each: each.sniff(brought))
    export = reader.read(brought)
    table = replace(_without_dashes(export.table), warnings=(*brought.warnings, *export.table.warnings))
    if not any(any(row.values()) for row in table.rows):
        raise UnreadableTable(
            sentence(
                "{file} has a header and no answers. Export the questionnaire again with its responses.", file=name
            )
        )
    export = replace(export, table=table)
    return with_continued(export) if export.worded else export


def _without_dashes(table: Table) -> Table:
    found = {}
    for column in table.columns:
        dashes = {cell for cell in table.distinct(column) if cell[:1] in _DASHES and _BLANK.fullmatch(cell)}
        if dashes:
            found[column] = ["" if cell in dashes else cell for cell in table.values(column)]
    return with_cells(table, found)
