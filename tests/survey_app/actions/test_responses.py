"""Several questionnaires in a study, experts who are added to one, and what is coded and therefore stays."""

import pandas as pd
import pytest
from sqlalchemy import select

from survey_app.actions.checking import check_store
from survey_app.actions.instruments import QuestionnaireProblem, free_key, put_instrument, put_items
from survey_app.actions.questionnaire import (
    import_questionnaire,
    present_questionnaire,
    present_questionnaires,
    take_out_questionnaire,
)
from survey_app.actions.responses import Filled, add_response
from survey_app.actions.survey_files import read_survey
from survey_app.store import experts, instruments, schema
from survey_app.store.log import rows
from survey_app.store.undo import last_done, turn_back
from tests.survey_app.actions.test_questionnaire import frames_of
from tests.survey_app.questionnaires.forms import as_csv, code_an_answer, study_with_roster

HEADER = ["id", "What is missing?", "Rate it from 1 to 5", "Where do you work?"]
FIRST = (HEADER, ["L1", "Staff.", "4", "city"], ["L2", "Money.", "5", "village"], ["C1", "Time.", "1", "city"],
         ["C2", "Rest.", "2", "city"], ["C3", "Peace.", "2", "village"])  # fmt: skip
SECOND = (HEADER, ["R1", "Roads.", "3", "village"], ["R2", "Rules.", "2", "village"], ["R3", "Rooms.", "3", "city"],
          ["F1", "Rails.", "1", "city"])  # fmt: skip


def bring(store, study, table, **more):
    survey = read_survey(store, study, "form.csv", as_csv(*table))
    return import_questionnaire(
        store, "A", study, survey.items, survey.answers, survey.open_answers, file_name="form.csv",
        filled=survey.filled, **more,
    )  # fmt: skip


@pytest.fixture
def study(fresh_store):
    study = study_with_roster(fresh_store)
    bring(fresh_store, study, FIRST)
    return study


def said(store):
    """What every expert wrote, in the order of the text."""
    found = frames_of(store, "panel").statements
    return list(zip(found["expert_id"], found["text"], strict=True))


def rated(store, item="q03"):
    found = frames_of(store, "panel").answers
    return {row.expert_id: row.value for row in found[found["item_id"] == item].itertuples()}


def test_experts_are_added_and_nothing_that_was_coded_moves(fresh_store, study):
    code_an_answer(fresh_store, study)
    before = frames_of(fresh_store, "panel")
    bring(fresh_store, study, SECOND, adding=True)
    after = frames_of(fresh_store, "panel")
    assert after.codings.equals(before.codings)
    assert after.items.to_dict("records") == before.items.to_dict("records")
    assert said(fresh_store)[:5] == [
        ("L1", "Staff."),
        ("L2", "Money."),
        ("C1", "Time."),
        ("C2", "Rest."),
        ("C3", "Peace."),
    ]
    assert said(fresh_store)[5:] == [("R1", "Roads."), ("R2", "Rules."), ("R3", "Rooms."), ("F1", "Rails.")]
    kept = [column for column in before.statements if column != "statement_id"]
    assert after.statements[kept].head(5).equals(before.statements[kept])
    assert rated(fresh_store)["R1"] == 3
    assert check_store(fresh_store) == []


def test_a_choice_keeps_its_meaning_when_the_new_file_has_its_options_in_another_order(fresh_store, study):
    bring(fresh_store, study, SECOND, adding=True)
    frames = frames_of(fresh_store, "panel")
    words = {point["value"]: point["en"] for point in frames.items.set_index("item_id").loc["q04", "scale"]}
    where = {expert: words[value] for expert, value in rated(fresh_store, "q04").items()}
    table = [*FIRST[1:], *SECOND[1:]]
    assert where == {row[0]: row[3] for row in table}


def test_an_expert_who_answers_again_is_replaced_and_the_others_stay_where_they_were(fresh_store, study):
    before = frames_of(fresh_store, "panel").statements.set_index("expert_id")
    bring(fresh_store, study, (HEADER, ["L2", "Trust.", "1", "city"], ["C1", "Time.", "4", "city"],
                               ["R1", "Roads.", "3", "village"], ["R2", "Rules.", "2", "city"]), adding=True)  # fmt: skip
    after = frames_of(fresh_store, "panel").statements.set_index("expert_id")
    assert after.loc["L2", "text"] == "Trust."
    assert len(after) == 7
    assert (after.loc[["L1", "C1"], "start"] == before.loc[["L1", "C1"], "start"]).all()
    assert rated(fresh_store) == {"L1": 4, "L2": 1, "C1": 4, "C2": 2, "C3": 2, "R1": 3, "R2": 2}
    with fresh_store.reading() as connection:
        assert "Money." not in connection.scalar(select(schema.source.c.text).where(schema.source.c.kind == "answer"))
    assert check_store(fresh_store) == []


def test_whose_words_are_coded_is_named_and_nothing_is_stored(fresh_store, study):
    code_an_answer(fresh_store, study)
    again = (HEADER, ["L1", "Nothing.", "1", "city"], ["L2", "Money.", "1", "city"], ["R1", "Roads.", "3", "village"],
             ["R2", "Rules.", "2", "village"])  # fmt: skip
    with pytest.raises(
        QuestionnaireProblem, match="Open answers of L1 carry codings or other work, and are different now"
    ):
        bring(fresh_store, study, again, adding=True)
    assert rated(fresh_store) == {"L1": 4, "L2": 5, "C1": 1, "C2": 2, "C3": 2}
    again[1][1] = "Staff."
    bring(fresh_store, study, again, adding=True)
    assert rated(fresh_store)["L1"] == 1
    assert frames_of(fresh_store, "panel").codings["start"].tolist() == [0]


def test_an_addition_is_one_act_and_can_be_undone(fresh_store, study):
    before = said(fresh_store), rated(fresh_store), rated(fresh_store, "q04")
    bring(fresh_store, study, (*SECOND, ["L1", "Trust.", "1", "village"]), adding=True)
    with fresh_store.writing() as connection:
        turn_back(connection, last_done(connection, study["id"], "A", None, ["import_questionnaire"]), "A")
    assert (said(fresh_store), rated(fresh_store), rated(fresh_store, "q04")) == before
    assert check_store(fresh_store) == []


def test_a_question_that_asks_something_else_is_not_added_to(fresh_store, study):
    other = (["id", "What is missing?", "Rate us from 1 to 5", "Where do you work?"],
             ["R1", "Roads.", "3", "city"], ["R2", "Rules.", "3", "city"], ["R3", "Rails.", "1", "village"])  # fmt: skip
    with pytest.raises(QuestionnaireProblem, match="“Rate it from 1 to 5” has another type, wording or scale"):
        bring(fresh_store, study, other, adding=True)
    assert "R1" not in rated(fresh_store)


def scaled(store, study, points, item="mood", reverse=False):
    """Put an item with a scale; returns where values move to."""
    scale = [{"value": value, "en": words, "ru": ""} for value, words in points]
    row = {"item_id": item, "parent_id": "", "type": "likert", "label_en": "Mood", "label_ru": "", "scale": scale,
           "code_id": "", "order": 0, "reverse": reverse}  # fmt: skip
    with store.change(study["id"], "A", "try") as change:
        one = put_instrument(change, study["id"], "mood")
        return put_items(change, study["id"], one, pd.DataFrame([row]))[1].get(item, {})


@pytest.mark.parametrize(
    ("again", "moved"),
    [
        ([(1, "Bad"), (2, "Fair"), (3, "Good")], {}),
        ([(1, "good"), (2, "Fair"), (3, "Bad")], {1: 3, 3: 1}),
        ([(3, "Bad")], {3: 1}),
        ([(1, ""), (2, "2"), (3, "")], {}),
        ([(1, "Terrible"), (2, "Fair"), (3, "Good")], None),
        ([(1, "Good"), (3, "")], None),
        ([(7, "")], None),
    ],
)
def test_points_of_a_scale_are_known_by_their_words_and_never_mixed(fresh_store, study, again, moved):
    assert scaled(fresh_store, study, [(1, "Bad"), (2, "Fair"), (3, "Good")]) == {}
    if moved is None:
        with pytest.raises(QuestionnaireProblem, match="“Mood” has another type, wording or scale"):
            scaled(fresh_store, study, again)
    else:
        assert scaled(fresh_store, study, again) == moved


def test_a_scale_that_is_counted_from_its_other_end_keeps_its_direction(fresh_store, study):
    points = [(1, "Bad"), (2, "Fair"), (3, "Good")]
    scaled(fresh_store, study, points, reverse=True)
    assert scaled(fresh_store, study, [(1, "Good"), (2, "Fair"), (3, "Bad")], reverse=True) == {1: 3, 3: 1}
    assert scaled(fresh_store, study, [(0, "Bad"), (1, "Fair"), (2, "Good")], reverse=True) == {0: 1, 1: 2, 2: 3}
    with pytest.raises(QuestionnaireProblem, match="another type, wording or scale"):
        scaled(fresh_store, study, points)


def test_two_questionnaires_stand_side_by_side(fresh_store, study):
    poll = (["id", "Did you hear us?", "How many were you, 1 to 9?"], ["L1", "Yes.", "2"], ["L2", "Hardly.", "7"])
    bring(fresh_store, study, poll, key="zoom", title=("Zoom poll", "Опрос в Zoom"))
    first, second = present_questionnaires(fresh_store, study["id"])
    assert (first.key, first.experts, first.questions, first.answers, first.open_answers) == ("q1", 5, 3, 10, 5)
    assert (second.key, second.title_ru, second.experts, second.answers) == ("zoom", "Опрос в Zoom", 2, 2)
    both = present_questionnaire(fresh_store, study["id"])
    assert (both.experts, both.questions, both.answers, both.open_answers) == (5, 5, 12, 7)
    assert rated(fresh_store, "zoom.q03") == {"L1": 2, "L2": 7}
    assert rated(fresh_store, "q03")["L2"] == 5
    take_out_questionnaire(fresh_store, "A", study, "q1")
    assert [each.key for each in present_questionnaires(fresh_store, study["id"])] == ["zoom"]
    assert said(fresh_store) == [("L1", "Yes."), ("L2", "Hardly.")]


def test_codings_of_one_questionnaire_do_not_hold_the_other(fresh_store, study):
    code_an_answer(fresh_store, study)
    bring(fresh_store, study, (["id", "And?"], ["L1", "Yes."], ["L2", "No."]), key="zoom")
    take_out_questionnaire(fresh_store, "A", study, "zoom")
    with pytest.raises(QuestionnaireProblem, match="have codings"):
        take_out_questionnaire(fresh_store, "A", study, "q1")


def test_where_and_when_somebody_answered_is_kept(fresh_store, study):
    table = (
        ["Timestamp", "id", "Why?"],
        ["12/15/2025 10:18:29 GMT+7", "L1", "So."],
        ["12/16/2025 9:05 GMT+7", "L2", "Thus."],
    )
    bring(fresh_store, study, table, key="second")
    with fresh_store.reading() as connection:
        one = instruments.instrument(connection, study["id"], "second")["id"]
        heads = [row for row in instruments.response_heads(connection, study["id"]) if row["instrument_id"] == one]
    assert {row["expert_key"]: (row["row"], row["at"], row["file_name"]) for row in heads} == {
        "L1": (2, "2025-12-15T10:18:29", "form.csv"), "L2": (3, "2025-12-16T09:05", "form.csv"),
    }  # fmt: skip


def test_one_expert_fills_it_in_here(fresh_store, study):
    with fresh_store.change(study["id"], "A", "fill_in") as change:
        one = instruments.instrument(change.connection, study["id"], "q1")
        expert = next(row for row in experts.experts(change.connection, study["id"]) if row["key"] == "R1")
        filled = Filled(expert["id"], "R1", {"q03": 5}, {"q02": "Roads."}, at="2026-01-01T10:00:00", language="ru")
        add_response(change, study, one, filled)
    assert rated(fresh_store)["R1"] == 5
    assert said(fresh_store)[-1] == ("R1", "Roads.")
    with fresh_store.reading() as connection:
        found = rows(connection, select(schema.response).where(schema.response.c.expert_id == expert["id"]))[0]
    assert (found["row"], found["language"], found["answers"]) == (0, "ru", {"q03": 5})


def test_a_key_that_is_too_long_is_cut_and_still_its_own(fresh_store, study):
    survey = read_survey(fresh_store, study, "form.csv", as_csv(["id", "Why?"], ["L1", "So."], ["L2", "Thus."]))
    long = [f"{'x' * 90}{end}" for end in "ab"]
    items = survey.items.loc[[0, 0]].assign(item_id=long)
    with fresh_store.change(study["id"], "A", "try") as change:
        one = put_instrument(change, study["id"], free_key(["q1"]))
        keys, _values = put_items(change, study["id"], one, items)
    assert one["key"] == "q2"
    assert len(set(keys.values())) == 2
    assert all(len(instruments.source_key(key)) <= 80 for key in keys.values())


def test_a_key_that_is_none_is_refused(fresh_store, study):
    with pytest.raises(QuestionnaireProblem, match="cannot name a questionnaire"):
        bring(fresh_store, study, SECOND, key="k" * 41)
