"""A REDCap data dictionary for tests."""

from tests.survey_app.questionnaires.forms import as_csv

TITLES = ["Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
          "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
          "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
          "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name",
          "Matrix Ranking?", "Field Annotation"]  # fmt: skip
API = ["field_name", "form_name", "section_header", "field_type", "field_label", "select_choices_or_calculations",
       "field_note", "text_validation_type_or_show_slider_number", "text_validation_min", "text_validation_max",
       "identifier", "branching_logic", "required_field", "custom_alignment", "question_number", "matrix_group_name",
       "matrix_ranking", "field_annotation"]  # fmt: skip
AGREE = "1, Strongly disagree | 2, Disagree | 3, Neutral | 4, Agree | 5, Strongly agree | 99, Don't know"


def field(name, kind, label, choices="", *, form="views", **more):
    """One row; `more` are columns by the API's names."""
    row = {"field_name": name, "form_name": form, "field_type": kind, "field_label": label,
           "select_choices_or_calculations": choices} | more  # fmt: skip
    return [row.get(title, "") for title in API]


EVERY = [
    field("record_id", "text", "Record ID"),
    field("sex", "radio", "Sex / Пол", "1, Male | 2, Female", required_field="y"),
    field("stance", "dropdown", "Your <b>stance</b>", AGREE, field_note="One only"),
    field("helped", "checkbox", "What helped?", "1, Pilots | 2, Tea, or coffee | -1, Nothing | B, Luck"),
    field("again", "yesno", "Again?"),
    field("fact", "truefalse", "A fact?"),
    field("warm", "slider", "How warm?", "Cold | Mild | Hot", section_header="Feelings"),
    field("age", "text", "Age", text_validation_type_or_show_slider_number="integer", text_validation_min="18",
          text_validation_max="99"),
    field("share", "text", "Share", text_validation_type_or_show_slider_number="number_2dp"),
    field("day", "text", "Day", text_validation_type_or_show_slider_number="date_ymd"),
    field("mail", "text", "E-mail", text_validation_type_or_show_slider_number="email"),
    field("called", "text", "What are you called?", identifier="y"),
    field("why", "notes", "Why so?", branching_logic="[again] = '0'"),
    field("more", "text", "More?", branching_logic="[helped(2)] = '1' and ([age] >= 30 or [sex] <> '1')"),
    field("lost", "text", "Lost?", branching_logic="[event_1][age] > 3"),
    field("intro", "descriptive", "Read this."),
    field("bmi", "calc", "BMI", "[age] / 2"),
    field("scan", "file", "Scan"),
    field("m_one", "radio", "First", AGREE, form="matrix", matrix_group_name="agree", section_header="Do you agree?"),
    field("m_two", "radio", "Second", AGREE, form="matrix", matrix_group_name="agree"),
    field("b_one", "checkbox", "Used", "1, Never | 2, Often", form="matrix", matrix_group_name="boxes"),
    field("odd", "sql", "Odd", "select 1", form="matrix"),
]  # fmt: skip


def dictionary(*rows, titles=API):
    return as_csv(titles, *(rows or EVERY))
