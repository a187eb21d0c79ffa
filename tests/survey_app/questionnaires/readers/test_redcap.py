"""REDCap's records: under names and under labels, check boxes, events, with and without the dictionary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.defining import with_definition
from survey_app.questionnaires.definitions import read_definition
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import make_survey
from survey_app.rosters.tables import UnreadableTable
from tests.survey_app.questionnaires.forms import answers_of, as_csv
from tests.survey_app.questionnaires.redcap_files import dictionary

NAMES = ["record_id", "redcap_event_name", "redcap_survey_identifier", "views_timestamp", "sex", "stance", "helped___1",
         "helped___2", "helped____1", "helped___b", "again", "warm", "age", "day", "mail", "called", "why", "bmi",
         "views_complete", "m_one", "m_two", "matrix_complete"]  # fmt: skip
RAW = [
    ["1", "one_arm_1", "E01", "2024-03-01 10:00", "2", "4", "1", "0", "0", "1", "1", "55", "44", "2024-02-01",
     "a@example.org", "N. N.", "Because.", "20", "2", "5", "99", "2"],
    ["2", "one_arm_1", "E02", "[not completed]", "", "", "0", "0", "0", "0", "", "", "", "", "", "", "", "", "0", "",
     "", "0"],
]  # fmt: skip
LABELS = ["Record ID", "Event Name", "Survey Timestamp", "Sex / Пол", "Your stance", "What helped? (choice=Pilots)",
          "What helped? (choice=Tea, or coffee)", "Why so?", "Complete?", "First", "Complete?"]  # fmt: skip
LABELLED = [
    ["E01", "One", "2024-03-01 10:00", "Female", "Agree", "Checked", "Unchecked", "Because.", "Complete",
     "Strongly agree", "Complete"],
    ["E02", "One", "", "Male", "Don't know", "Unchecked", "Checked", "So.", "Incomplete", "Neutral", "Unverified"],
]  # fmt: skip


def read(*table, name="records.csv"):
    export = read_questionnaire(name, as_csv(*table))
    return export, {column.name: column for column in propose_columns(export, None)}


def survey_of(export):
    experts = {place: f"E{place + 1}" for place in range(len(export.table.rows))}
    return make_survey(export.table, propose_columns(export, None), experts, "en")


def test_records_under_names():
    export, columns = read(NAMES, *RAW)
    assert (export.platform, export.respondent) == ("REDCap", "redcap_survey_identifier")
    assert {name: columns[name].why for name in columns if columns[name].why in {"system", "respondent", "time"}} == {
        "record_id": "respondent", "redcap_event_name": "system", "redcap_survey_identifier": "respondent",
        "views_timestamp": "time", "views_complete": "system", "matrix_complete": "system",
    }  # fmt: skip
    assert (columns["helped____1"].kind, columns["helped____1"].item_id) == ("multi", "helped.-1")
    assert columns["mail"].why == "personal"
    assert answers_of(survey_of(export), "helped.b") == {"E1": 1.0}


def test_the_dictionary_says_what_every_column_is():
    export = with_definition(read(NAMES, *RAW)[0], read_definition("dictionary.csv", dictionary()))
    columns = {column.name: column for column in propose_columns(export, None)}
    assert not {name for name in ("mail", "called", "bmi") if columns[name].kept}
    assert (columns["m_two"].item_id, columns["m_two"].label) == ("agree.m_two", ("Second", ""))
    found = survey_of(export)
    assert answers_of(found, "stance") == {"E1": 4.0}
    assert answers_of(found, "agree.m_one") == {"E1": 5.0}
    assert answers_of(found, "agree.m_two") == {"E1": None}
    assert answers_of(found, "helped.2") == {"E1": 0.0}
    assert answers_of(found, "sex") == {"E1": 2.0}
    assert found.items.set_index("item_id").loc["helped.2", "label_en"] == "Tea, or coffee"


def test_records_under_labels_with_and_without_the_dictionary():
    export, columns = read(LABELS, *LABELLED)
    assert (export.platform, export.respondent) == ("REDCap", "Record ID")
    assert {columns[name].why for name in ("Event Name", "Complete?", "Complete? (2)")} == {"system"}
    assert columns["What helped? (choice=Tea, or coffee)"].label == ("Tea, or coffee", "")
    assert answers_of(survey_of(export), "q06.2") == {"E1": 0.0, "E2": 1.0}
    defined = with_definition(export, read_definition("dictionary.csv", dictionary()))
    found = survey_of(defined)
    assert answers_of(found, "helped.1") == {"E1": 1.0, "E2": 0.0}
    assert answers_of(found, "stance") == {"E1": 4.0, "E2": None}
    assert answers_of(found, "agree.m_one") == {"E1": 5.0, "E2": 3.0}


def test_records_that_are_only_numbered_name_nobody_and_repetitions_are_told():
    rows = [["1", "a_arm_1", "x", "2"], ["1", "b_arm_1", "y", "2"], ["2", "a_arm_1", "z", "2"]]
    export, _columns = read(["record_id", "redcap_event_name", "why", "views_complete"], *rows)
    assert export.respondent is None
    assert [str(warning)[:24] for warning in export.table.warnings] == ["1 row is a further event"]


def test_a_form_s_state_is_told_by_its_values():
    _export, columns = read(["record_id", "views_complete", "is_complete"], ["a", "2", "Nearly."], ["b", "0", "Not."])
    assert not columns["views_complete"].kept
    assert columns["is_complete"].kept


@pytest.mark.parametrize("content", [as_csv(NAMES), dictionary(), as_csv(NAMES, [""] * len(NAMES))])
def test_what_holds_no_answers_gets_one_sentence(content):
    with pytest.raises(UnreadableTable) as refused:
        read_questionnaire("records.csv", content)
    assert "records.csv" in str(refused.value)


@given(
    st.lists(st.sampled_from(["a", "a___1", "a____2", "___", "a (choice=x)", "(choice=)", "Complete?", "b_complete", "",
                              "x_timestamp", "redcap_event_name"]), max_size=8),
    st.lists(st.sampled_from(["", "1", "0", "Checked", "Unchecked", "x", "2"]), min_size=16, max_size=16),
)  # fmt: skip
def test_any_names_and_cells_are_read(names, cells):
    header = ["record_id", "redcap_event_name", *names]
    rows = [["1", "e", *cells[: len(names)]], ["2", "e", *cells[8 : 8 + len(names)]]]
    export, columns = read(header, *rows)
    assert set(export.heads) == set(columns)
