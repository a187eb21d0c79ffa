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
    assert vocabulary.content_lemmas("Ну вот, Марина, мы с вами сами понимаете, у нас реестр", stop) == ["реестр"]
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


def test_a_term_that_only_one_person_uses_names_no_topic():
    documents, experts = [["a", "b"], ["a", "b"], ["b", "c"], ["c"]], ["x", "x", "y", "z"]
    assert vocabulary.vocabulary(documents, 2, experts, 2) == ["b", "c"]
    assert vocabulary.vocabulary(documents, 1, [("x", "y"), ("x",), (), ()], 2) == ["a", "b"]


def test_as_many_experts_are_asked_for_as_are_known():
    documents = [["a", "b"], ["a"], ["b", "c"]]
    assert vocabulary.vocabulary(documents, 2, ["", "", ""], 3) == ["a", "b"]
    assert vocabulary.vocabulary(documents, 2, (), 3) == ["a", "b"]
    assert vocabulary.vocabulary(documents, 1, ["x", "x", "x"], 3) == ["a", "b", "c"]
    assert vocabulary.vocabulary(documents, 1, ["x", "", "y"], 3) == ["b"]


def test_where_nothing_would_be_left_experts_and_then_texts_are_not_asked_for():
    assert vocabulary.vocabulary([["a"], ["a"], ["b"]], 2, ["x", "x", "y"], 2) == ["a"]
    assert vocabulary.vocabulary([["a"], ["b"]], 2, ["x", "y"], 2) == ["a", "b"]
    assert vocabulary.vocabulary([], 2, [], 2) == []
    assert vocabulary.vocabulary([[], []], 2, ["x", "y"], 2) == []
