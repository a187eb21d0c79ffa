"""What could identify somebody is found at its exact place, rule by rule, in both languages."""

import csv
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.deidentify import Found, How, Kind, Known, find
from transcripts.name_recogniser import recogniser
from transcripts.reading import read_file

DEMO = Path(__file__).parent.parent.parent / "survey_app" / "starter" / "demo"
ROSTER = [
    Known("F2", ("Irina Lugova", "Лугова Ирина")),
    Known("N1", ("Борис Книжников", "iPad (Boris)")),
    Known("C3", ("denis_v",)),
    Known("org", ("Портал услуг", "Service Portal"), Kind.ORGANISATION),
    Known("town", ("Заречный",), Kind.PLACE),
]


def places(text, **choices):
    """Where the marked words of a text stand, and what is found in it without the marks."""
    marked, plain, at = [], "", 0
    for part in re.split(r"(\{[^}]*\})", text):
        words = part.strip("{}") if part.startswith("{") else part
        if part.startswith("{"):
            marked.append((at, at + len(words)))
        plain += words
        at += len(words)
    return marked, find(plain, "ru", ROSTER, **choices)


def check(text, *kinds):
    marked, found = places(text)
    assert [(each.start, each.end) for each in found] == marked, found
    assert tuple(each.kind for each in found) == kinds


PERSON, PLACE, ORGANISATION, POSITION = Kind.PERSON, Kind.PLACE, Kind.ORGANISATION, Kind.POSITION


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Об этом скажет {Ирина Лугова}.", "F2"),
        ("Спросите {Ирину Лугову}, она знает.", "F2"),
        ("спросите {ирину}, она знает", "F2"),
        ("Это к {Ириной Петровной}.", "F2"),
        ("Как пишет {И. Лугова}, всё готово.", "F2"),
        ("Доклад {Луговой И. П.} готов.", "F2"),
        ("{Ира} это знает.", "F2"),
        ("{Ирочка} и {Иринка} — это она.", "F2"),
        ("Спросите у {иринки}, она знает.", "F2"),
        ("Статья {Knizhnikov} и отчёт.", "N1"),
        ("Ask {Irina} about it.", "F2"),
        ("Then {B. Knizhnikov} replied.", "N1"),
        ("{Boris}'s paper is good.", "N1"),
        ("The {Knizhnikovs} came.", "N1"),
        ("i asked {lugova} about it", "F2"),
        ("Простите, «{denis_v}» — это я.", "C3"),
    ],
)
def test_somebody_of_the_roster_is_found_in_every_form(text, key):
    marked, found = places(text)
    assert [(each.start, each.end, each.kind, each.how, each.risk, each.known) for each in found] == [
        (start, end, PERSON, How.ROSTER, 1, key) for start, end in marked
    ]


def test_all_forms_of_one_name_have_one_form():
    _marked, found = places("Мариной Сергеевной довольны, Марина Сергеевна рада. О Марине Сергеевне писали.")
    assert {each.form for each in found} == {"марина сергеевна"}
    assert len(found) == 3
    _marked, found = places("Ирину спросили, Irina Lugova ответила, Луговой записали.")
    assert {(each.form, each.known) for each in found} == {("irina lugova", "F2")}


def test_a_surname_of_somebody_else_is_not_taken_for_the_one_who_is_known():
    _marked, found = places("А вот Ирина Соколова и П. Лугова не согласны.")
    assert [(each.kind, each.known) for each in found] == [(PERSON, ""), (PERSON, "")]


def test_known_organisations_and_places_are_found_in_their_cases():
    check("На {портале услуг} пусто, в {Заречном} тоже.", ORGANISATION, PLACE)
    check("The {service portal} is empty.", ORGANISATION)
    assert [each.known for each in places("На портале услуг.")[1]] == ["org"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Почта {anna.s+work@mail.example.ru}, пишите.", (Kind.EMAIL,)),
        ("Пишите на {anna точка s собака mail точка ru} всегда.", (Kind.EMAIL,)),
        ("Write to {anna at example dot org} please.", (Kind.EMAIL,)),
        ("Вот форма: {https://example.org/form?id=7}.", (Kind.LINK,)),
        ("It is on {www.example.org}, or {example.com/x}.", (Kind.LINK, Kind.LINK)),
        ("Пишите в {t.me/lesnik_77} или {@lesnik_77}.", (Kind.HANDLE, Kind.HANDLE)),
        ("Мой ник: {lesnik_77}, запомните.", (Kind.HANDLE,)),
        ("Звоните {+7 (916) 555-21-43} или {8-916-555-21-43}.", (Kind.PHONE, Kind.PHONE)),
        ("Call {+44 20 7946 0958}, or {555-123-4567}.", (Kind.PHONE, Kind.PHONE)),
        ("Телефон {89165552143}, внутренний {45-67-89}.", (Kind.PHONE, Kind.PHONE)),
        ("СНИЛС {112-233-445 95}, ИНН {7707083893}.", (Kind.DOCUMENT, Kind.DOCUMENT)),
        ("Паспорт {45 08 123456} выдан.", (Kind.DOCUMENT,)),
        ("Договор {№ 45/12-К} подписан.".replace("{№ ", "№ {"), (Kind.DOCUMENT,)),
        ("Policy number {AB-123456} expired.", (Kind.DOCUMENT,)),
        ("В базе он {4815162342}.", (Kind.NUMBER,)),
        ("Встретились {15.01.2026}, потом {2026-02-03}.", (Kind.DATE, Kind.DATE)),
        ("Встретились {15 января 2026 года} и {3 марта}.", (Kind.DATE, Kind.DATE)),
        ("Это было {третье марта двадцать шестого года}.", (Kind.DATE,)),
        ("We met on {March 3, 2026} and {5th of May}.", (Kind.DATE, Kind.DATE)),
        ("Он {1988 года рождения}.", (Kind.DATE,)),
        ("Она {тысяча девятьсот восемьдесят восьмого года рождения}.", (Kind.DATE,)),
        ("She was born in {nineteen eighty-eight}.", (Kind.DATE,)),
        ("Мне {47 лет}, ему {тридцать семь лет}.", (Kind.OTHER, Kind.OTHER)),
        ("Мне {сорок}, ему {33}, и мне 33 раза сказали.", (Kind.OTHER, Kind.OTHER)),
        ("Возраст — {двадцать девять}, а дальше пусто.", (Kind.OTHER,)),
        ("I am {47 years old}, she is {thirty-seven years old}.", (Kind.OTHER, Kind.OTHER)),
        ("Полис {семь-семь-два-два, четыре-четыре-пять-пять}, верно?", (Kind.DOCUMENT,)),
        ("Номер {плюс семь, девятьсот шестнадцать, пятьсот пятьдесят пять, двадцать один, сорок три}.", (Kind.PHONE,)),
        ("It is {plus one, five five five, double two, oh one nine}.", (Kind.PHONE,)),
    ],
)
def test_what_identifies_by_its_shape_is_found(text, kinds):
    check(text, *kinds)


@pytest.mark.parametrize(
    "text",
    [
        "По закону № 152-ФЗ и постановлению № 1234 так нельзя.",
        "The law No. 152 and article 13 say so.",
        "Бюджет 1 500 000 рублей, 250000 жителей, 35 процентов.",
        "It costs twenty-five thousand three hundred and five, and two or three more.",
        "Двадцать пять тысяч триста человек, раз, два, три.",
        "К 2030 году будет лучше, в пункте 3.2.1 написано.",
        "Школа открыта 24/7, с 10:30 до 12:45.",
        "We may march in a second, on Monday, as Russian teams do.",
        "Заявление подаёт семья, и так три раза в месяц.",
        "Ну, Вы понимаете, что это Интернет.",
        "After the fire the inspectors and analysts left.",
    ],
)
def test_laws_amounts_and_common_words_identify_nobody(text):
    check(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Говорит {начальник отдела закупок}.", (POSITION,)),
        ("Был там {заместитель министра цифрового развития}.", (POSITION,)),
        ("Позвали {главного бухгалтера} и {учительницу}.", (POSITION, POSITION)),
        ("Это {специалист}".replace("{специалист}", "специалист") + ", а это {инженер по закупкам}.", (POSITION,)),
        ("I am {deputy head of the tax office}.", (POSITION,)),
        ("She is a {chief accountant}, he is a {surgeon}.", (POSITION, POSITION)),
        ("Работаю в {ООО «Ромашка»} давно.", (ORGANISATION,)),
        ("Это решает {министерство цифрового развития}.", (ORGANISATION,)),
        ("Учился, {Казанский федеральный университет}, давно.", (ORGANISATION,)),
        ("He is from the {Ministry of Finance}, not {Acme Ltd}.", (ORGANISATION, ORGANISATION)),
        ("Живу на {улице Садовой}, {д. 5}, {кв. 7}.", (PLACE, PLACE, PLACE)),
        ("Приехал из {Ленинградской области}, потом {ростовская область}.", (PLACE, PLACE)),
        ("Родом из {Перми}, а он из {Ростова-на-Дону}.", (PLACE, PLACE)),
        ("I live in the {city of Tartu}, on {Baker Street}.", (PLACE, PLACE)),
    ],
)
def test_positions_organisations_and_places_are_found_with_their_words(text, kinds):
    check(text, *kinds)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Вчера {Тимур} сказал.", (PERSON,)),
        ("вчера {тимур} сказал, и {николаевна} тоже", (PERSON, PERSON)),
        ("меня зовут {айсулу}, её зовут {Заря}", (PERSON, PERSON)),
        ("my name is {alice} and i was born here", (PERSON,)),
        ("My name is not important, меня зовут на помощь.", ()),
        ("Вот и {Мариночка} пришла, и {Палыч}.", (PERSON, PERSON)),
        ("Вот и {Павел Горновой} пришёл.", (PERSON,)),
        ("Ну и {Заречин} согласен.", (PERSON,)),
        ("Мы взяли {Кварцит}, и всё.".replace("Кварцит", "Зубрилум"), (Kind.OTHER,)),
        ("We asked {Fenwick} yesterday.", (Kind.OTHER,)),
        ("Ask {Mr Smith} or".replace("{Mr ", "Mr {") + " {Tom}.", (PERSON, PERSON)),
    ],
)
def test_names_that_nobody_told_of_are_found(text, kinds):
    check(text, *kinds)


def test_a_word_that_the_text_has_in_small_letters_is_no_name():
    check("We sell widgets. Our Widgets are good, said the Widgets team.")


def test_risks_go_from_names_to_what_hardly_identifies():
    text = "Лугова, +7 916 555-21-43, министерство финансов, 3 марта 2026, работаю двадцать лет, врач."
    risks = [each.risk for each in find(text, "ru", ROSTER)]
    assert risks == [1, 1, 2, 3, 4, 4]


def test_what_a_recogniser_sees_goes_in_and_is_found_elsewhere_too():
    def sees(text):
        return [(text.index("Луч"), text.index("Луч") + 3, Kind.ORGANISATION), (0, 4, PERSON)]

    text = "Зора сказала, что Луч закрыт. Так говорит Зора."
    found = find(text, "ru", (), sees)
    assert [(text[each.start : each.end], each.kind, each.how) for each in found] == [
        ("Зора", PERSON, How.RECOGNISED), ("Луч", ORGANISATION, How.RECOGNISED), ("Зора", PERSON, How.RECOGNISED),
    ]  # fmt: skip


@pytest.mark.skipif(recogniser("ru") is None, reason="Natasha is not installed")
def test_natasha_sees_people_organisations_and_places():
    text = "Мы говорили. Вчера Ольга Зверева из Газпрома приехала в Саратов."
    found = recogniser("ru")(text)
    assert [(text[start:end], kind) for start, end, kind in found] == [
        ("Ольга Зверева", PERSON), ("Газпрома", ORGANISATION), ("Саратов", PLACE),
    ]  # fmt: skip


PIECES = ["Ирина Лугова", "anna@example.org", "+7 916 555-21-43", "ООО «Ромашка»", "начальник отдела", "15.01.2026", "и", "сказала, что", "Boris", "Deputy Head of", ". ", "№ 7", "Пермь", "(", "семь-семь-два-два-пять", "_", "\u0301"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["", " ", "\n"]))
def test_places_are_in_order_within_the_text_and_none_inside_another(pieces, between):
    text = between.join(pieces)
    found = find(text, "ru", ROSTER)
    assert all(isinstance(each, Found) and 0 <= each.start < each.end <= len(text) for each in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


def demo_rows(name):
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def demo_roster():
    names = defaultdict(list)
    for row in demo_rows("experts.csv"):
        names[row["expert_id"]] += [row["name_en"], row["name_ru"]]
    for row in demo_rows("aliases.csv"):
        names[row["person_id"]].append(row["display_name"])
    return [Known(key, tuple(each)) for key, each in names.items()]


NO_MENTIONS = "very travel travin version verify pavement дальнего дальней верх вернуться вернусь верю верят вероятно вернулся вернулась верны вернее верно вернётся вернули мария марию maria"  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("session", ["S-A", "S-B", "S-C"])
def test_every_mention_of_an_expert_of_the_demo_is_found(session, language):
    """Every word that begins as a name of the roster does is one, but for those that were looked at by hand."""
    file = DEMO / "transcripts" / f"{session}_{language}.vtt"
    text = read_file(file.name, file.read_bytes()).text
    parts = {
        word for row in demo_rows("experts.csv") for name in (row["name_en"], row["name_ru"]) for word in name.split()
    }
    beginnings = "|".join(sorted(re.escape(part[: max(4, len(part) - 2)]) for part in parts | {"Vera", "Вера"}))
    mentioned = [each for each in re.finditer(rf"\b(?:{beginnings})\w*|\bВер[уойыае]+\b", text, re.IGNORECASE) if each[0].lower() not in NO_MENTIONS.split()]  # fmt: skip
    found = [each for each in find(text, language, demo_roster()) if each.known]
    missed = [each[0] for each in mentioned if not any(place.start <= each.start() and each.end() <= place.end for place in found)]  # fmt: skip
    assert missed == []
    assert len(mentioned) >= 10


@pytest.mark.parametrize(
    "piece", ["1", "а", "a@", "@a", "№ 1", "семь-", "Анна ", "Ministry of ", "министерство ", "\u0301"]
)
def test_a_text_of_one_thing_again_and_again_is_looked_through_like_any_other(piece):
    """Would not end, if a rule went through the whole text for every place of it."""
    text = (piece * 30_000)[:30_000]
    found = find(text, "ru", ROSTER)
    assert all(before.end <= after.start for before, after in pairwise(found))
