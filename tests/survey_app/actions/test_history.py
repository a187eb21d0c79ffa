"""What was done is told in words, per text, code and statement, and to nobody else."""

from uuid import uuid4

from coding.queries import HasCode, Query
from survey_app.actions.bringing_in import take_out_source
from survey_app.actions.code_merging import assign_codings, merge_codes, split_code
from survey_app.actions.codebook import add_code, archive_code, change_code, move_code
from survey_app.actions.codebook_sections import change_rules
from survey_app.actions.codebook_undo import undo_codebook
from survey_app.actions.coding_desk import take
from survey_app.actions.correcting import correct_turn
from survey_app.actions.framework import write_summary
from survey_app.actions.history import history_of, statement_words
from survey_app.actions.memos import write_memo
from survey_app.actions.recordings import remove_recording, shift_recording
from survey_app.actions.retrieving import delete_query, replace_query, save_query
from survey_app.store import schema
from tests.survey_app.actions.test_coding_desk import adding, operation


def told(place, coder="A", **narrowed):
    deeds = history_of(place.store, place.study["id"], place.coders[coder], **narrowed)
    return [(deed.kind, f"{deed.said} (by {deed.by})" if deed.by else str(deed.said)) for deed in deeds]


def done(place, coder="A", **narrowed):
    return [said for _kind, said in told(place, coder, **narrowed)]


def words_at(place, start, end):
    return place.text[start:end].rstrip()


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
    hint = f"{words_at(place, start, start + 40)}…"
    assert told(place) == [
        ("do", "P01 was taken off “Skills”."),
        ("undo", f"A memo was removed from the words “{hint}”: “Ask again”."),
        ("do", f"A memo was written on the words “{hint}”: “Ask again”."), ("do", "modality was set to “fact”."), ("do", "A flag was set."),
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


def test_what_another_did_to_ones_codings_is_told_with_who_it_was(place):
    start = place.text.index("Skills")
    take(place.store, place.desk, [
        adding(place, 1, 0, 7), adding(place, 2, 8, 17, code="prob.low_ict"), adding(place, 3, start, start + 6),
        adding(place, 4, 5, 12),
    ])  # fmt: skip
    merge_codes(place.store, "B", place.study["id"], place.codes["prob.skills"], place.codes["prob.low_ict"])
    told_of = done(place)
    assert "“Skills” went from P01 to P02. (by B)" in told_of
    assert sum("became one with the coding beside it. (by B)" in one for one in told_of) == 1
    assert "“Skills” went from P01 to P02. (by B)" in done(place, code_id=place.codes["prob.skills"])
    assert len(done(place, "B")) == 1
    assert done(place, "B")[0].startswith("The code “Skills shortage among officials” was merged into “")
    undo_codebook(place.store, "B", place.study["id"])
    assert "“Skills” went from P02 to P01. (by B)" in done(place)
    assert [kind for kind, _said in told(place, "B")] == ["undo", "do"]
    assert len(set(done(place, "B"))) == 1


def test_a_flag_that_came_along_with_a_cut_statement_is_told_to_its_coder(place):
    row = place.paper.statements[1]
    take(place.store, place.other, [operation(1, "flag", "other", about=row["id"], text="1")])
    at = place.text.index("and nobody")
    take(place.store, place.desk, [operation(1, "split", statements=[row["id"]], start=at)])
    take(place.store, place.desk, [operation(2, "merge", statements=[row["id"]]), operation(3, "undo")])
    assert done(place)[:3] == ["Two statements were joined.", "Two statements were joined.", "A statement was split."]
    assert done(place, statement_id=row["id"]) == done(place)
    assert done(place, statement_id=place.paper.statements[2]["id"]) == []
    assert done(place, "B") == [
        "A flag was set. (by A)", "A flag was taken away. (by A)", "A flag was set. (by A)", "A flag was set."
    ]  # fmt: skip


def test_a_corrected_text_is_told_as_such_to_everybody_whose_codings_lay_on_it(place):
    row = place.paper.statements[1]
    take(place.store, place.other, [adding(place, 1, row["start"], row["start"] + 10, client="other")])
    turn = next(one for one in place.paper.turns if "Skills" in one["text"])
    words = turn["text"].replace("Skills are", "Many people")
    correct_turn(place.store, "A", place.study["id"], place.source, turn["index"], words, seen=0)
    assert done(place) == ["Words of the text were corrected."]
    assert done(place, statement_id=row["id"]) == done(place)
    assert done(place, statement_id=place.paper.statements[0]["id"]) == []
    assert done(place, "B")[0] == "The text under P01 was corrected: “Many people”. (by A)"
    assert statement_words(place.store, place.study["id"], row["id"]).startswith("Many people missing")
    assert statement_words(place.store, str(uuid4()), row["id"]) == ""


def test_a_memo_says_what_it_is_about(place):
    study, coder = place.study["id"], place.coders["A"]["id"]
    expert = insert(place, schema.expert, {"study_id": study, "key": "L1", "name": "Anna"})
    for about, about_id in (
        ("study", study), ("source", place.source), ("expert", expert), ("code", place.codes["prob.skills"]),
    ):  # fmt: skip
        write_memo(place.store, "A", study, coder, about=about, about_id=about_id, text="Hm")
    write_memo(place.store, "A", study, coder, about="expert", about_id=expert, text="")
    source = place.paper.source["key"]
    assert done(place) == [
        "A memo was removed from L1: “Hm”.", "A memo was written on P01 Skills shortage among officials: “Hm”.",
        "A memo was written on L1: “Hm”.", f"A memo was written on {source}: “Hm”.",
        "A memo was written on the study: “Hm”.",
    ]  # fmt: skip
    assert done(place, source_id=place.source) == [f"A memo was written on {source}: “Hm”."]
    assert "P01 " in done(place, code_id=place.codes["prob.skills"])[0]
    assert "Недостаточная" in done(place, code_id=place.codes["prob.skills"], language="ru")[0]


def test_summaries_queries_and_recordings_are_told_to_whoever_made_them(place):
    study, coder = place.study["id"], place.coders["A"]["id"]
    expert = insert(place, schema.expert, {"study_id": study, "key": "L1"})
    for column in ("question:t1.o1", "code:prob.skills"):
        write_summary(place.store, "A", study, coder, expert, column, "Said so.")
    write_summary(place.store, "A", study, coder, expert, "question:t1.o1", "", "Said so.")
    saved = save_query(place.store, "A", study, coder, "Skills", Query(HasCode("prob.skills")))
    replace_query(place.store, "A", study, coder, saved, "Craft", Query(HasCode("prob.skills")))
    delete_query(place.store, "A", study, coder, saved)
    with place.store.change(study, "A", "attach_recording", scope=place.source) as change:
        row = {"source_id": place.source, "file_name": "call.mp4", "media_type": "", "sha256": "", "bytes": 1}
        change.insert(schema.recording, row)
    shift_recording(place.store, "A", study, place.source, 2.5)
    remove_recording(place.store, "A", study, place.source)
    assert done(place) == [
        "The recording “call.mp4” was removed.", "The recording was shifted to 2.5 s.",
        "The recording “call.mp4” was attached.", "The query “Craft” was removed.",
        "The query “Skills” was renamed “Craft”.", "The query “Skills” was saved.",
        "The summary on L1 · question t1.o1 was removed.",
        "The summary on L1 · code P01 Skills shortage among officials was written.",
        "The summary on L1 · question t1.o1 was written.",
    ]  # fmt: skip
    assert done(place, "B") == []


def test_what_a_person_did_to_the_codebook_is_one_sentence_an_act(place):
    study, skills = place.study["id"], place.codes["prob.skills"]
    start = place.text.index("Skills")
    coding = adding(place, 1, start, start + 6)
    take(place.store, place.desk, [coding])
    night = add_code(place.store, "A", study, parent_id=skills, label_en="Night")
    change_code(place.store, "A", study, night, label_en="Nights")
    move_code(place.store, "A", study, night, place.codes["enab"])
    archive_code(place.store, "A", study, night, archived=True)
    archive_code(place.store, "A", study, night, archived=False)
    split_code(place.store, "A", study, skills, [("Training", ""), ("People", "")], {coding.coding: 0})
    assign_codings(place.store, "A", study, {coding.coding: skills})
    change_rules(place.store, "A", study, [{"en": "Be kind.", "ru": ""}])
    assert [one for one in done(place) if "went from" not in one] == [
        "The rules of the codebook were changed.", "1 coding was given another code.",
        "A code was split; new beside it: “Training”, “People”.", "The code “Nights” was brought back into use.",
        "The code “Nights” was taken out of use.", "The code “Nights” was moved.", "The code “Nights” was changed.",
        "The code “Night” was added.", "P01 was put on “Skills”.",
    ]  # fmt: skip
    assert sum("went from" in one for one in done(place)) == 2
    assert done(place, "B") == []
    assert len(done(place, code_id=night)) == 5


def test_codings_on_a_text_that_was_taken_out_are_still_told(place):
    coding = adding(place, 1)
    take(place.store, place.desk, [coding, operation(2, "remove", coding=coding.coding)])
    take_out_source(place.store, "A", place.study["id"], place.source)
    assert done(place) == ["P01 was taken off “…”.", "P01 was put on “…”."]


def insert(place, table, row):
    with place.store.change(place.study["id"], "", "prepare") as change:
        return change.insert(table, row)[0]
