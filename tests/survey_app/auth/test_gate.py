"""The gate: what is open to whom, and what the pages before it say and keep."""

import logging
import re
from urllib.parse import urlencode

import pytest
from starlette.websockets import WebSocketDisconnect

from survey_app.actions import invitations, teams
from survey_app.actions.studies import create_study
from survey_app.auth.forms import FIELD
from survey_app.media.tokens import address_of
from survey_app.session import COOKIE
from survey_app.store import schema
from survey_app.store.log import new_id
from survey_app.store.team import Role
from tests.survey_app.actions.test_accounts import PASSWORD, make
from tests.survey_app.auth.sending import HERE, PAGE, form_of, sign_in

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
