"""Terms that may name a topic: stop words, phrases, names, and the forms in which they are read."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coding.topics.stop_words import stop_lemmas
from coding.topics.terms import Wording, read, readable, terms


def of(text, **wording):
    return terms([text], Wording(**wording))[0]


def test_lemmas_in_order_and_as_often_as_they_are_said():
    assert of("Реестры и порталы, реестра нет") == ("реестр", "портал", "реестр")
    assert of("Registers and portals, a register") == ("register", "portal", "register")


def test_a_text_of_two_languages_has_the_lemmas_of_both():
    assert of("Сотрудники читают dashboards на портале") == ("сотрудник", "читать", "dashboard", "портал")


@pytest.mark.parametrize(
    "text",
    [
        "Ну вот, мы с вами сами понимаете, короче, типа да",
        "Well, you know, I mean, it is sort of, kind of, maybe",
        "В принципе, на самом деле, в первую очередь, таким образом",
        "At the end of the day, of course, in terms of that",
        "5 7 2024 1,5 — … 🎉 № §",
        "https://gosuslugi.ru/a someone@example.org",
    ],
)
def test_fillers_hedges_numbers_and_addresses_name_no_topic(text):
    assert of(text) == ()


def test_words_of_a_turn_of_phrase_count_where_they_stand_for_themselves():
    assert of("электронная очередь и принцип") == ("электронный", "очередь", "принцип")


def test_data_name_topics_although_the_russian_list_of_spacy_stops_them():
    assert of("Открытых данных нет, в данном случае") == ("открытый", "данные")
    assert "данные" not in stop_lemmas()


def test_names_with_numbers_and_hyphens_are_words_and_contractions_are_none():
    assert of("COVID-19, веб-портал, the council’s map won't help, cannot") == (
        "covid-19", "веб-портал", "council", "map", "help",
    )  # fmt: skip


def test_stop_words_of_the_study_stop_every_form_and_whole_turns_of_phrase():
    assert of("Порталам нужен реестр", stop_words=("портал",)) == ("реестр",)
    assert of("Передаю слово коллегам. Слово закона.", stop_words=("передаю слово",)) == ("слово", "закон")


def test_people_are_left_out_where_their_names_have_a_capital():
    people = ("Вера Пригорская", "Mark Grant")
    assert of("По словам Веры Пригорской, вера жителей растёт", people=people) == ("слово", "вера", "житель", "расти")
    assert of("We asked Mark Grant about the grant", people=people) == ("ask", "grant")


def test_phrases_are_of_neighbours_within_a_sentence():
    assert of("Обмен персональными данными. Портал стоит", phrases=2) == (
        "обмен", "обмен персональный", "персональный", "персональный данные", "данные", "портал", "портал стоить", "стоить",
    )  # fmt: skip
    assert "quality life" not in of("quality of life", phrases=3)
    assert "портал реестр" not in of("портал, реестр", phrases=3)


@pytest.mark.parametrize(("asked", "longest"), [(0, 1), (1, 1), (2, 2), (3, 3), (9, 3)])
def test_phrases_have_one_to_three_words(asked, longest):
    found = of("единая региональная система межведомственного обмена", phrases=asked)
    assert max(len(each.split()) for each in found) == longest


@pytest.mark.parametrize(
    ("text", "name", "term"),
    [
        ("жители умных городов", "Умный город", "умный город"),
        ("о едином портале", "Единый портал", "единый портал"),
        ("много суперсервисов", "суперсервисы", "суперсервис"),
        ("the smart cities grow", "Smart City", "smart city"),
        ("в программе «SMART CITY»", "Smart City", "smart city"),
        ("better quality of life", "quality of life", "quality of life"),
        ("проект Ёлки-Палки закрыт", "елки-палки", "елки-палки"),
        ("через gosuslugi.ru", "gosuslugi.ru", "gosuslugi.ru"),
    ],
)
def test_a_joined_name_is_one_word_in_every_form(text, name, term):
    assert term in of(text, joined=(name,))


def test_a_joined_name_counts_even_if_its_words_would_not_and_stays_out_of_the_rest():
    assert of("В другом новом деле") == ("дело",)
    assert of("В другом новом деле", joined=("новое дело",)) == ("новый дело",)
    assert of("Smart City plan", joined=("Smart City",), phrases=2) == ("smart city", "smart city plan", "plan")


def test_a_name_that_is_left_out_leaves_with_its_words_and_parts_phrases():
    assert of("карты Умного города и город", left_out=("умный город",), phrases=2) == ("карта", "город")
    assert of("портал Госуслуги реестр", left_out=("Госуслуги",), phrases=3) == ("портал", "реестр")


def test_the_longest_name_is_taken_and_of_equal_ones_that_which_is_left_out():
    both = ("Smart City",)
    assert of("Smart City grows", joined=both, left_out=both) == ("grow",)
    assert of("Smart City Moscow grows", joined=("Smart City Moscow",), left_out=both) == ("smart city moscow", "grow")


def forms(*texts, **wording):
    return readable(read(texts, Wording(**wording)))


def test_terms_are_read_as_they_are_most_often_written():
    assert forms("Нет открытых данных.", "Обмен открытых данных", "открытые данные", phrases=2)["открытый данные"] == (
        "открытых данных"
    )
    assert (
        forms("A Smart City", "the smart city", "one Smart City", joined=("smart city",))["smart city"] == "Smart City"
    )


def test_the_capital_of_a_sentence_is_no_name_unless_it_is_written_within_one():
    assert forms("Реестр полон. «Реестр» пуст")["реестр"] == "реестр"
    assert forms("Москва. Москва. Это Москва")["москва"] == "Москва"
    assert forms("GIS works", "ГИС работает") == {"gis": "GIS", "work": "works", "гис": "ГИС", "работать": "работает"}
    assert forms("Smart City grows", joined=("Smart City",))["smart city"] == "Smart City"


@pytest.mark.parametrize(
    "value", [None, float("nan"), "", " \n\t", "🎉👩‍👩‍👧", "...", "Да.", 7, "\ud800", "\x00"], ids=repr
)
def test_texts_without_words_have_no_terms(value):
    assert terms([value], Wording(phrases=3)) == [()]


def test_ten_thousand_words_are_read_and_no_texts_give_none():
    assert len(of("реестр " * 10_000)) == 10_000
    assert terms([], Wording()) == []


def test_names_that_are_empty_or_only_signs_do_no_harm():
    odd = ("", "  ", "...", "🎉", None)
    assert of("Реестр ... 🎉", joined=odd, left_out=odd, people=("", "1", "…"), stop_words=("", "…")) == ("реестр",)


NAMES = Wording(joined=("Smart City", "единый портал", "города"), left_out=("умный город", "city portal"), phrases=3)
PIECES = st.lists(
    st.sampled_from(
        ["Smart", "City", "cities", "portal", "умного", "умный", "город", "городов", "единый", "портал", "и", ".", ",", "the", "in", "\n"]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@example("\ud83d x")
@example("İstanbul ǅ ﬁn")
@given(st.one_of(st.text(st.characters(), max_size=60), PIECES))
def test_terms_of_any_text_are_strings_that_are_not_empty(text):
    (reading,) = read([text], NAMES)
    assert all(isinstance(each, str) and each.strip() for each in (*reading.terms, *reading.forms))
    assert len(reading.terms) == len(reading.forms) == len(reading.begins)
    assert set(readable([reading])) == set(reading.terms)


@given(PIECES)
def test_a_name_is_never_joined_and_left_out_at_once(text):
    both = Wording(joined=("Smart City", "умный город", "портал"), left_out=("Smart City", "умный город"), phrases=3)
    found = set(terms([text], both)[0])
    assert not {"smart city", "умный город"} & found


@given(st.lists(st.one_of(PIECES, st.none()), max_size=5))
def test_each_text_is_read_for_itself(texts):
    assert terms(texts, NAMES) == [terms([each], NAMES)[0] for each in texts]


def test_forms_of_function_words_stop_no_other_word():
    assert of("Другому человеку, другими словами; друзья и типы") == ("человек", "слово", "друг", "тип")


def test_bracketed_references_and_contracted_negations_are_no_words():
    assert of("Services [1, с. 45] are combined (см. сноску 3).") == ("service", "combine")
    assert of("In 2024 we don't see 7 B portals") == ("portal",)
