"""Headers below the header."""

from survey_app.questionnaires.header_rows import without_header_rows
from survey_app.questionnaires.reading import read_questionnaire
from tests.survey_app.questionnaires.forms import as_csv

HEADER = ["id", "Why?", "How often?"]


def test_a_header_repeated_in_mid_table_is_left_out_with_a_warning():
    table = read_questionnaire("form.csv", as_csv(HEADER, ["E1", "So.", "1"], HEADER, ["E2", "Thus.", "2"])).table
    assert table.values("id") == ["E1", "E2"]
    assert [str(warning) for warning in table.warnings] == ["Row 3 repeats the header and was left out."]


def test_several_are_counted_and_named():
    rows = [line for number in range(1, 8) for line in ([f"E{number}", "So.", "1"], ["id", "WHY?", ""])]
    (warning,) = without_header_rows([HEADER, *rows]).warnings
    assert str(warning) == "7 rows repeat the header and were left out: 3, 5, 7, 9, 11, …."


def test_an_answer_in_the_words_of_a_heading_stays():
    lines = [["Roads", "Water"], ["Roads", ""], ["Roads", "no"], ["", "Water"]]
    assert without_header_rows(lines).lines == lines


def test_a_header_in_the_other_language_is_known_by_its_first_cell():
    known = {"timestamp", "отметка времени"}
    lines = [["Timestamp", "Why?"], ["Отметка времени", "Почему?"], ["1.2.2024", "So"], ["Отметка времени", "Почему?"]]
    body = without_header_rows(lines, known)
    assert body.lines == [lines[0], lines[2]]
    assert body.other == ("Отметка времени", "Почему?")
    assert [str(warning) for warning in body.warnings] == ["Row 4 repeats the header and was left out."]
