"""Options of a written question: scales of known words, what stands beside them, and what each counts."""

import pytest

from survey_app.questionnaires.choice_scales import Choice, as_options
from survey_app.questionnaires.markup import plain_text


def choices(*labels, values=()):
    return [Choice(f"A{n}", (label, ""), values[n - 1] if values else None) for n, label in enumerate(labels, 1)]


def values(options):
    return [option.value for option in options]


@pytest.mark.parametrize(
    ("labels", "kind", "counted"),
    [
        (("Never", "Rarely", "Often"), "likert", [1, 2, 3]),
        (("Always", "Often", "Never"), "likert", [3, 2, 1]),
        (("1 - Never", "2 - Rarely", "3 - Often"), "likert", [1, 2, 3]),
        (("Apple", "Pear", "Plum"), "single", [1, 2, 3]),
        (("10 - Apple", "20 - Pear"), "single", [10, 20]),
        (("Agree", "Disagree"), "single", [1, 2]),
    ],
)
def test_lists(labels, kind, counted):
    found, options = as_options(choices(*labels))
    assert (found, values(options)) == (kind, counted)


def test_ordered_choices_are_a_scale_of_their_own_words():
    assert as_options(choices("Low key", "Mid key", "High key"), ordered=True)[0] == "likert"
    assert as_options(choices("Low key", "High key"), ordered=True)[0] == "single"
    assert (
        as_options([*choices("Low", "Mid", "High"), Choice("o", ("Other", ""), other=True)], ordered=True)[0]
        == "single"
    )


def test_what_a_platform_counts_goes_before_the_words():
    assert values(as_options(choices("Never", "Rarely", "Often", values=[7.0, 5.0, 3.0]))[1]) == [7, 5, 3]
    assert values(as_options(choices("Never", "Rarely", "Often", values=[0.0, 0.0, 0.0]))[1]) == [1, 2, 3]


def test_cannot_say_gets_a_number_that_no_point_has():
    _kind, options = as_options(
        [*choices("Never", "Rarely", "Often"), Choice("dk", ("Don't know", "")), Choice("na", ("N/A", ""))]
    )
    assert [(option.value, option.cannot_say) for option in options[-2:]] == [(98, True), (99, True)]
    numbered = [Choice(str(n), (word, "")) for n, word in ((1, "Never"), (2, "Rarely"), (3, "Often"), (4, "No answer"))]
    assert values(as_options(numbered)[1]) == [1, 2, 3, 4]
    assert as_options(numbered)[1][-1].cannot_say


def test_choices_of_one_key_are_one_and_no_choices_are_none():
    assert len(as_options([Choice("a", ("x", "")), Choice("a", ("y", ""))])[1]) == 1
    assert as_options([]) == ("single", ())


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>What do you <b>th\u00adink</b>?</p>", "What do you think?"),
        ("a<br/>b&nbsp;&mdash; c", "a b — c"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<script>alert(1)</script>Age<!-- note -->", "Age"),
        ("<" * 50_000, "<" * 20_000),
        ("<script" * 9000, "<script" * 2857 + "<"),
    ],
    ids=range(6),
)
def test_words_without_markup(html, words):
    assert plain_text(html) == words
