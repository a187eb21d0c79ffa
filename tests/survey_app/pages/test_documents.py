"""The documents' page: proposals to be mended, stored by a press, listed with what is said of them."""

import pytest
from sqlalchemy import select

from survey_app.actions.demo import DEMO
from survey_app.actions.documents import documents
from survey_app.actions.studies import create_study, need_study
from survey_app.store import schema
from tests.survey_app.pages.opening import open_page, press, problems, russian, sound, words

FILE = DEMO / "documents" / "DOC-1_en.txt"


@pytest.fixture
def study(fresh_store):
    return create_study(fresh_store, "", title_en="Panel")


def drop(app, *files):
    app.file_uploader[0].set_value(list(files))
    return sound(app.run())


def table(app, column):
    return next(one.value for one in app.dataframe if column in one.value.columns)


def test_a_document_is_described_before_it_is_stored(fresh_store, study):
    app = drop(open_page("documents", "panel"), (FILE.name, FILE.read_bytes(), "text/plain"))
    assert list(table(app, "issuer")["number"]) == ["12-K"]
    assert documents(fresh_store, study["id"]) == []
    press(app, "Store 1 document")
    assert [row["number"] for row in documents(fresh_store, study["id"])] == ["12-K"]


def test_a_bad_file_gets_its_sentence_and_the_other_is_stored(fresh_store, study):
    app = drop(
        open_page("documents", "panel"), ("a.txt", b" ", "text/plain"), (FILE.name, FILE.read_bytes(), "text/plain")
    )
    assert problems(app) == ["a.txt is empty. Download it again."]
    press(app, "Store 1 document")
    assert len(documents(fresh_store, study["id"])) == 1


def test_the_same_document_is_offered_once(fresh_store, study):
    press(drop(open_page("documents", "panel"), (FILE.name, FILE.read_bytes(), "text/plain")), "Store 1 document")
    app = drop(open_page("documents", "panel"), ("again.txt", FILE.read_bytes(), "text/plain"))
    assert "in the study already, as D-1" in words(app)
    assert not [one.label for one in app.button if one.label.startswith("Store")]


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_demos_documents_are_listed(language):
    app = open_page("documents", f"demo-{language}", language)
    assert list(table(app, "issuer")["date"].astype(str)) == ["2021-02-15", "2021-12-09"]
    sentence = "Documents are coded like sessions and counted apart: a document is no expert."
    assert (sentence if language == "en" else russian(sentence)) in words(app)


def test_a_document_is_taken_out(store):
    study = need_study(store, "demo-en")
    one = documents(store, study["id"])[0]["id"]
    with store.change(study["id"], "A", "code_nothing") as change:
        coded = change.connection.scalars(select(schema.coding.c.id).where(schema.coding.c.source_id == one))
        change.delete(schema.coding, list(coded))
    app = open_page("documents", "demo-en")
    box = next(one for one in app.selectbox if one.label == "Work on a source")
    box.set_value(box.options[0])
    press(sound(app.run()), "Take D-1 out")
    assert [row["key"] for row in documents(store, study["id"])] == ["D-2"]


def test_where_the_encoding_was_guessed_another_can_be_chosen(study):
    text = "ПРАВИТЕЛЬСТВО РОССИЙСКОЙ ФЕДЕРАЦИИ\n\nО порядке ведения реестра государственных услуг\n\n1. Утвердить.\n"
    app = drop(open_page("documents", "panel"), ("act.txt", text.encode("cp1251"), "text/plain"))
    assert "does this read well?" in words(app)
    assert "О порядке ведения" in words(app)
    box = next(one for one in app.selectbox if one.label == "Encoding")
    box.set_value("KOI8-R")
    assert "О порядке ведения" not in words(sound(app.run()))
