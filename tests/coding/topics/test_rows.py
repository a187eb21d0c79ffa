"""A column of a CSV file, however people save it; what is no table is refused without a byte of it."""

import csv
import gzip

import pytest

from coding.topics.rows import UnusableTable, read_rows

SAID = ["Реестр не знает портала.", 'The register, "so to say".', "two\nlines"]


def written(folder, rows, *, encoding="utf-8", separator=",", name="table.csv"):
    file = folder / name
    with file.open("w", encoding=encoding, newline="") as opened:
        csv.writer(opened, delimiter=separator).writerows(rows)
    return file


def texts(rows, column="text"):
    return [row[column] for row in rows.cells]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_common_encoding_and_separator(tmp_path, encoding, separator):
    file = written(tmp_path, [["n", "text"], *enumerate(SAID)], encoding=encoding, separator=separator)
    found = read_rows(file, ["text"])
    assert texts(found) == SAID
    assert found.notices == ()


def test_a_guessed_encoding_is_said(tmp_path):
    file = written(tmp_path, [["n", "text"], *enumerate([SAID[0]] * 30)], encoding="cp1251")
    found = read_rows(file, ["text"])
    assert texts(found) == [SAID[0]] * 30
    assert "cp1251" in str(found.notices[0])


def test_a_cell_may_be_as_long_as_a_book(tmp_path):
    long = "word " * 60_000
    file = written(tmp_path, [["text"], [long], ["short"]])
    usual = csv.field_size_limit()
    assert texts(read_rows(file, ["text"])) == [long, "short"]
    assert csv.field_size_limit() == usual, "other files keep their limit"


@pytest.mark.parametrize("nothing", ["nan", "NaN", "None", "N/A", "null", " NULL ", "#N/A", ""])
def test_a_cell_that_says_it_is_empty_is_empty_and_counted(tmp_path, nothing):
    file = written(tmp_path, [["text", "n"], ["nothing is null and void", 1], [nothing, 2], ["none of it", 3]])
    found = read_rows(file, ["text"])
    assert [each.strip() for each in texts(found)] == ["nothing is null and void", "", "none of it"]
    assert [str(each) for each in found.notices] == [
        "1 cell of the column text is empty or says that it is (nan, null, none, n/a)."
    ]


def test_of_columns_with_one_name_the_first_is_read_and_it_is_said(tmp_path):
    found = read_rows(written(tmp_path, [["text", "n", "text"], ["first", 1, "last"]]), ["text"])
    assert texts(found) == ["first"]
    assert [str(each) for each in found.notices] == ["The column text is there 2 times; the first is read."]


def test_a_short_row_has_empty_cells(tmp_path):
    file = tmp_path / "table.csv"
    file.write_text("n,text,group\n1,one,a\n2\n\n3,three\n", "utf-8")
    found = read_rows(file, ["text", "group"])
    assert found.cells == (
        {"text": "one", "group": "a"}, {"text": "", "group": ""}, {"text": "three", "group": ""},
    )  # fmt: skip


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
BINARY = {
    "picture": PICTURE, "packed": gzip.compress(PICTURE * 9), "zeros in text": b"text\nab\0cd\n",
    "book": b"PK\x03\x04" + bytes(range(1, 200)), "control letters": bytes([*range(1, 9), *range(14, 32)]) * 20,
}  # fmt: skip


@pytest.mark.parametrize("name", BINARY)
def test_what_is_no_text_is_refused_in_one_sentence_without_a_byte_of_it(tmp_path, name):
    file = tmp_path / "table.csv"
    file.write_bytes(BINARY[name])
    with pytest.raises(UnusableTable) as refused:
        read_rows(file, ["text"])
    assert str(refused.value) == f"The file {file} is not a table in CSV form. Save it as CSV."
