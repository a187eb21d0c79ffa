"""The guide: proposed, confirmed, undone; a question that is asked stays; files of a guide are read again."""

import csv

import pytest

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.correcting import correct_turn
from survey_app.actions.demo import DEMO
from survey_app.actions.guide import (
    GuideProblem,
    alignment,
    confirm_sections,
    questions_of,
    save_questions,
    sessions_of_guide,
    undo_sections,
)
from survey_app.actions.guide_files import guide_as_yaml, read_guide_file
from survey_app.actions.people import confirm_speakers
from survey_app.actions.studies import create_study, need_study
from survey_app.store import sources
from transcripts.messages import MessageError

TALK = """WEBVTT

1
00:00:01.000 --> 00:00:09.000
Vera: Welcome to all of you. Please say who you are.

2
00:00:20.000 --> 00:00:29.000
Anna: I am Anna and work for a town.

3
00:01:00.000 --> 00:01:09.000
Vera: What has digitalization changed in the work of authorities over the last three years, in your experience?

4
00:02:00.000 --> 00:02:09.000
Anna: It has changed everything. We answer faster.

5
00:03:00.000 --> 00:03:09.000
Vera: And for whom?

6
00:04:00.000 --> 00:04:09.000
Anna: For the people, above all.
"""


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "A", title_en="Panel")


@pytest.fixture
def talk(fresh_store, study):
    source = bring_in_file(fresh_store, "A", study, recognise_file(fresh_store, study["id"], "t.vtt", TALK.encode()))
    with fresh_store.reading() as connection:
        vera = next(r for r in sources.speakers(connection, study["id"]) if r["display_name"] == "Vera")
    confirm_speakers(fresh_store, "A", study["id"], [{"id": vera["id"], "role": "moderator"}])
    return source


def chosen(found):
    return [(each.turn.index, each.kind, each.question_key) for each in found.asked]


def keys(store, source):
    with store.reading() as connection:
        return [row["question_key"] for row in sources.statements(connection, source)]


def test_sections_are_proposed_and_nothing_counts_before_they_are_confirmed(fresh_store, study, talk):
    found = alignment(fresh_store, study["id"], talk)
    assert chosen(found) == [(0, "intro", ""), (2, "question", "t1.o1"), (4, "follow_up", "t1.o1")]
    assert not found.confirmed
    assert set(keys(fresh_store, talk)) == {""}


def test_every_statement_carries_the_question_once_confirmed_and_undo_takes_it_away(fresh_store, study, talk):
    found = alignment(fresh_store, study["id"], talk)
    assert confirm_sections(fresh_store, "A", study["id"], talk, chosen(found)) == 6
    assert keys(fresh_store, talk) == ["intro", "intro", "t1.o1", "t1.o1", "t1.o1", "t1.o1"]
    assert sessions_of_guide(fresh_store, study["id"])[0]["confirmed"]
    assert undo_sections(fresh_store, "B", study["id"], talk)
    assert set(keys(fresh_store, talk)) == {""}
    assert not sessions_of_guide(fresh_store, study["id"])[0]["confirmed"]
    assert not undo_sections(fresh_store, "B", study["id"], talk)


def test_what_was_confirmed_is_not_proposed_away(fresh_store, study, talk):
    confirm_sections(fresh_store, "A", study["id"], talk, [(0, "off_guide", ""), (2, "question", "t1.o2")])
    found = alignment(fresh_store, study["id"], talk)
    assert chosen(found) == [(0, "off_guide", ""), (2, "question", "t1.o2"), (4, "follow_up", "t1.o2")]
    assert found.confirmed
    assert chosen(alignment(fresh_store, study["id"], talk, anew=True))[1] == (2, "question", "t1.o1")


def test_sections_stay_at_their_turns_when_the_text_is_corrected(fresh_store, study, talk):
    before = chosen(alignment(fresh_store, study["id"], talk))
    confirm_sections(fresh_store, "A", study["id"], talk, before)
    correct_turn(fresh_store, "A", study["id"], talk, 0, "A very warm welcome to all of you here.", seen=0)
    correct_turn(fresh_store, "A", study["id"], talk, 2, "So: what has it changed?", seen=1)
    assert chosen(alignment(fresh_store, study["id"], talk)) == before
    assert keys(fresh_store, talk)[-1] == "t1.o1"


@pytest.mark.parametrize(
    "wrong", [[(0, "nonsense", "")], [(9, "intro", "")], [(2, "intro", ""), (0, "intro", "")], [(0, "question", "no")],
              [(0, "follow_up", "")]]
)  # fmt: skip
def test_sections_that_do_not_fit_are_refused(fresh_store, study, talk, wrong):
    with pytest.raises(GuideProblem):
        confirm_sections(fresh_store, "A", study["id"], talk, wrong)
    assert not sessions_of_guide(fresh_store, study["id"])[0]["confirmed"]


def test_the_demo_arrives_confirmed_with_the_questions_of_its_statements(demo_store):
    study = need_study(demo_store, "demo-ru")
    with (DEMO / "statements.csv").open(encoding="utf-8", newline="") as file:
        wanted = [row["guide_question"] for row in csv.DictReader(file)]
    found = [key for row in sessions_of_guide(demo_store, study["id"]) for key in keys(demo_store, row["id"])]
    assert sorted(found) == sorted(wanted)
    assert all(row["confirmed"] for row in sessions_of_guide(demo_store, study["id"]))
    asked = [each for row in sessions_of_guide(demo_store, study["id"]) for each in
             alignment(demo_store, study["id"], row["id"]).asked]  # fmt: skip
    assert {each.question_key for each in asked} >= {"t1.o1", "t1.o2", "t2.o1", "t2.o2", "t3.o1", "z.o1"}


def guide(store, study):
    with store.reading() as connection:
        return [
            {name: row[name] for name in ("key", "task", "ask_en", "ask_ru")}
            for row in questions_of(connection, study["id"])
        ]


def test_questions_are_added_ordered_and_taken_away(fresh_store, study):
    present = guide(fresh_store, study)
    new = {"key": "", "task": "", "ask_en": "What else?", "ask_ru": ""}
    save_questions(fresh_store, "A", study["id"], [new, *present[:0:-1]])
    found = guide(fresh_store, study)
    assert [row["key"] for row in found] == ["q1", *(row["key"] for row in present[:0:-1])]
    assert found[0]["ask_en"] == "What else?"


def test_a_question_that_is_asked_stays(fresh_store, study, talk):
    confirm_sections(fresh_store, "A", study["id"], talk, [(2, "question", "t1.o1")])
    with pytest.raises(GuideProblem, match="is asked in sessions and stays"):
        save_questions(fresh_store, "A", study["id"], guide(fresh_store, study)[1:])


def test_a_question_without_words_is_refused(fresh_store, study):
    with pytest.raises(GuideProblem, match="needs words"):
        save_questions(fresh_store, "A", study["id"], [{"key": "", "task": "", "ask_en": " ", "ask_ru": ""}])


def test_a_guide_is_read_back_from_what_was_downloaded(fresh_store, study):
    present = guide(fresh_store, study)
    assert read_guide_file("guide.yaml", guide_as_yaml(present).encode()) == present


def test_the_starter_guide_itself_can_be_loaded():
    file = DEMO.parent / "domain" / "interview_guide.yaml"
    found = read_guide_file(file.name, file.read_bytes())
    assert [row["key"] for row in found][:3] == ["t1.o1", "t1.o2", "t2.o1"]
    assert all(row["ask_en"] and row["ask_ru"] for row in found)


def test_a_list_of_questions_is_a_guide():
    text = "Interview guide\n\n1. What hinders you?\n2) Что вам мешает?\n- And what helps?\n"
    found = read_guide_file("guide.txt", text.encode())
    assert [row["ask_en"] or row["ask_ru"] for row in found] == [
        "What hinders you?", "Что вам мешает?", "And what helps?",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.yaml", b"x: 1"), ("a.yaml", b"- 1"), ("a.yaml", b"{"), ("a.txt", b""), ("a.yaml", b"x" * 3_000_000),
     ("a.txt", "\n".join(f"{n}. Why {n}?" for n in range(400)).encode())],
)  # fmt: skip
def test_what_is_no_guide_is_refused_in_a_sentence(name, content):
    with pytest.raises(MessageError):
        read_guide_file(name, content)
