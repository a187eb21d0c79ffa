"""Where a question ends and its line begins, what holds ticks, and text without markup."""

import pytest

from survey_app.questionnaires.column_groups import (
    after,
    as_ticks,
    hold_ticks,
    kind_of_choice,
    question_before,
    several,
    words_kind,
)
from survey_app.questionnaires.markup import LONGEST, plain_text


@pytest.mark.parametrize(
    ("texts", "question"),
    [
        (["Why - now? - Roads", "Why - now? - Water"], "Why - now?"),
        (["Why? - Roads"], "Why?"),
        (["Why?"], "Why?"),
        (["Why?", "When?"], ""),
        (["Why? - a", "Why?"], "Why?"),
        (["Why? - a", "Why?x"], ""),
    ],
)
def test_a_question_ends_where_its_columns_begin_to_differ(texts, question):
    assert question_before(texts) == question


def test_the_rest_is_the_line():
    assert after("Why? - Roads - north", "Why?") == "Roads - north"
    assert after("Roads", "Why?") == after("Roads", "") == "Roads"


@pytest.mark.parametrize(
    ("columns", "ticks"),
    [
        ([["Roads", ""], ["", "Water"]], True),
        ([["Roads", "Roads"], ["Water", "Water"]], True),
        ([["1", "1"], ["1", ""]], True),
        ([["1", ""], ["", "2"]], True),
        ([["1", "1"], ["1", "1"]], False),
        ([["1", "2"], ["1", ""]], False),
        ([["often", ""], ["", "never"]], False),
        ([["", ""], ["", ""]], False),
    ],
)
def test_columns_of_ticks_repeat_their_label_or_one_number(columns, ticks):
    assert hold_ticks(columns, ["Roads", "Water"]) is ticks


def test_who_chose_nothing_at_all_left_no_answer():
    assert as_ticks([["x", "", ""], ["x", "y", ""]]) == [["1", "0", ""], ["1", "1", ""]]


@pytest.mark.parametrize(
    ("cells", "options"),
    [
        (["1,12", "2", "12"], ("1", "2", "12")),
        (["1", "2"], ()),
        (["Roads,Water", "Water,Roads", ""], ("Roads", "Water")),
        (["One, two", "Three, four"], ()),
        (["No time,no money", "Nobody asked"], ()),
    ],
)
def test_commas_join_options_only_where_these_recur(cells, options):
    assert several(cells) == options


@pytest.mark.parametrize(
    ("cells", "asked", "kind"),
    [
        (["1", "2", "Don't know"], "Who?", "single"),
        (["1", "5"], "Rate it from 1 to 5", ""),
        ([str(number) for number in range(30)], "How many?", ""),
        (["2 years", "10 years"], "How long?", ""),
        (["Town", "Village"], "Where?", "single"),
        (["agree", "strongly agree"], "Sure?", ""),
        (["", "N/A"], "Where?", ""),
    ],
)
def test_one_choice_is_told_from_a_scale_and_from_a_number(cells, asked, kind):
    assert kind_of_choice(cells, asked)[0] == kind


@pytest.mark.parametrize(
    ("cells", "kind"),
    [(["No staff."], "open"), (["3", "40"], ""), (["2026-02-01"], ""), ([], "open"), (["3", "many"], "open")],
)
def test_words_are_told_from_numbers_and_dates(cells, kind):
    assert words_kind(cells) == kind


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Why&nbsp;<b>n</b>ot?</p><p>Say&shy;so</p>", "Why not? Sayso"),
        ("<style>p {color: red}</style>Why?<script>if (a < b) {}</script>", "Why?"),
        ("5 < 7 and 8 > 3", "5 < 7 and 8 > 3"),
        ("&lt;b&gt;", "<b>"),
        ("one<br/>two\n\nthree", "one two three"),
        ("<script>never closed", ""),
        ("<" * 50_000, "<" * LONGEST),
    ],
    ids=["tags", "unseen", "signs", "entities", "breaks", "unclosed", "long"],
)
def test_markup_is_gone_and_other_signs_stay(text, plain):
    assert plain_text(text) == plain
