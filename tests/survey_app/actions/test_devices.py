"""Several people on one device, turns without a name, and who moderates: told apart by a person, counted rightly."""

import pytest

from survey_app.actions.bringing_in import bring_in_file, recognise_file
from survey_app.actions.correcting import replace_file
from survey_app.actions.devices import (
    AssignmentRefused,
    assign_turns,
    devices,
    same_as_before,
    turns_of,
    undo_assignment,
)
from survey_app.actions.moderators import moderators_to_confirm
from survey_app.actions.people import confirm_speakers
from survey_app.actions.proposals import waiting_speakers
from survey_app.actions.results import frames_of
from survey_app.actions.studies import create_study
from survey_app.store import schema, sources

TALK = """WEBVTT

1
00:00:01.000 --> 00:00:09.000
Vera: What hinders you? Who begins?

2
00:00:20.000 --> 00:00:29.000
Anna Orlova + Boris Utkin: This is Anna. We lack people.

3
00:01:00.000 --> 00:01:09.000
Vera: And what do you think?

4
00:02:00.000 --> 00:02:09.000
Anna Orlova + Boris Utkin: Boris here. We lack money.

5
00:03:00.000 --> 00:03:09.000
Nobody knows who said this.
"""


@pytest.fixture
def study(fresh_store):
    study = create_study(fresh_store, "A", title_en="Panel")
    with fresh_store.change(study["id"], "A", "roster") as change:
        change.insert(
            schema.expert,
            [
                {"study_id": study["id"], "key": "E1", "name": "Anna Orlova"},
                {"study_id": study["id"], "key": "E2", "name": "Boris Utkin"},
            ],
        )
    return study


@pytest.fixture
def source(fresh_store, study):
    return bring_in_file(fresh_store, "A", study, recognise_file(fresh_store, study["id"], "t.vtt", TALK.encode()))


def who_said(store, study):
    statements = frames_of(store, study["id"]).statements
    return dict(zip(statements["text"], statements["expert_id"], strict=True))


def names(store, source):
    with store.reading() as connection:
        return [row["speaker"] for row in sources.turns(connection, source)]


def test_a_name_of_several_people_counts_for_nobody_and_says_whom_to_choose_from(fresh_store, study, source):
    guess = next(each for each in waiting_speakers(fresh_store, study["id"]).values() if each.reason == "several")
    assert guess.role == "unknown"
    assert guess.candidates == ("E1", "E2")
    assert set(who_said(fresh_store, study).values()) == {""}
    shared = [each for each in devices(fresh_store, study["id"]) if each.shared]
    assert [(each.name, each.turns) for each in shared] == [("", 1), ("Anna Orlova + Boris Utkin", 2)]


def test_turns_are_told_apart_counted_and_taken_back(fresh_store, study, source):
    assert assign_turns(fresh_store, "A", study["id"], source, {1: "E1", 3: "E2"}) == 2
    said = who_said(fresh_store, study)
    assert {words: who for words, who in said.items() if who} == {
        "This is Anna. We lack people.": "E1", "Boris here. We lack money.": "E2",
    }  # fmt: skip
    assert names(fresh_store, source)[1] == "Anna Orlova + Boris Utkin · Anna Orlova"
    device = next(each for each in devices(fresh_store, study["id"]) if each.name.startswith("Anna"))
    assert device.shared
    assert [turn["index"] for turn in turns_of(fresh_store, study["id"], device)] == [1, 3]
    assert assign_turns(fresh_store, "A", study["id"], source, {1: None}) == 1
    assert names(fresh_store, source)[1] == "Anna Orlova + Boris Utkin"
    assert undo_assignment(fresh_store, "B", study["id"], source)
    assert undo_assignment(fresh_store, "B", study["id"], source)
    assert not undo_assignment(fresh_store, "B", study["id"], source)
    assert names(fresh_store, source)[1] == names(fresh_store, source)[3] == "Anna Orlova + Boris Utkin"


def test_a_turn_without_a_name_is_the_same_as_the_one_before_or_an_experts(fresh_store, study, source):
    with fresh_store.reading() as connection:
        wanted = same_as_before(sources.turns(connection, source))
    assert wanted == {4: "=Anna Orlova + Boris Utkin"}
    assign_turns(fresh_store, "A", study["id"], source, {4: "E2"})
    assert names(fresh_store, source)[4] == "Boris Utkin"
    assert who_said(fresh_store, study)["Nobody knows who said this."] == "E2"


@pytest.mark.parametrize("wanted", [{99: "E1"}, {1: "E9"}])
def test_an_assignment_to_nothing_is_refused_whole(fresh_store, study, source, wanted):
    with pytest.raises(AssignmentRefused):
        assign_turns(fresh_store, "A", study["id"], source, {3: "E2"} | wanted)
    assert names(fresh_store, source)[3] == "Anna Orlova + Boris Utkin"


def test_the_moderator_is_proposed_with_the_reason_until_one_is_confirmed(fresh_store, study, source):
    (found,) = moderators_to_confirm(fresh_store, study["id"])
    assert found.sure
    assert found.speakers[0]["display_name"] == "Vera"
    assert found.manner is not None
    assert found.manner.asks == 1
    confirm_speakers(fresh_store, "A", study["id"], [{"id": found.speakers[0]["id"], "role": "moderator"}])
    assert moderators_to_confirm(fresh_store, study["id"]) == []


def test_an_original_name_of_the_list_of_those_present_is_compared(fresh_store, study):
    talk = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\niPad 7: We wait.\n\n2\n00:00:03.000 --> 00:00:04.000\niPad 7: Long.\n"
    with fresh_store.change(study["id"], "A", "meeting") as change:
        meeting = change.insert(schema.meeting, {"study_id": study["id"], "key": "M-1"})[0]
        change.insert(
            schema.participant, {"meeting_id": meeting, "display_name": "iPad 7", "other_name": "Anna Orlova"}
        )
    bring_in_file(fresh_store, "A", study, recognise_file(fresh_store, study["id"], "i.vtt", talk.encode()))
    (guess,) = waiting_speakers(fresh_store, study["id"]).values()
    assert guess.role == "expert"


def test_a_corrected_file_keeps_who_was_told_apart(fresh_store, study, source):
    assign_turns(fresh_store, "A", study["id"], source, {1: "E1", 3: "E2", 4: "E2"})
    corrected = TALK.replace("We lack money.", "We all lack money.").replace("What hinders you?", "What hinders?")
    found = recognise_file(fresh_store, study["id"], "corrected.vtt", corrected.encode())
    replace_file(fresh_store, "A", study, source, found)
    said = who_said(fresh_store, study)
    assert {words: who for words, who in said.items() if who} == {
        "This is Anna. We lack people.": "E1", "Boris here. We all lack money.": "E2",
        "Nobody knows who said this.": "E2",
    }  # fmt: skip
