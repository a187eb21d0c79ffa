"""Words that name a topic: lemmas for counting, written forms for reading."""

import pytest

from coding.topics import vocabulary


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("сотрудниками", "сотрудник"),
        ("ещё", "еще"),
        ("данные", "данные"),
        ("registers", "register"),
        ("better", "good"),
        ("МФЦ", "мфц"),
    ],
)
def test_lemmas_of_both_languages(word, lemma):
    assert vocabulary.lemma(word) == lemma


def test_numbers_single_letters_and_negations_are_no_words():
    assert vocabulary.tokens("In 2024 we don't see 7 B portals") == ["in", "we", "see", "portal"]


def test_bracketed_references_are_no_words():
    assert vocabulary.tokens("Services [1, с. 45] are combined (см. сноску 3).") == ["service", "be", "combine"]


def test_what_follows_an_apostrophe_is_cut():
    assert vocabulary.words("the council’s map") == ["the", "council", "map"]


def test_fillers_pronouns_and_names_of_people_name_no_topic():
    stop = vocabulary.stop_lemmas()
    assert vocabulary.content_lemmas("Ну вот, Марина, мы с вами сами понимаете, у нас реестр", stop) == [
        "понимать",
        "реестр",
    ]
    assert vocabulary.content_lemmas("Well, you know, it is sort of the register", stop) == ["register"]


def test_words_of_ones_own_can_be_left_out():
    stop = vocabulary.stop_lemmas(frozenset({"Порталы"}))
    assert vocabulary.content_lemmas("портал и реестр", stop) == ["реестр"]


def test_a_topic_is_read_in_the_forms_that_people_use():
    forms = vocabulary.readable_forms(["Персональных данных нет.", "Обмен данных. GIS и GIS.", "Закон о gis?"])
    assert forms[vocabulary.lemma("данные")] == "данных"
    assert forms["gis"] == "GIS"
    assert forms[vocabulary.lemma("закон")] == "закон"


def test_rare_lemmas_are_dropped_unless_nothing_would_be_left():
    assert vocabulary.vocabulary([["a", "b"], ["a"]]) == ["a"]
    assert vocabulary.vocabulary([["a"], ["b"]]) == ["a", "b"]
