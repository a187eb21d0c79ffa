"""Terms that may name topics: those in enough texts and of enough people."""

from coding.topics import vocabulary


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
