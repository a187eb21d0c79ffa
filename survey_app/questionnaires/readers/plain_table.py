"""Any table with one row a respondent: CSV or XLSX. Its columns speak for themselves."""

from dataclasses import replace

from survey_app.questionnaires.export import Export
from survey_app.questionnaires.header_rows import without_header_rows
from survey_app.questionnaires.readers import Brought

PLATFORM = ""


def sniff(_brought: Brought) -> float:
    """What nobody else knows."""
    return 0.01


def read(brought: Brought) -> Export:
    """The table as it is. Raises UnreadableTable."""
    body = without_header_rows(brought.lines)
    table = brought.table(body.lines)
    return Export(PLATFORM, replace(table, warnings=(*table.warnings, *body.warnings)), worded=True)
