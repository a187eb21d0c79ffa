"""A questionnaire from the command line: what the mapping screen would propose is stored, and every odd cell told."""

import json

import pytest

from survey_app.__main__ import main
from survey_app.actions.questionnaire import present_questionnaires
from survey_app.store.frames import load_frames
from tests.survey_app.questionnaires.forms import FORM, as_csv, demo_form, study_with_roster

HEADER = ["id", "How long?", "Why?"]


@pytest.fixture
def study(fresh_store):
    return study_with_roster(fresh_store)


def run(capsys, *words):
    """(exit status, what was printed, lines on stderr)"""
    status = main(["questionnaire", *map(str, words), "--study", "panel"])
    out, err = capsys.readouterr()
    return status, out, err.splitlines()


def written(tmp_path, content, name="form.csv"):
    file = tmp_path / name
    file.write_bytes(content)
    return file


def test_the_form_of_the_demo_is_stored_as_on_the_screen(capsys, fresh_store, study, tmp_path):
    status, out, err = run(capsys, written(tmp_path, demo_form(), FORM), "--json")
    told = json.loads(out)
    assert (status, err) == (0, [])
    assert (told["questionnaire"], told["platform"], told["experts"], told["open"]) == ("q1", "Google Forms", 20, 98)
    assert "report" not in told
    (present,) = present_questionnaires(fresh_store, study["id"])
    assert (present.experts, present.answers + present.open_answers) == (20, told["closed"] + told["open"])


def test_cells_that_do_not_fit_are_printed_with_row_column_and_words(capsys, fresh_store, study, tmp_path):
    said = [("L1", "14"), ("B1", "many"), ("F1", "3"), ("C1", "22"), ("R1", "9"), ("L2", "17"), ("F2", "31"),
            ("R2", "5"), ("C2", "12"), ("Nobody Known", "1")]  # fmt: skip
    rows = [[who, number, ""] for who, number in said]
    file = written(tmp_path, as_csv(["Panel of 2024"], [], HEADER, *rows))
    definition = written(tmp_path, b"survey:\n- {type: integer, name: long, label: 'How long?'}\n", "form.yaml")
    _status, out, _err = run(capsys, file, "--json", "--report", "--definition", definition)
    told = json.loads(out)
    (cell,) = told["report"]
    assert (cell["row"], cell["column"], cell["written"]) == (5, "How long?", "many")
    assert told["cells"] == 1
    assert told["left_out"] == [13]
    assert any("was taken for the header" in warning for warning in told["warnings"])
    assert "1 row is nobody's on the roster and was left out: 13 Nobody Known." in told["warnings"]
    with fresh_store.reading() as connection:
        frames = load_frames(connection, study["id"])
    assert set(frames.answers["expert_id"]) == {who for who, _number in said[:-1]}
    _status, out, _err = run(capsys, file, "--report", "--definition", definition)
    assert "row: 5, column: How long?, written: many, problem: " in out.splitlines()[1]


def test_a_file_that_asks_the_same_adds_its_respondents(capsys, fresh_store, study, tmp_path):
    assert run(capsys, written(tmp_path, as_csv(HEADER, ["L1", "4", "So."])))[0] == 0
    assert run(capsys, written(tmp_path, as_csv(HEADER, ["B1", "5", "Thus."]), "later.csv"))[0] == 0
    assert run(capsys, written(tmp_path, as_csv(["id", "What else?"], ["B1", "Rain"]), "other.csv"))[0] == 0
    assert [(each.key, each.experts) for each in present_questionnaires(fresh_store, study["id"])] == [
        ("q1", 2), ("q2", 1),
    ]  # fmt: skip


def test_a_definition_wins_and_what_was_left_out_of_it_is_told(capsys, fresh_store, study, tmp_path):
    form = (
        "survey:\n- {type: integer, name: long, label: 'How long?', relevant: '1 = 2'}\n"
        "- {type: select_one yn, name: why, label: 'Why?'}\n"
        "choices:\n  yn:\n  - {name: a, label: So.}\n  - {name: b, label: Thus.}\n"
    )
    file = written(tmp_path, as_csv([*HEADER, "More?"], ["L1", "4", "So.", "x"]))
    definition = written(tmp_path, form.encode(), "form.yaml")
    _status, out, _err = run(capsys, file, "--definition", definition, "--json")
    warnings = json.loads(out)["warnings"]
    assert any("can never hold" in warning for warning in warnings)
    assert any("“More?”" in warning and "not in the definition" in warning for warning in warnings)
    with fresh_store.reading() as connection:
        items = load_frames(connection, study["id"]).items
    assert dict(zip(items["item_id"], items["type"], strict=True))["why"] == "single"


def test_of_two_rows_of_one_expert_somebody_must_say_which_counts(capsys, fresh_store, study, tmp_path):
    file = written(tmp_path, as_csv(HEADER, ["L1", "4", "So."], ["L1", "5", "Thus."]))
    status, out, err = run(capsys, file)
    assert (status, out) == (2, "")
    assert err == ["Rows 2 and 3 are both of L1. Leave one of them out, or say whose it is."]
    assert present_questionnaires(fresh_store, study["id"]) == ()
    assert run(capsys, file, "--double", "last")[0] == 0


def test_a_file_that_is_not_there_is_one_sentence(capsys, study, tmp_path):
    status, out, err = run(capsys, tmp_path / "none.csv")
    assert (status, out) == (2, "")
    assert err == ["none.csv cannot be opened. Check its name and whether you may read it."]
