"""The same form as YAML: what is written in text is what would be written in a workbook."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.definitions import read_definition
from survey_app.questionnaires.definitions.yaml_form import read
from survey_app.questionnaires.readers import Brought
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.definitions.books import form, told, yaml

TEXT = """
settings:
  form_title: {en: Panel, ru: Панель}
  form_id: panel
survey:
  - {type: select_one yn, name: works, label: {en: "Does it work?", ru: "Работает?"}, required: yes}
  - type: text
    name: why
    label: {en: "Why?", ru: "Почему?"}
    relevant: ${works} = 'no'
choices:
  yn:
    - {name: yes, label: {en: "Yes", ru: Да}}
    - {name: no, label: {en: "No", ru: Нет}, rakurs::code: prob}
"""


def test_yaml_says_what_a_workbook_says():
    workbook = form(
        ("select_one yn", "works", "Does it work?", "Работает?", "yes", ""),
        ("text", "why", "Why?", "Почему?", "", "${works} = 'no'"),
        choices=[("yn", "yes", "Yes", "Да", ""), ("yn", "no", "No", "Нет", "prob")],
        more=("required", "relevant"), more_choices=("rakurs::code",),
        settings=[("form_title::en", "form_title::ru", "form_id"), ("Panel", "Панель", "panel")],
    )  # fmt: skip
    assert yaml(TEXT) == workbook
    assert yaml(TEXT).warnings == ()


def test_rows_are_counted_in_their_list():
    found = yaml("survey:\n- {type: text, name: a, label: A}\n- {type: image, name: b, label: B}\n")
    assert "Row 2 of “survey”: the type “image”" in told(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("survey: 3", "is not a form"),
        ("survey:\nchoices: {a: 1}", "is not a form"),
        ("survey: []\nchoices: {a: 1}", "“choices” is not a list of rows"),
        ("survey:\n- text", "Row 1 of “survey”: “text” stands where"),
        ("survey:\n- {type: text, name: [a]}", "Row 1 of “survey”"),
        ("survey:\n- {type: text, name: {en: {ru: a}}}", "Row 1 of “survey”"),
        ("survey:\n- &a {type: text}\n- *a", "Line 3 refers to another place"),
        ("survey:\n- {type: text", "Line 2 cannot be read"),
        ("survey: !!python/object/apply:os.system [ls]", "Line 1 cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_with_its_place(text, said):
    with pytest.raises(UnreadableTable, match=said):
        yaml(text)


def test_a_file_of_another_kind_is_not_taken_for_one():
    with pytest.raises(UnreadableTable, match="is no definition of a questionnaire"):
        read_definition("guide.yaml", b"tasks: []")
    with pytest.raises(UnreadableTable, match="is no definition of a questionnaire"):
        read_definition("form.yaml", b"\x00\x01")


@given(st.text(max_size=80))
def test_any_text_is_a_form_or_refused(text):
    with pytest.raises(UnreadableTable):
        read(Brought("form.yaml", ("survey:\n" + text).encode()))
