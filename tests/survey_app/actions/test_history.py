"""What was done is told in words, per text, code and statement, and to nobody else."""

from uuid import uuid4

from survey_app.actions.coding_desk import take
from survey_app.actions.correcting import correct_turn
from survey_app.actions.history import history_of
from tests.survey_app.actions.test_coding_desk import adding, operation


def told(place, coder="A", **narrowed):
    deeds = history_of(place.store, place.study["id"], place.coders[coder], **narrowed)
    return [(deed.kind, str(deed.said)) for deed in deeds]


def test_codings_and_marks_are_told_newest_first(place):
    statement = place.paper.statements[1]
    start = statement["start"]
    coding = adding(place, 1, start, start + 18)
    take(place.store, place.desk, [
        coding,
        operation(2, "resize", coding=coding.coding, start=start, end=start + 6),
        operation(3, "flag", about=statement["id"], text="1"),
        operation(4, "value", about=statement["id"], label="modality", text="fact"),
        operation(5, "memo", label="statement", about=statement["id"], text="Ask again"),
        operation(6, "undo"),
        operation(7, "remove", coding=coding.coding),
    ])  # fmt: skip
    assert told(place) == [
        ("do", "P01 was taken off “Skills”."), ("undo", "A memo was removed: “Ask again”."),
        ("do", "A memo was written: “Ask again”."), ("do", "modality was set to “fact”."), ("do", "A flag was set."),
        ("do", "P01 was given other ends: “Skills”."), ("do", "P01 was put on “Skills are missing”."),
    ]  # fmt: skip
    assert told(place, "B") == []


def test_a_history_is_narrowed_to_a_statement_a_code_or_a_text(place):
    first, second = place.paper.statements[1], place.paper.statements[2]
    take(place.store, place.desk, [
        adding(place, 1, first["start"], first["start"] + 6),
        adding(place, 2, second["start"], second["end"], code="prob.low_ict"),
        operation(3, "flag", about=second["id"], text="1"),
    ])  # fmt: skip
    assert [said for _kind, said in told(place, statement_id=first["id"])] == ["P01 was put on “Skills”."]
    assert len(told(place, statement_id=second["id"])) == 2
    assert len(told(place, code_id=place.codes["prob.low_ict"])) == 1
    assert len(told(place, source_id=place.source)) == 3
    assert told(place, source_id=str(uuid4())) == []


def test_the_words_are_those_of_the_text_as_it_is_now(place):
    start = place.text.index("Skills")
    take(place.store, place.desk, [adding(place, 1, start, start + len("Skills"))])
    turn = place.paper.turns[0]
    correct_turn(
        place.store, "A", place.study["id"], place.source, turn["index"], turn["text"] + " Good morning!", seen=0
    )
    assert told(place, code_id=place.codes["prob.skills"]) == [("do", "P01 was put on “Skills”.")]


def test_a_code_made_on_the_desk_is_told(place):
    new = str(uuid4())
    take(place.store, place.desk, [operation(1, "code", code=new, parent=place.codes["prob"], label="Old maps")])
    assert told(place) == [("do", "The code “Old maps” was added.")]
