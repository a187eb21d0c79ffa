"""Pages of other servers get no websocket of a running server, which asks nobody on the net whether they might."""

import shutil
import socket

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from survey_app.actions import invitations
from survey_app.session import COOKIE
from survey_app.store.log import Store
from tests.browser.serving import Server
from tests.survey_app.actions.test_accounts import PASSWORD

pytestmark = pytest.mark.xdist_group("server")

WATCH = '''
import sys
from pathlib import Path

NEAR = {"127.0.0.1", "localhost", "::1", "0.0.0.0", "::", "", None}


def watch(event, words):
    """Python tells of each name that is looked up and of each address that is connected to."""
    if event == "socket.getaddrinfo":
        _write(words[0])
    elif event == "socket.connect" and isinstance(words[1], tuple):
        _write(words[1][0])


def _write(host):
    host = host.decode() if isinstance(host, bytes) else host
    if host not in NEAR:
        with Path(__file__).with_name("asked").open("a") as asked:
            print(host, file=asked)


sys.addaudithook(watch)
'''
PUBLIC = "https://rakurs.example.org"


@pytest.fixture
def serve(blank_folder, tmp_path):
    """Start a server that is watched; and what it has asked of the net."""
    started = []
    (tmp_path / "sitecustomize.py").write_text(WATCH, "utf-8")

    def start(**settings):
        shutil.copytree(blank_folder, tmp_path / "data")
        server = Server(tmp_path / "data", PYTHONPATH=str(tmp_path), **settings)
        started.append(server)
        server.start()
        return server, lambda: (tmp_path / "asked").read_text().split() if (tmp_path / "asked").exists() else []

    yield start
    for server in started:
        server.kill()


def handshake(server, origin, host="", cookie=""):
    """The status of an attempt of a page to open the websocket."""
    line = socket.create_connection(("127.0.0.1", server.port))
    name = host or f"127.0.0.1:{server.port}"
    headers = {"Cookie": cookie} if cookie else {}
    try:
        with connect(f"ws://{name}/_stcore/stream", sock=line, subprotocols=["streamlit"], origin=origin,
                     additional_headers=headers):  # fmt: skip
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def signed_in(server):
    """The cookie of a person who has just signed in."""
    store = Store(f"sqlite:///{server.folder / 'rakurs.db'}")
    return f"{COOKIE}={invitations.accept(store, invitations.invite_admin(store), 'guest', 'Guest', PASSWORD)}"


def test_alone_only_pages_of_this_machine_get_one(serve):
    server, asked = serve()
    here = f"http://localhost:{server.port}"
    assert handshake(server, here) == 101
    assert handshake(server, here, f"localhost:{server.port}") == 101
    assert handshake(server, None) == 101
    assert handshake(server, "http://evil.example") == 403
    assert handshake(server, "null") == 403
    assert handshake(server, "http://evil.example", "evil.example") == 403
    assert asked() == []


def test_in_a_network_a_page_gets_one_where_it_came_from(serve):
    server, asked = serve(RAKURS_TEAM="1", RAKURS_HOST="0.0.0.0")
    cookie = signed_in(server)
    assert handshake(server, "http://192.0.2.5:8501", "192.0.2.5:8501", cookie) == 101
    assert handshake(server, None, "192.0.2.5:8501", cookie) == 101
    assert handshake(server, "http://192.0.2.5:8501", "192.0.2.5:8501") == 403
    assert handshake(server, "http://evil.example", "192.0.2.5:8501", cookie) == 403
    assert asked() == []


def test_behind_a_proxy_the_public_address_gets_one_whatever_the_port(serve):
    server, asked = serve(RAKURS_TEAM="1", RAKURS_ADDRESS=PUBLIC)
    cookie = signed_in(server)
    for origin, host in [(PUBLIC, "rakurs.example.org"), (f"{PUBLIC}:8443", "rakurs.example.org"), (PUBLIC, ""),
                         (f"http://localhost:{server.port}", "")]:  # fmt: skip
        assert handshake(server, origin, host, cookie) == 101
    assert handshake(server, "http://evil.example", "rakurs.example.org", cookie) == 403
    assert handshake(server, "http://evil.example", "evil.example", cookie) == 403
    assert asked() == []
