"""A release at /r/<slug>/: without login, with headers of its own, and nothing beside it can be reached."""

import gzip

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.page_headers import GUARDED
from survey_app.publishing.public_page import write_release
from survey_app.publishing.withdrawing import take_down, withdraw_release
from survey_app.release_routes import RELEASE_POLICY, ROUTES
from survey_app.settings import settings
from tests.survey_app.publishing.small_study import frames, freeze, quote


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    beside = {"methods_en.docx": b"PK", "CITATION.cff": b"cff-version: 1.2.0"}
    write_release(freeze(frames(), [quote("s1")]), folder / "releases", extra_files=beside)
    (folder / "rakurs.db").write_text("secret")
    (folder / "releases" / "loose.html").write_text("secret")
    (folder / "releases" / "ferries" / "v1" / "server.log").write_text("secret")
    (folder / "releases" / "ferries" / ".making-x").mkdir()
    (folder / "releases" / "ferries" / ".making-x" / "index.html").write_text("secret")
    return folder


@pytest.fixture
def client(written, monkeypatch):
    monkeypatch.setenv("RAKURS_DATA", str(written))
    settings.cache_clear()
    yield TestClient(Starlette(routes=ROUTES), follow_redirects=False)
    settings.cache_clear()


@pytest.mark.parametrize("address", ["/r/ferries", "/r/ferries/"])
def test_the_name_alone_leads_to_the_newest_version(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["location"]) == (307, "/r/ferries/latest/")
    latest = client.get("/r/ferries/latest/")
    assert "../v1/index.html" in latest.text
    assert latest.headers["cache-control"] == "no-cache"


def test_a_version_is_a_page_that_must_be_asked_for_again_since_it_may_be_withdrawn(client):
    answer = client.get("/r/ferries/v1/")
    assert answer.status_code == 200
    assert "Ferries" in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "immutable" in client.get("/r/ferries/v1/page.js").headers["cache-control"]
    assert answer.headers["content-security-policy"] == RELEASE_POLICY
    assert "'unsafe-inline'" not in RELEASE_POLICY.split("script-src")[1].split(";")[0]


@pytest.mark.parametrize(
    "address",
    [
        "/r/ferries", "/r/ferries/v1", "/r/ferries/v1/", "/r/ferries/v1/page.js", "/r/ferries/v1/release.json",
        "/r/ferries/v1/methods_en.docx", "/r/ferries/v7/", "/r/nobody", "/r/ferries/v1/server.log",
    ],
)  # fmt: skip
def test_every_answer_keeps_browsers_from_guessing_framing_and_telling_other_sites(client, address):
    answer = client.get(address)
    assert {name: answer.headers.get(name) for name in GUARDED} == GUARDED
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["content-security-policy"] == RELEASE_POLICY
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    again = client.get(address, headers={"if-none-match": answer.headers.get("etag", "")})
    assert again.headers["x-content-type-options"] == "nosniff"


def test_note_and_citation_are_handed_out_beside_the_page(client):
    note, citation = client.get("/r/ferries/v1/methods_en.docx"), client.get("/r/ferries/v1/CITATION.cff")
    assert (note.content, citation.text) == (b"PK", "cff-version: 1.2.0")
    assert note.headers["content-type"].endswith("wordprocessingml.document")
    assert citation.headers["content-type"] == "text/plain; charset=utf-8"


def test_without_its_last_slash_a_version_s_relative_addresses_would_break(client):
    assert client.get("/r/ferries/v1").headers["location"] == "/r/ferries/v1/"


def test_large_files_are_handed_out_packed_to_whom_can_read_it(client):
    packed = client.get("/r/ferries/v1/page.js", headers={"accept-encoding": "gzip"})
    plain = client.get("/r/ferries/v1/page.js", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content  # the client unpacks
    assert packed.headers["content-type"] == plain.headers["content-type"] == "text/javascript; charset=utf-8"
    assert int(packed.headers["content-length"]) == len(gzip.compress(plain.content, 9, mtime=0))


def test_who_has_a_file_already_is_told_that_it_has_not_changed(client):
    first = client.get("/r/ferries/v1/", headers={"accept-encoding": "gzip"})
    tag = first.headers["etag"]
    again = client.get("/r/ferries/v1/", headers={"accept-encoding": "gzip", "if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    plain = client.get("/r/ferries/v1/", headers={"accept-encoding": "identity", "if-none-match": tag})
    assert plain.status_code == 200
    assert plain.headers["etag"] != tag


def test_of_a_withdrawn_version_nothing_is_served_but_a_notice(client, written, tmp_path, monkeypatch):
    folder = tmp_path / "releases"
    for version in (1, 2):
        write_release(freeze(frames(), [quote("s1")], version), folder)
    monkeypatch.setenv("RAKURS_DATA", str(tmp_path))
    settings.cache_clear()
    assert client.get("/r/ferries/v1/release.json").status_code == 200
    withdraw_release(
        folder, "ferries", 1, "An expert withdrew.", "Эксперт отозвал согласие.", "2026-04-02T09:00:00+00:00"
    )
    for path in ("", "index.html", "release.json", "page.js", "segments-1-en.js", "nothing"):
        answer = client.get(f"/r/ferries/v1/{path}")
        assert answer.status_code == 410
        assert {name: answer.headers.get(name) for name in GUARDED} == GUARDED
        assert "2 April 2026" in answer.text
        assert "late" not in answer.text
        assert answer.headers["cache-control"] == "no-cache"
    assert client.get("/r/ferries/v2/").status_code == 200
    take_down(folder, "ferries", "", "", "2026-04-03T09:00:00+00:00")
    assert client.get("/r/ferries/v2/").status_code == 410
    assert client.get("/r/ferries/latest/").status_code == 410


@pytest.mark.parametrize(
    ("file", "kind"),
    [("release.css", "text/css"), ("page.js", "text/javascript"), ("release.json", "application/json"),
     ("source-sans.woff2", "font/woff2")],
)  # fmt: skip
def test_every_file_of_a_release_has_its_kind(client, file, kind):
    answer = client.get(f"/r/ferries/v1/{file}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize(
    "address",
    [
        "/r/nobody", "/r/nobody/", "/r/nobody/v1/", "/r/ferries/v2/", "/r/ferries/v1/missing.js", "/r/ferries/v1/server.log",
        "/r/ferries/v1/index.html.gz", "/r/ferries/.making-x/", "/r/ferries/.making-x/index.html", "/r/loose.html",
        "/r/..%2f..%2frakurs.db", "/r/ferries/..%2f..%2frakurs.db", "/r/ferries/%2e%2e/%2e%2e/rakurs.db",
        "/r/ferries/v1/..%2f..%2f..%2frakurs.db", "/r/ferries/%2fetc%2fpasswd", "/r/ferries/v1/%00", "/r/Ferries/v1/",
        "/r/ferries/" + "x" * 300, "/r/ferries/..%5c..%5crakurs.db",
    ],
)  # fmt: skip
def test_whatever_is_no_file_of_a_release_is_not_there(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.text == "There is no published page at this address."


def test_a_link_out_of_the_folder_is_not_followed(client, written):
    (written / "releases" / "ferries" / "v1" / "out.html").symlink_to(written / "rakurs.db")
    assert client.get("/r/ferries/v1/out.html").status_code == 404


def test_a_reader_is_told_in_the_browser_s_language(client):
    answer = client.get("/r/nobody/v1/", headers={"accept-language": "ru-RU,ru;q=0.9"})
    assert answer.status_code == 404
