"""Where names of a roster stand in a text, and whose they are."""

import pytest

from transcripts.known_names import mentions
from transcripts.russian_words import mostly_lower, words_of

PEOPLE = [
    ("F2", ["Irina Lugova", "Лугова Ирина"]),
    ("R5", ["Александра Сосновская"]),
    ("M1", ["Александр Книжников"]),
    ("L1", ["Юлия Ясенева"]),
]


def found(text):
    return [(text[each.start : each.end], "".join(sorted(each.keys))) for each in mentions(text, PEOPLE)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Спросите Ирину Лугову.", [("Ирину", "F2"), ("Лугову", "F2")]),
        ("as lugova said", [("lugova", "F2")]),
        ("Саша, вы как?", [("Саша", "M1R5")]),
        ("саше виднее", [("саше", "M1R5")]),
        ("Сосновской", [("Сосновской", "R5")]),
        ("Yulia and Sasha agree", [("Yulia", "L1"), ("Sasha", "M1R5")]),
        ("до июля, в лугах", []),
    ],
)
def test_a_name_is_found_where_it_stands_with_all_who_may_be_meant(text, places):
    assert found(text) == places


def test_a_name_with_an_apostrophe_is_looked_for_whole():
    people = [("S", ["O'Connor, Sean"])]
    text = "O'Connor and Sean's idea"
    assert [text[each.start : each.end] for each in mentions(text, people)] == ["Connor", "Sean"]


def test_places_count_the_marks_of_stress_that_stand_in_the_text():
    text = "Слово дали Алекса\u0301ндру и Ири\u0301не."
    assert [(each.start, each.end) for each in mentions(text, PEOPLE)] == [(11, 22), (25, 31)]


def test_words_of_a_text_that_is_not_normalised_lie_where_they_are_written():
    text = "Фе\u0308дор и Zoe\u0308 tут"
    assert [(each.text, text[each.start : each.end]) for each in words_of(text)] == [
        ("Фёдор", "Фе\u0308дор"), ("и", "и"), ("Zoë", "Zoe\u0308"), ("tут", "tут"),
    ]  # fmt: skip


def test_a_text_without_capitals_is_told():
    assert mostly_lower("ну вот марина говорит что всё работает")
    assert not mostly_lower("Ну вот, Марина говорит, что всё работает.")
    assert mostly_lower("так и есть " * 40 + "МФЦ")
    assert not mostly_lower("Так и есть. " * 40)
