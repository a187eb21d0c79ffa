"""A question renamed in mid-survey is proposed to be one question, and nothing is merged in silence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.questionnaires.columns import propose_columns
from survey_app.questionnaires.confirming import as_kind
from survey_app.questionnaires.defining import with_definition
from survey_app.questionnaires.instrument import Instrument, Item
from survey_app.questionnaires.reading import read_questionnaire
from survey_app.questionnaires.survey import make_survey
from tests.coding.demo_study import guide
from tests.survey_app.questionnaires.forms import answers_of, as_csv

OLD, NEW = "What hinders you most of all in your daily work?", "What hinders you most in your daily work?"


def read(header, *rows):
    return read_questionnaire("form.csv", as_csv(header, *rows))


def columns_of(export, with_guide=False):
    return {column.name: column for column in propose_columns(export, guide() if with_guide else None)}


def survey(export, columns=None):
    columns = columns or [column for column in propose_columns(export, None) if column.name != "id"]
    return make_survey(export.table, columns, {place: row["id"] for place, row in enumerate(export.table.rows)})


def test_a_column_goes_on_where_another_ends():
    export = read(["id", OLD, NEW], ["E1", "rules", ""], ["E2", "paper", ""], ["E3", "", "rules"], ["E4", "", "money"])
    (said,) = map(str, export.table.warnings)
    assert f"“{NEW}” goes on where “{OLD}” ends" in said
    columns = columns_of(export)
    assert (columns[OLD].continues, columns[NEW].continues) == ("", OLD)
    found = survey(export)
    answers = found.answers if len(found.answers) else found.open_answers
    assert answers["item_id"].unique().tolist() == [columns[OLD].item_id]
    assert answers["expert_id"].tolist() == ["E1", "E2", "E3", "E4"]


def test_options_and_scale_come_from_both_columns():
    header = ["id", "Is it clear?", "Is it clear?"]
    export = read(
        header, ["E1", "disagree", ""], ["E2", "agree", ""], ["E3", "", "strongly agree"], ["E4", "", "neutral"]
    )
    columns = columns_of(export)
    assert {column.kind for name, column in columns.items() if name != "id"} == {"likert"}
    found = survey(export)
    assert answers_of(found, columns["Is it clear?"].item_id) == {"E1": 2, "E2": 4, "E3": 5, "E4": 3}
    assert len(found.items) == 1


def test_where_both_are_answered_both_are_kept_and_the_row_is_named():
    header = ["id", "Roads?", "Roads?"]
    export = read(header, ["E1", "yes", ""], ["E2", "no", ""], ["E3", "yes", "no"], ["E4", "", "yes"], ["E5", "", "no"])
    assert ["row 4 answers both" in str(warning) for warning in export.table.warnings] == [True]
    first, second = (column for name, column in columns_of(export).items() if name != "id")
    assert first.continues == second.continues == ""
    found = survey(export)
    assert len(answers_of(found, first.item_id)) == len(answers_of(found, second.item_id)) == 3


def test_columns_confirmed_as_one_keep_both_answers_of_a_row():
    header = ["id", "Roads?", "Roads?"]
    export = read(header, ["E1", "yes", ""], ["E2", "no", ""], ["E3", "yes", ""], ["E4", "", "yes"], ["E5", "", "no"])
    confirmed = [column for column in propose_columns(export, None) if column.name != "id"]
    later = read(header, ["E1", "yes", ""], ["E2", "no", "yes"], ["E3", "yes", "yes"], ["E4", "", "no"])
    found = survey(later, confirmed)
    first, second = confirmed
    assert answers_of(found, first.item_id) == {"E1": 1, "E2": 2, "E3": 1, "E4": 2}
    assert answers_of(found, second.item_id) == {"E2": 1}
    assert [str(warning) for warning in found.warnings] == [
        "“Roads?” and “Roads? (2)” read alike, and row 3 answers both: the two answers are kept apart."
    ]


def test_a_question_of_the_guide_goes_on_under_its_key():
    asked = "What helped when something did work?"
    export = read(["id", asked, f"1. {asked}"], ["E1", "Neighbours.", ""], ["E2", "", "Pilots."])
    columns = columns_of(export, with_guide=True)
    assert columns[asked].item_id == "t2.o2"
    found = survey(export, [columns[asked], columns[f"1. {asked}"]])
    assert dict(zip(found.open_answers["expert_id"], found.open_answers["text"], strict=True)) == {
        "E1": "Neighbours.", "E2": "Pilots.",
    }  # fmt: skip
    assert set(found.open_answers["item_id"]) == {"t2.o2"}


def test_a_line_of_a_grid_goes_on_as_a_line():
    header = [
        "id",
        "Rate it from 1 to 5 [the portal]",
        "Rate it from 1 to 5 [the chat]",
        "Rate it from 1 to 5 [the portal]",
    ]
    export = read(header, ["E1", "5", "3", ""], ["E2", "4", "2", ""], ["E3", "", "1", "2"])
    portal, chat, again = (column for name, column in columns_of(export).items() if name != "id")
    assert again.continues == portal.name
    found = survey(export)
    assert answers_of(found, portal.item_id) == {"E1": 5, "E2": 4, "E3": 2}
    assert portal.parent_id == chat.parent_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Do you think that the portal is easy to use?", "Do you think that the portal is not easy to use?"),
        ("What has changed in your work since 2021?", "What has changed in your work since 2022?"),
        ("Roads?", "Loads?"), ("What hinders you in your daily work?", "What helps you in your daily work?"),
        ("How strongly does it hinder? [roads]", "How strongly does it hinder? [loads]"),
    ],
)  # fmt: skip
def test_headings_that_differ_in_meaning_are_two_questions(one, other):
    export = read(["id", one, other], ["E1", "a", ""], ["E2", "b", ""], ["E3", "", "c"], ["E4", "", "d"])
    assert not export.table.warnings
    assert all(not column.continues for column in columns_of(export).values())


def test_branches_that_read_nearly_alike_are_two_questions():
    export = read(["id", OLD, NEW], ["E1", "rules", ""], ["E2", "", "paper"], ["E3", "rules", ""], ["E4", "", "money"])
    assert not export.table.warnings


def test_a_question_asked_twice_of_everybody_is_two_questions_without_a_word():
    export = read(["id", "Comments", "Comments"], ["E1", "a", "b"], ["E2", "c", "d"], ["E3", "", "e"])
    assert not export.table.warnings
    assert len({column.item_id for column in columns_of(export).values()}) == 3


def test_a_column_whose_type_a_person_changes_stands_alone():
    export = read(["id", "Why?", "Why?"], ["E1", "a", ""], ["E2", "", "b"])
    first, second = (column for column in propose_columns(export, None) if column.name != "id")
    alone = as_kind(second, export.table.values(second.name), "single")
    assert (second.continues, alone.continues) == (first.name, "")
    found = survey(export, [first, alone])
    assert found.open_answers["expert_id"].tolist() == ["E1"]
    assert found.answers["expert_id"].tolist() == ["E2"]
    assert len(survey(export, [replace(first, kind="leave_out"), second]).open_answers) == 1


def test_two_items_of_a_definition_are_never_one_question():
    rows = [["E1", "rules", ""], ["E2", "paper", ""], ["E3", "", "money"]]
    both = Instrument("panel", ("Panel", ""), (Item("old", "open", (OLD, "")), Item("new", "open", (NEW, ""))))
    one = Instrument("panel", ("Panel", ""), (Item("old", "open", (OLD, "")),))
    export = read(["id", OLD, NEW], *rows)
    known = columns_of(with_definition(export, both))
    assert [(known[name].item_id, known[name].continues) for name in (OLD, NEW)] == [("old", ""), ("new", "")]
    known = columns_of(with_definition(export, one))
    assert (known[OLD].item_id, known[NEW].continues) == ("old", OLD)
    found = survey(export, [known[OLD], known[NEW]])
    assert found.open_answers["item_id"].tolist() == ["old"] * 3


@given(st.lists(st.tuples(*[st.sampled_from(["", "yes", "no", "A, b", "3"])] * 3), min_size=1, max_size=8))
def test_no_answer_is_ever_lost(cells):
    rows = [[f"E{number}", *row] for number, row in enumerate(cells, 1)]
    if not any(any(row) for row in cells):
        return
    export = read(["id", "Why so?", "Why so?", "Why so?"], *rows)
    columns = [
        replace(column, kind="open", points=(), why="")
        for column in propose_columns(export, None)
        if column.name != "id"
    ]
    found = survey(export, columns)
    stored = sorted(zip(found.open_answers["expert_id"], found.open_answers["text"], strict=True))
    given_ = sorted((f"E{number}", cell) for number, row in enumerate(cells, 1) for cell in row if cell)
    assert set(stored) == set(given_)
    assert len(stored) >= len(set(given_))
