"""Texts that read the same, and texts in two languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.scales import cannot_say_in, leading_number, number_in, range_in, says_nothing
from survey_app.questionnaires.wording import forms, halves, in_language, pair, plain_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Согласен(на)", "согласен"), ("Полностью  согласен(-на).", "полностью согласен"), ("Всё", "все"),
        ("СО\u00adГЛАСЕН", "согласен"), ("10\u00a0%", "10 %"), ("Strongly agree!", "strongly agree"),
    ],
)  # fmt: skip
def test_what_reads_the_same_has_one_key(one, other):
    assert plain_key(one) == plain_key(other)


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("Да / Yes", ("Yes", "Да")), ("yes | да", ("yes", "да")), ("Сколько?\nHow many?", ("How many?", "Сколько?")),
        ("да / нет / yes / no", ("yes / no", "да / нет")), ("Zoom / Teams", None), ("и/или", None), ("", None),
        ("Сколько лет? / How many years?\n(полных / full)", ("How many years? full)", "Сколько лет? (полных")),
        ("Что вы думаете об API / SDK", None),
    ],
)  # fmt: skip
def test_a_text_in_two_languages_has_two_halves(text, both):
    assert halves(text) == both


@given(st.text(max_size=80))
def test_a_half_is_always_part_of_the_text(text):
    for language in ("en", "ru"):
        assert set(plain_key(in_language(text, language)).split()) <= set(plain_key(text).split()) | {""}
    assert any(pair(text)) == bool(text.split())
    assert forms(text) or not text.replace("\u00ad", "").strip()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4 — скорее согласен", (4, "скорее согласен")), ("5) blocks", (5, "blocks")), ("Agree (4)", (4, "Agree")),
        ("3", (3, "")), ("-1", (-1, "")), ("11.10.2022", (None, "11.10.2022")), ("3.5", (None, "3.5")),
        ("10-15", (None, "10-15")), ("2 года", (None, "2 года")),
    ],
)  # fmt: skip
def test_the_number_before_or_after_the_words(text, found):
    assert leading_number(text) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("21 ", 21), ("2 года / 2 years", 2), ("3,5", 3.5), ("1 200", 1200), ("75 %", 75), ("−1", -1), ("10-15", None),
        ("1,200,50", None), ("10.11.2022", None), ("1e-7", 1e-7), ("R1e-7", None), ("1\u202f200 руб.", 1200), ("R1", None), ("about ten", None), ("5 or 6", None),
    ],
)  # fmt: skip
def test_one_number_in_an_answer(text, number):
    assert number_in(text) == number


def test_what_a_header_says_of_its_numbers():
    header = "Какова вероятность? / How likely?\n(0–100; −1 = затрудняюсь ответить / 0-100; -1 = cannot say)"
    assert range_in(header) == (0, 100)
    assert cannot_say_in(header) == (-1.0,)
    assert range_in("Что изменилось за 2018–2022?") is None
    assert cannot_say_in("1 = never, 5 = always") == ()


def test_an_answer_that_only_begins_with_a_doubt_is_an_answer():
    assert says_nothing("не знаю")
    assert not says_nothing("не знаю, с чего начать, но начал бы с людей, которые отвечают за это каждый день")
