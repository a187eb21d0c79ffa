"""Any table with one row a respondent: CSV or XLSX. Its columns speak for themselves."""

from dataclasses import replace

from survey_app.questionnaires.export import Export
from survey_app.questionnaires.readers import Brought
from survey_app.questionnaires.titles import below_title
from survey_app.questionnaires.worded import worded

PLATFORM = ""


def sniff(_brought: Brought) -> float:
    """What nobody else knows."""
    return 0.01


def read(brought: Brought) -> Export:
    """The table as it is, without a title above its header. Raises UnreadableTable."""
    lines, warnings = below_title(brought.lines)
    export = worded(PLATFORM, brought, lines=lines)
    return replace(export, table=replace(export.table, warnings=(*warnings, *export.table.warnings)))
