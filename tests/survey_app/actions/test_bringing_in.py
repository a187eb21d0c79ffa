"""Files are understood before they are stored, stored whole or not at all, and never twice."""

from dataclasses import replace

import pytest

from survey_app.actions.bringing_in import (
    SourceProblem,
    bring_in_file,
    mark_doubles,
    recognise_file,
    recognise_path,
    take_out_source,
)
from survey_app.actions.storing import bring_in_files
from survey_app.actions.studies import create_study, need_study
from survey_app.store import schema, sources
from survey_app.store.log import fetch
from tests.conftest import CORPORA
from tests.survey_app.actions.own_checks import give_links, say
from transcripts.reading import LARGEST_TEXT

REAL = CORPORA / "transcripts"
ZOOM = sorted(REAL.glob("zoom_cloud_*.vtt"))
CHATS = sorted(REAL.glob("zoom_chat_*.txt"))
TALK = b"WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:03.000\r\nAnna Orlova: We lack people.\r\n"
CHAT = (
    "10:01:02 From  Anna Orlova  to  Everyone : Hello 👋\n"
    "10:01:05 From  Boris Utkin  to  Anna Orlova(Direct Message) : psst\n"
    "10:01:09 From  Boris Utkin  to  Everyone : Good day to all\n"
).encode()
BAD = {
    "empty.vtt": (b"", "is empty"),
    "sign-in.vtt": (b"<!DOCTYPE html><html><title>Sign in - Zoom</title></html>", "sign-in page"),
    "picture.vtt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
    "header.vtt": (b"WEBVTT\n\n", "no cues"),
    "letter.txt": (b"Dear colleagues, nothing here is a transcript.", "not a kind of transcript"),
}


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "", title_en="Panel")


def recognised(store, study, *files):
    return mark_doubles([recognise_file(store, study["id"], name, content) for name, content in files])


def rows_of_every_table(store):
    with store.reading() as connection:
        return {name: len(connection.execute(table.select()).all()) for name, table in schema.metadata.tables.items()}


@pytest.mark.skipif(not ZOOM, reason="the real files are not here")
def test_every_real_zoom_file_and_chat_is_stored_as_it_was_recognised(fresh_store, study):
    assert len(ZOOM) == 7
    batch = mark_doubles([recognise_path(fresh_store, study["id"], file) for file in [*ZOOM, *CHATS]])
    assert [found.problem for found in batch] == [None] * len(batch)
    assert all(stored.key and stored.problem is None for stored in bring_in_files(fresh_store, "", study, batch))
    with fresh_store.reading() as connection:
        kept = {row["file_name"]: row for row in sources.sources(connection, study["id"])}
        for found in batch:
            row = kept[found.file]
            assert row["kind"] == ("chat" if found.file in {file.name for file in CHATS} else "session")
            assert row["turns"] == len(found.transcript.turns)
            assert row["statements"] == len(found.transcript.statements)
            source = sources.source(connection, row["id"])
            assert source["text"] == found.transcript.text
            for statement, read in zip(
                sources.statements(connection, row["id"]), found.transcript.statements, strict=True
            ):
                assert source["text"][statement["start"] : statement["end"]] == read.text


def test_looking_stores_nothing(fresh_store, study):
    before = rows_of_every_table(fresh_store)
    recognised(fresh_store, study, ("talk.vtt", TALK), *((name, content) for name, (content, _says) in BAD.items()))
    assert rows_of_every_table(fresh_store) == before


@pytest.mark.parametrize(("name", "content", "says"), [(name, *rest) for name, rest in BAD.items()])
def test_a_bad_file_gets_one_sentence_and_stores_nothing(fresh_store, study, name, content, says):
    before = rows_of_every_table(fresh_store)
    found = recognise_file(fresh_store, study["id"], name, content)
    assert says in str(found.problem)
    assert name in str(found.problem)
    assert str(found.problem).count("\n") == 0
    with pytest.raises(SourceProblem):
        bring_in_file(fresh_store, "", study, found)
    assert rows_of_every_table(fresh_store) == before


def test_a_batch_with_bad_files_loses_nothing_else(fresh_store, study):
    files = [("a.vtt", TALK), *((name, content) for name, (content, _says) in BAD.items()), ("chat.txt", CHAT)]
    stored = bring_in_files(fresh_store, "", study, recognised(fresh_store, study, *files))
    assert [(each.file, each.key) for each in stored if each.key] == [("a.vtt", "S-1"), ("chat.txt", "CH-1")]
    assert {each.file for each in stored if each.problem} == set(BAD)


def test_a_file_too_large_is_refused_by_its_size_and_never_read(fresh_store, study, tmp_path):
    file = tmp_path / "recording.vtt"
    with file.open("wb") as opened:
        opened.truncate(300_000_000)
    file.chmod(0o000)
    found = recognise_path(fresh_store, study["id"], file)
    assert "too large" in str(found.problem)
    assert "300 MB; at most 20 MB" in str(found.problem)


def test_a_file_of_the_largest_size_is_looked_at_and_one_byte_more_is_not(fresh_store, study):
    largest = recognise_file(fresh_store, study["id"], "a.txt", b" " * LARGEST_TEXT)
    assert "too large" not in str(largest.problem)
    assert "too large" in str(recognise_file(fresh_store, study["id"], "a.txt", b" " * (LARGEST_TEXT + 1)).problem)


def test_a_missing_file_and_a_folder_get_one_sentence(fresh_store, study, tmp_path):
    for path in (tmp_path / "nowhere.vtt", tmp_path):
        assert "There is no file" in str(recognise_path(fresh_store, study["id"], path).problem)


def test_the_same_file_is_known_again_and_not_stored_twice(fresh_store, study):
    first = recognised(fresh_store, study, ("talk.vtt", TALK))
    bring_in_files(fresh_store, "", study, first)
    again = recognised(fresh_store, study, ("copy.vtt", TALK))[0]
    assert (again.known_as, again.new) == ("S-1", False)
    with pytest.raises(SourceProblem, match="in the study already, as S-1"):
        bring_in_file(fresh_store, "", study, first[0])
    with fresh_store.reading() as connection:
        assert len(sources.sources(connection, study["id"])) == 1


def test_the_same_file_twice_in_one_batch_is_stored_once(fresh_store, study):
    batch = recognised(fresh_store, study, ("talk.vtt", TALK), ("copy.vtt", TALK), ("talk.vtt", TALK))
    assert [found.same_as for found in batch] == ["", "talk.vtt", "talk.vtt"]
    stored = bring_in_files(fresh_store, "", study, batch)
    assert [(each.key, each.problem) for each in stored] == [("S-1", None), ("", None), ("", None)]


def test_the_same_file_may_be_in_two_studies(fresh_store, study):
    other = create_study(fresh_store, "", title_en="Second wave")
    for each in (study, other):
        assert bring_in_files(fresh_store, "", each, recognised(fresh_store, each, ("talk.vtt", TALK)))[0].key == "S-1"


def test_private_messages_are_left_out_and_counted_unless_asked_for(fresh_store, study):
    found = recognise_file(fresh_store, study["id"], "chat.txt", CHAT)
    assert found.kind == "chat"
    assert found.transcript.private_messages_dropped == 1
    assert "psst" not in found.transcript.text
    kept = recognise_file(fresh_store, study["id"], "chat.txt", CHAT, keep_private=True)
    assert "psst" in kept.transcript.text


@pytest.mark.skipif(not CHATS, reason="the real files are not here")
def test_a_chat_of_direct_messages_keeps_only_what_was_said_to_all(fresh_store, study):
    found = recognise_path(fresh_store, study["id"], REAL / "zoom_chat_v1b_direct_bhtrans.txt")
    assert found.transcript.private_messages_dropped == 12
    bring_in_file(fresh_store, "", study, found)
    with fresh_store.reading() as connection:
        assert sources.sources(connection, study["id"])[0]["turns"] == len(found.transcript.turns)


def test_positions_are_code_points_also_behind_emoji(fresh_store, study):
    found = recognised(fresh_store, study, ("chat.txt", CHAT))[0]
    source = bring_in_file(fresh_store, "", study, found)
    with fresh_store.reading() as connection:
        text = sources.source(connection, source)["text"]
        turn = sources.turns(connection, source)[0]
    assert text[turn["start"] : turn["end"]] == "Hello 👋"
    assert turn["end"] - turn["start"] == 7


def test_a_date_in_the_file_name_becomes_the_sources_date(fresh_store, study):
    names = ["GMT20240124-202901_Recording.vtt", "2015-08-27-consultation.vtt", "talk.vtt"]
    files = [(name, TALK + str(number).encode()) for number, name in enumerate(names)]
    bring_in_files(fresh_store, "", study, recognised(fresh_store, study, *files))
    with fresh_store.reading() as connection:
        found = {row["file_name"]: row["date"] for row in sources.sources(connection, study["id"])}
    assert found == {names[0]: "2024-01-24", names[1]: "2015-08-27", names[2]: ""}


def test_a_source_is_taken_out_unless_somebody_coded_it(store):
    study = need_study(store, "demo-en")
    with store.reading() as connection:
        by_key = {row["key"]: row["id"] for row in sources.sources(connection, study["id"])}
    with pytest.raises(SourceProblem, match="has codings and stays"):
        take_out_source(store, "A", study["id"], by_key["S-A"])
    take_out_source(store, "A", study["id"], by_key["S-A-chat"])
    with store.reading() as connection:
        assert "S-A-chat" not in {row["key"] for row in sources.sources(connection, study["id"])}
        assert sources.source(connection, by_key["S-A"])["text"]


def test_a_source_of_which_an_expert_keeps_words_back_is_not_taken_out(store):
    study = need_study(store, "demo-en")
    (quote,) = say(store, give_links(store, study, "U2")["U2"], "withdraw", 0)
    with store.reading() as connection:
        source_id = fetch(connection, schema.statement, quote)["source_id"]
    with store.writing() as connection:
        connection.execute(schema.coding.delete().where(schema.coding.c.source_id == source_id))
    with pytest.raises(SourceProblem, match=r"An expert keeps back words of S-\w+, and that lies on its text"):
        take_out_source(store, "A", study["id"], source_id)
    with store.writing() as connection:
        connection.execute(schema.kept_back.delete())
    take_out_source(store, "A", study["id"], source_id)  # what else experts said of it goes with it, and into the log
    with store.reading() as connection:
        gone = connection.execute(schema.event.select().where(schema.event.c.entity == "check_answer")).mappings().all()
        assert [row["before"]["statement_id"] for row in gone if row["after"] is None] == [quote]


def test_a_source_taken_out_can_be_brought_in_again(fresh_store, study):
    found = recognised(fresh_store, study, ("talk.vtt", TALK))[0]
    take_out_source(fresh_store, "", study["id"], bring_in_file(fresh_store, "", study, found))
    assert recognised(fresh_store, study, ("talk.vtt", TALK))[0].new
    bring_in_file(fresh_store, "", study, found)


def test_a_file_that_fails_while_being_stored_leaves_nothing_of_it(fresh_store, study):
    found = recognised(fresh_store, study, ("talk.vtt", TALK))[0]
    beyond = replace(found.transcript.statements[0], end=10_000)
    before = rows_of_every_table(fresh_store)
    with pytest.raises(IndexError):
        bring_in_file(fresh_store, "", study, found, saved=[beyond, beyond], labels=["only one label"])
    assert rows_of_every_table(fresh_store) == before
