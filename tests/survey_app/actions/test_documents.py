"""Documents in a study: described, coded like sessions, counted apart, never stored twice."""

import pytest

from survey_app.actions.demo import DEMO
from survey_app.actions.desk_paper import open_desk
from survey_app.actions.documents import (
    bring_in_documents,
    describe_documents,
    documents,
    mark_double_documents,
    recognise_document,
    recognise_document_path,
)
from survey_app.actions.results import frames_of
from survey_app.actions.studies import create_study
from survey_app.actions.topics import what_experts_said
from survey_app.store import sources, studies
from transcripts.acts import Metadata
from transcripts.messages import MessageError

FILES = [DEMO / "documents" / f"DOC-{number}_en.txt" for number in (1, 2)]


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "A", title_en="Panel")


def bring(store, study, files=FILES, described=None):
    batch = mark_double_documents([recognise_document_path(store, study["id"], file) for file in files])
    return bring_in_documents(store, "A", study, batch, described)


def test_documents_are_stored_with_what_their_first_page_says(fresh_store, study):
    assert [(each.key, each.stored) for each in bring(fresh_store, study)] == [("D-1", True), ("D-2", True)]
    found = documents(fresh_store, study["id"])
    assert [(row["number"], row["date"], row["level"], row["codings"]) for row in found] == [
        ("12-K", "2021-02-15", "federal", 0), ("348", "2021-12-09", "regional", 0),
    ]  # fmt: skip
    assert found[1]["issuer"] == "Government of the Demonstration Region"


def test_the_same_document_is_stored_once(fresh_store, study):
    bring(fresh_store, study, FILES[:1])
    again = bring(fresh_store, study, [FILES[0], FILES[1], FILES[1]])
    assert [each.stored for each in again] == [False, True, False]
    assert again[0].key == "D-1"


def test_what_a_person_wrote_counts_more_than_the_proposal(fresh_store, study):
    mine = Metadata("My title", "7", "2020-01-02", "The office", "local")
    bring(fresh_store, study, FILES[:1], {0: mine})
    (row,) = documents(fresh_store, study["id"])
    assert Metadata(row["title"], row["number"], row["date"], row["issuer"], row["level"]) == mine
    describe_documents(fresh_store, "A", study["id"], {row["id"]: Metadata("Another title")})
    assert documents(fresh_store, study["id"])[0]["title"] == "Another title"


@pytest.mark.parametrize(
    "wrong", [Metadata(""), Metadata("x", level="planet"), Metadata("x", date="2020-13-01")], ids=str
)
def test_a_description_that_makes_no_sense_is_refused(fresh_store, study, wrong):
    bring(fresh_store, study, FILES[:1])
    (row,) = documents(fresh_store, study["id"])
    with pytest.raises(MessageError):
        describe_documents(fresh_store, "A", study["id"], {row["id"]: wrong})
    assert documents(fresh_store, study["id"])[0]["title"] == row["title"]


def test_a_bad_file_gets_its_sentence(fresh_store, study):
    found = recognise_document(fresh_store, study["id"], "a.docx", b"PK\x03\x04nonsense")
    assert found.problem is not None
    assert not found.new


def test_documents_are_coded_on_the_desk_and_counted_apart(fresh_store, study):
    bring(fresh_store, study)
    with fresh_store.reading() as connection:
        first = sources.sources(connection, study["id"], "document")[0]
        coder = studies.coders(connection, study["id"])[0]
        sizes = studies.sizes(connection, study["id"])
    paper = open_desk(fresh_store, study, first["id"], coder)
    assert all(turn["counted"] for turn in paper.turns)
    assert (sizes["documents"], sizes["sessions"], sizes["statements"]) == (2, 0, 0)
    assert set(frames_of(fresh_store, study["id"]).statements["source_kind"]) == {"document"}
    assert what_experts_said(fresh_store, study).empty
