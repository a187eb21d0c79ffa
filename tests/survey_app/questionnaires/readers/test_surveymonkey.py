"""Exports of SurveyMonkey: two rows of headers, condensed or spread over columns, in words or in numbers."""

import pytest

from survey_app.questionnaires.readers import Brought, surveymonkey
from survey_app.questionnaires.reading import read_questionnaire
from tests.survey_app.questionnaires.forms import answers_of, as_csv, as_xlsx
from tests.survey_app.questionnaires.readers.exports import proposed, survey_of

SYSTEM = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
          "Last Name", "Custom Data 1"]  # fmt: skip


def lines_of(asked, below, *people, system=SYSTEM):
    known = [["1000" + str(n), "77", "02/01/2026 10:00:00 AM", "02/01/2026 10:15:00 AM", "192.0.2.1", "", "", "", f"E{n}"]
             for n in range(1, len(people) + 1)]  # fmt: skip
    rows = [[*before, *cells] for before, cells in zip(known, people, strict=True)]
    return [[*system, *asked], [*[""] * len(system), *below], *rows]


def file_of(*arguments, **more):
    return as_csv(*lines_of(*arguments, **more))


def test_what_stands_before_the_questions_is_no_answer():
    export, columns = proposed(file_of(["What hinders?"], ["Open-Ended Response"], ["No staff."]))
    assert (export.platform, export.respondent) == ("SurveyMonkey", "Custom Data 1")
    assert [columns[name].why for name in SYSTEM] == [
        "system", "system", "time", "time", "personal", "personal", "personal", "personal", "respondent",
    ]  # fmt: skip
    assert {column.kind for name, column in columns.items() if name in SYSTEM} == {"leave_out"}
    column = columns["What hinders?"]
    assert (column.kind, column.item_id, column.label[0]) == ("open", "q01", "What hinders?")


def test_russian_headings_are_known():
    system = ["Идентификатор респондента", "Идентификатор коллектора", "Дата начала", "Дата окончания", "IP-адрес",
              "Адрес электронной почты", "Имя", "Фамилия", "Пользовательские данные 1"]  # fmt: skip
    export, columns = proposed(file_of(["Что мешает?"], ["Открытый ответ"], ["Нет людей."], system=system))
    assert export.platform == "SurveyMonkey"
    assert [name for name, column in columns.items() if column.kept] == ["Что мешает?"]


@pytest.mark.parametrize("cells", [("Roads", "Water, wells"), ("1", "1"), ("1", "2")])
def test_options_spread_over_columns_are_one_question(cells):
    roads, water = cells
    content = file_of(
        ["What helped,\nand how?", "", "", "What else?"], ["Roads", "Water, wells", "Other (please specify)", ""],
        [roads, water, "", "x"], [roads, "", "Luck", "y"], ["", "", "", "z"],
    )  # fmt: skip
    found = survey_of(content)
    assert answers_of(found, "q01.1") == {"E1": 1.0, "E2": 1.0}
    assert answers_of(found, "q01.2") == {"E1": 1.0, "E2": 0.0}
    assert dict(zip(found.answers["item_id"], found.answers["text"], strict=False))["q01.3"] == "Luck"
    items = found.items.set_index("item_id")
    assert items.loc["q01", "label_en"] == "What helped, and how?"
    assert items.loc["q01.2", "label_en"] == "Water, wells"


def test_one_choice_stands_in_one_column_with_words_beside_it():
    content = file_of(
        ["Where?", "", "Sure?"], ["Response", "Other (please specify)", "Response"],
        ["Town", "", "Agree"], ["", "At sea", "Strongly agree"], ["Town", "", "Disagree"],
    )  # fmt: skip
    _export, columns = proposed(content)
    assert {name: column.kind for name, column in columns.items() if column.kept} == {
        "Where?": "single", "Where? [Other (please specify)]": "beside", "Sure?": "likert",
    }  # fmt: skip
    found = survey_of(content)
    assert answers_of(found, "q01") == {"E1": 1.0, "E3": 1.0}
    assert answers_of(found, "q01.2") == {"E2": 1.0}


@pytest.mark.parametrize("cells", [["Roads;Water", "Water;Roads", "Roads"], ["Roads,Water", "Water,Roads", "Roads"]])
def test_condensed_options_stand_in_one_cell(cells):
    found = survey_of(file_of(["What helped?"], ["Response"], *([cell] for cell in cells)))
    assert answers_of(found, "q01.2") == {"E1": 1.0, "E2": 1.0, "E3": 0.0}


@pytest.mark.parametrize(
    "cells", [["a little", "a lot", "not at all", "a little", "", "a lot"], ["2", "4", "1", "2", "", "4"]]
)
def test_the_rows_of_a_matrix_share_a_scale(cells):
    content = file_of(["How much?", ""], ["Roads", "Water"], cells[:2], cells[2:4], cells[4:])
    _export, columns = proposed(content)
    kept = [column for column in columns.values() if column.kept]
    assert {(column.kind, column.parent_id) for column in kept} == {("likert", "q01")}
    assert [column.label[0] for column in kept] == ["Roads", "Water"]
    assert len(answers_of(survey_of(content), "q01.2")) == 3


def test_a_matrix_of_ticks_is_a_question_for_each_row():
    below = [f"{row} - {who}" for row in ("Roads", "Water") for who in ("State", "Firms")]
    found = survey_of(
        file_of(["Who helps?", "", "", ""], below, ["State", "", "", "Firms"], ["State", "Firms", "State", ""])
    )
    assert answers_of(found, "q01-1.2") == {"E1": 0.0, "E2": 1.0}
    assert answers_of(found, "q01-2.1") == {"E1": 0.0, "E2": 1.0}
    assert found.items.set_index("item_id").loc["q01-2", "label_en"] == "Who helps? - Water"


def test_a_matrix_of_menus_is_a_question_for_each_column():
    below = [f"{row} - {when}" for row in ("Roads", "Water") for when in ("Now", "Later")]
    _export, columns = proposed(
        file_of(["How is it?", "", "", ""], below, ["good", "fair", "poor", "good"], ["poor", "good", "poor", "fair"])
    )
    column = columns["How is it? [Water - Later]"]
    assert (column.item_id, column.kind) == ("q01-2.2", "likert")
    assert (column.parent_label[0], column.label[0]) == ("How is it? - Later", "Water")


def test_a_ranking_holds_the_places_of_its_options():
    content = file_of(
        ["Rank them", "", ""], ["Roads", "Water", "Schools"], ["1", "2", "3"], ["3", "1", "2"], ["2", "1", ""]
    )
    assert answers_of(survey_of(content), "q01.1") == {"E1": 1.0, "E2": 3.0, "E3": 2.0}
    assert {column.kind for column in proposed(content)[1].values() if column.kept} == {"rank"}


def test_addresses_are_personal_and_dates_are_dates():
    below = ["Name", "Company", "City/Town", "Email Address", "Date / Time"]
    _export, columns = proposed(
        file_of(["Your contact", "", "", "", "When?"], below, ["Anna", "A", "Omsk", "a@example.org", "02/03/2026"])
    )
    kept = [column for column in columns.values() if column.kept]
    assert [(column.kind, column.item_id, column.label[0]) for column in kept] == [("date", "q02", "When?")]
    assert sum(column.why == "personal" for column in columns.values()) == 8


def test_cells_of_the_second_row_may_be_blank():
    export, columns = proposed(file_of(["How many?", "Why?"], ["", ""], ["3", "No staff."], ["40", "No money at all."]))
    assert export.platform == "SurveyMonkey"
    assert {name: column.kind for name, column in columns.items() if column.kept} == {
        "How many?": "numeric",
        "Why?": "open",
    }


def test_workbooks_are_the_same_and_headings_of_older_exports_are_known():
    lines = lines_of(
        ["What helped?", "", "Why?"], ["Roads", "Water", "Open-Ended Response"], ["Roads", "", "x"], ["", "Water", "y"]
    )
    assert answers_of(survey_of(as_xlsx(*lines), "form.xlsx"), "q01.1") == {"E1": 1.0, "E2": 0.0}
    older = [
        "RespondentID",
        "CollectorID",
        "StartDate",
        "EndDate",
        "IP Address",
        "Email Address",
        "FirstName",
        "LastName",
        "CustomData",
    ]
    export = read_questionnaire("form.csv", as_csv([*older, *lines[0][9:]], *lines[1:]))
    assert (export.platform, export.respondent) == ("SurveyMonkey", "CustomData")


def test_a_second_row_that_tells_is_enough():
    content = as_csv(
        ["What helped?", "", "Why?"], ["Roads", "Water", "Open-Ended Response"], ["Roads", "", "x"], ["", "Water", "y"]
    )
    assert read_questionnaire("form.csv", content).platform == "SurveyMonkey"


@pytest.mark.parametrize(
    "lines",
    [
        [["id", "Why?"], ["E1", "Response"]],
        [["Код респондента", "Имя", "Почему?"], ["E1", "Анна", "x"]],
        [["Respondent ID", "Start Date", "Why?"], ["1", "2026-02-01", "x"]],
    ],
)
def test_other_tables_are_none_of_its(lines):
    assert surveymonkey.sniff(Brought("form.csv", as_csv(*lines))) == 0.0
