"""The fields of a REDCap data dictionary, whether it was downloaded as a page's CSV or by the API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.questionnaires.choice_scales import Choice
from survey_app.questionnaires.markup import plain_text
from survey_app.questionnaires.wording import pair
from survey_app.rosters.tables import Table

_COLUMNS = {
    "name": ("variable / field name", "field_name"), "form": ("form name", "form_name"),
    "header": ("section header", "section_header"), "type": ("field type", "field_type"),
    "label": ("field label", "field_label"),
    "choices": ("choices, calculations, or slider labels", "select_choices_or_calculations"),
    "note": ("field note", "field_note"),
    "validation": ("text validation type or show slider number", "text_validation_type_or_show_slider_number"),
    "low": ("text validation min", "text_validation_min"), "high": ("text validation max", "text_validation_max"),
    "identifier": ("identifier?", "identifier"),
    "branching": ("branching logic (show field only if...)", "branching_logic"),
    "required": ("required field?", "required_field"), "matrix": ("matrix group name", "matrix_group_name"),
    "ranking": ("matrix ranking?", "matrix_ranking"),
}  # fmt: skip
_NEEDED = ("name", "form", "type", "label")


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the dictionary, as it is written."""

    name: str
    form: str
    header: str
    type: str
    label: str
    choices: str
    note: str
    validation: str
    low: str
    high: str
    identifier: str
    branching: str
    required: str
    matrix: str
    ranking: str

    def options(self) -> list[Choice]:
        """The choices of `1, Male | 2, Female`; codes of check boxes as the names of their columns have them."""
        found = []
        for part in self.choices.split("|"):
            key, comma, label = part.partition(",")
            words = plain_text(label if comma else part)
            code = plain_text(key)
            if code:
                found.append(Choice(code.lower() if self.type == "checkbox" else code, pair(words or code)))
        return list({choice.key: choice for choice in found}.values())


def is_dictionary(header: Iterable[str]) -> bool:
    """Whether a table has the columns of a dictionary."""
    found = {name.lower() for name in header}
    return all(found & set(_COLUMNS[name]) for name in _NEEDED)


def fields_of(table: Table) -> list[Field]:
    """Every row that names a field."""
    by_title = {name.lower(): name for name in table.columns}
    column = {
        part: next((by_title[title] for title in titles if title in by_title), None)
        for part, titles in _COLUMNS.items()
    }
    rows = [
        Field(**{part: row[name] if name is not None else "" for part, name in column.items()}) for row in table.rows
    ]
    return [field for field in rows if field.name]
