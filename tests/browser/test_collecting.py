"""From files to statements with speakers and questions, as a person does it, in both languages."""

import pytest
from playwright.sync_api import expect

from survey_app.actions.demo import DEMO
from survey_app.actions.guide import sessions_of_guide
from survey_app.actions.meetings import gatherings
from survey_app.actions.studies import create_study
from survey_app.language import translate, use
from survey_app.store import sources
from tests.browser.conftest import store_of
from tests.browser.walking import at_rest
from transcripts.messages import counted, sentence

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


class Person:
    """Somebody at one study, in one language."""

    def __init__(self, page, server, slug, language):
        self.page, self.server, self.slug, self.language = page, server, slug, language

    def said(self, text, **values):
        with use(self.language):
            return translate(sentence(text, **values))

    def told(self, one, many, count):
        with use(self.language):
            return translate(counted(one, many, count))

    def go(self, name, title):
        self.page.goto(self.server.page(name, study=self.slug, lang=self.language))
        expect(self.page.get_by_role("heading", name=self.said(title), exact=True).first).to_be_visible()
        at_rest(self.page)

    def drop(self, *files):
        self.page.locator("input[type=file]").first.set_input_files([str(file) for file in files])

    def press(self, label):
        button = self.page.get_by_role("button", name=label, disabled=False).locator("visible=true").first
        expect(button).to_be_visible()
        at_rest(self.page)
        button.click()

    def sees(self, text):
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_meeting_comes_in_is_moderated_follows_the_guide_and_is_corrected(server, page, tmp_path, language):
    store = store_of(server)
    slug = f"collecting-{language}"
    study = create_study(store, "A", title_en="Collecting", title_ru="Сбор", slug=slug, language=language)
    who = Person(page, server, slug, language)
    talk, chat = (DEMO / "transcripts" / f"S-A_{language}{end}" for end in (".vtt", "_chat.txt"))
    corrected = tmp_path / "corrected.vtt"
    corrected.write_text(talk.read_text("utf-8").replace(" and ", " & ", 5).replace(" и ", " & ", 5), "utf-8")

    who.go("files", "Transcripts")
    who.drop(talk, chat)
    who.press(who.told("Store {count} file", "Store {count} files", 2))
    who.sees(who.told("{count} file was stored.", "{count} files were stored.", 2))
    assert [len(each.sources) for each in gatherings(store, study["id"])] == [2]

    who.go("files", "Transcripts")
    who.drop(corrected)
    who.press(who.told("Store {count} file", "Store {count} files", 1))
    kept = "{key} has its text in revision {revision}; every coding kept its words."
    who.sees(who.said(kept, key="S-1", revision=1))
    with store.reading() as connection:
        assert [row["revision"] for row in sources.sources(connection, study["id"], "session")] == [1]

    who.go("people", "Experts")
    page.get_by_role("tab", name=who.said("Who is who")).click()
    who.press(who.told("Confirm {count} moderator", "Confirm {count} moderators", 1))
    who.sees(who.told("{count} moderator was confirmed.", "{count} moderators were confirmed.", 1))

    who.go("guide", "Interview guide")
    who.press(who.said("Confirm this session"))
    who.sees(who.said("These sections are confirmed. What you change here counts once it is confirmed again."))
    assert [row["confirmed"] for row in sessions_of_guide(store, study["id"])] == [True]

    who.go("documents", "Documents")
    who.drop(*(DEMO / "documents" / f"DOC-{number}_{language}.txt" for number in (1, 2)))
    who.press(who.told("Store {count} document", "Store {count} documents", 2))
    who.sees(who.told("{count} document was stored.", "{count} documents were stored.", 2))
    with store.reading() as connection:
        assert len(sources.sources(connection, study["id"], "document")) == 2
