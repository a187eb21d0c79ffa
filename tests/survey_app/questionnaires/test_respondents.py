"""Whose row it is."""

import pytest

from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.respondents import (
    NobodyNamed,
    match,
    need_respondent_column,
    propose_respondent_column,
    respondents,
)
from tests.survey_app.questionnaires.forms import as_csv, propose_columns, table_of
from transcripts.people import KnownPerson

PEOPLE = [
    KnownPerson("C1", ("Анна Белова", "Anna Belova")),
    KnownPerson("C2", ("Борис Чернов", "boris@example.org")),
    KnownPerson("L1", ("Vera Zimina",)),
]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("C1", ("C1", "key")), (" c-1", ("C1", "key")), ("С1", ("C1", "key")), ("Anna Belova", ("C1", "name")),
        ("Белова Анна", ("C1", "name")), ("Зимина Вера Павловна", ("L1", "likeness")), ("boris@example.org", ("C2", "name")),
        ("Olga Somebody", ("", "nobody")), ("", ("", "nobody")),
    ],
)  # fmt: skip
def test_an_expert_is_found_by_id_then_by_name(written, found):
    assert match([written], PEOPLE) == [found]


def test_two_experts_of_one_name_are_a_tie():
    people = [KnownPerson("C1", ("Anna Belova",)), KnownPerson("C2", ("Anna Belova",))]
    assert match(["Anna Belova"], people) == [("", "tie")]


def test_the_column_is_proposed_by_its_values_whatever_its_header():
    table = table_of(["How are you?", "Кто вы"], ["fine", "Anna Belova"], ["fine", "Vera Zimina"])
    assert propose_respondent_column(table, PEOPLE) == "Кто вы"


def test_a_header_is_enough_when_nobody_is_known_yet():
    table = table_of(["Years", "Ваш код участника"], ["3", "X9"], ["4", "X8"])
    assert propose_respondent_column(table, PEOPLE) == "Ваш код участника"


def test_answers_from_1_to_5_are_no_ids_of_experts():
    people = [KnownPerson(str(number), (f"Expert {number}",)) for number in range(1, 6)]
    table = table_of(["Rate it", "id"], ["1", "3"], ["2", "1"], ["3", "2"])
    assert propose_respondent_column(table, people) == "id"


def test_without_such_a_column_there_is_one_sentence():
    with pytest.raises(NobodyNamed, match="No column names the expert"):
        need_respondent_column(table_of(["What hinders?"], ["paper"], ["rules"]), PEOPLE)


def test_who_refused_in_the_form_is_not_proposed():
    table = table_of(["id", "Do you agree?"], ["C1", "Yes"], ["L1", "No"])
    found = respondents(table, "id", PEOPLE, propose_columns(table, None))
    assert [(row.expert_id, row.how) for row in found] == [("C1", "key"), ("", "refused")]


def yandex(*rows):
    return read_questionnaire("answers.csv", as_csv(["ID", "Время создания", "Логин", "Почему?"], *rows))


def test_the_column_that_a_platform_names_is_proposed_where_no_values_tell():
    export = yandex(["71", "2024-01-01 10:00:00", "a.belova", "Так."], ["72", "2024-01-01 11:00:00", "zimina", "Нет."])
    assert export.respondent == "Логин"
    assert propose_respondent_column(export.table, PEOPLE, export) == "Логин"


def test_a_column_with_names_of_experts_goes_before_the_one_that_a_platform_names():
    header = ["ID", "Время создания", "Логин", "Кто вы?"]
    rows = [["71", "2024-01-01 10:00:00", "x", "Анна Белова"], ["72", "2024-01-01 11:00:00", "y", "Vera Zimina"]]
    export = read_questionnaire("answers.csv", as_csv(header, *rows))
    assert propose_respondent_column(export.table, PEOPLE, export) == "Кто вы?"


def test_the_number_that_a_platform_gives_to_an_answer_names_nobody():
    export = yandex(["71", "2024-01-01 10:00:00", "", "Так."], ["72", "2024-01-01 11:00:00", "", "Нет."])
    assert export.respondent is None
    assert propose_respondent_column(export.table, PEOPLE, export) is None
