"""Names of the roster are found in what was said: parts, cases, scripts; ordinary words are left in peace."""

import pytest

from survey_app.publishing.names import name_words, names_within

ROSTER = ["Борис Книжников", "Анна Сосновская", "Виктор Заозёрный", "Кирилл Отрадных", "Юлия Ясенева", "Мария Ли"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Я согласен с Борисом Книжниковым.", ["Борисом", "Книжниковым"]),
        ("Спросите Анну Сосновскую, у Сосновской всё записано.", ["Анну", "Сосновскую", "Сосновской"]),
        ("Заозерному лучше знать.", ["Заозерному"]),
        ("Про это говорил Отрадных.", ["Отрадных"]),
        ("книжникову передали, анне нет", ["книжникову", "анне"]),
        ("As Boris said, Sosnovskaya disagrees.", ["Boris", "Sosnovskaya"]),
        ("Knizhnikov's paper", ["Knizhnikov"]),
    ],
)
def test_a_name_is_found_in_every_case_and_in_either_script(said, found):
    assert names_within(said, ROSTER) == found


def test_a_roster_in_latin_script_is_found_in_russian_speech():
    assert names_within("Об этом скажут Книжников и Сосновская, я за Борисом.", ["Boris Knizhnikov", "Anna Sosnovskaya"]) == [
        "Книжников", "Сосновская", "Борисом",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "В библиотеке остались книжные полки, а книжника не было.",
        "Это отрадно, сосновый лес за заозёрьем.",
        "До первого июля успеем.",  # sounds like Юлия
        "Лишь бы не опоздать, ли это не чудо?",  # Ли is too short to be looked for alone
        "The borisovite is a mineral; an annual report.",
    ],
)
def test_a_word_that_only_holds_or_resembles_a_name_is_no_name(said):
    assert names_within(said, ROSTER) == []


def test_a_name_that_is_also_a_word_is_found_wherever_it_stands_the_safe_side():
    assert names_within("Вера в услуги растёт, и моя вера тоже.", ["Вера (модератор)"]) == ["Вера", "вера"]
    assert names_within("Question mark, said Mark.", ["Mark Stone"]) == ["mark", "Mark"]


def test_a_short_form_is_found_but_an_ordinary_word_like_it_is_not():
    assert names_within("Света подтвердит, Саша тоже.", ["Светлана Хлебина", "Александр Петров"]) == ["Света", "Саша"]
    assert names_within("Уличный свет горит, he pays the bill.", ["Светлана Хлебина", "William Tell"]) == []


def test_a_part_of_two_letters_is_found_only_with_the_whole_name():
    assert names_within("Мария Ли, а потом Ли Мария.", ["Ян Ли", "Ли Мария"])[-2:] == ["Мария Ли", "Ли Мария"]
    assert names_within("Ян Ли был там", ["Ян Ли"]) == ["Ян Ли"]
    assert names_within("был ли Ян там", ["Ян Ли"]) == ["ли Ян"]


@pytest.mark.parametrize(
    ("display_name", "words"),
    [
        ("iPad (Boris)", ["Boris"]),
        ("Galaxy A52", []),
        ("Prof. Knizhnikov", ["Knizhnikov"]),
        ("Galina Prigorskaya | town administration", ["Galina", "Prigorskaya"]),
        ("Roman K. - construction", ["Roman"]),
        ("Elena R. (Courtyards and Parks)", ["Elena", "R"]),
        ("Lugova Irina (irina_l)", ["Lugova", "Irina"]),
        ("denis_v", ["denis", "v"]),
        ("Vera (moderator)", ["Vera"]),
        ("Tech host", []),
        ("Speaker 3", []),
        ("Эксперт 12", []),
        ("Tang, Audrey", ["Tang", "Audrey"]),
        ("Павел Горновой, госкорпорация", ["Павел", "Горновой"]),
    ],
)
def test_devices_titles_roles_and_affiliations_of_a_display_name_are_no_names(display_name, words):
    assert name_words(display_name) == words


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("We asked Zaozernogo, then Sosnovskoy and Yasenevu.", ["Zaozernogo", "Sosnovskoy", "Yasenevu"]),
        ("Knizhnikovym they were proud, Borisa they met.", ["Knizhnikovym", "Borisa"]),
        ("Write to @vzaozerny or to v.zaozerny@mail.example today.", ["v.zaozerny", "@vzaozerny"]),
        ("The accounts b_knizhnikov, sosnovskaya77 and annasosnovskaya", ["annasosnovskaya", "b_knizhnikov", "sosnovskaya77"]),
        ("See t.me/vzaozerny for it.", ["vzaozerny"]),
        ("kirill-otradnyh", ["kirill", "otradnyh"]),
    ],
)  # fmt: skip
def test_latin_letters_hide_neither_a_case_of_russian_nor_a_name_within_an_account(said, found):
    assert names_within(said, ROSTER) == found


@pytest.mark.parametrize(
    "said",
    [
        "Marine engineers market a brown mstone.",
        "Ask Vicky.",  # a given name of its own, that would be a case of Viktor
        "Mail info@vera.example, see @anything and a_b_c.",
        "The Boris-like thing is in variable_name_2.",
    ],
)  # fmt: skip
def test_no_common_word_and_no_other_name_is_taken_for_a_case_or_an_account(said):
    assert names_within(said, ["Марина Волкова", "Карл Мартов", "Виктор Заозёрный", "Денис Браун"]) == []


def test_no_names_no_finds():
    assert names_within("Boris said so.", []) == []
    assert names_within("", ROSTER) == []


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Then 李雷说 no.", "李雷", ["李雷"]),
        ("As Bo told us", "Bo", ["Bo"]),
        ("Слово дали Алекса\u0301ндру", "Александр", ["Александру"]),
    ],
)
def test_short_names_names_without_spaces_and_marked_stress_are_found(text, name, found):
    assert names_within(text, [name]) == found
