"""Pages of this server may open a websocket, other pages may not, and Streamlit never has to ask whose they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.web.server.starlette import starlette_websocket as theirs

from survey_app.auth.origins import OwnOrigin

NAMES = ["rakurs.example.org", "localhost", "127.0.0.1"]


def ask(names, host, *origins, kind="websocket"):
    """What came of it: the origins that the application was told, or the code with which it was closed."""
    came = []

    async def app(scope, _receive, _send):
        came.append([value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"])

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        came.append(message["code"])

    headers = [(b"origin", origin.encode("latin-1")) for origin in origins]
    if host is not None:
        headers.append((b"host", host.encode("latin-1")))
    asked = OwnOrigin(app, names)({"type": kind, "path": "/", "headers": headers}, receive, send)
    with pytest.raises(StopIteration):  # nothing in it waits, so no loop is needed (one may run here already)
        asked.send(None)
    (result,) = came
    return result


@pytest.mark.parametrize(
    ("host", "origin", "told"),
    [
        ("localhost:8501", "http://localhost:8501", "http://localhost:8501"),
        ("127.0.0.1:8501", "http://localhost:8501", "http://127.0.0.1:8501"),
        ("localhost:9000", "http://127.0.0.1:8501", "http://localhost:9000"),
        ("rakurs.example.org", "https://rakurs.example.org", "https://rakurs.example.org"),
        ("rakurs.example.org", "https://rakurs.example.org:8443", "https://rakurs.example.org"),
        ("127.0.0.1:8501", "https://rakurs.example.org", "https://127.0.0.1:8501"),
        ("Rakurs.example.org.", "https://RAKURS.example.org", "https://Rakurs.example.org."),
    ],
)
def test_a_page_under_a_name_of_the_server_passes_at_any_port(host, origin, told):
    assert ask(NAMES, host, origin) == [told]


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://evil.example:8501", "null", "", "http://", "http://[", "file://",
     "http://localhost.evil.example", "http://localhost@evil.example", "http://evil.example#localhost",
     "evil://localhost:8501", "localhost:8501"],
)  # fmt: skip
@pytest.mark.parametrize("names", [NAMES, []])
def test_any_other_page_is_refused(names, origin):
    assert ask(names, "localhost:8501", origin) == 1008


@pytest.mark.parametrize("host", ["evil.example:8501", "", None, "localhost/x", "localhost:8501?", "["])
def test_a_page_is_refused_where_the_name_it_asked_for_is_none_of_the_server(host):
    assert ask(NAMES, host, "http://localhost:8501") == 1008


def test_without_names_the_page_must_come_from_where_it_asks():
    assert ask([], "192.168.1.5:8501", "http://192.168.1.5:8501") == ["http://192.168.1.5:8501"]
    assert ask([], "[::1]:8501", "http://[::1]:8501") == ["http://[::1]:8501"]
    assert ask([], "192.168.1.5:8501", "http://192.168.1.5:9000") == 1008
    assert ask([], "192.168.1.5:8501", "http://localhost:8501") == 1008
    assert ask([], "", "http://") == 1008


def test_one_foreign_page_among_several_is_enough():
    assert ask(NAMES, "localhost", "http://localhost", "http://evil.example") == 1008
    assert ask(NAMES, "localhost", "http://localhost", "http://127.0.0.1") == ["http://localhost"]


def test_a_program_that_names_no_page_and_what_is_no_websocket_pass_as_they_are():
    assert ask(NAMES, "evil.example") == []
    assert ask(NAMES, "localhost", "http://evil.example", kind="http") == ["http://evil.example"]


PIECES = st.lists(st.sampled_from(["http", "https", "://", "//", ":", "@", "/", "?", "#", "[", "]", ".", "\t", " ",
                                   "localhost", "127.0.0.1", "8501", "evil.example"]), max_size=7).map("".join)  # fmt: skip


HOSTS = st.sampled_from(["localhost:8501", "127.0.0.1", "rakurs.example.org."]) | PIECES
PAGES = st.tuples(st.sampled_from(["http://", "https://", ""]), HOSTS, PIECES | st.just("")).map("".join)


@given(host=HOSTS, origin=PAGES, names=st.sampled_from([NAMES, []]))
def test_streamlit_never_has_to_ask_about_what_passes(host, origin, names):
    def looks_up(_url):
        raise AssertionError(f"would look up {origin!r} at {host!r}")

    told = ask(names, host, origin)
    if told != 1008:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(theirs, "is_url_from_allowed_origins", looks_up)
            assert theirs._is_origin_allowed(told[0], host)
