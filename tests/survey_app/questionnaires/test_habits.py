"""Dates and numbers that a column has to tell, and cells in which a spreadsheet could not count."""

import pytest

from survey_app.questionnaires.survey import make_survey
from tests.survey_app.questionnaires.forms import (
    answers_of,
    as_csv,
    noted,
    propose_columns,
    survey_of,
    table_of,
    unfit,
)
from transcripts.people import KnownPerson

PEOPLE = [
    KnownPerson("E1", ("Anna Belova",)),
    KnownPerson("E2", ("Boris Chernov",)),
    KnownPerson("E3", ("Vera Zimina",)),
]


@pytest.mark.parametrize(
    ("cells", "language", "days", "told"),
    [
        (["05/03/2024", "25/03/2024"], "en", ["2024-03-05", "2024-03-25"], ""),
        (["05/03/2024", "05/25/2024"], "ru", ["2024-05-03", "2024-05-25"], ""),
        (["05/03/2024", "06/03/2024"], "ru", ["2024-03-05", "2024-03-06"], "day first"),
        (["05/03/2024", "06/03/2024"], "en", ["2024-05-03", "2024-06-03"], "month first"),
        (["05/03/2024 1:30 PM", "06/03/2024 1:30 PM"], "ru", ["2024-05-03", "2024-06-03"], "month first"),
        (["2024-03-05", "06.03.2024"], "ru", ["2024-03-05", "2024-03-06"], ""),
    ],
)  # fmt: skip
def test_the_order_of_day_and_month_is_one_for_a_column(cells, language, days, told):
    survey = survey_of(as_csv(["id", "Since when?"], ["E1", cells[0]], ["E2", cells[1]]), PEOPLE, language=language)
    assert survey.answers["text"].tolist() == days
    assert [f"Dates in “Since when?” were read with the {told}: no cell tells."] * bool(told) == [
        str(warning) for warning in survey.warnings
    ]


def test_dates_in_both_orders_do_not_fit():
    survey = survey_of(
        as_csv(["id", "Since?"], ["E1", "25/03/2024"], ["E2", "03/25/2024"], ["E3", "2024-03-26"]), PEOPLE
    )
    assert unfit(survey) == {("E1", "q02"): "25/03/2024", ("E2", "q02"): "03/25/2024"}
    assert noted(survey)[2, "25/03/2024"].startswith("has slashes, and the column has dates with the day first")
    assert survey.answers["text"].tolist()[2] == "2024-03-26"


@pytest.mark.parametrize(("third", "counts"), [("25/01/2025 9:00", 3), ("01/25/2025 9:00", 2)])
def test_the_order_of_the_column_says_which_row_is_later(third, counts):
    table = table_of(["Timestamp", "id", "Rate from 1 to 5"], ["10/01/2025 9:00", "E1", "2"],
                     ["09/02/2025 9:00", "E1", "3"], [third, "E2", "4"])  # fmt: skip
    columns = [column for column in propose_columns(table, None) if column.name != "id"]
    survey = make_survey(table, columns, {0: "E1", 1: "E1", 2: "E2"}, double="last")
    assert answers_of(survey, columns[-1].item_id)["E1"] == counts
    assert survey.warnings == ()


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["1,200", "900"], None), (["1,200", "3,5"], 1.2), (["1,200", "2,000,000"], 1200), (["1,200", "3.5"], 1200),
        (["1,200", "3.5", "3,5"], None), (["1,200", "0,125"], 1.2), (["1,200", "1200,500"], 1.2),
        (["2,000,000", "900"], 2_000_000), (["1 200", "7"], 1200), (["1e-7", "3"], 1e-7), (["2.000.000", "5"], 2_000_000),
        (["1,200.50", "5"], 1200.5), (["1.200,50", "5"], 1200.5),
    ],
)  # fmt: skip
def test_the_column_tells_what_a_comma_is(cells, value):
    rows = [[f"E{n}", cell] for n, cell in enumerate(cells, 1)]
    survey = survey_of(as_csv(["id", "How much?"], *rows), PEOPLE)
    if value is not None:
        assert answers_of(survey, "q02")["E1"] == pytest.approx(value)
        assert survey.report == ()
    else:
        assert unfit(survey) == {("E1", "q02"): cells[0]}
        assert "may be a thousand or a fraction" in noted(survey)[2, cells[0]]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#Н/Д", "#value!"])
@pytest.mark.parametrize("others", [("12", "30"), ("agree", "strongly disagree"), ("2024-01-02", "2024-01-03")])
def test_an_error_of_the_spreadsheet_is_no_answer(error, others):
    survey = survey_of(as_csv(["id", "And?"], ["E1", error], ["E2", others[0]], ["E3", others[1]]), PEOPLE)
    assert unfit(survey) == {("E1", "q02"): error}
    assert noted(survey) == {(2, error): "is an error of the spreadsheet and no answer."}
    assert not survey.answers["cannot_say"].any()
