"""What leaves the study as a table is complete, opens everywhere, and runs nothing."""

import csv
import io

import pytest
from openpyxl import load_workbook

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.exporting import ExportProblem, as_xlsx, coded_statements, defused, export
from survey_app.actions.studies import create_study, need_study
from survey_app.actions.workbooks import Sheet, workbook

NASTY = [
    "=HYPERLINK(\"http://x\")", "+1+1", "-2", "@SUM(A1)", "\tx", "\rx",
]  # fmt: skip
TALK = "".join(
    f"WEBVTT\n\n{n}\n" * (n == 1) + f"\n{n}\n00:00:{n * 2:02d}.000 --> 00:00:{n * 2 + 1:02d}.000\nName {n}: {text}\n"
    for n, text in enumerate(["=1+1 is two, they say.", "@all of us agree.", "Nothing \x0b to add."], 1)
)


def test_the_demo_leaves_with_every_statement_and_every_coding(demo_store, tmp_path):
    study = need_study(demo_store, "demo-en")
    count = export(demo_store, study, "csv", tmp_path / "new" / "out.csv")
    with (tmp_path / "new" / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count
    coded = [row for row in rows if row["code_id"]]
    spoken = [row for row in coded if row["source_kind"] == "session"]
    assert (len(spoken), len(coded)) == (658, 726)
    assert len({row["statement_id"] for row in rows if row["label"]}) == 280
    assert {row["group_id"] for row in spoken} == {"fed", "reg", "loc", "corp", "civ", "bus", "sci", "rmc"}
    assert {row["coder_id"] for row in spoken} == {"A", "B", "C"}


def test_a_workbook_holds_the_same_rows(demo_store, tmp_path):
    study = need_study(demo_store, "demo-ru")
    header, rows = coded_statements(demo_store, study)
    assert export(demo_store, study, "xlsx", tmp_path / "out.xlsx") == len(rows)
    sheet = load_workbook(tmp_path / "out.xlsx", read_only=True).active
    lines = list(sheet.iter_rows(values_only=True))
    assert list(lines[0]) == header
    assert len(lines) == len(rows) + 1
    assert [lines[1][header.index("text")], lines[-1][0]] == [rows[0][header.index("text")], rows[-1][0]]


@pytest.mark.parametrize("value", NASTY)
def test_no_cell_is_taken_for_a_formula(value):
    assert defused(value) == "'" + value


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize("write", [as_xlsx, lambda header, rows: workbook([Sheet("s", header, rows)])])
def test_a_workbook_keeps_words_as_they_are_and_says_that_they_are_text(value, write):
    cells = load_workbook(io.BytesIO(write(["text"], [[value, "plain"]]))).active[2]
    assert cells[0].value == value
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert [cell.quotePrefix for cell in cells] == [True, False]


def test_plain_words_leave_as_they_are():
    assert [defused(value) for value in ("", "5", "a=b", "— so", "Да")] == ["", "5", "a=b", "— so", "Да"]


def test_formulas_and_control_characters_in_a_talk_reach_no_spreadsheet(fresh_store, tmp_path):
    study = create_study(fresh_store, "", title_en="Panel")
    found = recognise_file(fresh_store, study["id"], "talk.vtt", TALK.encode())
    bring_in_file(fresh_store, "", study, found)
    for form in ("csv", "xlsx"):
        export(fresh_store, study, form, tmp_path / f"out.{form}")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert any(cell.startswith("'=1+1") for cell in cells)
    assert not any(str(cell).startswith(("=", "+", "-", "@")) for cell in cells)
    assert any(str(cell.value).startswith("=1+1") for row in sheet.iter_rows() for cell in row)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_a_workbook_takes_every_character():
    content = as_xlsx(["text"], [["".join(map(chr, range(0x20))) + "😀"]])
    assert "😀" in load_workbook(io.BytesIO(content)).active["A2"].value


@pytest.mark.parametrize("form", ["qdpx", "qdc", "pdf"])
def test_a_form_that_is_not_there_yet_says_so_and_writes_nothing(demo_store, tmp_path, form):
    with pytest.raises(ExportProblem, match=f"“{form}” cannot be written yet"):
        export(demo_store, need_study(demo_store, "demo-en"), form, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_gets_one_sentence(demo_store, tmp_path):
    with pytest.raises(ExportProblem, match="cannot be written"):
        export(demo_store, need_study(demo_store, "demo-en"), "csv", tmp_path)
