"""A server of a team: where it may listen, under which names, what it prints at first, and whom it lets in."""

import json
import os
import re
import shutil
import urllib.error
import urllib.request

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from survey_app.__main__ import main
from survey_app.actions import invitations
from survey_app.actions.studies import create_study
from survey_app.server import AddressOpen, check_address, configuration
from survey_app.session import COOKIE
from survey_app.settings import UnusableSetting, settings
from survey_app.store import sign_ins, team
from survey_app.store.log import Store
from tests.browser.serving import Server, free_port
from tests.survey_app.actions.test_accounts import PASSWORD

pytestmark = pytest.mark.xdist_group("server")


@pytest.fixture
def told(monkeypatch):
    """Set settings for a test."""

    def tell(**names):
        for name, value in names.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()

    yield tell
    settings.cache_clear()


def run(capsys, *words):
    status = main([*words, "--json"])
    out, err = capsys.readouterr()
    return status, json.loads(out) if out else None, err.splitlines()


# ------------------------------------------------------------------ where it listens


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "rakurs.example.org"])
def test_without_accounts_it_listens_nowhere_but_on_this_machine(empty_folder, told, host):
    with pytest.raises(AddressOpen, match="RAKURS_TEAM=1"):
        check_address(host, free_port())


def test_that_is_one_sentence_on_the_command_line(empty_folder, capsys):
    assert main(["serve", "--host", "0.0.0.0", "--port", str(free_port())]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_alone_this_machine_is_served(empty_folder, host):
    check_address(host, free_port())


def test_a_team_may_be_served_to_others(empty_folder, told):
    told(RAKURS_TEAM="1")
    check_address("0.0.0.0", free_port())


def test_a_public_address_is_the_only_other_name_and_origin(empty_folder, told):
    told(RAKURS_TEAM="1", RAKURS_ADDRESS="https://rakurs.example.org/")
    found = configuration("0.0.0.0", 1)
    assert found["server.allowedHosts"] == ["rakurs.example.org", "localhost", "127.0.0.1"]
    assert found["server.corsAllowedOrigins"] == ["https://rakurs.example.org"]


@pytest.mark.parametrize("address", ["rakurs.example.org", "ftp://a", "https://a/b", "https://user@a", "https://a b"])
def test_an_address_that_is_none_is_refused(told, address):
    told(RAKURS_ADDRESS=address)
    with pytest.raises(UnusableSetting, match="RAKURS_ADDRESS"):
        settings()


# ------------------------------------------------------------------ the command line


def test_a_link_for_an_administrator_from_the_command_line(capsys, fresh_store, told):
    told(RAKURS_ADDRESS="https://rakurs.example.org")
    status, said, _err = run(capsys, "invite", "--admin", "--name", "Guest")
    assert status == 0
    token = re.fullmatch(r"https://rakurs\.example\.org/auth/invitation/([\w-]{43})", said["link"])[1]
    offered = invitations.look_at(fresh_store, token)
    assert (offered.role, offered.name, offered.expires_at) == ("admin", "Guest", said["until"])


def test_a_link_into_a_study_from_the_command_line(capsys, fresh_store):
    study = create_study(fresh_store, "", title_en="Panel")
    status, said, _err = run(capsys, "invite", "--study", "panel", "--role", "coder", "--coder", "A")
    assert status == 0
    began = invitations.accept(fresh_store, said["link"].rpartition("/")[2], "guest", "Guest", PASSWORD)
    account = sign_ins.signed_in(fresh_store, began)["id"]
    with fresh_store.reading() as connection:
        found = team.member(connection, study["id"], account)
    assert (found.role.key, found.coder_key) == ("coder", "A")


@pytest.mark.parametrize(
    "words",
    [(), ("--admin", "--study", "panel"), ("--study", "panel"), ("--study", "panel", "--role", "king"),
     ("--admin", "--role", "coder"), ("--study", "none", "--role", "coder"),
     ("--study", "panel", "--role", "coder", "--coder", "Z")],
)  # fmt: skip
def test_an_invitation_that_names_nothing_is_one_sentence(capsys, fresh_store, words):
    create_study(fresh_store, "", title_en="Panel")
    status, said, err = run(capsys, "invite", *words)
    assert (status, said, len(err)) == (2, None, 1)


# ------------------------------------------------------------------ the running server


@pytest.fixture(scope="module")
def server(blank_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("team") / "data"
    shutil.copytree(blank_folder, folder)
    running = Server(folder, RAKURS_TEAM="1")
    running.start()
    yield running
    running.kill()


def ask(server, path, **headers):
    """Status and headers of an answer, without following it."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_words):
            return None

    asked = urllib.request.Request(f"{server.url}{path}", headers=headers)
    try:
        with urllib.request.build_opener(Stay).open(asked, timeout=30) as told:
            return told.status, told.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers


def handshake(server, cookie=""):
    try:
        headers = {"Cookie": cookie} if cookie else {}
        with connect(
            f"ws://127.0.0.1:{server.port}/_stcore/stream", subprotocols=["streamlit"], additional_headers=headers
        ):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def test_it_prints_one_link_for_the_first_administrator_and_opens_to_whoever_has_signed_in(server):
    log = (server.folder / "server.log").read_text("utf-8")
    (token,) = re.findall(rf"http://localhost:{server.port}/auth/invitation/([\w-]{{43}})", log)
    status, headers = ask(server, "/desk?study=x", Accept="text/html")
    assert (status, headers["Location"]) == (303, "/auth/sign-in?next=%2Fdesk%3Fstudy%3Dx")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert handshake(server) == 403
    assert handshake(server, f"{COOKIE}=forged") == 403
    assert ask(server, "/_stcore/host-config")[0] == 403
    assert ask(server, "/_stcore/health")[0] == 200
    assert ask(server, "/r/none/latest/")[0] == 404
    store = Store(f"sqlite:///{server.folder / 'rakurs.db'}")
    cookie = f"{COOKIE}={invitations.accept(store, token, 'first', 'First', PASSWORD)}"
    assert handshake(server, cookie) == 101
    assert ask(server, "/desk", Accept="text/html", Cookie=cookie)[0] == 200
    secrets = [token, cookie.partition("=")[2], PASSWORD]
    later = (server.folder / "server.log").read_text("utf-8")[len(log) :]
    assert not [secret for secret in secrets if secret in later]
    if os.name == "posix":
        assert all(file.stat().st_mode & 0o077 == 0 for file in server.folder.glob("*.key"))
