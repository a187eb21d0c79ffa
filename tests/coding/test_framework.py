"""Which statements stand behind a cell of the framework matrix."""

from demo_study import demo

from coding.codings import choose_layer, codes_of_statements
from coding.framework import statements_behind


def behind(*columns):
    frames = demo()
    coded = codes_of_statements(frames.statements, choose_layer(frames.codings, "adjudicated"))
    return frames, statements_behind(frames.statements, coded, frames.codes, frames.experts, columns)


def test_every_answer_to_a_question_is_behind_the_cell_of_who_gave_it():
    frames, found = behind("question:t1.o1")
    said = frames.statements[(frames.statements["question_id"] == "t1.o1") & (frames.statements["expert_id"] != "")]
    assert sum(map(len, found.values())) == len(said) > 0
    for (expert_id, _column), ids in found.items():
        assert list(said.loc[said["expert_id"] == expert_id, "statement_id"]) == ids


def test_a_branch_of_codes_holds_everything_below_it_once():
    frames, found = behind("code:prob", *(f"code:{key}" for key in demo().codes["code_id"] if key.startswith("prob.")))
    for expert_id in frames.experts["expert_id"]:
        below = {
            each for (who, column), ids in found.items() if who == expert_id and column != "code:prob" for each in ids
        }
        branch = found.get((expert_id, "code:prob"), [])
        assert set(branch) == below
        assert len(branch) == len(set(branch))


def test_columns_that_are_nothing_hold_nothing():
    assert behind("question:none", "code:none", "")[1] == {}
