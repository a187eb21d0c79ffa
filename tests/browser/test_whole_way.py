"""The whole way in a real browser: from files that Zoom wrote to a page that a reader opens."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from survey_app.actions.demo import DEMO
from survey_app.store import experts, studies
from tests.browser.conftest import store_of
from tests.browser.serving import Server
from tests.browser.walking import Visitor
from tests.conftest import CORPORA

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CONSULTATION = CORPORA / "digital_government_en"
TWENTY = ["P01", "P05", "rights", "E01", "funding"] * 4


def sizes(server: Server, slug: str) -> dict[str, int]:
    with store_of(server).reading() as connection:
        study = studies.by_slug(connection, slug)
        assert study is not None
        return studies.sizes(connection, study["id"])


def names(server: Server, slug: str) -> list[str]:
    with store_of(server).reading() as connection:
        study = studies.by_slug(connection, slug)
        assert study is not None
        return [name for name in experts.names(connection, study["id"]) if len(name) > 3]


def published_text(server: Server, slug: str) -> str:
    """Everything a reader's browser gets of the first version."""
    folder = server.folder / "releases" / slug / "v1"
    kept = [file for file in folder.rglob("*") if file.suffix in {".html", ".json", ".css", ".js"}]
    assert kept
    return "\n".join(file.read_text("utf-8") for file in kept)


def test_the_whole_way_on_the_demo(page: Page, own_server: Server) -> None:
    visitor = Visitor(page, own_server)
    visitor.create_study("A panel of our own")
    transcripts = [DEMO / "transcripts" / f"S-{session}_en.vtt" for session in "ABC"]
    chats = [DEMO / "transcripts" / f"S-{session}_en_chat.txt" for session in "ABC"]
    visitor.bring([*transcripts, *chats])
    visitor.import_roster(DEMO / "experts.csv")
    visitor.confirm_names()
    visitor.import_questionnaire(DEMO / "questionnaire_google_forms.csv")
    visitor.code_statements(["P01", "E01", "P05"], past=6)
    here = sizes(own_server, visitor.slug)
    assert (here["sessions"], here["chats"], here["experts"], here["codings"]) == (3, 3, 20, 3)
    assert here["answer_sources"] == 6

    visitor.find_topics()
    visitor.go("dashboard", "Dashboard")
    expect(page.get_by_text(re.compile("Named most as a problem")).first).to_be_visible()
    visitor.replace_names()
    visitor.release_quotes(1)
    address = visitor.publish("Authorities and others")

    page.goto(address)
    expect(page.get_by_role("heading", name="A panel of our own").first).to_be_visible()
    released = published_text(own_server, visitor.slug)
    assert [name for name in names(own_server, visitor.slug) if name in released] == []


@pytest.mark.skipif(not CONSULTATION.is_dir(), reason="the consultation's files are not beside the project")
def test_the_whole_way_on_a_real_consultation(page: Page, own_server: Server, tmp_path: Path) -> None:
    visitor = Visitor(page, own_server)
    visitor.create_study("Consultation on private-vehicle service")
    visitor.bring([next(CONSULTATION.glob("2015-08-27-uberX*.md"))])
    visitor.import_roster(CONSULTATION / "uberX_participants.csv")
    visitor.confirm_names()
    visitor.everybody_consents()
    visitor.code_statements(TWENTY, past=110)
    here = sizes(own_server, visitor.slug)
    assert (here["experts"], here["codings"], here["speakers_unconfirmed"]) == (28, 20, 0)

    visitor.replace_names()
    visitor.release_quotes(3)
    address = visitor.publish("By sector")

    page.goto(address)
    expect(page.get_by_text("28", exact=True).first).to_be_visible()
    released = published_text(own_server, visitor.slug)
    assert [name for name in names(own_server, visitor.slug) if name in released] == []
    assert "Audrey" not in json.dumps(released, ensure_ascii=False)
