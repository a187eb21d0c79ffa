"""The list of studies: create, open, rename, archive, delete."""

import pytest

from survey_app.actions.studies import need_study
from tests.survey_app.pages.opening import button, open_page, press, problems, russian, sound, words


def field(app, label, number=0):
    return [one for one in app.text_input if one.label == label][number]


@pytest.mark.usefixtures("empty_folder")
def test_without_a_study_the_page_says_what_to_do():
    app = open_page("studies")
    assert app.title[0].value == "Studies"
    assert "Create the first one below" in words(app)


@pytest.mark.usefixtures("empty_folder")
def test_in_russian_every_word_is_russian():
    app = open_page("studies", language="ru")
    assert app.title[0].value == russian("Studies")
    assert russian("No study yet") in words(app)


@pytest.mark.usefixtures("data_folder")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_study_says_what_is_in_it_and_what_comes_next(language):
    app = open_page("studies", language=language)
    cards = [one.value.replace("\\", "") for one in app.markdown if "280" in one.value]
    assert len(cards) == 2
    assert all("20" in card and "3" in card for card in cards)
    title = "Цифровизация публичного управления" if language == "ru" else "Digitalization of public administration"
    assert all(title in card for card in cards)


def test_a_study_is_created_and_opened(fresh_store):
    app = open_page("studies")
    field(app, "Title in English").set_value("Digital services")
    app.radio[0].set_value("ru")
    press(app, "Create study")
    study = need_study(fresh_store, "digital-services")
    assert study["language"] == "ru"
    assert app.title[0].value == "Digital services"
    assert app.session_state["study"] == "digital-services"


@pytest.mark.usefixtures("fresh_store")
def test_a_study_without_a_title_is_asked_for_one():
    app = press(open_page("studies"), "Create study")
    assert problems(app) == ["A study needs a title: write one in English or in Russian."]


@pytest.mark.usefixtures("data_folder")
def test_opening_a_study_leads_to_its_home():
    app = open_page("studies")
    sound(app.button(key="open-demo-ru").click().run())
    assert app.session_state["study"] == "demo-ru"
    assert "Next step" in words(app)


def test_a_study_is_renamed(store):
    app = open_page("studies")
    number = [one.key for one in app.button if (one.key or "").startswith("open-")].index("open-demo-en")
    field(app, "Title in English", number).set_value("Round table")
    renames = [one for one in app.button if one.label == "Rename"]
    sound(renames[number].click().run())
    assert need_study(store, "demo-en")["title_en"] == "Round table"
    assert "Round table" in words(app)


@pytest.mark.usefixtures("data_folder")
def test_an_archived_study_waits_under_archived_studies_and_comes_back():
    app = open_page("studies")
    sound(app.button(key="archive-demo-en").click().run())
    assert not [one for one in app.button if one.key == "open-demo-en"]
    sound(app.button(key="back-demo-en").click().run())
    assert app.button(key="open-demo-en")


def test_a_study_is_deleted_only_when_its_name_was_typed(store):
    app = open_page("studies")
    number = [one.key for one in app.button if (one.key or "").startswith("open-")].index("open-demo-en")

    def delete():
        return sound([one for one in app.button if one.label == "Delete for good"][number].click().run())

    delete()
    assert problems(app) == ["Nothing was deleted: type the name demo-en to confirm that it shall go."]
    field(app, "To delete for good, type demo-en").set_value("demo-en")
    delete()
    assert problems(app) == []
    assert [one.key for one in app.button if (one.key or "").startswith("open-")] == ["open-demo-ru"]


def test_a_title_is_shown_as_it_is_and_never_read_as_markup(store):
    from survey_app.actions.studies import create_study

    create_study(store, "", title_en="**bold** <script>alert(1)</script> $x$ [link](http://x)")
    shown = next(one.value for one in open_page("studies").markdown if "script" in one.value)
    assert "\\*\\*bold\\*\\* \\<script\\>alert\\(1\\)\\</script\\> \\$x\\$ \\[link\\]\\(http\\:\u2060//x\\)" in shown
    assert button(open_page("studies"), "Open")
