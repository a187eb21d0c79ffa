"""Archives that name no moment: the same content is the same bytes, and opens as before."""

from io import BytesIO
from zipfile import ZipFile

from docx import Document
from openpyxl import Workbook, load_workbook

from survey_app.actions.timeless_files import timeless, zipped
from survey_app.actions.word_files import WordFile


def test_an_archive_is_the_same_bytes_whenever_it_is_made():
    assert zipped({"b.txt": b"two", "a.txt": b"one"}) == zipped({"b.txt": b"two", "a.txt": b"one"})
    with ZipFile(BytesIO(zipped({"b.txt": b"two", "a.txt": b"one"}))) as archive:
        assert archive.namelist() == ["b.txt", "a.txt"]
        assert archive.read("a.txt") == b"one"
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_a_workbook_loses_its_moment_and_nothing_else():
    book, out = Workbook(), BytesIO()
    book.active["A1"] = "words"
    book.save(out)
    settled = timeless(out.getvalue())
    assert load_workbook(BytesIO(settled)).active["A1"].value == "words"
    with ZipFile(BytesIO(settled)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2


def test_columns_of_a_word_file_are_as_wide_as_was_asked_for():
    word = WordFile("Title")
    word.table(["a", "b"], [["1", "2"]], (4.0, 9.0))
    (table,) = Document(BytesIO(timeless(word.content()))).tables
    assert [round(cell.width.cm) for cell in table.rows[1].cells] == [4, 9]
