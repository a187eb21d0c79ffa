"""Headings as they read, however they were marked up, numbered or repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.export import Head
from survey_app.questionnaires.headings import asked_again, plain_heading, unmarked
from survey_app.questionnaires.wording import plain_key
from tests.coding.demo_study import guide
from tests.survey_app.questionnaires.forms import propose_columns, table_of


@pytest.mark.parametrize(
    ("written", "reads"),
    [
        ("<p>How <b>often</b>?</p>", "How often?"), ("Why?<br/>One reason", "Why?\nOne reason"),
        ("<span style='color:red'>Почему</span>&nbsp;так?", "Почему так?"), ("Rates 0&ndash;10 &amp; more", "Rates 0–10 & more"),
        ("циф\u00adро\u00adви\u00adза\u00adция", "цифровизация"), ("\ufeffWhy\u200b not?", "Why not?"),
        ("10\u00a0 лет", "10 лет"), ("R&D and profit & loss", "R&D and profit & loss"), ("a < b > c", "a < b > c"),
        ("Is <5 or >7 right?", "Is <5 or >7 right?"), ("&lt;b&gt;", "<b>"),
    ],
)  # fmt: skip
def test_a_heading_loses_what_is_only_mark_up(written, reads):
    assert unmarked(written) == plain_heading(written) == reads


@pytest.mark.parametrize(
    ("written", "reads"),
    [
        ("1. Why?", "Why?"), ("12) Why?", "Why?"), ("Q1. Why?", "Why?"), ("Q3: Why?", "Why?"), ("2.1. Почему?", "Почему?"),
        ("Вопрос 3. Почему?", "Почему?"), ("Вопрос № 3 — Почему?", "Почему?"), ("В4. Почему?", "Почему?"),
        ("1. Почему? / 1. Why?", "Почему? / Why?"), ("1.Почему?\n1.Why?", "Почему?\nWhy?"), ("<p>1.&nbsp;Why?</p>", "Why?"),
        ("7. «Портал» удобен", "«Портал» удобен"),
    ],
)  # fmt: skip
def test_a_heading_loses_its_number(written, reads):
    assert plain_heading(written) == reads


@pytest.mark.parametrize(
    "heading",
    ["5-10 years of work", "В 90-х годах было лучше?", "2.5 times more", "1.", "Q1", "2022. What changed?", "12.05.2022",
     "3 reasons", "24/7", "1 место"],
)  # fmt: skip
def test_a_number_that_says_something_stays(heading):
    assert plain_heading(heading) == heading


@given(st.text(max_size=60))
def test_what_reads_plainly_is_left_as_it_is(text):
    once = unmarked(unmarked(text))
    assert len(plain_heading(text)) <= len(unmarked(text))
    assert "\u00ad" not in once
    assert plain_key(text) == plain_key(text.replace("", "\u00ad"))


def test_the_second_of_one_name_is_known_and_a_number_of_its_own_is_not():
    assert asked_again("Why? (2)", {"Why?", "Why? (2)"}) == ("Why?", 2)
    assert asked_again("Cost (2)", {"Cost (2)"}) == ("Cost (2)", 1)
    assert asked_again("Cost (1)", {"Cost", "Cost (1)"}) == ("Cost (1)", 1)


def test_the_header_stays_the_name_and_the_label_reads_plainly():
    header = "<b>1.&nbsp;How is it?</b> [<i>the por\u00adtal</i>]"
    table = table_of(["id", header, header.replace("the por\u00adtal", "the chat")], ["E1", "well", "bad"])
    column = propose_columns(table, None)[1]
    assert column.name == table.columns[1] == header
    assert (column.label[0], column.parent_label[0]) == ("the portal", "How is it?")


def test_a_question_of_the_guide_is_known_under_its_number_and_mark_up():
    for header in ("Q7. What helped when something did work?", "<p>7) Что помогло там, где&nbsp;получилось?</p>"):
        assert propose_columns(table_of(["id", header], ["E1", "Neighbours."]), guide())[1].item_id == "t2.o2"
    grid = "2. How strongly does each factor hinder digitalization? [1. lack of funding]"
    assert propose_columns(table_of(["id", grid], ["E1", "blocks"]), guide())[1].item_id == "t2.c1.funding"


def test_labels_of_any_platform_read_plainly():
    head = Head("q1", "<p>1. Why?</p>", line="a", line_asked="<b>me</b>")
    assert (head.label, head.line_label) == (("Why?", ""), ("me", ""))


def test_one_grid_asked_twice_is_two_grids():
    header = ["id", "Rate [a]", "Rate [b]", "Rate [a]", "Rate [b]"]
    columns = propose_columns(table_of(header, ["E1", "x", "y", "z", "w"]), None)[1:]
    assert [column.label[0] for column in columns] == ["a", "b", "a", "b"]
    assert len({column.parent_id for column in columns}) == 2
    assert len({column.item_id for column in columns}) == 4
