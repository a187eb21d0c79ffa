"""The key goes out on purpose alone; what is told of de-identification is numbers."""

import csv
import io
import zipfile

import pytest

from survey_app.actions.backing_up import back_up
from survey_app.actions.export_formats import FORMATS
from survey_app.actions.exporting import export
from survey_app.actions.pseudonym_key import deidentification_numbers, export_key
from survey_app.actions.publishing import publish
from survey_app.actions.restoring_study import restore
from survey_app.actions.review_queue import review_queue
from survey_app.actions.rights import NotPermitted
from survey_app.actions.studies import need_study
from survey_app.store import deidentification, schema

SECRET = "Zvyagintsevushka"


@pytest.fixture
def study(store):
    """The English demo; the key holds a word that stands in no text, and one that a spreadsheet would run."""
    study = need_study(store, "demo-en")
    with store.change(study["id"], "", "test") as change:
        for row, written in zip(
            deidentification.pseudonyms(change.connection, study["id"])[:2], (SECRET, f"=cmd|{SECRET}"), strict=False
        ):
            change.update(schema.pseudonym, row["id"], written=[written], form=SECRET.lower())
    return study


def lines(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def everything_in(path):
    """The bytes of a file, of what is packed in it, or of all files of a folder."""
    if path.is_dir():
        return b"".join(each.read_bytes() for each in path.rglob("*") if each.is_file())
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            content += b"".join(packed.read(name) for name in packed.namelist())
    return content


def test_the_key_leads_from_labels_to_people(demo_store):
    study = need_study(demo_store, "demo-en")
    found = {row["name"]: row for row in lines(export_key(demo_store, study["id"]))}
    pavel = found["Pavel Gornovoy"]
    card = next(card for card in review_queue(demo_store, study["id"]) if card.name == "Pavel Gornovoy")
    assert (pavel["label_en"], pavel["label_ru"]) == (f"[Expert {card.number}]", f"[Эксперт {card.number}]")
    assert (pavel["written"], pavel["places"], pavel["kind"]) == ("Pavel", "5", "person")


def test_what_might_run_in_a_spreadsheet_does_not(store, study):
    written = [row["written"] for row in lines(export_key(store, study["id"]))]
    assert f"=cmd|{SECRET}" not in written
    assert any(each.endswith(f"=cmd|{SECRET}") for each in written)


def test_only_the_owner_takes_the_key(team):
    study, people = team
    store, _coder = people["researcher"]
    with pytest.raises(NotPermitted):
        export_key(store, study["id"])
    owner, _own = people["owner"]
    assert export_key(owner, study["id"])


@pytest.mark.parametrize("form", FORMATS)
def test_no_export_holds_the_key(store, study, tmp_path, form):
    export(store, study, form, tmp_path / f"out.{form}")
    content = everything_in(tmp_path / f"out.{form}")
    assert len(content) > 1000
    assert SECRET.lower().encode() not in content.lower()


def test_no_release_holds_the_key(store, study, tmp_path):
    folder = publish(store, "A", study, folder=tmp_path)
    content = everything_in(folder)
    assert b"[Expert" in content or b"[an official]" in content
    assert SECRET.lower().encode() not in content.lower()


def test_a_copy_beside_its_original_has_a_key_of_its_own(store, study, tmp_path):
    file = back_up(store, study, tmp_path / "copy.zip")
    copy = need_study(store, restore(store, file, slug="again").study["slug"])
    before, after = (review_queue(store, each["id"]) for each in (study, copy))
    assert [(card.name, card.number, card.level, len(card.places)) for card in after] == [
        (card.name, card.number, card.level, len(card.places)) for card in before
    ]
    assert not {card.pseudonym_id for card in after} & {card.pseudonym_id for card in before}


def test_the_log_in_numbers_adds_up(demo_store):
    study = need_study(demo_store, "demo-en")
    told = deidentification_numbers(demo_store, study["id"])
    assert told.places == told.replaced + told.kept == sum(told.by_kind.values())
    assert (told.texts, told.finished, told.signed, told.undecided, told.by_hand) == (12, 12, 0, 0, 0)
    assert told.by_kind["person"] >= 60
