"""A frozen study: plain data, the same for the same input, with nothing in it that could lead to a person."""

import json
from dataclasses import FrozenInstanceError, replace
from hashlib import sha256

import pytest

from coding.segments import Segment, Segmentation
from survey_app.publishing.quotes import published_quotes, quotes_per_cell
from tests.survey_app.publishing.small_study import frames, freeze, grouping, quote

ANSWERS = [
    *((f"{group}{n}", "q.late", float(value), "") for group in "AB" for n, value in enumerate((1, 2, 3), 1)),
    *((f"{group}{n}", "q.rude", 3.0, "") for group, n in (("A", 1), ("A", 2), ("A", 3), ("B", 1))),
    ("B2", "q.rude", float("nan"), "my neighbour Anton is rude too"),
    ("A1", "port", float("nan"), "Eastport"),
    ("A1", "age", 61.0, ""),
]


@pytest.fixture(scope="module")
def snapshot():
    return freeze(frames(answers=ANSWERS), [quote("s1"), quote("s3")])


@pytest.fixture(scope="module")
def bare():
    """The same without answers and quotes."""
    return freeze(frames())


def test_it_is_plain_data_under_the_hash_of_its_canonical_form(snapshot):
    assert json.loads(snapshot.canonical) == snapshot.content
    assert snapshot.hash == sha256(snapshot.canonical).hexdigest()
    with pytest.raises(FrozenInstanceError):
        snapshot.version = 2


def test_the_same_study_has_the_same_hash_and_any_change_another(bare):
    assert freeze(frames()).hash == bare.hash
    assert replace(bare, content=bare.content | {"version": 2}).hash != bare.hash


def test_it_counts_experts_and_statements_of_every_code_and_segment(snapshot):
    counts = {
        (row["code"], row["segment"]): (row["k"], row["n"], row["statements"]) for row in snapshot.content["cells"]
    }
    assert counts["prob.late", "all"] == (3, 6, 3)
    assert counts["prob.late", "a"] == (2, 3, 2)
    assert counts["prob", "a"] == (3, 3, 3)
    assert counts["enab.phone", "b"] == (1, 3, 1)


def test_it_speaks_both_languages_at_once(snapshot):
    english, russian = snapshot.content["en"], snapshot.content["ru"]
    assert (english["title"], russian["title"]) == ("Ferries", "Паромы")
    assert [code["name"] for code in russian["codes"]][1] == "Опоздания"
    (by,) = russian["segmentations"]
    assert [segment["name"] for segment in by["segments"]][1:] == ["Группа a", "Группа b"]
    assert [segment["key"] for segment in by["segments"]] == ["all", "a", "b"]  # nobody is in c


def test_it_says_what_it_was_made_from(snapshot, bare):
    content = snapshot.content
    assert content["format"] == "rakurs release 2"
    assert content["segmentations"] == ["by_group"]
    assert content["codebook_version"] == 0
    assert freeze(frames()).content["data_hash"] == bare.content["data_hash"] != content["data_hash"]


def test_every_question_has_a_sentence_for_each_segment_and_for_their_comparison(snapshot):
    (question,) = snapshot.content["en"]["questions"]
    assert question["key"] == "problems"
    assert question["codes"] == ["prob.late", "prob.rude", "enab.phone"]
    assert question["told"]["by_group"] == {
        "all": "Named most as a problem: “Delays” (3 of 6 experts). Named most as an enabler: “Tickets by phone” "
        "(2 of 6 experts).",
        "a": "Group a. Named most as a problem: “Delays” and “Rudeness” (each 2 of 3 experts). Named most as an enabler: "
        "“Tickets by phone” (1 of 3 experts).",
        "b": "Group b. Named most as a problem: “Delays” (1 of 3 experts). Named most as an enabler: “Tickets by phone” "
        "(1 of 3 experts).",
    }
    assert question["compared"]["by_group"] == "Segments differ most on “Rudeness”: Group a 2 of 3, all others 0 of 3"


def test_a_quote_carries_its_words_segment_and_codes_and_nothing_of_its_expert(snapshot):
    by_text = {quote["text"]: quote for quote in snapshot.content["quotes"]}
    assert by_text["Late again on Monday."] | {"number": ""} == {
        "number": "", "text": "Late again on Monday.", "language": "en", "kind": "session", "segment": "a", "segments": {"by_group": "a"},
        "codes": ["prob.late", "prob.rude"], "under": ["prob", "prob.late", "prob.rude"], "own_words": False,
    }  # fmt: skip


def test_a_quote_keeps_its_number_in_a_later_version_and_the_order_tells_nothing_of_the_talk():
    study = frames()
    first = published_quotes(study, grouping(study), [quote("s1"), quote("s3")])
    later = published_quotes(study, grouping(study), [quote("s3"), quote("s2"), quote("s1")])
    numbers = {each["text"]: each["number"] for each in later}
    assert {each["text"]: each["number"] for each in first}.items() <= numbers.items()
    assert [each["number"] for each in later] == sorted(numbers.values())


def test_equal_words_said_twice_have_two_numbers():
    study = frames()
    twice = [replace(quote("s1"), text="Late."), replace(quote("s7"), text="Late.")]
    first, second = published_quotes(study, grouping(study), twice)
    assert second["number"] == f"{first['number']}-2"


def test_a_quote_from_outside_the_segments_has_none():
    study = frames()
    only_a = Segmentation("own", "Own", "Своя", (Segment("a", "A", "А", ("a",)),))
    assert [each["segment"] for each in published_quotes(study, only_a, [quote("s5")])] == [""]


def test_quotes_stand_behind_a_count_by_code_and_segment_but_only_what_was_said_aloud():
    study = frames()
    quotes = [quote("s1"), quote("s3"), quote("s7"), quote("s2", kind="chat")]
    cells = quotes_per_cell(published_quotes(study, grouping(study), quotes))
    assert {place[1:]: count for place, count in cells.items()} == {
        ("all", "prob"): 3, ("a", "prob"): 2, ("b", "prob"): 1, ("all", "prob.late"): 3, ("a", "prob.late"): 2,
        ("b", "prob.late"): 1, ("all", "prob.rude"): 1, ("a", "prob.rude"): 1,
    }  # fmt: skip
    assert {place[0] for place in cells} == {"by_group"}


def test_no_word_that_an_expert_wrote_in_a_closed_answer_gets_in(snapshot):
    told = snapshot.canonical.decode()
    assert "neighbour" not in told
    assert "could not be read" in told


def test_questions_about_the_person_stay_inside(snapshot):
    asked = snapshot.content["en"]["questionnaire"]["questions"]
    assert [question["key"] for question in asked] == ["q"]
    assert "Eastport" not in snapshot.canonical.decode()


def test_answers_of_too_few_experts_of_a_segment_are_told_for_all_experts_alone(snapshot):
    (question,) = snapshot.content["en"]["questionnaire"]["questions"]
    assert [row["cells"][0] for row in question["table"]["rows"]] == ["rudeness", "delays"]
    assert [line["name"] for line in question["lines"]] == ["delays"]


def test_nothing_names_an_expert_a_statement_a_file_or_a_place(snapshot):
    told = snapshot.canonical.decode()
    for secret in ('"A1"', '"B3"', "S-1.", "Farshore", "source_id", '"s1"'):
        assert secret not in told


def test_without_answers_and_quotes_there_is_nothing_said_of_them(bare):
    assert bare.content["en"]["questionnaire"] is None
    assert bare.content["quotes"] == []
    assert "Quotes" not in [note["head"] for note in bare.content["en"]["method"]]


def test_a_question_that_one_or_two_experts_answered_is_not_told():
    few = [("A1", "q.late", 3.0, ""), ("A2", "q.late", 1.0, "")]
    enough = [(expert, "q.rude", 2.0, "") for expert in ("A1", "A2", "A3")]
    assert freeze(frames(answers=few)).content["en"]["questionnaire"] is None

    (question,) = freeze(frames(answers=[*few, *enough])).content["en"]["questionnaire"]["questions"]
    told = json.dumps(question)
    assert question["finding"].endswith("(3 of 3 experts)")
    assert "delays" not in told
