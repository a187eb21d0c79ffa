"""Tables as files: numbers stay numbers, nothing runs, a number that is not there is an empty cell."""

import csv
import io

import numpy as np
import pandas as pd
from openpyxl import load_workbook

from survey_app.actions.table_files import sheet_title, table_csv, table_xlsx

TABLE = pd.DataFrame(
    {
        "Коды": ["=HYPERLINK(1)", "-2", "навыки"],
        "k": [10, 9, 1],
        "p": [0.25, np.nan, np.inf],
        "also": [True, False, None],
    },
    index=pd.MultiIndex.from_tuples([("a", "all"), ("b", "all"), ("c", "all")]),
)


def test_a_csv_file_opens_in_a_spreadsheet_as_it_is_and_runs_nothing():
    content = table_csv(TABLE)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert read[0] == ["Коды", "k", "p", "also"]
    assert read[1] == ["'=HYPERLINK(1)", "10", "0.25", "True"]
    assert read[2][:3] == ["'-2", "9", ""]
    assert read[3] == ["навыки", "1", "", ""]


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers():
    sheet = load_workbook(io.BytesIO(table_xlsx("Who says [what]?", TABLE))).active
    assert sheet.title == "Who says  what"
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert cells[0] == ["=HYPERLINK(1)", 10, 0.25, "True"]
    assert cells[1][2] is None or cells[1][2] == ""
    first = sheet["A2"]
    assert first.data_type == "s"
    assert first.quotePrefix


def test_a_sheet_has_a_title_whatever_the_question_is():
    assert sheet_title("???") == "1"
    assert len(sheet_title("What do documents declare, and what do experts speak of?")) == 30
