"""What a column is proposed to be, without a guide to compare it with."""

import pytest

from survey_app.questionnaires.column import LEAVE_OUT
from survey_app.questionnaires.confirming import as_kind, lines_of, with_points
from survey_app.questionnaires.scales import propose_scale
from survey_app.questionnaires.survey import DoesNotFit, says
from tests.coding.demo_study import guide
from tests.survey_app.questionnaires.forms import column_of, propose_columns, table_of


def levels(column):
    return [(point["value"], point["en"] or point["ru"]) for point in column.points]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["agree", "strongly agree", "disagree", "agree"], "likert"),
        (["Скорее согласен(на)", "Полностью согласен(на)", "Не согласен(на)"], "likert"),
        (["1 — Никогда", "3 — Иногда", "2 — Редко"], "likert"),
        (["Agree (4)", "Disagree (2)", "Agree (4)"], "likert"),
        (["yes", "no", "yes", "yes"], "single"),
        (["12", "7 ", "40", "3"], "numeric"),
        (["2 года / 2 years", "10", "3,5", "75 %"], "numeric"),
        (["2024-01-03", "2024-02-11"], "date"),
        (["11.10.2022", "1.2.2023"], "date"),
        (["Roads;Water", "Water", "Roads;Schools", "Schools;Water"], "multi"),
        (["Roads, Water", "Water, Schools", "Roads", "Roads, Schools"], "multi"),
        (["a; b; c", "b; a; c", "c; b; a"], "rank"),
        (["We lost a year.", "Nobody asked us, and nobody will.", "Funding, staff, patience."], "open"),
        (["No time, no money.", "No time, no staff.", "No money, no staff."], "open"),
    ],
)
def test_the_type_is_proposed_from_the_values(values, kind):
    assert column_of("What do you say?", *values).kind == kind


@pytest.mark.parametrize(
    ("header", "values", "why"),
    [
        ("Отметка времени", ["11.10.2022 11:58:31", "12.10.2022 9:00:00"], "time"),
        ("Timestamp", ["12/15/2025 10:18:29 GMT+7", "12/16/2025 10:18:29 GMT+7"], "time"),
        ("Согласие на обработку персональных данных", ["Да", "Да"], "consent"),
        ("Do you agree?", ["Yes", "No"], "consent"),
        ("Адрес электронной почты", ["a@example.org", "b@example.org"], "personal"),
        ("How can we reach you", ["a@example.org", "+7 900 000-00-00"], "personal"),
        ("Ваше имя", ["Анна", "Борис"], "personal"),
        ("The session is recorded. Do you agree?", ["Yes", "No"], "consent"),
        ("Какую группу вы представляете?", ["ОМСУ", "Бизнес"], "group"),
        ("Nobody answered this", ["", ""], "empty"),
    ],
)
def test_what_is_no_answer_is_proposed_to_be_left_out(header, values, why):
    column = (
        column_of(header, *values) if any(values) else propose_columns(table_of(["id", header], ["E1", ""]), None)[1]
    )
    assert (column.kind, column.why) == (LEAVE_OUT, why)


@pytest.mark.parametrize(
    "header",
    [
        "Согласны ли вы, что записи должны публиковаться?", "Do you agree that records should be public?",
        "Вы пользуетесь телефоном?", "Do you use Telegram?", "Which group of users suffers most?",
    ],
)  # fmt: skip
def test_an_opinion_about_such_things_is_kept(header):
    assert column_of(header, "Да", "Нет", "Да", "Да").kind == "single"


def test_levels_that_nobody_chose_are_filled_in():
    column = column_of("How often?", "never", "often", "often")
    assert levels(column) == [(1, "never"), (2, "rarely"), (3, "sometimes"), (4, "often"), (5, "always")]


def test_two_wordings_in_one_language_are_two_levels():
    column = column_of("Do you think so?", "somewhat agree", "agree", "strongly disagree")
    assert [says(column, cell)[0].value for cell in ("somewhat agree", "agree", "strongly disagree")] == [5, 6, 1]
    column = column_of("How good is it?", "very good", "excellent", "bad", "bad", "excellent", "very good")
    assert column.kind == "single"


def test_two_languages_of_one_level_count_as_one():
    column = column_of("Do you think so?", "Agree", "Согласен(на)", "Strongly disagree", "agree")
    assert [says(column, cell)[0].value for cell in ("Agree", "согласен", "strongly disagree")] == [4, 4, 1]


def test_a_scale_of_the_guide_is_known_by_its_words_and_not_by_their_numbers():
    agree = ({"value": 1.0, "en": "strongly disagree", "ru": ""}, {"value": 2.0, "en": "strongly agree", "ru": ""})
    assert propose_scale(["1 - Strongly disagree", "2"], [agree]) == agree
    found = propose_scale(["1 - Very satisfied", "2 - Very dissatisfied"], [agree])
    assert [point["en"] for point in found] == ["Very satisfied", "Very dissatisfied"]


@pytest.mark.parametrize(
    ("header", "kind", "range_"),
    [
        ("Оцените от 1 до 5", "likert", (1, 5)), ("Rate (0-10)", "likert", (0, 10)),
        ("Сколько процентов (0–100)?", "numeric", (0, 100)),
    ],
)  # fmt: skip
def test_a_range_in_the_header_holds_where_most_keep_to_it(header, kind, range_):
    column = column_of(header, "1", "2", "5", "3", "4", "555")
    values = [point["value"] for point in column.points] or [column.lowest, column.highest]
    assert (column.kind, (values[0], values[-1])) == (kind, range_)
    with pytest.raises(DoesNotFit):
        says(column, "555")


def test_numbers_that_say_nothing_by_custom_are_no_strays():
    column = column_of("Rate from 1 to 5", "1", "2", "5", "3", "4", "99")
    assert [said.cannot_say for said in says(column, "99")] == [True]


def test_where_many_are_outside_the_range_is_not_meant():
    assert column_of("Rate 0-10, then years", "12", "15", "7", "30").highest is None


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["Route 5", "2 more lifts", "Bus 17"], "open"), (["5 лет", "1 год / 1 year", "12", "10 years"], "numeric"),
        (["75 %", "около 40%", "1e-7"], "numeric"), (["1", "2", "3", "40", "5 lifts"], "numeric"),
        (["1", "2", "30", "5 lifts"], "open"),
    ],
)  # fmt: skip
def test_words_with_a_number_in_them_are_words(cells, kind):
    assert column_of("And?", *cells).kind == kind


def test_a_bare_number_is_the_point_whose_words_stand_elsewhere():
    cells = ["1 — Категорически не согласен(на)", "3 — Нейтрально", "5 — Полностью согласен(на)", "3", "2"]
    column = column_of("Согласны ли вы, что так лучше?", *cells)
    assert column.kind == "likert"
    assert [says(column, cell)[0].value for cell in cells] == [1, 3, 5, 3, 2]


def test_the_files_own_words_stand_on_the_scale():
    column = column_of("Согласны?", "Категорически не согласен(на)", "Согласен(на)", "Полностью согласен(на)")
    assert [point["ru"] for point in column.points][::4] == ["Категорически не согласен(на)", "Полностью согласен(на)"]
    assert [point["en"] for point in column.points][:1] == ["strongly disagree"]


@pytest.mark.parametrize(
    "words", ["Затрудняюсь ответить", "затрудняюсь ответить / cannot say", "Don't know", "N/A", "98", "-1"]
)
def test_cannot_say_is_never_a_midpoint(words):
    column = column_of("Rate it from 1 to 5", "1", "5", words, "3")
    assert (column.kind, len(column.points)) == ("likert", 5)
    (said,) = says(column, words)
    assert said.cannot_say
    assert said.value is None


def test_a_number_declared_in_the_header_says_nothing():
    column = column_of("Probability (0–100; -1 = cannot say)", "70", "-1", "98", "15")
    assert column.kind == "numeric"
    assert [said.value for cell in ("98", "-1") for said in says(column, cell)] == [98, None]


def test_plain_numbers_are_a_scale_only_where_a_range_is_named():
    assert column_of("Оцените от 1 до 7", "2", "6", "7").kind == "likert"
    assert len(column_of("Оцените от 1 до 7", "2", "6", "6").points) == 7
    assert column_of("Years of work", "2", "6", "7").kind == "numeric"


def test_a_grid_shares_its_scale():
    header = ["id", "How much? [roads]", "How much? [schools]"]
    table = table_of(header, ["E1", "a little", "a lot"], ["E2", "a little", "not at all"], ["E3", "a little", "a lot"])
    roads, schools = propose_columns(table, None)[1:]
    assert roads.kind == schools.kind == "likert"
    assert levels(roads) == levels(schools)
    assert roads.parent_id == schools.parent_id != ""
    assert (roads.parent_label[0], roads.label[0]) == ("How much?", "roads")


def test_a_ranking_as_a_grid_of_places():
    header = ["id", "Rank [a]", "Rank [b]", "Rank [c]"]
    table = table_of(header, ["E1", "1", "3", "2"], ["E2", "2", "1", ""], ["E3", "3", "2", "1"])
    columns = propose_columns(table, None)[1:]
    assert {column.kind for column in columns} == {"rank"}
    assert says(columns[0], "3")[0].value == 3


def test_a_ranking_as_a_grid_of_options():
    header = ["id", "Rank them [1st place]", "Rank them [2nd place]"]
    table = table_of(header, ["E1", "roads", "water"], ["E2", "water", "schools"])
    first, second = propose_columns(table, None)[1:]
    assert first.kind == second.kind == "rank"
    (said,) = says(first, "water")
    (again,) = says(second, "water")
    assert said.item_id == again.item_id
    assert (said.value, again.value) == (1, 2)


def test_a_ranking_of_the_guide_may_stand_the_other_way_round():
    question = "Rank the three most important principles"
    header = ["id", f"{question} [1]", f"{question} [2]", f"{question} [3]"]
    table = table_of(header, ["E1", "one window", "human-sizedness", "digital by default"])
    columns = propose_columns(table, guide())[1:]
    assert [(said.item_id, said.value) for said in says(columns[1], "human-sizedness")] == [("t1.c2.human", 2)]


def test_a_ranking_as_a_list():
    column = column_of("Rank", "a; b; c", "c; a; b", "b; a; c")
    order = {said.item_id: said.value for said in says(column, "c; a; b")}
    assert sorted(order.values()) == [1, 2, 3]
    names = {f"{column.item_id}.{n}": point["en"] for n, point in enumerate(column.points, 1)}
    assert {names[item_id]: place for item_id, place in order.items()} == {"c": 1, "a": 2, "b": 3}


def test_an_option_with_a_comma_of_its_own_stays_whole():
    column = column_of("Which?", "Roads, bridges, Water", "Water, Schools", "Roads, bridges", "Schools, Roads, bridges")
    assert [point["en"] for point in column.points] == ["Roads, bridges", "Water", "Schools"]
    assert [said.value for said in says(column, "Roads, bridges, Water")] == [1, 1, 0]


def test_words_beside_the_options_are_kept_with_the_option_for_them():
    column = column_of("Which?", "Roads;Water", "Water;Roads", "Roads;nobody, frankly")
    assert [point["en"] for point in column.points] == ["Roads", "Water", "other"]
    assert [(said.value, said.text) for said in says(column, "Roads;nobody, frankly")] == [
        (1, ""), (0, ""), (1, "nobody, frankly"),
    ]  # fmt: skip


def test_a_question_of_the_guide_is_known_in_either_language_or_both():
    asked = ["What helped when something did work?", "Что помогло там, где получилось?",
             "Что помогло там, где получилось? / What helped when something did work?",
             "What helped when something did work?\n(one example is enough)"]  # fmt: skip
    for header in asked:
        assert propose_columns(table_of(["id", header], ["E1", "Neighbours."]), guide())[1].item_id == "t2.o2"


def test_a_line_that_the_guide_lacks_takes_the_scale_of_its_matrix():
    header = "How strongly does each factor hinder digitalization? [bad weather]"
    column = propose_columns(table_of(["id", header], ["E1", "blocks"]), guide())[1]
    assert (column.parent_id, column.kind, column.code_id) == ("t2.c1", "likert", "")
    assert says(column, "blocks")[0].value == 5


def test_a_question_asked_twice_gets_two_items():
    header = "What helped when something did work?"
    columns = propose_columns(table_of(["id", header, header.upper()], ["E1", "a", "b"]), guide())
    assert len({column.item_id for column in columns}) == 3


def test_headers_that_are_keys_stay_apart_from_ours():
    table = table_of(["id", "x y", "q02", "visits", "q04"], ["E1", "a", "b", "3", "d"], ["E2", "a", "b", "4", "d"])
    ids = [column.item_id for column in propose_columns(table, None)]
    assert len(set(ids)) == 5
    assert "visits" in ids


def test_an_option_may_have_a_column_of_its_own():
    column = propose_columns(table_of(["id", "t2.c2.data"], ["E1", "1"], ["E2", "0"]), guide())[1]
    assert (column.kind, column.parent_id, column.code_id) == ("multi", "t2.c2", "enab.data")
    assert [says(column, cell)[0].value for cell in ("1", "0", "Да", "No")] == [1, 0, 1, 0]


def test_a_person_may_say_otherwise_and_go_back():
    values = ["yes", "no", "yes", "yes"]
    column = column_of("Really?", *values)
    assert as_kind(column, values, "open").points == ()
    assert as_kind(column, values, LEAVE_OUT).kept is False
    assert [point["en"] for point in as_kind(column, values, "likert").points] == ["yes", "no"]


def test_the_order_of_a_scale_is_what_the_person_writes():
    column = as_kind(column_of("How?", "some", "none", "much", "some"), ["some", "none", "much"], "likert")
    assert lines_of(column) == ["1 = some", "2 = none", "3 = much"]
    ordered = with_points(column, ["none", "some", "much"])
    assert [says(ordered, cell)[0].value for cell in ("none", "some", "much")] == [1, 2, 3]
    assert levels(with_points(ordered, ["none", "a little", "some", "much"]))[1] == (2, "a little")
    turned = with_points(ordered, ["3 = none", "2 = some", "1 = much", "1 = a lot / много"])
    assert [says(turned, cell)[0].value for cell in ("none", "some", "much", "много")] == [3, 2, 1, 1]


def test_points_that_nobody_touches_stay_as_they_are():
    header = "How strongly does each factor hinder digitalization? [lack of funding]"
    for column in (
        propose_columns(table_of(["id", header], ["E1", "blocks"]), guide())[1],
        column_of("How is it?", "fair / удовлетворительно", "good / хорошо"),
        column_of("Rate from 0 to 10", "3", "9"),
        column_of("Which?", "Roads;Water", "Water;Roads", "Roads;nobody, frankly"),
    ):
        assert with_points(column, lines_of(column)) == column


def test_reordered_options_of_the_guide_keep_their_codes():
    header = "Choose up to three factors that helped most"
    column = propose_columns(table_of(["id", header], ["E1", "refusal of paper"]), guide())[1]
    turned = with_points(column, lines_of(column)[::-1])
    ticked = [said.item_id for said in says(turned, "refusal of paper") if said.value]
    assert ticked == ["t2.c2.paperless"]
