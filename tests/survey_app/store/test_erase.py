"""What is deleted for good is gone: from every table, from the log and from the files."""

from sqlalchemy import func, select

from survey_app.actions.studies import create_study, delete_study, need_study
from survey_app.store import schema

SECRET = "Несгораемова"


def counts(store):
    with store.reading() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table))
            for name, table in schema.metadata.tables.items()
        }


def test_erasing_the_demo_leaves_no_row_of_it(store):
    for slug in ("demo-en", "demo-ru"):
        delete_study(store, need_study(store, slug), slug)
    assert set(counts(store).values()) == {0}


def test_erasing_one_study_leaves_the_other_whole(store):
    before = counts(store)
    study = create_study(store, "", title_en="Third")
    grown = counts(store)
    delete_study(store, study, study["slug"])
    assert counts(store) == before
    assert grown["code"] == before["code"] + 49


def test_no_file_of_the_data_folder_holds_what_was_erased(store, data_folder):
    study = create_study(store, "", title_ru=SECRET)
    assert any(SECRET.encode() in file.read_bytes() for file in data_folder.rglob("*.db*"))
    delete_study(store, study, study["slug"])
    assert not any(SECRET.encode() in file.read_bytes() for file in data_folder.rglob("*.db*"))
