"""Files of one meeting come together, the same talk is never counted twice, a list of those present is kept."""

import pytest

from survey_app.actions.bringing_in import bring_in_file, interviews, mark_doubles, recognise_file
from survey_app.actions.demo import DEMO
from survey_app.actions.meetings import (
    MeetingProblem,
    describe_meeting,
    forget_participants,
    gatherings,
    move_source,
)
from survey_app.actions.placing import propose_places
from survey_app.actions.storing import bring_in_files, bring_in_placed
from survey_app.actions.studies import create_study, delete_study
from survey_app.store import schema, sources
from tests.conftest import CORPORA

TRANSCRIPT = DEMO / "transcripts" / "S-A_en.vtt"
CHAT = DEMO / "transcripts" / "S-A_en_chat.txt"
OTHER = DEMO / "transcripts" / "S-B_en.vtt"
LISTED = (
    "Meeting ID,Topic,Start Time,End Time,Email,Duration (Minutes),Participants\n"
    "123 456,Panel A,2021-12-07 10:00:00,2021-12-07 11:30:00,host@example.org,90,2\n\n"
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent\n"
    "Vera (moderator),vera@example.org,2021-12-07 10:00:00,2021-12-07 11:30:00,90,No,Y\n"
    "Quiet Guest (Q. Guest),quiet@example.org,2021-12-07 10:05:00,2021-12-07 11:00:00,55,Yes,Y\n"
)


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "A", title_en="Panel")


def recognised(store, study, *files):
    """Files of the disk, or (name, text)."""
    read = [(file.name, file.read_bytes()) if hasattr(file, "name") else (file[0], file[1].encode()) for file in files]
    return mark_doubles([recognise_file(store, study["id"], name, content) for name, content in read])


def bring(store, study, *files):
    return bring_in_files(store, "A", study, recognised(store, study, *files))


def meetings(store, study):
    return [[row["key"] for row in each.sources] for each in gatherings(store, study["id"])]


def corrected():
    """The transcript with a dozen words changed."""
    return TRANSCRIPT.read_text("utf-8").replace(" we ", " they ", 12)


def captions():
    """The same talk as captions without names."""
    text = TRANSCRIPT.read_text("utf-8")
    return "\n".join(line.partition(": ")[2] or line if "-->" not in line else line for line in text.split("\n"))


def test_transcript_and_chat_of_one_meeting_come_together_and_another_talk_does_not(fresh_store, study):
    stored = bring(fresh_store, study, OTHER, TRANSCRIPT, CHAT)
    assert [each.key for each in stored] == ["S-1", "S-2", "CH-1"]
    assert sorted(meetings(fresh_store, study)) == [["S-1"], ["S-2", "CH-1"]]


def test_a_chat_that_comes_later_joins_the_meeting_that_is_there(fresh_store, study):
    bring(fresh_store, study, TRANSCRIPT)
    bring(fresh_store, study, CHAT)
    assert meetings(fresh_store, study) == [["S-1", "CH-1"]]


def test_the_same_talk_as_captions_is_left_out_and_said(fresh_store, study):
    stored = bring(fresh_store, study, TRANSCRIPT, ("captions.vtt", captions()))
    assert [each.stored for each in stored] == [True, False]
    assert "the same talk" in str(stored[1].note)
    assert meetings(fresh_store, study) == [["S-1"]]


def test_a_corrected_copy_is_proposed_as_a_new_revision(fresh_store, study):
    bring(fresh_store, study, TRANSCRIPT)
    batch = recognised(fresh_store, study, ("corrected.vtt", corrected()))
    plan = propose_places(fresh_store, study["id"], batch)
    assert plan.act(0) == "replace"
    assert plan.twins[0].key == "S-1"
    assert plan.twins[0].changed == 12
    (done,) = bring_in_placed(fresh_store, "A", study, batch, plan, {0: "replace"})
    assert "S-1 has its text in revision 1" in str(done.note)
    with fresh_store.reading() as connection:
        (row,) = sources.sources(connection, study["id"])
    assert (row["revision"], row["file_name"]) == (1, "corrected.vtt")
    assert recognised(fresh_store, study, TRANSCRIPT)[0].known_as == "S-1"


def test_the_same_talk_is_stored_twice_where_a_person_says_so(fresh_store, study):
    bring(fresh_store, study, TRANSCRIPT)
    batch = recognised(fresh_store, study, ("corrected.vtt", corrected()))
    plan = propose_places(fresh_store, study["id"], batch)
    (done,) = bring_in_placed(fresh_store, "A", study, batch, plan, {0: "store"})
    assert done.key == "S-2"


def test_who_was_there_is_kept_without_any_address(fresh_store, study):
    bring(fresh_store, study, TRANSCRIPT, CHAT, ("S-A_en_participants.csv", LISTED))
    found = gatherings(fresh_store, study["id"])
    present = [each for gathering in found for each in gathering.present]
    assert sorted((each.name, each.other_name, each.minutes, each.spoke) for each in present) == [
        ("Quiet Guest", "Q. Guest", 55, False), ("Vera", "moderator", 90, True),
    ]  # fmt: skip
    database = fresh_store.engine.url.database
    with open(database, "rb") as file:
        assert b"@example.org" not in file.read()
    meeting = next(each.meeting for each in found if each.present)
    forget_participants(fresh_store, "A", study["id"], meeting["id"])
    assert not any(each.present for each in gatherings(fresh_store, study["id"]))


def test_a_meeting_has_a_title_and_a_day_that_its_sources_take_over(fresh_store, study):
    bring(fresh_store, study, TRANSCRIPT)
    meeting = gatherings(fresh_store, study["id"])[0].meeting
    describe_meeting(fresh_store, "A", study["id"], meeting["id"], title="Panel A", date="2021-12-07")
    (found,) = gatherings(fresh_store, study["id"])
    assert (found.meeting["title"], found.sources[0]["title"], found.sources[0]["date"]) == (
        "Panel A", "Panel A", "2021-12-07",
    )  # fmt: skip
    with pytest.raises(MeetingProblem, match="is not a day"):
        describe_meeting(fresh_store, "A", study["id"], meeting["id"], title="", date="yesterday")


def test_sources_follow_their_meeting_only_in_what_has_changed(fresh_store, study):
    talk = recognise_file(fresh_store, study["id"], "GMT20211207-100000_Recording.vtt", TRANSCRIPT.read_bytes())
    source_id = bring_in_file(fresh_store, "A", study, talk, title="Opening")
    move_source(fresh_store, "A", study["id"], source_id, None)
    meeting = gatherings(fresh_store, study["id"])[0].meeting
    describe_meeting(fresh_store, "A", study["id"], meeting["id"], title="First day", date=meeting["date"])
    (found,) = gatherings(fresh_store, study["id"])
    assert (found.sources[0]["title"], found.sources[0]["date"]) == ("First day", "2021-12-07")
    describe_meeting(fresh_store, "A", study["id"], meeting["id"], title="First day", date="")
    assert gatherings(fresh_store, study["id"])[0].sources[0]["date"] == ""


def test_a_source_moves_to_another_meeting_and_an_empty_one_goes(fresh_store, study):
    bring(fresh_store, study, TRANSCRIPT, OTHER)
    first, second = gatherings(fresh_store, study["id"])
    move_source(fresh_store, "A", study["id"], second.sources[0]["id"], first.meeting["id"])
    assert len(gatherings(fresh_store, study["id"])) == 1
    move_source(fresh_store, "A", study["id"], second.sources[0]["id"], None)
    assert len(gatherings(fresh_store, study["id"])) == 2


@pytest.mark.skipif(not CORPORA.exists(), reason="the real files are not here")
def test_several_interviews_of_a_file_are_several_sources(fresh_store, study):
    file = CORPORA / "transcripts" / "ru_interview_protocol_booking.docx"
    (found,) = recognised(fresh_store, study, file)
    parts = interviews(fresh_store, study["id"], found)
    assert len(parts) > 1
    stored = bring_in_files(fresh_store, "A", study, parts)
    assert [each.stored for each in stored] == [True] * len(parts)
    assert len(gatherings(fresh_store, study["id"])) == len(parts)
    assert recognised(fresh_store, study, file)[0].known_as == "S-1"
    for gathering in gatherings(fresh_store, study["id"]):
        assert len(gathering.present) == 1
        assert not gathering.names_speakers


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("S-A_en.vtt", "S-A en"), ("2015-08-27-consultation.vtt", "consultation"),
        ("Panel B - 07.12.2021.txt", "Panel B"), ("GMT20240124-202901_Recording.transcript.vtt", ""),
    ],
)  # fmt: skip
def test_a_new_meeting_is_called_what_the_file_says_beside_its_day(fresh_store, study, file, title):
    plan = propose_places(
        fresh_store, study["id"], recognised(fresh_store, study, (file, TRANSCRIPT.read_text("utf-8")))
    )
    assert [each.title for each in plan.meetings.values()] == [title]


def test_a_study_with_meetings_revisions_and_sections_is_erased_whole(fresh_store, study):
    bring(fresh_store, study, TRANSCRIPT, ("S-A_en_participants.csv", LISTED))
    batch = recognised(fresh_store, study, ("corrected.vtt", corrected()))
    bring_in_placed(fresh_store, "A", study, batch, propose_places(fresh_store, study["id"], batch), {0: "replace"})
    delete_study(fresh_store, study, study["slug"])
    with fresh_store.reading() as connection:
        for table in schema.metadata.sorted_tables:
            assert connection.execute(table.select()).first() is None, table.name
