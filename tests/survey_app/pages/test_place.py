"""The page that says where the data lies, and makes copies of it."""

from datetime import UTC, datetime

import pytest

from survey_app import daily_copies
from survey_app.actions.keeping_copies import copy_now
from survey_app.actions.restoring_study import restore
from survey_app.actions.studies import delete_study, need_study
from survey_app.settings import settings
from survey_app.store import schema, sources
from tests.survey_app.pages.opening import open_page, press, problems, russian, words


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_names_the_folder_in_either_language(empty_folder, language):
    app = open_page("place", language=language)
    title = "Where the data lies"
    assert app.title[0].value == (russian(title) if language == "ru" else title)
    places = [str(value).replace("\\", "") for value in app.table[0].value.iloc[:, -1]]
    assert places[:2] == [str(empty_folder), str(empty_folder / "rakurs.db")]
    assert str(empty_folder / "backups") in places
    assert str(empty_folder / "releases") in places


def test_a_database_named_elsewhere_is_said_without_its_address(empty_folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{empty_folder / 'rakurs.db'}")
    settings.cache_clear()
    app = open_page("place")
    assert "DATABASE_URL" in str(app.table[0].value.iloc[1, -1])
    assert "rakurs.db" not in words(app) + str(app.table[0].value)


def test_a_copy_is_made_on_the_page_and_can_be_taken_away(store, data_folder):
    app = open_page("place", "demo-ru")
    assert app.selectbox[0].value == "demo-ru"
    assert "There is no copy of this study yet." in words(app)
    app = press(app, "Make a copy now")
    (file,) = (data_folder / "backups" / "studies" / "demo-ru").iterdir()
    assert app.success[0].value.startswith("The copy is made.")
    assert "MB" in words(app)
    assert [one.label for one in app.get("download_button")] == ["Download"]
    assert f'python -m survey_app restore "{file}" --as demo-ru-restored' in [one.value for one in app.code]
    assert restore(store, file, slug="demo-ru-restored").notices == ()


def test_copies_of_a_deleted_study_are_still_offered(store, data_folder):
    study = need_study(store, "demo-ru")
    copy = copy_now(store, study, data_folder / "backups" / "studies")
    delete_study(store, study, "demo-ru")
    app = open_page("place")
    assert app.selectbox[0].options[-1] == "demo-ru (deleted)"
    app.selectbox[0].select("demo-ru").run()
    assert not [one for one in app.button if one.label == "Make a copy now"]
    assert [one.value for one in app.code] == [f'python -m survey_app restore "{copy.file}"']
    assert restore(store, copy.file).study["slug"] == "demo-ru"


def test_without_a_study_there_is_nothing_to_copy(empty_folder):
    assert "There is no study yet, and so there is nothing to copy." in words(open_page("place"))


def test_a_copy_that_failed_is_said_by_hand_and_by_itself(data_folder, monkeypatch):
    monkeypatch.setattr(daily_copies, "_failures", {})
    home = data_folder / "backups" / "studies"
    home.mkdir(parents=True)
    (home / "demo-en").write_text("in the way")
    daily_copies.copy_what_is_due(datetime(2026, 11, 25, 12, tzinfo=UTC))
    app = open_page("place", "demo-en")
    (warned,) = [one.value.replace("\\", "") for one in app.warning]
    assert warned.startswith("The automatic copy of demo-en at 25.11.2026")
    assert "cannot be written" in warned
    app = press(app, "Make a copy now")
    assert "cannot be written" in problems(app)[0]


def test_the_page_says_when_automatic_copies_are_off(data_folder, monkeypatch):
    monkeypatch.setenv("RAKURS_COPIES", "no")
    settings.cache_clear()
    assert "turned off by the setting RAKURS_COPIES" in words(open_page("place"))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_recordings_that_no_copy_can_hold_are_told(store, language):
    study = need_study(store, "demo-en")
    with store.change(study["id"], "A", "attach") as change:
        source = sources.sources(change.connection, study["id"], "session")[0]
        change.insert(schema.recording, {"source_id": source["id"], "file_name": "a.mp3"})
    app = open_page("place", "demo-en", language=language)
    assert len(app.warning) == 1
    assert "a.mp3" in app.warning[0].value.replace("\\", "")
