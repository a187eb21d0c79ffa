"""The server process: who may talk to it, what it sends along, what it never loads, how its settings are in force."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from survey_app.__main__ import main
from survey_app.server import configuration
from survey_app.settings import settings
from survey_app.theme import DARK, LIGHT
from tests.browser.serving import Server, free_port
from tests.survey_app.jobs.watching import PATIENCE_S
from tests.survey_app.visiting import visit

pytestmark = pytest.mark.xdist_group("server")

ROOT = Path(__file__).parents[2]
PAGES = sorted(file.stem for file in (ROOT / "survey_app" / "pages").glob("*.py") if file.stem != "__init__")
ABOUT_A_STUDY = [page for page in PAGES if page not in {"studies", "place", "accounts"}]


@pytest.fixture(scope="module")
def server(demo_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(demo_folder, folder)
    running = Server(folder)
    running.start()
    yield running
    running.kill()


def answer(server, path, **headers):
    """Status, headers and text of an answer."""
    asked = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=30) as told:
            return told.status, told.headers, told.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()


def handshake(server, name="localhost", origin=None):
    """The status of an attempt to open the websocket under a name that leads to this machine."""
    line = socket.create_connection(("127.0.0.1", server.port))
    address = f"ws://{name}:{server.port}/_stcore/stream"
    try:
        with connect(address, sock=line, subprotocols=["streamlit"], origin=origin):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


# ------------------------------------------------------------------ who may talk to it, and what it sends along


@pytest.mark.parametrize("path", ["/", "/topics", "/_stcore/health", "/r/nothing/here", "/media/no-such-file.png"])
def test_every_answer_says_that_nothing_comes_from_elsewhere(server, path):
    _status, headers, _text = answer(server, path)
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] in {"'self'", "'none'"}
    assert not any(source.startswith(("http", "ws", "*")) for rule in policy.values() for source in rule.split())
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == ("no-referrer" if path.startswith("/r/") else "same-origin")


def test_a_page_that_was_never_published_is_a_plain_sentence(server):
    status, _headers, text = answer(server, "/r/no-such-release/latest/")
    assert (status, text) == (404, "There is no published page at this address.")


def test_this_machine_may_open_the_websocket(server):
    assert handshake(server) == 101
    assert handshake(server, "127.0.0.1", f"http://127.0.0.1:{server.port}") == 101


def test_another_name_for_this_machine_is_refused(server):
    """A page that was opened elsewhere and whose name now points here (DNS rebinding)."""
    assert handshake(server, "evil.example", f"http://evil.example:{server.port}") == 403
    assert handshake(server, origin="http://evil.example") == 403


def test_it_listens_on_this_machine_only_unless_told_otherwise():
    assert configuration("127.0.0.1", 1)["server.address"] == "127.0.0.1"
    assert configuration("127.0.0.1", 1)["server.allowedHosts"] == ["localhost", "127.0.0.1"]
    assert "server.allowedHosts" not in configuration("0.0.0.0", 1)


@pytest.mark.parametrize("place", ["taken", 99_999])
def test_a_port_that_cannot_be_had_is_one_sentence(data_folder, capsys, place):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1] if place == "taken" else place
        assert main(["serve", "--port", str(port)]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"Port {port} of 127.0.0.1 cannot be used")
    assert (said.out, said.err.count("\n")) == ("", 1)


def test_a_damaged_database_is_one_sentence_before_anything_is_served(tmp_path, monkeypatch, capsys):
    (tmp_path / "rakurs.db").write_text("no database", "utf-8")
    monkeypatch.setenv("RAKURS_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings.cache_clear()
    try:
        assert main(["serve", "--port", str(free_port())]) == 2
    finally:
        settings.cache_clear()
    said = capsys.readouterr()
    assert "cannot be opened" in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)


# ------------------------------------------------------------------ its settings


@pytest.fixture
def elsewhere(demo_folder, tmp_path):
    """A server that was started in a folder whose configuration says the opposite of ours."""
    shutil.copytree(demo_folder, tmp_path / "data")
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(
        "[browser]\ngatherUsageStats = true\n[client]\ntoolbarMode = 'developer'\nshowErrorDetails = 'full'\n"
        "[theme]\nbase = 'dark'\n",
        "utf-8",
    )
    running = Server(tmp_path / "data", cwd=tmp_path)
    running.start()
    yield running
    running.kill()


def test_the_folder_it_is_started_in_changes_nothing(elsewhere):
    session = visit(elsewhere.port).first("new_session")
    assert session.config.gather_usage_stats is False
    assert session.config.ToolbarMode.Name(session.config.toolbar_mode) == "MINIMAL"
    assert session.custom_theme.light.primary_color == LIGHT["primaryColor"]
    assert session.custom_theme.dark.primary_color == DARK["primaryColor"]


def test_a_direct_link_is_the_first_visit_a_server_gets(elsewhere):
    """Streamlit would take a folder named pages for the whole application."""
    visited = visit(elsewhere.port, "topics", "study=demo-en")
    assert visited.title == "Topics · Rakurs"
    assert "app" not in visited.menu
    assert "codebook" in visited.menu
    assert visited.problems == []


# ------------------------------------------------------------------ its pages


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(server, page):
    for study, locale in (("demo-en", "en-US"), ("demo-ru", "ru-RU")):
        visited = visit(server.port, page, f"study={study}", locale)
        assert visited.problems == []
        assert visited.title.endswith(" · Rakurs")


@pytest.mark.parametrize("page", ABOUT_A_STUDY)
def test_a_page_about_a_study_says_so_when_none_is_open(server, page):
    for query in ("", "study=no-such-study"):
        visited = visit(server.port, page, query)
        assert visited.problems == []
        assert page not in visited.menu
        words = [each.markdown.body for each in visited.elements if each.WhichOneof("type") == "markdown"]
        assert any("No study is open" in each for each in words)


def test_no_page_loads_what_the_worker_needs_and_what_is_loaded_is_frozen(demo_folder, tmp_path):
    """In a fresh process, warmed up as the server is, in which every page has run."""
    shutil.copytree(demo_folder, tmp_path / "data")
    script = (
        "import gc, json, sys\n"
        "from survey_app.server import SCRIPT, build_app, warm_up\n"
        "from streamlit.testing.v1 import AppTest\n"
        "build_app()\nwarm_up()\nfrozen = gc.get_freeze_count()\n"
        "from streamlit.runtime.pages_manager import PagesManager\n"
        "from tests.survey_app.conftest import begin_with_our_navigation\n"
        "PagesManager.__init__ = begin_with_our_navigation\n"
        f"app = AppTest.from_file(SCRIPT, default_timeout={PATIENCE_S})\napp.query_params['study'] = 'demo-en'\napp.run()\n"
        "problems = []\n"
        f"for page in {PAGES}:\n"
        "    app.switch_page(f'pages/{page}.py').run()\n"
        "    problems += [each.value for each in app.exception]\n"
        "heavy = {'torch', 'bertopic', 'umap', 'spacy', 'sentence_transformers', 'transformers', 'sklearn', 'numba'}\n"
        "print(json.dumps([frozen, sorted(heavy & set(sys.modules)), problems]))"
    )
    environment = os.environ | {"RAKURS_DATA": str(tmp_path / "data")}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True)
    frozen, heavy, problems = json.loads(done.stdout.splitlines()[-1])
    assert frozen > 100_000
    assert (heavy, problems) == ([], [])
