"""What stands around a plain table: a line for Excel, a title, blank lines, other sheets. Rows keep their numbers."""

import io

import pytest
from openpyxl import Workbook

from survey_app.questionnaires.reading import read_questionnaire
from tests.survey_app.questionnaires.forms import as_csv, survey_of

HEADER = ["id", "Why?", "How often?"]
ROWS = [["E1", "So.", "1"], ["E2", "Thus, and so.", "2"], ["E3", "", "3"]]


def workbook(**sheets):
    book, out = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def said(table):
    return [str(warning) for warning in table.warnings]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep=;;;"])
def test_what_excel_says_of_its_cells_is_obeyed_and_no_row(first):
    content = first.encode() + b"\r\n" + as_csv(["id", "a, b, c or d?"], ["E1", "a, b"], delimiter=";")
    table = read_questionnaire("form.csv", content).table
    assert table.columns == ("id", "a, b, c or d?")
    assert table.rows == ({"id": "E1", "a, b, c or d?": "a, b"},)
    assert table.row_number(0) == 3
    assert said(table) == []


def test_a_sign_that_nobody_would_guess_is_obeyed():
    table = read_questionnaire("form.csv", b"sep=|\nid|Why, and for whom?\nE1|So, it is.\n").table
    assert table.rows == ({"id": "E1", "Why, and for whom?": "So, it is."},)


@pytest.mark.parametrize("title", [["Survey of experts, 2024"], ["Survey"] * 3, ["", "Опрос", ""]],
                         ids=["one cell", "merged", "in the middle"])  # fmt: skip
def test_a_title_and_blank_lines_are_left_out(title):
    for content in (as_csv(title, [], HEADER, *ROWS), as_csv(title, [], HEADER, *ROWS, delimiter=";"),
                    workbook(Sheet=[title, [], HEADER, *ROWS])):  # fmt: skip
        table = read_questionnaire("form", content).table
        assert table.columns == tuple(HEADER)
        assert [table.row_number(place) for place in range(3)] == [4, 5, 6]
        (warning,) = said(table)
        assert warning.startswith("Row 3 was taken for the header; 1 row above it was left out: “")


@pytest.mark.parametrize(
    "lines", [
        [["Why?"], ["So."], ["Thus."]],
        [["Opinion"], ["yes", "because", "3"], ["no", "since", "2"]],
        [["Opinion"], ["yes", "because"], ["no"], ["never"], ["yes"]],
        [["id", "Why?"], ["E1"], ["E2", "So."]],
    ], ids=["one column", "a number", "torn by commas", "no title"],
)  # fmt: skip
def test_what_may_be_a_header_stays_one(lines):
    table = read_questionnaire("form.csv", as_csv(*lines)).table
    assert table.columns == tuple(lines[0])
    assert not any("taken for the header" in warning for warning in said(table))


def test_rows_are_called_by_their_numbers_in_the_file():
    people = [["L1", "14"], ["B1", "5", "beyond"], ["F1", "3"], ["C1", "22"], ["R1", "9"], ["L2", "17"], ["F2", "31"]]
    content = as_csv(["Survey"], [], ["id", "How many?"], people[0], [], ["id", "How many?"], *people[1:])
    assert "Row 6 repeats the header and was left out." in said(read_questionnaire("form.csv", content).table)
    survey = survey_of(content)
    assert [told.row for told in survey.filled] == [4, 7, 8, 9, 10, 11, 12]
    assert [cell.row for cell in survey.report if cell.written == "beyond"] == [7]


def test_the_rows_of_yandex_are_called_so_too():
    header = ["ID", "Время создания", "Почему?"]
    content = as_csv(header, ["1", "2024-01-01 10:00:00", "Так."], header, ["2", "2024-01-01 11:00:00", "Нет."])
    table = read_questionnaire("answers.csv", content).table
    assert [table.row_number(place) for place in range(2)] == [2, 4]


def test_answers_on_another_sheet_are_found_and_that_is_said():
    content = workbook(
        Cover=[["Survey of experts"], ["2024"]],
        Codebook=[["column", "words"], ["id", "who"], ["Why?", "reason"], ["How often?", "times"], ["a", "b"]],
        Answers=[HEADER, *ROWS], Contacts=[["name", "mail"], ["A", "a@b.example"]],
    )  # fmt: skip
    table = read_questionnaire("form.xlsx", content).table
    assert table.values("id") == ["E1", "E2", "E3"]
    assert said(table) == [
        "The answers were read from the sheet “Answers”, not from “Cover”. If they stand elsewhere, save their sheet "
        "as a file of its own."
    ]


def test_the_first_sheet_stays_where_it_has_the_answers():
    content = workbook(Answers=[HEADER, *ROWS], Notes=[["a", "b"], ["c", "d"]])
    table = read_questionnaire("form.xlsx", content).table
    assert (table.values("id"), said(table)) == (["E1", "E2", "E3"], [])


def test_repeats_and_forms_are_no_answers():
    repeats = [["Why?", "_parent_index"], *([str(number), "1"] for number in range(9))]
    form = [["type", "name", "label"], *(["text", f"q{number}", "?"] for number in range(9))]
    table = read_questionnaire("form.xlsx", workbook(survey=form, repeats=repeats, data=[HEADER, *ROWS])).table
    assert table.values("id") == ["E1", "E2", "E3"]


def test_a_known_platform_is_found_on_whichever_sheet():
    rows = [["Timestamp", "Why?"], ["2024/01/02 10:00:00 AM GMT+3", "So."]]
    content = workbook(Summary=[["a", "b"], *([str(number), "x"] for number in range(5))], Form=rows)
    export = read_questionnaire("form.xlsx", content)
    assert (export.platform, export.table.values("Why?")) == ("Google Forms", ["So."])


def test_rows_below_several_headers_keep_their_numbers_too():
    header = ["id", "lastpage", "startlanguage", "submitdate", "q1"]
    lines = [
        ["Response ID", "Last page", "Language", "Submitted", "Why?"],
        header,
        ["1", "2", "en", "2024-01-01", "So"],
    ]
    table = read_questionnaire("vv.txt", as_csv(*lines, delimiter="\t")).table
    assert [table.row_number(place) for place in range(len(table.rows))] == [3]


@pytest.mark.parametrize("title", ["Survey of experts", "Survey of experts, 2024"])
def test_a_title_does_not_hide_what_separates_cells_although_answers_have_commas(title):
    rows = [[f"E{number}", "So, and thus, as it is"] for number in range(9)]
    content = f"{title}\n".encode() + as_csv(["id", "Why?"], *rows, delimiter=";")
    assert read_questionnaire("form.csv", content).table.columns == ("id", "Why?")


def test_two_columns_keep_their_commas_where_answers_have_semicolons():
    content = b"id,Why?\n" + b"".join(b"E%d,So; and thus; as it is\n" % number for number in range(9))
    assert read_questionnaire("form.csv", content).table.columns == ("id", "Why?")
