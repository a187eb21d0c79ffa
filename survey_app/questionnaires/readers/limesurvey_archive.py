"""LimeSurvey: the archive of a survey (.lsa), a ZIP with its structure and its responses, read together."""

from __future__ import annotations

from dataclasses import replace

from survey_app.questionnaires.borrowed_rules import named
from survey_app.questionnaires.defining import with_definition
from survey_app.questionnaires.definitions.limesurvey_lss import instrument_of
from survey_app.questionnaires.export import Export
from survey_app.questionnaires.lime_archive import RESPONSES, STRUCTURE, is_archive, part_of
from survey_app.questionnaires.lime_headings import SYSTEM, Heading, system_name
from survey_app.questionnaires.lime_rules import Column, columns_of
from survey_app.questionnaires.lime_structure import read_structure
from survey_app.questionnaires.readers import Brought
from survey_app.questionnaires.readers.limesurvey import as_export
from survey_app.questionnaires.safe_xml import rows_of, xml_root
from survey_app.rosters.tables import UnreadableTable
from transcripts.messages import Message, counted, sentence

PLATFORM = "LimeSurvey"
_OWN_XML = b"<LimeSurveyDocType>"


def sniff(brought: Brought) -> float:
    """Sure of a ZIP with a structure in it, and of a part of one that was brought alone."""
    return 1.0 if is_archive(brought) or _OWN_XML in brought.content[:2000] else 0.0


def read(brought: Brought) -> Export:
    """The responses under the codes of their questions, with the instrument. Raises UnreadableTable."""
    structure = read_structure(brought.name, part_of(brought, STRUCTURE))
    root = xml_root(brought.name, part_of(brought, RESPONSES))
    fields = [_field(field.text or "") for field in root.iterfind("responses/fields/fieldname")]
    columns = columns_of(structure)
    known = [field for field in dict.fromkeys(fields) if field in columns or field in SYSTEM]
    lines = [[columns[field].heading if field in columns else field for field in known]]
    for row in rows_of(root).get("responses", []):
        cells = {_field(name): cell for name, cell in row.items()}
        lines.append([_cell(cells.get(field), columns.get(field)) for field in known])
    if not any(field in columns for field in known) or len(lines) == 1:
        raise UnreadableTable(
            sentence("{file} holds no responses. Export the survey archive (.lsa) again with them.", file=brought.name)
        )
    table = brought.table(lines)
    strange = [field for field in dict.fromkeys(fields) if field not in known and not system_name(field)]
    if strange:
        table = replace(table, warnings=(*table.warnings, _unknown(strange)))
    export = as_export(table, [_heading(columns.get(field), field) for field in known])
    return with_definition(export, instrument_of(structure))


def _unknown(fields: list[str]) -> Message:
    return counted(
        "{count} column of answers belongs to no question of the survey's structure and is left out ({questions}).",
        "{count} columns of answers belong to no question of the survey's structure and are left out ({questions}).",
        len(fields), questions=named(fields),
    )  # fmt: skip


def _field(name: str) -> str:
    """The name of a field as LimeSurvey has it: XML allows neither a leading digit nor a number sign."""
    masked = name.startswith("_") and name[1:2].isdigit()
    return name[masked:].replace("-", "#")


def _cell(cell: str | None, column: Column | None) -> str:
    """A cell; what is empty and not null was shown and not ticked."""
    ticked = column is not None and column.asked.letter in {"M", "P"} and not column.line.endswith(("other", "comment"))
    return "N" if ticked and cell == "" else cell or ""


def _heading(column: Column | None, field: str) -> Heading:
    if column is None:
        return Heading(system=field)
    line, _sharp, scale = column.line.partition("#")
    question = f"{column.key}_{int(scale) + 1}" if scale else column.key
    return Heading(question, line, column.key, line)
