"""The pages for signing in and the gate: who gets in, with what cookie, by which form, and how often."""

import logging
import re
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from survey_app import auth_routes, session
from survey_app.actions import invitations, teams
from survey_app.actions.studies import create_study
from survey_app.auth import forms
from survey_app.auth.forms import FIELD, own_path
from survey_app.auth.gate import Gate
from survey_app.auth.limiting import Limiter
from survey_app.language import _, use
from survey_app.media.tokens import address_of
from survey_app.media_routes import ROUTES as MEDIA
from survey_app.session import COOKIE
from survey_app.settings import settings
from survey_app.store import schema, sign_ins, team
from survey_app.store.log import new_id
from survey_app.store.team import Role
from tests.survey_app.actions.test_accounts import ANOTHER, PASSWORD, make

FORM = re.compile(rf'name="{FIELD}" value="([0-9a-f]{{64}})"')
HERE = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
PAGE = {"accept": "text/html,application/xhtml+xml"}


async def anything(_request):
    return PlainTextResponse("inside")


async def stream(websocket):
    await websocket.accept("streamlit")
    await websocket.send_text("inside")
    await websocket.close()


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 0.0

    monkeypatch.setattr(auth_routes, "LIMITER", Limiter(lambda: Clock.now))
    return Clock


@pytest.fixture
def team_mode(fresh_store, clock, monkeypatch):
    monkeypatch.setenv("RAKURS_TEAM", "1")
    monkeypatch.delenv("RAKURS_ADDRESS", raising=False)
    settings.cache_clear()
    return fresh_store


@pytest.fixture
def browser(team_mode):
    """Makes a browser with cookies of its own."""
    app = Starlette(
        routes=[
            *auth_routes.ROUTES,
            *MEDIA,
            WebSocketRoute("/_stcore/stream", stream),
            Route("/{path:path}", anything, methods=["GET", "PUT", "POST", "DELETE"]),
        ],
        middleware=[Middleware(Gate, store=session.machine_store)],
    )
    return lambda: TestClient(app, follow_redirects=False, headers={"accept-language": "en"})


@pytest.fixture
def first(team_mode):
    """The first account's id."""
    return make(team_mode)[0]


def form_of(client, path):
    return FORM.search(client.get(path).text)[1]


def send(client, path, page=None, headers=HERE, **fields):
    """Open the page with the form, and send it."""
    return client.post(path, data={FIELD: form_of(client, page or path), **fields}, headers=headers)


def sign_in(client, login="first", password=PASSWORD, **more):
    return send(client, "/auth/sign-in", login=login, password=password, **more)


def told(answer):
    found = re.search(r'role="alert"[^>]*>([^<]*)<', answer.text)
    return found[1].replace("&#39;", "'") if found else ""


# ------------------------------------------------------------------ signing in and out


def test_whoever_knows_the_password_gets_a_cookie_that_no_script_can_read(browser, first, team_mode):
    client = browser()
    answer = sign_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE)]
    words = {word.strip().lower() for word in cookie.split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", f"max-age={30 * 86400}"} <= words
    assert "secure" not in words
    assert sign_ins.signed_in(team_mode, client.cookies[COOKIE])["id"] == first
    assert client.get("/auth/sign-in?next=/desk").headers["location"] == "/desk"


def test_behind_https_every_cookie_is_secure(browser, first, monkeypatch):
    monkeypatch.setenv("RAKURS_ADDRESS", "https://Rakurs.example.org/")
    settings.cache_clear()
    client = browser()
    client.base_url = "https://rakurs.example.org"
    answer = sign_in(client, headers={"origin": "https://rakurs.example.org"})
    assert answer.status_code == 303
    cookies = [
        *answer.headers.get_list("set-cookie"),
        *client.get("/auth/account?lang=ru").headers.get_list("set-cookie"),
    ]
    assert len(cookies) >= 4
    assert all("secure" in one.lower() and "httponly" in one.lower() for one in cookies)


def test_unknown_login_and_wrong_password_are_one_answer(browser, first):
    answers = [sign_in(browser(), "first", "wrong password"), sign_in(browser(), "nobody", PASSWORD)]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert len({told(answer) for answer in answers}) == 1
    assert all(COOKIE not in str(answer.headers.get_list("set-cookie")) for answer in answers)
    assert "wrong password" not in answers[0].text


def test_signing_out_ends_it_here_and_everywhere(browser, first, team_mode):
    here, there = browser(), browser()
    sign_in(here), sign_in(there)
    token = here.cookies[COOKIE]
    assert send(here, "/auth/sign-out", "/auth/account").headers["location"] == "/auth/sign-in"
    assert COOKIE not in here.cookies
    assert sign_ins.signed_in(team_mode, token) is None
    sign_in(here)
    send(here, "/auth/sign-out-everywhere", "/auth/account")
    assert there.get("/desk", headers=PAGE).status_code == 303


def test_signing_in_again_ends_the_sign_in_that_was_there(browser, first, team_mode):
    client = browser()
    sign_in(client)
    old = client.cookies[COOKIE]
    fields = {FIELD: form_of(client, "/auth/account"), "login": "first", "password": PASSWORD}
    client.post("/auth/sign-in", data=fields, headers=HERE)
    assert client.cookies[COOKIE] != old
    assert sign_ins.signed_in(team_mode, old) is None


def test_a_new_password_from_the_account_page(browser, first):
    here, there = browser(), browser()
    sign_in(here), sign_in(there)
    refused = send(here, "/auth/change-password", "/auth/account", old="wrong password", password=ANOTHER)
    assert (refused.status_code, "old password" in told(refused)) == (400, True)
    assert send(here, "/auth/change-password", "/auth/account", old=PASSWORD, password=ANOTHER).status_code == 303
    assert here.get("/desk").text == "inside"
    assert there.get("/desk", headers=PAGE).status_code == 303


def test_name_and_language_from_the_account_page(browser, first):
    client = browser()
    sign_in(client)
    answer = send(client, "/auth/account", name="Анна <b>Орлова</b>", language="ru")
    assert answer.headers["location"] == "/auth/account?saved"
    page = client.get("/auth/account?lang=ru")
    assert "Анна &lt;b&gt;Орлова&lt;/b&gt;" in page.text
    with use("ru"):
        assert _("Your account") in page.text
    assert 'lang="ru"' in client.get("/auth/account").text


# ------------------------------------------------------------------ links


def test_a_link_makes_an_account_and_leads_into_the_study(browser, first, team_mode):
    store = team_mode.acting(first)
    study = create_study(store, "", title_en="Panel <i>one</i>")
    path = f"/auth/invitation/{invitations.invite(store, 'A', study['id'], Role.CODER, 'Guest')}"
    client = browser()
    page = client.get(path).text
    assert "Panel &lt;i&gt;one&lt;/i&gt;" in page
    assert 'value="Guest"' in page
    refused = send(client, path, name="Guest", login="guest", password="short")
    assert (refused.status_code, "10 to 200" in told(refused)) == (400, True)
    assert 'value="guest"' in refused.text
    answer = send(client, path, name="Guest", login="guest", password=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/home?study={study['slug']}")
    assert client.get("/home").text == "inside"
    gone = browser().get(path)
    assert (gone.status_code, "no longer good" in told(gone)) == (404, True)


def test_somebody_signed_in_accepts_with_their_account(browser, first, team_mode):
    guest, _token = make(team_mode, "guest", admin=False)
    study = create_study(team_mode.acting(first), "", title_en="Panel")
    token = invitations.invite(team_mode.acting(first), "A", study["id"], Role.READER)
    client = browser()
    sign_in(client, "guest")
    assert "You are signed in as Guest." in client.get(f"/auth/invitation/{token}").text
    assert send(client, f"/auth/invitation/{token}", **{"as": "account"}).status_code == 303
    with team_mode.reading() as connection:
        assert team.member(connection, study["id"], guest).role is Role.READER


def test_looking_at_a_link_does_not_use_it_up(browser, team_mode):
    path = f"/auth/invitation/{invitations.first_invitation(team_mode)}"
    client = browser()
    assert [client.get(path).status_code, client.head(path).status_code, client.get(path).status_code] == [200] * 3


# ------------------------------------------------------------------ forged forms


@pytest.mark.parametrize(
    "path", ["/auth/sign-in", "/auth/account", "/auth/change-password", "/auth/sign-out", "/auth/sign-out-everywhere"]
)
def test_a_form_from_elsewhere_does_nothing(browser, first, team_mode, path):
    client, other = browser(), browser()
    sign_in(client)
    token = client.cookies[COOKIE]
    good = form_of(client, "/auth/account")
    fields = {"login": "first", "password": ANOTHER, "old": PASSWORD, "name": "Evil"}
    attempts = [
        (fields, HERE),
        (fields | {FIELD: ""}, HERE),
        (fields | {FIELD: "0" * 64}, HERE),
        (fields | {FIELD: "ж"}, HERE),
        (fields | {FIELD: form_of(other, "/auth/sign-in")}, HERE),
        (fields | {FIELD: good}, {"origin": "https://evil.example"}),
        (fields | {FIELD: good}, {"origin": "null"}),
        (fields | {FIELD: good}, {"sec-fetch-site": "cross-site"}),
        (fields | {FIELD: good}, HERE | {"sec-fetch-site": "same-site"}),
    ]
    for sent, headers in attempts:
        answer = client.post(path, data=sent, headers=headers)
        assert (answer.status_code, "out of date" in told(answer)) == (403, True)
    row = sign_ins.signed_in(team_mode, token)
    assert row["name"] == "First"
    assert client.cookies[COOKIE] == token
    json = client.post(path, json=fields | {FIELD: good}, headers=HERE)
    assert json.status_code == 403


def test_a_form_needs_its_cookie(browser, first):
    client = browser()
    token = form_of(client, "/auth/sign-in")
    client.cookies.clear()
    fields = {FIELD: token, "login": "first", "password": PASSWORD}
    assert client.post("/auth/sign-in", data=fields, headers=HERE).status_code == 403


def test_looking_never_acts(browser, first, team_mode):
    client = browser()
    for words in ("login=first&password=" + PASSWORD.replace(" ", "+"), ""):
        for ask in (client.get, client.head):
            assert COOKIE not in ask(f"/auth/sign-in?{words}").cookies


def test_a_form_longer_than_any_of_ours_is_refused(browser):
    assert browser().post("/auth/sign-in", data={"login": "x" * forms.MOST_BYTES}, headers=HERE).status_code == 413


@pytest.mark.parametrize(
    "wished",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "desk",
     "/\t/evil.example", "/\n/evil.example", "/auth/sign-out", "/auth/sign-in?next=/", "/" + "a" * 600, ""],
)  # fmt: skip
def test_the_way_on_leads_nowhere_else(browser, first, wished):
    assert own_path(wished) == "/"
    assert sign_in(browser(), next=wished).headers["location"] == "/"


def test_the_way_on_is_the_page_that_was_asked_for(browser, first):
    client = browser()
    asked = client.get("/desk?study=a-b&lang=ru", headers=PAGE)
    assert asked.status_code == 303
    page = client.get(asked.headers["location"])
    wished = re.search(r'name="next" value="([^"]*)"', page.text)[1].replace("&amp;", "&")
    assert sign_in(client, next=wished).headers["location"] == "/desk?study=a-b&lang=ru"


# ------------------------------------------------------------------ waits


def test_after_five_failures_a_login_waits_and_is_told_how_long(browser, first, clock):
    client = browser()
    assert [sign_in(client, password="wrong password").status_code for _ in range(5)] == [400] * 5
    answer = sign_in(client)
    assert (answer.status_code, told(answer)) == (429, "Too many attempts failed. Try again in 30 seconds.")
    clock.now += 30
    assert sign_in(client, password="wrong password").status_code == 400
    assert told(sign_in(client)) == "Too many attempts failed. Try again in 60 seconds."
    clock.now += 60
    assert sign_in(client).status_code == 303


def test_a_stranger_does_not_lock_out_a_browser_that_has_signed_in_before(browser, first):
    mine, stranger = browser(), browser()
    sign_in(mine)
    send(mine, "/auth/sign-out", "/auth/account")
    assert [sign_in(stranger, password="wrong password").status_code for _ in range(6)][-1] == 429
    assert sign_in(browser()).status_code == 429
    assert sign_in(mine).status_code == 303


def test_an_address_that_tries_many_logins_waits(browser, first):
    client = browser()
    statuses = [sign_in(client, f"login{number}").status_code for number in range(21)]
    assert statuses == [400] * 20 + [429]


def test_the_old_password_cannot_be_tried_out_either(browser, first):
    client = browser()
    sign_in(client)
    statuses = [
        send(client, "/auth/change-password", "/auth/account", old="wrong password", password=ANOTHER).status_code
        for _ in range(6)
    ]
    assert statuses == [400] * 5 + [429]


# ------------------------------------------------------------------ the gate


@pytest.mark.parametrize("path", ["/", "/desk?study=x", "/team", "/r", "/staticx", "/static/../desk", "/auth/unknown"])
def test_a_page_leads_to_signing_in(browser, first, path):
    answer = browser().get(path, headers=PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/auth/sign-in?next=%2F")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/_stcore/host-config"), ("PUT", "/_stcore/upload_file/a/b"), ("DELETE", "/_stcore/upload_file/a/b"),
     ("GET", "/media/a.png"), ("GET", "/recording/a?token=1"), ("GET", "/component/a/b.js"), ("POST", "/"),
     ("GET", "/_stcore/metrics")],
)  # fmt: skip
def test_anything_else_is_refused_without_a_sign_in(browser, first, method, path):
    assert browser().request(method, path, headers=PAGE).status_code == 403
    client = browser()
    sign_in(client)
    assert client.request(method, path).status_code != 403


@pytest.mark.parametrize("path", ["/r/panel/latest/", "/static/js/a.js", "/_stcore/health", "/favicon.png"])
def test_releases_and_what_pages_are_made_of_stay_open(browser, path):
    assert browser().get(path).text == "inside"


def test_a_websocket_without_a_valid_sign_in_is_refused(browser, first):
    client = browser()
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect("/_stcore/stream", ["streamlit"]):
        pass
    assert refused.value.code == 1008
    sign_in(client)
    with client.websocket_connect("/_stcore/stream", ["streamlit"]) as line:
        assert line.receive_text() == "inside"
    client.cookies.set(COOKIE, "forged")
    with (
        pytest.raises(WebSocketDisconnect),
        browser().websocket_connect("/_stcore/stream", ["streamlit"], headers={"cookie": f"{COOKIE}=forged"}),
    ):
        pass


def test_a_recording_is_for_whoever_codes_in_its_study(browser, first, team_mode, empty_folder):
    owner = team_mode.acting(first)
    study = create_study(owner, "", title_en="Panel")
    source, recording = new_id(), new_id()
    with team_mode.writing() as connection:
        connection.execute(
            schema.source.insert().values(id=source, study_id=study["id"], key="S-1", kind="session", title="S")
        )
        connection.execute(
            schema.recording.insert().values(id=recording, source_id=source, file_name="a.wav", media_type="audio/wav")
        )
    (empty_folder / "recordings").mkdir()
    (empty_folder / "recordings" / recording).write_bytes(b"RIFF")
    guest, _token = make(team_mode, "guest", admin=False)
    client = browser()
    sign_in(client, "guest")
    address = address_of(empty_folder, recording)
    assert client.get(address).status_code == 404
    invitations.join(team_mode.acting(guest), invitations.invite(owner, "A", study["id"], Role.READER))
    assert client.get(address).status_code == 404
    teams.change_role(owner, "A", study["id"], guest, Role.CODER)
    assert client.get(address).content == b"RIFF"


# ------------------------------------------------------------------ what the pages say


def test_the_pages_allow_no_script_and_are_kept_nowhere(browser, first):
    for path in ("/auth/sign-in", "/auth/invitation/x", "/auth/password/x", "/auth/look/auth.css"):
        answer = browser().get(path)
        policy = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
        assert "script-src" not in policy
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == ("no-store" if path[-3:] != "css" else "max-age=3600")
        assert "<script" not in answer.text
        assert not re.search(r"\son\w+=|style=", answer.text)


def test_the_pages_speak_the_language_of_the_browser_or_the_chosen_one(browser, first):
    client = browser()
    russian = client.get("/auth/sign-in", headers={"accept-language": "ru-RU,ru;q=0.9"}).text
    assert '<html lang="ru">' in russian
    assert '<html lang="en">' in client.get("/auth/sign-in", headers={"accept-language": "de"}).text
    assert '<html lang="ru">' in client.get("/auth/sign-in?lang=ru").text
    assert '<html lang="ru">' in client.get("/auth/sign-in").text
    assert '<html lang="en">' in client.get("/auth/sign-in?lang=en").text


def test_nothing_else_is_handed_out_with_the_pages(browser):
    for name in ("..%2fauth.css", "base.html", "mark.svg%00"):
        assert browser().get(f"/auth/look/{name}").status_code in {403, 404}


def test_before_the_first_account_the_page_says_where_the_link_is(browser):
    assert "Open the link that Rakurs printed" in browser().get("/auth/sign-in").text


def test_neither_login_nor_password_nor_token_is_logged(browser, first, team_mode, caplog):
    caplog.set_level(logging.DEBUG, "survey_app")
    client = browser()
    sign_in(client, password="wrong password")
    sign_in(client)
    token = invitations.invite_admin(team_mode)
    client.get(f"/auth/invitation/{token}")
    ours = [one.getMessage() for one in caplog.records if one.name.startswith("survey_app")]
    assert not [words for words in ours if "first" in words or PASSWORD in words or token in words]


def test_odd_bytes_are_an_answer_and_no_traceback(browser, first):
    client = browser()
    form = form_of(client, "/auth/sign-in")
    for body in (b"\xff\xfe", b"login=%FF%00&password=%ED%A0%80&" + urlencode({FIELD: form}).encode(), b"=&=&&&"):
        answer = client.post(
            "/auth/sign-in", content=body, headers=HERE | {"content-type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code in {400, 403}
