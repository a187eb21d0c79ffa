"""What docs/forms.md says of forms is true."""

import re
from pathlib import Path

from survey_app.questionnaires.form_out import columns_of
from tests.survey_app.questionnaires.definitions.books import yaml

TEXT = (Path(__file__).parents[4] / "docs" / "forms.md").read_text("utf-8")


def test_every_column_of_ours_is_in_the_document_and_no_other():
    told = {
        (sheet, name)
        for sheet, names in re.findall(r"^\| (survey|choices|settings) \| ([^|]+) \|", TEXT, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", names)
    }
    known = {(sheet, name) for sheet in ("survey", "choices", "settings") for name, _language in columns_of(sheet)}
    assert told == {(sheet, name) for sheet, name in known if name.startswith("rakurs_")}


def test_the_example_in_the_document_is_a_form():
    found = yaml(re.search(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[1])
    assert [(item.key, item.kind) for item in found.items] == [("easier", "likert"), ("why", "open")]
    assert found.item("why").relevant == "${easier} >= 4"
    assert found.title == ("Panel", "Панель")
