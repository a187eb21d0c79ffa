"""The page that says where the data lies."""

import pytest

from survey_app.settings import settings
from tests.survey_app.pages.opening import open_page, russian, words


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
